import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import { SdkError } from '../errors.ts';
import type { NodeClient } from '../node/client.ts';
import type { RunDocument } from './journal.ts';

/** A document that was notarised. */
export interface Notarised {
  name: string;
  leaf: Hex;
  /** Path of its bundle, with the issuer's full presentation. */
  file: string;
}

const WAIT_MS = 10_000;
const PATIENCE_MS = 120_000;

/**
 * Writes the bundles of anchored documents into a folder, once the node's index has reached them. The node gives the public presentation; the issuer's own copy
 * keeps every disclosure.
 *
 * @throws SdkError `NODE_ANSWER_WRONG`, `NOT_YET_ANCHORED` after two minutes, and those of the client
 */
export async function writeBundles(node: NodeClient, documents: readonly RunDocument[], out: string): Promise<Notarised[]> {
  await indexed(node, (documents.at(-1) as RunDocument).leaf);
  const texts = await node.bundles(documents.map(({ leaf }) => leaf));
  mkdirSync(out, { recursive: true });
  return documents.map((document, index) => {
    const file = join(out, `${document.name}.bundle.json`);
    writeFileSync(file, withFullPresentation(texts[index] as string, document));
    return { name: document.name, leaf: document.leaf, file };
  });
}

async function indexed(node: NodeClient, leaf: Hex): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await node.bundle(leaf, WAIT_MS);
      return;
    } catch (error) {
      if (!(error instanceof SdkError && error.code === 'NOT_YET_ANCHORED') || Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

function withFullPresentation(text: string, { sdJwt, leaf, name }: RunDocument): string {
  const bundle = JSON.parse(text) as Bundle;
  const [document] = bundle.documents;
  if (document?.anchor.leaf !== leaf) throw new SdkError('NODE_ANSWER_WRONG', `the node gave another document's bundle for ${name}`);
  const { issuer, anchor } = document;
  return `${JSON.stringify({ ...bundle, documents: [{ type: 'credential', sdJwt, issuer, anchor }] })}\n`;
}
