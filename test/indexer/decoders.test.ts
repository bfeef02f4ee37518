import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { Interface, type Result } from 'ethers';
import fc from 'fast-check';
import { decodeEvent } from '../../indexer/project/events.generated.ts';
import { EMITTERS, generateDecoders } from '../../scripts/generateDecoders.ts';

const GENERATED = new URL('../../indexer/project/events.generated.ts', import.meta.url);
const LEDGER = 0;
const VALUES: Record<string, fc.Arbitrary<unknown>> = {
  bytes32: bytes(32),
  address: bytes(20),
  uint256: fc.oneof(fc.bigInt(0n, 2n ** 256n - 1n), fc.bigInt(0n, 2n ** 64n)),
};

describe('decoders', () => {
  it('are generated from the ABIs as they are', () => {
    expect(readFileSync(GENERATED, 'utf8')).to.equal(generateDecoders(EMITTERS));
  });

  for (const { name, kind, abi: fragments } of EMITTERS) {
    const abi = new Interface(fragments);

    abi.forEachEvent((event) => {
      it(`read ${name}'s ${event.name} as ethers does`, () => {
        const values = fc.tuple(...event.inputs.map(({ type }) => VALUES[type] as fc.Arbitrary<unknown>));
        fc.assert(
          fc.property(values, (given) => {
            const encoded = abi.encodeEventLog(event, given);
            const authority = abi.parseLog({ topics: encoded.topics, data: encoded.data });
            expect(plain(decodeEvent(kind, bytesOf(encoded.topics, encoded.data)))).to.deep.equal({
              name: event.name,
              ...named(authority?.args as Result),
            });
          }),
          { numRuns: 200 },
        );
      });

      it(`refuse ${name}'s ${event.name} of another shape`, () => {
        const { topics, data } = abi.encodeEventLog(
          event,
          event.inputs.map(({ type }) => (type === 'address' ? `0x${'11'.repeat(20)}` : type === 'bytes32' ? `0x${'22'.repeat(32)}` : 1n)),
        );
        for (const [t, d] of [
          [topics, `${data}00`],
          [topics, data.slice(0, -64)],
          // Without its first topic it would be no event at all.
          ...(topics.length > 1 ? ([[topics.slice(0, -1), data]] as const) : []),
          [[...topics, `0x${'00'.repeat(32)}`], data],
        ] as const)
          expect(() => decodeEvent(kind, bytesOf(t, d)))
            .to.throw()
            .with.property('code', 'MISSHAPEN_EVENT');
      });

      it(`know ${name}'s ${event.name} of no other contract`, () => {
        for (const other of [...EMITTERS.map((emitter) => emitter.kind).filter((one) => one !== kind), 99])
          expect(() => decodeEvent(other, bytesOf([event.topicHash], '0x')))
            .to.throw()
            .with.property('code', 'UNKNOWN_EVENT');
      });
    });
  }

  it('refuse an unknown event', () => {
    expect(() => decodeEvent(LEDGER, bytesOf([`0x${'33'.repeat(32)}`], '0x')))
      .to.throw()
      .with.property('code', 'UNKNOWN_EVENT');
  });

  it('refuse an address with dirty padding', () => {
    const abi = new Interface(EMITTERS[LEDGER]?.abi ?? []);
    const { topics, data } = abi.encodeEventLog('AccountChanged', [`0x${'11'.repeat(20)}`, 1, 1, 1]);
    const dirty = [topics[0], `0x01${(topics[1] as string).slice(4)}`, topics[2]] as string[];
    expect(() => decodeEvent(LEDGER, bytesOf(dirty, data)))
      .to.throw()
      .with.property('code', 'MISSHAPEN_EVENT');
  });
});

function bytes(length: number): fc.Arbitrary<string> {
  return fc.uint8Array({ minLength: length, maxLength: length }).map((value) => `0x${Buffer.from(value).toString('hex')}`);
}

function bytesOf(topics: readonly (string | string[] | null)[], data: string) {
  const joined = topics.map((topic) => String(topic).slice(2)).join('');
  return { block: 1, logIndex: 0, address: Buffer.alloc(20), topics: Buffer.from(joined, 'hex'), data: Buffer.from(data.slice(2), 'hex') };
}

function named(args: Result): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args.toObject()).map(([name, value]) => [name, typeof value === 'string' ? value.toLowerCase() : value]),
  );
}

function plain(event: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [name, Buffer.isBuffer(value) ? `0x${value.toString('hex')}` : value]),
  );
}
