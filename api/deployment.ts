import type { Hex } from '../protocol/encoding/hex.ts';

/** deployment.json: where the ledger stands. */
export interface Deployment {
  chainId: number;
  rpcUrl: string;
  contract: Hex;
  /** Block of the deployment. */
  deployedAt: number;
}
