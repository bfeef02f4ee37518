import { hasCheckDigit } from '../../protocol/gs1/checkDigit.ts';
import { CANONICAL_STEM, formatDigitalLink } from '../../protocol/gs1/formatDigitalLink.ts';

const ELEMENTS = /^(?:\(\d{2,4}\)[^()]+)+$/;
const ELEMENT = /\((\d{2,4})\)([^()]+)/g;
const PATH = /^\/?(\d{2,4}\/[^\s/].*)$/;
const SSCC = /^\d{18}$/;
const GTIN = /^(?:\d{8}|\d{12,14})$/;

/**
 * The Digital Link that a person means who types what stands on a label: element strings with parentheses, the path of a link, or the digits of an SSCC or a
 * GTIN; undefined where it is none of these.
 *
 * @throws ProtocolError as `formatDigitalLink`
 */
export function typedLink(text: string): string | undefined {
  const packed = text.replace(/\s+(?=\()|(?<=\))\s+/g, '');
  if (ELEMENTS.test(packed)) {
    const elements = [...packed.matchAll(ELEMENT)].map(([, ai = '', value = '']) => ({ ai, value: value.trim() }));
    return formatDigitalLink(elements);
  }
  const path = PATH.exec(text)?.[1];
  if (path !== undefined) return `${CANONICAL_STEM}/${path}`;
  const digits = text.replace(/[\s-]/g, '');
  if (SSCC.test(digits) && hasCheckDigit(digits)) return `${CANONICAL_STEM}/00/${digits}`;
  return GTIN.test(digits) && hasCheckDigit(digits) ? `${CANONICAL_STEM}/01/${digits.padStart(14, '0')}` : undefined;
}
