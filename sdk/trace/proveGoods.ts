import { type AccountableStep, accountableParties } from '../../protocol/lineage/accountableParties.ts';
import { type RecallScope, recallScope } from '../../protocol/lineage/recallScope.ts';
import type { Answer } from '../../protocol/verdict/verdict.ts';
import { SdkError } from '../errors.ts';
import { type LineageWalk, type Omission, type ProvenLineage, proveLineage } from './proveLineage.ts';

/** What an answer that was worked out from proven histories stands on. */
export interface Proof {
  /** INVALID: histories were left out or are not what the ledger counts. CANNOT_CHECK: some documents are sealed, or some goods have no record. */
  answer: Answer;
  omissions: readonly Omission[];
  proven: number;
  sealed: number;
  unknown: readonly string[];
}

/** Who and what to ask about; `ids` as people write them. */
export type GoodsRequest = Omit<LineageWalk, 'direction'>;

/** What a recall of goods must reach, worked out from proven histories. @throws SdkError those of the client, and `TOO_MANY` */
export async function proveScope(request: GoodsRequest): Promise<Proof & { ids: readonly string[]; scope: RecallScope }> {
  const ids = await canonicalIds(request);
  const lineage = await proveLineage({ ...request, ids, direction: 'destination' });
  const scope = recallScope(lineage.graph, ids, request.asOf === undefined ? {} : { asOf: request.asOf });
  return { ids, scope, ...proofOf(lineage) };
}

/** Who answers for goods at which step, worked out from proven histories. @throws SdkError those of the client, and `TOO_MANY` */
export async function proveParties(
  request: GoodsRequest & { step?: string },
): Promise<Proof & { parties: { id: string; steps: AccountableStep[] }[] }> {
  const ids = await canonicalIds(request);
  const lineage = await proveLineage({ ...request, ids, direction: 'destination' });
  const parties = ids.map((id) => ({ id, steps: accountableParties(lineage.graph, id, request.step) }));
  return { parties, ...proofOf(lineage) };
}

/** What came of proving lineage. */
export function proofOf({ histories, omissions, unknown }: ProvenLineage): Proof {
  const sealed = [...histories.values()].reduce((sum, history) => sum + history.sealed, 0);
  const answer = omissions.length > 0 ? 'INVALID' : sealed > 0 || unknown.length > 0 ? 'CANNOT_CHECK' : 'VALID';
  return { answer, omissions, unknown, sealed, proven: histories.size };
}

/** A node knows which goods a number means; whether a document names goods is seen in their histories. */
async function canonicalIds({ ids, nodes }: GoodsRequest): Promise<readonly string[]> {
  let failure: unknown = new SdkError('NODE_UNREACHABLE', 'no node was asked');
  for (const node of nodes) {
    try {
      const parameters = new URLSearchParams([...ids.map((id) => ['id', id]), ['depth', '0'], ['first', '1']]);
      return (await node.trace<{ ids: string[] }>('source', parameters)).ids;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
