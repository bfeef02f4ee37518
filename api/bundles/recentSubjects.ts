import type { Bundle } from '../../protocol/verdict/bundle.ts';
import type { Verdict } from '../../protocol/verdict/verdict.ts';
import type { Reader } from '../access/reader.ts';
import type { ApiNode } from '../node.ts';
import { indexedBlock, subjectBundle } from './assemble.ts';
import { judge } from './judge.ts';

/** A subject's bundle in all the forms in which it is asked for. */
export interface SubjectAnswer {
  bundle: Bundle;
  /** The bundle as text. */
  json: string;
  /** The node's own verdict, reached when it is first asked for. */
  verdict: () => Verdict;
}

/** Bundles of subjects that many readers ask for at once. */
export interface RecentSubjects {
  /** @throws ApiError `UNKNOWN_SUBJECT`, `TOO_MANY`, `INDEX_BEHIND` */
  answer(id: string, reader: Reader): Promise<SubjectAnswer>;
}

// Signatures in it say "now" to the second, and a body may arrive from the peer: an answer is good for that long, and for one block.
const FRESH_MS = 1_000;
const KEPT = 256;

/** Keeps answers for a second while the ledger stands still: a product that everybody scans is proven once a second, not once a scan. */
export function recentSubjects(node: ApiNode): RecentSubjects {
  const recent = new Map<string, { at: number; block: string; answer: Promise<SubjectAnswer> }>();
  return {
    async answer(id, reader) {
      // Kept is only what everybody gets: nobody is answered what was made for another.
      if (reader.member !== undefined) return assembled(node, id, reader);
      const { hash } = await indexedBlock(node);
      const known = recent.get(id);
      if (known !== undefined && known.block === hash && node.clock() - known.at < FRESH_MS) return known.answer;
      const answer = assembled(node, id, {});
      recent.delete(id);
      recent.set(id, { at: node.clock(), block: hash, answer });
      while (recent.size > KEPT) recent.delete(recent.keys().next().value as string);
      // An error is not kept: what is unknown now may be known in the next moment.
      answer.catch(() => recent.delete(id));
      return answer;
    },
  };
}

async function assembled(node: ApiNode, id: string, reader: Reader): Promise<SubjectAnswer> {
  const bundle = await subjectBundle(node, id, reader);
  let verdict: Verdict | undefined;
  return {
    bundle,
    json: JSON.stringify(bundle),
    verdict() {
      verdict ??= judge(node, bundle);
      return verdict;
    },
  };
}
