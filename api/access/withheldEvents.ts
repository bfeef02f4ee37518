import type { Place } from '../../indexer/store/rows.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { KIND, SHORE } from '../../protocol/ledger/codes.ts';
import type { ApiNode } from '../node.ts';
import { maySee, seen } from './maySee.ts';
import { type Reader, viewOf } from './reader.ts';

const ENTRIES_A_PAGE = 1_000;

/**
 * How many events a reader may not see: in the histories of these subjects, which the ledger counts for everybody, else of all that this node knows of. No other
 * filter narrows it: a count by step, place or time would tell what the hidden events hold.
 *
 * @param subjects subject keys
 */
export async function withheldEvents(node: ApiNode, reader: Reader, subjects: readonly Hex[] | undefined): Promise<number> {
  if (subjects === undefined) return withheldOfAll(node, reader);
  const hidden = new Set<Hex>();
  for (const subject of subjects) {
    for await (const { leaf, record: id } of entriesOf(node, subject)) {
      const record = await node.index.record(id);
      if (record?.kind === KIND.EPCIS_EVENTS && !(await isSeen(node, reader, leaf))) hidden.add(leaf);
    }
  }
  return hidden.size;
}

async function withheldOfAll(node: ApiNode, reader: Reader): Promise<number> {
  const view = viewOf(reader);
  // What this node was given by its shore's members, that shore's agencies see all.
  const own = reader.agencyOf !== SHORE[node.config.shore];
  const { catalogue } = node;
  let count = catalogue.countOutside(KIND.EPCIS_EVENTS, view);
  for (let after: Hex | undefined; ; ) {
    const part = catalogue.doubtful(KIND.EPCIS_EVENTS, { first: ENTRIES_A_PAGE, view, own, ...(after !== undefined && { after }) });
    count += part.length - (await seen(node, reader, part)).length;
    after = part.at(-1)?.leaf;
    if (part.length < ENTRIES_A_PAGE) return count;
  }
}

async function isSeen(node: ApiNode, reader: Reader, leaf: Hex): Promise<boolean> {
  const document = node.catalogue.document(leaf);
  return document !== undefined && maySee(node, reader, document);
}

async function* entriesOf({ index }: ApiNode, subject: Hex) {
  for (let after: Place | undefined; ; ) {
    const page = await index.subjectEntries(subject, { first: ENTRIES_A_PAGE, ...(after !== undefined && { after }) });
    yield* page.rows;
    after = page.rows.at(-1);
    if (!page.hasNext || after === undefined) return;
  }
}
