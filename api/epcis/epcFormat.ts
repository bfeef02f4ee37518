import { readFileSync } from 'node:fs';
import type { Request } from 'express';
import { translateEvent } from '../../protocol/epcis/translateEvent.ts';
import { canonicalId } from '../../protocol/gs1/canonicalId.ts';
import { type CompanyPrefixLength, formatUrn } from '../../protocol/gs1/formatUrn.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { ApiError } from '../errors.ts';

/** How answers write identifiers (`GS1-EPC-Format`). */
export type EpcFormat = (typeof EPC_FORMATS)[number];

/** The formats of the REST binding. */
export const EPC_FORMATS = ['No_Preference', 'Always_GS1_Digital_Link', 'Always_EPC_URN', 'Never_Translates'] as const;
/** Where the request says nothing (REST binding, GS1-EPC-Format). */
export const DEFAULT_FORMAT: EpcFormat = 'Always_GS1_Digital_Link';

/** The format that a request asks for. @throws ApiError `BAD_REQUEST` */
export function epcFormatOf(request: Request): EpcFormat {
  const asked = request.headers['gs1-epc-format'] ?? DEFAULT_FORMAT;
  const format = EPC_FORMATS.find((known) => known === asked);
  if (format === undefined)
    throw new ApiError('BAD_REQUEST', `GS1-EPC-Format is one of ${EPC_FORMATS.join(', ')}`, { pointer: '/GS1-EPC-Format' });
  return format;
}

/** How identifiers are written in a format. What cannot be translated stays as it is: `formatUrn` says what that is. */
export function idWriter(format: EpcFormat, lengthOf: CompanyPrefixLength): (id: string) => string {
  if (format === 'Always_GS1_Digital_Link') return (id) => (id.startsWith('urn:') ? (canonicalId(id) ?? id) : id);
  if (format === 'Always_EPC_URN') return (id) => (id.startsWith('urn:') ? id : (formatUrn(id, lengthOf) ?? id));
  return (id) => id;
}

/** The event in a format. */
export function formatEvent(event: JsonObject, format: EpcFormat, lengthOf: CompanyPrefixLength): JsonObject {
  return format === 'No_Preference' || format === 'Never_Translates' ? event : translateEvent(event, idWriter(format, lengthOf));
}

/** GS1's list of company prefixes, `{"GCPPrefixFormatList":{"entry":[{"prefix":"030","gcpLength":12}]}}`; without the file no length is known. */
export function readCompanyPrefixes(file: string | undefined): CompanyPrefixLength {
  if (file === undefined) return () => undefined;
  const list = JSON.parse(readFileSync(file, 'utf8')) as { GCPPrefixFormatList: { entry: { prefix: string; gcpLength: number }[] } };
  const lengths = new Map(list.GCPPrefixFormatList.entry.map(({ prefix, gcpLength }) => [prefix, gcpLength]));
  return (digits) => {
    // The longest prefix that is listed says the length; 0 stands for prefixes that are not given out.
    for (let length = Math.min(digits.length, 12); length > 0; length--) {
      const found = lengths.get(digits.slice(0, length));
      if (found !== undefined) return found >= 6 && found <= 12 ? found : undefined;
    }
    return undefined;
  };
}
