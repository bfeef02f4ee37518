import type { RecordRow } from '../../indexer/store/rows.ts';
import { openCredential } from '../../protocol/credentials/openCredential.ts';
import { publicPresentation } from '../../protocol/credentials/present.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { subjectKey } from '../../protocol/ledger/ids.ts';
import { buildTree } from '../../protocol/merkle/tree.ts';
import { keepAnchoredRelease } from '../access/keepAnchoredRelease.ts';
import type { BodySubject, CredentialBody, EventBody } from '../documents/body.ts';
import { describeBody } from '../documents/describeBody.ts';
import type { ApiNode } from '../node.ts';
import type { PeerBody } from './peer.ts';

/** How asking for a body ended. */
export type Acquired = 'KEPT' | 'NOT_RELEASED' | 'UNAVAILABLE';

const SEALED_FOR_MS = 60_000;

/**
 * Sees to it that this node has the public body of a document that the ledger holds: fetches it from the peer, and keeps it if it is the one that was anchored.
 *
 * @param record the record that anchors it
 */
export async function acquireBody(node: ApiNode, leaf: Hex, record: RecordRow): Promise<Acquired> {
  if (node.catalogue.document(leaf) !== undefined) return 'KEPT';
  const sealedAt = node.catalogue.sealedAt(leaf);
  if (sealedAt !== undefined && node.clock() - sealedAt < SEALED_FOR_MS) return 'NOT_RELEASED';
  const answer = await node.peer?.body(leaf);
  if (answer === 'NOT_RELEASED') {
    node.catalogue.seal(leaf, record.kind, node.clock());
    return 'NOT_RELEASED';
  }
  if (answer === undefined) return 'UNAVAILABLE';
  return (await keepIfAnchored(node, answer, leaf, record)) ? 'KEPT' : 'UNAVAILABLE';
}

/** Sees to it that this node knows the leaves of a batch; true where it does. */
export async function acquireBatch(node: ApiNode, record: RecordRow): Promise<boolean> {
  const root = record.leafOrRoot;
  if (node.catalogue.batch(root) !== undefined) return true;
  const leaves = await node.peer?.batch(root);
  if (leaves === undefined || leaves.length !== record.anchored.size || buildTree(leaves).root !== root) return false;
  const cid = await node.vault.put({ type: 'batch', root, leaves, own: false });
  node.catalogue.add([], new Map(), { root, cid, size: leaves.length, leaves, settled: true });
  return true;
}

async function keepIfAnchored(node: ApiNode, answer: PeerBody, leaf: Hex, record: RecordRow): Promise<boolean> {
  try {
    const body = await bodyOf(node, answer, leaf, record);
    const description = describeBody(body);
    if (description.leaf !== leaf || description.kind !== record.kind) throw new Error('another document');
    // For whom it is kept has to be known before it is.
    for (const text of answer.releases) await keepAnchoredRelease(node, text);
    node.catalogue.add([{ ...description, cid: await node.vault.put(body) }], new Map([[leaf, body.subjects]]));
    return true;
  } catch {
    // Whatever is wrong with it: it is not what the ledger holds.
    node.log('warn', 'peer body refused', { kind: record.kind, issuer: record.issuer });
    return false;
  }
}

async function bodyOf(node: ApiNode, answer: PeerBody, leaf: Hex, record: RecordRow): Promise<CredentialBody | EventBody> {
  const { issuer } = record;
  // Whatever the peer means by it: what it gives only to some is kept from all others here too.
  const kept = answer.visibility === 'DOMESTIC' && ({ visibility: 'DOMESTIC' } as const);
  const subjects = await anchoredSubjects(node, answer.subjects, leaf, record);
  if (answer.type === 'event')
    return { type: 'event', event: answer.event ?? '', salt: answer.salt ?? '0x', issuer, subjects, own: false, ...kept };
  // The peer should have left out what may be hidden; whatever it did, only public presentations are kept here.
  const sdJwt = publicPresentation(answer.sdJwt ?? '');
  openCredential(sdJwt);
  return { type: 'credential', sdJwt, issuer, subjects, own: false, ...kept };
}

/** Those of the subjects under which the ledger really holds this document. */
async function anchoredSubjects(node: ApiNode, subjects: readonly BodySubject[], leaf: Hex, record: RecordRow): Promise<BodySubject[]> {
  const entries = await node.index.entriesByLeaf(leaf);
  const keys = new Set([...entries.filter(({ issuer }) => issuer === record.issuer).map(({ subject }) => subject), record.subject]);
  return subjects.filter(({ id, salt }) => keys.has(subjectKey(id, salt))).map(({ id, salt }) => ({ id, salt }));
}
