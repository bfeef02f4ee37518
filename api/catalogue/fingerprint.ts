import type { Hex } from '../../protocol/encoding/hex.ts';
import { ApiError } from '../errors.ts';
import type { ApiNode } from '../node.ts';

/** The leaf of a fingerprint: itself, or of the document with that digest. */
export async function leafOf(node: ApiNode, fingerprint: Hex): Promise<Hex> {
  const [here] = node.catalogue.byFingerprint(fingerprint);
  if (here !== undefined) return here.leaf;
  const [record] = await node.index.recordsByDigest(fingerprint);
  return record?.leafOrRoot ?? fingerprint;
}

/** Reads a fingerprint. @throws ApiError `BAD_REQUEST` */
export function hexOf(text: string, pointer = '/fingerprint'): Hex {
  const hex = fingerprintIn(text);
  if (hex !== undefined) return hex;
  throw new ApiError('BAD_REQUEST', 'a fingerprint is 0x and 64 hex digits', { pointer });
}

/** The fingerprint that a text is, with or without 0x, in any case. */
export function fingerprintIn(text: string): Hex | undefined {
  const hex = text.toLowerCase();
  if (!/^(0x)?[0-9a-f]{64}$/.test(hex)) return undefined;
  return (hex.startsWith('0x') ? hex : `0x${hex}`) as Hex;
}
