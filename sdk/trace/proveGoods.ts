import { type AccountableStep, accountableParties } from '../../protocol/lineage/accountableParties.ts';
import type { GoodsStanding } from '../../protocol/lineage/goodsStanding.ts';
import { type RecallScope, recallScope } from '../../protocol/lineage/recallScope.ts';
import type { Answer } from '../../protocol/verdict/verdict.ts';
import { SdkError } from '../errors.ts';
import type { NodeClient } from '../node/client.ts';
import { checkAsked, identifierIn } from './goodsAsked.ts';
import { type Doubt, type LineageWalk, type Omission, type ProvenLineage, proveLineage, type RejectedHistory } from './proveLineage.ts';

/** What an answer that was worked out from proven histories stands on. */
export interface Proof {
  /** INVALID: histories were left out or are not what the ledger counts. CANNOT_CHECK: some documents are sealed, some goods have no record, or there are doubts. */
  answer: Answer;
  omissions: readonly Omission[];
  doubts: readonly Doubt[];
  /** Histories that a node gave and that were not used, whether or not another node gave a better one. */
  rejected: readonly RejectedHistory[];
  proven: number;
  sealed: number;
  unknown: readonly string[];
  /** Goods that are recalled or held, or of which a report failed or a document fell: from the proofs alone, whatever a node says. */
  alarms: readonly GoodsAlarm[];
}

/** What a reader must not miss of some goods. */
export interface GoodsAlarm extends Omit<GoodsStanding, 'doubts'> {
  id: string;
}

/** Who and what to ask about; `ids` as people write them. */
export type GoodsRequest = Omit<LineageWalk, 'direction'>;

/** What a recall of goods must reach, worked out from proven histories. @throws SdkError those of the client, and `TOO_MANY` */
export async function proveScope(request: GoodsRequest): Promise<Proof & { ids: readonly string[]; scope: RecallScope }> {
  const { ids, lineage, proof } = await proveAsked(request);
  return { ids, scope: recallScope(lineage.graph, ids, request), ...proof };
}

/** Who answers for goods at which step, worked out from proven histories. @throws SdkError those of the client, and `TOO_MANY` */
export async function proveParties(
  request: GoodsRequest & { step?: string },
): Promise<Proof & { parties: { id: string; steps: AccountableStep[] }[] }> {
  const { ids, lineage, proof } = await proveAsked(request);
  const parties = ids.map((id) => ({ id, steps: accountableParties(lineage.graph, id, request.step, request) }));
  return { parties, ...proof };
}

/** What came of proving lineage. */
export function proofOf({ histories, omissions, doubts, rejected, unknown }: ProvenLineage): Proof {
  const sealed = [...histories.values()].reduce((sum, history) => sum + history.sealed, 0);
  const isOpen = sealed > 0 || unknown.length > 0 || doubts.length > 0;
  const answer = omissions.length > 0 ? 'INVALID' : isOpen ? 'CANNOT_CHECK' : 'VALID';
  return { answer, omissions, doubts, rejected, unknown, sealed, proven: histories.size, alarms: alarmsOf(histories) };
}

function alarmsOf(histories: ProvenLineage['histories']): GoodsAlarm[] {
  return [...histories.values()].flatMap(({ id, standing: { stops, failedReports, fallen } }) =>
    stops.length + failedReports.length + fallen.length === 0 ? [] : [{ id, stops, failedReports, fallen }],
  );
}

async function proveAsked(request: GoodsRequest): Promise<{ ids: readonly string[]; lineage: ProvenLineage; proof: Proof }> {
  const ids = await canonicalIds(request);
  const proven = await proveLineage({ ...request, ids, direction: 'destination' });
  const { missing, added, unproven } = checkAsked(request.ids, ids, proven.histories);
  const omissions = [...proven.omissions, ...[...missing, ...added].map((id): Omission => ({ code: 'HISTORY_OMITTED', id }))];
  const doubts = [...proven.doubts, ...unproven.map((id): Doubt => ({ code: 'START_UNPROVEN', id }))];
  const lineage = { ...proven, omissions, doubts };
  return { ids, lineage, proof: proofOf(lineage) };
}

/** Identifiers stand for themselves; which goods the number or fingerprint of a document means, every node is asked. */
async function canonicalIds({ ids, nodes }: GoodsRequest): Promise<readonly string[]> {
  const told = await Promise.all(ids.map((text) => identifierIn(text) ?? goodsNamed(text, nodes)));
  return [...new Set(told.flat())];
}

async function goodsNamed(text: string, nodes: readonly NodeClient[]): Promise<string[]> {
  const parameters = new URLSearchParams({ id: text, depth: '0', first: '1' });
  const asked = await Promise.allSettled(nodes.map((node) => node.trace<{ ids: string[] }>('source', parameters)));
  const told = asked.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value.ids : []));
  if (told.length > 0) return told;
  const [refusal] = asked.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
  throw refusal ?? new SdkError('NODE_UNREACHABLE', 'no node was asked');
}
