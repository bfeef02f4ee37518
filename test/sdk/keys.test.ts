import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Transaction } from 'ethers';
import { toUtf8 } from '../../protocol/encoding/utf8.ts';
import { signJws, verifyJws } from '../../protocol/jose/jws.ts';
import { SdkError } from '../../sdk/errors.ts';
import { createAccount, openAccount } from '../../sdk/keys/accountKey.ts';
import { createCredentialKey, listCredentialKeys, openCredentialKey } from '../../sdk/keys/credentialKey.ts';
import { type Password, passwordForNew, passwordOf } from '../../sdk/keys/password.ts';

const CURVE_ORDER_HALF = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n / 2n;
const RIGHT: Password = { text: 'a tide of words', work: 4_096 };
const WRONG: Password = { text: 'another tide', work: 4_096 };

describe('keys', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-keys-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  describe('credential key', () => {
    it('opens with its password and signs', () => {
      const made = createCredentialKey(folder, RIGHT);
      const opened = openCredentialKey(folder, RIGHT);
      const jws = signJws({}, toUtf8('text'), opened.privateJwk);
      expect(verifyJws(jws, made.publicJwk).payload).to.deep.equal(toUtf8('text'));
    });

    it('stays closed to another password and shows no secret', () => {
      const { privateJwk } = createCredentialKey(folder, RIGHT);
      const path = join(folder, 'credential.json');
      expect(codeOf(() => openCredentialKey(folder, WRONG))).to.equal('PASSWORD_WRONG');
      expect(readFileSync(path, 'utf8')).to.not.include(privateJwk.d);
      expect(statSync(path).mode & 0o077).to.equal(0);
    });

    it('refuses a file whose public key was exchanged', () => {
      createCredentialKey(folder, RIGHT);
      const path = join(folder, 'credential.json');
      const file = JSON.parse(readFileSync(path, 'utf8'));
      const other = mkdtempSync(join(folder, 'other-'));
      const { publicJwk, thumbprint } = createCredentialKey(other, RIGHT);
      writeFileSync(path, JSON.stringify({ ...file, publicJwk }));
      expect(codeOf(() => openCredentialKey(folder, RIGHT))).to.equal('KEY_MALFORMED');
      writeFileSync(path, JSON.stringify({ ...file, publicJwk, thumbprint }));
      expect(codeOf(() => openCredentialKey(folder, RIGHT))).to.equal('PASSWORD_WRONG');
    });

    it('keeps the former key when a new one is made', () => {
      const first = createCredentialKey(folder, RIGHT);
      const second = createCredentialKey(folder, RIGHT);
      const listed = listCredentialKeys(folder).map(({ thumbprint, current }) => ({ thumbprint, current }));
      expect(listed).to.deep.equal([
        { thumbprint: second.thumbprint, current: true },
        { thumbprint: first.thumbprint, current: false },
      ]);
    });
  });

  describe('account', () => {
    it('opens with its password and signs for its address with a low S', async () => {
      const path = join(folder, 'account.json');
      const { address } = createAccount(path, RIGHT);
      const opened = openAccount(path, RIGHT);
      for (let nonce = 0; nonce < 8; nonce++) {
        const raw = await opened.signTransaction({ chainId: 5, nonce, to: `0x${'7e'.repeat(20)}`, data: '0x01', gasLimit: 50_000 });
        const { from, signature, maxFeePerGas } = Transaction.from(raw);
        expect({ from: from?.toLowerCase(), maxFeePerGas }).to.deep.equal({ from: address, maxFeePerGas: 0n });
        expect(BigInt(signature?.s ?? 0) <= CURVE_ORDER_HALF).to.equal(true);
      }
    });

    it('stays closed to another password', () => {
      const path = join(folder, 'account.json');
      createAccount(path, RIGHT);
      expect(codeOf(() => openAccount(path, WRONG))).to.equal('PASSWORD_WRONG');
      expect(codeOf(() => openAccount(join(folder, 'none.json'), RIGHT))).to.equal('KEY_MISSING');
    });
  });

  describe('passwordOf', () => {
    const before = process.env.TIDEMARK_PASSWORD;

    afterEach(() => {
      if (before === undefined) delete process.env.TIDEMARK_PASSWORD;
      else process.env.TIDEMARK_PASSWORD = before;
    });

    it('asks for a password where there is none', () => {
      delete process.env.TIDEMARK_PASSWORD;
      expect(codeOf(() => passwordOf(folder))).to.equal('PASSWORD_MISSING');
    });

    it('makes a random one for its owner only, once', () => {
      delete process.env.TIDEMARK_PASSWORD;
      const made = passwordForNew(folder);
      expect(passwordForNew(folder)).to.deep.equal(made);
      expect(made.text).to.match(/^[\w-]{43}$/);
      expect(statSync(join(folder, 'password')).mode & 0o077).to.equal(0);
    });

    it('prefers the environment and stretches it', () => {
      passwordForNew(folder);
      process.env.TIDEMARK_PASSWORD = 'chosen';
      expect(passwordOf(folder)).to.deep.equal({ text: 'chosen', work: 131_072 });
    });
  });
});

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'DONE';
  } catch (error) {
    return error instanceof SdkError ? error.code : String(error);
  }
}
