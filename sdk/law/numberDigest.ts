import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { lookupForm } from '../../protocol/text/lookupForm.ts';
import { OWNER_ONLY, writeDurably } from '../files/writeDurably.ts';

const SECRET_BYTES = 32;

/**
 * The salted digest under which a member's certificate number stands on the ledger: HMAC-SHA-256 of the number's lookup form under a secret that only the
 * member has, so that one number gives one key and nobody else can find out which numbers there are. The secret is made at first use; without it the ledger no
 * longer notices a number given twice, so it belongs into the backup of the keys.
 *
 * @param folder the member's folder
 */
export function numberDigest(folder: string, number: string): Hex {
  const path = join(folder, 'numbers.key');
  if (!existsSync(path)) writeDurably(path, `${randomBytes(SECRET_BYTES).toString('hex')}\n`, OWNER_ONLY);
  const secret = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
  return `0x${createHmac('sha256', secret).update(lookupForm(number)).digest('hex')}`;
}
