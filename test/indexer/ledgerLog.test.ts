import { expect } from 'chai';
import fc from 'fast-check';
import { readLogs } from '../../indexer/source/ledgerLog.ts';

const LEDGER = `0x${'ab'.repeat(20)}`;
const HASH = `0x${'cd'.repeat(32)}`;
const WORD = `0x${'12'.repeat(32)}`;

describe('readLogs', () => {
  it('reads topics and data of any length, in either case', () => {
    const hex = (bytes: Uint8Array, upper: boolean) =>
      `0x${upper ? Buffer.from(bytes).toString('hex').toUpperCase() : Buffer.from(bytes).toString('hex')}`;
    const word = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const log = fc.tuple(fc.array(word, { maxLength: 4 }), fc.uint8Array({ maxLength: 200 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(log, { maxLength: 8 }), (given) => {
        const { logs } = read(
          given.map(([topics, data, upper], logIndex) => ({
            ...logOf({ logIndex }),
            topics: topics.map((topic) => hex(topic, upper)),
            data: hex(data, upper),
          })),
        );
        expect(logs.map(({ topics, data }) => [topics, data])).to.deep.equal(
          given.map(([topics, data]) => [Buffer.concat(topics), Buffer.from(data)]),
        );
      }),
    );
  });

  it('sorts, and drops repetitions', () => {
    const { logs, blocks } = read([logOf({ block: 6 }), logOf({ block: 5, logIndex: 1 }), logOf({ block: 5 }), logOf({ block: 6 })]);
    expect(logs.map(({ block, logIndex }) => [block, logIndex])).to.deep.equal([
      [5, 0],
      [5, 1],
      [6, 0],
    ]);
    expect(blocks.map(({ number, timestamp }) => [number, timestamp])).to.deep.equal([
      [5, 7],
      [6, 7],
    ]);
  });

  it('refuses what contradicts itself', () => {
    const other = `0x${'ce'.repeat(32)}`;
    for (const logs of [
      [logOf(), { ...logOf(), data: WORD }],
      [logOf(), { ...logOf({ logIndex: 1 }), blockHash: other }],
      [{ ...logOf(), removed: true }],
    ])
      expect(() => read(logs))
        .to.throw()
        .with.property('code', 'LOGS_CONTRADICT');
  });

  it('refuses what was not asked for', () => {
    for (const log of [logOf({ block: 4 }), logOf({ block: 9 }), { ...logOf(), address: WORD.slice(0, 42) }])
      expect(() => read([log]))
        .to.throw()
        .with.property('code', 'LOG_OUT_OF_RANGE');
  });

  it('refuses what is no log', () => {
    const words = ['', '0x', '12'.repeat(33), WORD.slice(0, -1), `${WORD}00`, `${WORD.slice(0, -1)}g`];
    const data = ['', '0', '12', '0x1', '0x1g', '0xg1', '0x 1', null, 7];
    for (const wrong of [
      ...words.flatMap((word) => [{ topics: [word] }, { blockHash: word }]),
      ...data.map((one) => ({ data: one })),
      ...[{ topics: [null] }, { topics: 'none' }, { topics: Array(5).fill(WORD) }, { blockNumber: null }, { logIndex: 'x' }],
    ])
      expect(() => read([{ ...logOf(), ...wrong }]), JSON.stringify(wrong))
        .to.throw()
        .with.property('code', 'LOG_MALFORMED');
    expect(() => readLogs({}, [LEDGER], 5, 8))
      .to.throw()
      .with.property('code', 'LOG_MALFORMED');
  });
});

function read(logs: readonly object[]) {
  return readLogs(logs, [LEDGER], 5, 8);
}

function logOf({ block = 5, logIndex = 0 } = {}) {
  const place = { blockNumber: `0x${block.toString(16)}`, blockHash: HASH, blockTimestamp: '0x7', logIndex: `0x${logIndex.toString(16)}` };
  return { address: LEDGER, ...place, topics: [WORD, WORD], data: '0x0102', removed: false };
}
