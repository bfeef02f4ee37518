import { expect } from 'chai';
import { fromUtf8, toUtf8 } from '../../../protocol/encoding/utf8.ts';
import { codeOf } from '../codeOf.ts';

describe('utf8', () => {
  it('returns the text it wrote, byte order mark included', () => {
    for (const text of ['', 'laver 海苔 김 😀', '\ufeffmark']) expect(fromUtf8(toUtf8(text))).to.equal(text);
  });

  it('refuses half of a surrogate pair', () => {
    expect(codeOf(() => toUtf8('a\ud83d'))).to.equal('LONE_SURROGATE');
  });

  for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe4, 0xb8], [0xf5, 0x80, 0x80, 0x80]]) {
    it(`refuses the bytes ${bytes.map((byte) => byte.toString(16)).join(' ')}`, () => {
      expect(codeOf(() => fromUtf8(Uint8Array.from(bytes)))).to.equal('NOT_UTF8');
    });
  }
});
