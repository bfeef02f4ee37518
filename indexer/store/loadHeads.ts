import type pg from 'pg';
import type { Heads } from '../project/heads.ts';
import type { NeededHeads } from '../project/project.ts';

/** Adds to `heads` those needed that it lacks, from the projection in `schema`. */
export async function loadHeads(client: pg.Client, schema: string, { issuers, subjects, lots }: NeededHeads, heads: Heads): Promise<void> {
  const lackedIssuers = issuers.filter((issuer) => heads.issuer(issuer) === undefined);
  if (lackedIssuers.length > 0) {
    const { rows } = await client.query<{ issuer: string; head: Buffer }>(
      `select i.issuer, newest.issuer_head as head from unnest($1::bigint[]) as i(issuer)
       cross join lateral (select issuer_head from ${schema}.record where issuer = i.issuer order by block desc, log_index desc limit 1) newest`,
      [lackedIssuers],
    );
    for (const { issuer, head } of rows) heads.setIssuer(Number(issuer), head);
  }
  const lackedSubjects = subjects.filter((subject) => heads.subject(subject) === undefined);
  for (const { key, head } of await newestHeads(client, `${schema}.subject_entry`, 'subject', lackedSubjects)) heads.setSubject(key, head);
  const lackedLots = lots.filter((lot) => heads.lot(lot) === undefined);
  for (const { key, head } of await newestHeads(client, `${schema}.lot_change`, 'lot', lackedLots)) heads.setLot(key, head);
}

/** The newest heads of histories whose entries have positions. */
async function newestHeads(
  client: pg.Client,
  table: string,
  column: string,
  keys: readonly Buffer[],
): Promise<{ key: Buffer; head: Buffer }[]> {
  if (keys.length === 0) return [];
  const { rows } = await client.query<{ key: Buffer; head: Buffer }>(
    `select k.key, newest.head from unnest($1::bytea[]) as k(key)
     cross join lateral (select head from ${table} where ${column} = k.key order by position desc limit 1) newest`,
    [keys],
  );
  return rows;
}
