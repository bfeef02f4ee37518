import type { LotChangeRow } from '../../indexer/store/law/safety.ts';
import type { LotHalf } from '../../protocol/law/words.ts';
import { reasonName, SHORES, type ShoreName } from '../../protocol/ledger/codes.ts';
import { knownSubjects } from '../bundles/assemble.ts';
import { ApiError } from '../errors.ts';
import { instant } from '../instant.ts';
import type { ApiNode } from '../node.ts';

/** What stops a lot or item now, by the index: not proven, the bundle is. */
export interface RecallStatus {
  id: string;
  /** The graver of what is listed. */
  status: 'NONE' | 'HELD' | 'RECALLED';
  holds: { shore: ShoreName; since: string; reason: string }[];
  recalls: { shore: ShoreName; since: string; class: number }[];
  /** The block that this is read at. */
  height: number;
}

/**
 * Open holds and recalls of an identifier under all salts that this node knows: one must not be hidden behind another.
 *
 * @param id canonical Digital Link
 * @throws ApiError `UNKNOWN_SUBJECT`, `INDEX_BEHIND`
 */
export async function recallStatus(node: ApiNode, id: string): Promise<RecallStatus> {
  const block = await node.index.checkpoint();
  if (block === undefined) throw new ApiError('INDEX_BEHIND', 'nothing is indexed yet');
  const subjects = await knownSubjects(node, id);
  if (subjects.length === 0) throw new ApiError('UNKNOWN_SUBJECT', 'nothing is recorded of this identifier');
  const changes = await node.index.safety.lots(subjects.map(({ key }) => key));
  const halves = changes.flatMap((change) => (change === undefined ? [] : halvesOf(change)));
  const holds = halves.flatMap(({ shore, half }) =>
    half.heldAt === 0 ? [] : [{ shore, since: instant(half.heldAt), reason: reasonName(half.reason) ?? 'NONE' }],
  );
  const recalls = halves.flatMap(({ shore, half }) =>
    half.recalledAt === 0 ? [] : [{ shore, since: instant(half.recalledAt), class: half.recallClass }],
  );
  const status = recalls.length > 0 ? 'RECALLED' : holds.length > 0 ? 'HELD' : 'NONE';
  return { id, status, holds, recalls, height: block.height };
}

function halvesOf({ word }: LotChangeRow): { shore: ShoreName; half: LotHalf }[] {
  return SHORES.map((shore) => ({ shore, half: word[shore] }));
}
