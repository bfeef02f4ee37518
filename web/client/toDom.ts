import { isList, type Markup, type Tag } from '../render/markup.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Makes DOM nodes of a tree: elements and text nodes only, never parsed HTML, so no text of a document can become code. */
export function toDom(markup: Tag): Element {
  return element(markup, false);
}

function element(tag: Tag, withinSvg: boolean): Element {
  const isSvg = withinSvg || tag.name === 'svg';
  const node = isSvg ? document.createElementNS(SVG, tag.name) : document.createElement(tag.name);
  for (const [name, value] of Object.entries(tag.attributes)) {
    if (value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of tag.children) append(node, child, isSvg);
  return node;
}

function append(parent: Element, markup: Markup, withinSvg: boolean): void {
  if (markup === undefined) return;
  if (typeof markup === 'string') parent.append(markup);
  else if (isList(markup)) for (const part of markup) append(parent, part, withinSvg);
  else parent.append(element(markup, withinSvg));
}
