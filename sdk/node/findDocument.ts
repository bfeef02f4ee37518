import type { Hex } from '../../protocol/encoding/hex.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import { SdkError } from '../errors.ts';
import type { NodeClient } from './client.ts';

/** Which member issued a document, as the node says; the ledger derives records from it, so a wrong answer leads to none. @throws SdkError `UNKNOWN_DOCUMENT` */
export async function findDocument(node: NodeClient, leaf: Hex): Promise<{ leaf: Hex; issuer: number; text: string }> {
  const text = await node.bundle(leaf);
  const [document] = (parseStrict(text) as unknown as Bundle).documents;
  if (document === undefined) throw new SdkError('UNKNOWN_DOCUMENT', `the node knows no document ${leaf}`);
  return { leaf, issuer: document.issuer, text };
}
