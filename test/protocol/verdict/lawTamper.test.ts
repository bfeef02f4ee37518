import { expect } from 'chai';
import fc from 'fast-check';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import type { JsonObject, JsonValue } from '../../../protocol/json/jsonValue.ts';
import { CERTIFICATE_FORM, DECISION, REGIME } from '../../../protocol/law/codes.ts';
import { REASON, STATUS } from '../../../protocol/ledger/codes.ts';
import { recordId } from '../../../protocol/ledger/ids.ts';
import type { Bundle, BundleDocument } from '../../../protocol/verdict/bundle.ts';
import { BUNDLE_LIMITS } from '../../../protocol/verdict/readBundle.ts';
import type { Finding, Verdict } from '../../../protocol/verdict/verdict.ts';
import { withField } from '../../fixtures/demoClaims.ts';
import { ARRANGEMENT, CLEARANCE, DAY, LABORATORIES, LawFixture, LINES, PANEL } from '../../fixtures/lawFixture.ts';
import { CERTIFICATE_OF_ORIGIN, credentialDocument, LABORATORY_REPORT, MEMBER, TIME } from '../../fixtures/ledgerFixture.ts';
import { answerTo, certificate, facts, judge, LOT_OF_SUBJECT, lines, report, SUBJECT, withLaw } from './lawCases.ts';

const { laboratory, certifier } = MEMBER;
const documents: BundleDocument[] = [
  withLaw(credentialDocument(certificate.sdJwt, certifier, { leaf: certificate.leaf }), lines),
  withLaw(credentialDocument(report.sdJwt, laboratory, { leaf: report.leaf }), facts),
];
const entries = documents.map(({ issuer, anchor }) => recordId(issuer, anchor.leaf));
const subject = { ...SUBJECT, entries };

/** A ledger on which certificate, report and lot are recorded. */
function recorded(change: (law: LawFixture) => unknown = () => {}): LawFixture {
  const law = new LawFixture()
    .record(certifier, certificate.leaf, CERTIFICATE_OF_ORIGIN)
    .record(laboratory, report.leaf, LABORATORY_REPORT)
    .subject(SUBJECT.id, SUBJECT.salt, entries);
  // Others' facts, so that no trie is a single leaf.
  for (let byte = 0x20; byte < 0x28; byte++) law.line(`0x${byte.toString(16).repeat(32)}`).report(`0x${byte.toString(16).repeat(32)}`);
  change(law);
  return law;
}

/** The same with both registered in good order. */
function issued(change: (law: LawFixture) => unknown = () => {}): LawFixture {
  return recorded((law) => change(law.certificate(certificate.leaf).report(report.leaf)));
}

function bundleOf(law: LawFixture, of = documents): Bundle {
  return law.bundle(of, { subject });
}

function withNodes(bundle: Bundle, nodes: readonly Hex[]): Bundle {
  return { ...bundle, block: { ...bundle.block, nodes: [...new Set(nodes)] } };
}

/** Documents without what was registered of them. */
const bare = documents.map(({ law: _, ...document }: BundleDocument & { law?: unknown }) => document as BundleDocument);

describe('leaving out proofs of the law', () => {
  const decided = { decidedAt: TIME.changed, by: 7, arrangement: ARRANGEMENT };
  const recalled = { recalledAt: TIME.changed, recallClass: 1 };
  const used = { use: 9n, regime: REGIME.CK_FTA, usedAt: TIME.changed, office: 4 };
  const suspended = { status: STATUS.SUSPENDED, reason: REASON.FRAUD, changes: 1, changedAt: TIME.changed };
  const STATES: Record<string, Bundle> = {
    'all in order': bundleOf(issued()),
    'a certificate used, a report accepted, a lot on hold': bundleOf(
      issued((law) =>
        law
          .line(LINES[0] as Hex, used)
          .report(report.leaf, undefined, { ...decided, decision: DECISION.ACCEPTED })
          .lot(LOT_OF_SUBJECT, { CN: { heldAt: TIME.changed, heldBy: 8, reason: REASON.FRAUD } }),
      ),
    ),
    'a certificate corrected, a report refused, a lot recalled': bundleOf(
      issued((law) =>
        law
          .certificate(certificate.leaf, { corrected: 1 })
          .report(report.leaf, undefined, { ...decided, decision: DECISION.MISMATCH })
          .lot(LOT_OF_SUBJECT, { KR: recalled }),
      ),
    ),
    'a certificate expired, an accreditation compromised': bundleOf(
      issued((law) => law.certificate(certificate.leaf, { validDays: 1 }).period(1, { compromisedSince: DAY.sampled })),
    ),
    'a certificate suspended and registered as another, a test out of scope': bundleOf(
      issued((law) =>
        law
          .record(certifier, certificate.leaf, CERTIFICATE_OF_ORIGIN, suspended)
          .certificate(certificate.leaf, { regime: REGIME.RCEP })
          .period(1, {}, 2n),
      ),
    ),
    'a copy of a revoked certificate': bundleOf(
      issued((law) =>
        law
          .certificate(certificate.leaf, { form: CERTIFICATE_FORM.COPY })
          .predecessor(certificate.leaf, recordId(certifier, LINES[0] as Hex))
          .record(certifier, LINES[0] as Hex, CERTIFICATE_OF_ORIGIN, { ...suspended, status: STATUS.REVOKED }),
      ),
    ),
    'nothing registered': bundleOf(recorded(), bare),
    'no law': bundleOf(
      recorded((law) => law.withoutCompanion('CLEARANCE').withoutCompanion('LABORATORIES')),
      bare,
    ),
  };
  const label = ({ question, document }: Finding) => `${question} ${document ?? ''}`;

  /** With fewer proofs every question is still asked, and answered the same or not at all. */
  function expectNoOther(whole: Verdict, less: Verdict): void {
    const before = new Map(whole.findings.map((finding) => [label(finding), finding]));
    expect(less.findings.map(label)).to.include.members([...before.keys()]);
    for (const finding of less.findings) if (finding.answer !== 'CANNOT_CHECK') expect(finding).to.deep.equal(before.get(label(finding)));
  }

  for (const [name, bundle] of Object.entries(STATES)) {
    it(`changes no answer but to CANNOT_CHECK, whichever node: ${name}`, () => {
      const WHEN = [{}, { at: '2026-10-15T00:00:00Z' }, { now: '2027-01-01T00:00:00Z' }];
      const wholes = WHEN.map((when) => judge(bundle, when));
      let changed = 0;
      for (const node of bundle.block.nodes) {
        const less = withNodes(
          bundle,
          bundle.block.nodes.filter((each) => each !== node),
        );
        const verdict = judge(less);
        expectNoOther(wholes[0] as Verdict, verdict);
        if (JSON.stringify(verdict.findings) === JSON.stringify(wholes[0]?.findings)) continue;
        changed += 1;
        const turn = changed % WHEN.length;
        expectNoOther(wholes[turn] as Verdict, judge(less, WHEN[turn]));
      }
      expect(changed).to.be.above(10);
    });
  }

  it('changes no answer but to CANNOT_CHECK, whichever nodes', () => {
    const bundle = STATES['a certificate corrected, a report refused, a lot recalled'] as Bundle;
    const whole = judge(bundle);
    fc.assert(
      fc.property(fc.subarray(bundle.block.nodes), (nodes) => expectNoOther(whole, judge(withNodes(bundle, nodes)))),
      { numRuns: 60 },
    );
  });
});

describe('tampering with the law', () => {
  const whole = bundleOf(issued());
  const changed = (path: string, value: unknown) => judge(withField(whole as unknown as JsonObject, path, value));
  const [OF_CERTIFICATE, OF_REPORT] = ['/documents/0/law', '/documents/1/law'];

  it('leaves the untampered bundle valid', () => {
    expect(judge(whole).answer).to.equal('VALID');
  });

  it('reads no contract but the one that the ledger names', () => {
    // The forger's own contract says what the real one does not: it is in the same state, and its nodes are in the bundle.
    const forged: Hex = `0x${'f0'.repeat(20)}`;
    const law = recorded();
    const contracts = new Map([...law.companions(), [forged, issued().clearance]]);
    law.companions = () => contracts;
    const bundle = bundleOf(law);
    expect(answerTo(judge(bundle), 'accreditation', 0)).to.equal('INVALID NOT_REGISTERED');
    const named = bundleOf(recorded((each) => each.companion('CLEARANCE', forged)));
    const nodes = [...bundle.block.nodes, ...named.block.nodes, ...bundleOf(issued()).block.nodes];
    expect(answerTo(judge(withNodes(bundle, nodes)), 'accreditation', 0)).to.equal('INVALID NOT_REGISTERED');
    expect(judge(withNodes(bundle, named.block.nodes)).answer).to.not.equal('VALID');
  });

  it('reads no contract of another kind, whatever stands in its slots', () => {
    const law = recorded((each) => each.report(report.leaf));
    for (const [slot, word] of issued().clearance) law.laboratories.set(slot, word);
    expect(answerTo(judge(bundleOf(law)), 'accreditation', 0)).to.equal('INVALID NOT_REGISTERED');
    const swapped = recorded((each) => each.companion('CLEARANCE', LABORATORIES).companion('LABORATORIES', CLEARANCE));
    for (const question of ['accreditation', 'consumed'] as const)
      expect(answerTo(judge(bundleOf(swapped)), question)).to.not.contain(' OK');
  });

  it('refuses the lines of another certificate', () => {
    const law = issued((each) => each.line(LINES[1] as Hex));
    const other = [withLaw(documents[0] as BundleDocument, { lines: LINES.slice(1) }), documents[1] as BundleDocument];
    expect(answerTo(judge(bundleOf(law, other)), 'consumed')).to.equal('INVALID LINES_WRONG');
  });

  it('refuses every digit of lines and facts changed', () => {
    for (const path of [`${OF_CERTIFICATE}/lines/0`, ...['lot', 'tests', 'course'].map((name) => `${OF_REPORT}/facts/${name}`)]) {
      const text = path
        .split('/')
        .slice(1)
        .reduce<JsonValue>((at, part) => (at as JsonObject)[part] as JsonValue, whole as unknown as JsonObject) as string;
      for (let at = 2; at < text.length; at += 7) {
        const digit = text[at] === '7' ? '8' : '7';
        const verdict = changed(path, text.slice(0, at) + digit + text.slice(at + 1));
        expect(
          verdict.findings.map(({ code }) => code),
          `${path} at ${at}`,
        ).to.include.oneOf(['LINES_WRONG', 'FACTS_WRONG']);
      }
    }
  });

  it('refuses every character of the panel changed', () => {
    for (let at = 0; at < PANEL.text.length; at += 17) {
      const panel = `${PANEL.text.slice(0, at)}~${PANEL.text.slice(at + 1)}`;
      expect(answerTo(changed(`${OF_REPORT}/panel`, panel), 'accreditation', 1), String(at)).to.equal('INVALID PANEL_WRONG');
    }
  });

  it('confirms nothing with a part of it left out, or of another kind', () => {
    for (const path of [
      OF_CERTIFICATE,
      `${OF_CERTIFICATE}/lines`,
      OF_REPORT,
      `${OF_REPORT}/facts`,
      `${OF_REPORT}/facts/lot`,
      `${OF_REPORT}/panel`,
    ])
      expect(changed(path, undefined).answer, path).to.not.equal('VALID');
    expect(changed(OF_CERTIFICATE, facts).answer).to.not.equal('VALID');
    expect(changed(OF_REPORT, lines).answer).to.not.equal('VALID');
    const unregistered = (law: object) =>
      judge(
        bundleOf(
          recorded((each) => each.companion('LABORATORIES', LABORATORIES, { addedAt: TIME.block })),
          [documents[0] as BundleDocument, withLaw(bare[1] as BundleDocument, law as typeof lines)],
        ),
      );
    for (const law of [lines, facts]) expect(answerTo(unregistered(law), 'accreditation', 1)).to.equal('INVALID FACTS_WRONG');
  });

  it('refuses what the format does not name, and what is too much', () => {
    const codes = (path: string, value: unknown) => changed(path, value).findings.map(({ code }) => code);
    for (const [path, value] of [
      [`${OF_CERTIFICATE}/panel`, 'x'],
      [`${OF_REPORT}/lines`, []],
      [`${OF_REPORT}/facts/more`, '0x'],
      [`${OF_REPORT}/facts/lot`, '0x00'],
      [`${OF_REPORT}/panel`, 1],
      [OF_REPORT, null],
      [OF_REPORT, []],
      ['/documents/1/type', 'event'],
    ] as const)
      expect(codes(path, value), `${path} = ${JSON.stringify(value)}`).to.deep.equal(['MALFORMED']);
    const tooMany = Array.from({ length: BUNDLE_LIMITS.lines + 1 }, () => LINES[0]);
    expect(codes(`${OF_CERTIFICATE}/lines`, tooMany)).to.deep.equal(['TOO_LARGE']);
    expect(codes(`${OF_REPORT}/panel`, ' '.repeat(BUNDLE_LIMITS.panel + 1))).to.deep.equal(['TOO_LARGE']);
  });
});
