import { createHash } from 'node:crypto';
import { openCredential } from '../../protocol/credentials/openCredential.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { canonicalJson } from '../../protocol/json/canonicalJson.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { DECISION, type DecisionName } from '../../protocol/law/codes.ts';
import { judge } from '../../protocol/law/judge.ts';
import type { Judgement } from '../../protocol/law/judgement.ts';
import { type LimitProfile, profileDigest } from '../../protocol/law/limitProfile.ts';
import type { JudgedReport } from '../../protocol/law/report.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import { SdkError } from '../errors.ts';
import type { OpenMember } from '../member/openMember.ts';
import type { Settlement } from '../outbox/outbox.ts';
import { actAs } from './act.ts';
import { companionOf, lawCall } from './companions.ts';
import type { ReportFacts } from './registerReport.ts';

/** A report as its bundle shows it. */
export interface ShownReport {
  /** Number of the laboratory's member. */
  laboratory: number;
  leaf: Hex;
  /** What the report says. */
  claims: JudgedReport;
  /** What it was registered with; undefined where it was not, or in a batch. */
  facts: ReportFacts | undefined;
}

/** What the destination's authority decided, and by what. */
export interface Decision {
  decision: DecisionName;
  judgement: Judgement;
  /** SHA-256 of the judgement: what goes to the ledger. */
  digest: Hex;
}

/** Reads a laboratory report out of its bundle's text. @throws SdkError `BODY_WITHHELD` */
export function reportOfBundle(text: string): ShownReport {
  const { documents } = parseStrict(text) as unknown as Bundle;
  const [document] = documents;
  if (document?.type !== 'credential')
    throw new SdkError('BODY_WITHHELD', 'the node does not give the report itself', { advice: "ask the laboratory's node, or its client" });
  const claims = openCredential(document.sdJwt).claims.credentialSubject as unknown as JudgedReport;
  return { laboratory: document.issuer, leaf: document.anchor.leaf, claims, facts: factsOf(document) };
}

function factsOf({ law }: { law?: unknown }): ReportFacts | undefined {
  const { facts } = (law ?? {}) as { facts?: { lot: Hex; tests: Hex; course: Hex } };
  return facts === undefined ? undefined : { lot: facts.lot, tests: BigInt(facts.tests), course: BigInt(facts.course) };
}

/**
 * Decides on a report by the limits of the destination: what conforms is accepted, what does not is refused with the reason. The digest binds report, limits
 * and result, so that everybody who has them can make the judgement again.
 */
export function decideOn({ leaf, claims }: ShownReport, profile: LimitProfile, profileText: string): Decision {
  const judgement = judge(claims, profile);
  const text = canonicalJson({ report: leaf, profile: profileDigest(profileText), judgement } as never);
  return { decision: decisionOf(judgement), judgement, digest: `0x${createHash('sha256').update(text).digest('hex')}` };
}

/**
 * The destination's authority accepts a report under an arrangement.
 *
 * @throws SdkError `NO_ARRANGEMENT`, `NOT_COVERED`, `REPORT_TOO_OLD`, `NOT_DESIGNATED`, `COMPROMISED`, `DOMESTIC_REPORT`, `REPORT_UNKNOWN`, `OTHER_SHORE`, and those of the outbox
 */
export async function acceptReport(
  authority: OpenMember,
  { laboratory, leaf }: ShownReport,
  facts: ReportFacts,
  arrangement: number,
  judgement: Hex,
): Promise<Settlement> {
  const laboratories = await companionOf(authority.ledger, 'LABORATORIES');
  return actAs(authority, lawCall(laboratories, 'accept', [laboratory, leaf, facts, arrangement, judgement]));
}

/** The destination's authority refuses a report, or takes an acceptance back. @throws SdkError `DOMESTIC_REPORT`, `REPORT_UNKNOWN`, `OTHER_SHORE`, and those of the outbox */
export async function refuseReport(
  authority: OpenMember,
  { laboratory, leaf }: ShownReport,
  arrangement: number,
  decision: Exclude<DecisionName, 'ACCEPTED'>,
  judgement: Hex,
): Promise<Settlement> {
  const laboratories = await companionOf(authority.ledger, 'LABORATORIES');
  return actAs(authority, lawCall(laboratories, 'refuse', [recordId(laboratory, leaf), arrangement, DECISION[decision], judgement]));
}

function decisionOf({ code }: Judgement): DecisionName {
  if (code === 'CONFORM') return 'ACCEPTED';
  if (code === 'NONCONFORM') return 'LIMIT_PROFILE';
  return code === 'MISSING_ITEM' ? 'MISSING_ITEM' : 'INCONCLUSIVE';
}
