import { expect } from 'chai';
import { isIssuerOf, issuerOf, readMemberProfile } from '../../../protocol/credentials/issuer.ts';
import { openCredential } from '../../../protocol/credentials/openCredential.ts';
import { present, publicPresentation } from '../../../protocol/credentials/present.ts';
import { certificateOfOrigin } from '../../../protocol/credentials/profiles/certificateOfOrigin.ts';
import { laboratoryReport } from '../../../protocol/credentials/profiles/laboratoryReport.ts';
import { joinSdJwt, splitSdJwt } from '../../../protocol/credentials/sdjwt/compact.ts';
import { conceal } from '../../../protocol/credentials/sdjwt/conceal.ts';
import { seal } from '../../../protocol/credentials/seal.ts';
import { fromBase64Url } from '../../../protocol/encoding/base64url.ts';
import { toUtf8 } from '../../../protocol/encoding/utf8.ts';
import { fingerprint } from '../../../protocol/hash/fingerprint.ts';
import { keyId, publicJwk } from '../../../protocol/jose/jwk.ts';
import { signJws } from '../../../protocol/jose/jws.ts';
import type { JsonObject } from '../../../protocol/json/jsonValue.ts';
import { demoClaims, withField } from '../../fixtures/demoClaims.ts';
import { issuerIn, KEYS, MEMBER, PROFILES, seededRandom } from '../../fixtures/ledgerFixture.ts';
import { codeOf, refusalOf } from '../codeOf.ts';

const random = seededRandom(31);
const request = { issuer: issuerIn(MEMBER.certifier), key: KEYS.certifier, random };
const certificate = seal({ ...request, claims: demoClaims('laver/certificate-of-origin') });
const PRICE = '/credentialSubject/lineItem/0/unitPrice';

/** Signs any payload as an issuer that keeps to no profile could. */
function signAnyhow(payload: JsonObject, header: JsonObject = {}): string {
  const jwk = { ...publicJwk(KEYS.certifier) };
  return signJws({ typ: 'vc+sd-jwt', kid: keyId(KEYS.certifier), jwk, ...header }, toUtf8(JSON.stringify(payload)), KEYS.certifier);
}

function claimsOf(sdJwt: string): JsonObject {
  return openCredential(sdJwt).claims;
}

describe('credentials', () => {
  describe('seal', () => {
    it('fingerprints the bytes that it signed', () => {
      const payload = fromBase64Url(certificate.sdJwt.split('.')[1] as string);
      const { sha256, sm3, leaf } = certificate;
      expect(fingerprint(payload)).to.deep.equal({ sha256, sm3, leaf });
    });

    it('fills in what the profile fixes', () => {
      const { validUntil, type, id } = claimsOf(certificate.sdJwt);
      expect(validUntil).to.equal('2027-10-12T16:00:00+09:00');
      expect(type).to.deep.equal(certificateOfOrigin.type);
      expect(id)
        .to.match(/^urn:uuid:[0-9a-f-]{36}$/)
        .and.equal(certificate.id);
    });

    it('makes all that may be hidden disclosable, and nothing else', () => {
      const open = openCredential(certificate.sdJwt);
      expect(open.disclosed).to.have.length(9);
      expect(open.withheld).to.equal(0);
    });

    it('seals the same claims into another document each time', () => {
      expect(seal({ ...request, claims: demoClaims('laver/certificate-of-origin') }).leaf).to.not.equal(certificate.leaf);
    });

    it('names the field that it refuses', () => {
      const claims = withField(demoClaims('laver/certificate-of-origin'), '/credentialSubject/lineItem/0/hsCode', '2008.99');
      expect(refusalOf(() => seal({ ...request, claims }))).to.deep.equal({
        code: 'CLAIMS_REFUSED',
        pointer: '/credentialSubject/lineItem/0/hsCode',
      });
    });

    it('refuses a type that it does not know', () => {
      expect(codeOf(() => seal({ ...request, claims: { type: 'Passport' } }))).to.equal('PROFILE_UNKNOWN');
    });

    it('refuses text that two readers could read differently', () => {
      const claims = withField(demoClaims('laver/certificate-of-origin'), '/name', 'a\u202eb');
      expect(codeOf(() => seal({ ...request, claims }))).to.equal('BIDI_CONTROL');
    });

    it('wants at issue what may be hidden later', () => {
      const claims = withField(demoClaims('laver/certificate-of-origin'), '/credentialSubject/producer', undefined);
      expect(refusalOf(() => seal({ ...request, claims }))).to.deep.equal({
        code: 'CLAIMS_REFUSED',
        pointer: '/credentialSubject/producer',
      });
    });
  });

  describe('present', () => {
    it('hides box 2 and prices under the same fingerprint', () => {
      const shown = present(certificate.sdJwt, { hide: ['/credentialSubject/producer', '/credentialSubject/lineItem/*/unitPrice'] });
      const open = openCredential(shown);
      expect(open.fingerprint.leaf).to.equal(certificate.leaf);
      expect(open.withheld).to.equal(2);
      expect(open.claims).to.have.nested.property('credentialSubject.lineItem[0].amount');
      expect(open.claims).to.not.have.nested.property('credentialSubject.lineItem[0].unitPrice');
      expect(JSON.stringify(open.claims)).to.not.contain('Mokpo plant');
    });

    it('shows only what is asked for', () => {
      const open = openCredential(present(certificate.sdJwt, { only: [PRICE] }));
      expect(open.disclosed.map(({ pointer }) => pointer)).to.deep.equal([PRICE]);
    });

    it('takes away more from what is already hidden', () => {
      const once = present(certificate.sdJwt, { hide: [PRICE] });
      expect(openCredential(present(once, { hide: ['/credentialSubject/producer'] })).withheld).to.equal(2);
    });

    it('refuses to hide what must be seen', () => {
      expect(refusalOf(() => present(certificate.sdJwt, { hide: ['/validUntil'] }))).to.deep.equal({
        code: 'CANNOT_HIDE',
        pointer: '/validUntil',
      });
    });

    it('refuses fields that are not there', () => {
      for (const choice of [{ hide: ['/credentialSubject/producr'] }, { only: ['/credentialSubject/lineItem/7/amount'] }])
        expect(codeOf(() => present(certificate.sdJwt, choice))).to.equal('POINTER_UNKNOWN');
      expect(codeOf(() => present(certificate.sdJwt, { hide: ['producer'] }))).to.equal('NOT_A_POINTER');
    });
  });

  describe('publicPresentation', () => {
    it('keeps nothing of what can be hidden', () => {
      const open = openCredential(publicPresentation(certificate.sdJwt));
      expect(open.disclosed).to.deep.equal([]);
      expect(open.withheld).to.equal(9);
      expect(open.fingerprint.leaf).to.equal(certificate.leaf);
    });
  });

  describe('openCredential', () => {
    const { jws, disclosures } = splitSdJwt(certificate.sdJwt);
    const full = claimsOf(certificate.sdJwt);

    function hidden(pointers: string[]): string {
      return joinSdJwt({ jws: signAnyhow(conceal(full, pointers, random).payload), disclosures: [] });
    }

    for (const pointer of [
      '/credentialSubject/certification',
      '/credentialSubject/remarks',
      '/validUntil',
      '/credentialSubject/lineItem/0/hsCode',
      '/credentialSubject/lineItem/0',
      '/issuer',
    ]) {
      it(`refuses a hidden ${pointer}`, () => {
        expect(codeOf(() => openCredential(hidden([pointer])))).to.equal('MUST_SHOW_HIDDEN');
      });
    }

    it('refuses a must-show field that is shown and could be hidden', () => {
      const { payload, disclosures: opened } = conceal(full, ['/credentialSubject/certification'], random);
      expect(refusalOf(() => openCredential(joinSdJwt({ jws: signAnyhow(payload), disclosures: opened })))).to.deep.equal({
        code: 'MUST_SHOW_HIDDEN',
        pointer: '/credentialSubject/certification',
      });
    });

    it('refuses a disclosure that was moved, added, doubled or changed', () => {
      const other = splitSdJwt(seal({ ...request, claims: demoClaims('laver/certificate-of-origin') }).sdJwt).disclosures;
      const [first, ...rest] = disclosures as [(typeof disclosures)[0], ...typeof disclosures];
      const open = (list: typeof disclosures) => codeOf(() => openCredential(joinSdJwt({ jws, disclosures: list })));
      expect(open([...disclosures, other[0] as typeof first])).to.equal('DISCLOSURE_UNKNOWN');
      expect(open([...rest, other[0] as typeof first])).to.equal('DISCLOSURE_UNKNOWN');
      expect(open([first, first, ...rest])).to.equal('DISCLOSURE_TWICE');
    });

    it('refuses keys and headers that do not belong', () => {
      const payload = conceal(full, [], random).payload;
      const open = (header: JsonObject) => codeOf(() => openCredential(`${signAnyhow(payload, header)}~`));
      expect(open({ kid: keyId(KEYS.stranger) })).to.equal('SIGNATURE_WRONG');
      expect(open({ jwk: { ...publicJwk(KEYS.stranger) }, kid: keyId(KEYS.stranger) })).to.equal('SIGNATURE_WRONG');
      expect(open({ typ: 'jwt' })).to.equal('SD_JWT_MALFORMED');
      expect(open({ jwk: { ...KEYS.certifier } as unknown as JsonObject })).to.equal('SD_JWT_MALFORMED');
    });

    it('wants the hash named', () => {
      const { _sd_alg: _, ...payload } = conceal(full, [], random).payload;
      expect(codeOf(() => openCredential(`${signAnyhow(payload)}~`))).to.equal('ALG_REFUSED');
    });

    it('names the field that breaks the profile', () => {
      const payload = conceal({ ...full, validUntil: '2030-01-01T00:00:00Z' }, [], random).payload;
      expect(refusalOf(() => openCredential(`${signAnyhow(payload)}~`))).to.deep.equal({ code: 'PROFILE_BROKEN', pointer: '/validUntil' });
    });

    it('does not guess at types that it does not know', () => {
      expect(codeOf(() => openCredential(`${signAnyhow({ type: ['X'], _sd_alg: 'sha-256' })}~`))).to.equal('PROFILE_UNKNOWN');
    });
  });

  describe('issuer', () => {
    const profile = readMemberProfile(PROFILES[MEMBER.laboratory] as string);

    it('matches any name of the profile, and only its own id and number', () => {
      const issuer = issuerOf(1, profile) as unknown as JsonObject;
      expect(isIssuerOf(issuer, 1, profile)).to.equal(true);
      expect(isIssuerOf({ ...issuer, name: '남해분석연구원 (DEMO)' }, 1, profile)).to.equal(true);
      expect(isIssuerOf({ ...issuer, name: 'Another' }, 1, profile)).to.equal(false);
      expect(isIssuerOf({ ...issuer, id: 'urn:x:y' }, 1, profile)).to.equal(false);
      expect(isIssuerOf(issuer, 2, profile)).to.equal(false);
      expect(isIssuerOf(undefined, 1, profile)).to.equal(false);
    });

    it('still matches a former name', () => {
      const issuer = issuerOf(1, profile) as unknown as JsonObject;
      expect(isIssuerOf(issuer, 1, { ...profile, name: { en: 'New' }, formerNames: [profile.name] })).to.equal(true);
    });

    it('wants a name and an id', () => {
      expect(codeOf(() => issuerOf(1, { name: { en: 'A' } }))).to.equal('PROFILE_INCOMPLETE');
      expect(codeOf(() => readMemberProfile('{"name":"A"}'))).to.equal('PROFILE_MALFORMED');
    });
  });

  describe('profiles', () => {
    for (const profile of [certificateOfOrigin, laboratoryReport]) {
      it(`fills in a draft of ${profile.name} without harm to nothing`, () => {
        expect(profile.validate(profile.complete({})).length).to.be.above(0);
      });
    }
  });
});
