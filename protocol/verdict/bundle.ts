import type { Hex } from '../encoding/hex.ts';

/** The format that this program writes and reads. */
export const BUNDLE_FORMAT = 'tidemark-bundle/1';

/** One self-contained file that answers what documents are, who says so and whether they stand (docs/spec/bundle.md section 1). */
export interface Bundle {
  format: typeof BUNDLE_FORMAT;
  /** One document, or all entries of a subject in the order of its history. */
  documents: BundleDocument[];
  /** Present where the bundle tells a subject's whole history. */
  subject?: BundleSubject;
  /** Exact text of each issuer's public profile, by member number. */
  members: { [member: string]: string };
  block: BundleBlock;
}

/** A subject and what the ledger counts under it. */
export interface BundleSubject {
  /** Canonical Digital Link URI. */
  id: string;
  /** 16 bytes. */
  salt: Hex;
  /** Record ids in the order of the history; the proven head is checked against them. */
  entries: Hex[];
}

/** One document and how it is anchored. */
export type BundleDocument =
  | { type: 'credential'; sdJwt: string; issuer: number; anchor: Anchor; law?: RegisteredLines | RegisteredReport }
  /** `event` is the exact JSON text of one EPCIS event. */
  | { type: 'event'; event: string; salt: Hex; issuer: number; anchor: Anchor }
  /** The body stays where it is; existence and standing are still proven. */
  | { type: 'withheld'; reason: WithheldReason; kind: number; issuer: number; anchor: Anchor };

/** What was registered of a certificate of origin: keys of its goods lines, in the registered order. */
export interface RegisteredLines {
  lines: Hex[];
}

/** What was registered of a laboratory report, or of its batch, as digests of it stand on the ledger. */
export interface RegisteredReport {
  /** Words of 32 bytes: subject key of the lot or 0, bits of the tests, packed course. */
  facts: { lot: Hex; tests: Hex; course: Hex };
  /** Exact text of the panel that the tests are counted in. */
  panel?: string;
}

/** Why a body is not in the bundle. */
type WithheldReason = 'NOT_RELEASED' | 'UNAVAILABLE';

/** The leaf of a document and, where it was anchored in a batch, its place there. */
export interface Anchor {
  leaf: Hex;
  inclusion?: { root: Hex; size: number; index: number; path: Hex[] };
}

/** The block that the bundle stands on, and the state proofs under it. */
export interface BundleBlock {
  chainId: number;
  /** Address of the ledger's contract. */
  contract: Hex;
  /** RLP of the header, with seals in `extraData` where the engine seals. */
  header: Hex;
  /** RLP trie nodes of the account proofs and of all storage proofs, of the ledger and of the contracts beside it, each once, in any order. */
  nodes: Hex[];
  /** Checkpoints of this block: compact JWS, one for each witness. */
  cosignatures: string[];
  /** QBFT: RLP headers that first name a new validator set, oldest first. */
  validatorSets?: Hex[];
}
