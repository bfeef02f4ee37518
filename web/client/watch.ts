import type { PageCode } from '../texts/texts.ts';
import { gatherBundle, newestSequence } from './gatherEvidence.ts';
import { type Judgement, judge } from './judge.ts';
import { fetchTrust, type PageTrust } from './nodes.ts';
import type { Screen } from './screen.ts';

/** How often the nodes are asked whether the ledger has moved. */
const ASK_EVERY_MS = 1000;
/** How old an answer may grow while the ledger stands still; well within the age at which a checkpoint no longer says "now". */
const RENEW_AFTER_MS = 20_000;
/** How long a node may take to index what another already has. */
const LAG_MS = 3000;

/**
 * Checks the product again and again while the page is looked at: whenever a node signs for a newer state, whenever the last answer was not all
 * valid, and before it grows old.
 *
 * @param asked canonical Digital Link URI of the page
 */
export async function watch(asked: string, screen: Screen): Promise<never> {
  const memory: Memory = { seen: [], sequence: -1, checkedAt: 0, settled: false };
  let trust: PageTrust | undefined;
  screen.showChecking();
  for (;;) {
    if (document.visibilityState === 'visible') {
      trust ??= await fetchTrust().catch(() => undefined);
      if (trust === undefined) screen.showFailure('TRUST_MISSING');
      else await checkIfDue(trust, asked, screen, memory);
    }
    await pauseOrReturn(ASK_EVERY_MS);
  }
}

/** What the phone remembers between two looks. */
interface Memory {
  /** Counts of state changes that a witness signed for, with the time at which the phone saw each, oldest first. */
  seen: { sequence: number; at: number }[];
  /** Count at the block of the last answer. */
  sequence: number;
  checkedAt: number;
  /** True after an answer that was valid throughout. */
  settled: boolean;
}

async function checkIfDue(trust: PageTrust, asked: string, screen: Screen, memory: Memory): Promise<void> {
  const newest = await newestSequence(trust);
  const now = Date.now();
  if (newest !== undefined && newest > (memory.seen.at(-1)?.sequence ?? -1)) memory.seen.push({ sequence: newest, at: now });
  const due = (newest ?? 0) > memory.sequence || now - memory.checkedAt > RENEW_AFTER_MS || !memory.settled;
  if (due) remember(memory, await checkNow(trust, asked, screen, sequenceSeenBy(memory, now - LAG_MS)));
}

async function checkNow(trust: PageTrust, asked: string, screen: Screen, sequenceSeen: number): Promise<Judgement> {
  const judgement = await gather(trust, asked, sequenceSeen);
  if ('view' in judgement) screen.showView(judgement.view, new Date());
  else screen.showFailure(judgement.code);
  return judgement;
}

async function gather(trust: PageTrust, asked: string, sequenceSeen: number): Promise<Judgement> {
  let bundle: unknown;
  try {
    bundle = await gatherBundle(trust);
  } catch (error) {
    const code: PageCode = error instanceof TypeError || error instanceof DOMException ? 'UNREACHABLE' : 'UNREADABLE';
    return { code };
  }
  return judge({ bundle, sequenceSeen }, trust, asked, new Date().toISOString());
}

function remember(memory: Memory, judgement: Judgement): void {
  memory.checkedAt = Date.now();
  memory.settled = 'view' in judgement && judgement.view.glance.colour === 'green';
  if ('view' in judgement) memory.sequence = judgement.sequence;
}

/** The highest count that was already seen at a moment; later ones are dropped from the memory when they no longer matter. */
function sequenceSeenBy(memory: Memory, moment: number): number {
  const settled = memory.seen.filter(({ at }) => at <= moment);
  const highest = settled.at(-1);
  if (highest !== undefined) memory.seen = [highest, ...memory.seen.filter(({ at }) => at > moment)];
  return highest?.sequence ?? 0;
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
