import { ProtocolError } from '../../protocol/errors.ts';
import { formatDigitalLink } from '../../protocol/gs1/formatDigitalLink.ts';
import { formatElements } from '../../protocol/gs1/formatElements.ts';
import { parseDigitalLink } from '../../protocol/gs1/parseDigitalLink.ts';
import { parseUrn } from '../../protocol/gs1/parseUrn.ts';
import { SdkError } from '../errors.ts';

/** A QR code that holds a Digital Link, for anyone's phone; a GS1 DataMatrix that holds element strings, for scanners of the trade. */
export const CARRIERS = ['qr', 'datamatrix'] as const;
/** One of them. */
export type Carrier = (typeof CARRIERS)[number];

/** Forms of the picture. */
export const PICTURES = ['svg', 'png'] as const;
/** One of them. */
export type Picture = (typeof PICTURES)[number];

/** What is to be drawn. */
export interface CodeWish {
  carrier: Carrier;
  picture: Picture;
  /** Digital Link of any domain, or EPC URN. */
  id: string;
  /** Address of the node that the code leads to: the stem of its Digital Link. */
  root: string;
  /** Pixels of a module, 1 to 16. */
  scale: number;
}

/** Most pixels of a module. */
export const MOST_SCALE = 16;
// Labels are small: a longer link needs a code that a phone reads badly. Every key with its qualifiers fits.
const LONGEST = 300;
// Light modules around the code that readers need: 4 by ISO/IEC 18004, 1 by ISO/IEC 16022, where scanners like more.
const QUIET: Readonly<Record<Carrier, number>> = { qr: 4, datamatrix: 2 };
// Separators are written as bwip-js reads them; no value holds a caret.
const FNC1 = '^FNC1';

/** The text that a code holds. @throws ProtocolError as `parseDigitalLink`, `NOT_A_DIGITAL_LINK`; SdkError `CODE_TOO_LONG` */
export function codeText({ carrier, id, root }: Pick<CodeWish, 'carrier' | 'id' | 'root'>): string {
  const elements = elementsOf(id);
  const text = carrier === 'qr' ? formatDigitalLink(elements, root) : FNC1 + formatElements(elements, FNC1);
  if (text.length > LONGEST) throw new SdkError('CODE_TOO_LONG', `a code holds at most ${LONGEST} characters`);
  return text;
}

/**
 * Draws a code: a QR code with error correction M, or a DataMatrix.
 *
 * @throws as `codeText`
 */
export async function drawCode(wish: CodeWish): Promise<Buffer> {
  const { carrier, picture, scale } = wish;
  const options = {
    ...(carrier === 'qr' ? { bcid: 'qrcode', eclevel: 'M', fixedeclevel: true } : { bcid: 'datamatrix', parsefnc: true }),
    ...{ text: codeText(wish), scale, padding: QUIET[carrier], backgroundcolor: 'FFFFFF' },
  };
  // Loaded only where it is used: a megabyte that a node's start need not wait for.
  const { default: bwipjs } = await import('bwip-js/node');
  return picture === 'svg' ? Buffer.from(bwipjs.toSVG(options)) : bwipjs.toBuffer(options);
}

function elementsOf(id: string): readonly { ai: string; value: string }[] {
  if (!id.startsWith('urn:')) {
    const { path, attributes } = parseDigitalLink(id, { zeroSuppressedGtin: true });
    return [...path, ...attributes];
  }
  const elements = parseUrn(id);
  if (elements === undefined) throw new ProtocolError('NOT_A_DIGITAL_LINK', 'expected a GS1 Digital Link URI or an EPC URN');
  return elements;
}
