import { verdictTexts } from '../../protocol/verdict/texts.ts';
import type { Texts } from '../texts/texts.ts';
import { textsOf } from '../texts/textsOf.ts';
import { knownPlace } from './places.ts';
import type { Language, Party, Place, ProductView } from './view.ts';

/** Who judged what the page shows: the node that serves it, or the phone that holds it. */
export type Checker =
  | { readonly by: 'node'; readonly node: string }
  | { readonly by: 'phone'; readonly node: string; readonly at: string; readonly differences: readonly Difference[] };

/** A place where the page that was served said something else than the documents prove. */
export interface Difference {
  readonly shown: string;
  readonly proven: string;
}

/** What every section of one page needs. */
export interface PageWords {
  readonly view: ProductView;
  readonly language: Language;
  readonly texts: Texts;
  readonly checker: Checker;
}

/** Brings together what the sections of a page need. */
export function pageWords(view: ProductView, checker: Checker, language: Language): PageWords {
  return { view, language, texts: textsOf(language), checker };
}

/** A member's name in the page's language. */
export function partyName({ view, language }: PageWords, member: number): string {
  const party: Party | undefined = view.parties.find((candidate) => candidate.member === member);
  return party?.names[language] ?? `#${member}`;
}

/** A place in the page's language; codes and registered places that the tables lack are shown as they are. */
export function placeName({ language }: Pick<PageWords, 'language'>, place: Place): string {
  return knownPlace(place)?.names[language] ?? place.locode ?? place.registered ?? place.gln ?? '';
}

/** What a code means, in the page's language. */
export function codeWords({ texts, language }: Pick<PageWords, 'texts' | 'language'>, code: string): string {
  if (Object.hasOwn(texts.codes, code)) return texts.codes[code as keyof Texts['codes']];
  const words = verdictTexts(language).code(code);
  return words === code ? texts.unknownCode(code) : words;
}

/** How a document is called in a list of problems: by its number where it has one. */
export function documentName({ view, texts }: PageWords, document: number): string {
  const certificate = view.certificates.find((entry) => entry.document === document);
  if (certificate) return `${texts.kinds.CERTIFICATE_OF_ORIGIN} ${certificate.number}`;
  const report = view.reports.find((entry) => entry.document === document);
  if (report) return `${texts.kinds.LABORATORY_REPORT} ${report.number}`;
  const step = view.journey.find((entry) => entry.document === document);
  if (step) return `${texts.kinds.EPCIS_EVENTS}: ${stepName(texts, step.step)}`;
  const unshown = view.unshown.find((entry) => entry.document === document);
  return unshown?.kind === undefined ? texts.document(document + 1) : `${texts.kinds[unshown.kind]} (${texts.document(document + 1)})`;
}

/** Documents that are named one by one; more are counted. */
const MOST_NAMED = 3;

/** What is found about documents, each code once, with the documents that it is about. */
export function codeLines(words: PageWords, found: readonly { code: string; document?: number }[]): { code: string; line: string }[] {
  const byCode = new Map<string, number[]>();
  for (const { code, document } of found) byCode.set(code, [...(byCode.get(code) ?? []), ...(document === undefined ? [] : [document])]);
  return [...byCode].map(([code, documents]) => {
    const distinct = [...new Set(documents)];
    const about =
      distinct.length > MOST_NAMED
        ? words.texts.documents(distinct.length)
        : distinct.map((document) => documentName(words, document)).join(', ');
    return { code, line: about === '' ? codeWords(words, code) : `${about}: ${codeWords(words, code)}` };
  });
}

/** A business step in the page's language. */
export function stepName(texts: Texts, step: string | undefined): string {
  if (step === undefined) return texts.journey.otherStep;
  return Object.hasOwn(texts.journey.steps, step) ? (texts.journey.steps[step] ?? step) : step;
}
