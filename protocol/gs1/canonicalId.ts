import { canonicalPath } from './canonicalPath.ts';
import { applicationIdentifier } from './dictionary.ts';
import type { ElementString } from './elementString.ts';
import { CANONICAL_STEM, formatPath } from './formatDigitalLink.ts';
import { parseUrn } from './parseUrn.ts';

/**
 * The one spelling of a GS1 identifier (CBV 2.0 section 8.9, the rules of the event hash): EPC URN, EPC class, EPC pattern or Digital Link of any domain in,
 * canonical Digital Link of its finest key out, `https://id.gs1.org/01/…/21/…`; qualifiers that the finer one makes needless, attributes and query are dropped.
 * Undefined: not a GS1 identifier, leave the text as it is.
 *
 * Check digits are computed for URNs and not judged in links: what a partner captured must keep its identity even if it was mistyped. `parseDigitalLink` judges.
 *
 * @example
 * canonicalId('urn:epc:class:lgtin:4012345.012345.Lot987'); // 'https://id.gs1.org/01/04012345123456/10/Lot987'
 */
export function canonicalId(uri: string): string | undefined {
  const path = uri.startsWith('urn:epc:') ? parseUrn(uri) : uri.startsWith('http') ? canonicalPath(uri) : undefined;
  return path?.every(hasItsCharacters) ? CANONICAL_STEM + formatPath(path) : undefined;
}

function hasItsCharacters({ ai, value }: ElementString): boolean {
  return applicationIdentifier(ai)?.pattern.test(value) === true;
}
