import type { RecordRow } from '../../indexer/store/rows.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { buildTree, type MerkleTree } from '../../protocol/merkle/tree.ts';
import type { Anchor } from '../../protocol/verdict/bundle.ts';
import { maySee } from '../access/maySee.ts';
import type { Reader } from '../access/reader.ts';
import { ApiError } from '../errors.ts';
import type { ApiNode } from '../node.ts';
import { acquireBatch } from '../peer/acquire.ts';

/** A document's place on the ledger. */
export interface Location {
  leaf: Hex;
  issuer: number;
  /** The record that anchors it: its own, or that of its batch. */
  record: RecordRow;
  anchor: Anchor;
}

const LONGEST_WAIT_MS = 10_000;
const LOOK_AGAIN_MS = 250;

/** Records by what they anchor, oldest first. */
export type RecordsByRoot = (leafOrRoot: Hex) => Promise<RecordRow[]>;

/**
 * Where a document is anchored, by the oldest record that does; undefined where none is indexed. A batch that only the peer knows is fetched from it.
 *
 * @param recordsByRoot how records are read; by default each time anew
 */
export async function locate(
  node: ApiNode,
  leaf: Hex,
  recordsByRoot: RecordsByRoot = node.index.recordsByRoot,
): Promise<Location | undefined> {
  return (
    (await locateHere(node, leaf, recordsByRoot)) ??
    ((await acquireBatchOf(node, leaf)) ? locateHere(node, leaf, recordsByRoot) : undefined)
  );
}

/** An entry in a subject's history tells in which batch a leaf is. */
async function acquireBatchOf(node: ApiNode, leaf: Hex): Promise<boolean> {
  if (node.catalogue.placesOf(leaf).length > 0) return false;
  const [entry] = await node.index.entriesByLeaf(leaf);
  const record = entry === undefined ? undefined : await node.index.record(entry.record);
  return record !== undefined && acquireBatch(node, record);
}

async function locateHere(node: ApiNode, leaf: Hex, recordsByRoot: RecordsByRoot): Promise<Location | undefined> {
  const issuer = node.catalogue.document(leaf)?.issuer;
  const places = node.catalogue.placesOf(leaf);
  const rows = await Promise.all([leaf, ...places.map(({ root }) => root)].map(recordsByRoot));
  const found = rows.flat().filter((row) => issuer === undefined || row.issuer === issuer);
  const record = found.sort(byPlace)[0];
  if (record === undefined) return undefined;
  if (record.leafOrRoot === leaf) return { leaf, issuer: record.issuer, record, anchor: { leaf } };
  const index = places.find(({ root }) => root === record.leafOrRoot)?.position ?? 0;
  return { leaf, issuer: record.issuer, record, anchor: anchorIn(node, record.leafOrRoot, leaf, index) };
}

/**
 * Where a document is anchored, waiting until that is indexed.
 *
 * @param waitMs at most 10,000
 * @throws ApiError `UNKNOWN_DOCUMENT`, `NOT_YET_ANCHORED`
 */
export async function locateOrWait(node: ApiNode, leaf: Hex, waitMs: number, reader: Reader): Promise<Location> {
  const deadline = Date.now() + Math.min(waitMs, LONGEST_WAIT_MS);
  for (;;) {
    const location = await locate(node, leaf);
    if (location !== undefined) return location;
    const left = deadline - Date.now();
    if (left <= 0) throw await notFound(node, leaf, reader);
    await anyRecord(node, leaf, Math.min(left, LOOK_AGAIN_MS));
  }
}

// The batch of a leaf may become known while we wait: so not longer than a moment at a time.
async function anyRecord(node: ApiNode, leaf: Hex, timeoutMs: number): Promise<void> {
  const issuer = node.catalogue.document(leaf)?.issuer;
  if (issuer === undefined) return void (await new Promise((resolve) => setTimeout(resolve, timeoutMs)));
  const roots = [leaf, ...node.catalogue.placesOf(leaf).map(({ root }) => root)];
  await Promise.race(roots.map((root) => node.index.waitForRecord(recordId(issuer, root), timeoutMs)));
}

/** What the ledger does not tell of yet, and the reader may not see, is as if it were not there. */
async function notFound(node: ApiNode, leaf: Hex, reader: Reader): Promise<ApiError> {
  const document = node.catalogue.document(leaf);
  return document === undefined || !(await maySee(node, reader, document))
    ? new ApiError('UNKNOWN_DOCUMENT', 'no document with this leaf is known to this node')
    : new ApiError('NOT_YET_ANCHORED', 'the document is kept here, but no record of it is indexed yet');
}

const TREES_KEPT = 16;
const trees = new WeakMap<ApiNode, Map<Hex, MerkleTree>>();

function anchorIn(node: ApiNode, root: Hex, leaf: Hex, index: number): Anchor {
  const kept = trees.get(node) ?? new Map<Hex, MerkleTree>();
  trees.set(node, kept);
  const tree = kept.get(root) ?? buildTree(node.catalogue.leavesOf(root));
  kept.delete(root);
  kept.set(root, tree);
  while (kept.size > TREES_KEPT) kept.delete(kept.keys().next().value as Hex);
  return { leaf, inclusion: { root, size: tree.size, index, path: tree.path(index) } };
}

function byPlace(a: RecordRow, b: RecordRow): number {
  return a.block - b.block || a.logIndex - b.logIndex;
}
