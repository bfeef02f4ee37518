import type { Refusal } from './parseJson.ts';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(.*)$/;
const OFFSET = /^(?:[Zz]|[+-](\d{2}):(\d{2}))$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Refuses text that has the shape of a day or a date and time but is none by RFC 3339 section 5.6: a day that the calendar lacks, an hour of 24, an offset
 * that is missing or beyond 23:59. Leap seconds are refused too, as few programs can read them and no document needs them.
 */
export function dateProblem(text: string): Refusal | undefined {
  // Both shapes have hyphens here: most texts are let go without a search.
  if (text[4] !== '-' || text[7] !== '-') return undefined;
  if (DAY.test(text)) return isDay(text) ? undefined : { code: 'NO_SUCH_DATE', message: 'this day is not in the calendar' };
  const [, day = '', hour, minute, second, offset = ''] = TIME.exec(text) ?? [];
  if (day === '') return undefined;
  if (!isDay(day)) return { code: 'NO_SUCH_DATE', message: 'this day is not in the calendar' };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return { code: 'NO_SUCH_TIME', message: 'this time of day does not exist' };
  return isOffset(offset) ? undefined : { code: 'NO_TIME_OFFSET', message: 'a time ends in Z or an offset from UTC such as +08:00' };
}

function isDay(text: string): boolean {
  const [, year, month, day] = (DAY.exec(text) ?? []).map(Number) as [number, number, number, number];
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (DAYS_IN_MONTH[month - 1] ?? 0) + (leap ? 1 : 0);
}

function isOffset(text: string): boolean {
  const found = OFFSET.exec(text);
  return found !== null && Number(found[1] ?? 0) <= 23 && Number(found[2] ?? 0) <= 59;
}
