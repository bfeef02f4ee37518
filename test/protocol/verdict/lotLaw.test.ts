import { expect } from 'chai';
import { REASON } from '../../../protocol/ledger/codes.ts';
import { recordId } from '../../../protocol/ledger/ids.ts';
import { CLEARANCE, LawFixture } from '../../fixtures/lawFixture.ts';
import { credentialDocument, LABORATORY_REPORT, MEMBER, TIME } from '../../fixtures/ledgerFixture.ts';
import { answerTo, facts, found, judge, LOT_OF_SUBJECT, report, SUBJECT, withLaw } from './lawCases.ts';

const { laboratory } = MEMBER;
const document = withLaw(credentialDocument(report.sdJwt, laboratory, { leaf: report.leaf }), facts);
const entries = [recordId(laboratory, report.leaf)];
const subject = { ...SUBJECT, entries };

/** A ledger on which the lot has one report, in good order. */
function ledger(): LawFixture {
  return new LawFixture().record(laboratory, report.leaf, LABORATORY_REPORT).report(report.leaf).subject(SUBJECT.id, SUBJECT.salt, entries);
}

function free(law: LawFixture, when = {}): string {
  return answerTo(judge(law.bundle([document], { subject }), when), 'free');
}

describe('a lot under the law', () => {
  it('is confirmed where nothing stops it', () => {
    const verdict = judge(ledger().bundle([document], { subject }));
    expect(verdict.answer).to.equal('VALID');
    expect(verdict.findings.at(-1)).to.deep.equal({ question: 'free', answer: 'VALID', code: 'OK' });
  });

  it('is asked of a subject alone, and where the ledger has such a law', () => {
    expect(answerTo(judge(ledger().bundle([document])), 'free')).to.equal('not asked');
    const without = ledger().withoutCompanion('CLEARANCE');
    expect(free(without)).to.equal('not asked');
    const bundle = ledger().bundle([document], { subject });
    expect(answerTo(judge({ ...bundle, block: { ...bundle.block, cosignatures: [] } }), 'free')).to.equal('not asked');
    expect(free(ledger().companion('CLEARANCE', CLEARANCE, { version: 2 }))).to.equal('CANNOT_CHECK RULES_UNKNOWN');
  });

  const held = { heldAt: TIME.changed, heldBy: 8, reason: REASON.UNDER_INVESTIGATION };
  const recalled = { recalledAt: TIME.changed, recallClass: 2 };

  for (const shore of ['CN', 'KR'] as const) {
    it(`is stopped by a hold of ${shore}`, () => {
      const verdict = judge(
        ledger()
          .lot(LOT_OF_SUBJECT, { [shore]: held })
          .bundle([document], { subject }),
      );
      expect(verdict.answer).to.equal('INVALID');
      expect(found(verdict, 'free')).to.include({ answer: 'INVALID', code: 'ON_HOLD' });
      expect(found(verdict, 'free')?.facts).to.deep.equal({ since: '2026-10-20T00:00:00Z', shore, by: 8, reason: 'UNDER_INVESTIGATION' });
    });

    it(`is stopped by a recall of ${shore}`, () => {
      const verdict = judge(
        ledger()
          .lot(LOT_OF_SUBJECT, { [shore]: recalled })
          .bundle([document], { subject }),
      );
      expect(verdict.answer).to.equal('INVALID');
      expect(found(verdict, 'free')).to.include({ answer: 'INVALID', code: 'RECALLED' });
      expect(found(verdict, 'free')?.facts).to.deep.equal({ since: '2026-10-20T00:00:00Z', shore, class: 2 });
    });
  }

  it('names a recall before a hold, and the gravest recall first', () => {
    const both = ledger().lot(LOT_OF_SUBJECT, { CN: { ...held, ...recalled }, KR: { ...recalled, recallClass: 1 } }, 3);
    expect(found(judge(both.bundle([document], { subject })), 'free')?.facts).to.include({ shore: 'KR', class: 1 });
  });

  it('is not stopped by what stops another lot', () => {
    expect(free(ledger().lot(`0x${'77'.repeat(32)}`, { CN: recalled }))).to.equal('VALID OK');
  });

  it('is stale where the bundle cannot speak of now', () => {
    const later = { now: '2026-11-23T12:01:01Z' };
    expect(free(ledger(), later)).to.equal('CANNOT_CHECK STALE');
    expect(free(ledger().lot(LOT_OF_SUBJECT, { CN: held }), later)).to.equal('CANNOT_CHECK STALE');
    expect(free(ledger().lot(LOT_OF_SUBJECT, { CN: recalled }), later)).to.equal('CANNOT_CHECK STALE');
  });

  it('does not judge at a date that it cannot read', () => {
    expect(free(ledger(), { at: 'tomorrow' })).to.equal('CANNOT_CHECK DATE_UNREADABLE');
  });

  describe('in the past', () => {
    const before = { at: '2026-10-19T23:59:59Z' };

    it('was stopped since what stops it now', () => {
      expect(free(ledger().lot(LOT_OF_SUBJECT, { CN: held }), { at: '2026-10-20T00:00:00Z' })).to.equal('INVALID ON_HOLD');
      expect(
        free(ledger().lot(LOT_OF_SUBJECT, { CN: { ...held, ...recalled, recalledAt: TIME.changed + 9 } }, 2), {
          at: '2026-10-20T00:00:05Z',
        }),
      ).to.equal('INVALID ON_HOLD');
    });

    it('was free where its history has no other change', () => {
      expect(free(ledger(), before)).to.equal('VALID OK');
      expect(free(ledger().lot(LOT_OF_SUBJECT, { CN: held }), before)).to.equal('VALID OK');
      expect(free(ledger().lot(LOT_OF_SUBJECT, { CN: { ...held, ...recalled } }, 2), before)).to.equal('VALID OK');
    });

    it('is unknown where something was taken off since', () => {
      expect(free(ledger().lot(LOT_OF_SUBJECT, {}, 2), before)).to.equal('CANNOT_CHECK PAST_UNKNOWN');
      expect(free(ledger().lot(LOT_OF_SUBJECT, { CN: held }, 3), before)).to.equal('CANNOT_CHECK PAST_UNKNOWN');
      expect(free(ledger().lot(LOT_OF_SUBJECT, {}, 2))).to.equal('VALID OK');
    });
  });
});
