import type { Hex } from '../../../protocol/encoding/hex.ts';
import { type AlertWord, decodeAlert, decodeLot, decodeRecall, type LotWord, type RecallWord } from '../../../protocol/law/words.ts';
import type { EventRow, Page, PageRequest } from '../rows.ts';
import { bytes, hexOf, hexOrNull, MOST_ROWS, type PlaceRecord, paged, pageOf, placeOf, type Select, wordOf } from '../select.ts';

/** An alert as it stands now, or after one of its steps. */
export interface AlertRow extends EventRow {
  readonly alert: Hex;
  /** Digest of the paper of its last step. */
  readonly evidence: Hex;
  readonly word: AlertWord;
}

/** A recall as it stands now; its place is that of its opening. */
export interface RecallRow extends EventRow {
  readonly recall: Hex;
  readonly alert: Hex;
  /** Digest of the order, or once it is closed of the report on it. */
  readonly evidence: Hex;
  readonly word: RecallWord;
}

/** A change of what stops a lot; the newest is the state of the lot. */
export interface LotChangeRow extends EventRow {
  readonly lot: Hex;
  /** Recall that caused it; null: a hold. */
  readonly cause: Hex | null;
  /** Number of the member that did it. */
  readonly by: number;
  readonly reason: number;
  /** Number of the change in the lot's history, from 1. */
  readonly position: number;
  /** Head of the lot's history after it. */
  readonly head: Hex;
  /** What stops the lot after it. */
  readonly word: LotWord;
}

/** A release or a write-off of a lot. */
export interface MovementRow extends EventRow {
  readonly lot: Hex;
  /** Salted commitment to the declaration or list. */
  readonly document: Hex;
  /** Code of `MOVEMENT`. */
  readonly movement: number;
  /** Number of the member that did it. */
  readonly by: number;
}

/** Which alerts are asked for. */
export interface AlertFilter {
  readonly shore?: number;
  /** Stage in which they are now. */
  readonly stage?: number;
}

/** Alerts, recalls, and what stops lots. */
export interface SafetyReader {
  /** The alert as it stands now; its place is that of its raising. */
  alert(alert: Hex): Promise<AlertRow | undefined>;
  /** Alerts as they stand now, in the order in which they were raised. */
  alerts(page: PageRequest, filter?: AlertFilter): Promise<Page<AlertRow>>;
  /** Alerts that name a lot, in the order in which they did. */
  alertsOfLot(lot: Hex): Promise<AlertRow[]>;
  /** The alert after each of its steps, oldest first; the places are those of the steps. */
  alertSteps(alert: Hex): Promise<AlertRow[]>;
  /** Lots that an alert names, in its order. */
  lotsOfAlert(alert: Hex): Promise<Hex[]>;
  recall(recall: Hex): Promise<RecallRow | undefined>;
  /** Recalls of an alert, oldest first. */
  recallsOf(alert: Hex): Promise<RecallRow[]>;
  /** What stops a lot now; undefined: nothing ever did. */
  lot(lot: Hex): Promise<LotChangeRow | undefined>;
  /** Many lots at once, in the order asked. */
  lots(lots: readonly Hex[]): Promise<(LotChangeRow | undefined)[]>;
  /** All that stopped a lot, oldest first. */
  lotChanges(lot: Hex, page: PageRequest): Promise<Page<LotChangeRow>>;
  /** Releases and write-offs of a lot, oldest first. */
  movementsOfLot(lot: Hex, page: PageRequest): Promise<Page<MovementRow>>;
  /** What a declaration or list moved, in its order. */
  movementsOfDocument(document: Hex, page: PageRequest): Promise<Page<MovementRow>>;
}

// The first row of an alert raised it: a later one may have the very same word, when its first recall was opened and closed.
const ALERT = `select raised.block, raised.log_index, raised.sequence, raised.alert, newest.evidence, newest.word from projection.alert raised
  cross join lateral (select stage, evidence, word from projection.alert where alert = raised.alert order by block desc, log_index desc limit 1) newest
  where not exists (select 1 from projection.alert earlier
    where earlier.alert = raised.alert and (earlier.block, earlier.log_index) < (raised.block, raised.log_index))`;
const RECALL = `select opened.block, opened.log_index, opened.sequence, opened.recall, opened.alert, newest.evidence, newest.word from projection.recall opened
  cross join lateral (select evidence, word from projection.recall where recall = opened.recall order by block desc, log_index desc limit 1) newest
  where not exists (select 1 from projection.recall earlier
    where earlier.recall = opened.recall and (earlier.block, earlier.log_index) < (opened.block, opened.log_index))`;

/** Reads alerts, recalls, and what stops lots. */
export function readSafety(select: Select): SafetyReader {
  const reader: SafetyReader = {
    async alert(alert) {
      const rows = await select<AlertRecord>('alert', `${ALERT} and raised.alert = $1`, [bytes(alert)]);
      return rows.map(readAlert)[0];
    },

    async alerts(page, { shore, stage } = {}) {
      const { block, logIndex, limit } = pageOf(page);
      const rows = await select<AlertRecord>(
        'alerts',
        `${ALERT} and (raised.block, raised.log_index) > ($1, $2)
         and ($4::smallint is null or raised.shore = $4) and ($5::smallint is null or newest.stage = $5)
         order by raised.block, raised.log_index limit $3`,
        [block, logIndex, limit, shore ?? null, stage ?? null],
      );
      return paged(rows, readAlert, limit);
    },

    async alertsOfLot(lot) {
      const rows = await select<AlertRecord>(
        'alertsOfLot',
        `${ALERT} and raised.alert = any(select alert from projection.alert_lot where lot = $1)
         order by raised.block, raised.log_index limit ${MOST_ROWS}`,
        [bytes(lot)],
      );
      return rows.map(readAlert);
    },

    async alertSteps(alert) {
      const rows = await select<AlertRecord>(
        'alertSteps',
        `select * from projection.alert where alert = $1 order by block, log_index limit ${MOST_ROWS}`,
        [bytes(alert)],
      );
      return rows.map(readAlert);
    },

    async lotsOfAlert(alert) {
      const rows = await select<{ lot: Buffer }>(
        'lotsOfAlert',
        `select lot from projection.alert_lot where alert = $1 order by block, log_index limit ${MOST_ROWS}`,
        [bytes(alert)],
      );
      return rows.map(({ lot }) => hexOf(lot));
    },

    async recall(recall) {
      const rows = await select<RecallRecord>('recall', `${RECALL} and opened.recall = $1`, [bytes(recall)]);
      return rows.map(readRecall)[0];
    },

    async recallsOf(alert) {
      const rows = await select<RecallRecord>(
        'recallsOf',
        `${RECALL} and opened.alert = $1 order by opened.block, opened.log_index limit ${MOST_ROWS}`,
        [bytes(alert)],
      );
      return rows.map(readRecall);
    },

    async lot(lot) {
      return (await reader.lots([lot]))[0];
    },

    async lots(lots) {
      const rows = await select<LotChangeRecord>(
        'lots',
        `select newest.* from unnest($1::bytea[]) as asked(lot)
         cross join lateral (select * from projection.lot_change where lot = asked.lot order by position desc limit 1) newest`,
        [lots.map(bytes)],
      );
      const found = new Map(rows.map((row) => [hexOf(row.lot), readLotChange(row)]));
      return lots.map((lot) => found.get(lot));
    },

    async lotChanges(lot, page) {
      const { block, logIndex, limit } = pageOf(page);
      const rows = await select<LotChangeRecord>(
        'lotChanges',
        'select * from projection.lot_change where lot = $1 and (block, log_index) > ($2, $3) order by position limit $4',
        [bytes(lot), block, logIndex, limit],
      );
      return paged(rows, readLotChange, limit);
    },

    async movementsOfLot(lot, page) {
      const { block, logIndex, limit } = pageOf(page);
      const rows = await select<MovementRecord>(
        'movementsOfLot',
        'select * from projection.movement where lot = $1 and (block, log_index) > ($2, $3) order by block, log_index limit $4',
        [bytes(lot), block, logIndex, limit],
      );
      return paged(rows, readMovement, limit);
    },

    async movementsOfDocument(document, page) {
      const { block, logIndex, limit } = pageOf(page);
      const rows = await select<MovementRecord>(
        'movementsOfDocument',
        'select * from projection.movement where document = $1 and (block, log_index) > ($2, $3) order by block, log_index limit $4',
        [bytes(document), block, logIndex, limit],
      );
      return paged(rows, readMovement, limit);
    },
  };
  return reader;
}

interface AlertRecord extends PlaceRecord {
  alert: Buffer;
  evidence: Buffer;
  word: Buffer;
}

interface RecallRecord extends PlaceRecord {
  recall: Buffer;
  alert: Buffer;
  evidence: Buffer;
  word: Buffer;
}

interface LotChangeRecord extends PlaceRecord {
  lot: Buffer;
  cause: Buffer | null;
  by: string;
  reason: number;
  position: number;
  head: Buffer;
  word: Buffer;
}

interface MovementRecord extends PlaceRecord {
  lot: Buffer;
  document: Buffer;
  movement: number;
  by: string;
}

function readAlert(row: AlertRecord): AlertRow {
  return { ...placeOf(row), alert: hexOf(row.alert), evidence: hexOf(row.evidence), word: decodeAlert(wordOf(row.word)) };
}

function readRecall(row: RecallRecord): RecallRow {
  const { recall, alert, evidence, word } = row;
  return { ...placeOf(row), recall: hexOf(recall), alert: hexOf(alert), evidence: hexOf(evidence), word: decodeRecall(wordOf(word)) };
}

function readLotChange(row: LotChangeRecord): LotChangeRow {
  const { lot, cause, by, reason, position, head, word } = row;
  return {
    ...placeOf(row),
    ...{ lot: hexOf(lot), cause: hexOrNull(cause), by: Number(by), reason, position, head: hexOf(head) },
    word: decodeLot(wordOf(word)),
  };
}

function readMovement(row: MovementRecord): MovementRow {
  const { lot, document, movement, by } = row;
  return { ...placeOf(row), lot: hexOf(lot), document: hexOf(document), movement, by: Number(by) };
}
