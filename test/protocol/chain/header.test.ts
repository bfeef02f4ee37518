import { expect } from 'chai';
import { blockHash, decodeHeader, encodeHeader } from '../../../protocol/chain/header.ts';
import { encodeRlp, type RlpItem } from '../../../protocol/chain/rlp.ts';
import { type Hex, toHex } from '../../../protocol/encoding/hex.ts';
import { codeOf } from '../codeOf.ts';

const bytes = (length: number, value = 1) => new Uint8Array(length).fill(value);
const NONE = bytes(0);

/** The fifteen fields that every header has, in order. */
const FIELDS: readonly Uint8Array[] = [
  ...[bytes(32, 0xa), bytes(32), bytes(20), bytes(32, 0xb), bytes(32), bytes(32), bytes(256)],
  ...[NONE, bytes(2), bytes(4), NONE, bytes(4), bytes(5), bytes(32), bytes(8)],
];
const decode = (fields: RlpItem) => decodeHeader(toHex(encodeRlp(fields)));

describe('decodeHeader', () => {
  it('reads what a verdict needs', () => {
    expect(decode(FIELDS)).to.deep.equal({
      parentHash: `0x${'0a'.repeat(32)}`,
      stateRoot: `0x${'0b'.repeat(32)}`,
      number: 0x0101,
      timestamp: 0x0101_0101,
      extraData: '0x0101010101',
    });
  });

  const MALFORMED: Record<string, RlpItem> = {
    'no list': bytes(5),
    'a field too few': FIELDS.slice(0, 14),
    'a field too many': [...FIELDS, NONE, bytes(32), NONE, NONE, bytes(32), bytes(32), bytes(32), NONE, NONE],
    'a short hash': FIELDS.with(0, bytes(31)),
    'a list for a field': (FIELDS as readonly RlpItem[]).with(12, [NONE]),
    'a height beyond 2^53 - 1': FIELDS.with(8, bytes(8)),
  };
  for (const [what, fields] of Object.entries(MALFORMED)) {
    it(`refuses ${what}`, () => {
      expect(codeOf(() => decode(fields))).to.equal('HEADER_MALFORMED');
    });
  }

  it('refuses integers with leading zeros', () => {
    expect(codeOf(() => decode(FIELDS.with(9, Uint8Array.of(0, 1))))).to.equal('RLP_MALFORMED');
  });
});

describe('encodeHeader', () => {
  const block = {
    ...{ parentHash: toHex(bytes(32, 0xa)), sha3Uncles: toHex(bytes(32)), miner: `0x${'01'.repeat(20)}`, stateRoot: toHex(bytes(32, 0xb)) },
    ...{
      transactionsRoot: toHex(bytes(32)),
      receiptsRoot: toHex(bytes(32)),
      logsBloom: toHex(bytes(256)),
      difficulty: '0x0',
      number: '0x101',
    },
    ...{
      gasLimit: '0x1010101',
      gasUsed: '0x0',
      timestamp: '0x1010101',
      extraData: '0x0101010101',
      mixHash: toHex(bytes(32)),
      nonce: toHex(bytes(8)),
    },
  };
  const plain = toHex(encodeRlp(FIELDS));

  it('writes the fields that the block has, up to the first that it lacks', () => {
    expect(encodeHeader(block)).to.equal(plain);
    expect(encodeHeader({ ...block, withdrawalsRoot: toHex(bytes(32)) })).to.equal(plain);
    expect(encodeHeader({ ...block, baseFeePerGas: '0x0' })).to.equal(toHex(encodeRlp([...FIELDS, NONE])));
    expect(encodeHeader({ ...block, baseFeePerGas: null, hash: blockHash(plain) })).to.equal(plain);
  });

  it('refuses a block that lacks what every header has', () => {
    expect(codeOf(() => encodeHeader({}))).to.equal('HEADER_INCOMPLETE');
    expect(codeOf(() => encodeHeader({ ...block, nonce: undefined }))).to.equal('HEADER_INCOMPLETE');
    expect(codeOf(() => encodeHeader({ ...block, stateRoot: '0x00' as Hex }))).to.equal('WRONG_LENGTH');
    for (const gasLimit of ['', '0x', '12', '0xg']) expect(codeOf(() => encodeHeader({ ...block, gasLimit }))).to.equal('NOT_HEX');
  });
});
