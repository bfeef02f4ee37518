import { ProtocolError } from '../../errors.ts';
import type { JsonObject, JsonValue } from '../../json/jsonValue.ts';
import { nameRule } from '../../json/textRule.ts';
import { type EventContext, STANDARD_CONTEXT, withPrefixes } from '../eventContext.ts';
import { type Condition, type EventQuery, LONGEST_NAME, LONGEST_VALUE, MOST_PARAMETERS, MOST_VALUES } from './eventQuery.ts';
import { FIXED_PARAMETERS } from './fixedParameters.ts';
import { flexibleCondition } from './flexibleParameters.ts';
import { Parameter } from './parameter.ts';

const WINDOWS: ReadonlyMap<string, readonly ['eventTime' | 'recordTime', 'from' | 'before']> = new Map([
  ['GE_eventTime', ['eventTime', 'from']],
  ['LT_eventTime', ['eventTime', 'before']],
  ['GE_recordTime', ['recordTime', 'from']],
  ['LT_recordTime', ['recordTime', 'before']],
]);
const CONTROLS: ReadonlySet<string> = new Set(['orderBy', 'orderDirection', 'eventCountLimit', 'maxEventCount']);
const MOST_EVENTS = 2 ** 31 - 1;

/**
 * Reads a query as JSON document (the value of `query` of a named query, or the document itself): parse it with `parseStrict` first.
 *
 * Codes: `QUERY_PARAMETER_UNKNOWN`, `QUERY_VALUE_INVALID` (of another type, or no such value), `QUERY_PARAMETER_CONFLICT` (parameters that exclude or need each
 * other), `QUERY_PREFIX_UNKNOWN` (a prefix that nothing declares), `QUERY_TOO_LARGE`
 *
 * @param context prefixes that the request declares elsewhere
 * @throws ProtocolError with the pointer of the parameter
 */
export function readQuery(document: JsonObject, context: EventContext = STANDARD_CONTEXT): EventQuery {
  const wider = withPrefixes(context, document['@context']);
  const given = Object.entries(document).filter(([name]) => name !== '@context');
  return readParameters(given.map(([name, value]) => new Parameter(name, value, wider, false)));
}

/**
 * Reads a query as it stands in an address: names and values decoded, lists with vertical bars between their items.
 *
 * @param context prefixes that the request declares
 * @throws ProtocolError as `readQuery`
 */
export function readQueryParameters(
  pairs: Iterable<readonly [name: string, value: string]>,
  context: EventContext = STANDARD_CONTEXT,
): EventQuery {
  return readParameters([...pairs].map(([name, value]) => new Parameter(name, value, context, true)));
}

function readParameters(parameters: readonly Parameter[]): EventQuery {
  checkSize(parameters);
  const windows = { eventTime: {} as { from?: number; before?: number }, recordTime: {} as { from?: number; before?: number } };
  const controls = new Map<string, Parameter>();
  const conditions: Condition[] = [];
  for (const parameter of parameters) {
    const { name } = parameter;
    const window = WINDOWS.get(name);
    if (window !== undefined) windows[window[0]][window[1]] = parameter.time();
    else if (CONTROLS.has(name)) controls.set(name, parameter);
    else conditions.push(...conditionsOf(parameter));
  }
  return { conditions, ...windows, ...order(controls), ...limits(controls) };
}

function conditionsOf(parameter: Parameter): Condition[] {
  const read = FIXED_PARAMETERS.get(parameter.name) ?? flexibleCondition(parameter);
  if (read === undefined) throw parameter.error('QUERY_PARAMETER_UNKNOWN', 'is no parameter of an EPCIS query');
  const condition = read(parameter);
  return condition === undefined ? [] : [condition];
}

function checkSize(parameters: readonly Parameter[]): void {
  if (parameters.length > MOST_PARAMETERS) throw tooLarge(`more than ${MOST_PARAMETERS} parameters`, '');
  const seen = new Set<string>();
  let values = 0;
  for (const { name, value, pointer } of parameters) {
    if (name.length > LONGEST_NAME) throw tooLarge(`a name longer than ${LONGEST_NAME}`, pointer);
    const refusal = nameRule(name) ?? textProblem(value);
    if (refusal !== undefined) throw new ProtocolError(refusal.code, refusal.message, { pointer });
    if (seen.has(name)) throw new ProtocolError('QUERY_PARAMETER_CONFLICT', 'is there twice', { pointer });
    seen.add(name);
    const texts = typeof value === 'string' ? value.split('|') : [value].flat();
    values += texts.length;
    if (values > MOST_VALUES) throw tooLarge(`more than ${MOST_VALUES} values`, pointer);
    if (texts.some((text) => typeof text === 'string' && text.length > LONGEST_VALUE))
      throw tooLarge(`longer than ${LONGEST_VALUE}`, pointer);
  }
}

function textProblem(value: JsonValue): ReturnType<typeof nameRule> {
  return typeof value === 'string' ? nameRule(value) : undefined;
}

function tooLarge(message: string, pointer: string): ProtocolError {
  return new ProtocolError('QUERY_TOO_LARGE', message, { pointer });
}

function order(controls: ReadonlyMap<string, Parameter>): Pick<EventQuery, 'orderBy' | 'direction'> {
  const [by, direction] = [controls.get('orderBy'), controls.get('orderDirection')];
  if (by !== undefined && by.value !== 'eventTime' && by.value !== 'recordTime')
    throw by.error('QUERY_VALUE_INVALID', 'expected eventTime or recordTime: by extensions is not ordered here');
  if (direction !== undefined && direction.value !== 'ASC' && direction.value !== 'DESC')
    throw direction.error('QUERY_VALUE_INVALID', 'expected ASC or DESC');
  return {
    ...(by !== undefined && { orderBy: by.value as 'eventTime' | 'recordTime' }),
    direction: direction?.value === 'ASC' ? 'ASC' : 'DESC',
  };
}

function limits(controls: ReadonlyMap<string, Parameter>): Pick<EventQuery, 'eventCountLimit' | 'maxEventCount'> {
  const [limit, most] = [controls.get('eventCountLimit'), controls.get('maxEventCount')];
  if (limit !== undefined && most !== undefined) throw limit.error('QUERY_PARAMETER_CONFLICT', 'excludes maxEventCount');
  if (limit !== undefined && !controls.has('orderBy')) throw limit.error('QUERY_PARAMETER_CONFLICT', 'needs orderBy');
  return {
    ...(limit !== undefined && { eventCountLimit: countOf(limit, 1) }),
    ...(most !== undefined && { maxEventCount: countOf(most, 0) }),
  };
}

function countOf(parameter: Parameter, least: number): number {
  const count = parameter.number();
  if (Number.isInteger(count) && count >= least && count <= MOST_EVENTS) return count;
  throw parameter.error('QUERY_VALUE_INVALID', `expected a whole number, at least ${least}`);
}
