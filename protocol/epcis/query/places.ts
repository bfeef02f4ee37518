import { canonicalId } from '../../gs1/canonicalId.ts';

const LOCATION = /^(https:\/\/id\.gs1\.org\/414\/\d{13})(?:\/254\/.+)?$/;

/** The one spelling of an identifier: canonical Digital Link where it is one of GS1, else the text. UUIDs are written in lower case (RFC 9562 section 4). */
export function oneSpelling(text: string): string {
  const trimmed = text.trim();
  const lower = trimmed.toLowerCase();
  return lower.startsWith('urn:uuid:') ? lower : (canonicalId(trimmed) ?? trimmed);
}

/**
 * A place and what it lies in, as far as its identifier says: the location number (GLN) without its extension. Any other hierarchy of places is master data
 * (EPCIS 2.0 section 6.5), which is not kept.
 */
export function placeAndAbove(id: string): string[] {
  const [, location] = LOCATION.exec(id) ?? [];
  return location === undefined || location === id ? [id] : [id, location];
}
