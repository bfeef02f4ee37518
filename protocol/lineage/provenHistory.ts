import type { Hex } from '../encoding/hex.ts';
import { eventsOf } from '../epcis/eventsOf.ts';
import { ProtocolError } from '../errors.ts';
import { parseStrict } from '../json/parseStrict.ts';
import { EMPTY_HEAD, extendHead, subjectKey } from '../ledger/ids.ts';
import { answerFault } from '../verdict/answerFault.ts';
import type { Bundle, BundleDocument } from '../verdict/bundle.ts';
import type { Finding, Trust, Verdict } from '../verdict/verdict.ts';
import { verifyBundle, type When } from '../verdict/verifyBundle.ts';
import { type GoodsStanding, goodsStanding } from './goodsStanding.ts';
import { type LineageEvent, lineageEventOf } from './lineageEvent.ts';

/** What a subject's bundle proves of its history. */
export interface ProvenHistory {
  /** Canonical identifier. */
  readonly id: string;
  /** Under which the ledger counts the history: made of the identifier and a salt. */
  readonly subject: Hex;
  /** Proven head: count of entries, and their chain. */
  readonly head: Hex;
  /** Leaves of all documents that the ledger counts under it. */
  readonly leaves: ReadonlySet<Hex>;
  readonly documents: readonly BundleDocument[];
  readonly events: readonly LineageEvent[];
  /** Documents whose bodies the reader was not given. */
  readonly sealed: number;
  readonly verdict: Verdict;
  readonly standing: GoodsStanding;
}

/**
 * Reads the events of a subject's bundle for lineage, and takes nothing of it on trust: the block, the completeness of the history, and each event's text and
 * record are proven, and the time at which an event became known is that of its record on the ledger. What stops the goods, and which of their documents failed or
 * fell, is in `standing`; so is what the bundle leaves open.
 *
 * @throws ProtocolError `HISTORY_UNPROVEN`, whose facts name the question and the code of the finding
 */
export function provenHistory(bundle: Bundle, trust: Trust, when: When): ProvenHistory {
  const verdict = verifyBundle(bundle, trust, when);
  const { subject } = bundle;
  const fault = answerFault(verdict) ?? verdict.findings.find(isFault);
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
    subject: subjectKey(subject.id, subject.salt),
    head: subject.entries.reduce<Hex>(extendHead, EMPTY_HEAD),
    leaves: new Set(bundle.documents.map(({ anchor }) => anchor.leaf)),
    documents: bundle.documents,
    events,
    sealed: bundle.documents.filter(({ type }) => type === 'withheld').length,
    verdict,
    standing: goodsStanding(bundle, verdict),
  };
}

/**
 * Findings after which the history cannot be used, beside those for which the answer is to blame in any case. An event whose record is not shown would be left
 * out of the lineage without a word: its time is unknown.
 */
function isFault({ question, answer }: Finding): boolean {
  return (question === 'complete' || question === 'anchored') && answer !== 'VALID';
}

function recordTimesOf({ findings }: Verdict): Map<number, number> {
  const anchored = findings.filter(({ question, answer }) => question === 'anchored' && answer === 'VALID');
  return new Map(anchored.map(({ document, facts }) => [document ?? -1, Date.parse(String(facts?.anchoredAt))]));
}

function unproven(fault: Finding | undefined): ProtocolError {
  const facts = fault === undefined ? { question: 'complete', code: 'NO_SUBJECT' } : { question: fault.question, code: fault.code };
  return new ProtocolError('HISTORY_UNPROVEN', `the history is not proven: ${facts.question} ${facts.code}`, { facts });
}
