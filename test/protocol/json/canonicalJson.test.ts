import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '../../../protocol/json/canonicalJson.ts';
import type { JsonValue } from '../../../protocol/json/jsonValue.ts';
import { parseJson } from '../../../protocol/json/parseJson.ts';
import { codeOf } from '../codeOf.ts';

describe('canonicalJson', () => {
  it('orders names by UTF-16 code units', () => {
    expect(canonicalJson({ '\u{1f600}': 1, '\ufb33': 2, b: 3, B: 4, '10': 5, '9': 6 })).to.equal(
      '{"10":5,"9":6,"B":4,"b":3,"\u{1f600}":1,"\ufb33":2}',
    );
  });

  it('does not depend on the order of names', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).reverse());
        expect(canonicalJson(reversed as JsonValue)).to.equal(canonicalJson(object as JsonValue));
      }),
    );
  });

  it('writes a text that parses to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(sorted(parseJson(canonicalJson(value as JsonValue), { maxDepth: 64 })))).to.equal(
          JSON.stringify(sorted(value)),
        );
      }),
    );
  });

  it('refuses what JSON cannot say', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, undefined, () => 1, Symbol('s'), 1n, { a: undefined }]) {
      expect(codeOf(() => canonicalJson(value as JsonValue))).to.equal('NOT_JSON');
    }
    expect(codeOf(() => canonicalJson({ '\ud800': 1 }))).to.equal('LONE_SURROGATE');
    expect(codeOf(() => canonicalJson(['\udc00']))).to.equal('LONE_SURROGATE');
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
