import { isHex } from '../encoding/hex.ts';
import { ProtocolError } from '../errors.ts';
import { BUNDLE_FORMAT, type Bundle } from './bundle.ts';

/** Limits of what a verifier looks at, so that no bundle can keep it busy: a phone is done with the largest in seconds. */
export const BUNDLE_LIMITS = {
  documents: 2_000,
  nodes: 50_000,
  /** Bytes of one trie node: a full branch has 532. */
  node: 1_024,
  header: 4_096,
  cosignatures: 16,
  cosignature: 4_096,
  validatorSets: 256,
  members: 2_000,
  /** Characters of one document or profile. */
  text: 1_000_000,
  /** Siblings of an inclusion path: trees hold fewer than 2^32 leaves. */
  path: 32,
  /** Goods lines of a certificate: the contract takes no more. */
  lines: 100,
  /** Characters of a panel: 256 entries. */
  panel: 100_000,
} as const;

type Check = (value: unknown, pointer: string) => void;

/**
 * Checks the shape of a bundle, so that the questions can be asked without looking at types again.
 *
 * @param value a JSON value
 * @throws ProtocolError `MALFORMED`, `TOO_LARGE` with the pointer of the field
 */
export function readBundle(value: unknown): Bundle {
  bundle(value, '');
  const { documents, subject, members } = value as Bundle;
  // Several documents are a history; without its subject nobody could tell whether one is left out.
  if (documents.length > 1 && subject === undefined) throw malformed('/subject');
  const issuers = new Set(documents.map(({ issuer }) => String(issuer)));
  const stranger = Object.keys(members).find((member) => !issuers.has(member));
  if (stranger !== undefined) throw malformed(`/members/${stranger}`);
  return value as Bundle;
}

const index: Check = integer(0xffff_ffff);
const anchor = object({
  leaf: hex(32),
  inclusion: optional(object({ root: hex(32), size: index, index, path: list(hex(32), BUNDLE_LIMITS.path) })),
});
const registeredLines = object({ lines: list(hex(32), BUNDLE_LIMITS.lines) });
const registeredReport = object({
  facts: object({ lot: hex(32), tests: hex(32), course: hex(32) }),
  panel: optional(shortText(BUNDLE_LIMITS.panel)),
});
/** The members of each type of document. */
export const DOCUMENT_FIELDS = {
  credential: { type: text, sdJwt: text, issuer: index, anchor, law: optional(law) },
  event: { type: text, event: text, salt: hex(16), issuer: index, anchor },
  withheld: { type: text, reason: oneOf('NOT_RELEASED', 'UNAVAILABLE'), kind: integer(255), issuer: index, anchor },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Check>>>>;
const DOCUMENTS: Readonly<Record<string, Check>> = {
  credential: object(DOCUMENT_FIELDS.credential),
  event: object(DOCUMENT_FIELDS.event),
  withheld: object(DOCUMENT_FIELDS.withheld),
};
const bundle = object({
  format: oneOf(BUNDLE_FORMAT),
  documents: list(document, BUNDLE_LIMITS.documents),
  subject: optional(object({ id: text, salt: hex(16), entries: list(hex(32), BUNDLE_LIMITS.documents) })),
  members: profiles,
  block: object({
    chainId: integer(Number.MAX_SAFE_INTEGER),
    contract: hex(20),
    header: bytes(BUNDLE_LIMITS.header),
    nodes: list(bytes(BUNDLE_LIMITS.node), BUNDLE_LIMITS.nodes),
    cosignatures: list(shortText(BUNDLE_LIMITS.cosignature), BUNDLE_LIMITS.cosignatures),
    validatorSets: optional(list(bytes(BUNDLE_LIMITS.header), BUNDLE_LIMITS.validatorSets)),
  }),
});

function document(value: unknown, pointer: string): void {
  const type = isObject(value) ? value.type : undefined;
  const check = typeof type === 'string' && Object.hasOwn(DOCUMENTS, type) ? DOCUMENTS[type] : undefined;
  if (check === undefined) throw malformed(`${pointer}/type`);
  check(value, pointer);
}

function law(value: unknown, pointer: string): void {
  const check = isObject(value) && Object.hasOwn(value, 'lines') ? registeredLines : registeredReport;
  check(value, pointer);
}

function profiles(value: unknown, pointer: string): void {
  if (!isObject(value)) throw malformed(pointer);
  const entries = Object.entries(value);
  if (entries.length > BUNDLE_LIMITS.members) throw tooLarge(pointer);
  for (const [member, profile] of entries) {
    if (!/^[1-9]\d{0,9}$/.test(member)) throw malformed(`${pointer}/${member}`);
    text(profile, `${pointer}/${member}`);
  }
}

/** Members that the format does not name are refused: what no question looks at must not look checked. */
function object(fields: Readonly<Record<string, Check>>): Check {
  return (value, pointer) => {
    if (!isObject(value)) throw malformed(pointer);
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
    if (unknown !== undefined) throw malformed(`${pointer}/${unknown}`);
    for (const [name, check] of Object.entries(fields)) check(Object.hasOwn(value, name) ? value[name] : undefined, `${pointer}/${name}`);
  };
}

function optional(check: Check): Check {
  return (value, pointer) => {
    if (value !== undefined) check(value, pointer);
  };
}

function list(check: Check, most: number): Check {
  return (value, pointer) => {
    if (!Array.isArray(value)) throw malformed(pointer);
    if (value.length > most) throw tooLarge(pointer);
    for (let at = 0; at < value.length; at++) check(value[at], `${pointer}/${at}`);
  };
}

function hex(length: number): Check {
  return (value, pointer) => {
    if (!isHex(value, length)) throw malformed(pointer);
  };
}

function bytes(most: number): Check {
  return (value, pointer) => {
    if (typeof value === 'string' && value.length > 2 + 2 * most) throw tooLarge(pointer);
    if (!isHex(value)) throw malformed(pointer);
  };
}

function integer(most: number): Check {
  return (value, pointer) => {
    if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > most) throw malformed(pointer);
  };
}

function oneOf(...allowed: readonly string[]): Check {
  return (value, pointer) => {
    if (!allowed.includes(value as string)) throw malformed(pointer);
  };
}

function text(value: unknown, pointer: string): void {
  if (typeof value !== 'string') throw malformed(pointer);
  if (value.length > BUNDLE_LIMITS.text) throw tooLarge(pointer);
}

function shortText(most: number): Check {
  return (value, pointer) => {
    text(value, pointer);
    if ((value as string).length > most) throw tooLarge(pointer);
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(pointer: string): ProtocolError {
  return new ProtocolError('MALFORMED', 'the bundle is not of its format', { pointer });
}

function tooLarge(pointer: string): ProtocolError {
  return new ProtocolError('TOO_LARGE', 'the bundle is beyond what is looked at', { pointer });
}
