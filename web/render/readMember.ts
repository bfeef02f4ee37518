import { parseStrict } from '../../protocol/json/parseStrict.ts';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import { textAt } from './reading.ts';
import type { Party } from './view.ts';

/** A member by the text of its public profile. */
export function readMember(member: number, text: string): Party {
  let profile: unknown;
  try {
    profile = parseStrict(text);
  } catch {
    // A profile that cannot be read is the verifier's to refuse; here the member goes by its number.
  }
  const any = textAt(profile, 'name', 'en') ?? textAt(profile, 'name') ?? `#${member}`;
  const [place, gln] = [textAt(profile, 'place'), textAt(profile, 'gln')];
  return {
    member,
    names: { zh: textAt(profile, 'name', 'zh') ?? any, ko: textAt(profile, 'name', 'ko') ?? any, en: any },
    country: textAt(profile, 'country') ?? '',
    ...(place !== undefined && { place }),
    ...(gln !== undefined && { gln }),
    did: [],
  };
}

/** Those who issued the documents of a bundle, by number. */
export function readMembers(bundle: Bundle): Map<number, Party> {
  const parties = new Map<number, Party>();
  for (const document of bundle.documents) {
    if (parties.has(document.issuer) || !Object.hasOwn(bundle.members, document.issuer)) continue;
    parties.set(document.issuer, readMember(document.issuer, bundle.members[document.issuer] ?? ''));
  }
  return parties;
}
