import type { Hex } from '../encoding/hex.ts';
import { toUtf8 } from '../encoding/utf8.ts';
import { ProtocolError } from '../errors.ts';
import { fingerprint } from '../hash/fingerprint.ts';
import { keyId, type PrivateJwk, publicJwk, type RandomSource } from '../jose/jwk.ts';
import { signJws } from '../jose/jws.ts';
import type { JsonObject } from '../json/jsonValue.ts';
import { parseStrict } from '../json/parseStrict.ts';
import type { Issuer } from './issuer.ts';
import { expandPattern } from './pointers.ts';
import { profileOfDraft } from './profiles/profileOf.ts';
import type { Problem } from './schema/jsonSchema.ts';
import { joinSdJwt } from './sdjwt/compact.ts';
import { conceal } from './sdjwt/conceal.ts';

/** What is sealed, by whom, and where randomness comes from. */
export interface SealRequest {
  /** The credential, or a draft of it: what the profile fixes (context, whole type, schema, end of validity, form version) may be left out. */
  claims: JsonObject;
  /** Takes the place of `claims.issuer`. */
  issuer?: Issuer;
  key: PrivateJwk;
  random: RandomSource;
}

/** A sealed credential, and the fingerprint of what was signed: the decoded payload of its JWS. */
export interface Sealed {
  /** With every disclosure, for the holder. */
  sdJwt: string;
  /** `urn:uuid:…` */
  id: string;
  sha256: Hex;
  sm3: Hex;
  leaf: Hex;
  /** Problems that do not stand in the way. */
  warnings: Problem[];
}

/** The `typ` of a sealed credential (W3C VC-JOSE-COSE). */
export const CREDENTIAL_TYPE = 'vc+sd-jwt';

/**
 * Seals a credential as SD-JWT (RFC 9901) with ES256. What the profile lets a holder hide is made selectively disclosable, always; nothing else can be.
 *
 * @throws ProtocolError `PROFILE_UNKNOWN`; `CLAIMS_REFUSED` with the pointer of the first problem, its code as fact `problem` and their number as `problems`;
 * `KEY_MALFORMED`, `RESERVED_NAME`, and those of `parseStrict`
 */
export function seal({ claims: draft, issuer, key, random }: SealRequest): Sealed {
  const profile = profileOfDraft(draft.type);
  if (profile === undefined) throw new ProtocolError('PROFILE_UNKNOWN', 'no profile has this type', { pointer: '/type' });
  const claims = profile.complete({
    ...draft,
    type: [...profile.type],
    id: draft.id ?? randomUuid(random),
    ...(issuer !== undefined && { issuer: { ...issuer } }),
  });
  const problems = profile.validate(claims, 'issued');
  refuseErrors(problems);
  const pointers = profile.mayHide.flatMap((pattern) => expandPattern(claims, pattern));
  const { payload, disclosures } = conceal(parseStrict(JSON.stringify(claims)) as JsonObject, pointers, random);
  const bytes = toUtf8(JSON.stringify(payload));
  const jws = signJws({ typ: CREDENTIAL_TYPE, kid: keyId(key), jwk: { ...publicJwk(key) } }, bytes, key);
  return { sdJwt: joinSdJwt({ jws, disclosures }), id: claims.id as string, ...fingerprint(bytes), warnings: problems };
}

function refuseErrors(problems: readonly Problem[]): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  throw new ProtocolError('CLAIMS_REFUSED', `the claims do not fit their profile: ${first.code}`, {
    pointer: first.pointer,
    facts: { problem: first.code, problems: errors.length },
  });
}

/** RFC 9562 section 5.4: nothing in an identifier can be guessed. */
function randomUuid(random: RandomSource): string {
  const bytes = random(16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}
