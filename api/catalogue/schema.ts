/**
 * The catalogue: where each body is and under what it can be found. All but `jobs`, `sealed`, `named_queries` and `subscriptions` can be made again from the document store (`rebuild.ts`).
 * Numbers are kept beside their lookup form, under which they are found; what is answered is the stored one.
 */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS documents (
    leaf TEXT PRIMARY KEY, cid TEXT NOT NULL, type TEXT NOT NULL, kind INTEGER NOT NULL, issuer INTEGER NOT NULL, own INTEGER NOT NULL,
    sha256 TEXT NOT NULL, sm3 TEXT NOT NULL, number TEXT, number_form TEXT, lookalike_form TEXT, credential_id TEXT,
    event_id TEXT, event_hash TEXT, event_time INTEGER, biz_step TEXT, declaration TEXT, visibility TEXT NOT NULL DEFAULT 'PUBLIC'
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS documents_by_number ON documents (kind, number_form);
  CREATE INDEX IF NOT EXISTS documents_by_lookalike ON documents (kind, lookalike_form);
  CREATE INDEX IF NOT EXISTS documents_by_sha256 ON documents (sha256);
  CREATE INDEX IF NOT EXISTS documents_by_sm3 ON documents (sm3);
  CREATE INDEX IF NOT EXISTS documents_by_credential ON documents (credential_id) WHERE credential_id IS NOT NULL;
  CREATE INDEX IF NOT EXISTS documents_by_event ON documents (event_id) WHERE event_id IS NOT NULL;
  CREATE INDEX IF NOT EXISTS documents_by_event_hash ON documents (event_hash) WHERE event_hash IS NOT NULL;
  CREATE INDEX IF NOT EXISTS events_by_step ON documents (biz_step, event_time, leaf) WHERE type = 'event';
  CREATE INDEX IF NOT EXISTS events ON documents (event_time, leaf) WHERE type = 'event';

  CREATE TABLE IF NOT EXISTS records (id TEXT PRIMARY KEY, leaf TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS subjects (
    key TEXT PRIMARY KEY, id TEXT NOT NULL, salt TEXT NOT NULL, gtin TEXT, lot TEXT, serial TEXT, sscc TEXT, recorded INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX IF NOT EXISTS subjects_by_id ON subjects (id);
  CREATE INDEX IF NOT EXISTS subjects_by_gtin ON subjects (gtin, lot) WHERE gtin IS NOT NULL;
  CREATE TABLE IF NOT EXISTS document_subjects (leaf TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (key, leaf)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS subjects_of_document ON document_subjects (leaf);

  CREATE TABLE IF NOT EXISTS batches (root TEXT PRIMARY KEY, cid TEXT NOT NULL, size INTEGER NOT NULL, slug TEXT, settled INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS batches_unsettled ON batches (slug) WHERE settled = 0;
  CREATE TABLE IF NOT EXISTS batch_leaves (root TEXT NOT NULL, position INTEGER NOT NULL, leaf TEXT NOT NULL, PRIMARY KEY (root, position)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS batches_of_leaf ON batch_leaves (leaf);

  CREATE TABLE IF NOT EXISTS recorded_events (seq INTEGER PRIMARY KEY, leaf TEXT NOT NULL UNIQUE, recorded_at INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS waiting_events (leaf TEXT PRIMARY KEY, tries INTEGER NOT NULL, due INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS waiting_by_due ON waiting_events (due);
  CREATE TABLE IF NOT EXISTS lineage_events (seq INTEGER PRIMARY KEY, event TEXT);

  CREATE TABLE IF NOT EXISTS filings (subject TEXT NOT NULL, digest TEXT NOT NULL, cid TEXT NOT NULL, PRIMARY KEY (subject, digest)) WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS releases (leaf TEXT PRIMARY KEY, cid TEXT NOT NULL, releaser INTEGER NOT NULL, receiver INTEGER) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS released (document TEXT NOT NULL, release TEXT NOT NULL, PRIMARY KEY (document, release)) WITHOUT ROWID;

  DROP TABLE IF EXISTS withheld;
  CREATE TABLE IF NOT EXISTS sealed (leaf TEXT PRIMARY KEY, kind INTEGER NOT NULL, checked_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS jobs (id TEXT PRIMARY KEY, member INTEGER NOT NULL, created_at TEXT NOT NULL, job TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS jobs_of_member ON jobs (member, created_at, id);
  CREATE TABLE IF NOT EXISTS named_queries (name TEXT PRIMARY KEY, member INTEGER NOT NULL, created_at TEXT NOT NULL, query TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS subscriptions (
    id TEXT PRIMARY KEY, query TEXT NOT NULL, member INTEGER NOT NULL, terms TEXT NOT NULL, state TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS subscriptions_of_query ON subscriptions (query, id);
  CREATE TABLE IF NOT EXISTS progress (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;

/** What a catalogue of a former version lacks. All that it holds is public: there was nothing else. */
export const VISIBILITY_COLUMN = "ALTER TABLE documents ADD COLUMN visibility TEXT NOT NULL DEFAULT 'PUBLIC'";

/** The same of `subjects.recorded`, counted once for what is there. */
export const RECORDED_COLUMN = `
  ALTER TABLE subjects ADD COLUMN recorded INTEGER NOT NULL DEFAULT 0;
  UPDATE subjects SET recorded = (SELECT count(*) FROM document_subjects d JOIN documents USING (leaf) JOIN recorded_events USING (leaf)
    WHERE d.key = subjects.key AND visibility = 'PUBLIC');
`;

const IS_PUBLIC = "EXISTS (SELECT 1 FROM documents WHERE leaf = NEW.leaf AND visibility = 'PUBLIC')";
const IS_RECORDED = 'EXISTS (SELECT 1 FROM recorded_events WHERE leaf = NEW.leaf)';
const NAMED = 'key IN (SELECT key FROM document_subjects WHERE leaf = NEW.leaf)';

/**
 * What needs those columns. The few documents that are not public are found without a look at the others. `subjects.recorded` counts the public events that name a
 * subject and that the ledger holds, whichever of the two is known first: an answer of a thousand goods compares it with the ledger's own count of each.
 */
export const AFTER_COLUMNS = `
  CREATE INDEX IF NOT EXISTS documents_at_home ON documents (kind, leaf) WHERE visibility = 'DOMESTIC';
  CREATE TRIGGER IF NOT EXISTS count_recorded AFTER INSERT ON recorded_events WHEN ${IS_PUBLIC}
    BEGIN UPDATE subjects SET recorded = recorded + 1 WHERE ${NAMED}; END;
  CREATE TRIGGER IF NOT EXISTS count_named AFTER INSERT ON document_subjects WHEN ${IS_PUBLIC} AND ${IS_RECORDED}
    BEGIN UPDATE subjects SET recorded = recorded + 1 WHERE key = NEW.key; END;
  CREATE TRIGGER IF NOT EXISTS count_document AFTER INSERT ON documents WHEN NEW.visibility = 'PUBLIC' AND ${IS_RECORDED}
    BEGIN UPDATE subjects SET recorded = recorded + 1 WHERE ${NAMED}; END;
  CREATE TRIGGER IF NOT EXISTS count_visibility AFTER UPDATE OF visibility ON documents WHEN OLD.visibility <> NEW.visibility AND ${IS_RECORDED}
    BEGIN UPDATE subjects SET recorded = recorded + (NEW.visibility = 'PUBLIC') - (OLD.visibility = 'PUBLIC') WHERE ${NAMED}; END;
`;
