import { FORM_CUTOVER } from '../credentials/rules/certificateRules.ts';
import type { JsonObject, JsonValue } from '../json/jsonValue.ts';
import { compareTyped } from '../text/compareTyped.ts';
import type { Finding, Verdict } from '../verdict/verdict.ts';

/** What an examination comes to: one code for each reason to refuse a certificate (docs/spec/law.md section 6). */
export const EXAMINATION_CODES = [
  'ACCEPTABLE',
  'NORMALIZED_MATCH',
  'NOT_FOUND',
  'FORM_RULE',
  'FIELD_MISMATCH',
  'ISSUER_NOT_AUTHORISED',
  'SUPERSEDED',
  'REVOKED',
  'SUSPENDED',
  'EXPIRED',
  'ALREADY_USED',
  'DOUBLE_PREFERENCE',
  'NOT_AUTHENTIC',
  'CANNOT_CHECK',
] as const;
/** One code. */
export type ExaminationCode = (typeof EXAMINATION_CODES)[number];

/** What an examination found. */
export interface Examination {
  answer: 'ACCEPTABLE' | 'REFUSED' | 'CANNOT_CHECK';
  code: ExaminationCode;
  /** Box of the form that the code is about. */
  box?: string;
  /** JSON pointer of the field that the code is about. */
  pointer?: string;
  /** Beside FIELD_MISMATCH: what was typed differs in nothing but characters that look alike, as O and 0. */
  hint?: 'LOOKALIKE_CHARACTERS';
  /** Fields that agree, but are not written alike. */
  normalised: string[];
}

/** Any part of a certificate, in its form: what customs read off the paper or the declaration. */
export type DeclaredFields = JsonObject;

/** Boxes of the form of 2022 (Annex 3-C), by the first steps of a field's pointer. */
const BOXES: readonly (readonly [string, string])[] = [
  ['/certificateNumber', 'No.'],
  ['/exporter', '1'],
  ['/producer', '2'],
  ['/consignee', '3'],
  ['/transport', '4'],
  ['/remarks', '5'],
  ['/lineItem/*/sequence', '6'],
  ['/lineItem/*/marks', '7'],
  ['/lineItem/*/packageCount', '8'],
  ['/lineItem/*/packageType', '8'],
  ['/lineItem/*/description', '8'],
  ['/lineItem/*/hsCode', '9'],
  ['/lineItem/*/originCriterion', '10'],
  ['/lineItem/*/grossMass', '11'],
  ['/lineItem/*/netMass', '11'],
  ['/lineItem/*/quantity', '11'],
  ['/lineItem/*/invoice', '12'],
  ['/exporterDeclaration', '13'],
  ['/certification', '14'],
];
const OLD_FORM_LINES = 20;

/**
 * Examines a certificate as customs do before they use it: form, authenticity, authority, standing, validity, use, and agreement with what was declared. The first
 * reason to refuse is told.
 *
 * @param claims what the certificate says of its subject; undefined where none was found
 * @param verdict of its bundle
 */
export function examine(claims: JsonObject | undefined, verdict: Verdict | undefined, declared: DeclaredFields): Examination {
  if (breaksForm(declared)) return refused('FORM_RULE', { pointer: '/lineItem' });
  if (claims === undefined || verdict === undefined) return refused('NOT_FOUND');
  const reason = firstReason(verdict, claims);
  if (reason !== undefined) return reason;
  const normalised: string[] = [];
  const mismatch = firstMismatch(declared, claims, '', normalised);
  if (mismatch !== undefined) return refused('FIELD_MISMATCH', { ...mismatch, ...boxOf(mismatch.pointer) }, normalised);
  if (verdict.answer === 'CANNOT_CHECK') return { answer: 'CANNOT_CHECK', code: 'CANNOT_CHECK', normalised };
  return { answer: 'ACCEPTABLE', code: normalised.length === 0 ? 'ACCEPTABLE' : 'NORMALIZED_MATCH', normalised };
}

/** GACC announcement 33/2022: until then a certificate had at most twenty lines, and from then on another form. */
function breaksForm({ issuedOn, lineItem }: DeclaredFields): boolean {
  return typeof issuedOn === 'string' && issuedOn < FORM_CUTOVER && Array.isArray(lineItem) && lineItem.length > OLD_FORM_LINES;
}

const BY_FINDING: Readonly<Record<string, ExaminationCode>> = {
  NOT_REGISTERED: 'ISSUER_NOT_AUTHORISED',
  SUPERSEDED: 'SUPERSEDED',
  REVOKED: 'REVOKED',
  SUSPENDED: 'SUSPENDED',
  EXPIRED: 'EXPIRED',
};

function firstReason({ findings }: Verdict, { regime }: JsonObject): Examination | undefined {
  const used = findings.find(isUse);
  const invalid = findings.filter(({ answer }) => answer === 'INVALID');
  // A certificate that was replaced, and then used under its number, was replaced first.
  const standing = invalid.find(({ code }) => BY_FINDING[code] !== undefined);
  if (standing !== undefined) return refused(BY_FINDING[standing.code] as ExaminationCode);
  if (used !== undefined)
    return refused(used.facts?.regime === undefined || used.facts.regime === regime ? 'ALREADY_USED' : 'DOUBLE_PREFERENCE');
  return invalid.length > 0 ? refused('NOT_AUTHENTIC') : undefined;
}

function isUse({ question, code }: Finding): boolean {
  return question === 'consumed' && (code === 'USED' || code === 'PREDECESSOR_USED');
}

/** The first declared field that the certificate has otherwise. A field that the certificate does not show says nothing. */
function firstMismatch(declared: JsonValue, shown: JsonValue | undefined, pointer: string, normalised: string[]): Mismatch | undefined {
  if (shown === undefined) return undefined;
  if (Array.isArray(declared)) {
    if (!Array.isArray(shown) || declared.length > shown.length) return { pointer };
    return firstOf(declared.map((value, index) => () => firstMismatch(value, shown[index], `${pointer}/${index}`, normalised)));
  }
  if (typeof declared === 'object' && declared !== null) {
    if (typeof shown !== 'object' || shown === null || Array.isArray(shown)) return { pointer };
    return firstOf(
      Object.entries(declared).map(
        ([name, value]) =>
          () =>
            firstMismatch(value, shown[name], `${pointer}/${name}`, normalised),
      ),
    );
  }
  const { match, hint } = compareTyped(String(declared), String(shown));
  if (match === 'NORMALIZED_MATCH') normalised.push(pointer);
  if (match !== 'NOT_FOUND') return undefined;
  return hint === undefined ? { pointer } : { pointer, hint };
}

interface Mismatch {
  pointer: string;
  hint?: 'LOOKALIKE_CHARACTERS';
}

function firstOf(checks: readonly (() => Mismatch | undefined)[]): Mismatch | undefined {
  for (const check of checks) {
    const found = check();
    if (found !== undefined) return found;
  }
  return undefined;
}

function boxOf(pointer: string): { box?: string } {
  const general = pointer.replace(/\/\d+/g, '/*');
  const found = BOXES.find(([start]) => general.startsWith(start));
  return found === undefined ? {} : { box: found[1] };
}

function refused(code: ExaminationCode, where: Partial<Mismatch> & { box?: string } = {}, normalised: string[] = []): Examination {
  return { answer: 'REFUSED', code, ...where, normalised };
}
