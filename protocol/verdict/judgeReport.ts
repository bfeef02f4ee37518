import { toHex } from '../encoding/hex.ts';
import { toUtf8 } from '../encoding/utf8.ts';
import { ProtocolError } from '../errors.ts';
import { sha256 } from '../hash/sha256.ts';
import { parseStrict } from '../json/parseStrict.ts';
import { reportFacts } from '../law/ids.ts';
import { readTestPanel, type TestPanel } from '../law/testPanel.ts';
import { decodeCourse, type ReportWord } from '../law/words.ts';
import { recordId } from '../ledger/ids.ts';
import type { BundleDocument, RegisteredReport } from './bundle.ts';
import { type Inquiry, registeredOf } from './inquiry.ts';
import { cannotCheck, invalid, type Judgement, valid } from './judgement.ts';
import { judgeScope } from './judgeScope.ts';
import type { LawState } from './lawState.ts';

/** A report's own registration, or that of its batch, which holds for all of its reports. */
interface Registration {
  isOwn: boolean;
  word: ReportWord;
}

const FACTS_BITS = 160;

/**
 * Asks whether a laboratory report was issued under the law: registered, as what it says of itself, and each test in the scope of accreditation that its
 * laboratory had on the days of the report. One that was recorded before there was such a law is judged as then.
 *
 * @param anchoredAt when the ledger recorded it, Unix seconds
 * @throws MissingProof, UnknownRules
 */
export function judgeReport(inquiry: Inquiry, anchoredAt: number): Judgement {
  const { document, read, law } = inquiry;
  const laboratories = law.laboratories();
  const [registration] = registrationsOf(document, law);
  if (laboratories === undefined || registration === undefined) {
    if (laboratories !== undefined && anchoredAt >= laboratories.addedAt) return invalid('NOT_REGISTERED');
    return registeredOf(document) === undefined ? valid() : invalid('FACTS_WRONG');
  }
  if (read.credential === undefined) return cannotCheck('BODY_WITHHELD');
  const { facts, panel: text } = registeredOf(document) ?? {};
  if (facts === undefined) return cannotCheck('PROOF_MISSING', { missing: 'facts' });
  if (digestOf(facts) !== registration.word.facts) return invalid('FACTS_WRONG');
  const course = decodeCourse(BigInt(facts.course));
  if (text === undefined) return cannotCheck('PROOF_MISSING', { missing: 'panel' });
  if (toHex(sha256(toUtf8(text))) !== laboratories.panel(course.panel)) return invalid('PANEL_WRONG');
  const panel = readPanel(text);
  if (panel === undefined) return cannotCheck('RULES_UNKNOWN');
  return judgeScope(inquiry, laboratories, { course, panel, tests: BigInt(facts.tests), isOwn: registration.isOwn });
}

/** What is registered of a report, its own registration before that of its batch. @throws MissingProof, UnknownRules */
export function registrationsOf({ issuer, anchor }: BundleDocument, law: LawState): Registration[] {
  const roots = new Set([anchor.leaf, anchor.inclusion?.root ?? anchor.leaf]);
  return [...roots].flatMap((root) => {
    const word = law.laboratories()?.report(recordId(issuer, root));
    return word === undefined ? [] : [{ isOwn: root === anchor.leaf, word }];
  });
}

function digestOf({ lot, tests, course }: RegisteredReport['facts']): bigint {
  return BigInt.asUintN(FACTS_BITS, BigInt(reportFacts(lot, BigInt(tests), BigInt(course))));
}

/** Both shores published the text: one that this program cannot read is of a later form. */
function readPanel(text: string): TestPanel | undefined {
  try {
    return readTestPanel(parseStrict(text));
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}
