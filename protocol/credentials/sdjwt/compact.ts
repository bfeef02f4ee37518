import { ProtocolError } from '../../errors.ts';
import { type Disclosure, parseDisclosure } from './disclosure.ts';

/** An SD-JWT taken apart: the issuer's JWS and the disclosures in their order. */
export interface CompactSdJwt {
  jws: string;
  disclosures: Disclosure[];
}

/** Greatest length of an SD-JWT in characters. */
const MAX_SD_JWT_LENGTH = 1_000_000;
const MAX_DISCLOSURES = 10_000;

/**
 * Takes the compact form apart (RFC 9901 section 4): `jws~disclosure~…~disclosure~`. The last part is empty, as key binding is not used here.
 *
 * @throws ProtocolError `TOO_LARGE`, `SD_JWT_MALFORMED`, `DISCLOSURE_MALFORMED`
 */
export function splitSdJwt(sdJwt: string): CompactSdJwt {
  if (sdJwt.length > MAX_SD_JWT_LENGTH)
    throw new ProtocolError('TOO_LARGE', `longer than ${MAX_SD_JWT_LENGTH}`, { facts: { length: sdJwt.length } });
  const [jws = '', ...parts] = sdJwt.split('~');
  const last = parts.pop();
  if (last !== '') throw new ProtocolError('SD_JWT_MALFORMED', 'an SD-JWT without key binding ends in "~"');
  if (parts.length > MAX_DISCLOSURES) throw new ProtocolError('TOO_LARGE', 'too many disclosures', { facts: { count: parts.length } });
  return { jws, disclosures: parts.map(parseDisclosure) };
}

/** Puts the compact form together. */
export function joinSdJwt({ jws, disclosures }: { jws: string; disclosures: readonly Pick<Disclosure, 'encoded'>[] }): string {
  return [jws, ...disclosures.map(({ encoded }) => encoded), ''].join('~');
}
