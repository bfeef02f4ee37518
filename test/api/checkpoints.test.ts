import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { openCheckpoints } from '../../api/checkpoint/checkpoints.ts';
import type { IndexReader } from '../../indexer/store/rows.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { generateKeyPair } from '../../protocol/jose/jwk.ts';
import { parseJws } from '../../protocol/jose/jws.ts';
import type { FastProvider } from '../../sdk/chain/provider.ts';

const WORD: Hex = `0x${'11'.repeat(32)}`;
const HEAD = 7;
const NOW = 1_800_000_000;
/** One block a hundred seconds, the newest a thousand seconds ago. */
const timeOf = (height: number) => NOW - 1_000 - (HEAD - height) * 100;

const index = {
  checkpoint: async () => ({ height: HEAD }),
  blockAt: async (height: number) =>
    height > HEAD ? undefined : { height, hash: WORD, timestamp: timeOf(height), sequence: 1, digest: WORD },
} as unknown as IndexReader;

let later = 0;

/** The chain may be ahead of the index. */
const chain = { head: HEAD };
const provider = {
  send: async (_method: string, [height]: [string]) =>
    Number(height) > chain.head ? null : { hash: WORD, timestamp: `0x${timeOf(Number(height)).toString(16)}` },
};

const checkpoints = openCheckpoints({
  name: 'qingdao',
  key: generateKeyPair((length) => randomBytes(length)),
  index,
  provider: provider as unknown as FastProvider,
  deployment: { chainId: 1, rpcUrl: '', contract: `0x${'22'.repeat(20)}`, deployedAt: 0 },
  clock: () => (NOW + later) * 1000,
});

async function issuedAt(height?: number): Promise<number> {
  const { payload } = parseJws((await checkpoints.sign(height)) as string);
  return (JSON.parse(new TextDecoder().decode(payload)) as { iat: number }).iat;
}

describe('checkpoints', () => {
  describe('sign', () => {
    it('says now of the newest block', async () => {
      expect(await issuedAt()).to.equal(NOW);
      expect(await issuedAt(HEAD)).to.equal(NOW);
    });

    it('never says now of a block that has a successor', async () => {
      expect(await issuedAt(3)).to.equal(timeOf(4));
    });

    it('never says now of the newest block of an index that is behind', async () => {
      chain.head = HEAD + 1;
      later += 10;
      expect(await issuedAt()).to.equal(timeOf(HEAD + 1));
    });

    it('signs nothing above the newest block', async () => {
      expect(await checkpoints.sign(HEAD + 1)).to.equal(undefined);
    });
  });
});
