import { existsSync } from 'node:fs';
import { type Hex, isHex } from '../../../protocol/encoding/hex.ts';
import type { NodeClient } from '../../../sdk/node/client.ts';
import { findByNumber } from '../../../sdk/node/findByNumber.ts';
import { readBundle } from '../../../sdk/verify/readBundle.ts';

/** The leaf of what a person named: a bundle file, a fingerprint, or a number that a node is asked for. @throws SdkError */
export async function findLeaf(target: string, node: NodeClient, issuer?: number): Promise<Hex> {
  if (existsSync(target)) return readBundle(target).documents[0].anchor.leaf;
  const text = target.toLowerCase();
  const hex = text.startsWith('0x') ? text : `0x${text}`;
  if (isHex(hex, 32)) return hex;
  return (await findByNumber(node, target, issuer)).leaf;
}
