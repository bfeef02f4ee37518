import { expect } from 'chai';
import { DECISION, REGIME } from '../../protocol/law/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { judge } from '../../web/client/judge.ts';
import { renderProductPage } from '../../web/render/renderProductPage.ts';
import type { PageContext, ProductView } from '../../web/render/view.ts';
import { ARRANGEMENT, factsOf, LawFixture, LINES } from '../fixtures/lawFixture.ts';
import { CERTIFICATE_OF_ORIGIN, credentialDocument, LABORATORY_REPORT, MEMBER, NOW, TIME, TRUST } from '../fixtures/ledgerFixture.ts';
import { certificate, facts, LOT_OF_SUBJECT, lines, report, SUBJECT, withLaw } from '../protocol/verdict/lawCases.ts';

const { certifier, laboratory } = MEMBER;
const PAGE: PageContext = { path: '/01/1/10/2', node: 'korea', assets: { style: '/assets/page.css', script: '/assets/page.js' } };
const documents = [
  withLaw(credentialDocument(certificate.sdJwt, certifier, { leaf: certificate.leaf }), lines),
  withLaw(credentialDocument(report.sdJwt, laboratory, { leaf: report.leaf }), facts),
];
const entries = documents.map(({ issuer, anchor }) => recordId(issuer, anchor.leaf));

/** A ledger on which the lot's certificate and report are registered in good order. */
function issued(): LawFixture {
  return new LawFixture()
    .record(certifier, certificate.leaf, CERTIFICATE_OF_ORIGIN)
    .record(laboratory, report.leaf, LABORATORY_REPORT)
    .subject(SUBJECT.id, SUBJECT.salt, entries)
    .certificate(certificate.leaf)
    .report(report.leaf);
}

/** What a phone makes of the lot's bundle. */
function viewOf(law: LawFixture): ProductView {
  const bundle = law.bundle(documents, { subject: { ...SUBJECT, entries } });
  const judgement = judge({ bundle, sequenceSeen: 0 }, TRUST, SUBJECT.id, NOW);
  if (!('view' in judgement)) throw new Error(judgement.code);
  return judgement.view;
}

describe('the law on a product page', () => {
  it('is green where nothing is against the lot', () => {
    expect(viewOf(issued()).glance).to.deep.equal({ colour: 'green', reasons: [] });
  });

  for (const [code, stop] of [
    ['RECALLED', { recalledAt: TIME.changed, recallClass: 1 }],
    ['ON_HOLD', { heldAt: TIME.changed, heldBy: 8, reason: 6 }],
  ] as const) {
    it(`turns red where the lot is ${code}`, () => {
      const view = viewOf(issued().lot(LOT_OF_SUBJECT, { KR: stop }));
      expect(view.glance.colour).to.equal('red');
      expect(view.glance.reasons).to.deep.equal([{ code }]);
      for (const language of ['zh', 'ko', 'en'] as const)
        expect(renderProductPage(view, PAGE, language))
          .to.contain(`data-code="${code}"`)
          .and.contain('data-question="free" data-answer="INVALID"');
    });
  }

  it('tells of a use and of a decision without turning red', () => {
    const view = viewOf(
      issued()
        .line(LINES[0] as `0x${string}`, { use: 9n, regime: REGIME.CK_FTA, usedAt: TIME.changed, office: 4 })
        .report(report.leaf, factsOf(), { decidedAt: TIME.changed, by: 7, decision: DECISION.MISMATCH, arrangement: ARRANGEMENT }),
    );
    expect(view.glance.colour).to.equal('green');
    expect(renderProductPage(view, PAGE, 'en'))
      .to.contain('data-code="USED"')
      .and.contain('data-code="REFUSED"');
  });
});
