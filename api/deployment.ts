import { readFileSync } from 'node:fs';
import type { Hex } from '../protocol/encoding/hex.ts';
import type { Trust, Witness } from '../protocol/verdict/verdict.ts';
import { ConfigError, type NodeConfig } from './config.ts';

/** deployment.json: where the ledger stands. */
export interface Deployment {
  chainId: number;
  rpcUrl: string;
  contract: Hex;
  /** Block of the deployment. */
  deployedAt: number;
}

/** trust.json as a node reads it: each witness with the address at which it answers. */
export interface NodeTrust extends Trust {
  witnesses: (Witness & { url: string })[];
}

/** Where the ledger stands. @throws ConfigError */
export function readDeployment(config: NodeConfig): Deployment {
  return readFile<Deployment>('/deployment', config.deployment);
}

/** What the node's own verifier, and that of its pages, pins. @throws ConfigError */
export function readTrust(config: NodeConfig): NodeTrust {
  return readFile<NodeTrust>('/trust', config.trust);
}

function readFile<Value>(pointer: string, path: string): Value {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Value;
  } catch (cause) {
    throw new ConfigError(path, [`${pointer}: the file cannot be read: ${(cause as Error).message}`]);
  }
}
