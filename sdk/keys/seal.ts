import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { fromBase64Url, toBase64Url } from '../../protocol/encoding/base64url.ts';
import { SdkError } from '../errors.ts';

/** Text encrypted under a password: scrypt (RFC 7914) and AES-256-GCM; binary values in base64url. */
export interface SealedText {
  kdf: { name: 'scrypt'; N: number; r: number; p: number; salt: string };
  cipher: { name: 'aes-256-gcm'; iv: string; tag: string; text: string };
}

/** Work of the key derivation for a password that a person chose: about a second. */
export const SCRYPT_FOR_PEOPLE = 131_072;
/** Work for a password of 256 random bits, which no stretching could make stronger. */
export const SCRYPT_FOR_RANDOM = 4_096;

const R = 8;
const P = 1;
const KEY_LENGTH = 32;
// More is refused when opening: a planted file must not take all memory (128 * N * r bytes).
const MOST_N = 1_048_576;

/** Encrypts text under a password. `bound` is authenticated with it: the text opens only with the same value. */
export function sealText(text: string, password: string, N: number, bound: string): SealedText {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', derive(password, salt, N), iv).setAAD(Buffer.from(bound));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    kdf: { name: 'scrypt', N, r: R, p: P, salt: toBase64Url(salt) },
    cipher: { name: 'aes-256-gcm', iv: toBase64Url(iv), tag: toBase64Url(cipher.getAuthTag()), text: toBase64Url(body) },
  };
}

/**
 * Decrypts what `sealText` wrote.
 *
 * @throws SdkError `PASSWORD_WRONG`: or the file was changed
 */
export function openText(sealed: SealedText, password: string, bound: string): string {
  const { kdf, cipher } = sealed;
  if (kdf.N > MOST_N || kdf.r !== R || kdf.p !== P) throw wrong();
  const decipher = createDecipheriv('aes-256-gcm', derive(password, fromBase64Url(kdf.salt), kdf.N), fromBase64Url(cipher.iv));
  decipher.setAAD(Buffer.from(bound)).setAuthTag(fromBase64Url(cipher.tag));
  try {
    return Buffer.concat([decipher.update(fromBase64Url(cipher.text)), decipher.final()]).toString('utf8');
  } catch {
    throw wrong();
  }
}

function derive(password: string, salt: Uint8Array, N: number): Buffer {
  // Node's own limit of 32 MiB is just too small for N = 131,072.
  return scryptSync(password.normalize('NFKC'), salt, KEY_LENGTH, { N, r: R, p: P, maxmem: 256 * N * R });
}

function wrong(): SdkError {
  return new SdkError('PASSWORD_WRONG', 'the key does not open with this password', {
    advice: 'set TIDEMARK_PASSWORD to the password under which the key was made',
  });
}
