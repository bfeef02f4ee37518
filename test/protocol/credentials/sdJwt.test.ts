import { SDJwtInstance } from '@sd-jwt/core';
import { expect } from 'chai';
import fc from 'fast-check';
import { joinSdJwt, splitSdJwt } from '../../../protocol/credentials/sdjwt/compact.ts';
import { conceal } from '../../../protocol/credentials/sdjwt/conceal.ts';
import { makeDisclosure, parseDisclosure } from '../../../protocol/credentials/sdjwt/disclosure.ts';
import { reveal } from '../../../protocol/credentials/sdjwt/reveal.ts';
import { toBase64Url } from '../../../protocol/encoding/base64url.ts';
import { toUtf8 } from '../../../protocol/encoding/utf8.ts';
import { sha256 } from '../../../protocol/hash/sha256.ts';
import type { JsonObject, JsonValue } from '../../../protocol/json/jsonValue.ts';
import { toPointer } from '../../../protocol/json/pointer.ts';
import { seededRandom } from '../../fixtures/ledgerFixture.ts';
import { codeOf } from '../codeOf.ts';

const random = seededRandom(21);

/** The other implementation; signatures are another matter, so its signer is a constant. */
const oracle = new SDJwtInstance({
  signer: async () => 'c2ln',
  verifier: async () => true,
  signAlg: 'ES256',
  hasher: (data: string | ArrayBuffer) => sha256(typeof data === 'string' ? toUtf8(data) : new Uint8Array(data)),
  hashAlg: 'sha-256',
  saltGenerator: async () => toBase64Url(random(16)),
});

function jwsOf(payload: JsonObject): string {
  return `${toBase64Url(toUtf8('{"alg":"ES256"}'))}.${toBase64Url(toUtf8(JSON.stringify(payload)))}.c2ln`;
}

const name = fc.stringMatching(/^[a-z]{1,6}$/);
const leaf = fc.oneof(fc.string({ unit: 'grapheme-ascii' }), fc.integer({ min: -1000, max: 1000 }), fc.boolean(), fc.constant(null));
const { object } = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
  object: fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof({ maxDepth: 3 }, leaf, tie('object'), fc.array(tie('value'), { maxLength: 3 })),
}));

function pointersOf(value: JsonValue, path: (string | number)[] = []): string[] {
  const here = path.length === 0 ? [] : [toPointer(path)];
  if (Array.isArray(value)) return [...here, ...value.flatMap((child, index) => pointersOf(child, [...path, index]))];
  if (typeof value !== 'object' || value === null) return here;
  return [...here, ...Object.entries(value).flatMap(([key, child]) => pointersOf(child as JsonValue, [...path, key]))];
}

const concealable = fc
  .dictionary(name, object, { minKeys: 1, maxKeys: 3, noNullPrototype: true })
  .chain((claims) => fc.tuple(fc.constant(claims as JsonObject), fc.subarray(pointersOf(claims as JsonObject))));

describe('sd-jwt', () => {
  describe('conceal', () => {
    it('is undone by reveal, nested and in arrays', () => {
      fc.assert(
        fc.property(concealable, ([claims, pointers]) => {
          const { payload, disclosures } = conceal(claims, pointers, random);
          const revealed = reveal(
            payload,
            disclosures.map(({ encoded }) => parseDisclosure(encoded)),
          );
          expect(revealed.claims).to.deep.equal(claims);
          expect(revealed.disclosed.map(({ pointer }) => pointer)).to.have.members(pointers);
          expect(revealed.withheld).to.deep.equal([]);
        }),
      );
    });

    it('is understood by @sd-jwt/core', async () => {
      await fc.assert(
        fc.asyncProperty(concealable, async ([claims, pointers]) => {
          const { payload, disclosures } = conceal(claims, pointers, random);
          const read = await oracle.getClaims(joinSdJwt({ jws: jwsOf(payload), disclosures }));
          expect(read).to.deep.equal(claims);
        }),
        { numRuns: 60 },
      );
    });

    it('refuses claims with reserved names', () => {
      for (const claims of [{ _sd: [] }, { a: { '...': 'x' } }, { a: [{ _sd_alg: 'x' }] }] as JsonObject[])
        expect(codeOf(() => conceal(claims, [], random))).to.equal('RESERVED_NAME');
    });

    it('refuses pointers to nothing', () => {
      expect(codeOf(() => conceal({ a: [1] }, ['/a/1'], random))).to.equal('POINTER_UNKNOWN');
      expect(codeOf(() => conceal({ a: [1] }, ['/a/length'], random))).to.equal('POINTER_UNKNOWN');
    });
  });

  describe('reveal', () => {
    it('reads what @sd-jwt/core issues', async () => {
      const claims = { a: 1, b: { c: 'x', d: [true, { e: '2' }] }, f: ['KR', 'CN'] };
      const frame = { _sd: ['b'], b: { _sd: ['c', 'd'], d: { _sd: [1] } }, f: { _sd: [0] } };
      const issued = await oracle.issue(claims, frame as never);
      const { jws, disclosures } = splitSdJwt(issued);
      const payload = JSON.parse(Buffer.from(jws.split('.')[1] as string, 'base64url').toString()) as JsonObject;
      expect(reveal(payload, disclosures).claims).to.deep.equal(claims);
      expect(disclosures).to.have.length(5);
    });

    it('says where something is withheld', () => {
      const { payload } = conceal({ a: { b: 1 }, c: [1, 2] }, ['/a/b', '/c/0'], random);
      expect(reveal(payload, [])).to.deep.equal({
        claims: { a: {}, c: [2] },
        disclosed: [],
        withheld: [
          { holder: '/a', isElement: false },
          { holder: '/c', isElement: true },
        ],
      });
    });

    const one = makeDisclosure('x', 'a', random);
    const element = makeDisclosure('x', undefined, random);
    const REFUSED: Record<string, [payload: JsonObject, disclosures: (typeof one)[], code: string]> = {
      'a disclosure of no digest': [{ b: 1 }, [one], 'DISCLOSURE_UNKNOWN'],
      'a disclosure given twice': [{ _sd: [one.digest] }, [one, one], 'DISCLOSURE_TWICE'],
      'a digest in two places': [{ _sd: [one.digest], b: { _sd: [one.digest] } }, [one], 'DIGEST_TWICE'],
      'a withheld digest in two places': [{ _sd: [one.digest, one.digest] }, [], 'DIGEST_TWICE'],
      'the name of a claim that is there': [{ _sd: [one.digest], a: 1 }, [one], 'NAME_TAKEN'],
      'an element in the place of a member': [{ _sd: [element.digest] }, [element], 'DISCLOSURE_UNKNOWN'],
      'a member in the place of an element': [{ b: [{ '...': one.digest }] }, [one], 'DISCLOSURE_UNKNOWN'],
      'digests that are no list': [{ _sd: one.digest }, [], 'DIGEST_MALFORMED'],
      'digests that are no texts': [{ _sd: [1] }, [], 'DIGEST_MALFORMED'],
      'digests of another length': [{ _sd: ['abc'] }, [], 'DIGEST_MALFORMED'],
      'an element mark among members': [{ b: { '...': one.digest, c: 1 } }, [], 'DIGEST_MALFORMED'],
      'another hash': [{ _sd_alg: 'sha-512' }, [], 'ALG_REFUSED'],
    };
    for (const [what, [payload, disclosures, code]] of Object.entries(REFUSED)) {
      it(`refuses ${what}`, () => {
        expect(codeOf(() => reveal(payload, disclosures))).to.equal(code);
      });
    }
  });

  describe('parseDisclosure', () => {
    const salt = 'A'.repeat(22);
    const REFUSED: Record<string, unknown> = {
      'a short salt': ['A'.repeat(21), 'a', 1],
      'a salt that is no text': [1, 'a', 1],
      'the name _sd': [salt, '_sd', 1],
      'the name ...': [salt, '...', 1],
      'the name __proto__': [salt, '__proto__', 1],
      'a name that is no text': [salt, 1, 1],
      'too few parts': [salt],
      'too many parts': [salt, 'a', 1, 1],
      'an object': { salt },
    };
    for (const [what, parts] of Object.entries(REFUSED)) {
      it(`refuses ${what}`, () => {
        expect(codeOf(() => parseDisclosure(toBase64Url(toUtf8(JSON.stringify(parts)))))).to.equal('DISCLOSURE_MALFORMED');
      });
    }

    it('refuses a name twice inside of the value', () => {
      expect(codeOf(() => parseDisclosure(toBase64Url(toUtf8(`["${salt}","a",{"b":1,"b":2}]`))))).to.equal('DISCLOSURE_MALFORMED');
    });
  });

  describe('splitSdJwt', () => {
    it('refuses key binding and a missing end', () => {
      expect(codeOf(() => splitSdJwt('a.b.c'))).to.equal('SD_JWT_MALFORMED');
      expect(codeOf(() => splitSdJwt('a.b.c~x.y.z'))).to.equal('SD_JWT_MALFORMED');
    });

    it('refuses what is too large', () => {
      expect(codeOf(() => splitSdJwt(`${'a'.repeat(1_000_000)}~`))).to.equal('TOO_LARGE');
    });
  });
});
