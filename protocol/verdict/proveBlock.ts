import { blockHash, decodeHeader, type Header } from '../chain/header.ts';
import { qbftBlockHash, verifyFinality } from '../chain/qbft.ts';
import { type Account, proofReader } from '../chain/trie.ts';
import { type Checkpoint, readCheckpoint } from '../checkpoint/checkpoint.ts';
import type { Hex } from '../encoding/hex.ts';
import { ProtocolError } from '../errors.ts';
import { SHORES } from '../ledger/codes.ts';
import type { BundleBlock } from './bundle.ts';
import { cannotCheck, invalid, type Judgement, valid } from './judgement.ts';
import { type LawState, lawState } from './lawState.ts';
import { type LedgerState, ledgerState, slotReader } from './ledgerState.ts';
import type { Trust, Witness } from './verdict.ts';

/** What is known of the block that a bundle stands on. */
export interface ProvenBlock {
  judgement: Judgement;
  header: Pick<Header, 'number' | 'timestamp'>;
  hash: Hex;
  /** Unix seconds up to which the block is known to be the head of the ledger. */
  headUntil: number;
  /** Undefined where the block is not proven: then nothing can be said of the ledger. */
  proven?: { state: LedgerState; law: LawState };
}

type Cosignature = Checkpoint & { witness: Witness };

/**
 * Judges the block: is it the trusted ledger's, and do a quorum of its validators, or a witness of each shore, stand by it?
 *
 * @throws ProtocolError `RLP_MALFORMED`, `HEADER_MALFORMED`, `EXTRA_DATA_MALFORMED`: the header cannot be read
 */
export function proveBlock(block: BundleBlock, trust: Trust): ProvenBlock {
  const header = decodeHeader(block.header);
  const hash = trust.validators === undefined ? blockHash(block.header) : qbftBlockHash(block.header);
  const seen = readCosignatures(block, trust);
  const matching = seen.filter((checkpoint) => checkpoint.hash === hash && checkpoint.height === header.number);
  const sealed = trust.validators !== undefined;
  const headUntil = (sealed ? Math.max(header.timestamp, freshness(matching)) : freshness(matching)) + trust.maxAge;
  const known = { header: { number: header.number, timestamp: header.timestamp }, hash, headUntil };
  const judgement = judge(block, trust, seen, matching);
  if (judgement.answer !== 'VALID') return { ...known, judgement };
  const proofs = proofReader(block.nodes);
  const account = proofs.account(header.stateRoot, block.contract);
  if (!isLedger(account, trust)) return { ...known, judgement: invalid('CONTRACT_WRONG') };
  const ledger = slotReader(proofs, account === 'missing' ? undefined : account.storageRoot);
  return { ...known, judgement, proven: { state: ledgerState(ledger), law: lawState(proofs, header.stateRoot, ledger) } };
}

function judge(block: BundleBlock, trust: Trust, seen: readonly Cosignature[], matching: readonly Cosignature[]): Judgement {
  // Another ledger may well exist; this reader has no grounds to believe or to doubt it.
  if (block.chainId !== trust.chainId || block.contract !== trust.contract) return cannotCheck('OTHER_LEDGER', { chainId: block.chainId });
  if (trust.validators !== undefined) return judgeSeals(block, trust.validators);
  const { height } = matching[0] ?? {};
  const against = seen.find((checkpoint) => !matching.includes(checkpoint) && (height === undefined || checkpoint.height === height));
  if (against !== undefined) return invalid(matching.length > 0 ? 'WITNESSES_DISAGREE' : 'BLOCK_FORGED', { witness: against.witness.name });
  if (matching.some((each) => each.sequence !== matching[0]?.sequence || each.indexDigest !== matching[0]?.indexDigest))
    return invalid('WITNESSES_DISAGREE');
  const missing = SHORES.find((shore) => !matching.some(({ witness }) => witness.shore === shore));
  return missing === undefined ? valid() : cannotCheck('WITNESS_MISSING', { shore: missing });
}

function judgeSeals({ header, validatorSets = [] }: BundleBlock, validators: readonly Hex[]): Judgement {
  try {
    verifyFinality(header, validators, validatorSets);
    return valid();
  } catch (error) {
    if (error instanceof ProtocolError) return invalid('BLOCK_FORGED', { reason: error.code });
    throw error;
  }
}

/** Checkpoints of this ledger by trusted witnesses. Others say nothing, so that nobody can spoil a bundle by adding one. */
function readCosignatures({ cosignatures, chainId, contract }: BundleBlock, { witnesses }: Trust): Cosignature[] {
  return cosignatures.flatMap((jws) => {
    try {
      const checkpoint = readCheckpoint(jws, witnesses);
      return checkpoint.chainId === chainId && checkpoint.contract === contract ? [checkpoint] : [];
    } catch (error) {
      if (error instanceof ProtocolError) return [];
      throw error;
    }
  });
}

/** One shore alone cannot make an old block look like the head: the shore that looked longer ago decides. */
function freshness(matching: readonly Cosignature[]): number {
  const newest = (shore: string) => Math.max(0, ...matching.filter(({ witness }) => witness.shore === shore).map(({ iat }) => iat));
  return Math.min(...SHORES.map(newest));
}

function isLedger(account: Account | 'absent' | 'missing', { codeHash }: Trust): account is Account | 'missing' {
  if (account === 'absent') return false;
  return account === 'missing' || codeHash === undefined || account.codeHash === codeHash;
}
