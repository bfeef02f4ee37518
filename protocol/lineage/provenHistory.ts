import type { Hex } from '../encoding/hex.ts';
import { eventsOf } from '../epcis/eventsOf.ts';
import { ProtocolError } from '../errors.ts';
import { parseStrict } from '../json/parseStrict.ts';
import type { Bundle } from '../verdict/bundle.ts';
import type { Finding, Trust, Verdict } from '../verdict/verdict.ts';
import { verifyBundle, type When } from '../verdict/verifyBundle.ts';
import { type LineageEvent, lineageEventOf } from './lineageEvent.ts';

/** What a subject's bundle proves of its history. */
export interface ProvenHistory {
  /** Canonical identifier. */
  readonly id: string;
  /** Leaves of all documents that the ledger counts under it. */
  readonly leaves: ReadonlySet<Hex>;
  readonly events: readonly LineageEvent[];
  /** Documents whose bodies the reader was not given. */
  readonly sealed: number;
  readonly verdict: Verdict;
}

/**
 * Reads the events of a subject's bundle for lineage, and takes nothing of it on trust: the block, the completeness of the history, and each event's text and
 * record are proven, and the time at which an event became known is that of its record on the ledger.
 *
 * @throws ProtocolError `HISTORY_UNPROVEN`, whose facts name the question and the code of the finding
 */
export function provenHistory(bundle: Bundle, trust: Trust, when: When): ProvenHistory {
  const verdict = verifyBundle(bundle, trust, when);
  const { subject } = bundle;
  const fault = verdict.findings.find(isFault);
  if (fault !== undefined || subject === undefined) throw unproven(fault);
  const recordTimes = recordTimesOf(verdict);
  const events = bundle.documents.flatMap((document, index) => {
    const recordTime = recordTimes.get(index);
    if (document.type !== 'event' || recordTime === undefined) return [];
    const about = { key: document.anchor.leaf, issuer: document.issuer, recordTime };
    return eventsOf(parseStrict(document.event)).map(({ event, context }) => lineageEventOf(event, context, about));
  });
  return {
    id: subject.id,
    leaves: new Set(bundle.documents.map(({ anchor }) => anchor.leaf)),
    events,
    sealed: bundle.documents.filter(({ type }) => type === 'withheld').length,
    verdict,
  };
}

/** Findings after which the history cannot be used: what a document says of itself or how it stands is another matter. */
function isFault({ question, answer }: Finding): boolean {
  if (question === 'block' || question === 'complete') return answer !== 'VALID';
  return (question === 'integrity' || question === 'anchored') && answer === 'INVALID';
}

function recordTimesOf({ findings }: Verdict): Map<number, number> {
  const anchored = findings.filter(({ question, answer }) => question === 'anchored' && answer === 'VALID');
  return new Map(anchored.map(({ document, facts }) => [document ?? -1, Date.parse(String(facts?.anchoredAt))]));
}

function unproven(fault: Finding | undefined): ProtocolError {
  const facts = fault === undefined ? { question: 'complete', code: 'NO_SUBJECT' } : { question: fault.question, code: fault.code };
  return new ProtocolError('HISTORY_UNPROVEN', `the history is not proven: ${facts.question} ${facts.code}`, { facts });
}
