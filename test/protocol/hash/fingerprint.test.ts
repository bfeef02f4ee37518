import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { toUtf8 } from '../../../protocol/encoding/utf8.ts';
import { fingerprint, leafOf } from '../../../protocol/hash/fingerprint.ts';
import { codeOf } from '../codeOf.ts';

describe('fingerprint', () => {
  it('binds both digests of the bytes in one leaf', () => {
    const bytes = toUtf8('tidemark');
    const d1 = createHash('sha256').update(bytes).digest();
    const d2 = createHash('sm3').update(bytes).digest();
    const leaf = createHash('sha256')
      .update(Buffer.concat([Buffer.of(0), d1, d2]))
      .digest('hex');
    expect(fingerprint(bytes)).to.deep.equal({ sha256: `0x${d1.toString('hex')}`, sm3: `0x${d2.toString('hex')}`, leaf: `0x${leaf}` });
  });

  it('gives the leaf of known digests', () => {
    const { sha256, sm3, leaf } = fingerprint(toUtf8('tidemark'));
    expect(leafOf(sha256, sm3)).to.equal(leaf);
    expect(leafOf(sm3, sha256)).not.to.equal(leaf);
    expect(codeOf(() => leafOf('0x00', sm3))).to.equal('WRONG_LENGTH');
  });
});
