import { randomUUID } from 'node:crypto';
import { eventsOf } from '../../protocol/epcis/eventsOf.ts';
import { validateDocument } from '../../protocol/epcis/validateDocument.ts';
import type { JsonValue } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { ApiError, type Problem } from '../errors.ts';
import type { TokenHolder } from '../keys/tokens.ts';
import type { ApiNode } from '../node.ts';
import { type CaptureChoices, captureEvents } from './captureEvents.ts';

/** State of a capture, as EPCIS 2.0 defines it. */
export interface CaptureJob {
  captureID: string;
  createdAt: string;
  finishedAt?: string;
  running: boolean;
  success: boolean;
  captureErrorBehaviour: 'rollback' | 'proceed';
  errors: { type: string; title: string; status: number; code: string; detail: string; pointer: string }[];
}

/**
 * Captures an EPCIS document. The document as a whole is checked at once; what is wrong with single events is told by the job.
 *
 * @throws ProtocolError of `parseStrict`; ApiError `CAPTURE_INVALID` with every problem found
 */
export async function captureDocument(node: ApiNode, holder: TokenHolder, body: Uint8Array, choices: CaptureChoices): Promise<CaptureJob> {
  const createdAt = new Date(node.clock()).toISOString();
  const document = validDocument(body);
  const { problems } = await captureEvents(node, holder, eventsOf(document), choices);
  const success = problems.length === 0;
  const job: CaptureJob = {
    captureID: randomUUID(),
    createdAt,
    finishedAt: new Date(node.clock()).toISOString(),
    running: false,
    success,
    captureErrorBehaviour: choices.onError,
    errors: problems.map(captureError),
  };
  node.catalogue.keepJob(job.captureID, holder.member, createdAt, job);
  return job;
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

function captureError({ code, pointer, detail }: Problem): CaptureJob['errors'][number] {
  return { type: 'epcisException:ValidationException', title: 'The event is not captured', status: 400, code, detail, pointer };
}
