import type { Request } from 'express';
import { ApiError } from '../errors.ts';
import { millisecondsOf } from '../http/parameters.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const SECONDS = /^\d{1,11}$/;

/**
 * A time as the fields of a page send it: a day, which ends in UTC; seconds since 1970, as a slider counts; or date and time with offset, as a link says it. What
 * a form leaves empty is not asked.
 *
 * @returns seconds since 1970
 * @throws ApiError `BAD_REQUEST`
 */
export function pageMoment({ query }: Request, name: string): number | undefined {
  const text = query[name];
  if (text === undefined || text === '') return undefined;
  const moment = typeof text === 'string' ? secondsOf(text) : Number.NaN;
  // The last moment that a date can name.
  if (moment >= 0 && moment <= 8_640_000_000_000) return moment;
  throw new ApiError('BAD_REQUEST', 'expected a day, or a date and time with offset', { pointer: `/${name}` });
}

function secondsOf(text: string): number {
  if (SECONDS.test(text)) return Number(text);
  if (DAY.test(text)) return Math.floor(Date.parse(`${text}T23:59:59Z`) / 1_000);
  return Math.ceil(millisecondsOf(text) / 1_000);
}
