/**
 * The index of recorded events: what they say, as terms and numbers of `eventFacts`, with the times of their events, so that each term has its events in the
 * order of either time. Made again from the bodies when `EVENT_INDEX` changes, or is lost.
 */
export const EVENT_INDEX_SCHEMA = `
  CREATE TABLE IF NOT EXISTS indexed_events (seq INTEGER PRIMARY KEY, leaf TEXT NOT NULL, event_time INTEGER NOT NULL, record_time INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS indexed_by_event_time ON indexed_events (event_time, seq);
  CREATE INDEX IF NOT EXISTS indexed_by_record_time ON indexed_events (record_time, seq);
  CREATE TABLE IF NOT EXISTS event_terms (id INTEGER PRIMARY KEY, name TEXT NOT NULL, term TEXT NOT NULL, UNIQUE (name, term));
  CREATE TABLE IF NOT EXISTS postings (
    term_id INTEGER NOT NULL, event_time INTEGER NOT NULL, seq INTEGER NOT NULL, record_time INTEGER NOT NULL, PRIMARY KEY (term_id, event_time, seq)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS postings_by_record_time ON postings (term_id, record_time, seq);
  CREATE INDEX IF NOT EXISTS postings_of_event ON postings (seq, term_id);
  CREATE TABLE IF NOT EXISTS event_numbers (name TEXT NOT NULL, number REAL NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (name, number, seq)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS numbers_of_event ON event_numbers (seq, name, number);
`;

/** Under this name the catalogue keeps how far the index is; another number at its end makes it anew. */
export const EVENT_INDEX = 'event-index/1';
