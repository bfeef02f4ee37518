import { createHash, createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { lookupForm } from '../../protocol/text/lookupForm.ts';
import { OWNER_ONLY, writeDurably } from '../files/writeDurably.ts';

const SECRET_BYTES = 32;
const SALT_CHARACTERS = 32;

/** What a text is committed as: `evidence` of an alert or decision, or a `declaration`. */
export type CommitmentKind = 'evidence' | 'declaration';

/** What stands on the ledger for a text, and the salt that opens it. */
export interface Commitment {
  commitment: Hex;
  /** 16 bytes; whoever has them and the text can check the commitment. */
  salt: Hex;
}

/**
 * What goes to the ledger for a text, which nobody can guess from it. The salt is made of the text and a secret of the member, so that the same text, committed
 * again after a crash, is the same commitment: `SHA-256("tidemark-<kind>/1\n<text>\n<salt hex>")`.
 *
 * @param folder the member's folder
 */
export function commit(folder: string, kind: CommitmentKind, text: string): Commitment {
  const salt = hmac(folder, `${kind}\n${text}`).slice(0, SALT_CHARACTERS);
  const commitment = createHash('sha256').update(`tidemark-${kind}/1\n${text}\n${salt}`).digest('hex');
  return { commitment: `0x${commitment}`, salt: `0x${salt}` };
}

/**
 * The salted digest under which a member's certificate number, or its reference of an alert, stands on the ledger: HMAC-SHA-256 of its lookup form, so that one
 * number gives one key and nobody else can find out which numbers there are.
 *
 * @param folder the member's folder
 */
export function referenceDigest(folder: string, reference: string): Hex {
  return `0x${hmac(folder, lookupForm(reference))}`;
}

/** Salt of a release, 16 bytes: the same release, given again after a crash, is the same record. */
export function releaseSalt(folder: string, release: string): Hex {
  return `0x${hmac(folder, `release\n${release}`).slice(0, SALT_CHARACTERS)}`;
}

/** The secret is made at first use. Without it the ledger no longer notices a number given twice, so it belongs into the backup of the keys. */
function hmac(folder: string, text: string): string {
  const path = join(folder, 'commitment.key');
  if (!existsSync(path)) writeDurably(path, `${randomBytes(SECRET_BYTES).toString('hex')}\n`, OWNER_ONLY);
  const secret = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
  return createHmac('sha256', secret).update(text).digest('hex');
}
