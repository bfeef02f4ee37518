import type { Hex } from '../../protocol/encoding/hex.ts';

/** A transaction to the ledger as it is signed: zero fees (the consortium's chain has none), no value. */
export interface LedgerTransaction {
  chainId: number;
  nonce: number;
  to: Hex;
  data: Hex;
  gasLimit: number;
}

/**
 * Signs transactions for one account. The keystore on disk is one implementation (`openAccount`); a remote signer or a key management service is another:
 * the key itself is never asked for.
 */
export interface Signer {
  /** The account, in lower case. */
  readonly address: Hex;
  /** The raw signed transaction, with a low S (EIP-2). */
  signTransaction(transaction: LedgerTransaction): Promise<Hex>;
}
