import type { NodeClient } from '../node/client.ts';

const QUERY = 'query ($id: String, $hash: String) { event(id: $id, hash: $hash) { subjects } }';

/**
 * Identifiers of the histories in which an event stands, by its id, as nodes tell them: what corrects an event may be about other goods. The history proves it; a
 * node that does not answer, or does not know the event, says nothing.
 *
 * @param id the event's id, or its CBV hash where it has none
 */
export async function historiesOfEvent(nodes: readonly NodeClient[], id: string): Promise<string[]> {
  const variables = id.startsWith('ni:') ? { hash: id } : { id };
  const asked = await Promise.allSettled(nodes.map((node) => node.query<{ event: { subjects: string[] } | null }>(QUERY, variables)));
  // One history is enough to show the event; each node is heard, as one alone could send its reader to another.
  const told = asked.flatMap((answer) => (answer.status === 'fulfilled' ? (answer.value.event?.subjects?.slice(0, 1) ?? []) : []));
  return [...new Set(told)];
}
