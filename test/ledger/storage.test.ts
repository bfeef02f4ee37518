import { expect } from 'chai';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { toHex } from '../../protocol/encoding/hex.ts';
import { toUint } from '../../protocol/encoding/uint.ts';
import { KIND, REASON, ROLE, SHORE, STATUS } from '../../protocol/ledger/codes.ts';
import { EMPTY_HEAD, extendHead, pastRecordKey, recordId } from '../../protocol/ledger/ids.ts';
import * as slots from '../../protocol/ledger/slots.ts';
import { encodeAccount, encodeKey, encodeMember, encodeRecord } from '../../protocol/ledger/words.ts';
import type { Ledger } from '../../types/ethers-contracts/index.ts';
import { documentOf, type NewLedger, newLedger, reportOf } from './support/newLedger.ts';

const T = 2_000_000_000;
const MEMBER = 1;
const SUBJECT = documentOf('subject').leaf;
const [PROFILE, THUMBPRINT, ROOT] = ['profile', 'key', 'root'].map((name) => documentOf(name).leaf) as [Hex, Hex, Hex];
const [SINGLE, SUCCESSOR, IN_BATCH] = ['single', 'successor', 'in batch'].map((name) => documentOf(name).leaf) as [Hex, Hex, Hex];

/** Every variable of docs/spec/ledger.md section 2, read raw from the slot that `protocol/ledger` computes, after a history that fills all. */
describe('Ledger', () => {
  describe('storage', () => {
    let chain: NewLedger;

    before(async () => {
      chain = await newLedger();
      await fill(chain);
    });

    const wordAt = async (slot: Hex) => BigInt(await chain.provider.getStorage(chain.address, slot));
    const hexAt = async (slot: Hex) => toHex(toUint(await wordAt(slot), 32));

    it('keeps the sequence in slot 0', async () => {
      const logs = await chain.provider.getLogs({ address: chain.address, fromBlock: 0 });
      expect(await wordAt(slots.sequenceSlot())).to.equal(BigInt(logs.length));
    });

    it('keeps the authorities', async () => {
      expect(await wordAt(slots.authoritySlot(SHORE.CN))).to.equal(BigInt(chain.china.address));
      expect(await wordAt(slots.authoritySlot(SHORE.KR))).to.equal(BigInt(chain.korea.address));
    });

    it('keeps members and profiles', async () => {
      const member = { shore: SHORE.CN, roles: ROLE.LABORATORY, validFrom: T, validUntil: T + 1_000_000 };
      const standing = {
        suspendedAt: T + 21,
        reinstatedAt: T + 22,
        reason: REASON.INVESTIGATION_CLOSED,
        accounts: 2,
        state: STATUS.ACTIVE,
      };
      expect(await wordAt(slots.memberCountSlot())).to.equal(1n);
      expect(await wordAt(slots.memberSlot(MEMBER))).to.equal(encodeMember({ ...member, ...standing }));
      expect(await hexAt(slots.profileSlot(MEMBER))).to.equal(PROFILE);
    });

    it('keeps accounts and their list', async () => {
      const common = { member: MEMBER, roles: ROLE.LABORATORY, validFrom: T, shore: SHORE.CN };
      const [first, second, withdrawn] = ['laboratory', 'second', 'withdrawn'].map(
        (name) => chain.account(name).address.toLowerCase() as Hex,
      );
      expect(await wordAt(slots.accountSlot(first as Hex))).to.equal(
        encodeAccount({ ...common, validUntil: T + 1_000_000, state: STATUS.ACTIVE }),
      );
      expect(await wordAt(slots.accountSlot(second as Hex))).to.equal(
        encodeAccount({ ...common, validUntil: T + 500, state: STATUS.ACTIVE }),
      );
      expect(await wordAt(slots.accountSlot(withdrawn as Hex))).to.equal(
        encodeAccount({ ...common, validUntil: T + 1_000_000, state: STATUS.REVOKED }),
      );
      expect(await wordAt(slots.memberAccountsSlot(MEMBER))).to.equal(2n);
      expect(await wordAt(slots.memberAccountSlot(MEMBER, 0))).to.equal(BigInt(first as Hex));
      expect(await wordAt(slots.memberAccountSlot(MEMBER, 1))).to.equal(BigInt(second as Hex));
    });

    it('keeps keys', async () => {
      const key = { member: MEMBER, validFrom: T - 5, validUntil: T + 5_000, revokedAt: T + 20, compromisedSince: T + 9 };
      expect(await wordAt(slots.keySlot(THUMBPRINT))).to.equal(encodeKey(key));
    });

    it('keeps records and what they were', async () => {
      const anchored = { issuer: MEMBER, kind: KIND.LABORATORY_REPORT, anchoredAt: T + 10, expiresAt: 4_000_000_000, position: 1, size: 1 };
      const id = recordId(MEMBER, SINGLE);
      const suspended = { ...anchored, status: STATUS.SUSPENDED, reason: REASON.UNDER_INVESTIGATION, changes: 1, changedAt: T + 12 };
      const superseded = { ...anchored, status: STATUS.SUPERSEDED, reason: REASON.REPLACED, changes: 2, changedAt: T + 13 };
      expect(await wordAt(slots.recordSlot(id))).to.equal(encodeRecord(superseded));
      expect(await wordAt(slots.pastRecordSlot(pastRecordKey(id, 1)))).to.equal(0n);
      expect(await wordAt(slots.pastRecordSlot(pastRecordKey(id, 2)))).to.equal(encodeRecord(suspended));
      expect(await hexAt(slots.successorSlot(id))).to.equal(recordId(MEMBER, SUCCESSOR));
    });

    it('keeps roots, and documents in a batch once they change', async () => {
      const none = { reason: 0, changes: 0, changedAt: 0 };
      const root = {
        issuer: MEMBER,
        kind: KIND.EPCIS_EVENTS,
        status: STATUS.ACTIVE,
        ...none,
        anchoredAt: T + 11,
        expiresAt: T + 99,
        position: 2,
        size: 7,
      };
      const changed = { status: STATUS.REVOKED, reason: REASON.FRAUD, changes: 1, changedAt: T + 14 };
      const leaf = { issuer: MEMBER, kind: 0, ...changed, anchoredAt: 0, expiresAt: 0, position: 0, size: 0 };
      expect(await wordAt(slots.recordSlot(recordId(MEMBER, ROOT)))).to.equal(encodeRecord(root));
      expect(await wordAt(slots.recordSlot(recordId(MEMBER, IN_BATCH)))).to.equal(encodeRecord(leaf));
    });

    it('keeps the heads of histories', async () => {
      const ids = [SINGLE, ROOT, SUCCESSOR].map((leaf) => recordId(MEMBER, leaf));
      const subject = [SINGLE, IN_BATCH].map((leaf) => recordId(MEMBER, leaf));
      expect(await hexAt(slots.issuerHeadSlot(MEMBER))).to.equal(ids.reduce(extendHead, EMPTY_HEAD));
      expect(await hexAt(slots.subjectHeadSlot(SUBJECT))).to.equal(subject.reduce(extendHead, EMPTY_HEAD));
    });

    it('answers the same by its views', async () => {
      const { ledger } = chain;
      const id = recordId(MEMBER, SINGLE);
      const views = [
        ledger.recordOf(id),
        ledger.members(MEMBER),
        ledger.accounts(chain.account('second')),
        ledger.keys(THUMBPRINT),
        ledger.sequence(),
      ];
      const at = [slots.recordSlot(id), slots.memberSlot(MEMBER), slots.accountSlot(chain.account('second').address.toLowerCase() as Hex)];
      const words = await Promise.all([...at, slots.keySlot(THUMBPRINT), slots.sequenceSlot()].map(wordAt));
      expect(await Promise.all(views)).to.deep.equal(words);
    });
  });
});

async function fill(chain: NewLedger): Promise<void> {
  const authority = chain.ledger.connect(chain.china);
  const laboratory = chain.ledger.connect(chain.account('laboratory'));
  const at = async (second: number, write: (ledger: Ledger) => Promise<unknown>, ledger: Ledger) => {
    await chain.setTime(T + second);
    await write(ledger);
  };
  await at(1, (to) => to.enrol(ROLE.LABORATORY, T, T + 1_000_000, PROFILE), authority);
  await at(2, (to) => to.authoriseAccount(MEMBER, chain.account('laboratory'), 0), authority);
  await at(3, (to) => to.authoriseAccount(MEMBER, chain.account('withdrawn'), 0), authority);
  await at(4, (to) => to.authoriseAccount(MEMBER, chain.account('second'), T + 500), authority);
  await at(5, (to) => to.withdrawAccount(chain.account('withdrawn')), authority);
  await at(6, (to) => to.registerKey(MEMBER, THUMBPRINT, T - 5, T + 5_000), authority);
  await at(10, (to) => to.anchor(reportOf('single', SUBJECT)), laboratory);
  await at(11, (to) => to.anchorRoot(ROOT, 7, KIND.EPCIS_EVENTS, T + 99, [{ subject: SUBJECT, leaf: IN_BATCH }]), laboratory);
  await at(12, (to) => to.suspend(SINGLE, REASON.UNDER_INVESTIGATION), laboratory);
  await at(13, (to) => to.supersede(SINGLE, reportOf('successor'), REASON.REPLACED), laboratory);
  await at(14, (to) => to.revoke(IN_BATCH, REASON.FRAUD), laboratory);
  await at(20, (to) => to.revokeKey(THUMBPRINT, T + 9), authority);
  await at(21, (to) => to.suspendMember(MEMBER, REASON.UNDER_INVESTIGATION), authority);
  await at(22, (to) => to.reinstateMember(MEMBER, REASON.INVESTIGATION_CLOSED), authority);
}
