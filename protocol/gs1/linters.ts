import { hasCheckCharacters } from './checkCharacters.ts';
import { hasCheckDigit } from './checkDigit.ts';

/** The content rules that the dictionary names, over values whose characters and length are right already, with the code of the error that each gives. */
export const LINTERS: Readonly<Record<string, { code: string; passes: (text: string) => boolean }>> = {
  csum: { code: 'CHECK_DIGIT_WRONG', passes: hasCheckDigit },
  csumalpha: { code: 'CHECK_CHARACTERS_WRONG', passes: hasCheckCharacters },
  hhmi: { code: 'NOT_A_TIME', passes: isTime },
  nozeroprefix: { code: 'ZERO_PREFIX', passes: (text) => /^(?:[1-9]\d*)?$/.test(text) },
  pieceoftotal: { code: 'NOT_A_PIECE_OF_TOTAL', passes: isPieceOfTotal },
  yymmd0: { code: 'NOT_A_DATE', passes: (text) => isDate(text, 0) },
  yymmdd: { code: 'NOT_A_DATE', passes: (text) => isDate(text, 1) },
  zero: { code: 'NOT_ZERO', passes: (text) => /^0+$/.test(text) },
};

/** `hhmm` of a day. */
function isTime(text: string): boolean {
  return /^(?:[01]\d|2[0-3])[0-5]\d$/.test(text);
}

/** Equal halves: the piece's number, not zero, and the count of pieces, not less. */
function isPieceOfTotal(text: string): boolean {
  if (!/^(?:\d\d)+$/.test(text)) return false;
  const piece = text.slice(0, text.length / 2);
  const total = text.slice(text.length / 2);
  return !/^0+$/.test(piece) && piece <= total;
}

/**
 * `YYMMDD`; day 00, where allowed, is the whole month. The century is irrelevant but for 29 February of the year 00, which is 2000 for the fifty years
 * before and after 2026 (GS1 General Specifications section 7.12), a leap year.
 */
function isDate(text: string, firstDay: 0 | 1): boolean {
  if (!/^\d{6}$/.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 2)), Number(text.slice(2, 4)), Number(text.slice(4))];
  return month >= 1 && month <= 12 && day >= firstDay && day <= daysOfMonth(year, month);
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
