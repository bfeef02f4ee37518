import type { Hex } from '../encoding/hex.ts';
import { toUtf8 } from '../encoding/utf8.ts';
import { type Fingerprint, fingerprint } from '../hash/fingerprint.ts';
import { parseStrict } from '../json/parseStrict.ts';
import { type Check, integer, list, object, oneOf, pattern, text } from '../law/fields.ts';

/** The format that this program writes and reads. */
export const RELEASE_FORMAT = 'tidemark-release/1';
/** In the place of a member: whoever asks. */
export const EVERYBODY = 'ALL';
/** Most documents of one release. */
export const MOST_RELEASED = 1_000;

/** A recorded approval: who gives which documents, whose bodies stay in their country, to whom, on what ground. When, is what the ledger says of its record. */
export interface Release {
  format: typeof RELEASE_FORMAT;
  /** Member that approves: whose record it is. */
  by: number;
  /** Member that may see the documents from then on, or everybody. */
  to: number | typeof EVERYBODY;
  /** Leaves. */
  documents: Hex[];
  /** Law, contract or decision that it rests on, in the approver's words. */
  basis: string;
  /** 16 bytes, so that nobody can tell from the ledger what was released by guessing it. */
  salt: Hex;
}

const MAX_LENGTH = 128 * 1024;
const MOST_MEMBERS = 0xffff_ffff;
const member = integer(1, MOST_MEMBERS);
const everybody = oneOf(EVERYBODY);
const receiver: Check = (value, path) => (typeof value === 'number' ? member : everybody)(value, path);
const release = object({
  format: oneOf(RELEASE_FORMAT),
  by: member,
  to: receiver,
  documents: list(pattern(/^0x[0-9a-f]{64}$/), 1, MOST_RELEASED),
  basis: text(2_000),
  salt: pattern(/^0x[0-9a-f]{32}$/),
});

/**
 * Reads the exact text of a release.
 *
 * @throws ProtocolError of `parseStrict`; `WRONG_TYPE`, `WRONG_VALUE` and their like with the pointer of the field
 */
export function readRelease(exact: string): Release {
  const value = parseStrict(exact, { maxLength: MAX_LENGTH });
  release(value, []);
  return value as unknown as Release;
}

/** The fingerprint of a release: of its exact text, whose salt makes the leaf unguessable. */
export function releaseFingerprint(exact: string): Fingerprint {
  return fingerprint(toUtf8(exact));
}
