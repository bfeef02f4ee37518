import { expect } from 'chai';
import { publicPresentation } from '../../../protocol/credentials/present.ts';
import { seal } from '../../../protocol/credentials/seal.ts';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { STATUS } from '../../../protocol/ledger/codes.ts';
import { recordId } from '../../../protocol/ledger/ids.ts';
import type { Bundle, BundleDocument } from '../../../protocol/verdict/bundle.ts';
import type { Question, Verdict } from '../../../protocol/verdict/verdict.ts';
import { verifyBundle } from '../../../protocol/verdict/verifyBundle.ts';
import { demoClaims } from '../../fixtures/demoClaims.ts';
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
  recordWord,
  sealReport,
  seededRandom,
  TIME,
  TRUST,
} from '../../fixtures/ledgerFixture.ts';

const { laboratory, certifier, operator } = MEMBER;
const report = sealReport(demoClaims('laver/lab-report-export'));
const document = credentialDocument(report.sdJwt, laboratory, { leaf: report.leaf });
const certificate = seal({
  claims: demoClaims('laver/certificate-of-origin'),
  issuer: issuerIn(certifier),
  key: KEYS.certifier,
  random: seededRandom(41),
});
const SUBJECT = { id: 'https://id.gs1.org/01/09521001001021/10/HB260914A', salt: `0x${'5a'.repeat(16)}` as Hex };
const EVENT = {
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'ObjectEvent',
  eventTime: '2026-10-13T10:00:00+09:00',
  eventTimeZoneOffset: '+09:00',
  epcList: ['https://id.gs1.org/00/095210010000001014'],
  action: 'OBSERVE',
  bizStep: 'shipping',
  disposition: 'in_transit',
};
const event = eventDocumentOf(EVENT, `0x${'17'.repeat(16)}`, operator);

/** A ledger on which the report is recorded in good order. */
function recorded(changes = {}): LedgerFixture {
  return new LedgerFixture().record(laboratory, report.leaf, LABORATORY_REPORT, changes);
}

function judge(bundle: unknown, when: { at?: string; now?: string } = {}, trust = TRUST): Verdict {
  return verifyBundle(bundle, trust, { now: NOW, ...when });
}

/** Answer and code of one question about one document, as `ANSWER CODE`. */
function finding(verdict: Verdict, question: Question, index?: number): string {
  const found = verdict.findings.find((each) => each.question === question && (index === undefined || each.document === index));
  return `${found?.answer} ${found?.code}`;
}

describe('verifyBundle', () => {
  it('confirms a report that is in order', () => {
    const verdict = judge(recorded().bundle([document]));
    expect(verdict.findings.map((each) => `${each.question} ${each.answer}`)).to.deep.equal(
      ['block', 'integrity', 'anchored', 'issuer', 'accreditation', 'status', 'superseded'].map((question) => `${question} VALID`),
    );
    expect(verdict).to.include({ answer: 'VALID', asOf: '2026-11-01T00:00:00Z', at: NOW, finality: 'unsealed', height: 123 });
  });

  it('confirms certificate, report and event of a subject', () => {
    const documents: BundleDocument[] = [
      credentialDocument(publicPresentation(certificate.sdJwt), certifier, { leaf: certificate.leaf }),
      document,
      event,
    ];
    const entries = documents.map(({ issuer, anchor }) => recordId(issuer, anchor.leaf));
    const ledger = recorded()
      .record(certifier, certificate.leaf, CERTIFICATE_OF_ORIGIN)
      .record(operator, event.anchor.leaf, EPCIS_EVENTS)
      .subject(SUBJECT.id, SUBJECT.salt, entries);
    const verdict = judge(ledger.bundle(documents, { subject: { ...SUBJECT, entries } }));
    expect(verdict.answer).to.equal('VALID');
    expect(verdict.findings).to.have.length(1 + 3 * 6 + 1);
  });

  it('confirms a document of a batch', () => {
    const ledger = new LedgerFixture();
    const others = [1, 2, 3, 4].map((byte) => `0x${byte.toString().repeat(64)}` as Hex);
    const anchors = ledger.batch(laboratory, [...others, report.leaf], LABORATORY_REPORT);
    expect(judge(ledger.bundle([{ ...document, anchor: anchors[4] as BundleDocument['anchor'] }])).answer).to.equal('VALID');
  });

  describe('block', () => {
    const ledger = recorded();

    it('wants a witness of each shore', () => {
      const bundle = ledger.bundle([document]);
      for (const [index, shore] of ['CN', 'KR'].entries()) {
        const cosignatures = bundle.block.cosignatures.filter((_, at) => at !== index);
        const verdict = judge({ ...bundle, block: { ...bundle.block, cosignatures } });
        expect(finding(verdict, 'block')).to.equal('CANNOT_CHECK WITNESS_MISSING');
        expect(verdict.findings[0]?.facts).to.deep.equal({ shore });
        expect(finding(verdict, 'status')).to.equal('CANNOT_CHECK BLOCK_UNPROVEN');
        expect(finding(verdict, 'integrity')).to.equal('VALID OK');
      }
    });

    it('does not count one witness twice', () => {
      const bundle = ledger.bundle([document]);
      const [first = ''] = bundle.block.cosignatures;
      expect(finding(judge({ ...bundle, block: { ...bundle.block, cosignatures: [first, first] } }), 'block')).to.equal(
        'CANNOT_CHECK WITNESS_MISSING',
      );
    });

    it('finds a block that the witnesses do not know', () => {
      const bundle = ledger.bundle([document]);
      const forged = new LedgerFixture().bundle([document]).block;
      const verdict = judge({ ...bundle, block: { ...bundle.block, header: forged.header, nodes: forged.nodes } });
      expect(finding(verdict, 'block')).to.equal('INVALID BLOCK_FORGED');
    });

    it('finds witnesses that disagree', () => {
      for (const change of [{ hash: `0x${'99'.repeat(32)}` as Hex }, { sequence: 8 }, { indexDigest: `0x${'99'.repeat(32)}` as Hex }])
        expect(finding(judge(ledger.bundle([document], { checkpoints: [{}, change] })), 'block')).to.equal('INVALID WITNESSES_DISAGREE');
    });

    it('does not judge another ledger', () => {
      expect(finding(judge(ledger.bundle([document]), {}, { ...TRUST, chainId: 1 }), 'block')).to.equal('CANNOT_CHECK OTHER_LEDGER');
      expect(finding(judge(ledger.bundle([document]), {}, { ...TRUST, contract: `0x${'c1'.repeat(20)}` }), 'block')).to.equal(
        'CANNOT_CHECK OTHER_LEDGER',
      );
    });

    it('refuses checkpoints of another ledger', () => {
      const verdict = judge(ledger.bundle([document], { checkpoints: [{ chainId: 1 }, {}] }));
      expect(finding(verdict, 'block')).to.equal('CANNOT_CHECK WITNESS_MISSING');
    });

    it('finds other code in the place of the ledger', () => {
      expect(finding(judge(ledger.bundle([document]), {}, { ...TRUST, codeHash: `0x${'00'.repeat(32)}` }), 'block')).to.equal(
        'INVALID CONTRACT_WRONG',
      );
    });
  });

  describe('proofs', () => {
    it('cannot check without the nodes, one by one', () => {
      const bundle = recorded().bundle([document]);
      for (const node of bundle.block.nodes) {
        const nodes = bundle.block.nodes.filter((each) => each !== node);
        const { answer, findings } = judge({ ...bundle, block: { ...bundle.block, nodes } });
        expect(answer).to.be.oneOf(['VALID', 'CANNOT_CHECK']);
        if (answer === 'CANNOT_CHECK') expect(findings.some(({ code }) => code === 'PROOF_MISSING')).to.equal(true);
      }
      expect(judge({ ...bundle, block: { ...bundle.block, nodes: [] } }).answer).to.equal('CANNOT_CHECK');
    });
  });

  describe('anchored', () => {
    it('finds that there is no record', () => {
      expect(finding(judge(new LedgerFixture().bundle([document])), 'anchored')).to.equal('INVALID NOT_ANCHORED');
    });

    it('finds a record of another kind', () => {
      const ledger = new LedgerFixture().record(laboratory, report.leaf, CERTIFICATE_OF_ORIGIN);
      expect(finding(judge(ledger.bundle([document])), 'anchored')).to.equal('INVALID KIND_MISMATCH');
    });

    it('does not take the root of a batch for a document', () => {
      const ledger = new LedgerFixture();
      const [anchor] = ledger.batch(laboratory, [report.leaf, `0x${'22'.repeat(32)}`], LABORATORY_REPORT) as [BundleDocument['anchor']];
      const root = anchor.inclusion?.root as Hex;
      const withheld: BundleDocument = {
        type: 'withheld',
        reason: 'NOT_RELEASED',
        kind: LABORATORY_REPORT,
        issuer: laboratory,
        anchor: { leaf: root },
      };
      expect(finding(judge(ledger.bundle([withheld])), 'anchored')).to.equal('INVALID INCLUSION_WRONG');
    });

    it('does not take a change of status for an anchor', () => {
      const ledger = recorded({ anchoredAt: 0, size: 0, changes: 1, changedAt: TIME.changed });
      expect(finding(judge(ledger.bundle([document])), 'anchored')).to.equal('INVALID NOT_ANCHORED');
    });
  });

  describe('issuer', () => {
    const strange = sealReport(demoClaims('laver/lab-report-export'), KEYS.stranger);
    const strangers = credentialDocument(strange.sdJwt, laboratory, { leaf: strange.leaf });

    it('finds a key that nobody registered', () => {
      const ledger = new LedgerFixture().record(laboratory, strange.leaf, LABORATORY_REPORT);
      expect(finding(judge(ledger.bundle([strangers])), 'issuer')).to.equal('INVALID KEY_UNKNOWN');
    });

    it('finds the key of another member', () => {
      const ledger = new LedgerFixture().record(laboratory, strange.leaf, LABORATORY_REPORT).key(KEYS.stranger, operator);
      expect(finding(judge(ledger.bundle([strangers])), 'issuer')).to.equal('INVALID KEY_OF_ANOTHER');
    });

    it('finds a profile that is not the proven one', () => {
      const bundle = recorded().bundle([document]);
      const members = { ...bundle.members, [laboratory]: bundle.members[laboratory]?.replace('Namhae', 'Other') };
      expect(finding(judge({ ...bundle, members }), 'issuer')).to.equal('INVALID PROFILE_MISMATCH');
    });

    it('cannot check without the profile', () => {
      const bundle = recorded().bundle([document]);
      expect(finding(judge({ ...bundle, members: {} }), 'issuer')).to.equal('CANNOT_CHECK PROOF_MISSING');
    });

    for (const change of [
      { name: 'Korea Chamber role, Mokpo (DEMO)' },
      { id: 'https://id.gs1.org/417/9521008000003' },
      { member: certifier },
    ]) {
      it(`finds a credential with the ${Object.keys(change)[0]} of another`, () => {
        const sealed = sealReport(demoClaims('laver/lab-report-export'), KEYS.laboratory, { ...issuerIn(laboratory), ...change });
        const ledger = new LedgerFixture().record(laboratory, sealed.leaf, LABORATORY_REPORT);
        const verdict = judge(ledger.bundle([credentialDocument(sealed.sdJwt, laboratory, { leaf: sealed.leaf })]));
        expect(finding(verdict, 'issuer')).to.equal('INVALID PROFILE_MISMATCH');
      });
    }
  });

  describe('accreditation', () => {
    const at = TIME.anchored;
    const KEY_CASES: [code: string, changes: object][] = [
      ['INVALID KEY_NOT_YET_VALID_AT_ISSUE', { validFrom: at + 1 }],
      ['VALID OK', { validFrom: at }],
      ['INVALID KEY_EXPIRED_AT_ISSUE', { validUntil: at }],
      ['VALID OK', { validUntil: at + 1 }],
      ['INVALID KEY_REVOKED_AT_ISSUE', { revokedAt: at }],
      ['VALID OK', { revokedAt: at + 1 }],
      ['INVALID KEY_COMPROMISED', { revokedAt: at + 9, compromisedSince: at }],
      ['VALID OK', { revokedAt: at + 9, compromisedSince: at + 1 }],
    ];
    for (const [answer, changes] of KEY_CASES) {
      it(`says ${answer} of a key with ${JSON.stringify(Object.keys(changes))}`, () => {
        expect(finding(judge(recorded().key(KEYS.laboratory, laboratory, changes).bundle([document])), 'accreditation')).to.equal(answer);
      });
    }
    const MEMBER_CASES: [code: string, changes: object][] = [
      ['INVALID MEMBER_SUSPENDED_AT_ISSUE', { suspendedAt: at }],
      ['INVALID MEMBER_SUSPENDED_AT_ISSUE', { suspendedAt: at - 1, reinstatedAt: at + 1 }],
      ['VALID OK', { suspendedAt: at - 2, reinstatedAt: at }],
      ['VALID OK', { suspendedAt: at + 1 }],
      ['INVALID MEMBER_NOT_LIVE_AT_ISSUE', { validUntil: at }],
    ];
    for (const [answer, changes] of MEMBER_CASES) {
      it(`says ${answer} of a member with ${JSON.stringify(changes)}`, () => {
        expect(finding(judge(recorded().member(laboratory, changes).bundle([document])), 'accreditation')).to.equal(answer);
      });
    }
  });

  describe('status', () => {
    const changed = { changes: 1, changedAt: TIME.changed, reason: 3 };

    it('finds a revocation, and its absence before', () => {
      const bundle = recorded({ ...changed, status: STATUS.REVOKED }).bundle([document]);
      expect(finding(judge(bundle), 'status')).to.equal('INVALID REVOKED');
      expect(finding(judge(bundle, { at: '2026-10-20T00:00:00Z' }), 'status')).to.equal('INVALID REVOKED');
      expect(judge(bundle, { at: '2026-10-19T23:59:59Z' }).answer).to.equal('VALID');
      expect(judge(bundle).findings.find(({ code }) => code === 'REVOKED')?.facts).to.deep.equal({
        since: '2026-10-20T00:00:00Z',
        reason: 'FRAUD',
      });
    });

    it('walks the past of a record', () => {
      const suspended = recordWord(laboratory, LABORATORY_REPORT, { ...changed, status: STATUS.SUSPENDED, changedAt: TIME.changed - 200 });
      const active = { ...suspended, changes: 2, status: STATUS.ACTIVE, changedAt: TIME.changed - 100 };
      const ledger = recorded({ changes: 3, changedAt: TIME.changed, status: STATUS.REVOKED })
        .pastRecord(laboratory, report.leaf, 2, suspended)
        .pastRecord(laboratory, report.leaf, 3, active);
      const bundle = ledger.bundle([document]);
      const at = (seconds: number) => finding(judge(bundle, { at: new Date(seconds * 1000).toISOString() }), 'status');
      expect(at(TIME.changed - 201)).to.equal('VALID OK');
      expect(at(TIME.changed - 200)).to.equal('INVALID SUSPENDED');
      expect(at(TIME.changed - 101)).to.equal('INVALID SUSPENDED');
      expect(at(TIME.changed - 100)).to.equal('VALID OK');
      expect(at(TIME.changed)).to.equal('INVALID REVOKED');
    });

    it('finds the revocation of one document of a batch, and of the batch', () => {
      const other = `0x${'22'.repeat(32)}` as Hex;
      const revoked = { ...changed, status: STATUS.REVOKED };
      for (const ofTheBatch of [true, false]) {
        const ledger = new LedgerFixture();
        const [anchor] = ledger.batch(laboratory, [report.leaf, other], LABORATORY_REPORT, ofTheBatch ? revoked : {}) as [
          BundleDocument['anchor'],
        ];
        if (!ofTheBatch) ledger.record(laboratory, report.leaf, LABORATORY_REPORT, { ...revoked, anchoredAt: 0, size: 0 });
        const bundle = ledger.bundle([{ ...document, anchor }]);
        expect(finding(judge(bundle), 'status')).to.equal('INVALID REVOKED');
        expect(judge(bundle, { at: '2026-10-19T00:00:00Z' }).answer).to.equal('VALID');
      }
    });

    it('knows the validity of certificate and record', () => {
      const ledger = new LedgerFixture().record(certifier, certificate.leaf, CERTIFICATE_OF_ORIGIN, { expiresAt: TIME.block - 10 });
      const of = credentialDocument(certificate.sdJwt, certifier, { leaf: certificate.leaf });
      expect(finding(judge(ledger.bundle([of])), 'status')).to.equal('INVALID EXPIRED');
      const open = new LedgerFixture().record(certifier, certificate.leaf, CERTIFICATE_OF_ORIGIN).bundle([of]);
      expect(judge(open).answer).to.equal('VALID');
      expect(finding(judge(open, { at: '2027-10-13T00:00:00Z' }), 'status')).to.equal('INVALID EXPIRED');
      const early = new LedgerFixture()
        .record(certifier, certificate.leaf, CERTIFICATE_OF_ORIGIN, { anchoredAt: TIME.enrolled })
        .bundle([of]);
      expect(finding(judge(early, { at: '2026-10-12T06:00:00Z' }), 'status')).to.equal('INVALID NOT_YET_VALID');
    });

    it('is not yet there before it was anchored', () => {
      expect(finding(judge(recorded().bundle([document]), { at: '2026-10-01T00:00:00Z' }), 'status')).to.equal('INVALID NOT_YET_ANCHORED');
    });

    it('is stale beyond what the witnesses have seen, never green or invalid', () => {
      const bundle = recorded().bundle([document]);
      expect(judge(bundle, { now: '2026-11-23T12:01:00Z' }).answer).to.equal('VALID');
      const verdict = judge(bundle, { now: '2026-11-23T12:01:01Z' });
      expect(verdict.answer).to.equal('CANNOT_CHECK');
      expect(finding(verdict, 'status')).to.equal('CANNOT_CHECK STALE');
      expect(finding(verdict, 'superseded')).to.equal('CANNOT_CHECK STALE');
      expect(finding(judge(bundle, { at: '2027-01-01T00:00:00Z' }), 'status')).to.equal('CANNOT_CHECK STALE');
    });

    it('is as fresh as the shore that looked longer ago', () => {
      const bundle = recorded().bundle([document], { checkpoints: [{ iat: TIME.seen }, { iat: TIME.block }] });
      expect(finding(judge(bundle), 'status')).to.equal('CANNOT_CHECK STALE');
    });

    it('stays revoked beyond what the witnesses have seen', () => {
      const bundle = recorded({ ...changed, status: STATUS.REVOKED }).bundle([document]);
      expect(finding(judge(bundle, { now: '2027-01-01T00:00:00Z' }), 'status')).to.equal('INVALID REVOKED');
    });

    it('takes a slow clock of the reader for the time of the block', () => {
      expect(judge(recorded().bundle([document]), { now: '2026-09-01T00:00:00Z' }).answer).to.equal('VALID');
    });

    it('does not judge at a date that it cannot read', () => {
      expect(finding(judge(recorded().bundle([document]), { at: 'tomorrow' }), 'status')).to.equal('CANNOT_CHECK DATE_UNREADABLE');
    });
  });

  describe('superseded', () => {
    it('names the successor, from the moment on', () => {
      const successor = `0x${'77'.repeat(32)}` as Hex;
      const ledger = recorded({ changes: 1, changedAt: TIME.changed, status: STATUS.SUPERSEDED, reason: 7 }).successor(
        laboratory,
        report.leaf,
        successor,
      );
      const bundle = ledger.bundle([document]);
      const verdict = judge(bundle);
      expect(finding(verdict, 'superseded')).to.equal('INVALID SUPERSEDED');
      expect(finding(verdict, 'status')).to.equal('VALID OK');
      expect(verdict.findings.find(({ code }) => code === 'SUPERSEDED')?.facts).to.include({ successor, reason: 'REPLACED' });
      expect(judge(bundle, { at: '2026-10-19T00:00:00Z' }).answer).to.equal('VALID');
    });
  });

  describe('complete', () => {
    const documents = [document, event];
    const entries = documents.map(({ issuer, anchor }) => recordId(issuer, anchor.leaf));
    const ledger = recorded().record(operator, event.anchor.leaf, EPCIS_EVENTS).subject(SUBJECT.id, SUBJECT.salt, entries);
    const subject = { ...SUBJECT, entries };
    const complete = (bundle: Bundle) => finding(judge(bundle), 'complete');

    it('finds an entry left out, added, or in another place', () => {
      expect(complete(ledger.bundle(documents, { subject }))).to.equal('VALID OK');
      expect(complete(ledger.bundle([document], { subject: { ...subject, entries: entries.slice(0, 1) } }))).to.equal(
        'INVALID ENTRIES_OMITTED',
      );
      expect(complete(ledger.bundle([event, document], { subject: { ...subject, entries: entries.toReversed() } }))).to.equal(
        'INVALID ENTRIES_OMITTED',
      );
      expect(
        complete(ledger.bundle([...documents, event], { subject: { ...subject, entries: [...entries, entries[1] as Hex] } })),
      ).to.equal('INVALID ENTRIES_OMITTED');
    });

    it('finds an entry without its document, and documents in other places', () => {
      expect(complete(ledger.bundle([document], { subject }))).to.equal('INVALID ENTRY_UNKNOWN');
      expect(complete(ledger.bundle([event, document], { subject }))).to.equal('INVALID ENTRY_UNKNOWN');
    });

    it('finds the history of another subject', () => {
      expect(complete(ledger.bundle(documents, { subject: { ...subject, id: `${SUBJECT.id}X` } }))).to.equal('INVALID ENTRIES_OMITTED');
    });

    it('counts what is withheld and does not pass it for checked', () => {
      const withheld: BundleDocument = {
        type: 'withheld',
        reason: 'NOT_RELEASED',
        kind: EPCIS_EVENTS,
        issuer: operator,
        anchor: event.anchor,
      };
      const verdict = judge(ledger.bundle([document, withheld], { subject }));
      expect(finding(verdict, 'complete')).to.equal('VALID BODY_WITHHELD');
      expect(finding(verdict, 'integrity', 1)).to.equal('CANNOT_CHECK BODY_WITHHELD');
      expect(finding(verdict, 'status', 1)).to.equal('VALID OK');
      expect(verdict.answer).to.equal('CANNOT_CHECK');
    });

    it('tells of a subject without history', () => {
      expect(judge(new LedgerFixture().bundle([], { subject: { ...SUBJECT, entries: [] } })).answer).to.equal('VALID');
      expect(judge(new LedgerFixture().bundle([])).answer).to.equal('INVALID');
    });
  });
});
