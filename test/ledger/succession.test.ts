import { expect } from 'chai';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { COMPANION_KIND, type CompanionKindName, DECISION } from '../../protocol/law/codes.ts';
import { pastReportKey } from '../../protocol/law/ids.ts';
import { lotSlot, reportSlot } from '../../protocol/law/slots.ts';
import { decodeReport } from '../../protocol/law/words.ts';
import { REASON } from '../../protocol/ledger/codes.ts';
import type { FastProvider } from '../../sdk/chain/provider.ts';
import type { LedgerAt } from '../../sdk/chain/readState.ts';
import { SdkError } from '../../sdk/errors.ts';
import { type Carried, carry } from '../../sdk/govern/carry.ts';
import { ARRANGEMENT, digest, fillLaw, LOT, REPORT } from './support/lawHistory.ts';
import { errorNameOf } from './support/newCouncils.ts';
import { deployCompanions, type NewCompanions, type NewLaw, newLaw } from './support/newLaw.ts';

const PARTS = { CLEARANCE: 'clearance', LABORATORIES: 'laboratories', REGISTRY: 'registry' } as const;
const KINDS = Object.keys(PARTS) as CompanionKindName[];

/** A new version of each contract beside the ledger takes over what the old one holds, after a history that fills every variable. */
describe('Law', () => {
  describe('succession', () => {
    let law: NewLaw;
    let next: NewCompanions;
    let ledger: LedgerAt;
    let ids: string[];

    beforeEach(async () => {
      law = await newLaw();
      await fillLaw(law);
      next = await deployCompanions(law);
      ids = [];
      ledger = { provider: { send: law.send } as FastProvider, chainId: 31_337, contract: law.address };
    });

    const addressOf = async (of: NewCompanions, kind: CompanionKindName) => (await of[PARTS[kind]].getAddress()) as Hex;
    const carryInto = async (kind: CompanionKindName, options: { isChecked?: boolean } = {}): Promise<Carried> => {
      const act = async (id: string, { to, data, gasLimit }: { to?: Hex; data: Hex; gasLimit: number }) => {
        ids.push(id);
        const sent = await law.account('stranger').sendTransaction({ to: to as Hex, data, gasLimit });
        await sent.wait();
      };
      return carry(ledger, { kind, successor: await addressOf(next, kind), ...(options.isChecked === true ? {} : { act }) });
    };
    const add = async (kind: CompanionKindName) =>
      law.ledger.connect(law.both).addCompanion(await addressOf(next, kind), COMPANION_KIND[kind]);

    for (const kind of KINDS) {
      it(`leaves nothing of ${kind} behind`, async () => {
        const carried = await carryInto(kind);
        expect(carried.missing).to.be.greaterThan(kind === 'REGISTRY' ? 2 : 10);
        expect(await carryInto(kind)).to.include({ slots: carried.slots, missing: 0, storageRoot: carried.storageRoot });
        await add(kind);
        expect(await codeOf(carryInto(kind))).to.equal('IN_OFFICE');
      });
    }

    it('says of a contract that lacks a word that it does', async () => {
      expect(await codeOf(carryInto('CLEARANCE', { isChecked: true }))).to.equal('NOT_CARRIED');
      await carryInto('CLEARANCE');
      expect(await carryInto('CLEARANCE', { isChecked: true })).to.include({ missing: 0 });
      await law.clearance.connect(law.account('regulator')).lift(LOT, REASON.INVESTIGATION_CLOSED);
      expect(await codeOf(carryInto('CLEARANCE', { isChecked: true }))).to.equal('NOT_CARRIED');
      expect(await carryInto('CLEARANCE')).to.include({ missing: 2 });
      expect(new Set(ids).size).to.equal(ids.length);
    });

    it('goes on where the old one stopped', async () => {
      await carryInto('LABORATORIES');
      await add('LABORATORIES');
      expect(await next.laboratories.reports(REPORT)).to.equal(await law.laboratories.reports(REPORT));
      const before = decodeReport(await law.laboratories.reports(REPORT));
      await next.laboratories.connect(law.account('regulator')).refuse(REPORT, ARRANGEMENT, DECISION.MISMATCH, digest('judgement'));
      expect(decodeReport(await next.laboratories.reports(REPORT))).to.include({ facts: before.facts, decision: DECISION.MISMATCH });
      expect(await next.laboratories.pastReports(pastReportKey(REPORT, before.decidedAt))).to.equal(await law.laboratories.reports(REPORT));
    });

    it('takes nothing from anybody but the contract in the ledger, and nothing once it is there itself', async () => {
      const carrying = next.clearance.connect(law.account('stranger'));
      await carrying.carry([reportSlot(REPORT), lotSlot(LOT)]);
      expect(await next.clearance.wordAt(reportSlot(REPORT))).to.equal(`0x${'00'.repeat(32)}`);
      expect(await next.clearance.wordAt(lotSlot(LOT))).to.equal(await law.clearance.wordAt(lotSlot(LOT)));
      await add('CLEARANCE');
      expect(await refusalOf(carrying.carry.staticCall([]))).to.equal('CompanionNoSuccessor');
      expect(await refusalOf(law.clearance.connect(law.account('stranger')).carry.staticCall([]))).to.equal('CompanionNoSuccessor');
    });
  });
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof SdkError) return error.code;
    throw error;
  }
}

async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    return errorNameOf((error as { data: string }).data);
  }
}
