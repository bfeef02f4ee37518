import type { ElementString } from '../../protocol/gs1/elementString.ts';
import { KIND, type ShoreName } from '../../protocol/ledger/codes.ts';
import type { Language } from '../../web/render/view.ts';
import { LANGUAGES } from '../../web/texts/textsOf.ts';
import type { Knowledge, KnownDocument } from './knowledge.ts';
import type { LinkType } from './linkTypes.ts';

/** A link to one of this node's own addresses. */
export interface Link {
  linkType: LinkType;
  /** Path and query on this node: a link never leads elsewhere. */
  target: string;
  /** What of the thing it leads to: a word of `linkTexts`, or a document's own number. */
  title: { about: LinkType | 'certificate' | 'report' | 'passport'; number?: string };
  /** Left out where the target can be had in several, or in one that IANA does not list. */
  type?: 'text/html' | 'application/json' | 'application/ld+json';
  language?: Language;
  /** Shore of the member that vouches for it. */
  context?: ShoreName;
  /** Whether the parameters of the request go along; the API's addresses take their own only. */
  forwards: boolean;
}

/** The page of what is asked for, in the language that its reader's browser asks for. */
export function pageTarget(path: string): string {
  return `/page${path}`;
}

/** All links that exist of what a node knows of one thing. */
export function linksOf(known: Knowledge): Link[] {
  const id = encodeURIComponent(known.id);
  const page = pageTarget(known.path);
  const html = { type: 'text/html', forwards: true } as const;
  const json = { type: 'application/json', forwards: false } as const;
  const { documents } = known;
  const has = (kind: number) => documents.some((document) => document.kind === kind);
  return [
    ...(known.page ? pageLinks(page) : []),
    ...(has(KIND.EPCIS_EVENTS)
      ? [
          { ...simple('traceability', `${page}#journey`), ...html },
          { ...simple('epcis', `/epcis/v2/events?${matchOf(known.key)}=${id}`), type: 'application/ld+json', forwards: false } as const,
        ]
      : []),
    ...documents.filter(({ kind }) => kind === KIND.CERTIFICATE_OF_ORIGIN || kind === KIND.LABORATORY_REPORT).map(documentLink),
    ...(known.recorded ? [{ ...simple('recallStatus', `/recalls?id=${id}`), ...json }] : []),
    ...(has(KIND.LABORATORY_REPORT) ? [{ ...simple('safetyInfo', `${page}#tests`), ...html }] : []),
    ...(known.proven ? [{ ...simple('verificationService', `/subjects?id=${id}`), forwards: false }] : []),
    ...(known.filed ? [{ ...simple('masterData', `/filings?id=${id}`), ...json }] : []),
    ...documents.filter(({ kind }) => kind === KIND.PRODUCT_PASSPORT).map(documentLink),
  ];
}

/** One for whichever language, which is the default, and one for each. */
function pageLinks(page: string): Link[] {
  const one = { ...simple('pip', page), type: 'text/html', forwards: true } as const;
  return [one, ...LANGUAGES.map((language) => ({ ...one, target: `${page}?lang=${language}`, language }))];
}

function documentLink({ leaf, kind, number, shore }: KnownDocument): Link {
  const about = kind === KIND.CERTIFICATE_OF_ORIGIN ? 'certificate' : kind === KIND.LABORATORY_REPORT ? 'report' : 'passport';
  return {
    linkType: kind === KIND.PRODUCT_PASSPORT ? 'dpp' : 'certificationInfo',
    target: `/bundles/${leaf}`,
    title: { about, ...(number !== undefined && { number }) },
    type: 'application/json',
    ...(shore !== undefined && { context: shore }),
    forwards: false,
  };
}

function simple(linkType: LinkType, target: string): Pick<Link, 'linkType' | 'target' | 'title'> {
  return { linkType, target, title: { about: linkType } };
}

/** Products and lots are classes of objects to EPCIS, all else is an object of its own (EPCIS 2.0 section 8.2.7.1). */
function matchOf(key: readonly ElementString[]): 'MATCH_anyEPCClass' | 'MATCH_anyEPC' {
  const isClass = key[0]?.ai === '01' && !key.some(({ ai }) => ai === '21');
  return isClass ? 'MATCH_anyEPCClass' : 'MATCH_anyEPC';
}
