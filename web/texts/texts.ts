import type { KindName, ReasonName } from '../../protocol/ledger/codes.ts';
import type { TraceGap } from '../../protocol/lineage/trace.ts';
import type { Party } from '../render/view.ts';

/** Codes that only the page itself can find; those of the verdict have their texts in `protocol/verdict/texts.ts`. */
export type PageCode =
  | 'TEST_FAILED'
  | 'TEST_UNCLEAR'
  | 'RECALLED'
  | 'INPUT_STOPPED'
  | 'INPUT_MAYBE_STOPPED'
  | 'INPUT_UNCHECKED'
  | 'CONTENT_STOPPED'
  | 'CONTENT_UNCHECKED'
  | 'OTHER_PRODUCT'
  | 'NO_DOCUMENTS'
  | 'NOT_PROVEN'
  | 'NOT_SHOWN'
  | 'SUBJECT_MISMATCH'
  | 'PAGE_DIFFERS'
  | 'NEWER_STATE'
  | 'UNREACHABLE'
  | 'UNREADABLE'
  | 'TRUST_MISSING';

/** Every word of the pages in one language. A language that lacks one does not compile. */
export interface Texts {
  languages: string;
  skip: string;
  demo: string;
  glance: Record<'green' | 'amber' | 'red', { title: string; text: string }>;
  /** In the place of the text of green, where there is no report. */
  untested: string;
  /** Said by the node, not yet by the phone. */
  claimedBy: (node: string) => string;
  checking: string;
  checkedOnPhone: (time: string) => string;
  notCheckedOnPhone: string;
  replacedNote: string;
  codes: Record<PageCode, string>;
  unknownCode: (code: string) => string;
  document: (number: number) => string;
  documents: (count: number) => string;
  what: {
    heading: string;
    unnamed: string;
    unnamedUnit: string;
    gtin: string;
    lot: string;
    serial: string;
    sscc: string;
    origin: string;
    noOrigin: string;
    hsCode: string;
  };
  parties: { heading: string; did: Record<Party['did'][number], string> };
  journey: {
    heading: string;
    none: string;
    map: string;
    unnamedPlace: string;
    steps: Record<string, string>;
    otherStep: string;
    /** Of a step that is told of the unit that the goods were in. */
    inUnit: (unit: string) => string;
    maybe: string;
    declared: string;
    certified: string;
    tested: string;
    gaps: Record<TraceGap['code'], string>;
  };
  stops: { heading: Record<'RECALLED' | 'ON_HOLD', string> };
  along: {
    heading: string;
    /** On the page of a logistic unit. */
    headingOfUnit: string;
    roles: Record<'unit' | 'input' | 'lot' | 'content' | 'carried', string>;
    maybe: string;
    byPhone: string;
    byNode: string;
    answers: Record<'VALID' | 'INVALID' | 'CANNOT_CHECK', string>;
    left: (count: number) => string;
    trace: string;
  };
  certificate: {
    heading: string;
    none: string;
    number: string;
    regime: string;
    regimes: Record<string, string>;
    issuer: string;
    issuedOn: string;
    validUntil: string;
    criterion: string;
    criteria: Record<string, string>;
    goods: string;
    shipment: string;
    route: (from: string, to: string) => string;
  };
  report: {
    heading: string;
    none: string;
    laboratory: string;
    accreditation: string;
    sampled: string;
    sampledBy: Record<string, string>;
    units: (count: number) => string;
    analysed: string;
    issued: string;
    against: string;
    caption: (number: string) => string;
    item: string;
    result: string;
    limit: string;
    verdict: string;
    analytes: Record<string, string>;
    notDetected: string;
    detected: string;
    qualitative: string;
    mustBeAbsent: string;
    noLimit: string;
    plan: (plan: { n: number; c: number; m: string; M: string; unit: string }) => string;
    method: string;
    notAccredited: string;
    verdicts: Record<'PASS' | 'FAIL' | 'INCONCLUSIVE' | 'NO_LIMIT', string>;
    overall: Record<'CONFORM' | 'NONCONFORM' | 'INCONCLUSIVE' | 'NOT_JUDGED', string>;
  };
  standing: Record<'stands' | 'replaced' | 'invalid' | 'unchecked', string>;
  reason: Record<ReasonName, string>;
  kinds: Record<KindName, string>;
  unshown: { heading: string; intro: string; reasons: Record<string, string>; codeIsNotBox: string; falsehood: string; unsealed: string };
  checks: {
    heading: string;
    byNode: (node: string) => string;
    byPhone: string;
    differs: string;
    shown: string;
    proven: string;
    past: string;
  };
  ledger: {
    heading: string;
    block: string;
    sealing: string;
    time: string;
    finality: Record<'sealed' | 'unsealed', string>;
    contract: string;
    node: string;
    proof: string;
    licence: string;
  };
  unknownProduct: { title: string; text: string; advice: string };
  error: { title: string; text: string; code: string };
  countries: Record<string, string>;
}

/** A code's word in a table, or the code itself where the table has none: documents may hold codes that nobody foresaw. */
export function wordOf(table: Readonly<Record<string, string>>, code: string): string {
  return (Object.hasOwn(table, code) ? table[code] : undefined) ?? code;
}
