import type { IndexReader } from '../indexer/store/rows.ts';
import type { Profiles } from './bundles/profiles.ts';
import type { StateProofs } from './bundles/stateProofs.ts';
import type { Lanes } from './capture/lanes.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { Checkpoints } from './checkpoint/checkpoints.ts';
import type { NodeConfig } from './config.ts';
import type { Deployment, NodeTrust } from './deployment.ts';
import type { BodyVault } from './documents/bodyVault.ts';
import type { CallOut } from './http/callOut.ts';
import type { Log } from './http/log.ts';
import type { Tokens } from './keys/tokens.ts';
import type { LineageIndex } from './lineage/followLineage.ts';
import type { News } from './news/news.ts';
import type { Peer } from './peer/peer.ts';

/** All that the routes of one node work with. */
export interface ApiNode {
  config: NodeConfig;
  deployment: Deployment;
  trust: NodeTrust;
  index: IndexReader;
  catalogue: Catalogue;
  vault: BodyVault;
  tokens: Tokens;
  /** 32 bytes: what places of pages are sealed with. */
  pageKey: Uint8Array;
  proofs: StateProofs;
  checkpoints: Checkpoints;
  profiles: Profiles;
  lanes: Lanes;
  /** Undefined where the node stands alone. */
  peer: Peer | undefined;
  news: News;
  lineage: LineageIndex;
  /** The only way to call an address that somebody named. */
  callOut: CallOut;
  log: Log;
  /** Milliseconds since 1970. */
  clock: () => number;
}
