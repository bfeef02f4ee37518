import { expect } from 'chai';
import type { ContractTransactionResponse } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { KIND, REASON, ROLE, SHORE, STATUS } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import * as slots from '../../protocol/ledger/slots.ts';
import { decodeAccount, decodeKey, decodeMember, decodeRecord, encodeRecord } from '../../protocol/ledger/words.ts';
import type { Ledger } from '../../types/ethers-contracts/index.ts';
import { documentOf, enrolLaboratory, type NewLedger, NO_SUBJECT, newLedger, reportOf } from './support/newLedger.ts';

const SUBJECT = documentOf('subject').leaf;
const SEQUENCE_BITS = 64n;

/** docs/spec/ledger.md section 3: what each call emits, in which order, with which numbers. */
describe('Ledger', () => {
  describe('events', () => {
    let chain: NewLedger;
    let authority: Ledger;
    let laboratory: Ledger;
    let member: number;
    let sequence: number;

    beforeEach(async () => {
      chain = await newLedger();
      ({ member, laboratory } = await enrolLaboratory(chain));
      authority = chain.ledger.connect(chain.china);
      sequence = Number(await chain.ledger.sequence());
    });

    const emitted = (sending: Promise<ContractTransactionResponse>) => eventsOf(chain, sending);
    const wordAt = async (slot: Hex) => BigInt(await chain.provider.getStorage(chain.address, slot));

    it('tells a document anchored', async () => {
      const { sha256, sm3, leaf } = documentOf('a');
      const id = recordId(member, leaf);
      const [event, ...rest] = await emitted(laboratory.anchor(reportOf('a', SUBJECT)));
      const record = await wordAt(slots.recordSlot(id));
      expect(event).to.deep.equal(['DocumentAnchored', id, SUBJECT, sha256, sm3, record, BigInt(sequence + 1)]);
      expect(rest).to.be.empty;
    });

    it('tells a document of no history', async () => {
      const [event] = await emitted(laboratory.anchor(reportOf('a')));
      expect(event?.[2]).to.equal(NO_SUBJECT);
    });

    it('numbers the documents of one call', async () => {
      const events = await emitted(laboratory.anchorMany(['a', 'b', 'c'].map((name) => reportOf(name))));
      expect(events.map((event) => event[0])).to.deep.equal(['DocumentAnchored', 'DocumentAnchored', 'DocumentAnchored']);
      expect(events.map((event) => event.at(-1))).to.deep.equal([1, 2, 3].map((n) => BigInt(sequence + n)));
    });

    it('tells a root, then its links', async () => {
      const [root, leaf] = [documentOf('root').leaf, documentOf('a').leaf];
      const id = recordId(member, root);
      const events = await emitted(laboratory.anchorRoot(root, 3, KIND.EPCIS_EVENTS, 0, [{ subject: SUBJECT, leaf }]));
      expect(events).to.deep.equal([
        ['RootAnchored', id, root, await wordAt(slots.recordSlot(id)), BigInt(sequence + 1)],
        ['SubjectExtended', SUBJECT, id, leaf, BigInt(member), BigInt(sequence + 2)],
      ]);
    });

    it('packs the number into a change of status', async () => {
      const { leaf } = documentOf('a');
      await laboratory.anchor(reportOf('a'));
      for (const [at, change] of (['suspend', 'reinstate', 'revoke'] as const).entries()) {
        const [event, ...rest] = await emitted(laboratory[change](leaf, REASON.ADMINISTRATIVE));
        const word = await wordAt(slots.recordSlot(recordId(member, leaf)));
        const packed = ((word >> SEQUENCE_BITS) << SEQUENCE_BITS) | BigInt(sequence + 2 + at);
        expect(event).to.deep.equal(['StatusChanged', recordId(member, leaf), packed]);
        expect(decodeRecord(packed).changes).to.equal(at + 1);
        expect(rest).to.be.empty;
      }
    });

    it('tells all three parts of a supersession', async () => {
      await laboratory.anchor(reportOf('a'));
      const events = await emitted(laboratory.supersede(documentOf('a').leaf, reportOf('b'), REASON.REPLACED));
      const [id, successor] = ['a', 'b'].map((name) => recordId(member, documentOf(name).leaf)) as [Hex, Hex];
      expect(events.map((event) => event[0])).to.deep.equal(['StatusChanged', 'DocumentAnchored', 'DocumentSuperseded']);
      expect(events[2]).to.deep.equal(['DocumentSuperseded', id, successor, BigInt(sequence + 4)]);
    });

    it('keeps position and size of a changed root', async () => {
      const root = documentOf('root').leaf;
      await laboratory.anchorRoot(root, 3, KIND.EPCIS_EVENTS, 0, []);
      const before = decodeRecord(await wordAt(slots.recordSlot(recordId(member, root))));
      await laboratory.suspend(root, REASON.UNDER_INVESTIGATION);
      const after = decodeRecord(await wordAt(slots.recordSlot(recordId(member, root))));
      const standing = { status: STATUS.SUSPENDED, reason: REASON.UNDER_INVESTIGATION, changes: 1, changedAt: after.changedAt };
      expect(encodeRecord(after)).to.equal(encodeRecord({ ...before, ...standing }));
    });

    it('tells a member enrolled', async () => {
      const profile = documentOf('another profile').leaf;
      const korea = chain.ledger.connect(chain.korea);
      const [event] = await emitted(korea.enrol(ROLE.CUSTOMS, 1, 9, profile));
      const word = await wordAt(slots.memberSlot(member + 1));
      expect(event).to.deep.equal(['MemberEnrolled', BigInt(member + 1), word, profile, BigInt(sequence + 1)]);
      expect(decodeMember(word)).to.include({ shore: SHORE.KR, roles: ROLE.CUSTOMS, validFrom: 1, validUntil: 9, accounts: 0, state: 1 });
    });

    it('tells a member changed, then its accounts', async () => {
      const calls = [
        () => authority.renew(member, ROLE.LABORATORY, 1, 4_000_000_000),
        () => authority.suspendMember(member, REASON.ADMINISTRATIVE),
        () => authority.reinstateMember(member, REASON.ADMINISTRATIVE),
      ];
      const account = chain.account('laboratory').address;
      for (const call of calls) {
        const [first, second, ...rest] = await emitted(call());
        const [word, accountWord] = [await wordAt(slots.memberSlot(member)), await wordAt(slots.accountSlot(account.toLowerCase() as Hex))];
        expect(first?.slice(0, 3)).to.deep.equal(['MemberChanged', BigInt(member), word]);
        expect(second?.slice(0, 4)).to.deep.equal(['AccountChanged', account, BigInt(member), accountWord]);
        expect(rest).to.be.empty;
      }
    });

    it('tells a profile changed', async () => {
      const profile = documentOf('another profile').leaf;
      const [event, ...rest] = await emitted(authority.changeProfile(member, profile));
      expect(event).to.deep.equal(['MemberChanged', BigInt(member), await wordAt(slots.memberSlot(member)), profile, BigInt(sequence + 1)]);
      expect(rest).to.be.empty;
    });

    it('tells accounts authorised and withdrawn', async () => {
      const account = chain.account('second');
      const authorised = await emitted(authority.authoriseAccount(member, account, 0));
      const again = await emitted(authority.authoriseAccount(member, account, 9));
      const withdrawn = await emitted(authority.withdrawAccount(account));
      expect([authorised, again, withdrawn].map((events) => events.map((event) => event[0]))).to.deep.equal([
        ['MemberChanged', 'AccountChanged'],
        ['AccountChanged'],
        ['MemberChanged', 'AccountChanged'],
      ]);
      expect(decodeAccount(withdrawn[1]?.[3] as bigint).state).to.equal(STATUS.REVOKED);
    });

    it('tells keys registered and revoked', async () => {
      const thumbprint = documentOf('key').leaf;
      const [registered] = await emitted(authority.registerKey(member, thumbprint, 1, 0));
      const [revoked] = await emitted(authority.revokeKey(thumbprint, 7));
      expect(registered?.slice(0, 3)).to.deep.equal(['KeyChanged', thumbprint, BigInt(member)]);
      expect(revoked?.[3]).to.equal(await wordAt(slots.keySlot(thumbprint)));
      expect(decodeKey(revoked?.[3] as bigint)).to.include({ member, compromisedSince: 7 });
    });
  });
});

/** A call's events: name, then arguments as the ABI orders them. */
async function eventsOf({ ledger }: NewLedger, sending: Promise<ContractTransactionResponse>): Promise<unknown[][]> {
  const receipt = await (await sending).wait();
  return (receipt?.logs ?? []).map((log) => {
    const parsed = ledger.interface.parseLog(log);
    return [parsed?.name, ...(parsed?.args.toArray() ?? [])];
  });
}
