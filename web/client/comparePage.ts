import { isList, type Markup, type Tag } from '../render/markup.ts';
import type { Difference } from '../render/pageWords.ts';

/** The words of a page: each fact by its key, and the whole text of each section by its id. White space is folded. */
export interface PageText {
  readonly height: string;
  readonly facts: ReadonlyMap<string, string>;
  readonly sections: ReadonlyMap<string, string>;
}

// What documents say never changes; how they stand, and what is drawn from that, may change from one block to the next.
const LASTING = /^(step|certificate|report)\./;
const STANDING_ON_BLOCK = /^ledger\./;
const COMPARED_SECTIONS = ['title', 'what', 'journey', 'certificates', 'tests'];
const MOST_DIFFERENCES = 5;
const LONGEST_QUOTE = 120;

/**
 * What the served page says that the phone's own page, made from the verified documents, does not. Where both stand on the same block, every word
 * of what the documents say is compared; where the ledger has moved on in between, only what cannot change.
 */
export function comparePage(served: PageText, proven: PageText): Difference[] {
  const sameBlock = served.height === proven.height;
  const keys = new Set([...served.facts.keys(), ...(sameBlock ? proven.facts.keys() : [])]);
  const differences: Difference[] = [];
  for (const key of keys) {
    if (STANDING_ON_BLOCK.test(key) || !(sameBlock || LASTING.test(key))) continue;
    const [shown, truth] = [served.facts.get(key), proven.facts.get(key)];
    if (shown !== truth) differences.push({ shown: quote(shown), proven: quote(truth) });
  }
  if (sameBlock && differences.length === 0) differences.push(...compareSections(served, proven));
  return differences.slice(0, MOST_DIFFERENCES);
}

function compareSections(served: PageText, proven: PageText): Difference[] {
  return COMPARED_SECTIONS.flatMap((id) => {
    const [shown, truth] = [served.sections.get(id) ?? '', proven.sections.get(id) ?? ''];
    return shown === truth ? [] : [differingPart(shown, truth)];
  });
}

/** The first place where two texts part, up to where they meet again at the end. */
function differingPart(shown: string, proven: string): Difference {
  let start = 0;
  while (start < Math.min(shown.length, proven.length) && shown[start] === proven[start]) start++;
  let end = 0;
  while (end < Math.min(shown.length, proven.length) - start && shown.at(-1 - end) === proven.at(-1 - end)) end++;
  return { shown: quote(shown.slice(start, shown.length - end)), proven: quote(proven.slice(start, proven.length - end)) };
}

function quote(text: string | undefined): string {
  if (text === undefined || text === '') return '–';
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}

/** The words of the page as the node served it. */
export function textOfDom(main: HTMLElement): PageText {
  const facts = [...main.querySelectorAll<HTMLElement>('[data-fact]')].map(
    (node) => [node.dataset.fact ?? '', fold(node.textContent)] as const,
  );
  const sections = COMPARED_SECTIONS.map((id) => [id, fold(main.querySelector(`#${id}`)?.textContent ?? '')] as const);
  return { height: main.dataset.height ?? '', facts: new Map(facts), sections: new Map(sections) };
}

/** The words of the page that the phone made itself. */
export function textOfSections(sections: readonly Tag[], height: number): PageText {
  const facts = new Map<string, string>();
  for (const section of sections) collectFacts(section, facts);
  const compared = sections.filter((section) => COMPARED_SECTIONS.includes(String(section.attributes.id)));
  const texts = compared.map((section) => [String(section.attributes.id), fold(textOf(section))] as const);
  return { height: String(height), facts, sections: new Map(texts) };
}

function collectFacts(markup: Markup, facts: Map<string, string>): void {
  if (markup === undefined || typeof markup === 'string') return;
  if (isList(markup)) {
    for (const part of markup) collectFacts(part, facts);
    return;
  }
  const key = markup.attributes['data-fact'];
  if (typeof key === 'string') facts.set(key, fold(textOf(markup)));
  for (const child of markup.children) collectFacts(child, facts);
}

function textOf(markup: Markup): string {
  if (markup === undefined) return '';
  if (typeof markup === 'string') return markup;
  return isList(markup) ? markup.map(textOf).join('') : markup.children.map(textOf).join('');
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
