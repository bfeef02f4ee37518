import type { Reader } from '../access/reader.ts';
import type { ApiNode } from '../node.ts';
import { chooseLinks, type Preferences } from './chooseLinks.ts';
import { knowledgeOf } from './knowledge.ts';
import { type Link, linksOf, pageTarget } from './links.ts';
import type { LinkLevel } from './linkset.ts';
import { linkTypeName } from './linkTypes.ts';
import type { AskedLink } from './readLink.ts';

/** Where a request is to go. */
export type Resolution = { outcome: 'redirect'; link: Link } | { outcome: 'choices'; links: readonly Link[] } | { outcome: 'none' };

const PRODUCT = /^\/01\/\d{14}$/;

/** What the node knows at each depth of a link, the finest first; empty: nothing at all. Of a lot or item that it does not know, the product's page says so. */
export async function levelsOf(node: ApiNode, reader: Reader, { elements, levels }: AskedLink): Promise<LinkLevel[]> {
  const known = await Promise.all(
    levels.map((level, index) => knowledgeOf(node, reader, level, elements.slice(0, elements.length - index))),
  );
  const found = known.flatMap((knowledge): LinkLevel[] => {
    if (knowledge === undefined) return [];
    const links = linksOf(knowledge);
    return [{ known: knowledge, links, default: links[0] }];
  });
  const [finest] = found;
  if (finest === undefined || finest.known.path === levels[0].path || !PRODUCT.test(finest.known.path) || !finest.known.page) return found;
  return [unknownLevel(levels[0].path, finest, elements), ...found];
}

/** The link that a request asks for: of its type, else the default; at the finest depth that has one (GS1-Conformant Resolver 1.2, "walking up the tree"). */
export function resolve(levels: readonly LinkLevel[], linkType: string | undefined, preferences: Preferences): Resolution {
  if (linkType === undefined) return defaultOf(levels, preferences);
  const name = linkTypeName(linkType);
  if (name === 'defaultLink' || name === 'defaultLinkMulti') return defaultOf(levels, preferences);
  const ofType = levels.map(({ links }) => links.filter((link) => link.linkType === name)).find((links) => links.length > 0) ?? [];
  return outcomeOf(chooseLinks(ofType, preferences));
}

/** The default link, or that of its several languages which the request prefers. */
function defaultOf(levels: readonly LinkLevel[], preferences: Preferences): Resolution {
  const level = levels.find(({ default: first }) => first !== undefined);
  if (level?.default === undefined) return { outcome: 'none' };
  const { linkType } = level.default;
  const chosen =
    linkType === 'pip'
      ? chooseLinks(
          level.links.filter((link) => link.linkType === linkType),
          preferences,
        )
      : [];
  const [only] = chosen;
  return { outcome: 'redirect', link: chosen.length === 1 && only !== undefined ? only : level.default };
}

function outcomeOf(links: readonly Link[]): Resolution {
  const [link] = links;
  if (link === undefined) return { outcome: 'none' };
  return links.length === 1 ? { outcome: 'redirect', link } : { outcome: 'choices', links };
}

function unknownLevel(path: string, product: LinkLevel, key: AskedLink['elements']): LinkLevel {
  const unknown = path.slice(product.known.path.length);
  const target = `${pageTarget(product.known.path)}?unknown=${encodeURIComponent(unknown)}`;
  const link: Link = { linkType: 'pip', target, title: { about: 'pip' }, type: 'text/html', forwards: true };
  return { known: { ...product.known, path, key, documents: [], recorded: false, filed: false }, links: [link], default: link };
}
