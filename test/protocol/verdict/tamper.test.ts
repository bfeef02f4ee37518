import { expect } from 'chai';
import fc from 'fast-check';
import { publicPresentation } from '../../../protocol/credentials/present.ts';
import { joinSdJwt, splitSdJwt } from '../../../protocol/credentials/sdjwt/compact.ts';
import { makeDisclosure } from '../../../protocol/credentials/sdjwt/disclosure.ts';
import { seal } from '../../../protocol/credentials/seal.ts';
import { fromBase64Url, toBase64Url } from '../../../protocol/encoding/base64url.ts';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { fromUtf8, toUtf8 } from '../../../protocol/encoding/utf8.ts';
import { eventHash } from '../../../protocol/epcis/eventHash.ts';
import { keyId, publicJwk } from '../../../protocol/jose/jwk.ts';
import { signJws } from '../../../protocol/jose/jws.ts';
import type { JsonObject, JsonValue } from '../../../protocol/json/jsonValue.ts';
import { recordId } from '../../../protocol/ledger/ids.ts';
import { BUNDLE_FORMAT, type BundleDocument } from '../../../protocol/verdict/bundle.ts';
import { BUNDLE_LIMITS } from '../../../protocol/verdict/readBundle.ts';
import { verifyBundle } from '../../../protocol/verdict/verifyBundle.ts';
import { demoClaims, withField } from '../../fixtures/demoClaims.ts';
import {
  CERTIFICATE_OF_ORIGIN,
  credentialDocument,
  EPCIS_EVENTS,
  eventDocumentOf,
  issuerIn,
  KEYS,
  LABORATORY_REPORT,
  LedgerFixture,
  MEMBER,
  NOW,
  PROFILES,
  sealReport,
  seededRandom,
  TRUST,
} from '../../fixtures/ledgerFixture.ts';

const random = seededRandom(51);
const { laboratory, certifier, operator } = MEMBER;
const report = sealReport(demoClaims('kimchi/lab-report'));
const certificate = seal({ claims: demoClaims('laver/certificate-of-origin'), issuer: issuerIn(certifier), key: KEYS.certifier, random });
const twin = seal({ claims: demoClaims('laver/certificate-of-origin'), issuer: issuerIn(certifier), key: KEYS.certifier, random });
const ledger = new LedgerFixture()
  .record(laboratory, report.leaf, LABORATORY_REPORT)
  .record(certifier, certificate.leaf, CERTIFICATE_OF_ORIGIN)
  .record(certifier, twin.leaf, CERTIFICATE_OF_ORIGIN);

const { block } = ledger.bundle([]);

function answerOf(sdJwt: string, issuer: number, leaf: Hex): string {
  const members = PROFILES[issuer] === undefined ? {} : { [issuer]: PROFILES[issuer] };
  const bundle = { format: BUNDLE_FORMAT, documents: [credentialDocument(sdJwt, issuer, { leaf })], members, block };
  return verifyBundle(bundle, TRUST, { now: NOW }).answer;
}

/** The credential with its signed payload changed, signature and disclosures kept. */
function withPayload(sdJwt: string, change: (payload: JsonObject) => JsonValue): string {
  const { jws, disclosures } = splitSdJwt(sdJwt);
  const [header, body = '', signature] = jws.split('.');
  const payload = change(JSON.parse(fromUtf8(fromBase64Url(body))) as JsonObject);
  return joinSdJwt({ jws: `${header}.${toBase64Url(toUtf8(JSON.stringify(payload)))}.${signature}`, disclosures });
}

/** Changes of a value that weaker schemes have let pass: of type, of nesting, and of the value itself. */
function respellings(value: JsonValue): JsonValue[] {
  const text = typeof value === 'object' ? undefined : String(value);
  const listed = Array.isArray(value) ? [{ ...value } as unknown as JsonObject, value.slice(1), [...value, 'x']] : [[value], { 0: value }];
  const scalars =
    text === undefined ? [] : typeof value === 'string' ? [Number(text), `${text} `, text.toUpperCase(), `${text}\u200b`] : [text];
  return [...listed, ...scalars, null, !value].filter((each) => JSON.stringify(each) !== JSON.stringify(value));
}

function pathsOf(value: JsonValue, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, child]) => pathsOf(child as JsonValue, `${path}/${name}`))].filter(
    (each) => each !== '',
  );
}

function valueAt(value: JsonValue, path: string): JsonValue {
  return path
    .split('/')
    .slice(1)
    .reduce<JsonValue>((at, part) => (at as JsonObject)[part] as JsonValue, value);
}

describe('tampering', () => {
  const payloadOf = (sdJwt: string) => JSON.parse(fromUtf8(fromBase64Url(sdJwt.split('.')[1] as string))) as JsonObject;

  it('leaves the untampered documents valid', () => {
    expect(answerOf(report.sdJwt, laboratory, report.leaf)).to.equal('VALID');
    expect(answerOf(certificate.sdJwt, certifier, certificate.leaf)).to.equal('VALID');
    expect(answerOf(publicPresentation(certificate.sdJwt), certifier, certificate.leaf)).to.equal('VALID');
  });

  for (const [name, sealed, issuer] of [
    ['report', report, laboratory],
    ['certificate', certificate, certifier],
  ] as const) {
    it(`refuses every field of a ${name} changed in type, nesting or value`, function () {
      this.timeout(120_000);
      const payload = payloadOf(sealed.sdJwt);
      let tried = 0;
      for (const path of pathsOf(payload)) {
        for (const value of respellings(valueAt(payload, path))) {
          tried += 1;
          const changed = withPayload(sealed.sdJwt, () => withField(payload, path, value));
          expect(answerOf(changed, issuer, sealed.leaf), `${path} = ${JSON.stringify(value)}`).to.equal('INVALID');
        }
      }
      expect(tried).to.be.above(200);
    });

    it(`refuses every field of a ${name} left out`, () => {
      const payload = payloadOf(sealed.sdJwt);
      for (const path of pathsOf(payload)) {
        const changed = withPayload(sealed.sdJwt, () => withField(payload, path, undefined));
        expect(answerOf(changed, issuer, sealed.leaf), path).to.equal('INVALID');
      }
    });
  }

  const { jws, disclosures } = splitSdJwt(certificate.sdJwt);
  const [first, second, ...rest] = disclosures as [(typeof disclosures)[0], (typeof disclosures)[0], ...typeof disclosures];
  const other = splitSdJwt(twin.sdJwt);
  const stranger = (header: JsonObject) =>
    signJws({ typ: 'vc+sd-jwt', ...header }, fromBase64Url(jws.split('.')[1] as string), KEYS.stranger);
  const forged = makeDisclosure('SAME', 'producer', random);
  const respelled = (encoded: string) => toBase64Url(toUtf8(fromUtf8(fromBase64Url(encoded)).replace(',', ', ')));
  const [header = '', body = '', signature = ''] = jws.split('.');
  const none = toBase64Url(toUtf8(fromUtf8(fromBase64Url(header)).replace('ES256', 'none')));

  const CASES: Record<string, string> = {
    'an added field': withPayload(certificate.sdJwt, (payload) => ({ ...payload, remark: 'PASSED' })),
    'an added line': withPayload(certificate.sdJwt, (payload) => withField(payload, '/credentialSubject/lineItem/1', {})),
    'a hidden expiry': withPayload(certificate.sdJwt, ({ validUntil: _, ...payload }) => payload),
    'a made-up disclosure': joinSdJwt({ jws, disclosures: [...disclosures, forged] }),
    'a disclosure replaced by a made-up one': joinSdJwt({ jws, disclosures: [forged, second, ...rest] }),
    'a disclosure of another certificate': joinSdJwt({ jws, disclosures: [other.disclosures[0] as typeof first, second, ...rest] }),
    'all disclosures of another certificate': joinSdJwt({ jws, disclosures: other.disclosures }),
    'a disclosure twice': joinSdJwt({ jws, disclosures: [first, first, ...disclosures] }),
    'a disclosure spelled anew': joinSdJwt({ jws, disclosures: [{ encoded: respelled(first.encoded) }, second, ...rest] }),
    'a disclosure moved to another claim': withPayload(certificate.sdJwt, (payload) => withField(payload, '/_sd', [first.digest])),
    'another certificate in its place': twin.sdJwt,
    'the header of another certificate': certificate.sdJwt
      .replace(header, twin.sdJwt.split('.')[0] as string)
      .replace(signature, 'A'.repeat(86)),
    'algorithm none': `${none}.${body}.~`,
    'algorithm none with the signature': `${none}.${body}.${signature}~`,
    'a signature by a stranger under the old kid': `${stranger({ kid: keyId(KEYS.certifier), jwk: { ...publicJwk(KEYS.certifier) } })}~`,
    'a signature by a stranger under his own kid': `${stranger({ kid: keyId(KEYS.stranger), jwk: { ...publicJwk(KEYS.stranger) } })}~`,
    'a kid that is not the key': `${stranger({ kid: keyId(KEYS.certifier), jwk: { ...publicJwk(KEYS.stranger) } })}~`,
    'the last tilde cut off': certificate.sdJwt.slice(0, -1),
    'a key binding': `${certificate.sdJwt}${jws}`,
    'white space': `${certificate.sdJwt}\n`,
    nothing: '',
  };
  for (const [name, sdJwt] of Object.entries(CASES)) {
    it(`refuses ${name}`, () => {
      expect(answerOf(sdJwt, certifier, certificate.leaf)).to.equal('INVALID');
    });
  }

  it('refuses the document of one member as that of another', () => {
    expect(answerOf(certificate.sdJwt, laboratory, certificate.leaf)).to.equal('INVALID');
    expect(answerOf(certificate.sdJwt, 99, certificate.leaf)).to.equal('INVALID');
  });

  it('refuses changed verdicts that an issuer signs against its own figures', () => {
    const claims = demoClaims('kimchi/lab-report');
    expect(() => sealReport(withField(claims, '/credentialSubject/result/0/value', '0.4'))).to.throw();
    expect(() => sealReport(withField(claims, '/credentialSubject/overall', 'NONCONFORM'))).to.throw();
  });
});

describe('tampering with events', () => {
  const EVENT: JsonObject = {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { ex: 'https://ns.example.com/' }],
    type: 'ObjectEvent',
    eventTime: '2026-11-12T16:20:00+08:00',
    eventTimeZoneOffset: '+08:00',
    eventID: 'urn:uuid:00000000-0000-4000-8000-000000000001',
    recordTime: '2026-11-12T16:21:00+08:00',
    'rdfs:comment': 'seen at gate 3',
    epcList: ['https://id.gs1.org/00/095210010000001014'],
    action: 'OBSERVE',
    bizStep: 'holding',
    disposition: 'recalled',
    readPoint: { id: 'https://id.gs1.org/414/9521005000013' },
    'ex:grade': '2',
  };
  const salt: Hex = `0x${'17'.repeat(16)}`;
  const original = eventDocumentOf(EVENT, salt, operator) as Extract<BundleDocument, { type: 'event' }>;
  const state = new LedgerFixture().record(operator, original.anchor.leaf, EPCIS_EVENTS);
  const verdictOf = (text: string, changes: object = {}) =>
    verifyBundle(state.bundle([{ ...original, event: text, ...changes }]), TRUST, { now: NOW });
  const answer = (event: JsonValue, changes?: object) => verdictOf(JSON.stringify(event), changes).answer;
  const integrity = (event: JsonValue) => verdictOf(JSON.stringify(event)).findings.find(({ question }) => question === 'integrity')?.code;

  it('accepts the event, however its JSON is laid out', () => {
    expect(answer(EVENT)).to.equal('VALID');
    expect(verdictOf(JSON.stringify(Object.fromEntries(Object.entries(EVENT).reverse()), null, 2)).answer).to.equal('VALID');
  });

  it('refuses another spelling that the event hash takes for the same', () => {
    for (const change of [
      { eventTime: '2026-11-12T08:20:00Z' },
      { epcList: ['urn:epc:id:sscc:9521001.0000000101'] },
      { bizStep: 'https://ref.gs1.org/cbv/BizStep-holding' },
      { '@context': [{ ex: 'https://ns.example.com/' }] },
    ] as JsonObject[]) {
      const spelled = { ...EVENT, ...change };
      expect(eventHash(spelled), JSON.stringify(change)).to.equal(eventHash(EVENT));
      expect(integrity(spelled), JSON.stringify(change)).to.equal('DIGEST_MISMATCH');
    }
  });

  it('refuses changes of what the event hash leaves out', () => {
    for (const name of ['eventID', 'recordTime', 'rdfs:comment']) {
      const { [name]: _, ...rest } = EVENT;
      for (const changed of [rest, { ...EVENT, [name]: 'other' }]) {
        expect(eventHash(changed), name).to.equal(eventHash(EVENT));
        expect(integrity(changed), name).to.equal('DIGEST_MISMATCH');
      }
    }
  });

  it('refuses changes of every field', () => {
    for (const name of Object.keys(EVENT)) {
      const { [name]: _, ...rest } = EVENT;
      expect(answer(rest), name).to.equal('INVALID');
      expect(answer({ ...EVENT, [name]: 'other' }), name).to.equal('INVALID');
    }
  });

  it('refuses a field hidden in another', () => {
    const HIDDEN: Record<string, JsonObject> = {
      disposition: { bizStep: 'https://ref.gs1.org/cbv/BizStep-holdingdisposition=https://ref.gs1.org/cbv/Disp-recalled' },
      'ex:grade': { readPoint: { id: 'https://id.gs1.org/414/9521005000013{https://ns.example.com/}grade=2' } },
    };
    for (const [name, holder] of Object.entries(HIDDEN)) {
      const { [name]: _, ...rest } = EVENT;
      const glued = { ...rest, ...holder };
      expect(eventHash(glued), name).to.equal(eventHash(EVENT));
      expect(integrity(glued), name).to.equal('DIGEST_MISMATCH');
    }
  });

  it('refuses fields that the event asks not to hash', () => {
    expect(answer({ ...EVENT, 'ex:ignoreFields': ['ex:note'], 'ex:note': 'sold' })).to.equal('INVALID');
    expect(answer({ ...EVENT, 'ex:note': 'sold' })).to.equal('INVALID');
  });

  it('refuses another salt, a declaration added, and what is no event', () => {
    expect(answer(EVENT, { salt: `0x${'18'.repeat(16)}` })).to.equal('INVALID');
    expect(answer({ ...EVENT, errorDeclaration: { declarationTime: '2026-11-13T00:00:00Z' } })).to.equal('INVALID');
    for (const odd of [[], [EVENT], { type: { toString: 1 } }, { epcList: { a: [[{}]] } }, null])
      expect(answer(odd as JsonValue)).to.equal('INVALID');
  });
});

describe('verifyBundle on any input', () => {
  const ids = [recordId(laboratory, report.leaf), recordId(certifier, certificate.leaf)];
  const subject = { id: 'https://id.gs1.org/01/09521001001021/10/L', salt: `0x${'5a'.repeat(16)}` as Hex, entries: ids };
  const whole = new LedgerFixture()
    .record(laboratory, report.leaf, LABORATORY_REPORT)
    .record(certifier, certificate.leaf, CERTIFICATE_OF_ORIGIN)
    .subject(subject.id, subject.salt, ids)
    .bundle(
      [
        credentialDocument(report.sdJwt, laboratory, { leaf: report.leaf }),
        credentialDocument(certificate.sdJwt, certifier, { leaf: certificate.leaf }),
      ],
      {
        subject,
      },
    ) as unknown as JsonObject;
  const paths = pathsOf(whole);
  const judge = (bundle: unknown) => verifyBundle(bundle, TRUST, { now: NOW });
  const isSame = (one: unknown) => JSON.stringify(one) === JSON.stringify(whole);

  it('is valid as it stands', () => {
    expect(judge(whole).answer).to.equal('VALID');
  });

  it('never confirms a bundle with a value changed', function () {
    this.timeout(120_000);
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('', '0x', 0, -1, 2 ** 53, [], {}, null, '__proto__', `0x${'00'.repeat(32)}`),
    ) as fc.Arbitrary<JsonValue>;
    fc.assert(
      fc.property(fc.constantFrom(...paths), odd, (path, value) => {
        const changed = withField(whole, path, value);
        const { answer, findings } = judge(changed);
        expect(findings.map(({ code }) => code)).to.not.include('UNEXPECTED');
        // Spare trie nodes are not needed, and a spare cosignature says nothing.
        expect(answer === 'VALID' && !isSame(changed) && !path.startsWith('/block/nodes/'), `${path} = ${JSON.stringify(value)}`).to.equal(
          false,
        );
      }),
      { numRuns: 400 },
    );
  });

  it('never confirms a bundle with a character changed', function () {
    this.timeout(120_000);
    const texts = paths.filter((path) => typeof valueAt(whole, path) === 'string' && !path.startsWith('/block/nodes/'));
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), fc.constantFrom(...'0aAf~.{"-_ '), (path, at, character) => {
        const text = valueAt(whole, path) as string;
        const place = at % Math.max(1, text.length);
        const changed = withField(whole, path, text.slice(0, place) + character + text.slice(place + 1));
        const { answer, findings } = judge(changed);
        expect(findings.map(({ code }) => code)).to.not.include('UNEXPECTED');
        expect(answer === 'VALID' && !isSame(changed), `${path} at ${place} = ${character}`).to.equal(false);
      }),
      { numRuns: 400 },
    );
  });

  it('never confirms a bundle with a part left out', () => {
    for (const path of paths.filter((each) => !each.startsWith('/block/nodes/'))) {
      const changed = withField(whole, path, undefined);
      expect(judge(changed).answer, path).to.not.equal('VALID');
    }
  });

  it('answers anything with a verdict', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        const { answer, findings } = judge(anything);
        expect(answer).to.equal('INVALID');
        expect(findings.map(({ code }) => code)).to.deep.equal(['MALFORMED']);
      }),
    );
  });

  it('does not choke on objects that fight back', () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    expect(judge(hostile).answer).to.equal('CANNOT_CHECK');
  });

  it('bounds what it looks at', () => {
    const block = whole.block as JsonObject;
    const large = { ...whole, block: { ...block, nodes: Array.from({ length: BUNDLE_LIMITS.nodes + 1 }, () => '0x') } };
    expect(judge(large).findings.map(({ code }) => code)).to.deep.equal(['TOO_LARGE']);
    const nodes = { ...whole, block: { ...block, nodes: [`0x${'00'.repeat(BUNDLE_LIMITS.node + 1)}`] } };
    expect(judge(nodes).findings.map(({ code }) => code)).to.deep.equal(['TOO_LARGE']);
    const documents = { ...whole, documents: Array.from({ length: BUNDLE_LIMITS.documents + 1 }, () => ({})) };
    expect(judge(documents).findings.map(({ code }) => code)).to.deep.equal(['TOO_LARGE']);
  });
});
