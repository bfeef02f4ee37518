import { ProtocolError } from '../errors.ts';
import type { JsonValue } from '../json/jsonValue.ts';
import { isObject } from './eventContext.ts';

/** When a standing query is run (EPCIS 2.0 section 8.2.5.3): the values that each part of the time may have, in UTC. */
export interface Schedule {
  readonly second: ReadonlySet<number>;
  readonly minute: ReadonlySet<number>;
  readonly hour: ReadonlySet<number>;
  readonly dayOfMonth: ReadonlySet<number>;
  readonly month: ReadonlySet<number>;
  /** 1 is Monday. */
  readonly dayOfWeek: ReadonlySet<number>;
}

type Part = keyof Schedule;

const RANGES: readonly (readonly [part: Part, least: number, most: number])[] = [
  ['second', 0, 59],
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['dayOfMonth', 1, 31],
  ['month', 1, 12],
  ['dayOfWeek', 1, 7],
];
const LONGEST = 200;
const DAY_MS = 86_400_000;
/** 29 February on a given day of the week comes within 40 years. */
const MOST_DAYS = 366 * 41;

/**
 * Reads a schedule: each part is a list of numbers, ranges `[1-5]` and steps `0/30`. A part that is not given may have any value, but parts finer than the finest
 * one given are at their beginning: `{"hour":"1","minute":"5"}` is once a day, at 01:05:00.
 *
 * @throws ProtocolError `SCHEDULE_INVALID` with the pointer of the part
 */
export function readSchedule(value: JsonValue, pointer = ''): Schedule {
  if (!isObject(value)) throw invalid('expected an object', pointer);
  const unknown = Object.keys(value).find((name) => !RANGES.some(([part]) => part === name));
  if (unknown !== undefined) throw invalid('is no part of a schedule', `${pointer}/${unknown.slice(0, 40)}`);
  const finest = RANGES.findIndex(([part]) => value[part] !== undefined);
  if (finest < 0) throw invalid('says no time', pointer);
  const parts = RANGES.map(([part, least, most], index) => {
    const given = value[part];
    if (given !== undefined) return [part, readPart(given, least, most, `${pointer}/${part}`)];
    return [part, index < finest && index < 3 ? new Set([least]) : all(least, most)];
  });
  return Object.fromEntries(parts) as Schedule;
}

/** The first time after `after` that a schedule names, in milliseconds since 1970; undefined where there is none, such as on 31 February. */
export function nextTime(schedule: Schedule, after: number): number | undefined {
  const start = Math.floor(after / 1_000) * 1_000 + 1_000;
  const firstDay = Math.floor(start / DAY_MS) * DAY_MS;
  for (let day = firstDay, count = 0; count < MOST_DAYS; day += DAY_MS, count++) {
    if (!isDay(schedule, new Date(day))) continue;
    const time = timeOfDay(schedule, day === firstDay ? start - day : 0);
    if (time !== undefined) return day + time;
  }
  return undefined;
}

function isDay({ dayOfMonth, month, dayOfWeek }: Schedule, day: Date): boolean {
  return dayOfMonth.has(day.getUTCDate()) && month.has(day.getUTCMonth() + 1) && dayOfWeek.has(((day.getUTCDay() + 6) % 7) + 1);
}

/** The first time of a day from `from` on, in milliseconds after midnight. */
function timeOfDay({ hour, minute, second }: Schedule, from: number): number | undefined {
  for (const h of sorted(hour)) {
    if ((h + 1) * 3_600_000 <= from) continue;
    for (const m of sorted(minute)) {
      if (h * 3_600_000 + (m + 1) * 60_000 <= from) continue;
      const s = sorted(second).find((value) => h * 3_600_000 + m * 60_000 + value * 1_000 >= from);
      if (s !== undefined) return h * 3_600_000 + m * 60_000 + s * 1_000;
    }
  }
  return undefined;
}

function readPart(value: JsonValue, least: number, most: number, pointer: string): ReadonlySet<number> {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.length > LONGEST) throw invalid('expected a text', pointer);
  return new Set(text.split(',').flatMap((element) => readElement(element.trim(), least, most, pointer)));
}

function readElement(element: string, least: number, most: number, pointer: string): number[] {
  const [, single, from, to, start, step] = /^(?:(\d{1,2})|\[(\d{1,2})-(\d{1,2})\]|(\d{1,2})\/(\d{1,2}))$/.exec(element) ?? [];
  const [first, last] = [Number(single ?? from ?? start ?? Number.NaN), Number(single ?? to ?? (start === undefined ? Number.NaN : most))];
  const by = step === undefined ? 1 : Number(step);
  if (!(first >= least && first <= last && last <= most && by > 0)) throw invalid(`expected numbers from ${least} to ${most}`, pointer);
  return [...all(first, last)].filter((value) => (value - first) % by === 0);
}

function all(least: number, most: number): ReadonlySet<number> {
  return new Set(Array.from({ length: most - least + 1 }, (_, index) => least + index));
}

function sorted(values: ReadonlySet<number>): number[] {
  return [...values].sort((one, other) => one - other);
}

function invalid(message: string, pointer: string): ProtocolError {
  return new ProtocolError('SCHEDULE_INVALID', message, { pointer });
}
