import type { AlertRow, LotChangeRow, MovementRow, RecallRow } from '../../../../indexer/store/law/safety.ts';
import type { Hex } from '../../../../protocol/encoding/hex.ts';
import { ALERT_GRADE, ALERT_STAGE, MOVEMENT } from '../../../../protocol/law/codes.ts';
import type { LotHalf } from '../../../../protocol/law/words.ts';
import { reasonName, SHORES, type ShoreName, shoreName } from '../../../../protocol/ledger/codes.ts';
import { productKeys } from '../../../../web/render/productKeys.ts';
import { badInput, connectionOf, pageSize, readCursor } from '../../connection.ts';
import type { GraphqlContext } from '../../context.ts';
import { codeName } from '../codeName.ts';
import { memberOf } from '../memberOf.ts';
import { instantOf } from '../scalars.ts';

type Context = GraphqlContext;
interface First {
  first: number;
}
interface Stop extends LotHalf {
  shore: ShoreName;
}

/** What the law adds to a lot. All salts under which this node knows it count: a hold must not be hidden behind another one. */
export const lotLaw = {
  stops: async ({ id }: { id: string }, _: unknown, { node, lots }: Context) => {
    const changes = await lots.loadMany(keysOf(node, id));
    return changes.flatMap((change) => (change === undefined ? [] : stopsOf(thrown(change))));
  },
  alerts: async ({ id }: { id: string }, { first }: First, { node }: Context) => {
    const size = pageSize(first);
    const all = (await Promise.all(keysOf(node, id).map((key) => node.index.safety.alertsOfLot(key)))).flat();
    const once = [...new Map(all.map((alert) => [alert.alert, alert])).values()];
    return once.sort((a, b) => a.sequence - b.sequence).slice(0, size);
  },
  async movements({ id }: { id: string }, { first, after }: First & { after?: string | null }, { node }: Context) {
    const size = pageSize(first);
    const [block, logIndex] = after === undefined || after === null ? [] : (readCursor(after, ['number', 'number']) as [number, number]);
    const place = block === undefined || logIndex === undefined ? {} : { after: { block, logIndex } };
    const pages = await Promise.all(keysOf(node, id).map((key) => node.index.safety.movementsOfLot(key, { first: size, ...place })));
    const rows = pages.flatMap((page) => page.rows).sort((a, b) => a.sequence - b.sequence);
    return connectionOf(
      rows.slice(0, size),
      rows.length > size || pages.some(({ hasNext }) => hasNext),
      (row) => [row.block, row.logIndex],
      (row) => row,
    );
  },
};

/** Fields of what stops a lot for one shore. */
export const LotStop = {
  hold: ({ heldAt, heldBy, reason }: Stop) => (heldAt === 0 ? null : { heldAt, heldBy, reason }),
  recall: ({ recalledAt, recallClass }: Stop) => (recalledAt === 0 ? null : { since: instantOf(recalledAt), class: recallClass }),
};

/** Fields of a hold. */
export const Hold = {
  since: ({ heldAt }: Stop) => instantOf(heldAt),
  by: ({ heldBy }: Stop, _: unknown, context: Context) => memberOf(context, heldBy),
  reason: ({ reason }: Stop) => reasonName(reason) ?? 'NONE',
};

/** Fields of an alert. */
export const Alert = {
  ...stepFields(),
  id: ({ alert }: AlertRow) => alert,
  shore: ({ word }: AlertRow) => shoreName(word.shore),
  grade: ({ word }: AlertRow) => codeName(ALERT_GRADE, word.grade),
  raiser: ({ word }: AlertRow, _: unknown, context: Context) => memberOf(context, word.raiser),
  raisedAt: ({ word }: AlertRow) => instantOf(word.raisedAt),
  lotCount: ({ word }: AlertRow) => word.lots,
  lots: async ({ alert }: AlertRow, { first }: First, { node }: Context) =>
    (await node.index.safety.lotsOfAlert(alert)).slice(0, pageSize(first)),
  openRecalls: ({ word }: AlertRow) => word.recalls,
  recalls: async ({ alert }: AlertRow, { first }: First, { node }: Context) =>
    (await node.index.safety.recallsOf(alert)).slice(0, pageSize(first)),
  steps: async ({ alert }: AlertRow, _: unknown, { node }: Context) => {
    // Opening and closing a recall writes the alert anew in the stage that it has.
    const rows = await node.index.safety.alertSteps(alert);
    return rows.filter(({ word }, index) => word.stage !== rows[index - 1]?.word.stage);
  },
};

/** Fields of a step. */
export const AlertStep = stepFields();

/** Fields of a recall. */
export const Recall = {
  id: ({ recall }: RecallRow) => recall,
  alert: ({ alert }: RecallRow, _: unknown, { node }: Context) => node.index.safety.alert(alert),
  shore: ({ word }: RecallRow) => shoreName(word.shore),
  class: ({ word }: RecallRow) => word.class,
  owner: ({ word }: RecallRow, _: unknown, context: Context) => memberOf(context, word.owner),
  openedAt: ({ word }: RecallRow) => instantOf(word.openedAt),
  startBy: ({ word }: RecallRow) => instantOf(word.startBy),
  completeBy: ({ word }: RecallRow) => instantOf(word.completeBy),
  closedAt: ({ word }: RecallRow) => instantOf(word.closedAt),
};

/** Fields of a movement. */
export const Movement = {
  movement: ({ movement }: MovementRow) => codeName(MOVEMENT, movement),
  by: ({ by }: MovementRow, _: unknown, context: Context) => memberOf(context, by),
};

/** The id of an alert or recall, as asked for. @throws GraphQLError `BAD_ARGUMENTS` */
export function safetyId(text: string): Hex {
  const id = text.toLowerCase();
  if (/^0x[0-9a-f]{64}$/.test(id)) return id as Hex;
  throw badInput('BAD_ARGUMENTS', 'an id is 0x and 64 hex digits');
}

/** Names of the lot of a product behind an identifier; undefined where it is none. */
export function lotNames(id: string): { gtin: string; lot: string } | undefined {
  const { gtin, lot } = productKeys(id);
  return gtin === undefined || lot === undefined ? undefined : { gtin, lot };
}

function stepFields() {
  return {
    stage: ({ word }: AlertRow) => codeName(ALERT_STAGE, word.stage),
    owner: ({ word }: AlertRow, _: unknown, context: Context) => memberOf(context, word.owner),
    changedAt: ({ word }: AlertRow) => instantOf(word.changedAt),
    dueAt: ({ word }: AlertRow) => instantOf(word.dueAt),
  };
}

function stopsOf({ word }: LotChangeRow): Stop[] {
  return SHORES.map((shore) => ({ shore, ...word[shore] })).filter(({ heldAt, recalledAt }) => heldAt !== 0 || recalledAt !== 0);
}

function keysOf(node: Context['node'], id: string): Hex[] {
  return node.catalogue.subjects(id).map(({ key }) => key);
}

function thrown<Value>(value: Value | Error): Value {
  if (value instanceof Error) throw value;
  return value;
}
