import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { keccak256, Wallet } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { KIND } from '../../protocol/ledger/codes.ts';
import { anchorCall, type LedgerCall, NO_SUBJECT } from '../../sdk/chain/calls.ts';
import { FastProvider } from '../../sdk/chain/provider.ts';
import { readRecord } from '../../sdk/chain/readState.ts';
import { SdkError } from '../../sdk/errors.ts';
import { openAccount, signerOf } from '../../sdk/keys/accountKey.ts';
import { passwordOf } from '../../sdk/keys/password.ts';
import type { Signer } from '../../sdk/keys/signer.ts';
import { type Outbox, openOutbox } from '../../sdk/outbox/outbox.ts';
import { hasArtifact } from './support/ledger.ts';
import { numbered } from './support/numbered.ts';
import { startWorld, type World } from './support/world.ts';

const LAB = 1;

describe('outbox', () => {
  let world: World;
  let folder: string;
  let signer: Signer;
  let files = 0;

  before(async function () {
    if (!hasArtifact) this.skip();
    world = await startWorld();
    folder = mkdtempSync(join(tmpdir(), 'tidemark-outbox-'));
    const members = join(world.home, 'members', 'lab');
    signer = openAccount(join(members, 'account.json'), passwordOf(members));
  });

  after(async () => {
    await world?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  const newPath = () => join(folder, `${++files}.sqlite`);
  const open = (path = newPath(), by = signer) => openOutbox({ path, signer: by, ...world.ledger, pollMs: 20, patienceMs: 300 });
  const anchor = (number: number): LedgerCall =>
    anchorCall(LAB, {
      sha256Digest: numbered(number),
      sm3Digest: numbered(number),
      subject: NO_SUBJECT,
      kind: KIND.LABORATORY_REPORT,
      expiresAt: 0,
    });
  const rpc = (method: string, params: unknown[] = []) => world.ledger.provider.send(method, params);

  async function within<Result>(outbox: Outbox, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } finally {
      await outbox.close();
    }
  }

  describe('submit', () => {
    it('acknowledges a request once and sends it once', async () => {
      const outbox = await open();
      await within(outbox, async () => {
        const first = await outbox.submit('a', anchor(1));
        const again = await outbox.submit('a', anchor(1));
        const { hash } = await outbox.wait('a');
        expect(again).to.deep.equal(first);
        expect(hash).to.equal(first.hash);
        expect(await readRecord(world.ledger, anchor(1).record)).to.include({ issuer: LAB });
      });
    });

    it('refuses another call under a known id', async () => {
      const outbox = await open();
      await within(outbox, async () => {
        await outbox.submit('a', anchor(2));
        expect(await codeOf(outbox.submit('a', anchor(3)))).to.equal('REQUEST_ID_REUSED');
      });
    });

    it('gives many requests at once nonces without gaps', async () => {
      const outbox = await open();
      await within(outbox, async () => {
        const numbers = Array.from({ length: 300 }, (_, index) => 100 + index);
        const nonces = await Promise.all(numbers.map(async (number) => (await outbox.submit(`${number}`, anchor(number))).nonce));
        expect(nonces).to.deep.equal(nonces.map((_, index) => (nonces[0] as number) + index));
        await Promise.all(numbers.map((number) => outbox.wait(`${number}`)));
      });
    });

    it('sends the identical bytes after it was closed before sending', async () => {
      const path = newPath();
      await rpc('evm_setAutomine', [false]);
      const first = await open(path);
      const acknowledged = await first.submit('a', anchor(4));
      await first.close();
      await rpc('anvil_dropAllTransactions');
      await rpc('evm_setAutomine', [true]);
      const second = await open(path);
      await within(second, async () => {
        expect((await second.wait('a')).hash).to.equal(acknowledged.hash);
        const { input } = (await rpc('eth_getTransactionByHash', [acknowledged.hash])) as { input: string };
        expect(input).to.equal(anchor(4).data);
      });
    });
  });

  describe('wait', () => {
    it('says why the ledger refused', async () => {
      const outbox = await open();
      await within(outbox, async () => {
        const unknown = anchorCall(LAB, { sha256Digest: numbered(5), sm3Digest: numbered(5), subject: NO_SUBJECT, kind: 99, expiresAt: 0 });
        await outbox.submit('a', unknown);
        const error = await outbox.wait('a').catch((caught: SdkError) => caught);
        expect(error).to.include({ code: 'REVERTED' });
        expect((error as SdkError).message).to.match(/Notary\w+\(/);
      });
    });

    it('takes a refusal for success where the effect is there already', async () => {
      const outbox = await open();
      await within(outbox, async () => {
        await outbox.submit('a', anchor(6));
        await outbox.wait('a');
        await outbox.submit('b', anchor(6));
        expect((await outbox.wait('b')).id).to.equal('b');
      });
    });

    it('gives up in time and keeps the request', async () => {
      const path = newPath();
      await rpc('evm_setAutomine', [false]);
      const outbox = await open(path);
      await outbox.submit('a', anchor(7));
      expect(await codeOf(outbox.wait('a', 100))).to.equal('NOT_YET_MINED');
      await rpc('evm_setAutomine', [true]);
      await rpc('evm_mine');
      await within(outbox, () => outbox.wait('a'));
    });
  });

  describe('reconciliation', () => {
    it('anchors again what the chain lost with its blocks', async () => {
      const outbox = await open();
      await within(outbox, async () => {
        const snapshot = await rpc('evm_snapshot');
        await outbox.submit('a', anchor(8));
        await outbox.submit('b', anchor(9));
        await Promise.all([outbox.wait('a'), outbox.wait('b')]);
        const reopened = new Promise<number>((resolve) => outbox.events.once('reopened', resolve));
        await rpc('evm_revert', [snapshot]);
        expect(await readRecord(world.ledger, anchor(8).record)).to.equal(undefined);
        expect(await reopened).to.equal(2);
        await Promise.all([outbox.wait('a'), outbox.wait('b')]);
        for (const number of [8, 9]) expect(await readRecord(world.ledger, anchor(number).record)).to.include({ issuer: LAB });
      });
    });

    it('finds the loss when it is opened again', async () => {
      const path = newPath();
      const first = await open(path);
      const snapshot = await rpc('evm_snapshot');
      await first.submit('a', anchor(10));
      await first.wait('a');
      await first.close();
      await rpc('evm_revert', [snapshot]);
      const second = await open(path);
      await within(second, () => second.wait('a'));
      expect(await readRecord(world.ledger, anchor(10).record)).to.include({ issuer: LAB });
    });

    it('signs anew where another transaction took the nonce', async () => {
      await rpc('evm_setAutomine', [false]);
      const outbox = await open();
      await within(outbox, async () => {
        const { nonce, hash } = await outbox.submit('a', anchor(11));
        await rpc('anvil_dropAllTransactions');
        const other = await signer.signTransaction({
          chainId: world.ledger.chainId,
          nonce,
          to: `0x${'7e'.repeat(20)}`,
          data: '0x',
          gasLimit: 21_000,
        });
        await rpc('anvil_dropTransaction', [hash]);
        await rpc('eth_sendRawTransaction', [other]);
        await rpc('evm_mine');
        await rpc('evm_setAutomine', [true]);
        const settled = await outbox.wait('a');
        expect(keccak256(other)).to.not.equal(settled.hash);
        expect(settled.hash).to.not.equal(hash);
        expect(await readRecord(world.ledger, anchor(11).record)).to.include({ issuer: LAB });
      });
    });
  });

  describe('stalls', () => {
    it('frees a nonce whose transaction the chain took and never mines', async () => {
      const provider = new Forgetful(world.chain.url, world.ledger.chainId);
      const outbox = await openOutbox({ path: newPath(), signer, ...world.ledger, provider, pollMs: 20, stallMs: 200 });
      await within(outbox, async () => {
        const delays: string[] = [];
        outbox.events.on('delayed', (reason) => void delays.push(reason));
        const numbers = [20, 21, 22];
        const [first] = await Promise.all(numbers.map((number) => outbox.submit(`${number}`, anchor(number))));
        const settled = await Promise.all(numbers.map((number) => outbox.wait(`${number}`)));
        expect(settled[0]?.hash).to.not.equal(first?.hash);
        expect(delays).to.have.length(1);
        for (const number of numbers) expect(await readRecord(world.ledger, anchor(number).record)).to.include({ issuer: LAB });
      });
      provider.destroy();
    });
  });

  describe('openOutbox', () => {
    it('lets one process at a time send for an account', async () => {
      const path = newPath();
      const outbox = await open(path);
      await within(outbox, async () => {
        expect(await codeOf(open(path))).to.equal('LANE_BUSY');
        const other = await open(path, signerOf(Wallet.createRandom().privateKey));
        await other.close();
      });
    });

    it('refuses a file of another ledger', async () => {
      const path = newPath();
      await (await open(path)).close();
      const contract: Hex = `0x${'7e'.repeat(20)}`;
      expect(await codeOf(openOutbox({ path, signer, ...world.ledger, contract }))).to.equal('ANOTHER_LEDGER');
    });
  });
});

/** A node that says yes to the first transaction it is given, however often, and forgets it. */
class Forgetful extends FastProvider {
  #forgotten: string | undefined;

  override async send(method: string, params: string[]): Promise<unknown> {
    if (method === 'eth_sendRawTransaction') this.#forgotten ??= params[0];
    return method === 'eth_sendRawTransaction' && params[0] === this.#forgotten
      ? keccak256(params[0] as string)
      : super.send(method, params);
  }
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'DONE';
  } catch (error) {
    return error instanceof SdkError ? error.code : String(error);
  }
}
