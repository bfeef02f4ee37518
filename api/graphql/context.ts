import DataLoader from 'dataloader';
import type { PanelRow, ReportRow } from '../../indexer/store/law/laboratories.ts';
import type { CertificateRow } from '../../indexer/store/law/origin.ts';
import type { LotChangeRow } from '../../indexer/store/law/safety.ts';
import type { MemberRow } from '../../indexer/store/rows.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import type { Reader } from '../access/reader.ts';
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
  /** Who asks, as of the beginning of the request. */
  reader: Reader;
  members: DataLoader<number, MemberRow | undefined>;
  locations: DataLoader<Hex, Location | undefined>;
  bundles: DataLoader<Hex, Bundle>;
  /** By CID. */
  bodies: DataLoader<string, Body>;
  /** By record id: what is registered of certificates, and of reports. */
  certificates: DataLoader<Hex, CertificateRow | undefined>;
  reports: DataLoader<Hex, ReportRow | undefined>;
  /** By code: the newest texts of panels. */
  panels: DataLoader<number, PanelRow | undefined>;
  /** By subject key: what stops lots. */
  lots: DataLoader<Hex, LotChangeRow | undefined>;
  /** Ends when nobody waits for the answer any more. */
  signal: AbortSignal;
}

/** Makes the context of one request. */
export function createContext(
  node: ApiNode,
  status: () => Promise<IndexerStatus>,
  { isExplorer, reader, signal }: Pick<GraphqlContext, 'isExplorer' | 'reader' | 'signal'>,
): GraphqlContext {
  const { index } = node;
  return {
    ...{ node, status, isExplorer, reader, signal },
    members: each((member) => index.member(member)),
    locations: each((leaf) => locate(node, leaf)),
    // What was stored a moment ago is waited for, so that a writer can read what it wrote.
    bundles: each((leaf) => documentBundle(node, leaf, reader, node.catalogue.document(leaf) === undefined ? 0 : WAIT_MS)),
    bodies: each((cid) => node.vault.get(cid)),
    certificates: together((ids) => index.origin.certificates(ids)),
    reports: together((ids) => index.laboratories.reports(ids)),
    panels: together(async (codes) => {
      const panels = new Map((await index.laboratories.panels()).map((row) => [row.panel, row]));
      return codes.map((code) => panels.get(code));
    }),
    lots: together((keys) => index.safety.lots(keys)),
  };
}

/** Forgets what was read of the ledger: before each answer of a subscription, which must not tell what was true when it began. */
export function forget({ members, locations, bundles, certificates, reports, panels, lots }: GraphqlContext): void {
  for (const loader of [members, locations, bundles, certificates, reports, panels, lots]) loader.clearAll();
}

/** Keys of one tick are asked in one query. */
function together<Key, Value>(load: (keys: readonly Key[]) => Promise<Value[]>): DataLoader<Key, Value> {
  return new DataLoader<Key, Value>(load);
}

/** Keys of one tick are asked together, and each once; one that fails fails alone. */
function each<Key, Value>(load: (key: Key) => Promise<Value>): DataLoader<Key, Value> {
  return new DataLoader<Key, Value>((keys) =>
    Promise.all(keys.map((key) => load(key).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))))),
  );
}
