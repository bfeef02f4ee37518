import { expect } from 'chai';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { DECISION } from '../../../protocol/law/codes.ts';
import { recordId } from '../../../protocol/ledger/ids.ts';
import type { BundleDocument } from '../../../protocol/verdict/bundle.ts';
import { ARRANGEMENT, DAY, factsOf, korean, LABORATORIES, LawFixture, PANEL } from '../../fixtures/lawFixture.ts';
import { credentialDocument, LABORATORY_REPORT, MEMBER, TIME } from '../../fixtures/ledgerFixture.ts';
import { answerTo, facts, found, judge, report, reportWith, withLaw } from './lawCases.ts';

const { laboratory } = MEMBER;
const bare = credentialDocument(report.sdJwt, laboratory, { leaf: report.leaf });
const document = withLaw(bare, facts);
const OTHER_LEAF: Hex = `0x${'22'.repeat(32)}`;

function recorded(): LawFixture {
  return new LawFixture().record(laboratory, report.leaf, LABORATORY_REPORT);
}

/** A ledger on which the report is recorded and registered in good order. */
function issued(decision = {}): LawFixture {
  return recorded().report(report.leaf, factsOf(), decision);
}

/** The answer to one question about the report, registered with these facts. */
function registeredAs(course: Parameters<typeof factsOf>[0], tests = 1n): ReturnType<typeof found> {
  const given = factsOf(course, { tests });
  const bundle = recorded()
    .report(report.leaf, given)
    .bundle([withLaw(bare, { facts: given, panel: PANEL.text })]);
  return found(judge(bundle), 'accreditation');
}

describe('a laboratory report under the law', () => {
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
      'accepted',
    ]);
  });

  it('is asked nothing more where the ledger has no such law', () => {
    const ledger = recorded().withoutCompanion('LABORATORIES');
    const verdict = judge(ledger.bundle([bare]));
    expect(verdict.answer).to.equal('VALID');
    expect(answerTo(verdict, 'accepted')).to.equal('not asked');
    expect(answerTo(judge(ledger.bundle([document])), 'accreditation')).to.equal('INVALID FACTS_WRONG');
  });

  it('cannot be checked by rules that are newer than the reader', () => {
    const verdict = judge(issued().companion('LABORATORIES', LABORATORIES, { version: 2 }).bundle([document]));
    expect(answerTo(verdict, 'accreditation')).to.equal('CANNOT_CHECK RULES_UNKNOWN');
    expect(answerTo(verdict, 'accepted')).to.equal('CANNOT_CHECK RULES_UNKNOWN');
  });

  describe('accreditation', () => {
    const accredited = (ledger: LawFixture, of = document) => answerTo(judge(ledger.bundle([of])), 'accreditation');

    it('finds one that is recorded and not registered', () => {
      expect(accredited(recorded(), bare)).to.equal('INVALID NOT_REGISTERED');
    });

    it('does not hold the law against one that was recorded before it', () => {
      const before = recorded().companion('LABORATORIES', LABORATORIES, { addedAt: TIME.anchored + 1 });
      expect(judge(before.bundle([bare])).answer).to.equal('VALID');
      expect(accredited(before)).to.equal('INVALID FACTS_WRONG');
    });

    it('cannot be checked without facts or panel', () => {
      expect(found(judge(issued().bundle([bare])), 'accreditation')?.facts).to.deep.equal({ missing: 'facts' });
      const withoutPanel = found(judge(issued().bundle([withLaw(bare, { facts: facts.facts })])), 'accreditation');
      expect(withoutPanel).to.include({ answer: 'CANNOT_CHECK', code: 'PROOF_MISSING' });
      expect(withoutPanel?.facts).to.deep.equal({ missing: 'panel' });
    });

    it('refuses other facts than those registered', () => {
      for (const other of [factsOf({}, { tests: 3n }), factsOf({ sampledPeriod: 2 }), factsOf({}, { lot: OTHER_LEAF })])
        expect(accredited(issued(), withLaw(bare, { ...facts, facts: other }))).to.equal('INVALID FACTS_WRONG');
    });

    it('refuses another text of the panel than both shores published', () => {
      expect(accredited(issued(), withLaw(bare, { ...facts, panel: `${PANEL.text} ` }))).to.equal('INVALID PANEL_WRONG');
    });

    it('cannot read a panel of a later form', () => {
      const later = PANEL.text.replace('"version"', '"edition"');
      expect(accredited(issued().panel(PANEL.code, later), withLaw(bare, { ...facts, panel: later }))).to.equal(
        'CANNOT_CHECK RULES_UNKNOWN',
      );
    });

    it('says nothing good of one whose body is withheld', () => {
      const withheld: BundleDocument = { type: 'withheld', reason: 'NOT_RELEASED', kind: 2, issuer: laboratory, anchor: bare.anchor };
      expect(accredited(issued(), withheld)).to.equal('CANNOT_CHECK BODY_WITHHELD');
      expect(accredited(recorded(), withheld)).to.equal('INVALID NOT_REGISTERED');
    });

    const LAST = 86_399;
    const DATES: [answer: string, course: Parameters<typeof factsOf>[0]][] = [
      ['OK', { sampledFrom: DAY.sampled + LAST, sampledUntil: DAY.sampled + LAST }],
      ['sampledOn', { sampledFrom: DAY.sampled - 1 }],
      ['sampledOn', { sampledUntil: DAY.sampled + LAST + 1, analysedFrom: DAY.analysedFrom }],
      ['OK', { analysedFrom: DAY.analysedFrom + LAST, analysedUntil: DAY.analysedTo + LAST }],
      ['analysedFrom', { analysedFrom: DAY.analysedFrom - 1 }],
      ['analysedFrom', { analysedFrom: DAY.analysedFrom + LAST + 1 }],
      ['analysedFrom', { analysedUntil: DAY.analysedTo - 1 }],
      ['analysedFrom', { analysedUntil: DAY.analysedTo + LAST + 1 }],
    ];
    for (const [answer, course] of DATES) {
      it(`says ${answer} of ${JSON.stringify(course)}, by the calendar of the laboratory`, () => {
        const finding = registeredAs(course);
        expect(finding?.facts?.field ?? finding?.code).to.equal(answer);
        if (answer !== 'OK') expect(finding).to.include({ answer: 'INVALID', code: 'REGISTRATION_DIFFERS' });
      });
    }

    it('finds a test that was not registered, or that the panel has not', () => {
      expect(registeredAs({}, 2n)?.facts).to.deep.equal({ field: 'result', test: 'APC: GB 4789.2-2022' });
      const other = reportWith({ '/result/0/method/code': 'GB 1' });
      const ledger = new LawFixture().record(laboratory, other.leaf, LABORATORY_REPORT).report(other.leaf);
      const finding = found(
        judge(ledger.bundle([withLaw(credentialDocument(other.sdJwt, laboratory, { leaf: other.leaf }), facts)])),
        'accreditation',
      );
      expect(finding).to.include({ answer: 'INVALID', code: 'REGISTRATION_DIFFERS' });
      expect(finding?.facts).to.deep.equal({ field: 'result', test: 'APC: GB 1' });
    });

    it('counts a test that the report itself calls not accredited', () => {
      const { sdJwt, leaf } = reportWith({ '/result/0/method/accredited': false });
      const given = factsOf({}, { tests: 2n });
      const ledger = new LawFixture().record(laboratory, leaf, LABORATORY_REPORT).report(leaf, given);
      const of = withLaw(credentialDocument(sdJwt, laboratory, { leaf }), { ...facts, facts: given });
      expect(accredited(ledger, of)).to.equal('INVALID REGISTRATION_DIFFERS');
    });

    it('takes more tests registered than the report tells', () => {
      expect(registeredAs({}, 0b11n)?.code).to.equal('OK');
    });

    it('finds a test outside the scope of the period', () => {
      const finding = found(judge(issued().period(1, {}, 2n).bundle([document])), 'accreditation');
      expect(finding).to.include({ answer: 'INVALID', code: 'OUT_OF_SCOPE' });
      expect(finding?.facts).to.deep.equal({ period: 1, test: 'APC: GB 4789.2-2022' });
    });

    const [first, last] = [DAY.sampled, DAY.analysedTo];
    const TERMS: [code: string, changes: object][] = [
      ['VALID OK', { from: first }],
      ['INVALID OUT_OF_SCOPE', { from: first + 1 }],
      ['VALID OK', { until: last + 1 }],
      ['INVALID OUT_OF_SCOPE', { until: last }],
      // A later end does not reach back.
      ['VALID OK', { endedAt: last + 1, reason: 9 }],
      ['INVALID OUT_OF_SCOPE', { endedAt: last, reason: 9 }],
      ['VALID OK', { until: last + 100, endedAt: last + 1 }],
      ['INVALID OUT_OF_SCOPE', { until: last, endedAt: last + 1 }],
      ['INVALID OUT_OF_SCOPE', { from: 0 }],
      ['VALID OK', { compromisedSince: last + 1 }],
      ['INVALID SCOPE_COMPROMISED', { compromisedSince: last }],
      ['INVALID SCOPE_COMPROMISED', { compromisedSince: first }],
    ];
    for (const [answer, changes] of TERMS) {
      it(`says ${answer} of a period with ${JSON.stringify(changes)}`, () => {
        expect(accredited(issued().period(1, changes))).to.equal(answer);
      });
    }

    it('tells since when the accreditation is untrustworthy', () => {
      const finding = found(
        judge(
          issued()
            .period(1, { compromisedSince: korean('2026-09-18') })
            .bundle([document]),
        ),
        'accreditation',
      );
      expect(finding?.facts).to.deep.equal({ since: '2026-09-17T15:00:00Z' });
    });

    it('looks at sampling and analysis each in its own period', () => {
      const given = factsOf({ analysedPeriod: 2 });
      const bundle = (second: object, scope?: bigint) =>
        recorded()
          .report(report.leaf, given)
          .period(1, { endedAt: DAY.analysedFrom, reason: 9 })
          .period(2, { from: DAY.analysedFrom, ...second }, scope)
          .bundle([withLaw(bare, { ...facts, facts: given })]);
      const code = (second: object, scope?: bigint) => answerTo(judge(bundle(second, scope)), 'accreditation');
      expect(code({})).to.equal('VALID OK');
      expect(code({ from: DAY.analysedFrom + 1 })).to.equal('INVALID OUT_OF_SCOPE');
      expect(code({ compromisedSince: DAY.analysedTo })).to.equal('INVALID SCOPE_COMPROMISED');
      expect(code({}, 2n)).to.equal('INVALID OUT_OF_SCOPE');
    });
  });

  describe('in a batch', () => {
    const WINDOWS = {
      ...{ sampledFrom: korean('2026-09-01'), sampledUntil: korean('2026-09-25') },
      ...{ analysedFrom: korean('2026-09-02'), analysedUntil: korean('2026-09-30') },
    };
    const batch = (course: Parameters<typeof factsOf>[0]) => {
      const ledger = new LawFixture();
      const [anchor] = ledger.batch(laboratory, [report.leaf, OTHER_LEAF], LABORATORY_REPORT) as [BundleDocument['anchor']];
      const given = factsOf(course, { lot: `0x${'00'.repeat(32)}` });
      return { ledger: ledger.report(anchor.inclusion?.root as Hex, given), of: { ...withLaw(bare, { ...facts, facts: given }), anchor } };
    };
    const code = ({ ledger, of }: ReturnType<typeof batch>) => answerTo(judge(ledger.bundle([of])), 'accreditation');

    it('is registered with its batch, whose windows hold its days', () => {
      expect(judge(batch(WINDOWS).ledger.bundle([batch(WINDOWS).of])).answer).to.equal('VALID');
      expect(code(batch({ ...WINDOWS, sampledFrom: korean('2026-09-16') }))).to.equal('VALID OK');
      expect(code(batch({ ...WINDOWS, sampledFrom: korean('2026-09-17') }))).to.equal('INVALID REGISTRATION_DIFFERS');
      expect(code(batch({ ...WINDOWS, sampledUntil: korean('2026-09-16') - 1 }))).to.equal('INVALID REGISTRATION_DIFFERS');
      expect(code(batch({ ...WINDOWS, analysedFrom: korean('2026-09-18') }))).to.equal('INVALID REGISTRATION_DIFFERS');
      expect(code(batch({ ...WINDOWS, analysedUntil: korean('2026-09-20') - 1 }))).to.equal('INVALID REGISTRATION_DIFFERS');
    });

    it('is touched by a compromise only where its own days are', () => {
      const { ledger, of } = batch(WINDOWS);
      expect(code({ ledger: ledger.period(1, { compromisedSince: korean('2026-09-21') }), of })).to.equal('VALID OK');
      expect(code({ ledger: ledger.period(1, { compromisedSince: korean('2026-09-21') - 1 }), of })).to.equal('INVALID SCOPE_COMPROMISED');
    });

    it('goes by its own registration where it has one', () => {
      const { ledger, of } = batch(WINDOWS);
      const own = withLaw({ ...bare, anchor: of.anchor }, facts);
      expect(code({ ledger: ledger.report(report.leaf), of: own })).to.equal('VALID OK');
      expect(code({ ledger, of })).to.equal('INVALID FACTS_WRONG');
    });

    it('is told the decision on its batch', () => {
      const { ledger, of } = batch(WINDOWS);
      const decided = { decidedAt: TIME.changed, by: 7, decision: DECISION.MISMATCH, arrangement: ARRANGEMENT };
      const root = of.anchor.inclusion?.root as Hex;
      ledger.report(root, factsOf(WINDOWS, { lot: `0x${'00'.repeat(32)}` }), decided).report(report.leaf);
      expect(recordId(laboratory, root)).to.not.equal(recordId(laboratory, report.leaf));
      expect(answerTo(judge(ledger.bundle([of])), 'accepted')).to.equal('VALID REFUSED');
      const later = { ...decided, decidedAt: TIME.changed + 1, decision: DECISION.ACCEPTED };
      expect(answerTo(judge(ledger.report(report.leaf, factsOf(), later).bundle([of])), 'accepted')).to.equal('VALID ACCEPTED');
      const earlier = { ...later, decidedAt: TIME.changed - 1 };
      expect(answerTo(judge(ledger.report(report.leaf, factsOf(), earlier).bundle([of])), 'accepted')).to.equal('VALID REFUSED');
    });
  });

  describe('accepted', () => {
    const decision = { decidedAt: TIME.changed, by: 7, decision: DECISION.ACCEPTED, arrangement: ARRANGEMENT };
    const accepted = (ledger: LawFixture, when = {}) => answerTo(judge(ledger.bundle([document]), when), 'accepted');

    it('tells that nothing is decided', () => {
      expect(accepted(issued())).to.equal('VALID NOT_DECIDED');
      expect(accepted(issued(), { at: '2026-10-13T00:00:00Z' })).to.equal('VALID NOT_DECIDED');
    });

    it('tells who accepted it, when and under which arrangement', () => {
      const finding = found(judge(issued(decision).bundle([document])), 'accepted');
      expect(finding).to.include({ answer: 'VALID', code: 'ACCEPTED' });
      const about = { authority: 7, decidedAt: '2026-10-20T00:00:00Z', decision: 'ACCEPTED', arrangement: ARRANGEMENT, level: 'WAIVER' };
      expect(finding?.facts).to.deep.equal(about);
    });

    it('does not make a refused report invalid', () => {
      for (const [name, code] of Object.entries(DECISION).slice(1)) {
        const verdict = judge(issued({ ...decision, decision: code }).bundle([document]));
        expect(verdict.answer).to.equal('VALID');
        expect(answerTo(verdict, 'accepted')).to.equal('VALID REFUSED');
        expect(found(verdict, 'accepted')?.facts).to.include({ decision: name });
      }
    });

    it('does not know what was decided before the newest decision', () => {
      expect(accepted(issued(decision), { at: '2026-10-20T00:00:00Z' })).to.equal('VALID ACCEPTED');
      expect(accepted(issued(decision), { at: '2026-10-19T23:59:59Z' })).to.equal('VALID DECIDED_LATER');
    });

    it('is stale where the bundle cannot speak of now', () => {
      const later = { now: '2026-11-23T12:01:01Z' };
      for (const ledger of [issued(), issued(decision), issued({ ...decision, decision: DECISION.DISCRETION })])
        expect(accepted(ledger, later)).to.equal('CANNOT_CHECK STALE');
    });

    it('does not judge at a date that it cannot read', () => {
      expect(accepted(issued(decision), { at: 'tomorrow' })).to.equal('CANNOT_CHECK DATE_UNREADABLE');
    });
  });
});
