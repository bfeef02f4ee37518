import { expect } from 'chai';
import { documentBundle, subjectBundle } from '../../api/bundles/assemble.ts';
import { openStateProofs } from '../../api/bundles/stateProofs.ts';
import type { ApiNode } from '../../api/node.ts';
import type { LaboratoriesReader, ReportRow } from '../../indexer/store/law/laboratories.ts';
import type { CertificateRow, OriginReader } from '../../indexer/store/law/origin.ts';
import type { IndexReader } from '../../indexer/store/rows.ts';
import { blockHash, encodeHeader } from '../../protocol/chain/header.ts';
import { signCheckpoint } from '../../protocol/checkpoint/checkpoint.ts';
import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { toUint } from '../../protocol/encoding/uint.ts';
import { toUtf8 } from '../../protocol/encoding/utf8.ts';
import { sha256 } from '../../protocol/hash/sha256.ts';
import type { PrivateJwk } from '../../protocol/jose/jwk.ts';
import { CERTIFICATE_FORM, COMPANION_KIND, DECISION, REGIME } from '../../protocol/law/codes.ts';
import { certificateSlot } from '../../protocol/law/slots.ts';
import { decodeCertificate, decodeCourse, type ReportWord } from '../../protocol/law/words.ts';
import { SHORE, STATUS } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { buildTree } from '../../protocol/merkle/tree.ts';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import type { Verdict } from '../../protocol/verdict/verdict.ts';
import { verifyBundle } from '../../protocol/verdict/verifyBundle.ts';
import type { FastProvider } from '../../sdk/chain/provider.ts';
import { ARRANGEMENT, CLEARANCE, factsOf, korean, LABORATORIES, LawFixture, LINES, LOT, PANEL } from '../fixtures/lawFixture.ts';
import { CERTIFICATE_OF_ORIGIN, CONTRACT, KEYS, LABORATORY_REPORT, MEMBER, PROFILES, TIME, TRUST } from '../fixtures/ledgerFixture.ts';
import { type Anvil, startAnvil } from '../protocol/chain/anvil.ts';
import { answerTo, certificate, facts, found, LOT_OF_SUBJECT, lines, report, SUBJECT } from '../protocol/verdict/lawCases.ts';

const { certifier, laboratory } = MEMBER;
const MUCH_LATER = { block: 1_000_000, logIndex: 0, sequence: 9 };
const IDS = { certificate: recordId(certifier, certificate.leaf), report: recordId(laboratory, report.leaf) };
const { codeHash: _, ...trust } = TRUST;
const digestOf = (text: string) => toHex(sha256(toUtf8(text)));

interface RowOptions {
  block?: number;
  isRegistered?: boolean;
  decisions?: ReportWord[];
  report?: Partial<ReportRow>;
  certificate?: Partial<CertificateRow>;
}

/** The index's rows of the law that bundles read. */
type LawRows = Pick<IndexReader, 'companions'> & {
  origin: Pick<OriginReader, 'certificate' | 'linesOf'>;
  laboratories: Pick<LaboratoriesReader, 'reports' | 'decisions' | 'panelVersions'>;
};

/** What a test says of the index, where it is not in good order. */
interface Indexed {
  law?: LawRows;
  /** Leaves of a batch in which the report is anchored. */
  batch?: Hex[];
  texts?: string[];
}

/** A ledger on which certificate and report of a lot are in good order. */
function issued(): LawFixture {
  return new LawFixture()
    .record(certifier, certificate.leaf, CERTIFICATE_OF_ORIGIN)
    .record(laboratory, report.leaf, LABORATORY_REPORT)
    .subject(SUBJECT.id, SUBJECT.salt, [IDS.certificate, IDS.report])
    .certificate(certificate.leaf)
    .report(report.leaf);
}

/** The index's rows of what `issued` registers, all of one block. */
function rows({
  block = 1,
  isRegistered = true,
  decisions = [],
  report: ofReport = {},
  certificate: ofCertificate = {},
}: RowOptions = {}): LawRows {
  const place = { block, logIndex: 0, sequence: 1 };
  const old = { ...place, block: 1 };
  const companion = (address: Hex, kind: number) => ({ ...old, companion: address, state: { kind, version: 1, addedAt: 1, paused: 0n } });
  const course = decodeCourse(BigInt(factsOf().course));
  const reported: ReportRow = { ...place, id: IDS.report, laboratory, lot: LOT, tests: 1n, course, ...ofReport };
  const word = decodeCertificate(issued().clearance.get(certificateSlot(IDS.certificate)) ?? 0n);
  const certified = { ...place, id: IDS.certificate, number: LOT, predecessor: null, correctedBy: null, word, ...ofCertificate };
  return {
    companions: async () => [companion(CLEARANCE, COMPANION_KIND.CLEARANCE), companion(LABORATORIES, COMPANION_KIND.LABORATORIES)],
    origin: {
      certificate: async (id) => (isRegistered && id === IDS.certificate ? certified : undefined),
      linesOf: async () => lines.lines,
    },
    laboratories: {
      reports: async (ids) => ids.map((id) => (isRegistered && id === reported.id ? reported : undefined)),
      decisions: async (report) => decisions.map((each) => ({ ...place, report, judgement: LOT, word: each })),
      panelVersions: async (panel) => [{ ...old, panel, digest: digestOf(PANEL.text) }],
    },
  };
}

/** The index's rows of the ledger. */
function indexOf(head: object, batch: readonly Hex[] | undefined): object {
  const root = batch === undefined ? report.leaf : buildTree(batch).root;
  const row = (issuer: number, kind: number, leafOrRoot: Hex) => ({
    ...{ id: recordId(issuer, leafOrRoot), issuer, kind, leafOrRoot, block: 1, logIndex: 0 },
  });
  const records = [row(certifier, CERTIFICATE_OF_ORIGIN, certificate.leaf), row(laboratory, LABORATORY_REPORT, root)];
  const entry = (issuer: number, leaf: Hex) => ({ block: 1, id: recordId(issuer, leaf), leaf, issuer, record: recordId(issuer, leaf) });
  const entries = [entry(certifier, certificate.leaf), entry(laboratory, report.leaf)];
  return {
    checkpoint: async () => head,
    records: async (ids: readonly Hex[]) => ids.map((id) => records.find((each) => each.id === id)),
    recordsByRoot: async (asked: Hex) => records.filter(({ leafOrRoot }) => leafOrRoot === asked),
    recordsByRoots: async (asked: readonly Hex[]) => asked.map((root) => records.filter(({ leafOrRoot }) => leafOrRoot === root)),
    statusChanges: async () => [],
    statusChangesOf: async (ids: readonly Hex[]) => ids.map(() => []),
    member: async (member: number) => ({ profile: digestOf(PROFILES[member] as string) }),
    subjectEntries: async () => ({ rows: entries, hasNext: false }),
  };
}

/** The catalogue of a node that keeps both documents. */
function catalogueOf(batch: readonly Hex[] | undefined): unknown {
  const root = batch === undefined ? undefined : buildTree(batch).root;
  return {
    document: (leaf: Hex) =>
      leaf === report.leaf
        ? { cid: 'report', issuer: laboratory, visibility: 'PUBLIC' }
        : { cid: 'certificate', issuer: certifier, visibility: 'PUBLIC' },
    placesOf: (leaf: Hex) => (root !== undefined && leaf === report.leaf ? [{ root, position: 0 }] : []),
    leavesOf: () => batch,
    subjects: () => [{ ...SUBJECT, key: LOT_OF_SUBJECT }],
  };
}

describe('bundles of the law', () => {
  let anvil: Anvil;
  let clean: Hex;
  let requests: Hex[] = [];

  before(async () => {
    anvil = await startAnvil('cancun');
    await anvil.rpc('evm_setTime', TIME.seen);
    for (const contract of [CONTRACT, CLEARANCE, LABORATORIES]) await anvil.rpc('anvil_setCode', contract, '0xfe');
    // Enough of others' words that a proof of one slot does not show another.
    const others = new Map(Array.from({ length: 300 }, (_, index) => [toHex(toUint(index + 1_000, 32)), 1n]));
    await write([CONTRACT, CLEARANCE, LABORATORIES].map((contract) => [contract, others]));
  });
  beforeEach(async () => {
    clean = await anvil.rpc('evm_snapshot');
  });
  afterEach(() => anvil.rpc('evm_revert', clean));
  after(() => anvil.stop());

  /** A node over a chain that has the fixture's words in storage, proven slot by slot. */
  async function nodeOn(fixture: LawFixture, { law = rows(), batch, texts = [PANEL.text] }: Indexed = {}): Promise<ApiNode> {
    await write([[CONTRACT, fixture.words], ...fixture.companions()]);
    await anvil.rpc('anvil_mine', '0x1');
    const block = await anvil.rpc<{ number: Hex; hash: Hex; timestamp: Hex }>('eth_getBlockByNumber', 'latest', false);
    expect(blockHash(encodeHeader(block))).to.equal(block.hash);
    const [height, timestamp] = [Number(block.number), Number(block.timestamp)];
    const head = { chainId: 31337, contract: CONTRACT, height, hash: block.hash, timestamp, sequence: 7 };
    const sign = (iss: string, key: PrivateJwk) =>
      signCheckpoint({ iss, iat: timestamp, ...head, indexDigest: `0x${'11'.repeat(32)}` }, key);
    requests = [];
    const send = async (method: string, params: unknown[]) => {
      if (method === 'eth_getProof') requests.push(params[0] as Hex);
      return anvil.rpc(method, ...params);
    };
    return {
      deployment: { chainId: 31337, contract: CONTRACT },
      index: { ...indexOf(head, batch), ...law },
      catalogue: catalogueOf(batch),
      vault: {
        get: async (cid: string) => ({ type: 'credential', issuer: 0, sdJwt: cid === 'report' ? report.sdJwt : certificate.sdJwt }),
      },
      proofs: openStateProofs({ send } as unknown as FastProvider),
      checkpoints: { sign: async () => sign('qingdao', KEYS.qingdao) },
      peer: { checkpoint: async () => sign('korea', KEYS.korea) },
      profiles: { find: async (digest: Hex) => [...Object.values(PROFILES), ...texts].find((text) => digestOf(text) === digest) },
      clock: () => timestamp * 1000,
    } as unknown as ApiNode;
  }

  async function write(storages: Iterable<readonly [Hex, ReadonlyMap<Hex, bigint>]>): Promise<void> {
    for (const [contract, words] of storages)
      for (const [slot, word] of words) await anvil.rpc('anvil_setStorageAt', contract, slot, toHex(toUint(word, 32)));
  }

  const judge = (node: ApiNode, bundle: Bundle): Verdict => verifyBundle(bundle, trust, { now: new Date(node.clock()).toISOString() });
  const certificateOf = async (node: ApiNode) => judge(node, await documentBundle(node, certificate.leaf));
  const reportOf = async (node: ApiNode) => judge(node, await documentBundle(node, report.leaf));

  it('proves a certificate of origin, its registration and its lines', async () => {
    const node = await nodeOn(issued());
    const bundle = await documentBundle(node, certificate.leaf);
    expect(bundle.documents[0]).to.deep.include({ law: lines });
    expect(judge(node, bundle).findings.filter(({ answer }) => answer !== 'VALID')).to.deep.equal([]);
    expect(answerTo(judge(node, bundle), 'consumed')).to.equal('VALID UNUSED');
    expect(requests).to.have.members([CONTRACT, CLEARANCE]);
  });

  it('proves a use, and how the original of a copy stands', async () => {
    const use = { use: 9n, regime: REGIME.CK_FTA, usedAt: TIME.changed, office: 4 };
    const leaf: Hex = `0x${'77'.repeat(32)}`;
    const original = recordId(certifier, leaf);
    const fixture = issued()
      .certificate(certificate.leaf, { form: CERTIFICATE_FORM.COPY })
      .predecessor(certificate.leaf, original)
      .line(LINES[0] as Hex, use)
      .record(certifier, leaf, CERTIFICATE_OF_ORIGIN, { status: STATUS.REVOKED, reason: 3, changes: 1, changedAt: TIME.changed })
      .certificate(leaf);
    const word = decodeCertificate(fixture.clearance.get(certificateSlot(IDS.certificate)) as bigint);
    const node = await nodeOn(fixture.line(LINES[0] as Hex, use), { law: rows({ certificate: { predecessor: original, word } }) });
    const verdict = await certificateOf(node);
    expect(found(verdict, 'consumed')).to.include({ answer: 'VALID', code: 'PREDECESSOR_USED' });
    expect(found(verdict, 'status')).to.include({ answer: 'INVALID', code: 'REVOKED' });
    expect(found(verdict, 'status')?.facts).to.include({ original });
    expect(verdict.findings.filter(({ answer }) => answer === 'CANNOT_CHECK')).to.deep.equal([]);
  });

  it('proves a report, its scope and the decision on it', async () => {
    const decision = { decidedAt: TIME.changed, by: 7, shore: SHORE.KR, decision: DECISION.ACCEPTED, arrangement: ARRANGEMENT };
    const node = await nodeOn(issued().report(report.leaf, factsOf(), decision), {
      law: rows({ decisions: [{ facts: 0n, ...decision }] }),
    });
    const bundle = await documentBundle(node, report.leaf);
    expect(bundle.documents[0]).to.deep.include({ law: facts });
    expect(judge(node, bundle).answer).to.equal('VALID');
    expect(found(judge(node, bundle), 'accepted')?.facts).to.include({ arrangement: ARRANGEMENT, level: 'WAIVER' });
    expect(requests).to.have.members([CONTRACT, LABORATORIES]);
  });

  it('proves a report that is registered with its batch', async () => {
    const fixture = issued();
    const windows = { sampledFrom: korean('2026-09-01'), analysedUntil: korean('2026-09-30') };
    const given = factsOf(windows, { lot: `0x${'00'.repeat(32)}` });
    const leaves: Hex[] = [report.leaf, `0x${'22'.repeat(32)}`];
    const { root } = buildTree(leaves);
    fixture.laboratories.clear();
    fixture.panel(PANEL.code, PANEL.text).period(1).arrangement().batch(laboratory, leaves, LABORATORY_REPORT);
    const id = recordId(laboratory, root);
    const node = await nodeOn(fixture.report(root, given), {
      batch: leaves,
      law: rows({ report: { id, lot: null, course: decodeCourse(BigInt(given.course)) } }),
    });
    expect((await reportOf(node)).answer).to.equal('VALID');
  });

  it('proves a lot, all of its documents, and what stops it, with one request a contract', async () => {
    const node = await nodeOn(issued().lot(LOT_OF_SUBJECT, { KR: { recalledAt: TIME.changed, recallClass: 1 } }));
    const verdict = judge(node, await subjectBundle(node, SUBJECT.id));
    expect(found(verdict, 'free')).to.include({ answer: 'INVALID', code: 'RECALLED' });
    expect(verdict.findings.filter(({ answer }) => answer !== 'VALID').map(({ question }) => question)).to.deep.equal(['free']);
    expect(requests).to.have.members([CONTRACT, CLEARANCE, LABORATORIES]);
    const past = verifyBundle(await subjectBundle(node, SUBJECT.id), trust, { now: '2026-11-23T12:00:00Z', at: '2026-10-19T00:00:00Z' });
    expect(answerTo(past, 'free')).to.equal('VALID OK');
  });

  it('proves that nothing is registered', async () => {
    const fixture = issued();
    fixture.clearance.clear();
    fixture.laboratories.clear();
    const node = await nodeOn(fixture, { law: rows({ isRegistered: false }) });
    expect(answerTo(await certificateOf(node), 'accreditation')).to.equal('INVALID NOT_REGISTERED');
    expect(answerTo(await reportOf(node), 'accreditation')).to.equal('INVALID NOT_REGISTERED');
  });

  it('tells nothing that is newer than its block', async () => {
    const node = await nodeOn(issued(), { law: rows({ block: MUCH_LATER.block }) });
    expect((await documentBundle(node, certificate.leaf)).documents[0]).to.not.have.property('law');
    const later = rows();
    const newer = await nodeOn(issued(), {
      law: {
        ...later,
        laboratories: {
          ...later.laboratories,
          panelVersions: async (panel) => [
            ...(await later.laboratories.panelVersions(panel)),
            { ...MUCH_LATER, panel, digest: digestOf('{}') },
          ],
        },
      },
      texts: [PANEL.text, '{}'],
    });
    expect((await reportOf(newer)).answer).to.equal('VALID');
  });

  it('leaves out a panel that neither node has', async () => {
    const node = await nodeOn(issued(), { texts: [] });
    expect(found(await reportOf(node), 'accreditation')?.facts).to.deep.equal({ missing: 'panel' });
  });

  it('proves that the ledger has no law', async () => {
    const fixture = issued().withoutCompanion('CLEARANCE').withoutCompanion('LABORATORIES');
    const node = await nodeOn(fixture, { law: { ...rows(), companions: async () => [] } });
    expect((await certificateOf(node)).answer).to.equal('VALID');
    expect((await reportOf(node)).answer).to.equal('VALID');
    const bundle = await subjectBundle(node, SUBJECT.id);
    expect(judge(node, bundle).answer).to.equal('VALID');
    expect(answerTo(judge(node, bundle), 'free')).to.equal('not asked');
    expect(bundle.documents[0]).to.not.have.property('law');
  });

  it('cannot hide a law that its index does not tell', async () => {
    const node = await nodeOn(issued(), { law: { ...rows(), companions: async () => [] } });
    expect(answerTo(await certificateOf(node), 'accreditation')).to.equal('CANNOT_CHECK PROOF_MISSING');
    expect(answerTo(judge(node, await subjectBundle(node, SUBJECT.id)), 'free')).to.equal('CANNOT_CHECK PROOF_MISSING');
  });
});
