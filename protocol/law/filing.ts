import { hasCheckDigit } from '../gs1/checkDigit.ts';
import { formatDigitalLink } from '../gs1/formatDigitalLink.ts';
import { gtin14 } from '../gs1/gtin14.ts';
import type { JsonObject } from '../json/jsonValue.ts';
import { parseStrict } from '../json/parseStrict.ts';
import type { FilingKindName } from './codes.ts';
import { type Check, integer, list, object, oneOf, optional, pattern, refusal, text } from './fields.ts';
import type { Words } from './limitProfile.ts';

/** A party, filed once: whoever documents name by its GLN. */
export interface Party {
  /** 13 digits. */
  readonly gln: string;
  readonly name: Words;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly address?: Words;
  /** Names that it had before, so that documents which bear them still match. */
  readonly formerNames?: readonly Words[];
  /** Numbers under which authorities know it. */
  readonly registrations?: readonly { readonly authority: string; readonly number: string }[];
}

/** A product, filed once: what documents name by its GTIN. */
export interface Product {
  /** 8, 12, 13 or 14 digits. */
  readonly gtin: string;
  readonly name: Words;
  /** The first six digits, which all parties to the Harmonized System share. */
  readonly hs6: string;
  /** The whole number in each shore's tariff: CN 8 to 13 digits, KR 10. */
  readonly nationalLines?: { readonly CN?: string; readonly KR?: string };
  /** GLN of its producer. */
  readonly producer?: string;
  readonly shelfLifeDays?: number;
  /** Texts of its label, as approved or filed for a shore. */
  readonly labels?: readonly { readonly shore: 'CN' | 'KR'; readonly language: 'zh' | 'ko' | 'en'; readonly text: string }[];
}

/** What a filing's text is about, and the text. */
export interface FilingText {
  /** Canonical Digital Link of the party (417) or product (01). */
  readonly id: string;
  readonly kind: FilingKindName;
  readonly text: string;
}

/** Greatest length of a filing's text, in bytes of UTF-8 or UTF-16 units of a text. */
export const MOST_FILING_LENGTH = 64 * 1024;
const MOST = { name: 200, address: 500, label: 8_000, listed: 20 } as const;

const words = (most: number) => object({ zh: text(most), ko: text(most), en: text(most) });
const checked =
  (form: RegExp): Check =>
  (value, path) => {
    pattern(form)(value, path);
    if (!hasCheckDigit(value as string)) throw refusal('CHECK_DIGIT_WRONG', path);
  };
const gln = checked(/^\d{13}$/);
const party = object({
  gln,
  name: words(MOST.name),
  country: pattern(/^[A-Z]{2}$/),
  address: optional(words(MOST.address)),
  formerNames: optional(list(words(MOST.name), 1, MOST.listed)),
  registrations: optional(list(object({ authority: text(MOST.name), number: text(MOST.name) }), 1, MOST.listed)),
});
const product = object({
  gtin: checked(/^(?:\d{8}|\d{12,14})$/),
  name: words(MOST.name),
  hs6: pattern(/^\d{6}$/),
  nationalLines: optional(object({ CN: optional(pattern(/^\d{8,13}$/)), KR: optional(pattern(/^\d{10}$/)) })),
  producer: optional(gln),
  shelfLifeDays: optional(integer(1, 36_500)),
  labels: optional(list(object({ shore: oneOf('CN', 'KR'), language: oneOf('zh', 'ko', 'en'), text: text(MOST.label) }), 1, MOST.listed)),
});

/**
 * Reads the exact text of a filing strictly: a product where it has a `gtin`, else a party.
 *
 * @throws ProtocolError with the pointer of the field: those of `parseStrict`, the codes of `readLimitProfile`'s fields, `CHECK_DIGIT_WRONG`, `HS_DIFFERS` where
 * a national line does not begin with the six digits
 *
 * @example
 * readFiling('{"gln":"9521001000000",…}').id; // 'https://id.gs1.org/417/9521001000000'
 */
export function readFiling(text: string): FilingText {
  const value = parseStrict(text, { maxLength: MOST_FILING_LENGTH }) as JsonObject;
  if (!Object.hasOwn(value, 'gtin')) {
    party(value, []);
    return { id: linkOf('417', value.gln as string), kind: 'PARTY', text };
  }
  product(value, []);
  const { gtin, hs6, nationalLines = {} } = value as unknown as Product;
  for (const [shore, line] of Object.entries(nationalLines))
    if (!line.startsWith(hs6)) throw refusal('HS_DIFFERS', ['nationalLines', shore]);
  return { id: linkOf('01', gtin14(gtin)), kind: 'PRODUCT', text };
}

function linkOf(ai: '01' | '417', value: string): string {
  return formatDigitalLink([{ ai, value }]);
}
