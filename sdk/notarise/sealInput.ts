import { createHash, randomBytes } from 'node:crypto';
import { type Issuer, issuerOf, readMemberProfile } from '../../protocol/credentials/issuer.ts';
import { profileOfDraft } from '../../protocol/credentials/profiles/profileOf.ts';
import { seal } from '../../protocol/credentials/seal.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { SdkError } from '../errors.ts';
import type { CredentialKey } from '../keys/credentialKey.ts';
import type { OpenMember } from '../member/openMember.ts';
import type { JournalDocument } from './journal.ts';
import type { Input } from './readInputs.ts';
import { subjectsOf } from './subjectsOf.ts';

/** Who seals, and with what. */
export interface Sealer {
  issuer: Issuer;
  key: CredentialKey;
}

/** The member as sealer of its documents; decrypts the credential key. */
export function sealerOf(member: OpenMember): Sealer {
  return { issuer: issuerOf(member.file.member, readMemberProfile(member.profile)), key: member.credentialKey() };
}

/** SHA-256 of an input's text: the same form given twice is one document. */
export function inputDigest(text: string): Hex {
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}

/**
 * Seals one input: strict parsing, profile check, signature. A form without `validFrom` is valid from now on.
 *
 * @throws SdkError with the code and pointer of the field that is refused
 */
export function sealInput(input: Input, { issuer, key }: Sealer): JournalDocument {
  try {
    const form: JsonObject = { validFrom: new Date().toISOString(), ...(parseStrict(input.text) as JsonObject) };
    const { sdJwt, leaf, sha256, sm3 } = seal({ claims: form, issuer, key: key.privateJwk, random: (length) => randomBytes(length) });
    const profile = profileOfDraft(form.type);
    const claims = profile?.complete(form) ?? form;
    const expiresAt = typeof claims.validUntil === 'string' ? Math.floor(Date.parse(claims.validUntil) / 1000) : 0;
    return { input: inputDigest(input.text), sdJwt, leaf, sha256, sm3, kind: profile?.kind ?? 0, expiresAt, subjects: subjectsOf(claims) };
  } catch (cause) {
    throw refused(input, cause);
  }
}

function refused({ source }: Input, cause: unknown): unknown {
  if (!(cause instanceof ProtocolError)) return cause;
  return new SdkError(cause.code, `${source}: ${cause.message}`, {
    ...(cause.pointer === undefined ? {} : { pointer: cause.pointer }),
    ...(cause.facts === undefined ? {} : { facts: cause.facts }),
    advice: 'correct the field and run the same command again; nothing of this run is anchored yet',
    cause,
  });
}
