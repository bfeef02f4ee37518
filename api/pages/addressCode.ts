import { type Tag, tag } from '../../web/render/markup.ts';

/** Longer addresses make a code that phones read badly; they stand on the paper all the same. */
const LONGEST = 600;
const QUIET = 4;

/** A QR code of an address, as a part of a page; undefined where the address is too long. */
export async function addressCode(address: string): Promise<Tag | undefined> {
  if (address.length > LONGEST) return undefined;
  // Loaded only where it is used, as where codes are drawn for packs.
  const { default: bwipjs } = await import('bwip-js/node');
  const [symbol] = bwipjs.raw('qrcode', address, 'eclevel=M') as { pixs: number[]; pixx: number; pixy: number }[];
  if (symbol === undefined) return undefined;
  const { pixs, pixx, pixy } = symbol;
  const dark = pixs.flatMap((pixel, at) => (pixel === 0 ? [] : [`M${QUIET + (at % pixx)} ${QUIET + Math.floor(at / pixx)}h1v1h-1z`]));
  const viewBox = `0 0 ${pixx + 2 * QUIET} ${pixy + 2 * QUIET}`;
  return tag('svg', { class: 'trace__code', viewBox, 'aria-hidden': 'true', focusable: 'false' }, tag('path', { d: dark.join('') }));
}
