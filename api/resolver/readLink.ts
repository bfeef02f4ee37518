import { canonicalId } from '../../protocol/gs1/canonicalId.ts';
import type { ElementString } from '../../protocol/gs1/elementString.ts';
import { CANONICAL_STEM, formatPath } from '../../protocol/gs1/formatDigitalLink.ts';
import { parseDigitalLink } from '../../protocol/gs1/parseDigitalLink.ts';

/** What a Digital Link identifies, at one depth: the key alone, or with some of its qualifiers. */
export interface Level {
  /** `/01/…/10/…`, in its one spelling. */
  path: string;
  /** Canonical Digital Link under which the node records it; undefined where it records nothing so. */
  id: string | undefined;
}

/** A Digital Link of this node as it was asked for. */
export interface AskedLink {
  elements: readonly ElementString[];
  /** The finest first. */
  levels: readonly [Level, ...Level[]];
}

/**
 * Reads the path and query of a request as a Digital Link, exactly as they came: nothing is decoded before. One slash at the end is let pass, and so
 * are GTINs without their leading zeros.
 *
 * @throws ProtocolError as `parseDigitalLink`
 */
export function readLink(url: string): AskedLink {
  const [, path = '', query = ''] = /^([^?]*)(.*)$/s.exec(url) ?? [];
  const tidy = path.endsWith('/') ? path.slice(0, -1) : path;
  const { path: elements } = parseDigitalLink(CANONICAL_STEM + tidy + query, { zeroSuppressedGtin: true });
  const depths = elements.map((_, index) => levelOf(elements.slice(0, elements.length - index)));
  return { elements, levels: depths as [Level, ...Level[]] };
}

function levelOf(elements: readonly ElementString[]): Level {
  const path = formatPath(elements);
  return { path, id: canonicalId(CANONICAL_STEM + path) };
}
