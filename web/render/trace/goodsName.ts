import type { TraceTexts } from '../../texts/traceTexts.ts';
import { productKeys } from '../productKeys.ts';

/** What kind of goods an identifier names, and how it is called in short. */
export interface GoodsName {
  readonly kind: keyof TraceTexts['kinds'];
  /** Lot, serial number or key, as on the pack. */
  readonly name: string;
  /** The product of a lot or item. */
  readonly gtin?: string;
}

/** Reads a canonical identifier for people; what is none of the usual ones stands for itself. */
export function goodsName(id: string): GoodsName {
  const { gtin, lot, serial, sscc } = productKeys(id);
  const product = gtin === undefined ? {} : { gtin };
  if (sscc !== undefined) return { kind: 'unit', name: sscc };
  if (serial !== undefined) return { kind: 'item', name: serial, ...product };
  if (lot !== undefined) return { kind: 'lot', name: lot, ...product };
  if (gtin !== undefined) return { kind: 'product', name: gtin };
  const place = /\/414\/(\d{13}(?:\/254\/[^/]+)?)$/.exec(id)?.[1];
  return place === undefined ? { kind: 'other', name: id } : { kind: 'place', name: place.replace('/254/', ' ') };
}
