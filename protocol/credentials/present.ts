import { ProtocolError } from '../errors.ts';
import { parseJws } from '../jose/jws.ts';
import type { JsonObject, JsonValue } from '../json/jsonValue.ts';
import { parseStrict } from '../json/parseStrict.ts';
import { expandPattern, isWithin } from './pointers.ts';
import { joinSdJwt, splitSdJwt } from './sdjwt/compact.ts';
import { type Revealed, reveal } from './sdjwt/reveal.ts';

/** What a holder shows: `only` these of the values that can be hidden, or all but those to `hide`. Pointers, in which `*` stands for every index. */
export type Choice = { only: readonly string[]; hide?: never } | { hide: readonly string[]; only?: never };

/**
 * Makes a holder's presentation: the same credential, with the disclosures left out that are not to be shown. Its fingerprint stays what it was.
 *
 * A pointer that names nothing is refused, so that nothing stays visible by a slip of the pen; so is hiding what cannot be hidden.
 *
 * @throws ProtocolError with the pointer: `POINTER_UNKNOWN`, `CANNOT_HIDE`, `NOT_A_POINTER`; those of `splitSdJwt`, `parseJws` and `reveal`
 *
 * @example
 * present(sdJwt, { hide: ['/credentialSubject/producer', '/credentialSubject/exporter/address'] });
 */
export function present(sdJwt: string, choice: Choice): string {
  const { jws, disclosures } = splitSdJwt(sdJwt);
  const revealed = reveal(parseStrict(parseJws(jws).payload) as JsonObject, disclosures);
  const shown = choice.only === undefined ? allBut(revealed, choice.hide) : only(revealed, choice.only);
  return joinSdJwt({ jws, disclosures: disclosures.filter(({ digest }) => shown.has(digest)) });
}

/** The presentation that anyone may see: nothing of what can be hidden. */
export function publicPresentation(sdJwt: string): string {
  return joinSdJwt({ jws: splitSdJwt(sdJwt).jws, disclosures: [] });
}

/** What is inside something hidden goes with it. */
function allBut({ claims, disclosed }: Revealed, patterns: readonly string[]): Set<string> {
  for (const pattern of patterns) {
    refuseUnknown(claims, pattern);
    if (!disclosed.some(({ pointer }) => isWithin(pattern, pointer)))
      throw new ProtocolError('CANNOT_HIDE', 'this field is always shown', { pointer: pattern });
  }
  return digestsOf(disclosed.filter(({ pointer }) => !patterns.some((pattern) => isWithin(pattern, pointer))));
}

/** What something shown stands in is shown too, else it could not be found. */
function only({ claims, disclosed }: Revealed, patterns: readonly string[]): Set<string> {
  for (const pattern of patterns) refuseUnknown(claims, pattern);
  const wanted = patterns.flatMap((pattern) => expandPattern(claims, pattern));
  return digestsOf(disclosed.filter(({ pointer }) => wanted.some((each) => isWithin(each, pointer) || isWithin(pointer, each))));
}

function refuseUnknown(claims: JsonValue, pattern: string): void {
  if (expandPattern(claims, pattern).length === 0)
    throw new ProtocolError('POINTER_UNKNOWN', 'the presentation has no such field', { pointer: pattern });
}

function digestsOf(disclosed: Revealed['disclosed']): Set<string> {
  return new Set(disclosed.map(({ disclosure }) => disclosure.digest));
}
