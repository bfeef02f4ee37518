import { type Markup, type Tag, tag } from '../markup.ts';

/** A list of facts; `undefined` ones are left out. */
export function facts(...entries: readonly (Tag | undefined)[]): Tag {
  return tag('dl', { class: 'facts' }, ...entries);
}

/**
 * One fact, with its name. The key is equal on every page of the product, so that a phone can compare what the page shows with what it has
 * proven itself.
 */
export function fact(key: string, name: string, ...value: readonly Markup[]): Tag {
  return tag('div', {}, tag('dt', {}, name), tag('dd', { 'data-fact': key }, ...value));
}

/** A fact that depends on how documents stand, not only on what they say. */
export function standingFact(key: string, name: string, ...value: readonly Markup[]): Tag {
  const { name: element, attributes, children } = fact(key, name, ...value);
  return tag(element, { ...attributes, 'data-standing': true }, ...children);
}
