import { SHORES } from '../../protocol/ledger/codes.ts';
import type { Stop } from '../../web/render/trace/traceView.ts';
import { instant } from '../instant.ts';
import type { ApiNode } from '../node.ts';
import { MOST_HISTORIES } from './historiesOf.ts';

/** What stops each of many goods now, under all salts that this node knows: one stop must not be hidden behind another. Goods that nothing stops are left out. */
export async function stopsOf(node: ApiNode, ids: readonly string[]): Promise<Map<string, Stop[]>> {
  const subjects = node.catalogue.subjectsOfAll([...new Set(ids)]);
  const stops = new Map<string, Stop[]>();
  for (let first = 0; first < subjects.length; first += MOST_HISTORIES) {
    const some = subjects.slice(first, first + MOST_HISTORIES);
    const changes = await node.index.safety.lots(some.map(({ key }) => key));
    some.forEach(({ id }, index) => {
      const word = changes[index]?.word;
      const found = word === undefined ? [] : SHORES.flatMap((shore) => ofShore(shore, word[shore]));
      if (found.length > 0) stops.set(id, [...(stops.get(id) ?? []), ...found]);
    });
  }
  return stops;
}

function ofShore(
  shore: Stop['shore'],
  { heldAt, recalledAt, recallClass }: { heldAt: number; recalledAt: number; recallClass: number },
): Stop[] {
  return [
    ...(recalledAt === 0 ? [] : [{ kind: 'RECALL' as const, shore, since: instant(recalledAt), recallClass }]),
    ...(heldAt === 0 ? [] : [{ kind: 'HOLD' as const, shore, since: instant(heldAt) }]),
  ];
}
