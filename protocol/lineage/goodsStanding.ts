import { profileOf } from '../credentials/profiles/profileOf.ts';
import type { ReportClaims } from '../credentials/rules/reportRules.ts';
import { splitSdJwt } from '../credentials/sdjwt/compact.ts';
import type { Hex } from '../encoding/hex.ts';
import type { Facts } from '../errors.ts';
import { parseJws } from '../jose/jws.ts';
import type { JsonObject } from '../json/jsonValue.ts';
import { parseStrict } from '../json/parseStrict.ts';
import { KIND } from '../ledger/codes.ts';
import type { Bundle, BundleDocument } from '../verdict/bundle.ts';
import type { VerdictCode } from '../verdict/codes.ts';
import type { Finding, Question, Verdict } from '../verdict/verdict.ts';

/** What a proven history says that a reader of it must not miss. Nothing of it is told by a node: it follows from the ledger's state and from signed documents. */
export interface GoodsStanding {
  /** What stops the goods: a recall, the gravest first, else a hold. */
  readonly stops: readonly { readonly code: VerdictCode; readonly facts: Facts }[];
  /** Laboratory reports that do not find the goods in order, or that the destination refused. */
  readonly failedReports: readonly FailedReport[];
  /** Documents that do not stand: revoked, suspended, superseded, expired, by a key or a member that could not sign. */
  readonly fallen: readonly { readonly leaf: Hex; readonly issuer: number; readonly question: Question; readonly code: VerdictCode }[];
  /** What the bundle leaves open, beside bodies that are withheld: parts of its proof are left out, or it is too old to speak of now. */
  readonly doubts: readonly { readonly leaf?: Hex; readonly question: Question; readonly code: VerdictCode }[];
}

/** A report by its own verdict, and by that of its destination. */
export interface FailedReport {
  readonly leaf: Hex;
  readonly issuer: number;
  /** `NONCONFORM`, `INCONCLUSIVE` or `NOT_JUDGED`; of a refused one also `CONFORM`. */
  readonly overall: string;
  readonly refused: boolean;
}

/** Questions whose INVALID says how a document stands. */
const OF_STANDING: ReadonlySet<Question> = new Set(['issuer', 'accreditation', 'status', 'superseded']);

/** Collects what the verdict on a subject's bundle says of its goods. */
export function goodsStanding({ documents }: Bundle, { findings }: Verdict): GoodsStanding {
  const documentOf = ({ document }: Finding): BundleDocument | undefined => (document === undefined ? undefined : documents[document]);
  return {
    stops: findings
      .filter(({ question, answer }) => question === 'free' && answer === 'INVALID')
      .map(({ code, facts = {} }) => ({ code, facts })),
    failedReports: documents.flatMap((document, index) => failedReport(document, isRefused(findings, index))),
    fallen: findings.flatMap((finding) => {
      const document = documentOf(finding);
      if (document === undefined || finding.answer !== 'INVALID' || !OF_STANDING.has(finding.question)) return [];
      return [{ leaf: document.anchor.leaf, issuer: document.issuer, question: finding.question, code: finding.code }];
    }),
    doubts: findings
      .filter(({ answer, code }) => answer === 'CANNOT_CHECK' && code !== 'BODY_WITHHELD')
      .map((finding) => {
        const leaf = documentOf(finding)?.anchor.leaf;
        return { ...(leaf !== undefined && { leaf }), question: finding.question, code: finding.code };
      }),
  };
}

function isRefused(findings: readonly Finding[], index: number): boolean {
  return findings.some(({ document, question, code }) => document === index && question === 'accepted' && code === 'REFUSED');
}

function failedReport(document: BundleDocument, refused: boolean): FailedReport[] {
  const { issuer, anchor } = document;
  const overall = overallOf(document);
  return overall === undefined || (overall === 'CONFORM' && !refused) ? [] : [{ leaf: anchor.leaf, issuer, overall, refused }];
}

/** What a report says of all its results together; the field is never disclosable, so it stands in what is signed. */
function overallOf(document: BundleDocument): string | undefined {
  if (document.type !== 'credential') return undefined;
  const { payload } = parseJws(splitSdJwt(document.sdJwt).jws);
  const claims = parseStrict(payload) as JsonObject;
  if (profileOf(claims.type)?.kind !== KIND.LABORATORY_REPORT) return undefined;
  return (claims.credentialSubject as unknown as ReportClaims['credentialSubject']).overall;
}
