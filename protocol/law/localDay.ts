import { SHORE } from '../ledger/codes.ts';

/** Documents tell days, the ledger seconds. A day is one of the issuer's shore: UTC+8 in China, UTC+9 in Korea, all year. */

const HOUR = 3_600;
const DAY = 24 * HOUR;

/**
 * The day on which a moment falls on a shore.
 *
 * @param shore code of one shore
 * @param seconds Unix seconds
 *
 * @example
 * localDay(SHORE.KR, Date.parse('2026-10-12T15:00:00Z') / 1000); // '2026-10-13'
 */
export function localDay(shore: number, seconds: number): string {
  return new Date((seconds + offset(shore)) * 1000).toISOString().slice(0, 10);
}

/** The first and the last second of a day on a shore, Unix seconds. */
export function secondsOf(shore: number, day: string): { first: number; last: number } {
  const first = Date.parse(`${day}T00:00:00Z`) / 1000 - offset(shore);
  return { first, last: first + DAY - 1 };
}

function offset(shore: number): number {
  return (shore === SHORE.CN ? 8 : 9) * HOUR;
}
