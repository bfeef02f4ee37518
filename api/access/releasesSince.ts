import { EVERYBODY } from '../../protocol/access/release.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { KIND, STATUS } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import type { CatalogueRelease } from '../catalogue/catalogue.ts';
import { instant } from '../instant.ts';
import type { ApiNode } from '../node.ts';
import type { Reader } from './reader.ts';
import { mayReadRelease } from './releaseText.ts';

/** A release as it is counted. */
export interface ToldRelease {
  leaf: Hex;
  by: number;
  to: number | typeof EVERYBODY;
  documents: number;
  /** When the ledger took it. */
  recordedAt: string;
  /** When it was withdrawn; null while it stands. What was read before cannot be unread, so it counts all the same. */
  withdrawnAt: string | null;
}

/** How much one member gave to another. */
export interface ReleaseCount {
  by: number;
  to: number | typeof EVERYBODY;
  releases: number;
  /** Different documents. */
  documents: number;
  first: string;
  last: string;
}

/** Who released how many documents to whom since when. */
export interface ReleasesSince {
  since: string;
  /** By who gave and who got. */
  counts: ReleaseCount[];
  /** Different documents in all of them. */
  documents: number;
  /** The newest 1,000, newest first. */
  releases: ToldRelease[];
}

const MOST_TOLD = 1_000;
const AT_ONCE = 500;

interface Recorded {
  release: CatalogueRelease;
  at: number;
  withdrawnAt: number | undefined;
}

/** Counts the releases that the ledger has taken since an instant (Unix seconds) and that the reader may read. */
export async function releasesSince(node: ApiNode, reader: Reader, since: number): Promise<ReleasesSince> {
  const known = reader.agencyOf === undefined ? node.catalogue.releases(reader.member) : node.catalogue.releases();
  const recorded = (await recordsOf(node, known)).filter(({ at }) => at >= since);
  const readable: Recorded[] = [];
  for (const each of recorded) if (await mayReadRelease(node, reader, each.release)) readable.push(each);
  readable.sort((a, b) => b.at - a.at || (a.release.leaf < b.release.leaf ? -1 : 1));
  return { since: instant(since), ...countsOf(node, readable), releases: readable.slice(0, MOST_TOLD).map((each) => told(node, each)) };
}

async function recordsOf({ index }: ApiNode, releases: readonly CatalogueRelease[]): Promise<Recorded[]> {
  const found: Recorded[] = [];
  for (let from = 0; from < releases.length; from += AT_ONCE) {
    const part = releases.slice(from, from + AT_ONCE);
    const records = await index.records(part.map(({ by, leaf }) => recordId(by, leaf)));
    for (const [position, release] of part.entries()) {
      const record = records[position];
      if (record?.kind !== KIND.RELEASE) continue;
      const { status, changedAt } = record.current;
      found.push({ release, at: record.anchored.anchoredAt, withdrawnAt: status === STATUS.ACTIVE ? undefined : changedAt });
    }
  }
  return found;
}

function countsOf({ catalogue }: ApiNode, recorded: readonly Recorded[]): Pick<ReleasesSince, 'counts' | 'documents'> {
  const pairs = new Map<string, { count: ReleaseCount; documents: Set<Hex> }>();
  const all = new Set<Hex>();
  // Oldest first: the first of a pair is met before its last.
  for (const { release, at } of [...recorded].reverse()) {
    const { by, to } = release;
    const pair = pairs.get(`${by} ${to}`) ?? {
      count: { by, to: to ?? EVERYBODY, releases: 0, documents: 0, first: instant(at), last: '' },
      documents: new Set<Hex>(),
    };
    for (const document of catalogue.documentsOfRelease(release.leaf)) {
      pair.documents.add(document);
      all.add(document);
    }
    pair.count = { ...pair.count, releases: pair.count.releases + 1, documents: pair.documents.size, last: instant(at) };
    pairs.set(`${by} ${to}`, pair);
  }
  return { counts: [...pairs.values()].map(({ count }) => count), documents: all.size };
}

function told({ catalogue }: ApiNode, { release: { leaf, by, to }, at, withdrawnAt }: Recorded): ToldRelease {
  return {
    ...{ leaf, by, to: to ?? EVERYBODY, documents: catalogue.documentsOfRelease(leaf).length },
    ...{ recordedAt: instant(at), withdrawnAt: withdrawnAt === undefined ? null : instant(withdrawnAt) },
  };
}
