import type { Language } from '../../web/render/view.ts';
import { linkTexts } from '../../web/texts/linkTexts.ts';
import type { Knowledge } from './knowledge.ts';
import type { Link } from './links.ts';
import { LINK_TYPES, VOCABULARY } from './linkTypes.ts';

/** Media type of a linkset in JSON (RFC 9264 section 4.2). */
export const LINKSET_TYPE = 'application/linkset+json';

/** Where the context is that makes a linkset JSON-LD. */
export const LINKSET_CONTEXT = 'https://ref.gs1.org/standards/resolver/linkset-context';

/** What is known at one depth of a link, with the links that lead to it. */
export interface LinkLevel {
  known: Knowledge;
  links: readonly Link[];
  /** Where a request goes that asks for nothing in particular. */
  default: Link | undefined;
}

/** One link as a linkset writes it (GS1-Conformant Resolver 1.2, linkset schema). */
export interface LinkObject {
  href: string;
  title: string;
  type?: string;
  hreflang?: string[];
  context?: string[];
  fwqs?: false;
}

/** Links of one anchor by the URI of their type. */
export interface LinksetContext {
  anchor: string;
  itemDescription: string;
  [linkType: string]: string | LinkObject[];
}

/** A linkset (RFC 9264). */
export interface Linkset {
  linkset: LinksetContext[];
}

/**
 * Writes all links, with an anchor for each depth of the Digital Link.
 *
 * @param root this node's address as readers reach it, without a slash at the end
 */
export function linksetOf(levels: readonly LinkLevel[], root: string, language: Language): Linkset {
  return { linkset: levels.map((level) => contextOf(level, root, language)) };
}

/** One link as a linkset and a list of choices write it. */
export function linkObject(link: Link, root: string, language: Language): LinkObject {
  return {
    href: root + link.target,
    title: titleOf(link, language),
    ...(link.type !== undefined && { type: link.type }),
    ...(link.language !== undefined && { hreflang: [link.language] }),
    ...(link.context !== undefined && { context: [link.context] }),
    ...(!link.forwards && { fwqs: false }),
  };
}

function contextOf({ known, links, default: first }: LinkLevel, root: string, language: Language): LinksetContext {
  const context: LinksetContext = { anchor: root + known.path, itemDescription: linkTexts(language).item(known.key) };
  const add = (name: string, of: readonly LinkObject[]) => {
    if (of.length > 0) context[VOCABULARY + name] = [...of];
  };
  // The default link has no attribute but its title; those of several languages are told beside it.
  if (first !== undefined) add('defaultLink', [{ href: root + first.target, title: titleOf(first, language) }]);
  add(
    'defaultLinkMulti',
    links.filter((link) => link.linkType === 'pip' && link.language !== undefined).map((link) => linkObject(link, root, language)),
  );
  for (const name of LINK_TYPES)
    add(
      name,
      links.filter(({ linkType }) => linkType === name).map((link) => linkObject(link, root, language)),
    );
  return context;
}

function titleOf({ title, language: own }: Link, language: Language): string {
  const words = linkTexts(own ?? language).titles[title.about];
  return title.number === undefined ? words : `${words} ${title.number}`;
}
