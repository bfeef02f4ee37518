import type { Hex } from '../../protocol/encoding/hex.ts';
import { inTransaction, openDurableDatabase } from '../files/durableDatabase.ts';

/** A document that was sealed, and how far it has come. */
export interface JournalDocument {
  /** SHA-256 of the input: what makes a second run find the first one's work. */
  input: Hex;
  /** The credential with all its disclosures. */
  sdJwt: string;
  leaf: Hex;
  sha256: Hex;
  sm3: Hex;
  /** `KIND` of protocol/ledger/codes.ts. */
  kind: number;
  /** Unix seconds, 0 = never. */
  expiresAt: number;
  /** Canonical ids of the goods that it is about. */
  subjects: string[];
}

/** A document with the keys of its subjects on the ledger; they are known once the node has stored it. */
export interface StoredDocument extends JournalDocument {
  subjectKeys: Hex[];
  /** Salts of these keys, in the same order. */
  subjectSalts: Hex[];
}

/** A document with its place in this run. */
export interface RunDocument extends StoredDocument {
  sequence: number;
  /** Name of the bundle file, without ending. */
  name: string;
}

/** Documents that go to the chain in one transaction, in the order of their leaves. */
export interface Batch {
  root: Hex;
  documents: StoredDocument[];
}

/**
 * The journal of a member's notarisations: what was sealed, stored and grouped is on disk before the next step, so that the same command, run again after a
 * crash, goes on where it stopped and doubles nothing.
 */
export interface Journal {
  /** The document that was made of this input, in this or an earlier run. */
  find(input: Hex): JournalDocument | undefined;
  /** A document of this or an earlier run by its leaf, with what the node said of it. */
  findLeaf(leaf: Hex): StoredDocument | undefined;
  /** Adds to this run what is known or newly sealed. One call is one transaction. */
  add(documents: readonly { name: string; document: JournalDocument }[]): void;
  /** Number of documents of this run; inputs that are equal count once. */
  count(): number;
  /** Documents of this run, from `sequence` on, that the node has not yet stored. */
  unstored(sequence: number, limit: number): RunDocument[];
  countUnstored(): number;
  /** Notes the subject keys that the node gave, and their salts, per leaf. */
  stored(documents: readonly { leaf: Hex; subjectKeys: readonly Hex[]; subjectSalts: readonly Hex[] }[]): void;
  /** Stored documents of this run, of one kind and from `sequence` on, that are in no batch yet. */
  ungrouped(kind: number, sequence: number, limit: number): RunDocument[];
  /** Puts documents into a batch, in this order. */
  group(root: Hex, leaves: readonly Hex[]): void;
  /** Roots of the batches that hold documents of this run. */
  roots(): Hex[];
  batch(root: Hex): Batch;
  /** Documents of this run from `sequence` on. */
  page(sequence: number, limit: number): RunDocument[];
  close(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS documents (
    input TEXT PRIMARY KEY, leaf TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, sm3 TEXT NOT NULL, kind INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    sd_jwt TEXT NOT NULL, subjects TEXT NOT NULL, subject_keys TEXT, subject_salts TEXT, root TEXT, position INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS documents_by_root ON documents (root, position);
  CREATE TEMP TABLE run (sequence INTEGER PRIMARY KEY, input TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
`;
const IN_RUN = 'FROM run JOIN documents USING (input)';

/** Opens a member's journal at `path` and begins a run. */
export function openJournal(path: string): Journal {
  const database = openDurableDatabase(path, SCHEMA);
  const sql = (text: string) => database.prepare(text);
  const find = sql('SELECT * FROM documents WHERE input = ?');
  const findLeaf = sql('SELECT * FROM documents WHERE leaf = ?');
  const insert = sql(
    'INSERT OR IGNORE INTO documents (input, leaf, sha256, sm3, kind, expires_at, sd_jwt, subjects) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const run = sql('INSERT OR IGNORE INTO run (input, name) VALUES (?, ?)');
  const count = sql('SELECT count(*) AS n FROM run');
  const unstored = sql(`SELECT * ${IN_RUN} WHERE sequence >= ? AND subject_keys IS NULL ORDER BY sequence LIMIT ?`);
  const countUnstored = sql(`SELECT count(*) AS n ${IN_RUN} WHERE subject_keys IS NULL`);
  const stored = sql('UPDATE documents SET subject_keys = ?, subject_salts = ? WHERE leaf = ?');
  const ungrouped = sql(
    `SELECT * ${IN_RUN} WHERE sequence >= ? AND kind = ? AND subject_keys IS NOT NULL AND root IS NULL ORDER BY sequence LIMIT ?`,
  );
  const place = sql('UPDATE documents SET root = ?, position = ? WHERE leaf = ?');
  const roots = sql(`SELECT root, min(sequence) AS first ${IN_RUN} WHERE root IS NOT NULL GROUP BY root ORDER BY first`);
  const batch = sql('SELECT * FROM documents WHERE root = ? ORDER BY position');
  const page = sql(`SELECT * ${IN_RUN} WHERE sequence >= ? ORDER BY sequence LIMIT ?`);
  const atOnce = (work: () => void) => inTransaction(database, work);
  return {
    find(input) {
      const row = find.get(input);
      return row === undefined ? undefined : documentOf(row);
    },
    findLeaf(leaf) {
      const row = findLeaf.get(leaf);
      return row === undefined ? undefined : storedDocumentOf(row);
    },
    add: (documents) =>
      atOnce(() => {
        for (const { name, document } of documents) {
          const { input, leaf, sha256, sm3, kind, expiresAt, sdJwt, subjects } = document;
          insert.run(input, leaf, sha256, sm3, kind, expiresAt, sdJwt, JSON.stringify(subjects));
          run.run(input, name);
        }
      }),
    count: () => Number(count.get()?.n),
    unstored: (sequence, limit) => unstored.all(sequence, limit).map(runDocumentOf),
    countUnstored: () => Number(countUnstored.get()?.n),
    stored: (documents) =>
      atOnce(() => {
        for (const { leaf, subjectKeys, subjectSalts } of documents)
          stored.run(JSON.stringify(subjectKeys), JSON.stringify(subjectSalts), leaf);
      }),
    ungrouped: (kind, sequence, limit) => ungrouped.all(sequence, kind, limit).map(runDocumentOf),
    group: (root, leaves) =>
      atOnce(() => {
        for (const [position, leaf] of leaves.entries()) place.run(root, position, leaf);
      }),
    roots: () => roots.all().map(({ root }) => root as Hex),
    batch: (root) => ({ root, documents: batch.all(root).map(storedDocumentOf) }),
    page: (sequence, limit) => page.all(sequence, limit).map(runDocumentOf),
    close: () => database.close(),
  };
}

function documentOf(row: Record<string, unknown>): JournalDocument {
  return {
    input: row.input as Hex,
    sdJwt: row.sd_jwt as string,
    leaf: row.leaf as Hex,
    sha256: row.sha256 as Hex,
    sm3: row.sm3 as Hex,
    kind: row.kind as number,
    expiresAt: row.expires_at as number,
    subjects: JSON.parse(row.subjects as string) as string[],
  };
}

function storedDocumentOf(row: Record<string, unknown>): StoredDocument {
  return { ...documentOf(row), subjectKeys: listOf(row.subject_keys), subjectSalts: listOf(row.subject_salts) };
}

function runDocumentOf(row: Record<string, unknown>): RunDocument {
  return { ...storedDocumentOf(row), sequence: row.sequence as number, name: row.name as string };
}

function listOf(json: unknown): Hex[] {
  return json === null ? [] : (JSON.parse(json as string) as Hex[]);
}
