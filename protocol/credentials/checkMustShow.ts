import { ProtocolError } from '../errors.ts';
import type { JsonObject } from '../json/jsonValue.ts';
import { childOf, fromPointer, isNamedBy } from './pointers.ts';
import type { Profile } from './profiles/profile.ts';
import type { Revealed } from './sdjwt/reveal.ts';

/**
 * Refuses a credential that hides, or lets its holder hide, what its profile says must be seen. An issuer could conceal the verdict of a test and show it at
 * will; so what is concealable is judged, not only what is concealed.
 *
 * @throws ProtocolError `MUST_SHOW_HIDDEN` with the pointer of the field, or of the object that lacks it
 */
export function checkMustShow(profile: Profile, { claims, disclosed, withheld }: Revealed): void {
  const forbidden = disclosed.find(({ pointer }) => !profile.mayHide.some((pattern) => isNamedBy(pattern, pointer)));
  if (forbidden !== undefined) throw hidden(forbidden.pointer);
  for (const holder of new Set(withheld.map((each) => each.holder))) {
    const hiddenHere = withheld.filter((each) => each.holder === holder);
    if (hiddenHere.some(({ isElement }) => isElement) || hiddenHere.length > roomFor(profile, claims, holder)) throw hidden(holder);
  }
}

/** How many of the members that may be hidden in this object are not to be seen in it. */
function roomFor({ mayHide }: Profile, claims: JsonObject, holder: string): number {
  const object = fromPointer(holder).reduce<ReturnType<typeof childOf>>((value, part) => childOf(value, part), claims);
  return mayHide.filter((pattern) => {
    const cut = pattern.lastIndexOf('/');
    return isNamedBy(pattern.slice(0, cut), holder) && childOf(object, pattern.slice(cut + 1)) === undefined;
  }).length;
}

function hidden(pointer: string): ProtocolError {
  return new ProtocolError('MUST_SHOW_HIDDEN', 'a field that must be seen is hidden, or can be', { pointer });
}
