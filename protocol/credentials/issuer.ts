import { ProtocolError } from '../errors.ts';
import type { JsonObject, JsonValue } from '../json/jsonValue.ts';
import { parseStrict } from '../json/parseStrict.ts';

/** A credential's `issuer`. */
export interface Issuer {
  type: ['CredentialIssuer'];
  /** Of the member, as its profile says: its own `id`, else the Digital Link of its GLN as party. */
  id: string;
  name: string;
  /** Number on the ledger. */
  member: number;
}

/** A name in the languages of the pages. */
type Names = { zh?: string; ko?: string; en?: string };

/** What a member's public profile must or may say; its text is what the ledger keeps the SHA-256 of. More members are kept. */
export interface MemberProfile {
  name: Names;
  /** URI of the member. */
  id?: string;
  /** GLN of the member. */
  gln?: string;
  /** Names that it had before, so that what it issued under them still matches. */
  formerNames?: Names[];
}

const LANGUAGES = ['en', 'ko', 'zh'] as const;
const MAX_PROFILE_LENGTH = 64 * 1024;

/**
 * Reads the exact text of a member's profile.
 *
 * @throws ProtocolError `PROFILE_MALFORMED`, and those of `parseStrict`
 */
export function readMemberProfile(text: string): MemberProfile {
  const profile = parseStrict(text, { maxLength: MAX_PROFILE_LENGTH });
  const { name, id, gln, formerNames = [] } = (Array.isArray(profile) ? {} : profile) as JsonObject;
  const fits = [id, gln].every(isOptionalText) && Array.isArray(formerNames) && [name, ...formerNames].every(isNames);
  if (!fits) throw new ProtocolError('PROFILE_MALFORMED', 'a profile has name {zh, ko, en}, and id or gln as text');
  return profile as unknown as MemberProfile;
}

/**
 * The `issuer` of the credentials of a member.
 *
 * @throws ProtocolError `PROFILE_INCOMPLETE`: the profile gives neither id nor GLN, or no name
 */
export function issuerOf(member: number, profile: MemberProfile): Issuer {
  const id = idOf(profile);
  const [name] = namesOf([profile.name]);
  if (id === undefined || name === undefined)
    throw new ProtocolError('PROFILE_INCOMPLETE', 'an issuer needs a name, and an id or a GLN', {
      pointer: name === undefined ? '/name' : '/id',
    });
  return { type: ['CredentialIssuer'], id, name, member };
}

/** Tells whether a credential's issuer is the member of this number and profile, by any of the names that it has or had. */
export function isIssuerOf(issuer: JsonValue | undefined, member: number, profile: MemberProfile): boolean {
  const { member: claimed, id, name } = (typeof issuer === 'object' && issuer !== null ? issuer : {}) as JsonObject;
  return (
    claimed === member &&
    id !== undefined &&
    id === idOf(profile) &&
    namesOf([profile.name, ...(profile.formerNames ?? [])]).includes(name as string)
  );
}

function idOf({ id, gln }: MemberProfile): string | undefined {
  return id ?? (gln === undefined ? undefined : `https://id.gs1.org/417/${gln}`);
}

function namesOf(all: readonly Names[]): string[] {
  return all.flatMap((names) => LANGUAGES.flatMap((language) => names[language] ?? []));
}

function isNames(value: JsonValue | undefined): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && LANGUAGES.every((language) => isOptionalText(value[language]))
  );
}

function isOptionalText(value: JsonValue | undefined): boolean {
  return value === undefined || typeof value === 'string';
}
