import { hkdfSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { IndexReader } from '../indexer/store/rows.ts';
import { signNodeRequest } from '../protocol/access/nodeRequest.ts';
import type { PrivateJwk } from '../protocol/jose/jwk.ts';
import { FastProvider } from '../sdk/chain/provider.ts';
import { createApp } from './app.ts';
import { openProfiles } from './bundles/profiles.ts';
import { openStateProofs } from './bundles/stateProofs.ts';
import { resumeBatches } from './capture/anchorBatch.ts';
import { type Lanes, openLanes } from './capture/lanes.ts';
import { openCatalogue } from './catalogue/catalogue.ts';
import { rebuildCatalogue } from './catalogue/rebuild.ts';
import { openCheckpoints } from './checkpoint/checkpoints.ts';
import type { NodeConfig } from './config.ts';
import { readDeployment, readTrust } from './deployment.ts';
import { openBodyVault } from './documents/bodyVault.ts';
import type { DocumentStore } from './documents/documentStore.ts';
import { openEmbeddedStore } from './documents/embeddedStore.ts';
import { followSubscriptions } from './epcis/followSubscriptions.ts';
import { openCallOut } from './http/callOut.ts';
import { errorFacts, jsonLog, type Log } from './http/log.ts';
import { openNodeKeys } from './keys/nodeKeys.ts';
import { openTokens } from './keys/tokens.ts';
import { followLineage } from './lineage/followLineage.ts';
import { openNews } from './news/news.ts';
import type { ApiNode } from './node.ts';
import { followPeer } from './peer/followPeer.ts';
import { openPeer, type Peer } from './peer/peer.ts';
import { followRecords } from './recording/followRecords.ts';
import { followIndex } from './recording/indexEvents.ts';
import type { IndexerStatus } from './routes/healthRoutes.ts';

/** What an API works on and does not make itself. */
export interface ApiParts {
  index: IndexReader;
  /** What the indexer says of itself. */
  status: () => IndexerStatus | Promise<IndexerStatus>;
  log?: Log;
  /** Milliseconds since 1970. */
  clock?: () => number;
  /** In the place of the accounts in the configured folder. */
  lanes?: Lanes;
}

/** A running API. */
export interface RunningApi {
  readonly url: string;
  readonly node: ApiNode;
  /** Ends what is under way, then everything else. */
  close(): Promise<void>;
}

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
const CLOSE_PATIENCE_MS = 5_000;

/**
 * Starts the HTTP face of one node; resolves when it answers.
 *
 * @throws ConfigError where a file that the configuration names cannot be used
 */
export async function startApi(config: NodeConfig, parts: ApiParts): Promise<RunningApi> {
  const node = await openNode(config, parts);
  const server = createServer(createApp(node, async () => parts.status()));
  // A client that sends slowly must not hold a connection for ever (Slowloris).
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = HEADERS_TIMEOUT_MS;
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const follower = followPeer(node);
  const loops = [followRecords(node), followIndex(node), followSubscriptions(node)];
  void resumeBatches(node).catch((error) => node.log('error', 'resuming failed', errorFacts(error)));
  const url = `http://${config.host}:${(server.address() as AddressInfo).port}`;
  node.log('info', 'listening', { url });
  const close = async () => {
    node.news.close();
    await closeServer(server);
    await follower.stop();
    await Promise.all(loops.map((loop) => loop.stop()));
    await node.lineage.stop();
    await node.lanes.close();
    node.catalogue.close();
  };
  return { url, node, close };
}

async function openNode(config: NodeConfig, parts: ApiParts): Promise<ApiNode> {
  const deployment = readDeployment(config);
  const trust = readTrust(config);
  const keys = openNodeKeys(join(config.data, 'key.json'));
  const log = parts.log ?? jsonLog(config.name);
  const clock = parts.clock ?? Date.now;
  const provider = new FastProvider(deployment.rpcUrl, deployment.chainId);
  const peer = openPeerOf(config, keys.signing, clock);
  const { index } = parts;
  const catalogue = openCatalogue(join(config.data, 'catalogue.sqlite'));
  const vault = openBodyVault(await openStore(config), keys.dataKey);
  if (catalogue.isEmpty()) {
    const found = await rebuildCatalogue(catalogue, vault);
    if (found > 0) log('info', 'catalogue rebuilt', { found });
  }
  return {
    ...{ config, deployment, trust, index, peer, log, clock, catalogue, vault },
    lineage: followLineage({ catalogue, vault, log }),
    tokens: openTokens(join(config.data, 'tokens.json')),
    pageKey: new Uint8Array(hkdfSync('sha256', keys.dataKey, '', 'tidemark page token/1', 32)),
    proofs: openStateProofs(provider),
    checkpoints: openCheckpoints({ name: config.name, key: keys.signing, index, provider, deployment, clock }),
    profiles: openProfiles(config.profiles, peer, clock),
    news: openNews(index, log),
    callOut: openCallOut(config.webhooks),
    lanes: parts.lanes ?? openLanes({ folder: config.lanes, outbox: join(config.data, 'outbox.sqlite'), provider, deployment, log }),
  };
}

function openPeerOf({ name, peer }: NodeConfig, key: PrivateJwk, clock: () => number): Peer | undefined {
  if (peer === undefined) return undefined;
  const prove = (path: string) => signNodeRequest({ iss: name, aud: peer.name, path, iat: Math.floor(clock() / 1000) }, key);
  return openPeer(peer.url, prove);
}

async function openStore({ documents, data }: NodeConfig): Promise<DocumentStore> {
  if (documents.kind === 'embedded') return openEmbeddedStore(join(data, 'documents'));
  // Loaded only where it is used: the client costs 0.2 s of a start.
  const { openKuboStore } = await import('./documents/kuboStore.ts');
  return openKuboStore(documents.url);
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_PATIENCE_MS);
  await closed;
  clearTimeout(timer);
}
