import { expect } from 'chai';
import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { toUint } from '../../protocol/encoding/uint.ts';
import * as codes from '../../protocol/law/codes.ts';
import * as ids from '../../protocol/law/ids.ts';
import * as slots from '../../protocol/law/slots.ts';
import * as words from '../../protocol/law/words.ts';
import { REASON, SHORE } from '../../protocol/ledger/codes.ts';
import { EMPTY_HEAD, extendHead } from '../../protocol/ledger/ids.ts';
import { companionSlot, newestCompanionSlot } from '../../protocol/ledger/slots.ts';
import {
  ALERT,
  ARRANGEMENT,
  COURSE,
  certificateId,
  DAY,
  digest,
  fillLaw,
  LINE,
  LOT,
  low,
  OTHER_LINE,
  PANEL,
  PROFILE,
  RECALL,
  REGIME,
  REPORT,
  T,
  TESTS,
} from './support/lawHistory.ts';
import { type NewLaw, newLaw, OFFICIALS } from './support/newLaw.ts';

const { certifier, laboratory, accreditor, customs, regulator } = OFFICIALS;

/** Every variable of the contracts beside the ledger, read raw from the slot that `protocol/law` computes, after a history that fills all. */
describe('Law', () => {
  describe('storage', () => {
    let law: NewLaw;

    before(async () => {
      law = await newLaw();
      await fillLaw(law);
    });

    const reader = (contract: 'clearance' | 'laboratories' | 'registry') => async (slot: Hex) =>
      BigInt(await law.provider.getStorage(await law[contract].getAddress(), slot));
    const hexOf = (word: bigint) => toHex(toUint(word, 32));

    it('keeps the companions in the ledger', async () => {
      const address = (await law.clearance.getAddress()).toLowerCase() as Hex;
      const wordAt = async (slot: Hex) => BigInt(await law.provider.getStorage(law.address, slot));
      const { addedAt, ...word } = words.decodeCompanion(await wordAt(companionSlot(address)));
      const paused = 1n << BigInt(codes.ACTION.CLEARANCE.CONSUME);
      expect(word).to.deep.equal({ kind: codes.COMPANION_KIND.CLEARANCE, version: 1, paused });
      expect(addedAt).to.be.greaterThan(0);
      expect(hexOf(await wordAt(newestCompanionSlot(codes.COMPANION_KIND.CLEARANCE)))).to.equal(`0x${'00'.repeat(12)}${address.slice(2)}`);
    });

    it('keeps agreements and bodies', async () => {
      const wordAt = reader('clearance');
      expect(await wordAt(slots.regimeSlot(REGIME))).to.equal(words.encodeRegime({ validDays: 365, replyDays: 180, since: T + 1 }));
      expect(await wordAt(slots.bodySlot(ids.bodyKey(certifier.member, REGIME)))).to.equal(
        words.encodeTerm({ from: T - 100, until: T + DAY, endedAt: T + 90, reason: REASON.FRAUD, compromisedSince: 0, by: 0 }),
      );
    });

    it('keeps certificates, their numbers and what they correct', async () => {
      const wordAt = reader('clearance');
      const common = { regime: REGIME, destination: SHORE.CN, issuedOn: T, validDays: 365 };
      const wrong = {
        ...{ lines: low(160, ids.linesChain([LINE])), count: 1 },
        ...{ form: codes.CERTIFICATE_FORM.ORIGINAL, corrected: 1 },
      };
      const lines = [LINE, OTHER_LINE].sort();
      const right = {
        ...{ lines: low(160, ids.linesChain(lines)), count: 2 },
        ...{ form: codes.CERTIFICATE_FORM.CORRECTION, corrected: 0 },
      };
      expect(await wordAt(slots.certificateSlot(certificateId('wrong')))).to.equal(words.encodeCertificate({ ...common, ...wrong }));
      expect(await wordAt(slots.certificateSlot(certificateId('right')))).to.equal(words.encodeCertificate({ ...common, ...right }));
      expect(hexOf(await wordAt(slots.predecessorSlot(certificateId('right'))))).to.equal(certificateId('wrong'));
      expect(hexOf(await wordAt(slots.numberSlot(ids.numberKey(certifier.member, digest('number')))))).to.equal(certificateId('right'));
    });

    it('keeps the use of goods lines, and verifications', async () => {
      const wordAt = reader('clearance');
      const id = certificateId('right');
      const use = low(168, ids.useDigest(id, digest('declaration')));
      const used = words.encodeGoodsLine({ use, regime: REGIME, usedAt: T + 6, office: customs.member, registered: 1 });
      expect(await wordAt(slots.lineSlot(LINE))).to.equal(used);
      expect(await wordAt(slots.lineSlot(OTHER_LINE))).to.equal(used);
      expect(await wordAt(slots.inquiryCountSlot(id))).to.equal(1n);
      expect(await wordAt(slots.inquirySlot(ids.inquiryKey(id, 1)))).to.equal(
        words.encodeInquiry({
          ...{ state: codes.INQUIRY_STATE.CONCLUDED, outcome: codes.INQUIRY_OUTCOME.CONFIRMED, office: customs.member },
          ...{ requestedAt: T + 7, dueAt: T + 7 + 180 * DAY, repliedAt: T + 8, concludedAt: T + 9 },
        }),
      );
    });

    it('keeps panels and profiles', async () => {
      const wordAt = reader('laboratories');
      expect(hexOf(await wordAt(slots.panelSlot(PANEL)))).to.equal(digest('panel'));
      expect(await wordAt(slots.profileVersionsSlot(ids.profileKey(SHORE.CN, PROFILE)))).to.equal(1n);
      expect(hexOf(await wordAt(slots.profileDigestSlot(ids.profileVersionKey(SHORE.CN, PROFILE, 1))))).to.equal(digest('profile'));
    });

    it('keeps periods, scopes and designations', async () => {
      const wordAt = reader('laboratories');
      const key = ids.periodKey(laboratory.member, PANEL, 1);
      expect(await wordAt(slots.periodCountSlot(ids.panelKey(laboratory.member, PANEL)))).to.equal(1n);
      expect(await wordAt(slots.scopeSlot(key))).to.equal(TESTS);
      expect(await wordAt(slots.periodSlot(key))).to.equal(
        words.encodeTerm({
          ...{ from: T - 100, until: T + DAY, endedAt: T + 19, reason: REASON.ADMINISTRATIVE },
          ...{ compromisedSince: T - 5, by: accreditor.member },
        }),
      );
      expect(await wordAt(slots.designationSlot(ids.designationKey(laboratory.member, PANEL, SHORE.CN)))).to.equal(
        words.encodeTerm({ from: T - 50, until: 0, endedAt: 0, reason: 0, compromisedSince: 0, by: regulator.member }),
      );
    });

    it('keeps arrangements', async () => {
      const wordAt = reader('laboratories');
      expect(await wordAt(slots.coverageSlot(ARRANGEMENT))).to.equal(TESTS);
      expect(await wordAt(slots.arrangementSlot(ARRANGEMENT))).to.equal(
        words.encodeArrangement({
          ...{ status: codes.ARRANGEMENT_STATUS.SUSPENDED, level: codes.ARRANGEMENT_LEVEL.WAIVER, destination: SHORE.CN, panel: PANEL },
          ...{ from: T - 50, until: T + DAY, maxAgeDays: 30, designated: 1, version: 1 },
        }),
      );
    });

    it('keeps reports and what was decided on them', async () => {
      const wordAt = reader('laboratories');
      const common = {
        facts: low(160, ids.reportFacts(LOT, TESTS, COURSE)),
        by: regulator.member,
        shore: SHORE.KR,
        arrangement: ARRANGEMENT,
      };
      expect(await wordAt(slots.reportSlot(REPORT))).to.equal(
        words.encodeReport({ ...common, decidedAt: T + 18, decision: codes.DECISION.DISCRETION }),
      );
      expect(await wordAt(slots.pastReportSlot(ids.pastReportKey(REPORT, T + 17)))).to.equal(
        words.encodeReport({ ...common, decidedAt: T + 17, decision: codes.DECISION.ACCEPTED }),
      );
    });

    it('keeps alerts, their evidence, lots and recalls', async () => {
      const wordAt = reader('clearance');
      expect(await wordAt(slots.alertSlot(ALERT))).to.equal(
        words.encodeAlert({
          ...{ stage: codes.ALERT_STAGE.ASSESSED, grade: codes.ALERT_GRADE.II, shore: SHORE.CN, raiser: regulator.member },
          ...{ owner: certifier.member, raisedAt: T + 30, changedAt: T + 31, dueAt: T + 2 * DAY, lots: 1, recalls: 1 },
        }),
      );
      const evidence = (stage: number) => wordAt(slots.alertEvidenceSlot(ids.alertStageKey(ALERT, stage)));
      expect(hexOf(await evidence(codes.ALERT_STAGE.RAISED))).to.equal(digest('finding'));
      expect(hexOf(await evidence(codes.ALERT_STAGE.ASSESSED))).to.equal(digest('assessment'));
      expect(await wordAt(slots.alertLotSlot(ids.alertLotKey(ALERT, LOT)))).to.equal(1n);
      expect(await wordAt(slots.recallSlot(RECALL))).to.equal(
        words.encodeRecall({
          ...{ class: 2, shore: SHORE.CN, owner: certifier.member, openedAt: T + 33 },
          ...{ startBy: T + DAY, completeBy: T + 2 * DAY, closedAt: 0 },
        }),
      );
    });

    it('keeps what stops a lot, its history and its movements', async () => {
      const wordAt = reader('clearance');
      const none = { heldAt: 0, heldBy: 0, reason: 0, recalledAt: 0, recallClass: 0 };
      const held = { ...none, heldAt: T + 32, heldBy: regulator.member, reason: REASON.UNDER_INVESTIGATION };
      const history = [held, { ...held, recalledAt: T + 33, recallClass: 2 }].map((CN) => words.encodeLot({ CN, KR: none }));
      expect(await wordAt(slots.lotSlot(LOT))).to.equal(history.at(-1));
      expect(hexOf(await wordAt(slots.lotHeadSlot(LOT)))).to.equal(history.map(hexOf).reduce(extendHead, EMPTY_HEAD));
      expect(await wordAt(slots.movementSlot(digest('release')))).to.equal(
        words.encodeMovement({ movement: codes.MOVEMENT.RELEASED_WITH_PREFERENCE, by: customs.member, at: T + 29 }),
      );
    });

    it('keeps filings and their versions', async () => {
      const wordAt = reader('registry');
      const subject = digest('party');
      expect(await wordAt(slots.filingSlot(subject))).to.equal(
        words.encodeFiling({
          ...{ kind: codes.FILING_KIND.PARTY, shore: SHORE.KR, version: 2, member: certifier.member },
          ...{ filedAt: T + 40, updatedAt: T + 41 },
        }),
      );
      const texts = await Promise.all([1, 2].map((version) => wordAt(slots.filingDigestSlot(ids.filingVersionKey(subject, version)))));
      expect(texts.map(hexOf)).to.deep.equal([digest('first filing'), digest('second filing')]);
    });
  });
});
