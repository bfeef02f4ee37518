import type { Hex } from '../../protocol/encoding/hex.ts';
import type { ProvenHistory } from '../../protocol/lineage/provenHistory.ts';
import type { NodeClient } from '../node/client.ts';

/** What a node counts of goods, under each salt that it knows of them. */
export interface CountedHistory {
  id: string;
  heads: readonly { subject: Hex; head: Hex }[];
}

const IDS_AT_ONCE = 50;

/**
 * Goods that a node counts under another salt than the history that was proven of them: while nodes were apart, or by a node that kept a second history, documents
 * may have been recorded of the same goods twice over. A node that does not answer says nothing.
 */
export async function splitHistories(nodes: readonly NodeClient[], histories: readonly ProvenHistory[]): Promise<string[]> {
  const proven = new Map(histories.map(({ id, subject }) => [id, subject]));
  const ids = [...proven.keys()];
  const parts = Array.from({ length: Math.ceil(ids.length / IDS_AT_ONCE) }, (_, part) =>
    ids.slice(part * IDS_AT_ONCE, (part + 1) * IDS_AT_ONCE),
  );
  const counted = await Promise.all(nodes.flatMap((node) => parts.map((part) => countedBy(node, part))));
  return [...new Set(counted.flat().flatMap(({ id, heads }) => (isSplit(heads, proven.get(id)) ? [id] : [])))];
}

async function countedBy(node: NodeClient, ids: readonly string[]): Promise<readonly CountedHistory[]> {
  try {
    const parameters = new URLSearchParams([...ids.map((id) => ['id', id]), ['depth', '0'], ['first', '1']]);
    const { histories } = await node.trace<{ histories: readonly CountedHistory[] }>('source', parameters);
    return histories.filter(({ heads }) => heads.every(({ subject }) => typeof subject === 'string'));
  } catch {
    return [];
  }
}

function isSplit(heads: CountedHistory['heads'], proven: Hex | undefined): boolean {
  return proven !== undefined && heads.some(({ subject }) => subject !== proven);
}
