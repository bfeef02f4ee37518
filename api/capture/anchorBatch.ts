import type { Hex } from '../../protocol/encoding/hex.ts';
import { KIND } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { buildTree } from '../../protocol/merkle/tree.ts';
import { anchorRootCall, type SubjectLink } from '../../sdk/chain/calls.ts';
import { SdkError } from '../../sdk/errors.ts';
import type { CatalogueDocument } from '../catalogue/catalogue.ts';
import type { BatchBody, BodySubject } from '../documents/body.ts';
import { errorFacts } from '../http/log.ts';
import type { TokenHolder } from '../keys/tokens.ts';
import type { ApiNode } from '../node.ts';

const INDEX_PATIENCE_MS = 10_000;

/** An event whose body is already durable. */
export interface KeptEvent {
  document: CatalogueDocument;
  subjects: readonly (BodySubject & { key: Hex })[];
}

/**
 * Makes one batch of events and has it anchored. Resolves when the batch and the signed transaction are on disk: from then on it will be anchored, whatever
 * crashes. A crash before that leaves bodies that nobody was told of.
 */
export async function anchorBatch(node: ApiNode, { slug, member }: TokenHolder, events: readonly KeptEvent[]): Promise<Hex> {
  const leaves = events.map(({ document }) => document.leaf);
  const { root } = buildTree(leaves);
  const links = events.flatMap(({ document, subjects }) => subjects.map(({ key }) => ({ subject: key, leaf: document.leaf })));
  const body: BatchBody = { type: 'batch', root, leaves, own: true, captured: { slug, member, links } };
  const cid = await node.vault.put(body);
  const subjects = new Map(events.map(({ document, subjects: named }) => [document.leaf, named]));
  node.catalogue.add(
    events.map(({ document }) => document),
    subjects,
    { root, cid, size: leaves.length, leaves, slug, settled: false },
  );
  await submit(node, slug, member, root, leaves.length, links);
  return root;
}

/** Takes up batches that a former run of the node did not see settled: sends what was never signed, and waits for the rest. Calls are not doubled. */
export async function resumeBatches(node: ApiNode): Promise<void> {
  for (const { cid, root } of node.catalogue.unsettled()) {
    try {
      const body = await node.vault.get(cid);
      if (body.type !== 'batch' || body.captured === undefined) continue;
      const { slug, member, links } = body.captured;
      await submit(node, slug, member, root, body.leaves.length, links);
    } catch (error) {
      node.log('error', 'a batch cannot be resumed', errorFacts(error));
    }
  }
}

async function submit(node: ApiNode, slug: string, member: number, root: Hex, size: number, links: readonly SubjectLink[]): Promise<void> {
  const outbox = await node.lanes.outboxOf(slug);
  const id = `batch-${root}`;
  await outbox.submit(id, anchorRootCall(member, { root, size, kind: KIND.EPCIS_EVENTS, expiresAt: 0, links }));
  outbox
    .wait(id)
    .then(() => settle(node, member, root))
    .catch((error) => notSettled(node, root, error));
}

function notSettled(node: ApiNode, root: Hex, error: unknown): void {
  node.log('warn', 'a batch is not settled', errorFacts(error));
  if (error instanceof SdkError && error.code === 'REVERTED') node.catalogue.fail(root);
}

/** The chain has it; its events are recorded as soon as the index has it too. */
async function settle(node: ApiNode, member: number, root: Hex): Promise<void> {
  node.catalogue.settle(root);
  await node.index.waitForRecord(recordId(member, root), INDEX_PATIENCE_MS);
  node.catalogue.hurry(root);
}
