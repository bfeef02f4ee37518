const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/**
 * Writes a date and time in UTC with milliseconds, `2023-01-18T11:04:03.142Z`: the third decimal rounds up from a fourth of 5 to 9 (CBV 2.0 section 8.9,
 * rules 8 and 9). Text that is no date and time with offset is answered as undefined.
 */
export function canonicalInstant(text: string): string | undefined {
  const found = INSTANT.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = found;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0')) + (fraction.charAt(3) >= '5' ? 1 : 0);
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
  const instant = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute) - offset,
    Number(second),
    milliseconds,
  );
  return Number.isNaN(instant) ? undefined : new Date(instant).toISOString();
}
