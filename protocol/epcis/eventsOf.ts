import type { JsonObject, JsonValue } from '../json/jsonValue.ts';
import { type EventContext, GS1_CONTEXT, isObject, STANDARD_CONTEXT, withIgnoreFields, withPrefixes } from './eventContext.ts';

/** An event, where it stands in its document (RFC 6901), and what it needs of the document to be read. */
export interface ContextualEvent {
  readonly event: JsonObject;
  readonly pointer: string;
  readonly context: EventContext;
}

/**
 * The events of an EPCIS document, of a query document, or the document itself where it is a single event, in their order. Nothing is checked: a document
 * that is neither holds none.
 */
export function eventsOf(document: JsonValue): ContextualEvent[] {
  if (!isObject(document)) return [];
  const context = withIgnoreFields(withPrefixes(STANDARD_CONTEXT, document['@context']), document);
  if (document.epcisBody === undefined) return [{ event: document, pointer: '', context }];
  const body = isObject(document.epcisBody) ? document.epcisBody : {};
  const results = isObject(body.queryResults) ? body.queryResults : undefined;
  if (results === undefined) return eventList(body, '/epcisBody', context);
  const resultsBody = isObject(results.resultsBody) ? results.resultsBody : {};
  return eventList(resultsBody, '/epcisBody/queryResults/resultsBody', withIgnoreFields(context, results));
}

function eventList(holder: JsonObject, pointer: string, context: EventContext): ContextualEvent[] {
  const events = Array.isArray(holder.eventList) ? holder.eventList : [];
  const listed = events.map((event, index) => ({ event, pointer: `${pointer}/eventList/${index}`, context }));
  const single = { event: holder.event ?? null, pointer: `${pointer}/event`, context };
  return [...listed, single].filter((item): item is ContextualEvent => isObject(item.event));
}

/**
 * The event as a document of its own: with the prefixes of its document in its `@context`, and without the members that the document says to ignore. It hashes
 * as the original does in its document, so it can be kept and shown alone.
 */
export function standaloneEvent({ event, context }: ContextualEvent): JsonObject {
  const own = withPrefixes(context, event['@context']).prefixes;
  const inline = [...own].filter(([prefix, namespace]) => STANDARD_CONTEXT.prefixes.get(prefix) !== namespace);
  const members = Object.entries(event).filter(([name]) => name !== '@context' && !context.ignoreFields.has(name));
  return { '@context': [GS1_CONTEXT, ...inline.map(([prefix, namespace]) => ({ [prefix]: namespace }))], ...Object.fromEntries(members) };
}
