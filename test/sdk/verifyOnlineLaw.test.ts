import { expect } from 'chai';
import { blockHash, decodeHeader } from '../../protocol/chain/header.ts';
import { signCheckpoint } from '../../protocol/checkpoint/checkpoint.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import type { Bundle, BundleDocument, RegisteredLines, RegisteredReport } from '../../protocol/verdict/bundle.ts';
import type { NodeClient } from '../../sdk/node/client.ts';
import { type OnlineVerdict, verifyOnline } from '../../sdk/verify/verifyOnline.ts';
import { factsOf, LawFixture, LINES } from '../fixtures/lawFixture.ts';
import { CERTIFICATE_OF_ORIGIN, credentialDocument, KEYS, LABORATORY_REPORT, MEMBER, NOW, TIME, TRUST } from '../fixtures/ledgerFixture.ts';
import { certificate, facts, LOT_OF_SUBJECT, lines, report, SUBJECT, withLaw } from '../protocol/verdict/lawCases.ts';

const { certifier, laboratory } = MEMBER;
const bareCertificate = credentialDocument(certificate.sdJwt, certifier, { leaf: certificate.leaf });
const bareReport = credentialDocument(report.sdJwt, laboratory, { leaf: report.leaf });
const subject = { ...SUBJECT, entries: [recordId(laboratory, report.leaf)] };

/** A ledger on which both are recorded, and both registered. */
function issued(height = 123): LawFixture {
  return recorded(height).certificate(certificate.leaf).report(report.leaf);
}

function recorded(height = 123): LawFixture {
  const law = new LawFixture()
    .record(certifier, certificate.leaf, CERTIFICATE_OF_ORIGIN)
    .record(laboratory, report.leaf, LABORATORY_REPORT)
    .subject(SUBJECT.id, SUBJECT.salt, subject.entries);
  law.height = height;
  return law;
}

/** A node that has one answer. */
function nodeOf(bundle: Bundle, url: string): NodeClient {
  const { header, chainId, contract } = bundle.block;
  const { number: height, timestamp } = decodeHeader(header);
  const checkpoint = { iss: 'qingdao', iat: TIME.seen, chainId, contract, height, hash: blockHash(header), timestamp };
  const signed = signCheckpoint({ ...checkpoint, sequence: 7, indexDigest: `0x${'11'.repeat(32)}` }, KEYS.qingdao);
  const answer = async () => JSON.stringify(bundle);
  return { url, checkpoint: async () => signed, bundle: answer, subject: answer } as unknown as NodeClient;
}

const ask = (bundle: Bundle, answers: readonly Bundle[]): Promise<OnlineVerdict> =>
  verifyOnline({
    ...{ bundle, trust: TRUST, clock: () => NOW, patienceMs: 0 },
    nodes: answers.map((answer, index) => nodeOf(answer, `http://node-${index}`)),
  });

describe('verifyOnline under the law', () => {
  const told = (law: RegisteredLines): BundleDocument[] => [withLaw(bareCertificate, law)];

  it('takes what was registered from the answer, which proves it', async () => {
    const { verdict, node } = await ask(issued().bundle([bareCertificate]), [issued(124).bundle(told(lines))]);
    expect(verdict.answer).to.equal('VALID');
    expect(node).to.equal('http://node-0');
  });

  it('finds a document registered after the file was made', async () => {
    const { verdict } = await ask(recorded().bundle([bareCertificate]), [issued(124).bundle(told(lines))]);
    expect(verdict.answer).to.equal('VALID');
  });

  it('finds a use after the file was made', async () => {
    const used = issued(124).line(LINES[0] as `0x${string}`, { use: 9n, regime: 1, usedAt: TIME.changed, office: 4 });
    const { verdict } = await ask(issued().bundle(told(lines)), [used.bundle(told(lines))]);
    expect(verdict.findings.find(({ question }) => question === 'consumed')?.code).to.equal('USED');
  });

  it('rejects an answer that tells another registration, and goes by the other node', async () => {
    const file = issued().bundle(told(lines));
    const wrong = issued(124).bundle(told({ lines: LINES.slice(1) }));
    const alone = await ask(file, [wrong]);
    expect(alone.rejected).to.deep.equal([{ node: 'http://node-0', code: 'LINES_WRONG' }]);
    expect(alone.verdict.answer).to.equal('CANNOT_CHECK');
    expect((await ask(file, [wrong, issued(124).bundle(told(lines))])).verdict.answer).to.equal('VALID');
    const reported = (law: RegisteredReport, height: number) => issued(height).bundle([withLaw(bareReport, law)]);
    for (const [law, code] of [
      [{ ...facts, facts: factsOf({}, { tests: 3n }) }, 'FACTS_WRONG'],
      [{ ...facts, panel: '{}' }, 'PANEL_WRONG'],
    ] as const)
      expect((await ask(reported(facts, 123), [reported(law, 124)])).rejected.map((each) => each.code)).to.deep.equal([code]);
  });

  it('does not ask on where the file itself tells another registration', async () => {
    const { verdict, node } = await ask(issued().bundle(told({ lines: LINES.slice(1) })), [issued(124).bundle(told(lines))]);
    expect(verdict.answer).to.equal('INVALID');
    expect(node).to.equal(undefined);
  });

  it('finds a hold that is newer than the file, and one that is gone', async () => {
    const free = issued().bundle([withLaw(bareReport, facts)], { subject });
    const lot = (height: number) => issued(height).lot(LOT_OF_SUBJECT, { CN: { heldAt: TIME.changed, heldBy: 8, reason: 6 } });
    const held = lot(124).bundle([withLaw(bareReport, facts)], { subject });
    expect((await ask(free, [held])).verdict.findings.find(({ question }) => question === 'free')?.code).to.equal('ON_HOLD');
    const lifted = issued(124)
      .lot(LOT_OF_SUBJECT, {}, 2)
      .bundle([withLaw(bareReport, facts)], { subject });
    expect((await ask(lot(123).bundle([withLaw(bareReport, facts)], { subject }), [lifted])).verdict.answer).to.equal('VALID');
  });
});
