/**
 * Pages as plain data: `tag('p', { class: 'note' }, text)`. The same tree becomes HTML on the node (`toHtml`) and DOM nodes on the phone
 * (`web/client/toDom.ts`), so that both show the same words and neither needs a template string or innerHTML. Text is text everywhere:
 * whatever a document holds is escaped here and becomes a text node there.
 */

/** A piece of a page; `undefined` stands for nothing. */
export type Markup = string | Tag | undefined | readonly Markup[];

/** Attributes by name. `true` stands alone, `false` and `undefined` are left out. Handlers and styles cannot be given: the policy of the page forbids both. */
export type Attributes = { readonly [name: string]: string | number | boolean | undefined } & {
  readonly style?: never;
  readonly onclick?: never;
};

/** One element. */
export interface Tag {
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: readonly Markup[];
}

/** Makes an element. */
export function tag(name: string, attributes: Attributes = {}, ...children: readonly Markup[]): Tag {
  return { name, attributes, children };
}

/** Text that a document supplies: set apart so that its writing direction cannot reach the words around it. */
export function quoted(text: string): Tag {
  return tag('bdi', {}, text);
}

// HTML Living Standard section 13.1.2: elements without an end tag.
const VOID = new Set(['meta', 'link', 'br', 'hr', 'img', 'input']);

/** Writes a tree as HTML. */
export function toHtml(markup: Markup): string {
  if (markup === undefined) return '';
  if (typeof markup === 'string') return escapeText(markup);
  if (isList(markup)) return markup.map(toHtml).join('');
  const open = `<${markup.name}${attributesHtml(markup.attributes)}>`;
  if (VOID.has(markup.name)) return open;
  return `${open}${markup.children.map(toHtml).join('')}</${markup.name}>`;
}

/** True for a list of pieces: `Array.isArray` does not narrow readonly arrays. */
export function isList(markup: Markup): markup is readonly Markup[] {
  return Array.isArray(markup);
}

function attributesHtml(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeText(String(value))}"`))
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
