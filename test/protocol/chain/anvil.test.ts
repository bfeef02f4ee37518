import { expect } from 'chai';
import { blockHash, decodeHeader, encodeHeader } from '../../../protocol/chain/header.ts';
import { type Account, proofReader } from '../../../protocol/chain/trie.ts';
import { fromHex, type Hex, toHex } from '../../../protocol/encoding/hex.ts';
import { toUint } from '../../../protocol/encoding/uint.ts';
import { recordSlot } from '../../../protocol/ledger/slots.ts';
import { type Anvil, startAnvil } from './anvil.ts';

type Block = Record<string, unknown> & { hash: Hex };
interface Proof {
  accountProof: Hex[];
  codeHash: Hex;
  storageHash: Hex;
  storageProof: { key: Hex; value: Hex; proof: Hex[] }[];
}

const CONTRACT: Hex = '0x00000000000000000000000000000000000c0de0';
const NOBODY: Hex = '0x00000000000000000000000000000000deadbeef';
const WORDS = 300;
const idOf = (number: number): Hex => toHex(toUint(number, 32));
const slotOf = (number: number): Hex => recordSlot(idOf(number));
// Word 0 is left unset; some words are short, so that leaves of different lengths and nodes within nodes occur.
const wordOf = (number: number): bigint => BigInt(number) * (number % 3 === 0 ? 1n : 2n ** 200n + 7n);

describe('chain proofs on anvil', () => {
  for (const hardfork of ['london', 'shanghai', 'cancun', 'prague', 'osaka']) {
    it(`rebuilds block hashes under ${hardfork}`, async () => {
      await withAnvil(hardfork, async (anvil) => {
        await anvil.rpc('anvil_mine', '0x3');
        for (const number of ['0x1', '0x3']) {
          const block = await anvil.rpc<Block>('eth_getBlockByNumber', number, false);
          const header = encodeHeader(block);
          expect(blockHash(header)).to.equal(block.hash);
          const { parentHash, stateRoot, extraData } = block;
          const integers = { number: Number(number), timestamp: Number(block.timestamp) };
          expect(decodeHeader(header)).to.deep.equal({ parentHash, stateRoot, extraData, ...integers });
        }
      });
    });
  }

  describe('of a contract with many words', () => {
    let anvil: Anvil;
    let header: Hex;
    let proof: Proof;
    let nodes: Hex[];

    before(async () => {
      anvil = await startAnvil('cancun');
      await anvil.rpc('anvil_setCode', CONTRACT, '0x00');
      for (let number = 1; number <= WORDS; number++) {
        await anvil.rpc('anvil_setStorageAt', CONTRACT, slotOf(number), toHex(toUint(wordOf(number), 32)));
      }
      await anvil.rpc('anvil_mine', '0x1');
      const block = await anvil.rpc<Block>('eth_getBlockByNumber', 'latest', false);
      header = encodeHeader(block);
      expect(blockHash(header)).to.equal(block.hash);
      // Slots 301 to 320 are not set: their proofs are of exclusion.
      const slots = Array.from({ length: WORDS + 20 }, (_, index) => slotOf(index + 1));
      proof = await anvil.rpc<Proof>('eth_getProof', CONTRACT, slots, block.number);
      const nobody = await anvil.rpc<Proof>('eth_getProof', NOBODY, [], block.number);
      nodes = [...new Set([...proof.accountProof, ...nobody.accountProof, ...proof.storageProof.flatMap((entry) => entry.proof)])];
    });

    after(() => anvil.stop());

    const account = (reader = proofReader(nodes)) => reader.account(decodeHeader(header).stateRoot, CONTRACT) as Account;

    it('reads the account', () => {
      const { codeHash, storageRoot, nonce } = account();
      expect({ codeHash, storageRoot, nonce }).to.deep.equal({ codeHash: proof.codeHash, storageRoot: proof.storageHash, nonce: 0n });
    });

    it('proves that an account does not exist', () => {
      expect(proofReader(nodes).account(decodeHeader(header).stateRoot, NOBODY)).to.equal('absent');
    });

    it('reads every word, and 0 where none was set', () => {
      const reader = proofReader(nodes);
      const { storageRoot } = account(reader);
      for (let number = 1; number <= WORDS; number++) expect(reader.slot(storageRoot, slotOf(number))).to.equal(wordOf(number));
      for (let number = WORDS + 1; number <= WORDS + 20; number++) expect(reader.slot(storageRoot, slotOf(number))).to.equal(0n);
    });

    it('cannot tell without the nodes', () => {
      const { stateRoot } = decodeHeader(header);
      expect(proofReader([]).account(stateRoot, CONTRACT)).to.equal('missing');
      expect(proofReader([]).slot(proof.storageHash, slotOf(1))).to.equal('missing');
      // Proofs of other slots end above this one, or prove that it is unset: here they end.
      const others = proof.storageProof.filter((entry) => entry.key !== slotOf(1)).flatMap((entry) => entry.proof);
      const last = proof.storageProof.find((entry) => entry.key === slotOf(1))?.proof.at(-1);
      const without = others.filter((node) => node !== last);
      expect(proofReader(without).slot(proof.storageHash, slotOf(1))).to.equal('missing');
    });

    it('reads nothing from nodes with a single byte altered', () => {
      const { stateRoot } = decodeHeader(header);
      for (const node of proof.accountProof) {
        for (const altered of alterations(node)) {
          const reader = proofReader(proof.accountProof.map((other) => (other === node ? altered : other)));
          expect(reader.account(stateRoot, CONTRACT)).to.equal('missing');
        }
      }
      for (const number of [1, 3, 150, WORDS + 1]) {
        const path = proof.storageProof[number - 1]?.proof as Hex[];
        for (const node of path) {
          for (const altered of alterations(node)) {
            const reader = proofReader(path.map((other) => (other === node ? altered : other)));
            expect(reader.slot(proof.storageHash, slotOf(number))).to.equal('missing');
          }
        }
      }
    });

    it('reads nothing under another root', () => {
      const reader = proofReader(nodes);
      expect(reader.slot(`0x${'11'.repeat(32)}`, slotOf(1))).to.equal('missing');
    });

    it('gives another hash for a header with a single byte altered', () => {
      for (const altered of alterations(header)) expect(blockHash(altered)).not.to.equal(blockHash(header));
    });
  });
});

/** The hex with each single byte changed in turn, to three other values. */
function* alterations(hex: Hex): Generator<Hex> {
  const bytes = fromHex(hex);
  for (let index = 0; index < bytes.length; index++) {
    for (const change of [0x01, 0x80, 0xff]) {
      const altered = bytes.slice();
      altered[index] = (altered[index] as number) ^ change;
      yield toHex(altered);
    }
  }
}

async function withAnvil(hardfork: string, use: (anvil: Anvil) => Promise<void>): Promise<void> {
  const anvil = await startAnvil(hardfork);
  try {
    await use(anvil);
  } finally {
    await anvil.stop();
  }
}
