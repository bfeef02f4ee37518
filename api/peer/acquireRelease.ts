import type { RecordRow } from '../../indexer/store/rows.ts';
import { releaseFingerprint } from '../../protocol/access/release.ts';
import { keepAnchoredRelease } from '../access/keepAnchoredRelease.ts';
import { locate } from '../bundles/locate.ts';
import type { ApiNode } from '../node.ts';
import { acquireBody } from './acquire.ts';

/**
 * Sees to it that this node has what the peer released to this shore by one record: the release, and the bodies that it names.
 *
 * @returns false where that has to be tried again
 */
export async function acquireRelease(node: ApiNode, record: RecordRow): Promise<boolean> {
  const { catalogue, peer } = node;
  const leaf = record.leafOrRoot;
  if (catalogue.release(leaf) === undefined) {
    const text = await peer?.release(leaf);
    if (text === 'NOT_RELEASED') return true;
    if (text === undefined || !(await keepReleaseIfAnchored(node, text, record))) return false;
  }
  let complete = true;
  for (const document of catalogue.documentsOfRelease(leaf)) {
    catalogue.unseal(document);
    const location = await locate(node, document);
    const acquired = location === undefined ? 'UNAVAILABLE' : await acquireBody(node, document, location.record);
    complete = acquired !== 'UNAVAILABLE' && complete;
  }
  return complete;
}

async function keepReleaseIfAnchored(node: ApiNode, text: string, record: RecordRow): Promise<boolean> {
  try {
    if (releaseFingerprint(text).leaf !== record.leafOrRoot) throw new Error('another release');
    await keepAnchoredRelease(node, text);
    return true;
  } catch {
    node.log('warn', 'peer release refused', { issuer: record.issuer });
    return false;
  }
}
