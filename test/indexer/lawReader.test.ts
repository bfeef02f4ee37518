import { expect } from 'chai';
import { type Indexer, startIndexer } from '../../indexer/run.ts';
import type { Hint } from '../../indexer/store/hints.ts';
import type { Page, PageRequest, Place } from '../../indexer/store/rows.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { leafOf } from '../../protocol/hash/fingerprint.ts';
import { ALERT_STAGE, ARRANGEMENT_STATUS, COMPANION_KIND, DECISION, MOVEMENT, REGIME } from '../../protocol/law/codes.ts';
import * as ids from '../../protocol/law/ids.ts';
import * as words from '../../protocol/law/words.ts';
import { KIND, REASON, SHORE } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { until } from './support/indexing.ts';
import { digest, type LawContract, type LocalLaw, MEMBERS, startLocalLaw } from './support/localLaw.ts';
import { usePostgres } from './support/postgres.ts';

const DAY = 86_400;
const [PANEL, PROFILE, ARRANGEMENT] = [3, 4, 5];
const TESTS = 0b101n;
const LOT = digest('lot');
const NONE: Hex = `0x${'00'.repeat(32)}`;
const LINES = ['one', 'two'].map((name) => ids.goodsLineKey(LOT, digest(name))).sort() as [Hex, Hex];
const DETAILS = ['one', 'two'].sort((a, b) => (ids.goodsLineKey(LOT, digest(a)) < ids.goodsLineKey(LOT, digest(b)) ? -1 : 1));

/** The leaf of the document of a name. */
const leaf = (name: string) => leafOf(digest(`${name} 1`), digest(`${name} 2`));
const certificateId = (name: string) => recordId(MEMBERS.certifier, leaf(name));

/** What the contracts answer by their views is what the index must say. */
describe('reader of the law', () => {
  const postgres = usePostgres();
  let law: LocalLaw;
  let indexer: Indexer;
  let hints: Hint[];
  let listening: Promise<void>;
  const enough = new AbortController();

  before(async () => {
    law = await startLocalLaw();
    const place = {
      rpcUrl: law.rpcUrl,
      contract: law.addressOf('ledger'),
      startBlock: law.startBlock,
      database: postgres.url('lawReader'),
    };
    indexer = await startIndexer({ name: 'test', ...place });
    hints = [];
    listening = listen();
    await certify(law);
    await analyse(law);
    await warn(law);
    await file(law);
    await indexed();
  });

  after(async () => {
    await indexer.stop();
    await law.stop();
  });

  async function listen(): Promise<void> {
    for await (const hint of indexer.reader.hints(0, enough.signal)) hints.push(hint);
  }

  async function indexed(): Promise<void> {
    const sequence = Number(await law.ask('ledger', 'sequence'));
    expect(await indexer.reader.waitForSequence(sequence, 10_000)).to.equal(true);
  }

  /** A word as a view of a contract answers it. */
  const word = async (contract: LawContract, view: string, key: unknown) => (await law.ask(contract, view, key)) as bigint;

  describe('contracts beside the ledger', () => {
    it('are told as they stand, in the order of their addition', async () => {
      await law.send('both', 'ledger', 'pause', law.addressOf('clearance'), 0b11);
      await indexed();
      const companions = await indexer.reader.companions();
      const order = (['clearance', 'laboratories', 'registry'] as const).map((name) => law.addressOf(name));
      expect(companions.map(({ companion }) => companion)).to.deep.equal(order);
      for (const { companion, state } of companions)
        expect(state).to.deep.equal(words.decodeCompanion(await word('ledger', 'companions', companion)));
      expect(companions[0]?.state).to.include({ kind: COMPANION_KIND.CLEARANCE, paused: 0b11n });
      await law.send('both', 'ledger', 'resume', law.addressOf('clearance'), 0b11);
    });

    it('share the sequence, without a gap', async () => {
      const { complete, sequence, alarms } = await until(indexer, (status) => status.complete && status.lagBlocks === 0);
      expect({ complete, alarms }).to.deep.equal({ complete: true, alarms: 0 });
      expect(sequence).to.equal(Number(await law.ask('ledger', 'sequence')));
    });
  });

  describe('origin', () => {
    it('tells agreements and bodies', async () => {
      const { regimes, bodiesOf } = indexer.reader.origin;
      const [regime] = await regimes();
      expect(regime).to.deep.include({
        regime: REGIME.CK_FTA,
        terms: words.decodeRegime(await word('clearance', 'regimes', REGIME.CK_FTA)),
      });
      const term = words.decodeTerm(await word('clearance', 'bodies', ids.bodyKey(MEMBERS.certifier, REGIME.CK_FTA)));
      const bodies = await bodiesOf(MEMBERS.certifier);
      expect(bodies).to.have.length(1);
      expect(bodies[0]).to.deep.include({ member: MEMBERS.certifier, regime: REGIME.CK_FTA, term });
      expect(term.endedAt).to.be.greaterThan(0);
      expect(await bodiesOf(MEMBERS.laboratory)).to.be.empty;
    });

    it('tells certificates as the contract has them', async () => {
      const { certificates, certificate } = indexer.reader.origin;
      const named = ['wrong', 'right', 'copy'].map(certificateId);
      const rows = await certificates([...named, NONE]);
      expect(rows[3]).to.equal(undefined);
      for (const [index, id] of named.entries()) {
        expect(rows[index]?.word).to.deep.equal(words.decodeCertificate(await word('clearance', 'certificates', id)));
        expect(rows[index]?.predecessor ?? NONE).to.equal(await law.ask('clearance', 'predecessors', id));
        expect(await certificate(id)).to.deep.equal(rows[index]);
      }
      expect(rows.map((row) => row?.correctedBy)).to.deep.equal([certificateId('right'), null, null, undefined]);
    });

    it('finds a certificate by its number, and what came after it', async () => {
      const { certificateByNumber, successorsOf } = indexer.reader.origin;
      const key = ids.numberKey(MEMBERS.certifier, digest('number'));
      expect((await certificateByNumber(key))?.id).to.equal(await law.ask('clearance', 'numbers', key));
      expect(await certificateByNumber(NONE)).to.equal(undefined);
      const after = await Promise.all(['wrong', 'right', 'copy'].map((name) => successorsOf(certificateId(name))));
      expect(after.map((rows) => rows.map(({ id }) => id))).to.deep.equal([[certificateId('right')], [certificateId('copy')], []]);
    });

    it('finds certificates by a goods line, page by page', async () => {
      const { certificatesByLine, linesOf } = indexer.reader.origin;
      const found = await paged((page) => certificatesByLine(LINES[0], page));
      expect(found.map(({ id }) => id)).to.deep.equal(['wrong', 'right', 'copy'].map(certificateId));
      expect(await linesOf(certificateId('right'))).to.deep.equal(LINES);
      expect(await linesOf(certificateId('wrong'))).to.deep.equal([LINES[0]]);
    });

    it('tells the use of a certificate and of its lines', async () => {
      const { consumption, consumptionOfLine } = indexer.reader.origin;
      const used = await consumption(certificateId('right'));
      expect(used).to.deep.include({ certificate: certificateId('right'), declaration: digest('declaration') });
      expect(used?.use).to.deep.equal(words.decodeGoodsLine(await word('clearance', 'lines', LINES[1])));
      expect(await consumption(certificateId('copy'))).to.equal(undefined);
      expect(await consumptionOfLine(LINES[0])).to.deep.equal(used);
      expect(await consumptionOfLine(NONE)).to.equal(undefined);
    });

    it('tells the steps of a verification', async () => {
      const steps = await indexer.reader.origin.inquiries(certificateId('right'));
      expect(steps.map(({ number, evidence }) => [number, evidence])).to.deep.equal([
        [1, digest('request')],
        [1, digest('reply')],
        [1, digest('conclusion')],
      ]);
      expect(steps.at(-1)?.state).to.deep.equal(
        words.decodeInquiry(await word('clearance', 'inquiries', ids.inquiryKey(certificateId('right'), 1))),
      );
    });
  });

  describe('laboratories', () => {
    it('tells panels and profiles, newest and all', async () => {
      const { panels, panelVersions, profiles, profileVersions } = indexer.reader.laboratories;
      expect((await panels()).map(({ panel, digest: text }) => [panel, text])).to.deep.equal([[PANEL, digest('longer panel')]]);
      expect((await panelVersions(PANEL)).map(({ digest: text }) => text)).to.deep.equal([digest('panel'), digest('longer panel')]);
      const versions = await profileVersions(SHORE.CN, PROFILE);
      expect(versions.map(({ version, digest: text }) => [version, text])).to.deep.equal([
        [1, digest('profile')],
        [2, digest('new profile')],
      ]);
      expect(await profiles(SHORE.CN)).to.deep.equal(versions.slice(1));
      expect(await profiles(SHORE.KR)).to.be.empty;
    });

    it('tells periods and designations as they stand', async () => {
      const { periods, designations } = indexer.reader.laboratories;
      const found = await periods(MEMBERS.laboratory, PANEL);
      expect(found.map(({ period, tests, certificate }) => [period, tests, certificate])).to.deep.equal([
        [1, TESTS, digest('accreditation')],
        [2, 1n, digest('smaller accreditation')],
      ]);
      for (const { period, term } of found) {
        const key = ids.periodKey(MEMBERS.laboratory, PANEL, period);
        expect(term).to.deep.equal(words.decodeTerm(await word('laboratories', 'periods', key)));
      }
      expect(await periods(MEMBERS.laboratory)).to.deep.equal(found);
      expect(await periods(MEMBERS.laboratory, PANEL + 1)).to.be.empty;
      const key = ids.designationKey(MEMBERS.laboratory, PANEL, SHORE.CN);
      const term = words.decodeTerm(await word('laboratories', 'designations', key));
      const [designation, ...more] = await designations(MEMBERS.laboratory);
      expect(designation).to.deep.include({ panel: PANEL, shore: SHORE.CN, term });
      expect(more).to.be.empty;
    });

    it('tells reports and what was decided on them', async () => {
      const { report, reports, reportsOfLot, decisions } = indexer.reader.laboratories;
      const id = recordId(MEMBERS.laboratory, leaf('report'));
      const found = await report(id);
      expect(found).to.deep.include({ id, laboratory: MEMBERS.laboratory, lot: LOT, tests: TESTS });
      expect(found?.course).to.include({ panel: PANEL, sampledPeriod: 1 });
      expect(await reports([NONE, id])).to.deep.equal([undefined, found]);
      expect((await reportsOfLot(LOT, { first: 5 })).rows).to.deep.equal([found]);
      const decided = await decisions(id);
      expect(decided.map((row) => [row.word.decision, row.judgement])).to.deep.equal([
        [DECISION.ACCEPTED, digest('judgement')],
        [DECISION.DISCRETION, digest('other judgement')],
      ]);
      expect(decided.at(-1)?.word).to.deep.equal(words.decodeReport(await word('laboratories', 'reports', id)));
    });

    it('tells arrangements, and of a suspended one the terms that were', async () => {
      const { arrangement, arrangements, arrangementVersions } = indexer.reader.laboratories;
      const newest = await arrangement(ARRANGEMENT);
      expect(newest).to.deep.include({ arrangement: ARRANGEMENT, tests: TESTS, text: digest('terms') });
      expect(newest?.terms).to.deep.equal(words.decodeArrangement(await word('laboratories', 'arrangements', ARRANGEMENT)));
      expect(newest?.terms.status).to.equal(ARRANGEMENT_STATUS.SUSPENDED);
      expect(await arrangements()).to.deep.equal([newest]);
      const versions = await arrangementVersions(ARRANGEMENT);
      expect(versions.map(({ terms }) => terms.status)).to.deep.equal([ARRANGEMENT_STATUS.IN_FORCE, ARRANGEMENT_STATUS.SUSPENDED]);
      expect(await arrangement(ARRANGEMENT + 1)).to.equal(undefined);
    });
  });

  describe('safety', () => {
    const alertOf = (name: string) => ids.alertId(MEMBERS.regulator, digest(name));

    it('tells an alert as it stands, its steps and its lots', async () => {
      const { alert, alertSteps, lotsOfAlert } = indexer.reader.safety;
      const id = alertOf('alert');
      const steps = await alertSteps(id);
      // Its recall was closed again, which gave it the very word with which it was raised.
      expect(steps.map(({ evidence }) => evidence)).to.deep.equal(['finding', 'order', 'closing', 'assessment'].map(digest));
      expect(steps[0]?.word).to.deep.equal(steps[2]?.word);
      const now = await alert(id);
      expect(now?.word).to.deep.equal(words.decodeAlert(await word('clearance', 'alerts', id)));
      expect(now).to.deep.include({ alert: id, evidence: digest('assessment'), sequence: steps[0]?.sequence });
      expect(await lotsOfAlert(id)).to.deep.equal([LOT, digest('other lot')]);
      expect(await alert(NONE)).to.equal(undefined);
    });

    it('lists alerts by shore and stage, page by page', async () => {
      const { alerts, alertsOfLot } = indexer.reader.safety;
      const all = await paged((page) => alerts(page));
      expect(all.map(({ alert }) => alert)).to.deep.equal(['alert', 'second alert', 'third alert'].map(alertOf));
      const raised = await paged((page) => alerts(page, { shore: SHORE.CN, stage: ALERT_STAGE.RAISED }));
      expect(raised.map(({ alert }) => alert)).to.deep.equal(['second alert', 'third alert'].map(alertOf));
      expect((await alerts({ first: 5 }, { shore: SHORE.KR })).rows).to.be.empty;
      expect((await alertsOfLot(LOT)).map(({ alert }) => alert)).to.deep.equal(['alert', 'third alert'].map(alertOf));
    });

    it('tells recalls as they stand', async () => {
      const { recall, recallsOf } = indexer.reader.safety;
      const id = ids.recallId(alertOf('alert'), digest('recall'));
      const found = await recall(id);
      expect(found?.word).to.deep.equal(words.decodeRecall(await word('clearance', 'recalls', id)));
      expect(found).to.deep.include({ alert: alertOf('alert'), evidence: digest('closing') });
      expect(await recallsOf(alertOf('alert'))).to.deep.equal([found]);
      expect(await recallsOf(alertOf('second alert'))).to.be.empty;
    });

    it('tells what stops a lot, and its history with the contract’s head', async () => {
      const { lot, lots, lotChanges } = indexer.reader.safety;
      const now = await lot(LOT);
      expect(now?.word).to.deep.equal(words.decodeLot(await word('clearance', 'lots', LOT)));
      expect(now?.head).to.equal(await law.ask('clearance', 'lotHeads', LOT));
      const history = await paged((page) => lotChanges(LOT, page));
      expect(history.map(({ position }) => position)).to.deep.equal([1, 2, 3, 4]);
      expect(history.map(({ cause, by, reason }) => [cause !== null, by, reason])).to.deep.equal([
        [true, MEMBERS.regulator, 0],
        [true, MEMBERS.regulator, 0],
        [false, MEMBERS.regulator, REASON.UNDER_INVESTIGATION],
        [false, MEMBERS.regulator, REASON.INVESTIGATION_CLOSED],
      ]);
      expect(history.at(-1)).to.deep.equal(now);
      expect(await lots([NONE, LOT])).to.deep.equal([undefined, now]);
    });

    it('tells movements of a lot and of a document', async () => {
      const { movementsOfLot, movementsOfDocument } = indexer.reader.safety;
      const moved = await paged((page) => movementsOfLot(LOT, page));
      expect(moved.map(({ document, movement, by }) => [document, movement, by])).to.deep.equal([
        [digest('release'), MOVEMENT.RELEASED_WITH_PREFERENCE, MEMBERS.customs],
        [digest('list'), MOVEMENT.WRITTEN_OFF, MEMBERS.customs],
      ]);
      const ofDocument = await paged((page) => movementsOfDocument(digest('release'), page));
      expect(ofDocument.map(({ lot }) => lot)).to.deep.equal([LOT, digest('other lot')]);
    });
  });

  describe('registry', () => {
    it('tells the newest version of a filing, and all', async () => {
      const { filing, filings, filingVersions } = indexer.reader.registry;
      const subject = digest('party');
      const now = await filing(subject);
      expect(now).to.deep.include({ subject, digest: digest('second filing') });
      expect(now?.word).to.deep.equal(words.decodeFiling(await word('registry', 'filings', subject)));
      expect(await filings([NONE, subject])).to.deep.equal([undefined, now]);
      const versions = await paged((page) => filingVersions(subject, page));
      expect(versions.map((row) => [row.word.version, row.digest])).to.deep.equal([
        [1, digest('first filing')],
        [2, digest('second filing')],
      ]);
    });
  });

  describe('hints', () => {
    // Before the database is stopped, which they would tell as an error.
    after(() => {
      enough.abort();
      return listening;
    });

    it('tell alerts, lots, changes of status and consumptions in order', async () => {
      await until(indexer, () => hints.some(({ about }) => about === 'LOT'));
      const told = await indexer.reader.safety.lotChanges(LOT, { first: 100 });
      await until(indexer, () => (hints.at(-1)?.sequence ?? 0) >= (told.rows.at(-1)?.sequence ?? 0));
      const [first] = hints;
      expect(first).to.deep.include({ about: 'CONSUMPTION', id: certificateId('right') });
      expect(hints.map(({ sequence }) => sequence)).to.deep.equal([...hints].map(({ sequence }) => sequence).sort((a, b) => a - b));
      const of = (about: string) => hints.filter((hint) => hint.about === about).map(({ id }) => id);
      expect(of('STATUS')).to.deep.equal([recordId(MEMBERS.laboratory, leaf('report'))]);
      expect(new Set(of('ALERT')).size).to.equal(3);
      expect(of('LOT').filter((id) => id === LOT)).to.have.length(4);
    });

    it('start after a number, and end when they are no longer wanted', async () => {
      const stop = new AbortController();
      const last = hints.at(-1) as Hint;
      const after: Hint[] = [];
      for await (const hint of indexer.reader.hints(last.sequence - 1, stop.signal)) {
        after.push(hint);
        stop.abort();
      }
      expect(after).to.deep.equal([last]);
    });
  });
});

/** All rows of a list, two at a time. */
async function paged<Row extends Place>(read: (page: PageRequest) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const after = rows.at(-1);
    const page = await read({ first: 2, ...(after && { after }) });
    rows.push(...page.rows);
    if (!page.hasNext) return rows;
  }
}

/** A document as `anchor` takes it. */
function entry(name: string, kind: number): unknown[] {
  return [digest(`${name} 1`), digest(`${name} 2`), NONE, kind, 0];
}

async function certify(law: LocalLaw): Promise<void> {
  const now = await law.now();
  const registration = (name: string, number: string, lines: readonly Hex[]) => [
    ...[leaf(name), digest(number), REGIME.CK_FTA, SHORE.CN, now - DAY, lines],
  ];
  const right = certificateId('right');
  await law.send('both', 'clearance', 'setRegime', REGIME.CK_FTA, 365, 180);
  await law.send('korea', 'clearance', 'authoriseBody', MEMBERS.certifier, REGIME.CK_FTA, now - 2 * DAY, 0);
  await law.send('certifier', 'clearance', 'register', registration('wrong', 'number', [LINES[0]]));
  await law.send('certifier', 'clearance', 'correct', certificateId('wrong'), [LINES[0]], registration('right', 'number', LINES));
  await law.send('certifier', 'clearance', 'copy', leaf('right'), registration('copy', 'number of the copy', LINES));
  await law.send('certifier', 'ledger', 'anchor', entry('right', KIND.CERTIFICATE_OF_ORIGIN));
  const goods = DETAILS.map((detail) => [LOT, digest(detail)]);
  await law.send('customs', 'clearance', 'consume', right, digest('declaration'), goods);
  await law.send('customs', 'clearance', 'requestVerification', right, digest('request'));
  await law.send('certifier', 'clearance', 'replyVerification', right, MEMBERS.certifier, leaf('right'), digest('reply'));
  await law.send('customs', 'clearance', 'concludeVerification', right, 1, digest('conclusion'));
  await law.send('korea', 'clearance', 'withdrawBody', MEMBERS.certifier, REGIME.CK_FTA, REASON.FRAUD);
}

async function analyse(law: LocalLaw): Promise<void> {
  const now = await law.now();
  const { laboratory } = MEMBERS;
  const course = words.encodeCourse({
    ...{ panel: PANEL, sampledFrom: now - 300, sampledUntil: now - 300, analysedFrom: now - 200, analysedUntil: now - 100 },
    ...{ sampledPeriod: 1, analysedPeriod: 1 },
  });
  const facts = [LOT, TESTS, course];
  const report = recordId(laboratory, leaf('report'));
  await law.send('both', 'laboratories', 'publishPanel', PANEL, digest('panel'));
  await law.send('both', 'laboratories', 'publishPanel', PANEL, digest('longer panel'));
  await law.send('china', 'laboratories', 'publishProfile', SHORE.CN, PROFILE, now, digest('profile'));
  await law.send('china', 'laboratories', 'publishProfile', SHORE.CN, PROFILE, now + DAY, digest('new profile'));
  await law.send('accreditor', 'laboratories', 'accredit', laboratory, PANEL, TESTS, now - DAY, 0, digest('accreditation'));
  await law.send('regulator', 'laboratories', 'designate', laboratory, PANEL, now - DAY, 0);
  const terms = [ARRANGEMENT, ARRANGEMENT_STATUS.IN_FORCE, 3, SHORE.CN, PANEL, now - DAY, 0, 30, true, TESTS, digest('terms')];
  await law.send('both', 'laboratories', 'setArrangement', terms);
  await law.send('laboratory', 'laboratories', 'registerReport', leaf('report'), facts);
  await law.send('laboratory', 'ledger', 'anchor', entry('report', KIND.LABORATORY_REPORT));
  await law.send('regulator', 'laboratories', 'accept', laboratory, leaf('report'), facts, ARRANGEMENT, digest('judgement'));
  await law.send('regulator', 'laboratories', 'refuse', report, ARRANGEMENT, DECISION.DISCRETION, digest('other judgement'));
  await law.send('accreditor', 'laboratories', 'endAccreditation', laboratory, PANEL, REASON.ADMINISTRATIVE);
  await law.send('accreditor', 'laboratories', 'declareCompromised', laboratory, PANEL, 1, now - 250);
  const later = (await law.now()) + 10;
  await law.send('accreditor', 'laboratories', 'accredit', laboratory, PANEL, 1, later, 0, digest('smaller accreditation'));
  await law.send('both', 'laboratories', 'suspendArrangement', ARRANGEMENT);
  await law.send('laboratory', 'ledger', 'revoke', leaf('report'), REASON.DATA_INCORRECT);
}

async function warn(law: LocalLaw): Promise<void> {
  const now = await law.now();
  const lots = [LOT, digest('other lot')];
  const owner = MEMBERS.certifier;
  const alert = ids.alertId(MEMBERS.regulator, digest('alert'));
  const raise = (name: string, evidence: string, named: readonly Hex[]) =>
    law.send('regulator', 'clearance', 'raiseAlert', digest(name), 2, owner, now + DAY, digest(evidence), named);
  await law.send('customs', 'clearance', 'release', digest('release'), true, lots);
  await raise('alert', 'finding', lots);
  const order = [alert, digest('recall'), 2, owner, now + DAY, now + 2 * DAY, digest('order')];
  await law.send('regulator', 'clearance', 'openRecall', order, [LOT]);
  await law.send('regulator', 'clearance', 'closeRecall', alert, digest('recall'), digest('closing'), [LOT]);
  await law.send('regulator', 'clearance', 'advanceAlert', alert, ALERT_STAGE.ASSESSED, owner, now + DAY, digest('assessment'));
  await raise('second alert', 'second finding', [digest('other lot')]);
  await raise('third alert', 'third finding', [LOT]);
  await law.send('regulator', 'clearance', 'hold', LOT, REASON.UNDER_INVESTIGATION);
  await law.send('regulator', 'clearance', 'lift', LOT, REASON.INVESTIGATION_CLOSED);
  await law.send('customs', 'clearance', 'writeOff', digest('list'), [LOT]);
}

async function file(law: LocalLaw): Promise<void> {
  await law.send('certifier', 'registry', 'file', digest('party'), 1, digest('first filing'));
  await law.send('certifier', 'registry', 'file', digest('party'), 1, digest('second filing'));
}
