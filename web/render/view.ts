import type { KindName } from '../../protocol/ledger/codes.ts';
import type { TraceGap } from '../../protocol/lineage/trace.ts';
import type { Companion } from '../../protocol/lineage/travels.ts';
import type { Verdict } from '../../protocol/verdict/verdict.ts';

/**
 * What the page of a product says, free of language and of layout: plain data, JSON-safe.
 *
 * Nobody fills it by hand: `productView(bundle, verdict, page)` makes it from a subject's bundle, at the node that serves the page and again on
 * the phone that checks it. So the phone can say whether the page shows what the documents prove. Nothing that is not in the bundle is shown.
 */
export interface ProductView {
  /** Canonical GS1 Digital Link URI of the subject. */
  id: string;
  keys: ProductKeys;
  /** As its maker names it in the first event, else as a report or certificate does; absent where no document does. */
  name?: Names;
  /** ISO 3166-1 country of origin, from a standing certificate of origin; absent where none stands. */
  origin?: string;
  /** HS heading, 6 digits. */
  hsCode?: string;
  /** Who had a part in it, in the order of first appearance. */
  parties: Party[];
  /** In the order of event time. */
  journey: JourneyStep[];
  /** What happened to units while the goods were in them, in the order of event time: proven by bundles of their own. */
  meanwhile: UnitStep[];
  /** What the goods travelled in, were made of, or belong to. */
  along: AlongFacts[];
  /** How many more of these there are. */
  alongLeft: number;
  /** What the records leave open of the journey. */
  gaps: TraceGap['code'][];
  certificates: CertificateFacts[];
  reports: ReportFacts[];
  /** Entries that are counted but not shown. */
  unshown: UnshownEntry[];
  glance: Glance;
  verdict: Verdict;
  ledger: LedgerFacts;
}

/** GS1 keys of the subject, from its Digital Link URI. */
export interface ProductKeys {
  gtin?: string;
  lot?: string;
  serial?: string;
  sscc?: string;
}

/** A text in the three languages of the page. */
export interface Names {
  zh: string;
  ko: string;
  en: string;
}

/** A member of the ledger, by its public profile. */
export interface Party {
  member: number;
  names: Names;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** As registered: "Mokpo, KR". */
  place?: string;
  gln?: string;
  /** What it did, by its documents in the bundle, or in that of a unit. */
  did: ('CERTIFIED' | 'TESTED' | 'MADE' | 'INSPECTED' | 'HANDLED')[];
}

/** How one entry of the history stands. */
export interface Standing {
  /** Index into the bundle's documents, and into `findings[].document`. */
  document: number;
  /** Member number of the issuer. */
  issuer: number;
  /** Worst answer among the findings of this document. */
  answer: Verdict['answer'];
  /** Codes of the findings that are not VALID. */
  codes: string[];
  /** True where the entry is superseded and what supersedes it is in this history: it is past, not wrong. */
  replaced: boolean;
  /** False where the document itself names another product or lot than the subject. */
  concerns: boolean;
}

/** One event of the journey, at the level of city and port. */
export interface JourneyStep extends Standing {
  /** RFC 3339 with the offset of the place. */
  time: string;
  /** CBV business step: `commissioning`, `departing`, …; absent where the event has none. */
  step?: string;
  disposition?: string;
  place?: Place;
  /** Declared in error by who recorded it. */
  declared?: boolean;
  /** Kinds of business documents that the event refers to: `cert`, `testres`, … */
  refersTo: string[];
}

/** An event of a unit that the goods were in. `document` is its place in the unit's own bundle. */
export interface UnitStep extends JourneyStep {
  /** Canonical identifier of the unit. */
  unit: string;
  /** False where the records leave open whether the goods were in it by then. */
  certain: boolean;
}

/** Goods of which the page tells beside its subject, each with how its own history stands. */
export interface AlongFacts extends Companion {
  /**
   * The worst of what was asked of its history: the block, whether it is complete, that no document of it is refuted, and that nothing stops the goods;
   * CANNOT_CHECK where it could not be had, or holds events that are not shown.
   */
  answer: Verdict['answer'];
  /** What stops it: `RECALLED`, `ON_HOLD`. */
  stops: string[];
  /** Block of its bundle. */
  height: number;
}

/** Where a step happened: a UN/LOCODE, or a location number with its issuer's registered place. */
export interface Place {
  locode?: string;
  gln?: string;
  /** Registered place of the party, for a location number. */
  registered?: string;
}

/** A certificate of origin, as far as the public may see it. */
export interface CertificateFacts extends Standing {
  number: string;
  regime: string;
  issuingCountry: string;
  issuedOn: string;
  /** RFC 3339. */
  validUntil?: string;
  originCriterion: string;
  hsCode: string;
  description: string;
  /** UN/LOCODE. */
  portOfLoading?: string;
  /** UN/LOCODE. */
  portOfDischarge?: string;
  departureDate?: string;
}

/** A laboratory report, with the limits that it states. */
export interface ReportFacts extends Standing {
  number: string;
  accreditationBody: string;
  accreditationNumber: string;
  sampledBy: string;
  sampleSize: number;
  sampledOn: string;
  analysedFrom: string;
  analysedTo: string;
  issuedOn: string;
  profile: { id: string; jurisdiction: string; version: string };
  results: ResultFacts[];
  overall: 'CONFORM' | 'NONCONFORM' | 'INCONCLUSIVE' | 'NOT_JUDGED';
}

/** One line of a report. Numbers are decimal strings, as signed. */
export interface ResultFacts {
  analyte: string;
  /** The laboratory's short code for it: `APC`, `Pb`. */
  analyteCode?: string;
  method: string;
  accredited: boolean;
  kind: 'NUMERIC' | 'BELOW_LOQ' | 'NOT_DETECTED' | 'QUALITATIVE' | 'DETECTED';
  values: string[];
  unit: string;
  loq?: string;
  lod?: string;
  limit?: { operator: string; value: string; regulation: string; jurisdiction: string };
  plan?: { n: number; c: number; m: string; M: string };
  verdict: 'PASS' | 'FAIL' | 'INCONCLUSIVE' | 'NO_LIMIT';
}

/**
 * An entry without words on the page: its body stays in its issuer's country (that it exists, and how it stands, is still proven), cannot be
 * fetched now, or is not proven to be what was recorded.
 */
export interface UnshownEntry extends Standing {
  kind?: KindName;
  reason: 'NOT_RELEASED' | 'UNAVAILABLE' | 'NOT_PROVEN';
}

/** The one-glance status: the worst of what the documents say and of how they stand. */
export interface Glance {
  colour: 'green' | 'amber' | 'red';
  /** Why, most serious first: stable codes, with the document that each is about. Empty when green. */
  reasons: { code: string; document?: number }[];
}

/** What the answer stands on. */
interface LedgerFacts {
  height: number;
  blockHash: string;
  /** RFC 3339. */
  time: string;
  finality: 'sealed' | 'unsealed';
  chainId: number;
  contract: string;
}

/** Languages of the page. */
export type Language = 'zh' | 'ko' | 'en';

/** What only the node that serves the page knows. Shown apart from what is proven. */
export interface PageContext {
  /** Path of the page, with which the language links are made: `/01/…/10/…`. */
  path: string;
  /** The serving node's name, as in `trust.json`. */
  node: string;
  /** Versioned addresses of the assets, from `dist/assets/manifest.json`; without a script the page stays as served. */
  assets: { style: string; script?: string };
}
