import { readFileSync } from 'node:fs';
import { decryptKeystoreJsonSync, encryptKeystoreJsonSync, SigningKey, Transaction, TypedDataEncoder, Wallet } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { SdkError } from '../errors.ts';
import { OWNER_ONLY, writeDurably } from '../files/writeDurably.ts';
import type { Password } from './password.ts';
import type { LedgerTransaction, Signer } from './signer.ts';

/** Makes a secp256k1 account key and keeps it at `path` as an encrypted keystore (Web3 Secret Storage version 3). */
export function createAccount(path: string, password: Password): Signer {
  const { address, privateKey } = Wallet.createRandom();
  // The asynchronous form of ethers 6 throws without a progress callback.
  writeDurably(path, encryptKeystoreJsonSync({ address, privateKey }, password.text, { scrypt: { N: password.work } }), OWNER_ONLY);
  return signerOf(privateKey);
}

/**
 * Opens the account key at `path`; the derivation takes about a second for a password that a person chose, so open once.
 *
 * @throws SdkError `KEY_MISSING`, `PASSWORD_WRONG`
 */
export function openAccount(path: string, password: Password): Signer {
  const text = readKeyFile(path);
  try {
    return signerOf(decryptKeystoreJsonSync(text, password.text).privateKey);
  } catch (cause) {
    throw new SdkError('PASSWORD_WRONG', `the account key ${path} does not open with this password`, {
      advice: 'set TIDEMARK_PASSWORD to the password under which the key was made',
      cause,
    });
  }
}

/** The signer of a secp256k1 private key that is already at hand. */
export function signerOf(privateKey: string): Signer {
  const key = new SigningKey(privateKey);
  const address = new Wallet(key).address.toLowerCase() as Hex;
  return {
    address,
    async signTransaction(transaction) {
      const unsigned = Transaction.from(unsignedForm(transaction));
      // SigningKey signs deterministically (RFC 6979) and with a low S.
      unsigned.signature = key.sign(unsigned.unsignedHash);
      return unsigned.serialized as Hex;
    },
    signTypedData: async ({ domain, types, value }) => key.sign(TypedDataEncoder.hash(domain, types, value)).serialized as Hex,
  };
}

function unsignedForm({ chainId, nonce, to, data, gasLimit }: LedgerTransaction) {
  return { type: 2, chainId, nonce, to, data, gasLimit, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n, value: 0n };
}

/** Reads a key file. @throws SdkError `KEY_MISSING` */
export function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new SdkError('KEY_MISSING', `there is no key at ${path}`, { advice: 'make one: tidemark keys generate --member SLUG', cause });
  }
}
