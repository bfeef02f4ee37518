import { createHmac } from 'node:crypto';
import type { EventQuery } from '../../protocol/epcis/query/eventQuery.ts';
import { readQuery } from '../../protocol/epcis/query/readQuery.ts';
import { nextTime, readSchedule } from '../../protocol/epcis/schedule.ts';
import type { CompanyPrefixLength } from '../../protocol/gs1/formatUrn.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { memberReader, viewOf } from '../access/reader.ts';
import { seenOf } from '../access/seenEvents.ts';
import { ApiError, problemOf } from '../errors.ts';
import { MOST_BYTES } from '../http/callOut.ts';
import { errorFacts } from '../http/log.ts';
import { inParallel } from '../inParallel.ts';
import type { ApiNode } from '../node.ts';
import { type BackgroundLoop, startLoop } from '../recording/backgroundLoop.ts';
import { queryDocument, readEvents } from './answerEvents.ts';
import { readCompanyPrefixes } from './epcFormat.ts';
import type { StandingQuery, SubscriptionState, SubscriptionTerms } from './readSubscription.ts';

const CALLS_AT_ONCE = 4;
const EVENTS_A_CALL = 100;
/** Calls to one subscriber before the others have their turn. */
const CALLS_A_TURN = 10;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 3_600_000;
const IDLE_MS = 5_000;

/**
 * Tells subscribers of the recorded events that their queries take: each event at least once, in the order of recording, however often the node is restarted. Who
 * does not answer with 2xx is called again, ever more seldom, and misses nothing.
 */
export function followSubscriptions(node: ApiNode): BackgroundLoop {
  const lengthOf = readCompanyPrefixes(node.config.companyPrefixes);
  const loop = startLoop(node.log, 'telling subscribers failed', async () => {
    const standing = node.catalogue.subscriptions() as StandingQuery[];
    const now = node.clock();
    const due = standing.filter((one) => dueAt(one) <= now);
    const more = await inParallel(CALLS_AT_ONCE, due, (one) => new Turn(node, lengthOf, one).take());
    if (more.some(Boolean)) return 0;
    const next = (node.catalogue.subscriptions() as StandingQuery[]).map(dueAt).filter((time) => time > now);
    return Math.max(1, Math.min(IDLE_MS, ...next.map((time) => time - now)));
  });
  node.catalogue.news.on('indexed', loop.wake);
  return loop;
}

/** The state of a new subscription. */
export function firstState(node: ApiNode, { schedule, initialRecordTime }: SubscriptionTerms): SubscriptionState {
  return {
    afterSeq: initialRecordTime === undefined ? node.catalogue.indexedUpTo() : 0,
    failures: 0,
    ...(schedule !== undefined && { nextAt: nextRun(schedule, node.clock()) }),
  };
}

/** When a schedule has its query run after `now`; never is as late as can be written. */
function nextRun(schedule: JsonObject, now: number): number {
  return nextTime(readSchedule(schedule), now) ?? Number.MAX_SAFE_INTEGER;
}

/** `GS1-Signature` of a body: HMAC-SHA256 under the subscriber's token, in hex. */
export function signatureOf(body: string, token: string): string {
  return createHmac('sha256', token).update(body).digest('hex');
}

function dueAt({ state }: StandingQuery): number {
  return Math.max(state.retryAt ?? 0, state.nextAt ?? 0);
}

/** One turn of one subscriber. */
class Turn {
  readonly #node: ApiNode;
  readonly #lengthOf: CompanyPrefixLength;
  readonly #standing: StandingQuery;
  #told = false;

  constructor(node: ApiNode, lengthOf: CompanyPrefixLength, standing: StandingQuery) {
    this.#node = node;
    this.#lengthOf = lengthOf;
    this.#standing = standing;
  }

  /** True where there is more to tell at once. */
  async take(): Promise<boolean> {
    const query = this.#query();
    if (query === undefined) return false;
    for (let calls = 0; calls < CALLS_A_TURN; calls++) {
      const more = await this.#tellNext(query);
      if (more === 'FAILED') return false;
      if (more === 'NOTHING') return this.#end();
    }
    return true;
  }

  #query(): EventQuery | undefined {
    const named = this.#node.catalogue.namedQuery(this.#standing.query);
    if (named === undefined) return undefined;
    const query = readQuery(named.query);
    const { initialRecordTime } = this.#standing.terms;
    if (initialRecordTime === undefined) return query;
    return { ...query, recordTime: { ...query.recordTime, from: Math.max(initialRecordTime, query.recordTime.from ?? initialRecordTime) } };
  }

  async #tellNext(query: EventQuery): Promise<'TOLD' | 'FAILED' | 'NOTHING'> {
    const { catalogue } = this.#node;
    const { state, terms } = this.#standing;
    // As he stands now: what is released to him later is not told any more, it is found by the query.
    const reader = await memberReader(this.#node, this.#standing.member);
    const { events: taken, upTo } = catalogue.eventsAfter(query, state.afterSeq, { first: EVENTS_A_CALL, view: viewOf(reader) });
    const events = await seenOf(this.#node, reader, taken);
    if (events.length === 0) {
      if (upTo === state.afterSeq) return 'NOTHING';
      this.#keep({ afterSeq: upTo });
      return 'TOLD';
    }
    const read = await readEvents(this.#node, events, { reader, format: terms.epcFormat, lengthOf: this.#lengthOf });
    const last = read.length === events.length ? upTo : (events[read.length - 1]?.seq ?? upTo);
    const found = read.filter((event) => event !== undefined);
    return (await this.#call(found, last)) ? 'TOLD' : 'FAILED';
  }

  /** A scheduled query has run; its next time is from now on, and times that went by meanwhile are not made up for. */
  async #end(): Promise<boolean> {
    const { state, terms } = this.#standing;
    if (terms.schedule === undefined) return false;
    if (!this.#told && terms.reportIfEmpty && !(await this.#call([], state.afterSeq))) return false;
    this.#keep({ nextAt: nextRun(terms.schedule, this.#node.clock()) });
    return false;
  }

  async #call(events: readonly JsonObject[], afterSeq: number): Promise<boolean> {
    const { terms, state } = this.#standing;
    const { clock, log, callOut } = this.#node;
    const [body, type] = this.#bodyOf(events);
    const signature = terms.signatureToken === undefined ? {} : { 'gs1-signature': signatureOf(body, terms.signatureToken) };
    try {
      const headers = { 'content-type': type, 'gs1-epcis-version': '2.0.0', 'gs1-cbv-version': '2.0.0', ...signature };
      const status = await callOut.post(terms.dest, body, headers);
      if (status < 200 || status > 299) throw Object.assign(new Error('refused'), { code: `HTTP_${status}` });
    } catch (error) {
      const pause = Math.min(FIRST_RETRY_MS * 2 ** Math.min(state.failures, 30), LONGEST_RETRY_MS);
      this.#keep({ failures: state.failures + 1, retryAt: clock() + pause });
      log('warn', 'a subscriber was not told', { failures: state.failures, ...errorFacts(error) });
      return false;
    }
    this.#told = true;
    this.#keep({ afterSeq, failures: 0, retryAt: 0, lastNotifiedAt: new Date(clock()).toISOString() });
    return true;
  }

  #bodyOf(events: readonly JsonObject[]): [body: string, type: string] {
    const { id, query } = this.#standing;
    const document = queryDocument(events, this.#node.clock(), query, id);
    const body = JSON.stringify(document);
    if (Buffer.byteLength(body) <= MOST_BYTES) return [body, 'application/json'];
    const problem = problemOf(new ApiError('QUERY_TOO_COMPLEX', 'an event is too large to be sent: ask for it by its id'));
    return [JSON.stringify({ ...problem, type: 'epcisException:QueryTooComplexException' }), 'application/problem+json'];
  }

  #keep(change: Partial<SubscriptionState>): void {
    Object.assign(this.#standing.state, change);
    this.#node.catalogue.keepSubscriptionState(this.#standing.id, this.#standing.state);
  }
}
