import { fromBase64Url, toBase64Url } from '../../encoding/base64url.ts';
import { toUtf8 } from '../../encoding/utf8.ts';
import { ProtocolError } from '../../errors.ts';
import { sha256 } from '../../hash/sha256.ts';
import type { RandomSource } from '../../jose/jwk.ts';
import type { JsonValue } from '../../json/jsonValue.ts';
import { parseStrict } from '../../json/parseStrict.ts';

/** One salted value that can be withheld (RFC 9901 section 4.2). */
export interface Disclosure {
  /** As it stands in the SD-JWT: base64url of the JSON array. */
  encoded: string;
  /** base64url of the SHA-256 over `encoded`. */
  digest: string;
  /** Name of the member; absent for an element of an array. */
  name?: string;
  value: JsonValue;
}

/** Names that carry digests and so can name nothing else (RFC 9901 section 4.1). */
export const DIGESTS = '_sd';
/** Name that marks the digest of an array's element (RFC 9901 section 4.2.4.2). */
export const ELEMENT = '...';

// RFC 9901 section 7.1 step 3.c.2.2; and `__proto__`, which would change objects instead of naming a member.
const REFUSED_NAMES = [DIGESTS, ELEMENT, '__proto__'];

const SALT_BYTES = 16;
// 128 bits are 22 characters of base64url (RFC 9901 section 9.3).
const SALT = /^[A-Za-z0-9_-]{22,128}$/;

/** Makes a disclosure with a fresh salt of 128 bits: of a member where it has a name, else of an array's element. */
export function makeDisclosure(value: JsonValue, name: string | undefined, random: RandomSource): Disclosure {
  const salt = toBase64Url(random(SALT_BYTES));
  return describe(toBase64Url(toUtf8(JSON.stringify(name === undefined ? [salt, value] : [salt, name, value]))), name, value);
}

/**
 * Reads a disclosure strictly.
 *
 * @throws ProtocolError `DISCLOSURE_MALFORMED`
 */
export function parseDisclosure(encoded: string): Disclosure {
  const parts = parseArray(encoded);
  const [salt, name] = parts;
  if (typeof salt !== 'string' || !SALT.test(salt)) throw malformed('the salt is too short');
  if (parts.length === 2) return describe(encoded, undefined, parts[1] as JsonValue);
  if (parts.length !== 3 || typeof name !== 'string' || REFUSED_NAMES.includes(name)) throw malformed('it is not [salt, name, value]');
  return describe(encoded, name, parts[2] as JsonValue);
}

/** Digest of a disclosure: over its base64url text, not over what that says (RFC 9901 section 4.2.3). */
function describe(encoded: string, name: string | undefined, value: JsonValue): Disclosure {
  return { encoded, digest: toBase64Url(sha256(toUtf8(encoded))), ...(name !== undefined && { name }), value };
}

function parseArray(encoded: string): JsonValue[] {
  try {
    const parts = parseStrict(fromBase64Url(encoded));
    if (Array.isArray(parts)) return parts;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw malformed(error.message);
  }
  throw malformed('it is no array');
}

function malformed(message: string): ProtocolError {
  return new ProtocolError('DISCLOSURE_MALFORMED', `a disclosure cannot be read: ${message}`);
}
