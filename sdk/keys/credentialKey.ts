import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { generateKeyPair, type PrivateJwk, type PublicJwk, publicJwk, thumbprint } from '../../protocol/jose/jwk.ts';
import { SdkError } from '../errors.ts';
import { OWNER_ONLY, writeDurably } from '../files/writeDurably.ts';
import { readKeyFile } from './accountKey.ts';
import type { Password } from './password.ts';
import { openText, type SealedText, sealText } from './seal.ts';

/** A P-256 key that signs credentials. */
export interface CredentialKey {
  privateJwk: PrivateJwk;
  publicJwk: PublicJwk;
  /** RFC 7638 SHA-256 thumbprint: the key's name on the ledger. */
  thumbprint: Hex;
}

/** What a key file says without its password. */
export interface KeyListing {
  file: string;
  thumbprint: Hex;
  createdAt: string;
  /** The key that signs now; the others were rotated out. */
  current: boolean;
}

interface KeyFile {
  format: 'tidemark-credential-key/1';
  thumbprint: Hex;
  publicJwk: PublicJwk;
  createdAt: string;
  sealed: SealedText;
}

const CURRENT = 'credential.json';

/** Makes a credential key in a member's folder. A key that signed until now stays beside it as `credential-<start of its thumbprint>.json`. */
export function createCredentialKey(folder: string, password: Password): CredentialKey {
  const privateJwk = generateKeyPair((length) => randomBytes(length));
  const name = thumbprint(privateJwk);
  const file: KeyFile = {
    format: 'tidemark-credential-key/1',
    thumbprint: name,
    publicJwk: publicJwk(privateJwk),
    createdAt: new Date().toISOString(),
    sealed: sealText(JSON.stringify(privateJwk), password.text, password.work, name),
  };
  keepFormer(folder);
  writeDurably(join(folder, CURRENT), `${JSON.stringify(file, undefined, 2)}\n`, OWNER_ONLY);
  return { privateJwk, publicJwk: file.publicJwk, thumbprint: name };
}

/**
 * Opens the key that signs now.
 *
 * @throws SdkError `KEY_MISSING`, `KEY_MALFORMED`, `PASSWORD_WRONG`
 */
export function openCredentialKey(folder: string, password: Password): CredentialKey {
  const file = readFile(join(folder, CURRENT));
  const privateJwk = JSON.parse(openText(file.sealed, password.text, file.thumbprint)) as PrivateJwk;
  return { privateJwk, publicJwk: file.publicJwk, thumbprint: file.thumbprint };
}

/** Lists a member's credential keys, the current one first. @throws SdkError `KEY_MALFORMED` */
export function listCredentialKeys(folder: string): KeyListing[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => /^credential(-[0-9a-f]+)?\.json$/.test(name));
  return files
    .map((name) => {
      const { thumbprint: print, createdAt } = readFile(join(folder, name));
      return { file: join(folder, name), thumbprint: print, createdAt, current: name === CURRENT };
    })
    .sort((a, b) => Number(b.current) - Number(a.current) || b.createdAt.localeCompare(a.createdAt));
}

// Copied, not moved: after a crash the folder still has a current key.
function keepFormer(folder: string): void {
  const path = join(folder, CURRENT);
  if (!existsSync(path)) return;
  writeDurably(join(folder, `credential-${readFile(path).thumbprint.slice(2, 18)}.json`), readKeyFile(path), OWNER_ONLY);
}

function readFile(path: string): KeyFile {
  const text = readKeyFile(path);
  try {
    const file = JSON.parse(text) as KeyFile;
    if (file.format === 'tidemark-credential-key/1' && thumbprint(file.publicJwk) === file.thumbprint) return file;
  } catch {
    // Falls through to the one error below.
  }
  throw new SdkError('KEY_MALFORMED', `${path} is not a credential key of this program`, { advice: 'restore it from a backup' });
}
