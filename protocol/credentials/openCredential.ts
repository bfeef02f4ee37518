import { fromBase64Url } from '../encoding/base64url.ts';
import { type Hex, toHex } from '../encoding/hex.ts';
import { ProtocolError } from '../errors.ts';
import { type Fingerprint, fingerprint } from '../hash/fingerprint.ts';
import { type PublicJwk, publicJwk, thumbprint } from '../jose/jwk.ts';
import { type JwsHeader, parseJws, verifyJws } from '../jose/jws.ts';
import type { JsonObject } from '../json/jsonValue.ts';
import { parseStrict } from '../json/parseStrict.ts';
import { checkMustShow } from './checkMustShow.ts';
import type { Profile } from './profiles/profile.ts';
import { profileOf } from './profiles/profileOf.ts';
import type { Problem } from './schema/jsonSchema.ts';
import { splitSdJwt } from './sdjwt/compact.ts';
import { type Revealed, reveal } from './sdjwt/reveal.ts';
import { CREDENTIAL_TYPE } from './seal.ts';

/** A credential that holds together in itself. Whether its key is the issuer's, and whether it stands, is for the ledger to say. */
export interface OpenCredential {
  profile: Profile;
  /** The key that signed it; its thumbprint is what the ledger knows. */
  jwk: PublicJwk;
  thumbprint: Hex;
  /** The document: the very bytes that were signed. */
  payload: Uint8Array;
  fingerprint: Fingerprint;
  /** With what was disclosed in its place. */
  claims: JsonObject;
  disclosed: Revealed['disclosed'];
  /** How many values were withheld. */
  withheld: number;
  warnings: Problem[];
}

/**
 * Opens a sealed credential and checks all that needs no ledger: its form, signature, disclosures, must-show fields and profile.
 *
 * @throws ProtocolError `SIGNATURE_WRONG`; `PROFILE_UNKNOWN`; `PROFILE_BROKEN` with the pointer of the first problem; `MUST_SHOW_HIDDEN`; those of `splitSdJwt`,
 * `parseJws`, `reveal` and `parseStrict`
 */
export function openCredential(sdJwt: string): OpenCredential {
  const { jws, disclosures } = splitSdJwt(sdJwt);
  const { header } = parseJws(jws);
  const jwk = keyOf(header);
  const { payload } = verifyJws(jws, jwk);
  const revealed = reveal(objectOf(payload), disclosures);
  const { claims, disclosed, withheld } = revealed;
  const profile = profileOf(claims.type);
  if (profile === undefined) throw new ProtocolError('PROFILE_UNKNOWN', 'no profile has this type', { pointer: '/type' });
  checkMustShow(profile, revealed);
  const problems = profile.validate(claims, 'presented');
  const error = problems.find(({ severity }) => severity === 'error');
  if (error !== undefined)
    throw new ProtocolError('PROFILE_BROKEN', `the credential does not fit its profile: ${error.code}`, {
      pointer: error.pointer,
      facts: { problem: error.code },
    });
  const document = { payload, fingerprint: fingerprint(payload), claims };
  return { profile, jwk, thumbprint: thumbprint(jwk), ...document, disclosed, withheld: withheld.length, warnings: problems };
}

/** The key travels with the credential and is bound to `kid`, which is what the ledger registers: a reader needs nothing else to judge the signature. */
function keyOf({ typ, kid, jwk }: JwsHeader): PublicJwk {
  if (typ !== CREDENTIAL_TYPE) throw new ProtocolError('SD_JWT_MALFORMED', `typ must be ${CREDENTIAL_TYPE}`, { pointer: '/typ' });
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk) || Object.keys(jwk).length !== 4)
    throw new ProtocolError('SD_JWT_MALFORMED', 'the header carries the public key, and nothing else of it', { pointer: '/jwk' });
  const key = publicJwk(jwk as unknown as PublicJwk);
  if (typeof kid !== 'string' || thumbprint(key) !== toHex(fromBase64Url(kid)))
    throw new ProtocolError('SIGNATURE_WRONG', 'kid is not the thumbprint of the key', { pointer: '/kid' });
  return key;
}

function objectOf(payload: Uint8Array): JsonObject {
  const value = parseStrict(payload);
  if (Array.isArray(value)) throw new ProtocolError('SD_JWT_MALFORMED', 'the payload is no object', { pointer: '' });
  const object = value as JsonObject;
  if (object._sd_alg !== 'sha-256') throw new ProtocolError('ALG_REFUSED', 'digests must be by sha-256', { pointer: '/_sd_alg' });
  return object;
}
