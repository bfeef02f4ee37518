import { Router } from 'express';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { buildTree } from '../../protocol/merkle/tree.ts';
import { type Reader, readerOf } from '../access/reader.ts';
import { documentBundle } from '../bundles/assemble.ts';
import type { RecentSubjects } from '../bundles/recentSubjects.ts';
import { storeDocuments } from '../documents/storeDocuments.ts';
import { ApiError, problemOf } from '../errors.ts';
import { jsonBody, LARGE_BODY, SMALL_BODY } from '../http/bodies.ts';
import { readerId, subjectId } from '../http/identifiers.ts';
import { hashesOf, hashOf, numberOf, textOf } from '../http/parameters.ts';
import type { ApiNode } from '../node.ts';

const MOST_LEAVES = 100_000;
const MOST_BUNDLES = 500;
const BUNDLES_AT_ONCE = 16;
/** Media type of a bundle. */
export const BUNDLE_TYPE = 'application/vnd.tidemark.bundle+json';

/** Bodies in, bundles out. */
export function documentRoutes(node: ApiNode, subjects: RecentSubjects): Router {
  const router = Router();
  router.post('/documents', jsonBody(LARGE_BODY), async (request, response) => {
    const holder = node.tokens.holderOf(request.headers.authorization);
    response.status(201).json({ stored: await storeDocuments(node, holder, request.body) });
  });
  router.post('/batches', jsonBody(LARGE_BODY), async (request, response) => {
    node.tokens.holderOf(request.headers.authorization);
    const leaves = hashesOf(request.body, 'leaves', MOST_LEAVES);
    response.status(201).json({ root: await storeBatch(node, leaves), size: leaves.length });
  });
  router.get('/batches/:root', (request, response) => {
    const root = hashOf(request.params.root, '/root');
    const leaves = node.catalogue.leavesOf(root);
    if (leaves.length === 0) throw new ApiError('UNKNOWN_BATCH', 'this node does not know the leaves of this root');
    response.json({ root, leaves });
  });
  router.get('/bundles/:leaf', async (request, response) => {
    const leaf = hashOf(request.params.leaf, '/leaf');
    const wait = numberOf(request, 'wait', 0, 10_000);
    response.json(await documentBundle(node, leaf, await readerOf(node, request.headers.authorization), wait));
  });
  router.post('/bundles', jsonBody(SMALL_BODY), async (request, response) => {
    const leaves = hashesOf(request.body, 'leaves', MOST_BUNDLES);
    const reader = await readerOf(node, request.headers.authorization);
    response.type('application/x-ndjson');
    for (let at = 0; at < leaves.length; at += BUNDLES_AT_ONCE) {
      const lines = await Promise.all(leaves.slice(at, at + BUNDLES_AT_ONCE).map((leaf) => bundleLine(node, leaf, reader)));
      response.write(lines.join(''));
    }
    response.end();
  });
  router.get('/subjects', async (request, response) => {
    const reader = await readerOf(node, request.headers.authorization);
    response.type(BUNDLE_TYPE).send((await subjects.answer(readerId(node, textOf(request, 'id')), reader)).json);
  });
  router.get('/subjects/salt', (request, response) => {
    const [subject] = node.catalogue.subjects(subjectId(textOf(request, 'id')));
    if (subject === undefined) throw new ApiError('UNKNOWN_SUBJECT', 'this node has no document of this identifier');
    response.json({ id: subject.id, salt: subject.salt });
  });
  router.get('/profiles/:digest', (request, response) => {
    const text = node.profiles.findHere(hashOf(request.params.digest, '/digest'));
    if (text === undefined) throw new ApiError('NOT_FOUND', 'no profile with this digest is kept here');
    response.type('application/json').send(text);
  });
  return router;
}

// One that cannot be given has a line too, so that lines and leaves stay in step.
async function bundleLine(node: ApiNode, leaf: Hex, reader: Reader): Promise<string> {
  try {
    return `${JSON.stringify(await documentBundle(node, leaf, reader))}\n`;
  } catch (error) {
    return `${JSON.stringify(problemOf(error))}\n`;
  }
}

async function storeBatch(node: ApiNode, leaves: readonly Hex[]): Promise<Hex> {
  if (new Set(leaves).size !== leaves.length)
    throw new ApiError('LEAVES_INVALID', 'a leaf stands twice in the batch', { pointer: '/leaves' });
  const unknown = leaves.findIndex((leaf) => node.catalogue.document(leaf) === undefined);
  if (unknown >= 0) throw new ApiError('UNKNOWN_DOCUMENT', 'store the documents first', { pointer: `/leaves/${unknown}` });
  const { root } = buildTree(leaves);
  if (node.catalogue.batch(root) !== undefined) return root;
  const cid = await node.vault.put({ type: 'batch', root, leaves: [...leaves], own: true });
  node.catalogue.add([], new Map(), { root, cid, size: leaves.length, leaves, settled: true });
  return root;
}
