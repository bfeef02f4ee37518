import { expect } from 'chai';
import fc from 'fast-check';
import { toUtf8 } from '../../../protocol/encoding/utf8.ts';
import { canonicalJson } from '../../../protocol/json/canonicalJson.ts';
import { parseStrict } from '../../../protocol/json/parseStrict.ts';
import { codeOf, refusalOf } from '../codeOf.ts';

const REFUSED: Record<string, string[]> = {
  DUPLICATE_NAME: ['{"a":1,"a":1}', '{"a":1,"\\u0061":1}', '{"":1,"":1}', '{"toString":1,"toString":2}', '{"1":1,"1":2}'],
  FORBIDDEN_NAME: ['{"__proto__":1}', '{"\\u005f_proto__":1}'],
  UNSAFE_INTEGER: [
    '[9007199254740992]',
    '[9007199254740993]',
    '[-9007199254740992]',
    '[9007199254740992.0]',
    '[100000000000000000000]',
    '[9.007199254740992e15]',
  ],
  INEXACT_NUMBER: [
    '[1e400]',
    '[-1e400]',
    '[1e-400]',
    '[0.1000000000000000000001]',
    '[123456789012345678901234]',
    '[9007199254740991.2]',
    '[333333333.33333329]',
  ],
  LONE_SURROGATE: ['["\\ud800"]', '["\\udc00\\ud800"]', '{"\\ud800":1}', '["\\ud83d\\ud83d\\ude00"]'],
  CONTROL_CHARACTER: ['["\\u0000"]', '["\\u0007"]', '["\\u007f"]', '["\u0080"]', '["\\u0085"]'],
  NONCHARACTER: ['["\\uffff"]', '["\ufdd0"]', '["\u{1fffe}"]'],
  BIDI_CONTROL: ['["\u202e"]', '["\\u2066"]', '["\u200f"]', '["\u061c"]'],
  INVISIBLE_CHARACTER: ['["a\u200bb"]', '["\\u00ad"]', '["\u3164"]', '["a\ufeff"]', '["\u{e0041}"]', '["\u2060"]'],
  TOO_MANY_MARKS: [`["a${'\u0301'.repeat(31)}"]`],
  NOT_NORMALIZED: [
    '["e\u0301"]',
    '["\\u0065\\u0301"]',
    '["\uf900"]',
    '["\u1100\u1161"]',
    '{"e\u0301":1}',
    '["\ufb33\uf900"]',
    '["\u212b"]',
  ],
  NOT_ASCII_DIGITS: ['["１２"]', '["-１.５"]', '["①"]', '["1２"]', '["２０２６－11－23"]', '["٣"]', '["１２：３０"]'],
  NO_SUCH_DATE: [
    '["2026-02-29"]',
    '["2026-13-01"]',
    '["2026-04-31"]',
    '["1900-02-29"]',
    '["2026-02-30T10:00:00Z"]',
    '["2026-00-10"]',
    '["2026-01-00"]',
  ],
  NO_SUCH_TIME: ['["2026-01-01T24:00:00Z"]', '["2026-01-01T10:60:00Z"]', '["2016-12-31T23:59:60Z"]'],
  NO_TIME_OFFSET: [
    '["2026-01-01T10:00:00"]',
    '["2026-01-01T10:00:00+24:00"]',
    '["2026-01-01T10:00:00+08"]',
    '["2026-01-01T10:00:00+08:60"]',
    '["2026-01-01T10:00:00.Z"]',
  ],
  BYTE_ORDER_MARK: ['\ufeff{}'],
  NO_STRUCTURE: ['1', '"a"', 'null', 'true'],
  JSON_SYNTAX: [
    '',
    ' ',
    '{}x',
    '{}{}',
    "{'a':1}",
    '[01]',
    '[+1]',
    '[.5]',
    '[1.]',
    '[NaN]',
    '[1,]',
    '{"a":1,}',
    '[/**/]',
    '["\t"]',
    '["\\x41"]',
    '\u00a0{}',
  ],
};

const ACCEPTED = [
  ...[
    '{"a":1.0}',
    '[1e21]',
    '[1000000000000000000000]',
    '[9007199254740991]',
    '[-0]',
    '[0.1]',
    '[1E+2]',
    '[100e-2]',
    '[5e-324]',
    '[1.7976931348623157e308]',
  ],
  ...[
    '["\\ufb33"]',
    '["青岛（即墨）"]',
    '["대한민국"]',
    '["👩‍🔬"]',
    '["♥️"]',
    '["第１号"]',
    '["葛\u{e0100}"]',
    '["a\\tb\\r\\n"]',
    '["\u2028"]',
  ],
  ...[
    '["2024-02-29"]',
    '["2000-02-29"]',
    '["2026-11-23T10:00:00+08:00"]',
    '["2026-11-23t10:00:00.123z"]',
    '["2026-02-30 is no day"]',
    '["1234-56-7890"]',
  ],
  ...['{"constructor":1,"toString":2,"hasOwnProperty":3}', '[]', ' {} '],
];

describe('parseStrict', () => {
  for (const [code, texts] of Object.entries(REFUSED)) {
    it(`refuses with ${code}`, () => {
      for (const text of texts)
        expect(
          codeOf(() => parseStrict(text)),
          text,
        ).to.equal(code);
    });
  }

  it('accepts what is unambiguous', () => {
    for (const text of ACCEPTED) expect(() => parseStrict(text), text).not.to.throw();
  });

  it('reads bytes as it reads text', () => {
    const text = '{"名":["김","laver"]}';
    expect(parseStrict(toUtf8(text))).to.deep.equal(parseStrict(text));
    expect(codeOf(() => parseStrict(Uint8Array.of(0x22, 0xff, 0x22)))).to.equal('NOT_UTF8');
    expect(codeOf(() => parseStrict(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d)))).to.equal('BYTE_ORDER_MARK');
  });

  it('points at the field', () => {
    expect(refusalOf(() => parseStrict('{"a":[{"b":1},{"c":"e\u0301"}]}'))).to.deep.equal({ code: 'NOT_NORMALIZED', pointer: '/a/1/c' });
    expect(refusalOf(() => parseStrict('{"a":{"b/c":1,"b/c":1}}'))).to.deep.equal({ code: 'DUPLICATE_NAME', pointer: '/a/b~1c' });
  });

  it('keeps the limits it is given', () => {
    expect(codeOf(() => parseStrict('[[[]]]', { maxDepth: 2 }))).to.equal('JSON_TOO_DEEP');
    expect(codeOf(() => parseStrict('[1,2]', { maxLength: 4 }))).to.equal('JSON_TOO_LARGE');
    expect(codeOf(() => parseStrict('['.repeat(10_000)))).to.equal('JSON_TOO_DEEP');
  });

  it('lets no two values of an accepted number share a double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(9), (number, digit) => {
        const written = String(number);
        fc.pre(number !== 0 && (!Number.isInteger(number) || Number.isSafeInteger(number) || Math.abs(number) >= 1e21));
        expect(parseStrict(`[${written}]`)).to.deep.equal([number]);
        // One more digit behind all that a double can hold makes another number of the same double.
        const longer = written.replace(
          /^(-?\d+(?:\.\d+)?)/,
          (mantissa) => `${mantissa}${mantissa.includes('.') ? '' : '.'}${'0'.repeat(20)}${digit}`,
        );
        if (digit === 0) expect(parseStrict(`[${longer}]`)).to.deep.equal([number]);
        else expect(codeOf(() => parseStrict(`[${longer}]`))).to.equal('INEXACT_NUMBER');
      }),
      { numRuns: 2000 },
    );
  });

  it('reads its own canonical form back to the same form', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const form = canonicalJson(value as never);
        fc.pre(accepts(() => parseStrict(form)));
        expect(canonicalJson(parseStrict(form))).to.equal(form);
      }),
    );
  });

  it('takes time in proportion to the length', () => {
    const texts = ['\u0327\u0301'.repeat(500_000), '\ufb33'.repeat(500_000), '1'.repeat(1_000_000), '\\u0041'.repeat(200_000)];
    const started = performance.now();
    for (const text of texts) accepts(() => parseStrict(`["a${text}"]`));
    accepts(() => parseStrict(`[${'9'.repeat(1_000_000)}e-1000000]`));
    accepts(() => parseStrict(`{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":0`).join()}}`));
    // Seconds, not the minutes that any of these takes where some step is quadratic.
    expect(performance.now() - started).to.be.below(10_000);
  });
});

function accepts(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}
