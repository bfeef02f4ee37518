import type { BodyRow, CertificateRow, ConsumptionRow, InquiryRow, RegimeRow } from '../../../../indexer/store/law/origin.ts';
import type { Hex } from '../../../../protocol/encoding/hex.ts';
import { CERTIFICATE_FORM, INQUIRY_OUTCOME, INQUIRY_STATE, REGIME } from '../../../../protocol/law/codes.ts';
import { shoreName } from '../../../../protocol/ledger/codes.ts';
import { recordId } from '../../../../protocol/ledger/ids.ts';
import type { CatalogueDocument } from '../../../catalogue/catalogue.ts';
import { inParallel } from '../../../inParallel.ts';
import { MOST_ON_A_PAGE } from '../../connection.ts';
import type { GraphqlContext } from '../../context.ts';
import { codeName } from '../codeName.ts';
import { memberOf } from '../memberOf.ts';
import { instantOf } from '../scalars.ts';

type Context = GraphqlContext;
type Document = CatalogueDocument;
/** A use, and the certificate that is asked about. */
export interface UseParent {
  used: ConsumptionRow;
  asked: Hex;
}

const DAY = 86_400;
const LINES_AT_ONCE = 8;

/** What the law adds to a certificate of origin. */
export const certificateLaw = {
  registration: async (document: Document, _: unknown, { certificates }: Context) => (await certificates.load(idOf(document))) ?? null,
  use: (document: Document, _: unknown, context: Context) => useOf(context, idOf(document)),
  inquiries: async (document: Document, _: unknown, { node }: Context) => {
    const steps = await node.index.origin.inquiries(idOf(document));
    return [...new Map(steps.map((step) => [step.number, step])).values()].slice(-MOST_ON_A_PAGE);
  },
};

/** The use of a certificate, or of any of its goods lines under another one. */
export async function useOf({ node }: Context, id: Hex): Promise<UseParent | null> {
  const { origin } = node.index;
  const own = await origin.consumption(id);
  if (own !== undefined) return { used: own, asked: id };
  const uses = await inParallel(LINES_AT_ONCE, await origin.linesOf(id), (line) => origin.consumptionOfLine(line));
  const first = uses.filter((use) => use !== undefined).sort((a, b) => a.sequence - b.sequence)[0];
  return first === undefined ? null : { used: first, asked: id };
}

/** Fields of a registration. */
export const CertificateRegistration = {
  regime: ({ word }: CertificateRow) => codeName(REGIME, word.regime),
  destination: ({ word }: CertificateRow) => shoreName(word.destination),
  form: ({ word }: CertificateRow) => codeName(CERTIFICATE_FORM, word.form),
  issuedOn: ({ word }: CertificateRow) => instantOf(word.issuedOn),
  validUntil: ({ word }: CertificateRow) => instantOf(word.issuedOn + word.validDays * DAY),
  corrected: ({ word }: CertificateRow) => word.corrected !== 0,
  lineCount: ({ word }: CertificateRow) => word.count,
};

/** Fields of a use. */
export const CertificateUse = {
  usedAt: ({ used }: UseParent) => instantOf(used.use.usedAt),
  office: ({ used }: UseParent, _: unknown, context: Context) => memberOf(context, used.use.office),
  regime: ({ used }: UseParent) => codeName(REGIME, used.use.regime),
  certificate: ({ used }: UseParent) => used.certificate,
  own: ({ used, asked }: UseParent) => used.certificate === asked,
};

/** Fields of a verification after clearance. */
export const Inquiry = {
  state: ({ state }: InquiryRow) => codeName(INQUIRY_STATE, state.state),
  outcome: ({ state }: InquiryRow) => codeName(INQUIRY_OUTCOME, state.outcome),
  office: ({ state }: InquiryRow, _: unknown, context: Context) => memberOf(context, state.office),
  requestedAt: ({ state }: InquiryRow) => instantOf(state.requestedAt),
  dueAt: ({ state }: InquiryRow) => instantOf(state.dueAt),
  repliedAt: ({ state }: InquiryRow) => instantOf(state.repliedAt),
  concludedAt: ({ state }: InquiryRow) => instantOf(state.concludedAt),
};

/** Fields of an authorisation. */
export const Authorisation = {
  regime: ({ regime }: BodyRow) => codeName(REGIME, regime),
};

/** Fields of an agreement's terms. */
export const RegimeTerms = {
  regime: ({ regime }: RegimeRow) => codeName(REGIME, regime),
  validDays: ({ terms }: RegimeRow) => terms.validDays,
  replyDays: ({ terms }: RegimeRow) => terms.replyDays,
  since: ({ terms }: RegimeRow) => instantOf(terms.since),
};

/** A certificate is registered and anchored under one id. */
function idOf({ issuer, leaf }: Document): Hex {
  return recordId(issuer, leaf);
}
