import { join } from 'node:path';
import type { OpenMember } from '../member/openMember.ts';
import { anchorBatches, groupDocuments } from './anchorBatches.ts';
import { type Journal, type JournalDocument, openJournal, type RunDocument } from './journal.ts';
import type { Input } from './readInputs.ts';
import { inputDigest, sealerOf, sealInput } from './sealInput.ts';
import { storeDocuments } from './storeDocuments.ts';
import { type Notarised, writeBundles } from './writeBundles.ts';

/** Steps of a notarisation, in their order. */
export type NotarisePhase = 'seal' | 'store' | 'anchor' | 'bundle';

/** How far a step has come. `total` is unknown while the inputs are still being read. */
export interface NotariseProgress {
  phase: NotarisePhase;
  done: number;
  total: number | undefined;
}

/** What to notarise, for whom, and where to write the bundles. */
export interface NotariseOptions {
  member: OpenMember;
  inputs: AsyncIterable<Input>;
  /** Folder for the bundles, one file a document: `<name of the input>.bundle.json`. */
  out: string;
  /** DOMESTIC: bodies stay in the member's country until they are released. Once stored, a document's visibility is fixed. */
  visibility?: 'DOMESTIC';
  onProgress?: (progress: NotariseProgress) => void;
  onDocument?: (document: Notarised) => void;
}

/** What was done. */
export interface NotariseSummary {
  documents: number;
  /** Records on the ledger: single anchors and batch roots. */
  records: number;
}

// Bounds memory, requests and journal transactions alike.
const CHUNK = 100;

/**
 * Notarises documents: seals them, stores them at the member's node, anchors them (one alone, or many by Merkle roots), and writes a bundle for each.
 *
 * Each step is noted in the member's journal before the next begins, so the same call after a crash goes on where it stopped and doubles nothing; the same
 * input is the same document, also in a later run. Time grows with the number of documents, memory does not.
 *
 * @throws SdkError `VISIBILITY_FIXED`: a document is public already; an input that is refused (nothing of this run is anchored then), a node or chain that does not answer, a ledger that refuses
 */
export async function notarise({ member, inputs, out, visibility, onProgress, onDocument }: NotariseOptions): Promise<NotariseSummary> {
  const journal = openJournal(join(member.folder, 'journal.sqlite'));
  const tell = (phase: NotarisePhase, done: number, total?: number) => onProgress?.({ phase, done, total });
  try {
    const documents = await sealAll(member, journal, inputs, tell);
    // What was stored by an earlier run is given again where it is to stay in its country: the node refuses it if it was public.
    const isDomestic = visibility === 'DOMESTIC';
    const total = isDomestic ? documents : journal.countUnstored();
    await inChunks(
      isDomestic ? journal.page : journal.unstored,
      (chunk) => storeDocuments(member.node, journal, chunk, visibility === undefined ? {} : { visibility }),
      (done) => tell('store', done, total),
    );
    groupDocuments(journal);
    const records = await anchorBatches(member, journal, (done, total) => tell('anchor', done, total));
    const write = async (chunk: readonly RunDocument[]) => {
      for (const document of await writeBundles(member.node, chunk, out)) onDocument?.(document);
    };
    await inChunks(journal.page, write, (done) => tell('bundle', done, documents));
    return { documents, records };
  } finally {
    journal.close();
  }
}

async function sealAll(
  member: OpenMember,
  journal: Journal,
  inputs: AsyncIterable<Input>,
  tell: (phase: 'seal', done: number, total?: number) => void,
): Promise<number> {
  const sealer = sealerOf(member);
  const names = new Set<string>();
  let chunk: { name: string; document: JournalDocument }[] = [];
  const flush = () => {
    journal.add(chunk);
    chunk = [];
    tell('seal', journal.count());
  };
  for await (const input of inputs) {
    chunk.push({ name: unused(input.name, names), document: journal.find(inputDigest(input.text)) ?? sealInput(input, sealer) });
    if (chunk.length === CHUNK) flush();
  }
  flush();
  return journal.count();
}

/** Files of one name from two folders get bundles of two names. */
function unused(name: string, names: Set<string>): string {
  let free = name;
  for (let number = 2; names.has(free); number++) free = `${name}-${number}`;
  names.add(free);
  return free;
}

async function inChunks(
  read: (sequence: number, limit: number) => RunDocument[],
  work: (chunk: readonly RunDocument[]) => Promise<void>,
  tell: (done: number) => void,
): Promise<void> {
  let done = 0;
  tell(done);
  for (let chunk = read(0, CHUNK); chunk.length > 0; chunk = read((chunk.at(-1) as RunDocument).sequence + 1, CHUNK)) {
    await work(chunk);
    done += chunk.length;
    tell(done);
  }
}
