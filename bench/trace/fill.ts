import { type CatalogueDocument, openCatalogue } from '../../api/catalogue/catalogue.ts';
import { EVENT_INDEX } from '../../api/catalogue/eventIndexSchema.ts';
import { LINEAGE_FORM } from '../../api/lineage/followLineage.ts';
import { encodeCopy } from '../../indexer/store/copyBinary.ts';
import { openIndex } from '../../indexer/store/openIndex.ts';
import { sendCopies } from '../../indexer/store/sendCopies.ts';
import { PROJECTION_TABLES } from '../../indexer/store/tables.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { STANDARD_CONTEXT } from '../../protocol/epcis/eventContext.ts';
import { KIND } from '../../protocol/ledger/codes.ts';
import { subjectKey } from '../../protocol/ledger/ids.ts';
import { type LineageEvent, lineageEventOf } from '../../protocol/lineage/lineageEvent.ts';
import { HEAD } from '../../test/api/support/fakeIndex.ts';
import type { Capture } from '../lineage/generate.ts';

/** Where a node's data is to be. */
export interface Place {
  /** Path of the catalogue. */
  readonly catalogue: string;
  /** PostgreSQL connection string of the index. */
  readonly database: string;
}

const SALT: Hex = `0x${'5a'.repeat(16)}`;
const BATCH = 10_000;
const HEADS_A_COPY = 50_000;

/**
 * Makes what a node holds that knows some events and whose ledger recorded them: recorded events, what lineage reads of them, where their bodies would be, their
 * subjects and which of them name each, and in the index the newest entry of each subject's history. None of it goes through a chain, and there are no bodies: traces read neither.
 */
export async function fill(
  { catalogue: path, database }: Place,
  captures: Iterable<Capture>,
): Promise<{ events: number; subjects: number }> {
  const catalogue = openCatalogue(path);
  catalogue.startLineage(LINEAGE_FORM);
  const entries = new Map<string, number>();
  let newest = 0;
  let events = 0;
  for (const batch of batchesOf(captures)) {
    const read = batch.map(({ event, issuer, recordTime }) => {
      const key: Hex = `0x${(++events).toString(16).padStart(64, '0')}`;
      newest = Math.max(newest, recordTime);
      return lineageEventOf(event, STANDARD_CONTEXT, { key, issuer, recordTime });
    });
    const first = events - batch.length + 1;
    catalogue.record(read.map(({ key, recordTime }) => ({ leaf: key as Hex, recordedAt: recordTime })));
    catalogue.keepLineageRows(read.map((event, index) => ({ seq: first + index, event: JSON.stringify(event) })));
    const subjects = read.map((event) => [event.key as Hex, subjectsOf(event)] as const);
    catalogue.add(read.map(documentOf), new Map(subjects.map(([leaf, ids]) => [leaf, ids.map((id) => ({ id, salt: SALT }))])));
    for (const [, ids] of subjects) for (const id of ids) entries.set(id, (entries.get(id) ?? 0) + 1);
  }
  catalogue.keepProgress(EVENT_INDEX, String(events));
  catalogue.close();
  await fillIndex(database, entries, newest);
  return { events, subjects: entries.size };
}

/** Public, as nearly all events are: of what is not, each answer would look for what the reader may see. */
function documentOf({ key, issuer, eventTime, bizStep }: LineageEvent): CatalogueDocument {
  const leaf = key as Hex;
  return {
    ...{ leaf, cid: 'none', type: 'event', kind: KIND.EPCIS_EVENTS, issuer, own: true, visibility: 'PUBLIC', sha256: leaf, sm3: leaf },
    ...{ eventTime, ...(bizStep !== undefined && { bizStep }) },
  };
}

function* batchesOf(captures: Iterable<Capture>): Generator<Capture[]> {
  let batch: Capture[] = [];
  for (const capture of captures) {
    if (batch.push(capture) < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function subjectsOf({ parent, objects, children, inputs, outputs }: LineageEvent): string[] {
  return [...new Set([...(parent === undefined ? [] : [parent]), ...objects, ...children, ...inputs, ...outputs].map(({ id }) => id))];
}

async function fillIndex(database: string, entries: ReadonlyMap<string, number>, newest: number): Promise<void> {
  const { chainId, contract, hash } = HEAD;
  const index = await openIndex(database, { chainId, contract, startBlock: 0 });
  const all = [...entries];
  await index.withClient(async (client) => {
    for (let from = 0; from < all.length; from += HEADS_A_COPY) {
      const rows = all.slice(from, from + HEADS_A_COPY).map(([id, position], at) => newestEntry(id, position, from + at + 1));
      await sendCopies(client, [encodeCopy('projection', PROJECTION_TABLES.subject_entry, rows)]);
    }
    await client.query('update chain.checkpoint set height = $1, hash = $2, "timestamp" = $3, sequence = $1, counted = $1', [
      ...[all.length, Buffer.from(hash.slice(2), 'hex'), Math.ceil(newest / 1000)],
    ]);
    // A node has long done what this much at once leaves to do; else it would be done while the first questions are asked.
    await client.query('vacuum (analyze) projection.subject_entry');
    await client.query('checkpoint');
  });
  await index.close();
}

function newestEntry(id: string, position: number, block: number) {
  const key = Buffer.from(subjectKey(id, SALT).slice(2), 'hex');
  return { block, logIndex: 0, sequence: block, subject: key, position, id: key, leaf: key, record: key, issuer: 1, head: key };
}
