import { randomUUID } from 'node:crypto';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { eventsOf } from '../../protocol/epcis/eventsOf.ts';
import { validateDocument } from '../../protocol/epcis/validateDocument.ts';
import type { JsonValue } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { ApiError, type Problem, type ProblemDocument } from '../errors.ts';
import type { TokenHolder } from '../keys/tokens.ts';
import type { ApiNode } from '../node.ts';
import { type CaptureChoices, captureEvents } from './captureEvents.ts';

/** State of a capture, as EPCIS 2.0 defines it. */
export interface CaptureJob {
  captureID: string;
  createdAt: string;
  finishedAt?: string;
  /** Until all of its events are recorded, or refused. */
  running: boolean;
  success: boolean;
  captureErrorBehaviour: 'rollback' | 'proceed';
  /** Beyond the standard: events that are new, and events that this member had captured before. */
  'tidemark:captured': number;
  'tidemark:known': number;
  errors: ProblemDocument[];
}

/** What is kept of a capture: how far it is, is read off its batches. */
interface KeptJob {
  createdAt: string;
  captureErrorBehaviour: 'rollback' | 'proceed';
  captured: number;
  known: number;
  errors: ProblemDocument[];
  roots: Hex[];
}

/**
 * Captures an EPCIS document, and resolves with the id of the job. The document as a whole is checked at once; what is wrong with single events is told by the
 * job, which runs until the ledger holds them.
 *
 * @throws ProtocolError of `parseStrict`; ApiError `CAPTURE_INVALID` with every problem found
 */
export async function captureDocument(node: ApiNode, holder: TokenHolder, body: Uint8Array, choices: CaptureChoices): Promise<string> {
  const createdAt = new Date(node.clock()).toISOString();
  const document = validDocument(body);
  const { leaves, known, problems, roots } = await captureEvents(node, holder, eventsOf(document), choices);
  const job: KeptJob = {
    createdAt,
    captureErrorBehaviour: choices.onError,
    captured: leaves.length,
    known,
    errors: problems.map(captureError),
    roots,
  };
  const id = randomUUID();
  node.catalogue.keepJob(id, holder.member, createdAt, job);
  return id;
}

/** The state of a capture now. */
export function captureJob(node: ApiNode, captureID: string, kept: unknown): CaptureJob {
  // Jobs of before there were roots have ended.
  const {
    createdAt,
    captureErrorBehaviour,
    captured = 0,
    known = 0,
    errors,
    roots = [],
  } = kept as Partial<KeptJob> & Pick<KeptJob, 'createdAt' | 'captureErrorBehaviour' | 'errors'>;
  const { waiting, refused, lastAt } = node.catalogue.progressOf(roots);
  // Recorded is what has the time of its block, which may be a moment before the request came by our clock.
  const finishedAt = new Date(Math.max(Date.parse(createdAt), lastAt ?? 0)).toISOString();
  return {
    ...{ captureID, createdAt, ...(waiting === 0 && { finishedAt }), running: waiting > 0, success: errors.length === 0 && refused === 0 },
    ...{ captureErrorBehaviour, 'tidemark:captured': captured, 'tidemark:known': known },
    ...{ errors: refused === 0 ? errors : [...errors, refusedByLedger(refused)] },
  };
}

/**
 * Parses and checks an EPCIS document or event.
 *
 * @throws ProtocolError of `parseStrict`; ApiError `CAPTURE_INVALID`
 */
export function validDocument(body: Uint8Array): JsonValue {
  const document = parseStrict(body);
  const problems: Problem[] = validateDocument(document).map(({ code, pointer, message }) => ({ code, pointer, detail: message }));
  const [first] = problems;
  if (first !== undefined) throw new ApiError('CAPTURE_INVALID', `${first.pointer} ${first.detail}`, { pointer: first.pointer, problems });
  return document;
}

function captureError({ code, pointer, detail }: Problem): ProblemDocument {
  return { type: 'epcisException:ValidationException', title: 'The event is not captured', status: 400, code, detail, pointer };
}

function refusedByLedger(count: number): ProblemDocument {
  const detail = `the ledger refused the batch of ${count} events`;
  return {
    type: 'epcisException:ImplementationException',
    title: 'The events are not recorded',
    status: 500,
    code: 'NOT_ANCHORED',
    detail,
  };
}
