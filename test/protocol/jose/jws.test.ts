import { expect } from 'chai';
import fc from 'fast-check';
import { CompactSign, calculateJwkThumbprint, compactVerify, exportJWK, generateKeyPair as generateWithJose, importJWK } from 'jose';
import { fromBase64Url, toBase64Url } from '../../../protocol/encoding/base64url.ts';
import { toHex } from '../../../protocol/encoding/hex.ts';
import { toUtf8 } from '../../../protocol/encoding/utf8.ts';
import { generateKeyPair, keyId, type PrivateJwk, publicJwk, publicPoint, thumbprint } from '../../../protocol/jose/jwk.ts';
import { parseJws, signJws, verifyJws } from '../../../protocol/jose/jws.ts';
import { seededRandom } from '../../fixtures/ledgerFixture.ts';
import { codeOf } from '../codeOf.ts';

const key = generateKeyPair(seededRandom(11));
const other = generateKeyPair(seededRandom(12));
const payload = toUtf8('{"a":1}');
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function withHeader(header: string): string {
  const [, body, signature] = signJws({}, payload, key).split('.');
  return `${toBase64Url(toUtf8(header))}.${body}.${signature}`;
}

describe('jwk', () => {
  describe('thumbprint', () => {
    it('is that of RFC 7638 as jose computes it', async () => {
      expect(keyId(key)).to.equal(await calculateJwkThumbprint(publicJwk(key)));
      expect(thumbprint(key)).to.equal(toHex(fromBase64Url(keyId(key))));
    });

    it('ignores what is not of the key', () => {
      expect(thumbprint({ ...key, kid: 'x', use: 'sig' } as PrivateJwk)).to.equal(thumbprint(publicJwk(key)));
    });
  });

  describe('publicPoint', () => {
    it('refuses points off the curve and cut coordinates', () => {
      expect(codeOf(() => publicPoint({ ...publicJwk(key), y: other.y }))).to.equal('KEY_MALFORMED');
      expect(codeOf(() => publicPoint({ ...publicJwk(key), x: key.x.slice(2) }))).to.equal('KEY_MALFORMED');
      expect(codeOf(() => publicPoint({ ...publicJwk(key), crv: 'P-384' as 'P-256' }))).to.equal('KEY_MALFORMED');
      expect(codeOf(() => publicPoint({ ...publicJwk(key), kty: 'RSA' as 'EC' }))).to.equal('KEY_MALFORMED');
    });
  });
});

describe('jws', () => {
  describe('signJws', () => {
    it('is verified by jose', async () => {
      const jws = signJws({ typ: 'x', kid: keyId(key) }, payload, key);
      const verified = await compactVerify(jws, await importJWK({ ...publicJwk(key) }, 'ES256'));
      expect(verified.payload).to.deep.equal(payload);
      expect(verified.protectedHeader).to.deep.equal({ alg: 'ES256', typ: 'x', kid: keyId(key) });
    });

    it('gives one signature for one message', () => {
      expect(signJws({}, payload, key)).to.equal(signJws({}, payload, key));
    });
  });

  describe('verifyJws', () => {
    it('verifies what jose signs', async () => {
      const pair = await generateWithJose('ES256', { extractable: true });
      const jwk = (await exportJWK(pair.publicKey)) as PrivateJwk;
      for (let round = 0; round < 8; round++) {
        const jws = await new CompactSign(toUtf8(`message ${round}`)).setProtectedHeader({ alg: 'ES256' }).sign(pair.privateKey);
        expect(verifyJws(jws, jwk).payload).to.deep.equal(toUtf8(`message ${round}`));
      }
    });

    it('takes the twin with a high s', () => {
      const [header, body, signature = ''] = signJws({}, payload, key).split('.');
      const bytes = fromBase64Url(signature);
      const s = ORDER - BigInt(toHex(bytes.subarray(32)));
      const twin = Uint8Array.from([...bytes.subarray(0, 32), ...Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);
      expect(verifyJws(`${header}.${body}.${toBase64Url(twin)}`, key).payload).to.deep.equal(payload);
    });

    it('refuses another key', () => {
      expect(codeOf(() => verifyJws(signJws({}, payload, key), other))).to.equal('SIGNATURE_WRONG');
    });

    it('refuses every change of a character', () => {
      const jws = signJws({ kid: 'k' }, payload, key);
      fc.assert(
        fc.property(fc.nat(jws.length - 1), fc.constantFrom(...'AZaz09-_.=+ '), (at, character) => {
          const changed = jws.slice(0, at) + character + jws.slice(at + 1);
          return changed === jws || codeOf(() => verifyJws(changed, key)) !== undefined;
        }),
        { numRuns: 300 },
      );
    });

    it('refuses signatures of other lengths', () => {
      const [header, body, signature = ''] = signJws({}, payload, key).split('.');
      const bytes = fromBase64Url(signature);
      for (const wrong of [bytes.subarray(0, 63), Uint8Array.from([...bytes, 0]), new Uint8Array(64), new Uint8Array(0)])
        expect(codeOf(() => verifyJws(`${header}.${body}.${toBase64Url(wrong)}`, key))).to.equal('SIGNATURE_WRONG');
    });
  });

  describe('parseJws', () => {
    const REFUSED: Record<string, [header: string, code: string]> = {
      'alg none': ['{"alg":"none"}', 'ALG_REFUSED'],
      'alg HS256': ['{"alg":"HS256"}', 'ALG_REFUSED'],
      'no alg': ['{}', 'ALG_REFUSED'],
      'alg twice': ['{"alg":"ES256","alg":"ES256"}', 'JWS_MALFORMED'],
      crit: ['{"alg":"ES256","crit":["x"]}', 'HEADER_REFUSED'],
      b64: ['{"alg":"ES256","b64":false}', 'HEADER_REFUSED'],
      jku: ['{"alg":"ES256","jku":"https://example.org"}', 'HEADER_REFUSED'],
      'kid that is no text': ['{"alg":"ES256","kid":1}', 'JWS_MALFORMED'],
      'a list': ['[]', 'JWS_MALFORMED'],
      'no JSON': ['x', 'JWS_MALFORMED'],
    };
    for (const [name, [header, code]] of Object.entries(REFUSED)) {
      it(`refuses ${name}`, () => {
        expect(codeOf(() => parseJws(withHeader(header)))).to.equal(code);
      });
    }

    it('refuses padding and other numbers of parts', () => {
      const jws = signJws({}, payload, key);
      expect(codeOf(() => parseJws(`${jws}=`))).to.equal('JWS_MALFORMED');
      expect(codeOf(() => parseJws(`${jws}.x`))).to.equal('JWS_MALFORMED');
      expect(codeOf(() => parseJws(jws.slice(0, jws.lastIndexOf('.'))))).to.equal('JWS_MALFORMED');
    });
  });
});
