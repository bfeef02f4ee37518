import { type Along, gatherAlong } from '../render/along/alongOf.ts';
import { gatherBundle, newestSequence } from './gatherEvidence.ts';
import { isBehind, type Judgement, judge, judgeBeside } from './judge.ts';
import { fetchBundle, fetchBundleOf, fetchTrust, type PageTrust } from './nodes.ts';
import type { Screen } from './screen.ts';

/** How often the nodes are asked whether the ledger has moved. */
const ASK_EVERY_MS = 1000;
/** How old an answer may grow while the ledger stands still; well within the age at which a checkpoint no longer says "now". */
const RENEW_AFTER_MS = 20_000;
/** How often, and how soon again, a node is asked whose answer is behind what another node signs: indexing takes a moment. */
const ATTEMPTS = 4;
const PATIENCE_MS = 300;

/**
 * Checks the product again and again while the page is looked at: whenever a node signs for a newer state, whenever the last answer was not all
 * valid, and before it grows old.
 *
 * @param asked canonical Digital Link URI of the page
 */
export async function watch(asked: string, screen: Screen): Promise<never> {
  const last: LastAnswer = { sequence: -1, checkedAt: 0, settled: false };
  let trust: PageTrust | undefined;
  screen.showChecking();
  for (;;) {
    if (document.visibilityState === 'visible') {
      trust ??= await fetchTrust().catch(() => undefined);
      if (trust === undefined) screen.showFailure('TRUST_MISSING');
      else await checkIfDue(trust, asked, screen, last);
    }
    await pauseOrReturn(ASK_EVERY_MS);
  }
}

/** What the phone remembers from one look to the next. */
interface LastAnswer {
  /** Count of state changes at the block of the answer. */
  sequence: number;
  checkedAt: number;
  /** True where everything was valid. */
  settled: boolean;
}

async function checkIfDue(trust: PageTrust, asked: string, screen: Screen, last: LastAnswer): Promise<void> {
  const newest = await newestSequence(trust);
  const isDue = newest > last.sequence || Date.now() - last.checkedAt > RENEW_AFTER_MS || !last.settled;
  if (!isDue) return;
  const judgement = await answer(trust, asked, newest);
  last.checkedAt = Date.now();
  last.settled = 'view' in judgement && judgement.view.glance.colour === 'green';
  if ('view' in judgement) {
    last.sequence = judgement.sequence;
    screen.showView(judgement.view, new Date());
  } else screen.showFailure(judgement.code);
}

/** Asks until the answer is as new as what any node has signed, or patience ends. */
async function answer(trust: PageTrust, asked: string, sequenceSeen: number): Promise<Judgement> {
  for (let attempt = 1; ; attempt++) {
    const judgement = await answerOnce(trust, asked, sequenceSeen);
    if (!isBehind(judgement, sequenceSeen) || attempt === ATTEMPTS) return judgement;
    await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  }
}

async function answerOnce(trust: PageTrust, asked: string, sequenceSeen: number): Promise<Judgement> {
  try {
    const bundle = await gatherBundle(trust, fetchBundle());
    const now = new Date().toISOString();
    const along = await gatherBeside(bundle, trust, asked, { now, sequenceSeen });
    return judge({ bundle, along, sequenceSeen }, trust, asked, now);
  } catch (error) {
    // fetch rejects with a TypeError where nothing answers, and with a DOMException where it takes too long.
    return { code: error instanceof TypeError || error instanceof DOMException ? 'UNREACHABLE' : 'UNREADABLE' };
  }
}

/** The histories of what the product travelled in and was made of, each checked as its own is; what cannot be had is named as not checked. */
async function gatherBeside(bundle: unknown, trust: PageTrust, asked: string, when: { now: string; sequenceSeen: number }): Promise<Along> {
  const own = judgeBeside(bundle, trust, asked, { ...when, sequenceSeen: 0 });
  if (own === undefined) return new Map();
  return gatherAlong(own, asked, async (id) => {
    try {
      return judgeBeside(await gatherBundle(trust, fetchBundleOf(id)), trust, id, when);
    } catch {
      return undefined;
    }
  });
}

/** Waits, but no longer than until the reader comes back to the page. */
function pauseOrReturn(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    document.addEventListener('visibilitychange', finish);
  });
}
