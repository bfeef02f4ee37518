import { ProtocolError } from '../errors.ts';
import { subjectKey } from '../ledger/ids.ts';
import type { Bundle, BundleDocument, BundleSubject } from './bundle.ts';
import type { Inquiry } from './inquiry.ts';
import { judgeAccepted } from './judgeAccepted.ts';
import { judgeComplete } from './judgeComplete.ts';
import { judgeConsumed } from './judgeConsumed.ts';
import { judgeFree } from './judgeFree.ts';
import { cannotCheck, invalid, type Judgement, toTime } from './judgement.ts';
import { UnknownRules } from './lawState.ts';
import { MissingProof } from './ledgerState.ts';
import { type ProvenBlock, proveBlock } from './proveBlock.ts';
import { judgeAccreditation, judgeAnchored, judgeIssuer, judgeStatus, judgeSuperseded } from './questions.ts';
import { readBundle } from './readBundle.ts';
import { readDocument } from './readDocument.ts';
import type { Finding, Question, Trust, Verdict } from './verdict.ts';

/** Which moment is asked about, RFC 3339: `at`, or without it `now`, which is the reader's clock. */
export interface When {
  at?: string;
  now: string;
}

/** Questions about one document that need the ledger, in the order of the findings. Undefined: there is nothing to ask. */
const OF_THE_LEDGER: readonly (readonly [Question, (inquiry: Inquiry) => Judgement | undefined])[] = [
  ['anchored', judgeAnchored],
  ['issuer', judgeIssuer],
  ['accreditation', judgeAccreditation],
  ['status', judgeStatus],
  ['superseded', judgeSuperseded],
  ['consumed', judgeConsumed],
  ['accepted', judgeAccepted],
];
/** Questions about a moment. */
const TIMED: ReadonlySet<Question> = new Set(['status', 'superseded', 'consumed', 'accepted', 'free']);
/** Questions that only a ledger with law contracts is asked: while the block is unproven, nobody can tell whether this is one. */
const OF_THE_LAW: ReadonlySet<Question> = new Set(['consumed', 'accepted', 'free']);

/**
 * Judges a bundle (docs/spec/bundle.md section 3): no network, no clock, nothing taken on trust but `trust`. It never throws: what cannot be read is INVALID
 * with the code `MALFORMED`.
 *
 * @param bundle a parsed JSON value, of any shape
 *
 * @example
 * verifyBundle(parseStrict(text), trust, { now: new Date().toISOString() }).answer; // 'VALID'
 */
export function verifyBundle(bundle: unknown, trust: Trust, when: When): Verdict {
  try {
    return verify(readBundle(bundle), trust, when);
  } catch (error) {
    return nothing(error instanceof ProtocolError ? refusal(error) : cannotCheck('UNEXPECTED'), trust, when);
  }
}

function verify(bundle: Bundle, trust: Trust, when: When): Verdict {
  const block = proveBlock(bundle.block, trust);
  // A reader's clock may be a little slow: "now" is not before the block that it looks at.
  const now = Math.max(toSeconds(when.now), block.header.timestamp);
  const at = when.at === undefined ? now : toSeconds(when.at);
  const findings: Finding[] = [{ question: 'block', ...block.judgement }];
  const moment: Moment = { at, isLater: at > block.headUntil, timestamp: block.header.timestamp };
  bundle.documents.forEach((document, index) => {
    findings.push(...judgeDocument(bundle, document, block.proven, moment).map((finding) => ({ ...finding, document: index })));
  });
  if (bundle.subject !== undefined) findings.push(...judgeSubject(bundle, bundle.subject, block.proven, moment));
  else if (bundle.documents.length === 0) findings.push({ question: 'integrity', ...invalid('MALFORMED', { pointer: '/documents' }) });
  return {
    answer: overall(findings),
    findings,
    asOf: toTime(block.header.timestamp),
    at: when.at ?? when.now,
    finality: finalityOf(trust),
    height: block.header.number,
    blockHash: block.hash,
  };
}

type Moment = Pick<Inquiry, 'at' | 'isLater' | 'timestamp'>;
type Proven = ProvenBlock['proven'];

function judgeDocument(bundle: Bundle, document: BundleDocument, proven: Proven, moment: Moment): Finding[] {
  const read = readDocument(document);
  const rest = OF_THE_LEDGER.flatMap(([question, judge]) =>
    ask(question, moment.at, proven && (() => judge({ bundle, document, read, ...proven, ...moment }))),
  );
  return [{ question: 'integrity', ...read.judgement }, ...rest];
}

function judgeSubject(bundle: Bundle, subject: BundleSubject, proven: Proven, moment: Moment): Finding[] {
  return [
    ...ask('complete', moment.at, proven && (() => judgeComplete(bundle, subject, proven.state))),
    ...ask('free', moment.at, proven && (() => judgeFree(subjectKey(subject.id, subject.salt), { law: proven.law, ...moment }))),
  ];
}

/** Asks one question, of a block that is proven. */
function ask(question: Question, at: number, judge: (() => Judgement | undefined) | undefined): Finding[] {
  if (judge === undefined) return OF_THE_LAW.has(question) ? [] : [{ question, ...cannotCheck('BLOCK_UNPROVEN') }];
  const judgement = orMissing(judge);
  if (judgement === undefined) return [];
  return [{ question, ...(TIMED.has(question) && Number.isNaN(at) ? cannotCheck('DATE_UNREADABLE') : judgement) }];
}

function orMissing(judge: () => Judgement | undefined): Judgement | undefined {
  try {
    return judge();
  } catch (error) {
    if (error instanceof MissingProof) return cannotCheck('PROOF_MISSING', { missing: error.variable });
    if (error instanceof UnknownRules) return cannotCheck('RULES_UNKNOWN', { contract: error.contract, version: error.version });
    throw error;
  }
}

function overall(findings: readonly Finding[]): Verdict['answer'] {
  if (findings.some(({ answer }) => answer === 'INVALID')) return 'INVALID';
  return findings.some(({ answer }) => answer === 'CANNOT_CHECK') ? 'CANNOT_CHECK' : 'VALID';
}

/** The verdict on what cannot even be taken apart. */
function nothing(judgement: Judgement, trust: Trust, { at, now }: When): Verdict {
  const findings: Finding[] = [{ question: 'integrity', ...judgement }];
  return { answer: judgement.answer, findings, asOf: '', at: at ?? now, finality: finalityOf(trust), height: 0, blockHash: '0x' };
}

function refusal({ code, pointer }: ProtocolError): Judgement {
  const where = pointer === undefined ? { reason: code } : { pointer };
  return code === 'TOO_LARGE' ? cannotCheck('TOO_LARGE', where) : invalid('MALFORMED', where);
}

function finalityOf({ validators }: Trust): Verdict['finality'] {
  return validators === undefined ? 'unsealed' : 'sealed';
}

function toSeconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}
