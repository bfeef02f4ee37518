import { expect } from 'chai';
import fc from 'fast-check';
import { fromBase64Url, toBase64Url } from '../../../protocol/encoding/base64url.ts';
import { codeOf } from '../codeOf.ts';

describe('base64url', () => {
  it('writes what Node writes and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).to.equal(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64Url(text)).to.deep.equal(bytes);
      }),
    );
  });

  it('reads exactly the texts that it writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ABgw_-09+/= é'), maxLength: 9 }), (text) => {
        const canonical = Buffer.from(text, 'base64url').toString('base64url') === text;
        if (canonical) expect(toBase64Url(fromBase64Url(text))).to.equal(text);
        else expect(codeOf(() => fromBase64Url(text))).to.equal('NOT_BASE64URL');
      }),
      { numRuns: 2000 },
    );
  });
});
