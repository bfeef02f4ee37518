import { expect } from 'chai';
import type { CertificateRow, ConsumptionRow } from '../../indexer/store/law/origin.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { CERTIFICATE_FORM, COMPANION_KIND, INQUIRY_OUTCOME, INQUIRY_STATE, REGIME } from '../../protocol/law/codes.ts';
import { KIND, SHORE } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { codeOf, dataOf } from './support/ask.ts';
import { at, type LawIndex, lawIndex, lawMember } from './support/lawIndex.ts';
import { sealedCertificate } from './support/sealed.ts';
import { AUTHORIZED, startTestNode, type TestNode } from './support/testNode.ts';

const ISSUED_ON = 1_790_000_000;
const NO_TERM = { from: 1_700_000_000, until: 0, endedAt: 0, reason: 0, compromisedSince: 0, by: 0 };
const FIELDS = `registration { regime destination form issuedOn validUntil corrected correctedBy predecessor lineCount }
  use { usedAt office { id } regime certificate own } inquiries { number state outcome office { id } repliedAt concludedAt }`;

interface Shown {
  registration: Record<string, unknown> | null;
  use: Record<string, unknown> | null;
  inquiries: Record<string, unknown>[];
}

describe('law of origin in GraphQL', () => {
  let index: LawIndex;
  let node: TestNode;

  before(async () => {
    index = lawIndex();
    index.law.members.push(lawMember(1, 'KR', 'CERTIFIER'), lawMember(7, 'CN', 'CUSTOMS'));
    node = await startTestNode({ index });
  });
  after(() => node.close());

  /** Stores and registers a certificate that names a line; resolves with its record id, and a way to see it. */
  async function certificate(line: Hex, form: Partial<CertificateRow> = {}, regime: number = REGIME.CK_FTA) {
    const { sdJwt, leaf } = sealedCertificate();
    await node.post('/documents', { documents: [{ sdJwt }] }, AUTHORIZED);
    index.addRecord({ leafOrRoot: leaf, issuer: 1, kind: KIND.CERTIFICATE_OF_ORIGIN });
    const id = recordId(1, leaf);
    index.law.certificates.push({
      ...{ ...at(index.law.certificates.length), id, number: line, predecessor: null, correctedBy: null },
      word: {
        ...{ lines: 0n, regime, destination: SHORE.CN, form: CERTIFICATE_FORM.ORIGINAL, count: 1 },
        ...{ issuedOn: ISSUED_ON, validDays: 365, corrected: 0 },
      },
      ...form,
    });
    index.law.lines.push({ line, certificate: id });
    const shown = async () =>
      (await dataOf<{ certificate: { certificate: Shown } }>(node, `{ certificate(fingerprint: "${leaf}") { certificate { ${FIELDS} } } }`))
        .certificate.certificate;
    return { id, leaf, shown };
  }

  function consume(id: Hex, regime: number = REGIME.CK_FTA): void {
    const use: ConsumptionRow['use'] = { use: 1n, regime, usedAt: 1_791_000_000, office: 7, registered: 1 };
    index.law.consumptions.push({ ...at(50 + index.law.consumptions.length), certificate: id, declaration: word(9), use });
  }

  it('shows how a certificate was registered', async () => {
    const { shown } = await certificate(word(1));
    const { registration, use, inquiries } = await shown();
    expect(registration).to.deep.equal({
      ...{ regime: 'CK_FTA', destination: 'CN', form: 'ORIGINAL', corrected: false, correctedBy: null, predecessor: null, lineCount: 1 },
      issuedOn: new Date(ISSUED_ON * 1000).toISOString(),
      validUntil: new Date((ISSUED_ON + 365 * 86_400) * 1000).toISOString(),
    });
    expect([use, inquiries]).to.deep.equal([null, []]);
  });

  it('shows that a correction took its place', async () => {
    const first = await certificate(word(2));
    const correction = await certificate(word(2), { predecessor: first.id });
    const row = index.law.certificates.find(({ id }) => id === first.id) as CertificateRow;
    index.law.certificates.splice(index.law.certificates.indexOf(row), 1, {
      ...row,
      correctedBy: correction.id,
      word: { ...row.word, corrected: 1 },
    });
    expect((await first.shown()).registration).to.include({ corrected: true, correctedBy: correction.id });
    expect((await correction.shown()).registration).to.include({ corrected: false, predecessor: first.id });
  });

  it('shows none where a document was only anchored', async () => {
    const { shown, id } = await certificate(word(3));
    index.law.certificates = index.law.certificates.filter((row) => row.id !== id);
    expect((await shown()).registration).to.equal(null);
  });

  it('shows when and at which office it was used', async () => {
    const { id, shown } = await certificate(word(4));
    consume(id);
    expect((await shown()).use).to.deep.equal({
      ...{ usedAt: new Date(1_791_000_000_000).toISOString(), office: { id: 7 }, regime: 'CK_FTA', certificate: id, own: true },
    });
  });

  it('shows that its goods were used under another agreement', async () => {
    const [one, other] = [await certificate(word(5)), await certificate(word(5), {}, REGIME.RCEP)];
    consume(other.id, REGIME.RCEP);
    expect((await one.shown()).use).to.include({ regime: 'RCEP', certificate: other.id, own: false });
  });

  it('shows each verification as it stands now', async () => {
    const { id, shown } = await certificate(word(6));
    const asked = { state: INQUIRY_STATE.REQUESTED, outcome: 0, office: 7, requestedAt: 10, dueAt: 20, repliedAt: 0, concludedAt: 0 };
    const concluded = { ...asked, state: INQUIRY_STATE.CONCLUDED, outcome: INQUIRY_OUTCOME.CONFIRMED, repliedAt: 15, concludedAt: 18 };
    index.law.inquiries.push(
      { ...at(61), certificate: id, number: 1, evidence: word(1), state: asked },
      { ...at(62), certificate: id, number: 1, evidence: word(2), state: concluded },
      { ...at(63), certificate: id, number: 2, evidence: word(3), state: asked },
    );
    expect((await shown()).inquiries).to.deep.equal([
      {
        ...{ number: 1, state: 'CONCLUDED', outcome: 'CONFIRMED', office: { id: 7 } },
        ...{ repliedAt: new Date(15_000).toISOString(), concludedAt: new Date(18_000).toISOString() },
      },
      { number: 2, state: 'REQUESTED', outcome: null, office: { id: 7 }, repliedAt: null, concludedAt: null },
    ]);
  });

  it('shows for which agreements a body is authorised', async () => {
    index.law.bodies.push({ ...at(70), member: 1, regime: REGIME.RCEP, term: { ...NO_TERM, endedAt: 1_750_000_000, reason: 6 } });
    const query = 'query ($id: Int!) { member(id: $id) { bodies { regime term { from until endedAt reason by { id } } } } }';
    expect(await dataOf(node, query, { id: 1 })).to.deep.equal({
      member: {
        bodies: [
          {
            regime: 'RCEP',
            term: {
              ...{ from: new Date(1_700_000_000_000).toISOString(), until: null, by: null },
              ...{ endedAt: new Date(1_750_000_000_000).toISOString(), reason: 'UNDER_INVESTIGATION' },
            },
          },
        ],
      },
    });
    expect(await dataOf(node, query, { id: 7 })).to.deep.equal({ member: { bodies: [] } });
  });

  it('lists agreements and contracts, with what is paused', async () => {
    index.law.regimes.push({ ...at(1), regime: REGIME.APTA, terms: { validDays: 367, replyDays: 184, since: 5 } });
    const state = { kind: COMPANION_KIND.CLEARANCE, version: 1, addedAt: 5, paused: 0b10n };
    index.law.companions.push(
      { ...at(1), companion: `0x${'a1'.repeat(20)}`, state },
      { ...at(2), companion: `0x${'a2'.repeat(20)}`, state: { ...state, version: 2, paused: 0n } },
    );
    const query = '{ regimes { regime validDays replyDays } companions { address kind version paused isNewest } }';
    expect(await dataOf(node, query)).to.deep.equal({
      regimes: [{ regime: 'APTA', validDays: 367, replyDays: 184 }],
      companions: [
        { address: `0x${'a1'.repeat(20)}`, kind: 'CLEARANCE', version: 1, paused: ['CONSUME'], isNewest: false },
        { address: `0x${'a2'.repeat(20)}`, kind: 'CLEARANCE', version: 2, paused: [], isNewest: true },
      ],
    });
  });

  it('says that a member is not indexed yet', async () => {
    const { id, leaf } = await certificate(word(7));
    consume(id);
    index.law.members = index.law.members.filter(({ member }) => member !== 7);
    const query = `{ certificate(fingerprint: "${leaf}") { certificate { use { office { id } } } } }`;
    expect(await codeOf(node, query)).to.equal('INDEX_BEHIND');
  });
});

function word(value: number): Hex {
  return `0x${value.toString(16).padStart(64, '0')}`;
}
