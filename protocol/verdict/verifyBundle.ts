import { ProtocolError } from '../errors.ts';
import type { Bundle } from './bundle.ts';
import { judgeComplete } from './judgeComplete.ts';
import { cannotCheck, invalid, type Judgement, toTime } from './judgement.ts';
import { MissingProof } from './ledgerState.ts';
import { type ProvenBlock, proveBlock } from './proveBlock.ts';
import { type Inquiry, judgeAccreditation, judgeAnchored, judgeIssuer, judgeStatus, judgeSuperseded } from './questions.ts';
import { readBundle } from './readBundle.ts';
import { readDocument } from './readDocument.ts';
import type { Finding, Question, Trust, Verdict } from './verdict.ts';

/** Which moment is asked about, RFC 3339: `at`, or without it `now`, which is the reader's clock. */
export interface When {
  at?: string;
  now: string;
}

/** Questions about one document that need the ledger, in the order of the findings. */
const OF_THE_LEDGER: readonly (readonly [Question, (inquiry: Inquiry) => Judgement])[] = [
  ['anchored', judgeAnchored],
  ['issuer', judgeIssuer],
  ['accreditation', judgeAccreditation],
  ['status', judgeStatus],
  ['superseded', judgeSuperseded],
];

/**
 * Judges a bundle (docs/spec/bundle.md section 3): no network, no clock, nothing taken on trust but `trust`. It never throws: what cannot be read is INVALID
 * with the code `MALFORMED`.
 *
 * @param bundle a parsed JSON value, of any shape
 *
 * @example
 * verifyBundle(JSON.parse(text), trust, { now: new Date().toISOString() }).answer; // 'VALID'
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
  bundle.documents.forEach((_, index) => {
    findings.push(...judgeDocument(bundle, index, block, at));
  });
  if (bundle.subject !== undefined) findings.push({ question: 'complete', ...completeness(bundle, bundle.subject, block) });
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

function judgeDocument(bundle: Bundle, index: number, { state, headUntil }: ProvenBlock, at: number): Finding[] {
  const document = bundle.documents[index] as Bundle['documents'][number];
  const read = readDocument(document);
  const rest = OF_THE_LEDGER.map(([question, judge]): Finding => {
    const ask = () =>
      state === undefined ? cannotCheck('BLOCK_UNPROVEN') : judge({ bundle, document, read, state, at, isLater: at > headUntil });
    const timed = question === 'status' || question === 'superseded';
    return { question, ...(timed && Number.isNaN(at) ? cannotCheck('DATE_UNREADABLE') : orMissing(ask)), document: index };
  });
  return [{ question: 'integrity', ...read.judgement, document: index }, ...rest];
}

function completeness(bundle: Bundle, subject: NonNullable<Bundle['subject']>, { state }: ProvenBlock): Judgement {
  return state === undefined ? cannotCheck('BLOCK_UNPROVEN') : orMissing(() => judgeComplete(bundle, subject, state));
}

function orMissing(ask: () => Judgement): Judgement {
  try {
    return ask();
  } catch (error) {
    if (error instanceof MissingProof) return cannotCheck('PROOF_MISSING', { missing: error.variable });
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
