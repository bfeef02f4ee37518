import { ProtocolError } from '../../errors.ts';
import type { RandomSource } from '../../jose/jwk.ts';
import type { JsonObject, JsonValue } from '../../json/jsonValue.ts';
import { toPointer } from '../../json/pointer.ts';
import { childOf, fromPointer } from '../pointers.ts';
import { DIGESTS, type Disclosure, ELEMENT, makeDisclosure } from './disclosure.ts';

/** Claims with digests in the place of what can be withheld, and the disclosures that open them. */
export interface Concealed {
  payload: JsonObject;
  disclosures: Disclosure[];
}

/**
 * Makes the values at the pointers selectively disclosable: members of objects and elements of arrays, one inside another too (RFC 9901 sections 4.2 and 6).
 *
 * @param pointers RFC 6901 pointers to values that exist
 * @throws ProtocolError `POINTER_UNKNOWN`, `RESERVED_NAME`
 */
export function conceal(claims: JsonObject, pointers: readonly string[], random: RandomSource): Concealed {
  refuseReserved(claims, '');
  const payload = structuredClone(claims);
  const disclosures: Disclosure[] = [];
  // The deepest first, so that an outer disclosure carries the digests of the inner ones.
  const paths = pointers.map(fromPointer).sort((one, other) => other.length - one.length);
  for (const path of paths) disclosures.unshift(concealAt(payload, path, random));
  return { payload: { ...payload, _sd_alg: 'sha-256' }, disclosures };
}

function concealAt(payload: JsonObject, path: readonly string[], random: RandomSource): Disclosure {
  const holder = path.slice(0, -1).reduce<JsonValue | undefined>((value, part) => childOf(value, part), payload);
  const name = path.at(-1);
  const value = name === undefined ? undefined : childOf(holder, name);
  if (name === undefined || value === undefined)
    throw new ProtocolError('POINTER_UNKNOWN', 'there is nothing to conceal', { pointer: toPointer(path) });
  if (Array.isArray(holder)) {
    const disclosure = makeDisclosure(value, undefined, random);
    holder[Number(name)] = { [ELEMENT]: disclosure.digest };
    return disclosure;
  }
  const object = holder as JsonObject;
  const disclosure = makeDisclosure(value, name, random);
  delete object[name];
  // Sorted, so that the order does not tell which digest is of which member (RFC 9901 section 4.2.4.1).
  object[DIGESTS] = [...((object[DIGESTS] as string[] | undefined) ?? []), disclosure.digest].sort();
  return disclosure;
}

/** Names with a meaning of their own would let the issuer's data pass for digests (RFC 9901 section 4.1). */
function refuseReserved(value: JsonValue, pointer: string): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, child] of Object.entries(value)) {
    if (name === DIGESTS || name === ELEMENT || name === '_sd_alg')
      throw new ProtocolError('RESERVED_NAME', 'this name is reserved', { pointer: `${pointer}/${name}` });
    refuseReserved(child as JsonValue, `${pointer}/${name}`);
  }
}
