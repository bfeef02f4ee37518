import type { Hex } from '../../protocol/encoding/hex.ts';
import type { EventRow } from './rows.ts';
import { hexOf, type PlaceRecord, placeOf, type Select } from './select.ts';
import type { CheckpointWatch } from './watchCheckpoints.ts';

/** What a hint is about: `id` is that of an alert, a lot, a record, or a certificate. */
export type HintAbout = 'ALERT' | 'LOT' | 'STATUS' | 'CONSUMPTION';

/** That something was indexed which somebody may wait for. What it is now is asked of the readers. */
export interface Hint extends EventRow {
  readonly about: HintAbout;
  readonly id: Hex;
}

const HINTS_AT_ONCE = 500;
const LOOK_AGAIN_MS = 1_000;
const SOURCES: readonly (readonly [about: HintAbout, table: string, id: string])[] = [
  ['ALERT', 'alert', 'alert'],
  ['LOT', 'lot_change', 'lot'],
  ['STATUS', 'status_change', 'id'],
  ['CONSUMPTION', 'consumption', 'certificate'],
];

// From the block of the first number asked for on, which the primary keys serve: numbers and places have the same order.
const HINTS = `with since as (select coalesce((select number from chain.block where sequence <= $1 order by number desc limit 1), 0) as block)
  select * from (${SOURCES.map(
    ([about, table, id]) => `(select '${about}' as about, block, log_index, sequence, ${id} as id from projection.${table}
      where block >= (select block from since) and sequence > $1 order by block, log_index limit $2)`,
  ).join(' union all ')}) hint order by block, log_index limit $2`;

// A writer that takes blocks back says in its alarm after which number: what comes then under the same numbers is news.
const POSITION = `select c.sequence, coalesce(max(a.id), 0) as alarm, min((a.facts->>'keptSequence')::bigint) as kept
  from chain.checkpoint c left join chain.alarm a on a.id > $1 group by c.sequence`;

interface PositionRecord {
  sequence: string;
  alarm: string;
  kept: string | null;
}

interface HintRecord extends PlaceRecord {
  about: HintAbout;
  id: Buffer;
}

/**
 * Tells in order, as they are indexed, alerts, changes of lots, changes of status and consumptions after event number `after`; ends with `signal`. What
 * blocks held that were taken back is told again as it is written again: a hint may come twice, and none is left out.
 */
export async function* watchHints(select: Select, watch: CheckpointWatch, after: number, signal: AbortSignal): AsyncGenerator<Hint> {
  let told = after;
  let alarm = await newestAlarm(select);
  while (!signal.aborted) {
    const news = watch.next(LOOK_AGAIN_MS);
    const [position] = await select<PositionRecord>('hintPosition', POSITION, [alarm]);
    if (position !== undefined) {
      alarm = Math.max(alarm, Number(position.alarm));
      if (position.kept !== null) told = Math.min(told, Number(position.kept));
    }
    const reached = Number(position?.sequence ?? 0);
    const hints = reached > told ? await select<HintRecord>('hints', HINTS, [told, HINTS_AT_ONCE]) : [];
    for (const hint of hints) {
      if (signal.aborted) return;
      told = Number(hint.sequence);
      yield { ...placeOf(hint), about: hint.about, id: hexOf(hint.id) };
    }
    if (hints.length === HINTS_AT_ONCE) continue;
    told = Math.max(told, reached);
    await news;
  }
}

async function newestAlarm(select: Select): Promise<number> {
  const [row] = await select<{ id: string | null }>('newestAlarm', 'select max(id) as id from chain.alarm', []);
  return Number(row?.id ?? 0);
}
