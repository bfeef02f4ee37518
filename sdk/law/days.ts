import type { ShoreName } from '../../protocol/ledger/codes.ts';

/** Hours ahead of UTC: China Standard Time and Korea Standard Time, neither with summer time. */
const OFFSET: Readonly<Record<ShoreName, string>> = { CN: '+08:00', KR: '+09:00' };

/** The first second of a day at a shore, Unix seconds. @param day such as 2026-10-12 */
export function dayOf(day: string, shore: ShoreName): number {
  return Math.floor(Date.parse(`${day}T00:00:00${OFFSET[shore]}`) / 1000);
}
