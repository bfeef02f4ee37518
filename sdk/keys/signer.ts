import type { Hex } from '../../protocol/encoding/hex.ts';

/** A transaction to the ledger as it is signed: zero fees (the consortium's chain has none), no value. */
export interface LedgerTransaction {
  chainId: number;
  nonce: number;
  to: Hex;
  data: Hex;
  gasLimit: number;
}

/** A message of one type as EIP-712 signs it. */
export interface TypedMessage {
  domain: { name: string; version: string; chainId: number; verifyingContract: Hex };
  types: Record<string, { name: string; type: string }[]>;
  value: Record<string, unknown>;
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
  /** Signs EIP-712 typed data: 65 bytes, r, s and v. */
  signTypedData(data: TypedMessage): Promise<Hex>;
}
