import { expect } from 'chai';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { CERTIFICATE_FORM, REGIME } from '../../../protocol/law/codes.ts';
import { SHORE, STATUS } from '../../../protocol/ledger/codes.ts';
import { recordId } from '../../../protocol/ledger/ids.ts';
import type { BundleDocument } from '../../../protocol/verdict/bundle.ts';
import { demoClaims, withField } from '../../fixtures/demoClaims.ts';
import { CLEARANCE, korean, LawFixture, LINES } from '../../fixtures/lawFixture.ts';
import { CERTIFICATE_OF_ORIGIN, credentialDocument, MEMBER, TIME } from '../../fixtures/ledgerFixture.ts';
import { answerTo, certificate, found, judge, lines, sealCertificate, withLaw } from './lawCases.ts';

const { certifier, operator } = MEMBER;
const bare = credentialDocument(certificate.sdJwt, certifier, { leaf: certificate.leaf });
const document = withLaw(bare, lines);
const id = recordId(certifier, certificate.leaf);

/** A ledger on which the certificate is recorded and registered in good order. */
function issued(changes = {}, goods?: readonly Hex[]): LawFixture {
  return recorded().certificate(certificate.leaf, changes, goods);
}

function recorded(changes = {}): LawFixture {
  return new LawFixture().record(certifier, certificate.leaf, CERTIFICATE_OF_ORIGIN, changes);
}

describe('a certificate of origin under the law', () => {
  it('is confirmed where all is in order', () => {
    const verdict = judge(issued().bundle([document]));
    expect(verdict.answer).to.equal('VALID');
    expect(verdict.findings.map(({ question }) => question)).to.deep.equal([
      'block',
      'integrity',
      'anchored',
      'issuer',
      'accreditation',
      'status',
      'superseded',
      'consumed',
    ]);
  });

  it('is asked nothing more where the ledger has no such law', () => {
    const ledger = recorded().withoutCompanion('CLEARANCE');
    const verdict = judge(ledger.bundle([bare]));
    expect(verdict.answer).to.equal('VALID');
    expect(answerTo(verdict, 'consumed')).to.equal('not asked');
    expect(answerTo(judge(ledger.bundle([document])), 'accreditation')).to.equal('INVALID LINES_WRONG');
  });

  it('cannot be checked by rules that are newer than the reader', () => {
    const verdict = judge(issued().companion('CLEARANCE', CLEARANCE, { version: 2 }).bundle([document]));
    expect(answerTo(verdict, 'accreditation')).to.equal('CANNOT_CHECK RULES_UNKNOWN');
    expect(answerTo(verdict, 'consumed')).to.equal('CANNOT_CHECK RULES_UNKNOWN');
    expect(found(verdict, 'consumed')?.facts).to.deep.equal({ contract: 'CLEARANCE', version: 2 });
  });

  it('is asked nothing of the law while the block is unproven', () => {
    const bundle = issued().bundle([document]);
    const verdict = judge({ ...bundle, block: { ...bundle.block, cosignatures: [] } });
    expect(answerTo(verdict, 'accreditation')).to.equal('CANNOT_CHECK BLOCK_UNPROVEN');
    expect(answerTo(verdict, 'consumed')).to.equal('not asked');
  });

  describe('accreditation', () => {
    it('finds one that is recorded and not registered', () => {
      expect(answerTo(judge(recorded().bundle([bare])), 'accreditation')).to.equal('INVALID NOT_REGISTERED');
    });

    it('does not hold the law against one that was recorded before it', () => {
      const before = recorded().companion('CLEARANCE', CLEARANCE, { addedAt: TIME.anchored + 1 });
      expect(judge(before.bundle([bare])).answer).to.equal('VALID');
      expect(answerTo(judge(before.bundle([document])), 'accreditation')).to.equal('INVALID LINES_WRONG');
      const since = recorded().companion('CLEARANCE', CLEARANCE, { addedAt: TIME.anchored });
      expect(answerTo(judge(since.bundle([bare])), 'accreditation')).to.equal('INVALID NOT_REGISTERED');
    });

    it('does not take the registration of another member', () => {
      const ledger = new LawFixture().record(operator, certificate.leaf, CERTIFICATE_OF_ORIGIN).certificate(certificate.leaf);
      const theirs = credentialDocument(certificate.sdJwt, operator, { leaf: certificate.leaf });
      const withheld: BundleDocument = { type: 'withheld', reason: 'NOT_RELEASED', kind: 1, issuer: operator, anchor: theirs.anchor };
      expect(answerTo(judge(ledger.bundle([withheld])), 'accreditation')).to.equal('INVALID NOT_REGISTERED');
    });

    const midnight = korean('2026-10-12');
    const DIFFERENT: [field: string, changes: object][] = [
      ['regime', { regime: REGIME.RCEP }],
      ['importingCountry', { destination: SHORE.KR }],
      ['issuedOn', { issuedOn: midnight - 1 }],
      ['issuedOn', { issuedOn: midnight + 86_400 }],
      ['lineItem', { count: 2 }],
    ];
    for (const [field, changes] of DIFFERENT) {
      it(`finds another ${field} registered: ${JSON.stringify(changes)}`, () => {
        const finding = found(judge(issued(changes).bundle([document])), 'accreditation');
        expect(finding).to.include({ answer: 'INVALID', code: 'REGISTRATION_DIFFERS' });
        expect(finding?.facts).to.deep.equal({ field });
      });
    }

    it('takes any second of the day of issue, by the calendar of the issuer', () => {
      for (const issuedOn of [midnight, midnight + 86_399])
        expect(answerTo(judge(issued({ issuedOn }).bundle([document])), 'accreditation')).to.equal('VALID OK');
      const chinese = issued({ issuedOn: midnight }).member(certifier, { shore: SHORE.CN });
      expect(found(judge(chinese.bundle([document])), 'accreditation')?.facts).to.deep.equal({ field: 'issuingCountry' });
    });

    it('finds a destination that no shore is', () => {
      const { sdJwt, leaf } = sealCertificate(
        withField(demoClaims('laver/certificate-of-origin'), '/credentialSubject/exporterDeclaration/importingCountry', 'JP'),
      );
      const ledger = new LawFixture().record(certifier, leaf, CERTIFICATE_OF_ORIGIN).certificate(leaf);
      const other = withLaw(credentialDocument(sdJwt, certifier, { leaf }), lines);
      expect(found(judge(ledger.bundle([other])), 'accreditation')?.facts).to.deep.equal({ field: 'importingCountry' });
    });

    it('says nothing good of one whose body is withheld', () => {
      const withheld: BundleDocument = { type: 'withheld', reason: 'NOT_RELEASED', kind: 1, issuer: certifier, anchor: bare.anchor };
      const verdict = judge(issued().bundle([withheld]));
      expect(answerTo(verdict, 'accreditation')).to.equal('CANNOT_CHECK BODY_WITHHELD');
      expect(answerTo(verdict, 'consumed')).to.equal('CANNOT_CHECK PROOF_MISSING');
    });
  });

  describe('status', () => {
    it('ends with the term of the agreement', () => {
      const bundle = issued({ validDays: 15 }).bundle([document]);
      expect(answerTo(judge(bundle, { at: '2026-10-26T14:59:59Z' }), 'status')).to.equal('VALID OK');
      expect(answerTo(judge(bundle, { at: '2026-10-26T15:00:00Z' }), 'status')).to.equal('INVALID EXPIRED');
      expect(answerTo(judge(bundle, { now: '2027-01-01T00:00:00Z' }), 'status')).to.equal('INVALID EXPIRED');
    });

    it('stays suspended where the law is not proven', () => {
      const ledger = recorded({ changes: 1, changedAt: TIME.changed, status: STATUS.SUSPENDED, reason: 6 }).certificate(certificate.leaf);
      const verdict = judge(ledger.companion('CLEARANCE', `0x${'dd'.repeat(20)}`).bundle([document]));
      expect(answerTo(verdict, 'status')).to.equal('INVALID SUSPENDED');
      expect(answerTo(verdict, 'accreditation')).to.equal('CANNOT_CHECK PROOF_MISSING');
    });
  });

  describe('superseded', () => {
    it('finds a correction that is registered and not recorded yet', () => {
      const bundle = issued({ corrected: 1 }).bundle([document]);
      expect(answerTo(judge(bundle), 'superseded')).to.equal('INVALID CORRECTED');
      expect(answerTo(judge(bundle, { now: '2027-01-01T00:00:00Z' }), 'superseded')).to.equal('INVALID CORRECTED');
      expect(answerTo(judge(bundle, { at: '2026-10-31T23:59:59Z' }), 'superseded')).to.equal('CANNOT_CHECK PAST_UNKNOWN');
    });

    it('names the correction where it is recorded', () => {
      const successor = `0x${'77'.repeat(32)}` as Hex;
      const ledger = recorded({ changes: 1, changedAt: TIME.changed, status: STATUS.SUPERSEDED, reason: 7 })
        .successor(certifier, certificate.leaf, successor)
        .certificate(certificate.leaf, { corrected: 1 });
      expect(found(judge(ledger.bundle([document])), 'superseded')?.facts).to.include({ successor });
      expect(answerTo(judge(ledger.bundle([document]), { at: '2026-10-19T23:59:59Z' }), 'superseded')).to.equal('VALID OK');
    });
  });

  describe('of which it is a copy', () => {
    const leaf: Hex = `0x${'77'.repeat(32)}`;
    const original = recordId(certifier, leaf);
    const copied = (changes: object, registered = {}) =>
      issued({ form: CERTIFICATE_FORM.COPY })
        .predecessor(certificate.leaf, original)
        .record(certifier, leaf, CERTIFICATE_OF_ORIGIN, changes)
        .certificate(leaf, registered);
    const changed = { changes: 1, changedAt: TIME.changed, reason: 3 };
    const before = { at: '2026-10-19T23:59:59Z' };

    it('stands with its original', () => {
      expect(judge(copied({}).bundle([document])).answer).to.equal('VALID');
    });

    it('falls with its original', () => {
      for (const [status, question, code] of [
        [STATUS.REVOKED, 'status', 'REVOKED'],
        [STATUS.SUSPENDED, 'status', 'SUSPENDED'],
        [STATUS.SUPERSEDED, 'superseded', 'SUPERSEDED'],
      ] as const) {
        const bundle = copied({ ...changed, status })
          .successor(certifier, leaf, `0x${'88'.repeat(32)}`)
          .bundle([document]);
        const finding = found(judge(bundle), question);
        expect(finding).to.include({ answer: 'INVALID', code });
        expect(finding?.facts).to.include({ original, since: '2026-10-20T00:00:00Z', reason: 'FRAUD' });
        expect(judge(bundle, before).answer).to.equal('VALID');
      }
    });

    it('expires with its original', () => {
      const bundle = copied({ expiresAt: TIME.changed }).bundle([document]);
      expect(answerTo(judge(bundle), 'status')).to.equal('INVALID EXPIRED');
      expect(answerTo(judge(bundle, before), 'status')).to.equal('VALID OK');
    });

    it('falls with an original that is corrected and not recorded so yet', () => {
      expect(answerTo(judge(copied({}, { corrected: 1 }).bundle([document])), 'superseded')).to.equal('INVALID CORRECTED');
    });

    it('is open where its suspended original may go on', () => {
      const bundle = copied({ ...changed, status: STATUS.SUSPENDED }).bundle([document]);
      expect(answerTo(judge(bundle, { now: '2027-01-01T00:00:00Z' }), 'status')).to.equal('CANNOT_CHECK STALE');
    });

    it('does not fall with what it corrects', () => {
      const corrected = issued({ form: CERTIFICATE_FORM.CORRECTION }).predecessor(certificate.leaf, original);
      expect(
        judge(corrected.record(certifier, leaf, CERTIFICATE_OF_ORIGIN, { ...changed, status: STATUS.REVOKED }).bundle([document])).answer,
      ).to.equal('VALID');
    });
  });

  describe('consumed', () => {
    const use = { use: 9n, regime: REGIME.CK_FTA, usedAt: TIME.changed, office: 4 };
    const consumed = (bundle: unknown, when = {}) => answerTo(judge(bundle, when), 'consumed');

    it('tells that it is unused', () => {
      expect(consumed(issued().bundle([document]))).to.equal('VALID UNUSED');
    });

    it('tells when, where and under which agreement it was used, and not before', () => {
      const bundle = issued()
        .line(LINES[0] as Hex, use)
        .bundle([document]);
      const verdict = judge(bundle);
      expect(verdict.answer).to.equal('VALID');
      expect(found(verdict, 'consumed')).to.include({ answer: 'VALID', code: 'USED' });
      expect(found(verdict, 'consumed')?.facts).to.deep.equal({ usedAt: '2026-10-20T00:00:00Z', office: 4, regime: 'CK_FTA' });
      expect(consumed(bundle, { at: '2026-10-20T00:00:00Z' })).to.equal('VALID USED');
      expect(consumed(bundle, { at: '2026-10-19T23:59:59Z' })).to.equal('VALID UNUSED');
    });

    it('tells of some goods used under another certificate', () => {
      const ledger = issued({}, LINES).line(LINES[1] as Hex, { ...use, regime: REGIME.RCEP });
      const verdict = judge(ledger.bundle([withLaw(bare, { lines: [...LINES] })]));
      expect(found(verdict, 'consumed')?.facts).to.include({ regime: 'RCEP', used: 1, lines: 2 });
    });

    it('tells of a copy that its one use is made', () => {
      const original = `0x${'77'.repeat(32)}` as Hex;
      const ledger = issued({ form: CERTIFICATE_FORM.COPY }).predecessor(certificate.leaf, original);
      expect(consumed(ledger.bundle([document]))).to.equal('VALID UNUSED');
      const verdict = judge(ledger.line(LINES[0] as Hex, use).bundle([document]));
      expect(found(verdict, 'consumed')).to.include({ answer: 'VALID', code: 'PREDECESSOR_USED' });
      expect(found(verdict, 'consumed')?.facts).to.include({ original, office: 4 });
    });

    it('is stale where the bundle cannot speak of now, but for a use', () => {
      const later = { now: '2026-11-23T12:01:01Z' };
      expect(consumed(issued().bundle([document]), later)).to.equal('CANNOT_CHECK STALE');
      expect(
        consumed(
          issued()
            .line(LINES[0] as Hex, use)
            .bundle([document]),
          later,
        ),
      ).to.equal('VALID USED');
      expect(consumed(recorded().bundle([bare]), later)).to.equal('CANNOT_CHECK STALE');
    });

    it('does not judge at a date that it cannot read', () => {
      expect(consumed(issued().bundle([document]), { at: 'tomorrow' })).to.equal('CANNOT_CHECK DATE_UNREADABLE');
    });

    it('cannot be checked without the goods lines', () => {
      const verdict = judge(issued().bundle([bare]));
      expect(answerTo(verdict, 'consumed')).to.equal('CANNOT_CHECK PROOF_MISSING');
      expect(found(verdict, 'consumed')?.facts).to.deep.equal({ missing: 'lines' });
      expect(verdict.answer).to.equal('CANNOT_CHECK');
    });

    it('refuses other goods lines than those registered', () => {
      for (const other of [[], LINES.slice(1), LINES, LINES.toReversed()])
        expect(consumed(issued().bundle([withLaw(bare, { lines: [...other] })])), String(other)).to.equal('INVALID LINES_WRONG');
      expect(consumed(issued({}, LINES).bundle([withLaw(bare, { lines: LINES.toReversed() })]))).to.equal('INVALID LINES_WRONG');
      expect(consumed(issued({ count: 2 }).bundle([document]))).to.equal('INVALID LINES_WRONG');
      expect(consumed(recorded().bundle([document]))).to.equal('INVALID LINES_WRONG');
    });

    it('finds the registration of a certificate that is in a batch', () => {
      const ledger = new LawFixture();
      const [anchor] = ledger.batch(certifier, [certificate.leaf, `0x${'22'.repeat(32)}`], CERTIFICATE_OF_ORIGIN) as [
        BundleDocument['anchor'],
      ];
      const verdict = judge(ledger.certificate(certificate.leaf).bundle([{ ...document, anchor }]));
      expect(verdict.answer).to.equal('VALID');
      expect(recordId(certifier, anchor.inclusion?.root as Hex)).to.not.equal(id);
    });
  });
});
