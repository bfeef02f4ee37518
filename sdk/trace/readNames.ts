import type { Language } from '../../protocol/verdict/texts.ts';
import { SdkError } from '../errors.ts';
import type { NodeClient } from '../node/client.ts';

/** Names of parties in one language, for people: a node's word, not proven. */
export interface Names {
  readonly ofMember: ReadonlyMap<number, string>;
  /** By canonical Digital Link, and by GLN. */
  readonly ofParty: ReadonlyMap<string, string>;
}

interface Profile {
  id?: unknown;
  gln?: unknown;
  name?: Partial<Record<Language, unknown>>;
}

interface MemberPage {
  members: { edges: { node: { id: number; profile: Profile | null } }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

const MEMBERS =
  'query($after: String) { members(first: 100, after: $after) { edges { node { id profile } } pageInfo { hasNextPage endCursor } } }';
const FILING = 'query($id: String!) { filing(id: $id) { content } }';
const PARTY = /^https:\/\/id\.gs1\.org\/417\/(\d{13})$/;
/** Filings that are looked up for one answer. */
const MOST_FILINGS = 20;

/** The names of members, by their profiles, and of other parties, by what was filed of them; of the first node that answers. Where none does there are none. */
export async function readNames(nodes: readonly NodeClient[], language: Language, parties: Iterable<string>): Promise<Names> {
  for (const node of nodes) {
    try {
      const names = await membersOf(node, language);
      const unnamed = [...new Set(parties)].filter((id) => PARTY.test(id) && !names.ofParty.has(id));
      const filed = await Promise.all(unnamed.slice(0, MOST_FILINGS).map((id) => filedName(node, language, id)));
      return { ...names, ofParty: new Map([...names.ofParty, ...filed.flat()]) };
    } catch (error) {
      if (!(error instanceof SdkError)) throw error;
    }
  }
  return { ofMember: new Map(), ofParty: new Map() };
}

async function membersOf(node: NodeClient, language: Language): Promise<Names> {
  const ofMember = new Map<number, string>();
  const ofParty = new Map<string, string>();
  for (let after: string | null = null, isLast = false; !isLast; ) {
    const { members }: MemberPage = await node.query<MemberPage>(MEMBERS, { after });
    for (const { id, profile } of members.edges.map((edge) => edge.node)) {
      const name = nameIn(profile, language);
      if (name === undefined) continue;
      ofMember.set(id, name);
      for (const key of keysOf(profile)) ofParty.set(key, name);
    }
    after = members.pageInfo.endCursor;
    isLast = !members.pageInfo.hasNextPage;
  }
  return { ofMember, ofParty };
}

async function filedName(node: NodeClient, language: Language, id: string): Promise<[string, string][]> {
  const { filing } = await node.query<{ filing: { content: Profile | null } | null }>(FILING, { id });
  const name = nameIn(filing?.content ?? null, language);
  return name === undefined ? [] : keysOf({ id }).map((key) => [key, name]);
}

/** Under which identifiers a profile's party is named in events. */
function keysOf(profile: Profile | null): string[] {
  const { id, gln } = profile ?? {};
  const number = typeof gln === 'string' ? gln : PARTY.exec(String(id))?.[1];
  return [...(typeof id === 'string' ? [id] : []), ...(number === undefined ? [] : [number, `https://id.gs1.org/417/${number}`])];
}

/** Another language rather than none. */
function nameIn(profile: Profile | null, language: Language): string | undefined {
  const names = profile?.name;
  const found = [names?.[language], names?.en, names?.ko, names?.zh].find((name) => typeof name === 'string');
  return typeof found === 'string' ? found : undefined;
}
