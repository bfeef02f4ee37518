import DataLoader from 'dataloader';
import type { MemberRow } from '../../indexer/store/rows.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import { documentBundle } from '../bundles/assemble.ts';
import { type Location, locate } from '../bundles/locate.ts';
import type { Body } from '../documents/body.ts';
import type { ApiNode } from '../node.ts';
import type { IndexerStatus } from '../routes/healthRoutes.ts';

const WAIT_MS = 2_000;

/** What the resolvers of one request share: what one of them has read, the others do not read again. */
export interface GraphqlContext {
  node: ApiNode;
  status: () => Promise<IndexerStatus>;
  /** The page that explores the schema: it may ask the schema about itself. */
  isExplorer: boolean;
  members: DataLoader<number, MemberRow | undefined>;
  locations: DataLoader<Hex, Location | undefined>;
  bundles: DataLoader<Hex, Bundle>;
  /** By CID. */
  bodies: DataLoader<string, Body>;
}

/** Makes the context of one request. */
export function createContext(node: ApiNode, status: () => Promise<IndexerStatus>, isExplorer: boolean): GraphqlContext {
  return {
    ...{ node, status, isExplorer },
    members: each((member) => node.index.member(member)),
    locations: each((leaf) => locate(node, leaf)),
    // What was stored a moment ago is waited for, so that a writer can read what it wrote.
    bundles: each((leaf) => documentBundle(node, leaf, {}, node.catalogue.document(leaf) === undefined ? 0 : WAIT_MS)),
    bodies: each((cid) => node.vault.get(cid)),
  };
}

/** Keys of one tick are asked together, and each once; one that fails fails alone. */
function each<Key, Value>(load: (key: Key) => Promise<Value>): DataLoader<Key, Value> {
  return new DataLoader<Key, Value>((keys) =>
    Promise.all(keys.map((key) => load(key).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))))),
  );
}
