import type { Language } from './view.ts';

/**
 * Dates and numbers for people. Written here and not by `Intl`, whose output differs between engines: what the node writes and what the phone
 * writes must be equal to the character.
 */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY = /^(\d{4})-(\d{2})-(\d{2})/;
const TIME = /T(\d{2}:\d{2})(?::\d{2})?(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;

/** `2026-10-13…` as a day; text in another form is given back as it is. */
export function formatDay(value: string, language: Language): string {
  const match = DAY.exec(value);
  if (!match) return value;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (language === 'zh') return `${year}年${month}月${day}日`;
  if (language === 'ko') return `${year}년 ${month}월 ${day}일`;
  return `${day} ${MONTHS[month - 1] ?? month} ${year}`;
}

/** RFC 3339 as day and minute by the clock of the place. */
export function formatTime(value: string, language: Language): string {
  const time = TIME.exec(value);
  return time ? `${formatDay(value, language)} ${time[1]}` : formatDay(value, language);
}

/** RFC 3339 as day, minute and offset. */
export function formatInstant(value: string, language: Language): string {
  const offset = TIME.exec(value)?.[2];
  return `${formatTime(value, language)}${offset === undefined ? '' : ` (UTC${offset === 'Z' ? '' : offset})`}`;
}

/** A decimal string with its thousands set apart: `30000` as `30,000`. Digits are never rounded. */
export function formatDecimal(value: string): string {
  const match = /^([+-]?)(\d+)(\.\d+)?$/.exec(value);
  if (!match) return value;
  return `${match[1]}${(match[2] ?? '').replace(/\B(?=(\d{3})+$)/g, ',')}${match[3] ?? ''}`;
}

// UN/ECE Recommendation 20 codes that reports use; other codes are shown as they are.
const UNITS: Readonly<Record<string, string>> = { C62: '', '59': 'ppm', NA: 'mg/kg', GRM: 'g', KGM: 'kg' };

/** A unit as people write it: '' where the code means a bare count. */
export function formatUnit(code: string): string {
  return UNITS[code] ?? code;
}
