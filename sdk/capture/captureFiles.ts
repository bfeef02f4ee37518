import { setTimeout as sleep } from 'node:timers/promises';
import { SdkError } from '../errors.ts';
import type { CaptureChoices, CaptureJob, NodeClient } from '../node/client.ts';
import { type EventBatch, eventBatches, type Refusal } from './eventBatches.ts';

/** What to capture, at whose node. */
export interface CaptureOptions extends CaptureChoices {
  /** The member's node, with the member's token. */
  node: NodeClient;
  /** Files and folders: EPCIS documents, bare events, lines of either. */
  paths: readonly string[];
  onProgress?: (done: number, total: number) => void;
  /** Milliseconds until a job that still runs is left alone. */
  patienceMs?: number;
}

/** What became of the events. `events` is the sum of the three numbers after it. */
export interface CaptureSummary {
  documents: number;
  events: number;
  captured: number;
  /** Captured before, by the same member. */
  known: number;
  /** Refused, or left out because another of the same document was refused. */
  left: number;
  refusals: Refusal[];
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const PATIENCE_MS = 600_000;
/** Answers of a node that does not take a document, whoever asks and however often. */
const NOT_TAKEN = new Set([400, 413, 415]);

/**
 * Hands in EPCIS documents to a node, one after another, and waits for each until its events are recorded.
 *
 * All files are read and judged first: with `rollback` one fault anywhere, and nothing is handed in; with `proceed` all that has none is. What only the node can
 * judge it judges document by document. An event is known by its hash, so the same call after a crash captures what is missing and doubles nothing.
 *
 * @throws SdkError of reading and of the node; `NOT_YET_CAPTURED` where a job does not end in time
 */
export async function captureFiles({
  node,
  paths,
  onProgress,
  patienceMs = PATIENCE_MS,
  ...choices
}: CaptureOptions): Promise<CaptureSummary> {
  const createdAt = new Date().toISOString();
  const summary: CaptureSummary = { documents: 0, events: 0, captured: 0, known: 0, left: 0, refusals: [] };
  for await (const { events, refusals } of eventBatches(paths, createdAt)) {
    summary.documents += 1;
    summary.events += events;
    summary.refusals.push(...refusals);
  }
  if (summary.refusals.length > 0 && choices.onError === 'rollback') return { ...summary, left: summary.events };
  let done = 0;
  onProgress?.(done, summary.events);
  for await (const batch of eventBatches(paths, createdAt)) {
    const { captured, known, refusals } = batch.isEmpty ? NOTHING : await captureBatch(node, batch, choices, patienceMs);
    summary.captured += captured;
    summary.known += known;
    summary.left += batch.events - captured - known;
    summary.refusals.push(...refusals);
    done += batch.events;
    onProgress?.(done, summary.events);
  }
  return summary;
}

type BatchResult = Pick<CaptureSummary, 'captured' | 'known' | 'refusals'>;

const NOTHING: BatchResult = { captured: 0, known: 0, refusals: [] };

async function captureBatch(node: NodeClient, batch: EventBatch, choices: CaptureChoices, patienceMs: number): Promise<BatchResult> {
  try {
    const { captured, known, faults } = await ended(node, await node.capture(batch.text, choices), patienceMs);
    return { captured, known, refusals: faults.map(({ code, pointer, detail }) => ({ ...batch.locate(pointer), code, reason: detail })) };
  } catch (error) {
    if (!(error instanceof SdkError) || !NOT_TAKEN.has(Number(error.facts?.status))) throw error;
    return { ...NOTHING, refusals: [{ ...batch.locate(error.pointer ?? ''), code: error.code, reason: error.message }] };
  }
}

/** Looks at the job again and again, less often the longer it takes: it ends when the ledger has recorded the events. */
async function ended(node: NodeClient, id: string, patienceMs: number): Promise<CaptureJob> {
  const deadline = Date.now() + patienceMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5)) {
    const job = await node.captureJob(id);
    if (!job.running) return job;
    if (Date.now() + pause > deadline)
      throw new SdkError('NOT_YET_CAPTURED', `the capture ${id} still runs`, {
        advice: 'run the command again later: nothing is captured twice',
      });
    await sleep(pause);
  }
}
