import type { CompanionRow } from '../../../../indexer/store/rows.ts';
import { ACTION, ALERT_STAGE, type AlertStageName, COMPANION_KIND, type CompanionKindName } from '../../../../protocol/law/codes.ts';
import { isPaused } from '../../../../protocol/law/words.ts';
import { SHORE, type ShoreName } from '../../../../protocol/ledger/codes.ts';
import { findFiling } from '../../../filings/findFiling.ts';
import { connectionOf, pageOfAll, pageSize, readCursor } from '../../connection.ts';
import type { GraphqlContext } from '../../context.ts';
import { codeName } from '../codeName.ts';
import { instantOf } from '../scalars.ts';
import { judgeReport } from './judgement.ts';
import { profilesOf } from './limitProfiles.ts';
import { safetyId } from './safety.ts';

type Context = GraphqlContext;
interface PageArguments {
  first: number;
  after?: string | null;
}

/** The ways into the law. */
export const lawQueries = {
  regimes: (_: unknown, __: unknown, { node }: Context) => node.index.origin.regimes(),
  companions: async (_: unknown, __: unknown, { node }: Context) => {
    const rows = await node.index.companions();
    return rows.map((row) => ({ ...row, isNewest: row === rows.findLast(({ state }) => state.kind === row.state.kind) }));
  },
  panels: async (_: unknown, page: PageArguments, { node }: Context) =>
    pageOfAll(await node.index.laboratories.panels(), page, ['number'] as const, ({ panel }) => [panel]),
  limitProfiles: async (_: unknown, { shore, ...page }: PageArguments & { shore?: ShoreName | null }, { node }: Context) =>
    pageOfAll(await profilesOf(node, shore ?? undefined), page, ['number', 'number'] as const, (row) => [row.shore, row.profile]),
  arrangements: async (_: unknown, page: PageArguments, { node }: Context) =>
    pageOfAll(await node.index.laboratories.arrangements(), page, ['number'] as const, ({ arrangement }) => [arrangement]),
  arrangement: (_: unknown, { number }: { number: number }, { node }: Context) => node.index.laboratories.arrangement(number),
  async alerts(
    _: unknown,
    { first, after, shore, stage }: PageArguments & { shore?: ShoreName | null; stage?: AlertStageName | null },
    { node }: Context,
  ) {
    const [block, logIndex] = after === undefined || after === null ? [] : (readCursor(after, ['number', 'number']) as [number, number]);
    const place = block === undefined || logIndex === undefined ? {} : { after: { block, logIndex } };
    const filter = { ...(shore && { shore: SHORE[shore] }), ...(stage && { stage: ALERT_STAGE[stage] }) };
    const page = await node.index.safety.alerts({ first: pageSize(first), ...place }, filter);
    return connectionOf(
      page.rows,
      page.hasNext,
      (row) => [row.block, row.logIndex],
      (row) => row,
    );
  },
  alert: (_: unknown, { id }: { id: string }, { node }: Context) => node.index.safety.alert(safetyId(id)),
  recall: (_: unknown, { id }: { id: string }, { node }: Context) => node.index.safety.recall(safetyId(id)),
  filing: (_: unknown, { id }: { id: string }, { node }: Context) => findFiling(node, id),
  judge: judgeReport,
};

/** Fields of a contract beside the ledger. */
export const Companion = {
  address: ({ companion }: CompanionRow) => companion,
  kind: ({ state }: CompanionRow) => codeName(COMPANION_KIND, state.kind),
  version: ({ state }: CompanionRow) => state.version,
  addedAt: ({ state }: CompanionRow) => instantOf(state.addedAt),
  paused: ({ state }: CompanionRow) => {
    const kind = codeName(COMPANION_KIND, state.kind) as CompanionKindName | null;
    const actions: Record<string, number> = kind === null ? {} : ACTION[kind];
    return Object.entries(actions).flatMap(([name, action]) => (isPaused(state, action) ? [name] : []));
  },
};
