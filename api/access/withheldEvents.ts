import type { Hex } from '../../protocol/encoding/hex.ts';
import { KIND } from '../../protocol/ledger/codes.ts';
import { knownSubjects } from '../bundles/assemble.ts';
import { historiesOf } from '../lineage/historiesOf.ts';
import type { ApiNode } from '../node.ts';
import { doubtfulDocuments } from './doubtfulDocuments.ts';
import { seen } from './maySee.ts';
import { type Reader, viewOf } from './reader.ts';
import type { SealedEntry } from './sealedEntries.ts';

/** The header that tells how many events of the goods asked about the reader may not see. */
export const WITHHELD_HEADER = 'Tidemark-Withheld';

/**
 * How many events a reader may not see: in the histories of these goods, which the ledger counts for everybody, else of all that this node knows of. No other
 * filter narrows it: a count by step, place or time would tell what the hidden events hold.
 *
 * @param ids canonical identifiers of goods, at most 1,000
 */
export async function withheldEvents(node: ApiNode, reader: Reader, ids: readonly string[] | undefined): Promise<number> {
  if (ids === undefined) return withheldOfAll(node, reader);
  // What only the peer has heard of is counted too.
  for (const id of ids) await knownSubjects(node, id);
  const histories = await historiesOf(node, reader, ids);
  return sealedEvents([...histories.values()].flatMap(({ sealed }) => sealed));
}

/** How many different events are among sealed entries. */
export function sealedEvents(entries: readonly SealedEntry[]): number {
  return new Set<Hex>(entries.filter(({ kind }) => kind === KIND.EPCIS_EVENTS).map(({ leaf }) => leaf)).size;
}

async function withheldOfAll(node: ApiNode, reader: Reader): Promise<number> {
  let count = node.catalogue.countOutside(KIND.EPCIS_EVENTS, viewOf(reader));
  for (const part of doubtfulDocuments(node, reader, KIND.EPCIS_EVENTS)) count += part.length - (await seen(node, reader, part)).length;
  return count;
}
