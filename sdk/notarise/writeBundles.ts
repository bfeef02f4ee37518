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
const PAUSE_MS = 100;
const NOT_YET = 'NOT_YET_ANCHORED';

/**
 * Writes the bundles of anchored documents into a folder, once the node's index has reached them. The node gives the public presentation; the issuer's own copy
 * keeps every disclosure.
 *
 * @throws SdkError `NODE_ANSWER_WRONG`, `NOT_YET_ANCHORED` after two minutes, and those of the client
 */
export async function writeBundles(node: NodeClient, documents: readonly RunDocument[], out: string): Promise<Notarised[]> {
  const bundles = await indexedBundles(node, documents);
  mkdirSync(out, { recursive: true });
  return documents.map((document, index) => {
    const file = join(out, `${document.name}.bundle.json`);
    writeFileSync(file, withFullPresentation(bundles[index] as BundleOrProblem, document));
    return { name: document.name, leaf: document.leaf, file };
  });
}

/** A line of the node's answer: what it cannot give has a problem in its place. */
type BundleOrProblem = Partial<Bundle> & { code?: string; detail?: string };

async function indexedBundles(node: NodeClient, documents: readonly RunDocument[]): Promise<BundleOrProblem[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    await waitForIndex(node, (documents.at(-1) as RunDocument).leaf);
    const bundles = (await node.bundles(documents.map(({ leaf }) => leaf))).map((text) => JSON.parse(text) as BundleOrProblem);
    const refused = bundles.find(({ code }) => code !== undefined);
    if (refused?.code === undefined) return bundles;
    if (refused.code !== NOT_YET || Date.now() > deadline)
      throw new SdkError(refused.code, `the node gives no bundle: ${refused.detail ?? ''}`);
    await sleep(PAUSE_MS);
  }
}

/** Lets the node wait instead of asking again and again. */
async function waitForIndex(node: NodeClient, leaf: Hex): Promise<void> {
  try {
    await node.bundle(leaf, WAIT_MS);
  } catch (error) {
    if (!(error instanceof SdkError && error.code === NOT_YET)) throw error;
  }
}

function withFullPresentation(bundle: BundleOrProblem, { sdJwt, leaf, name }: RunDocument): string {
  const document = bundle.documents?.[0];
  if (document?.anchor.leaf !== leaf) throw new SdkError('NODE_ANSWER_WRONG', `the node gave another document's bundle for ${name}`);
  const { issuer, anchor } = document;
  return `${JSON.stringify({ ...bundle, documents: [{ type: 'credential', sdJwt, issuer, anchor }] })}\n`;
}
