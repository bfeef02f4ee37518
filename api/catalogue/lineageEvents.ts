import type { StatementSync } from 'node:sqlite';

/** A recorded event as lineage reads it: JSON text; undefined where the body could not be read. */
export interface LineageRow {
  /** Its place among the recorded events. */
  seq: number;
  event: string | undefined;
}

/** What lineage reads of the recorded events, kept so that a start need not open every body again. */
export interface LineageRows {
  /** Rows after a place, in order. */
  lineageRows(afterSeq: number, limit: number): LineageRow[];
  keepLineageRows(rows: readonly LineageRow[]): void;
  /** Drops all rows that were kept in another form. */
  startLineage(form: string): void;
}

type Sql = (text: string) => StatementSync;

const FORM = 'lineage/form';

/** The statements of lineage rows. */
export function openLineageRows(
  sql: Sql,
  atOnce: (work: () => void) => void,
  progress: { progress(name: string): string | undefined; keepProgress(name: string, value: string): void },
): LineageRows {
  return {
    lineageRows: (afterSeq, limit) =>
      sql('SELECT seq, event FROM lineage_events WHERE seq > ? ORDER BY seq LIMIT ?')
        .all(afterSeq, limit)
        .map(({ seq, event }) => ({ seq: seq as number, event: (event as string | null) ?? undefined })),
    keepLineageRows: (rows) =>
      atOnce(() => {
        for (const { seq, event } of rows) sql('INSERT INTO lineage_events VALUES (?, ?) ON CONFLICT DO NOTHING').run(seq, event ?? null);
      }),
    startLineage(form) {
      if (progress.progress(FORM) === form) return;
      atOnce(() => {
        sql('DELETE FROM lineage_events').run();
        progress.keepProgress(FORM, form);
      });
    },
  };
}
