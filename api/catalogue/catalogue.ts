import type { DatabaseSync } from 'node:sqlite';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { recordId, subjectKey } from '../../protocol/ledger/ids.ts';
import { lookalikeForm, lookupForm } from '../../protocol/text/lookupForm.ts';
import { inTransaction, inTransactionOfDerived, openDurableDatabase } from '../../sdk/files/durableDatabase.ts';
import { productKeys } from '../../web/render/productKeys.ts';
import type { BodySubject, Visibility } from '../documents/body.ts';
import { type EventIndex, openEventIndex } from './eventIndex.ts';
import { EVENT_INDEX_SCHEMA } from './eventIndexSchema.ts';
import { type LineageRows, openLineageRows } from './lineageEvents.ts';
import { type NamedQueries, openNamedQueries } from './namedQueries.ts';
import { openRecordedEvents, type RecordedEvents } from './recordedEvents.ts';
import { AFTER_COLUMNS, RECORDED_COLUMN, SCHEMA, VISIBILITY_COLUMN } from './schema.ts';
import { issuerOf, SEEN, seenBy, type View } from './view.ts';

/** A document as the catalogue knows it: where its body is, and what it is found by. */
export interface CatalogueDocument {
  leaf: Hex;
  cid: string;
  type: 'credential' | 'event';
  kind: number;
  issuer: number;
  /** Whether this node was given it by its issuer. */
  own: boolean;
  visibility: Visibility;
  sha256: Hex;
  sm3: Hex;
  /** Certificate or report number, as signed. */
  number?: string;
  /** `urn:uuid:` of a credential. */
  credentialId?: string;
  eventId?: string;
  /** CBV 2.0 event hash URI. */
  eventHash?: string;
  /** Milliseconds since 1970. */
  eventTime?: number;
  bizStep?: string;
  /** Hash of an event's error declaration. */
  declaration?: Hex;
}

/** A subject with the key under which the ledger keeps its history. */
export interface CatalogueSubject extends BodySubject {
  key: Hex;
}

/** A batch: its leaves are read apart. */
export interface CatalogueBatch {
  root: Hex;
  cid: string;
  size: number;
  /** Member for which this node anchors it; absent where a member does so itself. */
  slug?: string;
  settled: boolean;
}

/** Where a leaf stands in a batch. */
export interface LeafPlace {
  root: Hex;
  position: number;
}

/** Where an event stands in the order of events. */
export interface EventPlace {
  eventTime: number;
  leaf: Hex;
}

/** Where a capture stands among those of its member. */
export interface JobPlace {
  createdAt: string;
  id: string;
}

/** A lot of a product. */
export interface CatalogueLot {
  id: string;
  lot: string;
  /** Whether a document that is public names it. */
  isPublic: boolean;
}

/** A release as the catalogue knows it. */
export interface CatalogueRelease {
  leaf: Hex;
  cid: string;
  /** Member that gave it. */
  by: number;
  /** Member that it was given to; null: everybody. */
  to: number | null;
}

/** The catalogue's file. Every write is flushed before its call returns, but for what is derived from events. */
export interface Catalogue extends RecordedEvents, EventIndex, NamedQueries, LineageRows {
  document(leaf: Hex): CatalogueDocument | undefined;
  /** The document whose record has this id, be it anchored singly or in a batch. */
  documentOfRecord(id: Hex): CatalogueDocument | undefined;
  /** Adds documents, their subjects and a batch in one transaction. Of a document that is known, the newer body counts, but never a fetched one over an own. */
  add(
    documents: readonly CatalogueDocument[],
    subjects: ReadonlyMap<Hex, readonly BodySubject[]>,
    batch?: CatalogueBatch & { leaves: readonly Hex[] },
  ): void;
  /** Documents of a kind whose number has the same lookup form as `number`. */
  byNumber(kind: number, number: string, view: View): CatalogueDocument[];
  /** Documents of a kind whose number differs from `number` by characters that look alike only. */
  lookalikes(kind: number, number: string, view: View): CatalogueDocument[];
  /** Documents with this leaf, SHA-256 or SM3 digest. */
  byFingerprint(fingerprint: Hex): CatalogueDocument[];
  byCredentialId(id: string, view: View): CatalogueDocument[];
  byEvent(by: { id?: string; hash?: string }, view: View): CatalogueDocument[];
  /** Known subjects with this canonical id: one for each salt, in the order in which they became known. */
  subjects(id: string): CatalogueSubject[];
  /** Known subjects of many canonical ids, each with the number of public events here that name it and that the ledger holds. */
  subjectsOfAll(ids: readonly string[]): (CatalogueSubject & { recorded: number })[];
  subjectOfKey(key: Hex): CatalogueSubject | undefined;
  subjectsOf(leaf: Hex): CatalogueSubject[];
  keepSubjects(subjects: readonly BodySubject[]): void;
  /** Lots that a document of the view names. */
  lots(gtin: string, page: { first: number; after?: string; view: View }): CatalogueLot[];
  /** Events by the time at which they happened, then by leaf: the same order on both nodes. */
  events(page: { first: number; after?: EventPlace; bizStep?: string; subjects?: readonly Hex[]; view: View }): CatalogueDocument[];
  /** Documents that name any subject of a product, of one kind where given, by leaf. */
  documentsOfProduct(gtin: string, page: { first: number; after?: Hex; kind?: number; view: View }): CatalogueDocument[];
  /** Documents that name a subject, by leaf. */
  documentsOfSubject(id: string, page: { first: number; after?: Hex; view: View }): CatalogueDocument[];
  /** Documents of a kind, in the view, that are not public and not its member's own: with those that this node was given by their issuers, or without; by leaf. */
  doubtful(kind: number, page: { first: number; after?: Hex; view: View; own: boolean }): CatalogueDocument[];
  /** How many documents of a kind are kept here and outside the view, or kept by the peer to itself. */
  countOutside(kind: number, view: View): number;
  batch(root: Hex): CatalogueBatch | undefined;
  leavesOf(root: Hex): Hex[];
  placesOf(leaf: Hex): LeafPlace[];
  /** Batches that this node anchors and has not seen settled. */
  unsettled(): CatalogueBatch[];
  settle(root: Hex): void;
  /** Marks a batch that the ledger refused for good: it is not sent again. */
  fail(root: Hex): void;
  /** CID of a filing's text; undefined where it is not kept here. */
  filing(subject: Hex, digest: Hex): string | undefined;
  /** Whether any text is kept of a subject. */
  hasFiling(subject: Hex): boolean;
  /** Of a text that is known, the newer body counts. */
  keepFiling(subject: Hex, digest: Hex, cid: string): void;
  /** Adds a release and the documents that it names. */
  addRelease(release: CatalogueRelease, documents: readonly Hex[]): void;
  release(leaf: Hex): CatalogueRelease | undefined;
  /** Releases that name a document. */
  releasesOf(document: Hex): CatalogueRelease[];
  /** Releases, by leaf: all, or those that a member gave or was given. */
  releases(member?: number): CatalogueRelease[];
  documentsOfRelease(leaf: Hex): Hex[];
  /** When the peer last said that a body is not released, in milliseconds since 1970. */
  sealedAt(leaf: Hex): number | undefined;
  seal(leaf: Hex, kind: number, now: number): void;
  /** Lets the peer be asked again. */
  unseal(leaf: Hex): void;
  job(id: string): { member: number; job: unknown } | undefined;
  keepJob(id: string, member: number, createdAt: string, job: unknown): void;
  /** A member's captures, the newest first, after one that the caller has. */
  jobsOf(member: number, first: number, after?: JobPlace): (JobPlace & { job: unknown })[];
  /** How far the events of some batches are: `waiting` for their record, refused with their batch, and when the last of them was recorded. */
  progressOf(roots: readonly Hex[]): { waiting: number; refused: number; lastAt?: number };
  progress(name: string): string | undefined;
  keepProgress(name: string, value: string): void;
  /** True where nothing was ever written: the catalogue is to be rebuilt from the store. */
  isEmpty(): boolean;
  close(): void;
}

const DOCUMENT_COLUMNS = [
  ...['leaf', 'cid', 'type', 'kind', 'issuer', 'own', 'sha256', 'sm3', 'number', 'number_form', 'lookalike_form', 'credential_id'],
  ...['event_id', 'event_hash', 'event_time', 'biz_step', 'declaration', 'visibility'],
];

/** Opens the catalogue at `path`, and makes it where there is none. */
export function openCatalogue(path: string): Catalogue {
  const database = openDurableDatabase(path, SCHEMA + EVENT_INDEX_SCHEMA);
  const has = (table: string, column: string) =>
    database.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?').get(table, column) !== undefined;
  if (!has('documents', 'visibility')) database.exec(VISIBILITY_COLUMN);
  if (!has('subjects', 'recorded')) inTransaction(database, () => database.exec(RECORDED_COLUMN));
  database.exec(AFTER_COLUMNS);
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const sql = (text: string) => {
    const statement = prepared.get(text) ?? database.prepare(text);
    prepared.set(text, statement);
    return statement;
  };
  const atOnce = (work: () => void) => inTransaction(database, work);
  // What is read of events can be read again: its rows and how far they are go together.
  const derivedAtOnce = (work: () => void) => inTransactionOfDerived(database, work);
  const { await: awaitRecord, ...recorded } = openRecordedEvents(database, sql, atOnce);
  const progress: Pick<Catalogue, 'progress' | 'keepProgress'> = {
    progress: (name) => sql('SELECT value FROM progress WHERE name = ?').get(name)?.value as string | undefined,
    keepProgress: (name, value) => void sql('INSERT OR REPLACE INTO progress VALUES (?, ?)').run(name, value),
  };
  const documentsWhere = (condition: string, ...values: Value[]) =>
    sql(`SELECT * FROM documents WHERE ${condition}`)
      .all(...values)
      .map(documentOf);
  const documentsSeen = (view: View, [where, ...values]: Clause, [order, ...last]: Clause = MOST_FOUND) =>
    documentsWhere(`${where}${view === 'ALL' ? '' : ` AND ${SEEN}`} ${order}`, ...values, ...seenBy(view), ...last);
  const addDocument = (document: CatalogueDocument) => {
    const row = rowOf(document);
    sql(
      `INSERT INTO documents (${DOCUMENT_COLUMNS}) VALUES (${DOCUMENT_COLUMNS.map(() => '?')}) ON CONFLICT (leaf) DO UPDATE SET cid = excluded.cid, own = excluded.own, ${STRICTER} WHERE excluded.own >= own`,
    ).run(...DOCUMENT_COLUMNS.map((column) => row[column] ?? null));
    sql('INSERT INTO records VALUES (?, ?) ON CONFLICT DO NOTHING').run(recordId(document.issuer, document.leaf), document.leaf);
    sql('DELETE FROM sealed WHERE leaf = ?').run(document.leaf);
  };
  const releasesWhere = (condition: string, ...values: (string | number)[]) =>
    sql(`SELECT leaf, cid, releaser, receiver FROM releases WHERE ${condition} ORDER BY leaf`)
      .all(...values)
      .map(({ leaf, cid, releaser, receiver }) => ({ leaf, cid, by: releaser, to: receiver }) as CatalogueRelease);
  const addSubject = (subject: BodySubject): CatalogueSubject => {
    const key = subjectKey(subject.id, subject.salt);
    const { gtin = null, lot = null, serial = null, sscc = null } = productKeys(subject.id);
    sql('INSERT INTO subjects VALUES (?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING').run(
      key,
      subject.id,
      subject.salt,
      gtin,
      lot,
      serial,
      sscc,
    );
    return { key, ...subject };
  };
  const addBatch = ({ root, cid, size, slug, settled, leaves }: CatalogueBatch & { leaves: readonly Hex[] }) => {
    const added = sql('INSERT INTO batches VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING').run(
      root,
      cid,
      size,
      slug ?? null,
      Number(settled),
    );
    if (added.changes === 0) return;
    const insert = sql('INSERT INTO batch_leaves VALUES (?, ?, ?)');
    leaves.forEach((leaf, position) => {
      insert.run(root, position, leaf);
    });
  };
  return {
    ...recorded,
    ...openNamedQueries(sql, atOnce),
    ...openEventIndex(sql, derivedAtOnce, () => recorded.news.emit('indexed')),
    document: (leaf) => documentsWhere('leaf = ?', leaf)[0],
    documentOfRecord: (id) => documentsWhere('leaf = (SELECT leaf FROM records WHERE id = ?)', id)[0],
    add(documents, subjects, batch) {
      atOnce(() => {
        documents.forEach(addDocument);
        awaitRecord(documents.filter(({ type }) => type === 'event').map(({ leaf }) => leaf));
        for (const [leaf, named] of subjects) {
          for (const { key } of named.map(addSubject))
            sql('INSERT INTO document_subjects VALUES (?, ?) ON CONFLICT DO NOTHING').run(leaf, key);
        }
        if (batch !== undefined) addBatch(batch);
      });
      recorded.news.emit('waiting');
    },
    byNumber: (kind, number, view) => documentsSeen(view, ['kind = ? AND number_form = ?', kind, lookupForm(number)]),
    lookalikes: (kind, number, view) =>
      documentsSeen(view, ['kind = ? AND lookalike_form = ? AND number_form <> ?', kind, lookalikeForm(number), lookupForm(number)]),
    byFingerprint: (print) => documentsWhere('leaf = ? OR sha256 = ? OR sm3 = ? LIMIT 100', print, print, print),
    byCredentialId: (id, view) => documentsSeen(view, ['credential_id = ?', id]),
    byEvent: ({ id, hash }, view) => documentsSeen(view, id === undefined ? ['event_hash = ?', hash ?? ''] : ['event_id = ?', id]),
    subjects: (id) => sql('SELECT key, id, salt FROM subjects WHERE id = ? ORDER BY rowid').all(id) as unknown as CatalogueSubject[],
    subjectsOfAll: (ids) =>
      sql('SELECT s.key, s.id, s.salt, s.recorded FROM json_each(?) asked CROSS JOIN subjects s ON s.id = asked.value').all(
        JSON.stringify([...new Set(ids)]),
      ) as unknown as (CatalogueSubject & { recorded: number })[],
    subjectOfKey: (key) => sql('SELECT key, id, salt FROM subjects WHERE key = ?').get(key) as unknown as CatalogueSubject | undefined,
    subjectsOf: (leaf) =>
      sql('SELECT key, id, salt FROM subjects JOIN document_subjects USING (key) WHERE leaf = ? ORDER BY key').all(
        leaf,
      ) as unknown as CatalogueSubject[],
    keepSubjects: (subjects) => atOnce(() => subjects.forEach(addSubject)),
    lots: (gtin, { first, after, view }) =>
      sql(
        `SELECT id, lot, max(visibility = 'PUBLIC') AS is_public FROM subjects JOIN document_subjects USING (key) JOIN documents USING (leaf)
         WHERE gtin = ? AND lot > ? ${view === 'ALL' ? '' : `AND ${SEEN}`} GROUP BY id, lot ORDER BY lot LIMIT ?`,
      )
        .all(gtin, after ?? '', ...seenBy(view), first)
        .map(({ id, lot, is_public: isPublic }) => ({ id, lot, isPublic: isPublic === 1 }) as CatalogueLot),
    events: ({ first, after, bizStep, subjects, view }) => {
      const conditions = ["type = 'event'"];
      const values: (string | number)[] = [];
      if (after !== undefined) conditions.push('(event_time, leaf) > (?, ?)') && values.push(after.eventTime, after.leaf);
      if (subjects !== undefined) {
        conditions.push('leaf IN (SELECT leaf FROM document_subjects WHERE key IN (SELECT value FROM json_each(?)))');
        values.push(JSON.stringify(subjects));
      }
      if (bizStep !== undefined) conditions.push('biz_step = ?') && values.push(bizStep);
      return documentsSeen(view, [conditions.join(' AND '), ...values], ['ORDER BY event_time, leaf LIMIT ?', first]);
    },
    documentsOfProduct: (gtin, { first, after, kind, view }) =>
      documentsSeen(
        view,
        [`kind = ifnull(?, kind) AND leaf > ? AND ${NAMING} WHERE gtin = ?)`, kind ?? null, after ?? '', gtin],
        ['ORDER BY leaf LIMIT ?', first],
      ),
    documentsOfSubject: (id, { first, after, view }) =>
      documentsSeen(view, [`leaf > ? AND ${NAMING} WHERE id = ?)`, after ?? '', id], ['ORDER BY leaf LIMIT ?', first]),
    doubtful: (kind, { first, after, view, own }) =>
      documentsSeen(
        view,
        ["visibility = 'DOMESTIC' AND kind = ? AND leaf > ? AND own <= ? AND issuer <> ?", kind, after ?? '', Number(own), issuerOf(view)],
        ['ORDER BY leaf LIMIT ?', first],
      ),
    countOutside(kind, view) {
      const kept =
        view === 'ALL'
          ? undefined
          : sql(`SELECT count(*) AS count FROM documents WHERE kind = ? AND NOT ${SEEN}`).get(kind, ...seenBy(view));
      const sealed = sql('SELECT count(*) AS count FROM sealed WHERE kind = ?').get(kind);
      return Number(kept?.count ?? 0) + Number(sealed?.count ?? 0);
    },
    batch: (root) => batchOf(sql('SELECT * FROM batches WHERE root = ?').get(root)),
    leavesOf: (root) =>
      sql('SELECT leaf FROM batch_leaves WHERE root = ? ORDER BY position')
        .all(root)
        .map((row) => row.leaf as Hex),
    placesOf: (leaf) => sql('SELECT root, position FROM batch_leaves WHERE leaf = ?').all(leaf) as unknown as LeafPlace[],
    unsettled: () =>
      sql('SELECT * FROM batches WHERE settled = 0 AND slug IS NOT NULL')
        .all()
        .flatMap((row) => batchOf(row) ?? []),
    settle: (root) => void sql('UPDATE batches SET settled = 1 WHERE root = ?').run(root),
    fail: (root) => void sql('UPDATE batches SET settled = 2 WHERE root = ?').run(root),
    filing: (subject, digest) =>
      sql('SELECT cid FROM filings WHERE subject = ? AND digest = ?').get(subject, digest)?.cid as string | undefined,
    hasFiling: (subject) => sql('SELECT 1 FROM filings WHERE subject = ? LIMIT 1').get(subject) !== undefined,
    keepFiling: (subject, digest, cid) => void sql('INSERT OR REPLACE INTO filings VALUES (?, ?, ?)').run(subject, digest, cid),
    addRelease: ({ leaf, cid, by, to }, documents) =>
      atOnce(() => {
        sql('INSERT OR REPLACE INTO releases VALUES (?, ?, ?, ?)').run(leaf, cid, by, to);
        const insert = sql('INSERT INTO released VALUES (?, ?) ON CONFLICT DO NOTHING');
        for (const document of documents) insert.run(document, leaf);
      }),
    release: (leaf) => releasesWhere('leaf = ?', leaf)[0],
    releasesOf: (document) => releasesWhere('leaf IN (SELECT release FROM released WHERE document = ?)', document),
    releases: (member) => (member === undefined ? releasesWhere('TRUE') : releasesWhere('releaser = ? OR receiver = ?', member, member)),
    documentsOfRelease: (leaf) =>
      sql('SELECT document FROM released WHERE release = ? ORDER BY document')
        .all(leaf)
        .map(({ document }) => document as Hex),
    sealedAt: (leaf) => sql('SELECT checked_at AS at FROM sealed WHERE leaf = ?').get(leaf)?.at as number | undefined,
    seal: (leaf, kind, now) => void sql('INSERT OR REPLACE INTO sealed VALUES (?, ?, ?)').run(leaf, kind, now),
    unseal: (leaf) => void sql('DELETE FROM sealed WHERE leaf = ?').run(leaf),
    job(id) {
      const row = sql('SELECT member, job FROM jobs WHERE id = ?').get(id);
      return row === undefined ? undefined : { member: row.member as number, job: JSON.parse(row.job as string) as unknown };
    },
    keepJob: (id, member, createdAt, job) =>
      void sql('INSERT OR REPLACE INTO jobs VALUES (?, ?, ?, ?)').run(id, member, createdAt, JSON.stringify(job)),
    jobsOf: (member, first, after) =>
      sql(
        'SELECT id, created_at AS createdAt, job FROM jobs WHERE member = ? AND (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT ?',
      )
        .all(member, after?.createdAt ?? '~', after?.id ?? '', first)
        .map(({ id, createdAt, job }) => ({ id: id as string, createdAt: createdAt as string, job: JSON.parse(job as string) as unknown })),
    progressOf(roots) {
      const list = JSON.stringify(roots);
      const { waiting, refused, last } = sql(
        `SELECT count(*) FILTER (WHERE recorded_at IS NULL AND settled <> 2) AS waiting, count(*) FILTER (WHERE recorded_at IS NULL AND settled = 2) AS refused,
           max(recorded_at) AS last
         FROM batches JOIN batch_leaves USING (root) LEFT JOIN recorded_events USING (leaf) WHERE root IN (SELECT value FROM json_each(?))`,
      ).get(list) as { waiting: number; refused: number; last: number | null };
      return { waiting, refused, ...(last !== null && { lastAt: last }) };
    },
    ...progress,
    ...openLineageRows(sql, derivedAtOnce, progress),
    isEmpty: () =>
      sql(
        'SELECT 1 FROM documents UNION ALL SELECT 1 FROM batches UNION ALL SELECT 1 FROM filings UNION ALL SELECT 1 FROM releases UNION ALL SELECT 1 FROM progress LIMIT 1',
      ).get() === undefined,
    close: () => database.close(),
  };
}

// A document's visibility, once stricter, stays so, in whatever order bodies are read: a rebuilt catalogue says the same.
const STRICTER = 'visibility = min(visibility, excluded.visibility)';
const NAMING = 'leaf IN (SELECT leaf FROM document_subjects JOIN subjects USING (key)';

type Value = string | number | null;
/** A piece of SQL and what its question marks stand for. */
type Clause = readonly [sql: string, ...values: Value[]];

const MOST_FOUND: Clause = ['LIMIT 100'];

type Row = Record<string, unknown>;

function rowOf(document: CatalogueDocument): Record<string, string | number | undefined> {
  const { leaf, cid, type, kind, issuer, own, visibility, sha256, sm3, number } = document;
  return {
    ...{ leaf, cid, type, kind, issuer, own: Number(own), visibility, sha256, sm3, number },
    ...(number !== undefined && { number_form: lookupForm(number), lookalike_form: lookalikeForm(number) }),
    ...{ credential_id: document.credentialId, event_id: document.eventId, event_hash: document.eventHash },
    ...{ event_time: document.eventTime, biz_step: document.bizStep, declaration: document.declaration },
  };
}

function documentOf(row: Row): CatalogueDocument {
  const { leaf, cid, type, kind, issuer, visibility, sha256, sm3 } = row as unknown as CatalogueDocument;
  const optional = {
    ...{ number: row.number, credentialId: row.credential_id, eventId: row.event_id, eventHash: row.event_hash },
    ...{ eventTime: row.event_time, bizStep: row.biz_step, declaration: row.declaration },
  };
  const present = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null));
  return { leaf, cid, type, kind, issuer, own: row.own === 1, visibility, sha256, sm3, ...present };
}

function batchOf(row: Row | undefined): CatalogueBatch | undefined {
  if (row === undefined) return undefined;
  const { root, cid, size, slug } = row as unknown as CatalogueBatch & { slug: string | null };
  return { root, cid, size, ...(slug !== null && { slug }), settled: row.settled === 1 };
}
