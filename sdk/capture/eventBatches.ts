import { GS1_CONTEXT, isObject } from '../../protocol/epcis/eventContext.ts';
import { eventsOf } from '../../protocol/epcis/eventsOf.ts';
import { validateDocument, validateEvent } from '../../protocol/epcis/validateDocument.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import type { JsonValue } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { type Input, readInputs } from '../notarise/readInputs.ts';

/** Why something is not captured, and where it stands. */
export interface Refusal {
  /** File, or file and line. */
  source: string;
  /** RFC 6901, into the document or event at `source`. */
  pointer: string;
  code: string;
  reason: string;
}

/** One EPCIS document to hand in. */
export interface EventBatch {
  /** The document as it was given; or made of bare events, without those that are refused. */
  text: string;
  /** Events that were given for it, whatever became of them. */
  events: number;
  /** Faults found here: a document with one is refused whole, of bare events the faulty ones. */
  refusals: readonly Refusal[];
  /** True where `text` holds nothing to hand in. */
  isEmpty: boolean;
  /** Where a fault stands that the node finds at a pointer into `text`. */
  locate(pointer: string): Pick<Refusal, 'source' | 'pointer'>;
}

/** An event outside of a document, such as a line of a file. */
interface BareEvent extends Input {
  refusals: Refusal[];
}

// A node takes 8 MB and 10,000 events; documents of this size keep a fault's cost, and the answer's, small.
const MOST_EVENTS = 500;
const MOST_LENGTH = 4_000_000;

/**
 * Reads EPCIS from files, lines and folders (`readInputs`): a document stays as it is, bare events that follow one another become documents of up to 500.
 * Nothing is held in memory but the document at hand.
 *
 * @param createdAt creation date of the documents that are made here
 * @throws SdkError of `readInputs`
 */
export async function* eventBatches(paths: readonly string[], createdAt: string): AsyncGenerator<EventBatch> {
  let bare: BareEvent[] = [];
  let length = 0;
  const flush = function* (): Generator<EventBatch> {
    if (bare.length > 0) yield gathered(bare, createdAt);
    [bare, length] = [[], 0];
  };
  for await (const input of readInputs(paths)) {
    const value = parsed(input);
    if (!(value instanceof ProtocolError) && isBareEvent(value)) {
      if (length + input.text.length > MOST_LENGTH) yield* flush();
      bare.push({ ...input, refusals: isObject(value) ? refusalsOf(input, validateEvent(value)) : [] });
      length += input.text.length;
      if (bare.length === MOST_EVENTS) yield* flush();
    } else {
      yield* flush();
      yield whole(input, value);
    }
  }
  yield* flush();
}

function parsed({ text }: Input): JsonValue | ProtocolError {
  try {
    return parseStrict(text);
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
}

function isBareEvent(value: JsonValue): boolean {
  return isObject(value) && value.epcisBody === undefined && String(value.type).endsWith('Event');
}

function whole(input: Input, value: JsonValue | ProtocolError): EventBatch {
  const locate = (pointer: string) => ({ source: input.source, pointer });
  if (value instanceof ProtocolError) {
    const { code, pointer = '', message } = value;
    return { text: input.text, events: 0, refusals: [{ ...locate(pointer), code, reason: message }], isEmpty: true, locate };
  }
  const refusals = refusalsOf(input, validateDocument(value));
  return { text: input.text, events: eventsOf(value).length, refusals, isEmpty: refusals.length > 0, locate };
}

function gathered(bare: readonly BareEvent[], createdAt: string): EventBatch {
  const good = bare.filter(({ refusals }) => refusals.length === 0);
  const head = JSON.stringify({ '@context': [GS1_CONTEXT], type: 'EPCISDocument', schemaVersion: '2.0', creationDate: createdAt });
  return {
    // The events' own text goes in: no number or name is written anew.
    text: `${head.slice(0, -1)},"epcisBody":{"eventList":[${good.map(({ text }) => text).join(',')}]}}`,
    events: bare.length,
    refusals: bare.flatMap(({ refusals }) => refusals),
    isEmpty: good.length === 0,
    locate(pointer) {
      const [, index, rest = ''] = /^\/epcisBody\/eventList\/(\d+)(.*)$/.exec(pointer) ?? [];
      const event = index === undefined ? undefined : good[Number(index)];
      return event === undefined ? { source: bare[0]?.source ?? '', pointer } : { source: event.source, pointer: rest };
    },
  };
}

function refusalsOf({ source }: Input, problems: readonly { pointer: string; code: string; message: string }[]): Refusal[] {
  return problems.map(({ pointer, code, message }) => ({ source, pointer, code, reason: message }));
}
