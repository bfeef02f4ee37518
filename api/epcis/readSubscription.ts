import type { Request } from 'express';
import { isObject } from '../../protocol/epcis/eventContext.ts';
import { instantOf } from '../../protocol/epcis/members.ts';
import { readSchedule } from '../../protocol/epcis/schedule.ts';
import { dateProblem } from '../../protocol/json/dateProblem.ts';
import type { JsonObject, JsonValue } from '../../protocol/json/jsonValue.ts';
import type { Subscription } from '../catalogue/namedQueries.ts';
import { ApiError } from '../errors.ts';
import type { CallOut } from '../http/callOut.ts';
import { type EpcFormat, epcFormatOf } from './epcFormat.ts';

/** What was agreed with a subscriber. */
export interface SubscriptionTerms {
  dest: string;
  /** The subscriber's secret, by which calls are signed. */
  signatureToken?: string;
  reportIfEmpty: boolean;
  /** As given; absent where each event is told at once. */
  schedule?: JsonObject;
  /** Milliseconds since 1970: what was recorded before is not told. */
  initialRecordTime?: number;
  epcFormat: EpcFormat;
  createdAt: string;
}

/** How far a subscription is. */
export interface SubscriptionState {
  /** The recorded event up to which the subscriber was told. */
  afterSeq: number;
  /** When its query runs next, where it has a schedule. */
  nextAt?: number;
  /** Calls that failed, one after the other, and when the next is tried. */
  failures: number;
  retryAt?: number;
  lastNotifiedAt?: string;
}

/** A subscription as the catalogue keeps it. */
export type StandingQuery = Subscription<SubscriptionTerms, SubscriptionState>;

const MEMBERS = ['dest', 'signatureToken', 'secret', 'reportIfEmpty', 'schedule', 'stream', 'initialRecordTime'];
const LONGEST_DEST = 2_048;
const LONGEST_TOKEN = 512;

/**
 * Reads what a subscriber asks for.
 *
 * @throws ApiError `SUBSCRIPTION_INVALID`, `DESTINATION_REFUSED`; ProtocolError `SCHEDULE_INVALID`
 */
export function readSubscription(body: JsonValue, request: Request, callOut: CallOut, createdAt: string): SubscriptionTerms {
  if (!isObject(body)) throw invalid('expected an object', '');
  const unknown = Object.keys(body).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) throw invalid('is no member of a subscription', `/${unknown.slice(0, 40)}`);
  const { schedule, stream, reportIfEmpty = false } = body;
  if ((schedule === undefined) === (stream === undefined) || (stream !== undefined && stream !== true))
    throw invalid('either a schedule, or stream: true', stream === undefined ? '/schedule' : '/stream');
  if (typeof reportIfEmpty !== 'boolean') throw invalid('expected true or false', '/reportIfEmpty');
  if (schedule !== undefined) readSchedule(schedule, '/schedule');
  // The REST binding requires `secret` and describes `signatureToken`: both spellings are taken.
  const token = textOf(body, 'signatureToken', LONGEST_TOKEN) ?? textOf(body, 'secret', LONGEST_TOKEN);
  const from = initialTime(body.initialRecordTime);
  return {
    dest: destination(body, callOut),
    ...(token !== undefined && { signatureToken: token }),
    reportIfEmpty,
    ...(isObject(schedule) && { schedule }),
    ...(from !== undefined && { initialRecordTime: from }),
    epcFormat: epcFormatOf(request),
    createdAt,
  };
}

function destination(body: JsonObject, callOut: CallOut): string {
  const dest = textOf(body, 'dest', LONGEST_DEST);
  if (dest === undefined) throw invalid('is missing', '/dest');
  if (!callOut.allows(dest)) throw new ApiError('DESTINATION_REFUSED', 'this node does not call that address', { pointer: '/dest' });
  return dest;
}

function initialTime(value: JsonValue | undefined): number | undefined {
  if (value === undefined) return undefined;
  const time = typeof value === 'string' && dateProblem(value) === undefined ? instantOf(value) : undefined;
  if (time === undefined) throw invalid('expected a date and time with its offset from UTC', '/initialRecordTime');
  return time;
}

function textOf(body: JsonObject, name: string, longest: number): string | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value !== '' && value.length <= longest) return value;
  throw invalid(`expected a text of at most ${longest} characters`, `/${name}`);
}

function invalid(detail: string, pointer: string): ApiError {
  return new ApiError('SUBSCRIPTION_INVALID', detail, { pointer });
}
