import { readRelease, releaseFingerprint } from '../../protocol/access/release.ts';
import { KIND } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import type { ApiNode } from '../node.ts';
import { keepRelease } from './keepRelease.ts';

/** Keeps a release that the ledger has. @throws Error where it has not */
export async function keepAnchoredRelease({ catalogue, index, vault }: ApiNode, text: string): Promise<void> {
  const { leaf } = releaseFingerprint(text);
  if (catalogue.release(leaf) !== undefined) return;
  const record = await index.record(recordId(readRelease(text).by, leaf));
  if (record?.kind !== KIND.RELEASE) throw new Error('the ledger has no such release');
  keepRelease(catalogue, text, await vault.put({ type: 'release', text, own: false }));
}
