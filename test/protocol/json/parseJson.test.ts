import { expect } from 'chai';
import fc from 'fast-check';
import { parseJson } from '../../../protocol/json/parseJson.ts';
import { codeOf, refusalOf } from '../codeOf.ts';

const parse = (text: string) => parseJson(text, { maxDepth: 64 });

describe('parseJson', () => {
  // Not compared with JSON.parse: V8 13.6 takes one name of a single escaped character for another; {"a":0,"\"":4} can become {"a":0,"\\":4}.
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'medium' }), fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(JSON.stringify(parse(text))).to.equal(JSON.stringify(value));
      }),
      { numRuns: 2000 },
    );
  });

  it('accepts and refuses mutated texts as JSON.parse does', () => {
    const seed = '{"a":[1,-0.5e+3,true,null,"x\\u00e9\\n"],"b":{"":false}}';
    fc.assert(
      fc.property(fc.nat(seed.length), fc.constantFrom('', ...'{}[],:"\\ -+.e0u9tn\t\u00a0\u0001'), fc.nat(2), (at, inserted, removed) => {
        const text = seed.slice(0, at) + inserted + seed.slice(at + removed);
        expect(
          accepts(() => parse(text)),
          text,
        ).to.equal(accepts(() => JSON.parse(text)));
      }),
      { numRuns: 5000 },
    );
  });

  it('tells names of a single escaped character apart', () => {
    const names = ['"', '\\', '\n', '\t', '\u00e9', '\u4e2d', 'a'];
    const escaped = (name: string) => `"\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}"`;
    for (const write of [JSON.stringify, escaped]) {
      fc.assert(
        fc.property(fc.uniqueArray(fc.constantFrom(...names)), (some) => {
          expect(Object.keys(parse(`{${some.map((name) => `${write(name)}:0`).join(',')}}`) as object)).to.deep.equal(some);
        }),
        { numRuns: 1000 },
      );
    }
  });

  it('keeps __proto__ as a name like any other', () => {
    const value = parse('{"__proto__":{"polluted":true}}') as object;
    expect(Object.keys(value)).to.deep.equal(['__proto__']);
    expect(Object.getPrototypeOf(value)).to.equal(Object.prototype);
    expect('polluted' in value).to.equal(false);
  });

  it('reads minus zero as zero', () => {
    for (const text of ['-0', '-0.0', '-0e5']) expect(Object.is(parse(text), 0)).to.equal(true);
  });

  it('keeps the last of two values of one name', () => {
    expect(parse('{"a":1,"a":2}')).to.deep.equal({ a: 2 });
  });

  it('points at the field of an error', () => {
    expect(refusalOf(() => parse('{"a/b":[0,{"c~":tru}]}'))).to.deep.equal({ code: 'JSON_SYNTAX', pointer: '/a~1b/1/c~0' });
    expect(refusalOf(() => parse('[1,2'))).to.deep.equal({ code: 'JSON_SYNTAX', pointer: '' });
  });

  it('counts depth over arrays and objects alike', () => {
    expect(() => parse(`${'[{"a":'.repeat(32)}1${'}]'.repeat(32)}`)).not.to.throw();
    expect(codeOf(() => parse(`${'[{"a":'.repeat(32)}[]${'}]'.repeat(32)}`))).to.equal('JSON_TOO_DEEP');
    expect(codeOf(() => parse('['.repeat(1_000_000)))).to.equal('JSON_TOO_DEEP');
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
