import { isList, type Markup, type Tag } from '../render/markup.ts';
import type { Difference } from '../render/pageWords.ts';

/**
 * The words of a page: each fact by its key, and the whole text of each section by its id. White space is folded; what only says how a document stands
 * (`data-standing`) is left out, since a node and a phone may reach different answers to that and both be honest.
 */
export interface PageText {
  /** Blocks that the page stands on: that of its own history, and those of the histories beside it. */
  readonly basis: string;
  readonly facts: ReadonlyMap<string, string>;
  readonly sections: ReadonlyMap<string, string>;
}

// What documents say never changes, and neither does their place in the history.
const LASTING = /^(step\.\d|certificate\.|report\.)/;
const STANDING_ON_BLOCK = /^ledger\./;
const COMPARED_SECTIONS = ['title', 'what', 'journey', 'tests'];
const UNSHOWN_SECTION = 'limits';
const READ_SECTIONS = [...COMPARED_SECTIONS, UNSHOWN_SECTION];
const MOST_DIFFERENCES = 5;
const LONGEST_QUOTE = 120;

/**
 * What the served page says that the phone's own page, made from the verified documents, does not. Where both stand on the same block and show the same
 * documents, every word of what those say is compared. Where the ledger has moved on, or a document could be fetched meanwhile, only facts that both state.
 */
export function comparePage(served: PageText, proven: PageText): Difference[] {
  const sameBasis = served.basis === proven.basis && served.sections.get(UNSHOWN_SECTION) === proven.sections.get(UNSHOWN_SECTION);
  const differences = sameBasis ? compareAll(served, proven) : compareLasting(served, proven);
  return differences.slice(0, MOST_DIFFERENCES);
}

function compareAll(served: PageText, proven: PageText): Difference[] {
  const keys = [...new Set([...served.facts.keys(), ...proven.facts.keys()])].filter((key) => !STANDING_ON_BLOCK.test(key));
  const inFacts = keys.flatMap((key) => compareFact(served.facts.get(key), proven.facts.get(key)));
  return inFacts.length > 0 ? inFacts : compareSections(served, proven);
}

function compareLasting(served: PageText, proven: PageText): Difference[] {
  const keys = [...served.facts.keys()].filter((key) => LASTING.test(key) && proven.facts.has(key));
  return keys.flatMap((key) => compareFact(served.facts.get(key), proven.facts.get(key)));
}

function compareFact(shown: string | undefined, proven: string | undefined): Difference[] {
  return shown === proven ? [] : [{ shown: quote(shown), proven: quote(proven) }];
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
  const copy = main.cloneNode(true) as HTMLElement;
  for (const standing of copy.querySelectorAll('[data-standing]')) standing.remove();
  const facts = [...copy.querySelectorAll<HTMLElement>('[data-fact]')].map(
    (node) => [node.dataset.fact ?? '', fold(node.textContent)] as const,
  );
  const sections = READ_SECTIONS.map((id) => [id, fold(copy.querySelector(`#${id}`)?.textContent ?? '')] as const);
  return { basis: basisOf(main.dataset.height, main.dataset.along), facts: new Map(facts), sections: new Map(sections) };
}

/** The words of the page that the phone made itself. */
export function textOfSections(sections: readonly Tag[], height: number, along: string): PageText {
  const facts = new Map<string, string>();
  for (const section of sections) collectFacts(section, facts);
  const read = sections.filter((section) => READ_SECTIONS.includes(String(section.attributes.id)));
  const texts = read.map((section) => [String(section.attributes.id), fold(textOf(section))] as const);
  return { basis: basisOf(String(height), along), facts, sections: new Map(texts) };
}

function basisOf(height = '', along = ''): string {
  return `${height} ${along}`.trim();
}

function collectFacts(markup: Markup, facts: Map<string, string>): void {
  if (markup === undefined || typeof markup === 'string') return;
  if (isList(markup)) {
    for (const part of markup) collectFacts(part, facts);
    return;
  }
  if (isStanding(markup)) return;
  const key = markup.attributes['data-fact'];
  if (typeof key === 'string') facts.set(key, fold(textOf(markup)));
  for (const child of markup.children) collectFacts(child, facts);
}

function textOf(markup: Markup): string {
  if (markup === undefined) return '';
  if (typeof markup === 'string') return markup;
  if (isList(markup)) return markup.map(textOf).join('');
  return isStanding(markup) ? '' : markup.children.map(textOf).join('');
}

function isStanding({ attributes }: Tag): boolean {
  return attributes['data-standing'] === true;
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
