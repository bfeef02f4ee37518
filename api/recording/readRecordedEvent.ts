import type { Hex } from '../../protocol/encoding/hex.ts';
import type { EventContext } from '../../protocol/epcis/eventContext.ts';
import { eventHash } from '../../protocol/epcis/eventHash.ts';
import { eventsOf } from '../../protocol/epcis/eventsOf.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import type { Body } from '../documents/body.ts';
import { ApiError } from '../errors.ts';
import type { ApiNode } from '../node.ts';

/** A recorded event as its followers need it. */
export interface RecordedReading {
  issuer: number;
  event: JsonObject;
  context: EventContext;
  /** CBV 2.0 event hash. */
  hash: string;
}

type ReadingNode = Pick<ApiNode, 'catalogue' | 'vault' | 'log'>;
type Readings = Map<Hex, Promise<RecordedReading | undefined>>;

const MOST_KEPT = 2_000;
const readingsOf = new WeakMap<ApiNode['catalogue'], Readings>();

/**
 * Reads the event of a leaf; undefined where its body is lost, which the log tells. The index and lineage follow the same events at about the same time: what
 * the one has read, parsed and hashed is kept for the other.
 */
export function readRecordedEvent(node: ReadingNode, leaf: Hex): Promise<RecordedReading | undefined> {
  const readings = readingsOf.get(node.catalogue) ?? new Map();
  readingsOf.set(node.catalogue, readings);
  const known = readings.get(leaf);
  if (known !== undefined) {
    readings.delete(leaf);
    return known;
  }
  const reading = read(node, leaf);
  readings.set(leaf, reading);
  if (readings.size > MOST_KEPT) readings.delete(readings.keys().next().value as Hex);
  // What failed is tried anew.
  reading.catch(() => readings.delete(leaf));
  return reading;
}

async function read(node: ReadingNode, leaf: Hex): Promise<RecordedReading | undefined> {
  const body = await bodyOf(node, leaf);
  const [found] = body?.type === 'event' ? eventsOf(parseStrict(body.event)) : [];
  if (body?.type !== 'event' || found === undefined) return undefined;
  const { event, context } = found;
  return { issuer: body.issuer, event, context, hash: eventHash(event, context) };
}

async function bodyOf({ catalogue, vault, log }: ReadingNode, leaf: Hex): Promise<Body | undefined> {
  const cid = catalogue.document(leaf)?.cid;
  if (cid === undefined) return undefined;
  try {
    return vault.recent(cid) ?? (await vault.get(cid));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    log('error', 'body lost', { code: error.code });
    return undefined;
  }
}
