import { canonicalId } from '../gs1/canonicalId.ts';

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const PLAIN_INTEGER = /^(?:0|[1-9]\d{0,14})$/;
// Beyond this a decimal would only fill memory with zeros.
const MAX_EXPONENT = 400;

/** Namespaces of the vocabulary as URN, which EPCIS 1.2 used, and as URL (CBV 2.0 section 8.9, rule 14). */
const VOCABULARIES: readonly (readonly [urn: string, url: string])[] = [
  ['urn:epcglobal:cbv:bizstep:', 'https://ref.gs1.org/cbv/BizStep-'],
  ['urn:epcglobal:cbv:disp:', 'https://ref.gs1.org/cbv/Disp-'],
  ['urn:epcglobal:cbv:btt:', 'https://ref.gs1.org/cbv/BTT-'],
  ['urn:epcglobal:cbv:sdt:', 'https://ref.gs1.org/cbv/SDT-'],
  ['urn:epcglobal:cbv:er:', 'https://ref.gs1.org/cbv/ER-'],
];

/**
 * The form in which a text enters the event hash (CBV 2.0 section 8.9, rules 5, 6, 14, 17, 18): without outer white space, numbers without needless zeros,
 * vocabulary and GS1 identifiers in their one spelling.
 *
 * `lossy` reads numbers as doubles, as the reference does (its vector of a 24-digit `stringValue` rests on it). Texts of extensions are read exactly, so that no
 * two numbers of up to any length hash alike; but "007" and "7" do in both.
 */
export function canonicalText(text: string, lossy: boolean): string {
  const trimmed = text.trim();
  const first = trimmed.charCodeAt(0);
  if (first === 0x68 /* h */) return canonicalId(trimmed) ?? trimmed;
  if (first === 0x75 /* u */) return canonicalId(trimmed) ?? vocabularyUrl(trimmed);
  // Digits, and the characters + - . that a number may begin with.
  if (first <= 0x39 && first >= 0x2b) return (lossy ? canonicalDouble(trimmed) : plainDecimal(trimmed)) ?? trimmed;
  return trimmed;
}

/** The form in which a number enters the event hash: a plain decimal, never with an exponent. */
export function canonicalNumber(value: number): string {
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? String(value + 0) : BigInt(value).toString();
  return plainDecimal(String(value)) ?? String(value);
}

/** The URL of a vocabulary element that is spelled as URN; any other text as it is. */
function vocabularyUrl(text: string): string {
  const vocabulary = VOCABULARIES.find(([urn]) => text.startsWith(urn));
  return vocabulary === undefined ? text : vocabulary[1] + text.slice(vocabulary[0].length);
}

function canonicalDouble(text: string): string | undefined {
  if (PLAIN_INTEGER.test(text)) return text;
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? canonicalNumber(value) : undefined;
}

/** A decimal text without sign of plus, exponent and outer zeros, exactly; undefined where the text is no decimal. */
function plainDecimal(text: string): string | undefined {
  if (PLAIN_INTEGER.test(text)) return text;
  const [, sign, whole = '', fraction = '', power = '0'] = DECIMAL.exec(text) ?? [];
  const exponent = Number(power);
  if (whole + fraction === '' || Math.abs(exponent) > MAX_EXPONENT) return undefined;
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const integer = trimZeros(digits.slice(0, Math.max(point, 0)).padEnd(point, '0'), 'left');
  const decimals = trimZeros(digits.slice(Math.max(point, 0)).padStart(digits.length - point, '0'), 'right');
  if (integer + decimals === '') return '0';
  return `${sign === '-' ? '-' : ''}${integer || '0'}${decimals === '' ? '' : `.${decimals}`}`;
}

/** Written as loops: a pattern such as /0+$/ takes quadratic time on long texts. */
function trimZeros(digits: string, side: 'left' | 'right'): string {
  let from = 0;
  let to = digits.length;
  if (side === 'left') while (from < to && digits[from] === '0') from++;
  else while (to > from && digits[to - 1] === '0') to--;
  return digits.slice(from, to);
}
