import type { Hex } from '../encoding/hex.ts';
import type { Facts } from '../errors.ts';
import type { PublicJwk } from '../jose/jwk.ts';
import type { VerdictCode } from './codes.ts';

/** What a reader takes on trust; everything else is proven (docs/spec/bundle.md section 3). */
export interface Trust {
  chainId: number;
  /** Address of the ledger's contract. */
  contract: Hex;
  /** keccak-256 of the contract's code, where it is pinned. */
  codeHash?: Hex;
  witnesses: Witness[];
  /** QBFT: addresses of the validators at the pinned genesis. Where present, seals decide. */
  validators?: Hex[];
  /** Seconds that a checkpoint may be old for "now". */
  maxAge: number;
}

/** A node whose checkpoints count. */
export interface Witness {
  name: string;
  shore: 'CN' | 'KR';
  jwk: PublicJwk;
}

/** Three values: what cannot be checked is neither right nor wrong. */
export type Answer = 'VALID' | 'INVALID' | 'CANNOT_CHECK';

/** What is asked of a bundle, in the order of the findings. */
export const QUESTIONS = [
  'block',
  'integrity',
  'anchored',
  'issuer',
  'accreditation',
  'status',
  'superseded',
  'consumed',
  'accepted',
  'complete',
  'free',
] as const;
/** One question. */
export type Question = (typeof QUESTIONS)[number];

/** The answer to one question, about one document (its index in the bundle) or the bundle as a whole. */
export interface Finding {
  question: Question;
  answer: Answer;
  code: VerdictCode;
  document?: number;
  facts?: Facts;
}

/** All findings and what they come to: INVALID if any is, else CANNOT_CHECK if any is, else VALID. */
export interface Verdict {
  answer: Answer;
  findings: Finding[];
  /** Time of the block, RFC 3339 in UTC; empty where the header cannot be read. */
  asOf: string;
  /** The moment that was asked about, RFC 3339 in UTC. */
  at: string;
  finality: 'sealed' | 'unsealed';
  /** Of the block; 0 where the header cannot be read. */
  height: number;
  /** Of the block; `0x` where the header cannot be read. */
  blockHash: Hex;
}
