import { EVERYBODY, readRelease, releaseFingerprint } from '../../protocol/access/release.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';

/** Enters a release, whose body is kept under `cid`, in the catalogue; answers its leaf. @throws ProtocolError */
export function keepRelease(catalogue: Catalogue, text: string, cid: string): Hex {
  const { by, to, documents } = readRelease(text);
  const { leaf } = releaseFingerprint(text);
  catalogue.addRelease({ leaf, cid, by, to: to === EVERYBODY ? null : to }, documents);
  return leaf;
}
