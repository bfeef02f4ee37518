import type { JsonObject, JsonValue } from '../json/jsonValue.ts';

/** What an event needs of the document around it to be read: prefixes of compact URIs, and members that are not part of the event. */
export interface EventContext {
  /** Prefix to namespace, such as `example` to `https://ns.example.com/epcis/`. */
  readonly prefixes: ReadonlyMap<string, string>;
  /** Names of members that a repository added and that the event hash leaves out, as written in the document. */
  readonly ignoreFields: ReadonlySet<string>;
}

/** The GS1 context, by the name of which documents refer to the prefixes below. It is known here and never fetched. */
export const GS1_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** The prefixes that GS1's EPCIS 2.0 context declares. */
export const STANDARD_CONTEXT: EventContext = {
  prefixes: new Map([
    ['cbv', 'https://ref.gs1.org/cbv/'],
    ['cbvmda', 'urn:epcglobal:cbv:mda:'],
    ['dcterms', 'http://purl.org/dc/terms/'],
    ['epcis', 'https://ref.gs1.org/epcis/'],
    ['gs1', 'https://gs1.org/voc/'],
    ['owl', 'http://www.w3.org/2002/07/owl#'],
    ['rdfs', 'http://www.w3.org/2000/01/rdf-schema#'],
    ['xsd', 'http://www.w3.org/2001/XMLSchema#'],
  ]),
  ignoreFields: new Set(),
};

/** Widens a context by the inline prefixes of an object's `@context`. Contexts named by URL say nothing here: remote text must not decide what is hashed. */
export function withPrefixes(context: EventContext, declared: JsonValue | undefined): EventContext {
  if (declared === undefined) return context;
  const inline = [declared].flat().flatMap((part) => (isObject(part) ? Object.entries(part) : []));
  const prefixes = inline.filter((entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[0].startsWith('@'));
  return prefixes.length === 0 ? context : { ...context, prefixes: new Map([...context.prefixes, ...prefixes]) };
}

/** Widens a context by an `<prefix>:ignoreFields` list of an object, which names members that its repository added to events. */
export function withIgnoreFields(context: EventContext, holder: JsonObject): EventContext {
  const lists = Object.entries(holder).filter(([name]) => name.endsWith(':ignoreFields'));
  const names = lists.flatMap(([, list]) => list).filter((name) => typeof name === 'string');
  return names.length === 0 ? context : { ...context, ignoreFields: new Set([...context.ignoreFields, ...names]) };
}

/** Whether a JSON value is an object. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Writes a compact URI in full where its prefix is declared; any other text as it is (JSON-LD 1.1 section 5.2). */
export function expandUri(text: string, { prefixes }: EventContext): string {
  const colon = text.indexOf(':');
  const namespace = colon < 0 || text.startsWith('//', colon + 1) ? undefined : prefixes.get(text.slice(0, colon));
  return namespace === undefined ? text : namespace + text.slice(colon + 1);
}
