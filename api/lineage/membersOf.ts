import { readMember } from '../../web/render/readMember.ts';
import type { Party } from '../../web/render/view.ts';
import { inParallel } from '../inParallel.ts';
import type { ApiNode } from '../node.ts';

const AT_ONCE = 16;

/** Public facts of members, by number; one whose profile is not known here goes by its number. */
export async function membersOf(node: ApiNode, members: Iterable<number>): Promise<Map<number, Party>> {
  const distinct = [...new Set(members)];
  const texts = await inParallel(AT_ONCE, distinct, async (member) => {
    const row = await node.index.member(member);
    return row === undefined ? undefined : await node.profiles.find(row.profile);
  });
  return new Map(
    distinct.flatMap((member, index): [number, Party][] => {
      const text = texts[index];
      return text === undefined ? [] : [[member, readMember(member, text)]];
    }),
  );
}
