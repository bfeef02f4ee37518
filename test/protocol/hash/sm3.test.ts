import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { sm3 } from '../../../protocol/hash/sm3.ts';

const reference = (bytes: Uint8Array) => new Uint8Array(createHash('sm3').update(bytes).digest());

describe('sm3', () => {
  it('equals OpenSSL over random messages', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1000 }), (bytes) => void expect(sm3(bytes)).to.deep.equal(reference(bytes))),
      { numRuns: 2000 },
    );
  });

  it('equals OpenSSL at every length up to four blocks', () => {
    for (let length = 0; length <= 256; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 7 + length) % 256);
      expect(sm3(bytes)).to.deep.equal(reference(bytes));
    }
  });

  it('reads a view into a larger buffer', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 251);
    expect(sm3(bytes.subarray(13, 222))).to.deep.equal(reference(bytes.slice(13, 222)));
  });
});
