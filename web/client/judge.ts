import { readCheckpoint } from '../../protocol/checkpoint/checkpoint.ts';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import type { Trust, Verdict } from '../../protocol/verdict/verdict.ts';
import { verifyBundle } from '../../protocol/verdict/verifyBundle.ts';
import type { Along, JudgedBundle } from '../render/along/alongOf.ts';
import { productView } from '../render/productView.ts';
import type { ProductView } from '../render/view.ts';
import type { PageCode } from '../texts/texts.ts';

/** What the phone makes of an answer: a page of its own, or why it can make none. */
export type Judgement = { readonly view: ProductView; readonly sequence: number } | { readonly code: PageCode };

/** What the phone holds when it judges. */
export interface Evidence {
  /** As fetched, with the other nodes' checkpoints of its block added. */
  readonly bundle: unknown;
  /** The same of what the product travelled in and was made of, with the verdict on each. */
  readonly along?: Along;
  /** State changes that a witness had signed for before the answer was asked for: an answer that stands on fewer is not the newest. */
  readonly sequenceSeen: number;
}

/**
 * Judges an answer as a reader who trusts no server: the bundle by `verifyBundle`, and beside it that the answer is about the product that was asked
 * for, and not older than what another node is known to have seen.
 *
 * @param asked canonical Digital Link URI of the page
 * @param now RFC 3339, by the phone's clock
 */
export function judge({ bundle, along, sequenceSeen }: Evidence, trust: Trust, asked: string, now: string): Judgement {
  let view: ProductView;
  try {
    if ((bundle as Bundle).subject?.id !== asked) return { code: 'SUBJECT_MISMATCH' };
    view = productView(bundle as Bundle, verifyBundle(bundle, trust, { now }), asked, along);
  } catch {
    return { code: 'UNREADABLE' };
  }
  const sequence = provenSequence(bundle as Bundle, trust, view.verdict);
  return { view: sequence < sequenceSeen ? withDoubt(view, 'NEWER_STATE') : view, sequence };
}

/**
 * Judges the bundle of other goods; undefined where it is about something else, cannot be read, or stands on an older state than a node had already signed for: a
 * history from before a recall would hide it.
 */
export function judgeBeside(
  bundle: unknown,
  trust: Trust,
  id: string,
  { now, sequenceSeen }: { now: string; sequenceSeen: number },
): JudgedBundle | undefined {
  try {
    if ((bundle as Bundle).subject?.id !== id) return undefined;
    const verdict = verifyBundle(bundle, trust, { now });
    return provenSequence(bundle as Bundle, trust, verdict) < sequenceSeen ? undefined : { bundle: bundle as Bundle, verdict };
  } catch {
    return undefined;
  }
}

/** True for an answer that stands on an older state than a node had already signed for. */
export function isBehind(judgement: Judgement, sequenceSeen: number): boolean {
  return 'view' in judgement && judgement.sequence < sequenceSeen;
}

/** The count of state changes at a bundle's block, by the checkpoints of it that a witness signed; 0 where none did. */
function provenSequence(bundle: Bundle, trust: Trust, verdict: Verdict): number {
  const counts = bundle.block.cosignatures.map((jws) => {
    const checkpoint = trustedCheckpoint(jws, trust);
    return checkpoint?.hash === verdict.blockHash ? checkpoint.sequence : 0;
  });
  return Math.max(0, ...counts);
}

/** A checkpoint that a trusted witness signed for this ledger, or undefined. */
export function trustedCheckpoint(jws: string, trust: Trust): ReturnType<typeof readCheckpoint> | undefined {
  try {
    const checkpoint = readCheckpoint(jws, trust.witnesses);
    return checkpoint.chainId === trust.chainId && checkpoint.contract === trust.contract ? checkpoint : undefined;
  } catch {
    return undefined;
  }
}

function withDoubt(view: ProductView, code: PageCode): ProductView {
  const { colour, reasons } = view.glance;
  return { ...view, glance: { colour: colour === 'red' ? 'red' : 'amber', reasons: [...reasons, { code }] } };
}
