import type { Facts } from '../errors.ts';
import { CERTIFICATE_FORM, REGIME } from '../law/codes.ts';
import { linesChain } from '../law/ids.ts';
import { nameOf } from '../law/names.ts';
import type { CertificateWord, GoodsLineWord } from '../law/words.ts';
import { KIND } from '../ledger/codes.ts';
import { recordId } from '../ledger/ids.ts';
import { type Inquiry, registeredOf } from './inquiry.ts';
import { certificateOf } from './judgeCertificate.ts';
import { cannotCheck, invalid, type Judgement, toTime, valid } from './judgement.ts';
import type { Clearance } from './lawState.ts';

const CHAIN_BITS = 160;

/**
 * Asks whether the goods of a certificate of origin have been used for a preference by the moment. A use is a fact, no fault, and final; that there is none
 * can change at any time.
 *
 * @returns undefined where there is nothing to ask: of another kind of document, and on a ledger without such a law
 * @throws MissingProof, UnknownRules
 */
export function judgeConsumed(inquiry: Inquiry): Judgement | undefined {
  const { document, read, law } = inquiry;
  const clearance = read.kind === KIND.CERTIFICATE_OF_ORIGIN ? law.clearance() : undefined;
  if (clearance === undefined) return undefined;
  const certificate = certificateOf(document, law);
  const lines = registeredOf(document)?.lines;
  // What is not registered cannot be used, and has no lines.
  if (certificate === undefined) return lines === undefined ? unused(inquiry) : invalid('LINES_WRONG');
  if (lines === undefined) return cannotCheck('PROOF_MISSING', { missing: 'lines' });
  const isWhole = lines.length === certificate.count && BigInt.asUintN(CHAIN_BITS, BigInt(linesChain(lines))) === certificate.lines;
  return isWhole ? judgeLines(inquiry, clearance, certificate, lines.map(clearance.line)) : invalid('LINES_WRONG');
}

function judgeLines(inquiry: Inquiry, clearance: Clearance, { form }: CertificateWord, lines: readonly GoodsLineWord[]): Judgement {
  const used = lines.filter(({ usedAt }) => usedAt !== 0 && usedAt <= inquiry.at);
  const [first] = used.sort((one, other) => one.usedAt - other.usedAt);
  if (first === undefined) return unused(inquiry);
  const facts: Facts = { usedAt: toTime(first.usedAt), office: first.office, regime: nameOf(REGIME, first.regime) };
  // Another certificate may name some of the same lines.
  if (used.length < lines.length) Object.assign(facts, { used: used.length, lines: lines.length });
  if (form !== CERTIFICATE_FORM.COPY) return valid(facts, 'USED');
  // Copy and original name the same lines, and so have one use.
  const { issuer, anchor } = inquiry.document;
  return valid({ ...facts, original: clearance.predecessor(recordId(issuer, anchor.leaf)) }, 'PREDECESSOR_USED');
}

function unused({ isLater }: Inquiry): Judgement {
  return isLater ? cannotCheck('STALE') : valid(undefined, 'UNUSED');
}
