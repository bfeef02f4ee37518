import { keccak_256 } from '@noble/hashes/sha3.js';
import { expect } from 'chai';
import { encodeRlp, type RlpItem } from '../../../protocol/chain/rlp.ts';
import { type Account, proofReader } from '../../../protocol/chain/trie.ts';
import { fromHex, type Hex, toHex } from '../../../protocol/encoding/hex.ts';
import { codeOf } from '../codeOf.ts';

// Tries made by hand: state tries hardly ever hold nodes within nodes, as their leaves are long.
const KEY: Hex = `0x${'07'.repeat(32)}`;
const OTHER: Hex = `0x${'08'.repeat(32)}`;
const NONE = new Uint8Array(0);
const hashed = keccak_256(fromHex(KEY));
const nibbles = Array.from(hashed).flatMap((byte) => [byte >> 4, byte & 15]);
const last = nibbles[63] as number;

/** Hex-prefix encoding (Yellow Paper appendix C). */
function prefixed(path: readonly number[], isLeaf: boolean): Uint8Array {
  const odd = path.length % 2;
  const whole = [(isLeaf ? 2 : 0) + odd, ...(odd === 1 ? [] : [0]), ...path];
  return Uint8Array.from({ length: whole.length / 2 }, (_, index) => (whole[2 * index] as number) * 16 + (whole[2 * index + 1] as number));
}

function branch(child: RlpItem, at: number): RlpItem[] {
  return Array.from({ length: 17 }, (_, index) => (index === at ? child : NONE));
}

function readRoot(node: RlpItem, key: Hex = KEY, others: RlpItem[] = []) {
  const root = encodeRlp(node);
  return proofReader([root, ...others.map(encodeRlp)].map(toHex)).slot(toHex(keccak_256(root)), key);
}

const leaf = [prefixed(nibbles, true), encodeRlp(Uint8Array.of(5))];

describe('proofReader', () => {
  it('reads a leaf at the root', () => {
    expect(readRoot(leaf)).to.equal(5n);
    expect(readRoot(leaf, OTHER)).to.equal(0n);
  });

  it('reads nodes that stand in their parents', () => {
    const inner = branch([prefixed([], true), encodeRlp(Uint8Array.of(6))], last);
    expect(readRoot([prefixed(nibbles.slice(0, 63), false), inner])).to.equal(6n);
    expect(readRoot([prefixed(nibbles.slice(0, 63), false), branch(NONE, 0)])).to.equal(0n);
    expect(readRoot([prefixed(nibbles.slice(0, 63), false), inner], OTHER)).to.equal(0n);
  });

  it('tells that a key leaves the path of an extension', () => {
    const end = (keccak_256(fromHex(OTHER))[31] as number) & 15;
    const inner = branch([prefixed([], true), encodeRlp(Uint8Array.of(6))], end);
    expect(readRoot([prefixed(nibbles.slice(0, 63), false), inner], OTHER)).to.equal(0n);
  });

  it('reads nodes by their hash in any order', () => {
    const child = [prefixed(nibbles.slice(1), true), encodeRlp(Uint8Array.of(0x80))];
    const root = branch(keccak_256(encodeRlp(child)), nibbles[0] as number);
    expect(readRoot(root, KEY, [leaf, child])).to.equal(0x80n);
    expect(readRoot(root, KEY, [leaf])).to.equal('missing');
  });

  it('finds nothing in the empty trie', () => {
    const root = toHex(keccak_256(encodeRlp(NONE)));
    expect(proofReader([]).slot(root, KEY)).to.equal(0n);
    expect(proofReader([]).account(root, `0x${'00'.repeat(20)}`)).to.equal('absent');
  });

  const MALFORMED: Record<string, RlpItem> = {
    'a text for a node': Uint8Array.of(1, 2),
    'an empty list': [],
    'a branch of 16 items': branch(NONE, 0).slice(1),
    'an unknown flag': [Uint8Array.of(0x40, ...hashed), Uint8Array.of(5)],
    'a padding that is not zero': [Uint8Array.of(0x21, ...hashed), Uint8Array.of(5)],
    'no path': [NONE, Uint8Array.of(5)],
    'an extension without nibbles': [Uint8Array.of(0), leaf],
    'a leaf too high': [prefixed(nibbles.slice(0, 62), true), Uint8Array.of(5)],
    'a leaf too deep': [prefixed([...nibbles, 0], true), Uint8Array.of(5)],
    'a child that is no hash': branch(new Uint8Array(31), nibbles[0] as number),
    'a list for a value': [prefixed(nibbles, true), [NONE]],
    'a value that is no RLP': [prefixed(nibbles, true), Uint8Array.of(0x81)],
    'a value with leading zeros': [prefixed(nibbles, true), encodeRlp(Uint8Array.of(0, 1))],
  };
  for (const [what, node] of Object.entries(MALFORMED)) {
    it(`cannot tell behind ${what}`, () => {
      expect(readRoot(node)).to.equal('missing');
    });
  }

  it('reads an account whose root and code are hashes', () => {
    const address: Hex = `0x${'09'.repeat(20)}`;
    const read = (body: RlpItem) => {
      const path = Array.from(keccak_256(fromHex(address))).flatMap((byte) => [byte >> 4, byte & 15]);
      const root = encodeRlp([prefixed(path, true), encodeRlp(body)]);
      return proofReader([toHex(root)]).account(toHex(keccak_256(root)), address);
    };
    const body = [Uint8Array.of(1), NONE, new Uint8Array(32).fill(2), new Uint8Array(32).fill(3)];
    expect(read(body)).to.deep.equal({
      nonce: 1n,
      balance: 0n,
      storageRoot: `0x${'02'.repeat(32)}`,
      codeHash: `0x${'03'.repeat(32)}`,
    } satisfies Account);
    expect(read(body.slice(1))).to.equal('missing');
    expect(read(body.with(2, NONE))).to.equal('missing');
  });

  it('refuses keys and nodes that are not hex of their length', () => {
    expect(codeOf(() => proofReader(['0x0' as Hex]))).to.equal('NOT_HEX');
    expect(codeOf(() => proofReader([]).slot(KEY, '0x07'))).to.equal('WRONG_LENGTH');
    expect(codeOf(() => proofReader([]).account(KEY, KEY))).to.equal('WRONG_LENGTH');
  });
});
