import { compareDecimals } from '../credentials/rules/decimal.ts';
import type { SamplingPlan } from '../credentials/rules/judgeResult.ts';
import { type Hex, toHex } from '../encoding/hex.ts';
import { toUtf8 } from '../encoding/utf8.ts';
import { sha256 } from '../hash/sha256.ts';
import { amount, boolean, type Check, day, integer, list, object, oneOf, optional, pattern, refusal, text, variant } from './fields.ts';
import { unitOf } from './units.ts';

/** A text in the languages of both shores, and in English. */
export type Words = Readonly<Record<'zh' | 'ko' | 'en', string>>;

/** Whether a figure was read in its source, or only recalled or read unclearly: then it must not be shown as fact. */
export type Confidence = 'confirmed' | 'unconfirmed';

/** What a content is referred to. */
export type Basis = 'AS_SOLD' | 'WET_WEIGHT' | 'DRY_WEIGHT';

interface ItemBase {
  /** `id` is the `code` of the analyte in laboratory reports. */
  readonly analyte: { readonly id: string; readonly name: Words };
  /** Whether a report without it is incomplete for the destination. */
  readonly required: boolean;
  /** Where the law says it (no clause: not found), and where it was read. */
  readonly source: { readonly standard: string; readonly clause?: string; readonly via: string };
  readonly confidence: Confidence;
}

interface Measured {
  /** UN/ECE Recommendation 20, or our own code where it has none (see `UNITS`). */
  readonly unit: { readonly code: string; readonly symbol: string };
  /** `AS_SOLD` where absent. */
  readonly basis?: Basis;
}

/** At most the limit. */
export interface MaximumItem extends ItemBase, Measured {
  readonly kind: 'maximum';
  readonly limit: string;
}

/** From the least to the most, both included. */
export interface RangeItem extends ItemBase, Measured {
  readonly kind: 'range';
  readonly min: string;
  readonly max: string;
}

/** Not to be detected, in so many grams where the law says it. */
export interface AbsentItem extends ItemBase {
  readonly kind: 'absent';
  readonly portion?: Portion;
}

/** A sampling plan. */
export interface PlanItem extends ItemBase, Readonly<SamplingPlan>, Omit<Measured, 'basis'> {
  readonly kind: 'plan';
  readonly portion?: Portion;
}

/** The destination limits it, but the figure was not found. */
export interface UnknownItem extends ItemBase {
  readonly kind: 'unknown';
}

/** How much of a sample must be free of something. */
export interface Portion {
  readonly value: string;
  readonly unit: 'GRM';
}

/** What a destination wants of one analyte. */
export type LimitItem = MaximumItem | RangeItem | AbsentItem | PlanItem | UnknownItem;

/** What one destination wants of one kind of product: data, made in `law/profiles`, and named in the ledger by `code` and digest. */
export interface LimitProfile {
  readonly code: number;
  readonly name: string;
  readonly title: Words;
  readonly destination: 'CN' | 'KR';
  /** Beginnings of HS codes: a hint for choosing a profile, on which no judgement rests. */
  readonly product: { readonly hs: readonly string[]; readonly description: Words };
  readonly version: number;
  /** First day on which this version judges. */
  readonly effectiveFrom: string;
  /** Last day on which it does; open where absent. */
  readonly effectiveUntil?: string;
  readonly items: readonly LimitItem[];
}

const LIMITS = { items: 200, text: 500, code: 65_535, units: 100 } as const;

const words = object({ zh: text(LIMITS.text), ko: text(LIMITS.text), en: text(LIMITS.text) });
const unit: Check = (value, path) => {
  object({ code: pattern(/^[!-~]{1,20}$/), symbol: text(LIMITS.text) })(value, path);
  if (unitOf((value as Measured['unit']).code) === undefined) throw refusal('UNIT_UNKNOWN', [...path, 'code']);
};
const basis = optional(oneOf('AS_SOLD', 'WET_WEIGHT', 'DRY_WEIGHT'));
const portion = optional(object({ value: amount, unit: oneOf('GRM') }));
const COMMON = {
  analyte: object({ id: pattern(/^[A-Za-z][A-Za-z0-9]{0,15}$/), name: words }),
  kind: text(LIMITS.text),
  required: boolean,
  source: object({ standard: text(LIMITS.text), clause: optional(text(LIMITS.text)), via: text(LIMITS.text) }),
  confidence: oneOf('confirmed', 'unconfirmed'),
};
const item = variant('kind', {
  maximum: object({ ...COMMON, limit: amount, unit, basis }),
  range: object({ ...COMMON, min: amount, max: amount, unit, basis }),
  absent: object({ ...COMMON, portion }),
  plan: object({ ...COMMON, n: integer(1, LIMITS.units), c: integer(0, LIMITS.units), m: amount, M: optional(amount), unit, portion }),
  unknown: object({ ...COMMON, confidence: oneOf('unconfirmed') }),
});
const profile = object({
  code: integer(1, LIMITS.code),
  name: pattern(/^[A-Z]{2}(?:-[A-Z0-9]{1,20}){1,5}$/),
  title: words,
  destination: oneOf('CN', 'KR'),
  product: object({ hs: list(pattern(/^\d{2,6}$/), 1, 20), description: words }),
  version: integer(1, LIMITS.code),
  effectiveFrom: day,
  effectiveUntil: optional(day),
  items: list(item, 1, LIMITS.items),
});

/**
 * Reads a limit profile strictly (law/schema/limitProfile.schema.json, and what a schema cannot say).
 *
 * @param value a JSON value
 * @throws ProtocolError with the pointer of the field: `REQUIRED`, `UNEXPECTED`, `WRONG_TYPE`, `WRONG_FORMAT`, `NOT_ALLOWED`, `OUT_OF_RANGE`, `TOO_SHORT`,
 * `TOO_LONG`, `TOO_FEW`, `TOO_MANY`, `NO_SUCH_DATE`, `UNIT_UNKNOWN`, `DATE_ORDER`, `DUPLICATE_ANALYTE`, `REQUIRED_UNCONFIRMED`, `RANGE_WRONG`, `PLAN_WRONG`
 *
 * @example
 * const profile = readLimitProfile(parseStrict(text));
 */
export function readLimitProfile(value: unknown): LimitProfile {
  profile(value, []);
  const read = value as LimitProfile;
  if (read.effectiveUntil !== undefined && read.effectiveUntil < read.effectiveFrom) throw refusal('DATE_ORDER', ['effectiveUntil']);
  for (const [index, each] of read.items.entries()) checkItem(each, index, read.items);
  return read;
}

/**
 * SHA-256 of a profile's exact JSON text: what both shores agree to, so that a changed figure is another profile.
 *
 * @throws ProtocolError `LONE_SURROGATE`
 */
export function profileDigest(jsonText: string): Hex {
  return toHex(sha256(toUtf8(jsonText)));
}

function checkItem(each: LimitItem, index: number, items: readonly LimitItem[]): void {
  const at = ['items', index] as const;
  const first = items.findIndex(({ analyte }) => analyte.id === each.analyte.id);
  if (first !== index) throw refusal('DUPLICATE_ANALYTE', [...at, 'analyte', 'id']);
  // Nobody's report may be called incomplete for the sake of what nobody could confirm.
  if (each.required && each.confidence === 'unconfirmed') throw refusal('REQUIRED_UNCONFIRMED', [...at, 'required']);
  if (each.kind === 'range' && compareDecimals(each.max, each.min) < 0) throw refusal('RANGE_WRONG', [...at, 'max']);
  if (each.kind !== 'plan') return;
  if (each.c > each.n) throw refusal('PLAN_WRONG', [...at, 'c']);
  if (each.M !== undefined && compareDecimals(each.M, each.m) < 0) throw refusal('PLAN_WRONG', [...at, 'M']);
}
