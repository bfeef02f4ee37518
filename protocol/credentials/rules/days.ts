// Days of the proleptic Gregorian calendar as `YYYY-MM-DD`: texts of one length, so that they compare as texts. No clock, no time zone.

/** The day `count` days after a day. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/** The same day of the next year; of 29 February, the 28th. */
export function oneYearAfter(day: string): string {
  const year = String(Number(day.slice(0, 4)) + 1).padStart(4, '0');
  return year + (day.endsWith('-02-29') ? '-02-28' : day.slice(4));
}
