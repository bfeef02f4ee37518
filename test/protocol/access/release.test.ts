import { expect } from 'chai';
import { readRelease, releaseFingerprint } from '../../../protocol/access/release.ts';
import { toUtf8 } from '../../../protocol/encoding/utf8.ts';
import { ProtocolError } from '../../../protocol/errors.ts';
import { fingerprint } from '../../../protocol/hash/fingerprint.ts';

const RELEASE = {
  ...{ format: 'tidemark-release/1', by: 2, to: 7, documents: [`0x${'11'.repeat(32)}`] },
  ...{ basis: '数据安全法第三十六条 (DEMO)', salt: `0x${'5a'.repeat(16)}` },
};

describe('release', () => {
  describe('readRelease', () => {
    it('reads a release to a member, and to everybody', () => {
      expect(readRelease(JSON.stringify(RELEASE))).to.deep.equal(RELEASE);
      expect(readRelease(JSON.stringify({ ...RELEASE, to: 'ALL' })).to).to.equal('ALL');
    });

    for (const [field, value] of [
      ['format', 'tidemark-release/2'],
      ['by', 0],
      ['to', 'all'],
      ['to', 0],
      ['documents', []],
      ['documents', Array.from({ length: 1_001 }, () => RELEASE.documents[0])],
      ['basis', ''],
      ['basis', undefined],
      ['salt', '0x5a'],
      ['approver', 'nobody reads this'],
    ] as const) {
      it(`refuses ${field} ${JSON.stringify(value)?.slice(0, 20)}`, () => {
        expect(pointerOf(() => readRelease(JSON.stringify({ ...RELEASE, [field]: value })))).to.match(new RegExp(`^/${field}`));
      });
    }

    it('refuses a name that stands twice', () => {
      expect(pointerOf(() => readRelease(JSON.stringify(RELEASE).replace('{', '{"by":3,')))).to.equal('/by');
    });
  });

  describe('releaseFingerprint', () => {
    it('is of the exact text', () => {
      const text = JSON.stringify(RELEASE);
      expect(releaseFingerprint(text)).to.deep.equal(fingerprint(toUtf8(text)));
      expect(releaseFingerprint(` ${text}`).leaf).to.not.equal(releaseFingerprint(text).leaf);
    });
  });
});

function pointerOf(work: () => unknown): string | undefined {
  try {
    work();
    return 'nothing refused';
  } catch (error) {
    return error instanceof ProtocolError ? error.pointer : String(error);
  }
}
