import { fromBase64Url } from '../../protocol/encoding/base64url.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { type KindName, kindName } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import type { Bundle, BundleDocument } from '../../protocol/verdict/bundle.ts';
import type { Finding, Verdict } from '../../protocol/verdict/verdict.ts';
import { type Along, companionsShown, travelsIn } from './along/alongOf.ts';
import { alongParts } from './along/alongParts.ts';
import { glanceOf } from './glance.ts';
import { productKeys } from './productKeys.ts';
import { certifiedGoods, readCertificate } from './readCertificate.ts';
import { isEvent, namesOf, readEvent } from './readEvent.ts';
import { listAt, textAt } from './reading.ts';
import { readMembers } from './readMember.ts';
import { readReport, reportedGoods } from './readReport.ts';
import { type FindingsOf, findingsOf, isReadable, standingOf } from './standing.ts';
import type { CertificateFacts, JourneyStep, Names, Party, ProductKeys, ProductView, ReportFacts, Standing, UnshownEntry } from './view.ts';

/**
 * The page of a subject, from its bundle and the verdict on that bundle. Pure: a node and a phone that hold the same bundle and reach the same
 * verdict make the same page. Documents whose content is not proven are counted, never repeated.
 *
 * @param bundle a subject's bundle, in the shape of docs/spec/bundle.md
 * @param verdict what `verifyBundle` says of it
 * @param asked canonical Digital Link URI that the reader asked for
 * @param along bundles of what the subject travelled in and was made of, each with the verdict on it (`gatherAlong`)
 *
 * @example
 * const verdict = verifyBundle(bundle, trust, { now });
 * const html = renderProductPage(productView(bundle, verdict, id), page, 'ko');
 */
export function productView(bundle: Bundle, verdict: Verdict, asked: string, along: Along = new Map()): ProductView {
  const keys = productKeys(asked);
  const members = readMembers(bundle);
  const findings = findingsOf(verdict);
  const read = bundle.documents.map((document, index) => readDocument(document, index, findings(index), members, keys));
  const entries = read.map(
    (entry) => ({ ...entry, facts: { ...entry.facts, replaced: isReplaced(entry, read, bundle, findings) } }) as Entry,
  );
  const certificates = pick<CertificateFacts>(entries, 'certificate');
  const reports = pick<ReportFacts>(entries, 'report');
  const travels = travelsIn({ bundle, verdict }, along, asked);
  const parts = alongParts(travels, companionsShown(travels).shown, along);
  const leafOf = ({ document }: JourneyStep) => bundle.documents[document]?.anchor.leaf ?? '';
  const journey = pick<JourneyStep>(entries, 'step')
    // The declaration repeats the event that it is about.
    .filter((step) => !travels.declarations.has(leafOf(step)))
    .map((step) => (travels.declared.has(leafOf(step)) ? { ...step, declared: true } : step))
    .sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  const origin = certificates.find((certificate) => certificate.answer === 'VALID' && certificate.concerns);
  const name = entries.map((entry) => entry.name).find((names) => names !== undefined) ?? nameFromGoods(entries, certificates);
  const view = {
    id: asked,
    keys,
    ...(name !== undefined && { name }),
    ...(origin !== undefined && { origin: origin.issuingCountry, hsCode: origin.hsCode }),
    parties: partiesOf(members, parts.members, entries),
    journey,
    meanwhile: parts.meanwhile,
    along: parts.along,
    alongLeft: companionsShown(travels).left,
    gaps: [...travels.gaps],
    certificates,
    reports,
    unshown: pick<UnshownEntry>(entries, 'unshown'),
    verdict,
    ledger: {
      height: verdict.height,
      blockHash: verdict.blockHash,
      time: verdict.asOf,
      finality: verdict.finality,
      chainId: bundle.block.chainId,
      contract: bundle.block.contract,
    },
  };
  return { ...view, glance: glanceOf(view) };
}

type Facts = CertificateFacts | ReportFacts | JourneyStep | UnshownEntry;
interface Entry {
  as: 'certificate' | 'report' | 'step' | 'unshown';
  facts: Facts;
  /** Product name in the document, where it has one in three languages. */
  name?: Names | undefined;
  /** Product name in the document, where it has one only. */
  plainName?: string | undefined;
}

function readDocument(
  document: BundleDocument,
  index: number,
  findings: readonly Finding[],
  members: Map<number, Party>,
  keys: ProductKeys,
): Entry {
  const standing = standingOf(findings, index, document.issuer);
  if (document.type === 'withheld') return unshown(standing, document.reason, kindName(document.kind));
  const content = isReadable(findings) ? contentOf(document) : undefined;
  if (content === undefined) return unshown(standing, 'NOT_PROVEN');
  if (document.type === 'event') {
    if (!isEvent(content)) return unshown(standing, 'NOT_PROVEN', 'EPCIS_EVENTS');
    return { as: 'step', facts: readEvent(content, standing, members.get(document.issuer)), name: namesOf(content) };
  }
  return readCredential(content, standing, keys);
}

function readCredential(claims: unknown, standing: Standing, keys: ProductKeys): Entry {
  const types = listAt(claims, 'type');
  if (types.includes('FtaCertificateOfOrigin')) {
    const concerns = concernsSubject(certifiedGoods(claims), keys);
    const facts = readCertificate(claims, { ...standing, concerns });
    return { as: 'certificate', facts };
  }
  if (types.includes('LabTestReport')) {
    const concerns = concernsSubject(reportedGoods(claims), keys);
    const facts = readReport(claims, { ...standing, concerns });
    return { as: 'report', facts, plainName: concerns ? textAt(claims, 'credentialSubject', 'product', 'name') : undefined };
  }
  return unshown(standing, 'NOT_PROVEN');
}

function unshown(standing: Standing, reason: UnshownEntry['reason'], kind?: KindName): Entry {
  return { as: 'unshown', facts: { ...standing, reason, ...(kind !== undefined && { kind }) } };
}

/** The JSON of a document, or undefined where it cannot be read. What is signed is the payload; the page needs nothing that may be hidden. */
function contentOf(document: Exclude<BundleDocument, { type: 'withheld' }>): unknown {
  try {
    if (document.type === 'event') return parseStrict(document.event);
    return parseStrict(fromBase64Url(document.sdJwt.split('~')[0]?.split('.')[1] ?? ''));
  } catch {
    return undefined;
  }
}

/** A document concerns the subject unless it names goods and none of them is the subject's product and lot. */
function concernsSubject(goods: readonly { gtin?: string; lot?: string }[], keys: ProductKeys): boolean {
  const named = goods.filter((good) => good.gtin !== undefined || good.lot !== undefined);
  if (named.length === 0 || keys.gtin === undefined) return true;
  return named.some((good) => agrees(good.gtin, keys.gtin) && agrees(good.lot, keys.lot));
}

function agrees(named: string | undefined, asked: string | undefined): boolean {
  return named === undefined || asked === undefined || named === asked;
}

/** Superseded, nothing else against it, and what the ledger names as its successor is in this history and stands. */
function isReplaced({ facts: { document } }: Entry, all: readonly Entry[], bundle: Bundle, findings: FindingsOf): boolean {
  const against = findings(document).filter(({ answer }) => answer !== 'VALID');
  if (against.length === 0 || !against.every((finding) => finding.code === 'SUPERSEDED')) return false;
  const successors = against.map(({ facts }) => facts?.successor);
  return all.some(({ facts }) => facts.answer === 'VALID' && facts.concerns && successors.includes(recordOf(bundle, facts.document)));
}

/** Record id of a document that was anchored singly, or of its leaf in a batch: what the ledger's `successors` name. */
function recordOf({ documents }: Bundle, index: number): string | undefined {
  const document = documents[index];
  return document === undefined ? undefined : recordId(document.issuer, document.anchor.leaf);
}

/** Those who had a part in it by its own documents, then those who handled its units. */
function partiesOf(members: ReadonlyMap<number, Party>, others: ReadonlyMap<number, Party>, entries: readonly Entry[]): Party[] {
  const own = [...members.values()]
    .map((party) => ({ ...party, did: deedsOf(party.member, entries) }))
    .filter((party) => party.did.length > 0);
  const more = [...others.values()].filter(({ member }) => !own.some((party) => party.member === member));
  return [...own, ...more.map((party): Party => ({ ...party, did: ['HANDLED'] }))];
}

const DEEDS_BY_STEP: Readonly<Record<string, 'MADE' | 'INSPECTED'>> = {
  commissioning: 'MADE',
  inspecting: 'INSPECTED',
  accepting: 'INSPECTED',
};

function deedsOf(member: number, entries: readonly Entry[]): Party['did'] {
  return [...new Set(entries.filter(({ facts }) => facts.issuer === member).flatMap(deedOf))];
}

function deedOf({ as, facts }: Entry): Party['did'] {
  if (as === 'certificate') return ['CERTIFIED'];
  if (as === 'report') return ['TESTED'];
  return as === 'step' ? [DEEDS_BY_STEP[(facts as JourneyStep).step ?? ''] ?? 'HANDLED'] : [];
}

function nameFromGoods(entries: readonly Entry[], certificates: readonly CertificateFacts[]): Names | undefined {
  const plain =
    entries.map((entry) => entry.plainName).find((name) => name !== undefined) ?? certificates.find((c) => c.concerns)?.description;
  return plain === undefined || plain === '' ? undefined : { zh: plain, ko: plain, en: plain };
}

function pick<F extends Facts>(entries: readonly Entry[], as: Entry['as']): F[] {
  return entries.filter((entry) => entry.as === as).map((entry) => entry.facts as F);
}
