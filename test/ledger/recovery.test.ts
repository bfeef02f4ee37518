import { expect } from 'chai';
import type { Wallet } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { KIND, REASON, ROLE, type ShoreName } from '../../protocol/ledger/codes.ts';
import { decodeKey } from '../../protocol/ledger/words.ts';
import {
  accountOf,
  type Call,
  CLOSE,
  type Councils,
  carryOut,
  carryOutAtOnce,
  DELAY,
  newCouncils,
  proposalAt,
  signApproval,
} from './support/newCouncils.ts';
import { documentOf, NO_SUBJECT } from './support/newLedger.ts';

const DAY = 86_400;

/** What is done when a key is lost or in wrong hands: each drill ends with the old one refused and the new one working (docs/adr/0006-councils.md). */
describe('Ledger', () => {
  describe('recovery', () => {
    let world: Councils;
    let members: number;
    const [old, next] = [accountOf('old'), accountOf('new')];

    before(async () => {
      world = await newCouncils();
      members = 0;
    });

    const stop = (shore: ShoreName, name: string, args: readonly unknown[]) =>
      carryOutAtOnce(world, shore, world.act('ledger', name, args));
    const enrol = async (shore: ShoreName, role: number, account: Wallet): Promise<number> => {
      await carryOut(world, shore, world.act('ledger', 'enrol', [role, 1, 0, documentOf('profile').leaf]));
      members += 1;
      await carryOut(world, shore, world.act('ledger', 'authoriseAccount', [members, account.address, 0]));
      return members;
    };
    const anchoring = (name: string): Call => {
      const { sha256, sm3 } = documentOf(name);
      return world.call('ledger', 'anchor', [[sha256, sm3, NO_SUBJECT, KIND.LABORATORY_REPORT, 0]]);
    };

    it("gives a member another account when the account's key is lost", async () => {
      const member = await enrol('KR', ROLE.LABORATORY, old);
      expect(await world.send(old, anchoring('before'))).to.equal('done');
      await stop('KR', 'withdrawAccount', [old.address]);
      expect(await world.send(old, anchoring('stolen'))).to.equal('NotaryAccountNotLive');
      await carryOut(world, 'KR', world.act('ledger', 'authoriseAccount', [member, next.address, 0]));
      expect(await world.send(next, anchoring('after'))).to.equal('done');
      // What the old account wrote is the member's: the new one answers for it.
      expect(await world.send(next, world.call('ledger', 'revoke', [documentOf('before').leaf, REASON.FRAUD]))).to.equal('done');
      const again = world.call('ledger', 'authoriseAccount', [member, old.address, 0]);
      expect(await world.attempt(world.places.KR, again)).to.equal('MembershipAccountTaken');
      expect(await world.send(old, anchoring('stolen'))).to.equal('NotaryAccountNotLive');
    });

    it('puts a new credential key in the place of one that is in other hands since a date', async () => {
      const member = await enrol('CN', ROLE.CERTIFIER, accountOf('certifier'));
      const [lost, fresh] = [documentOf('lost key').leaf, documentOf('fresh key').leaf];
      await carryOut(world, 'CN', world.act('ledger', 'registerKey', [member, lost, 1, 0]));
      const since = world.now();
      await world.pass(10 * DAY);
      await stop('CN', 'revokeKey', [lost, since]);
      await carryOut(world, 'CN', world.act('ledger', 'registerKey', [member, fresh, world.now(), 0]));
      const [lostKey, freshKey] = [await keyOf(world, lost), await keyOf(world, fresh)];
      expect(lostKey).to.include({ member, compromisedSince: since });
      expect(lostKey.revokedAt).to.be.greaterThan(since + 10 * DAY);
      expect(freshKey).to.include({ member, revokedAt: 0, compromisedSince: 0 });
      // Neither is it given back, nor made good again: only an earlier date can be named.
      const attempt = (name: string, args: readonly unknown[]) => world.attempt(world.places.CN, world.call('ledger', name, args));
      expect(await attempt('registerKey', [member, lost, 1, 0])).to.equal('MembershipKeyTaken');
      expect(await attempt('revokeKey', [lost, 0])).to.equal('MembershipKeyRevoked');
      expect(await attempt('revokeKey', [lost, since + 1])).to.equal('MembershipKeyRevoked');
      expect(await attempt('revokeKey', [lost, since - 1])).to.equal('done');
    });

    it("gives an official's seat to another by the others", async () => {
      const [first, second, lost] = world.officials.CN as [Wallet, Wallet, Wallet];
      const pending = world.act('ledger', 'enrol', [ROLE.NODE, 1, 0, documentOf('profile').leaf]);
      const proposal = proposalAt(world, 'CN', pending);
      expect(await world.send(lost, world.call('CN', 'propose', [pending]))).to.equal('done');
      const at = { chainId: world.chainId, council: world.places.CN };
      const given = await signApproval(lost, at, proposal, CLOSE);
      await carryOut(world, 'CN', world.act('CN', 'replaceSeat', [lost.address, accountOf('CN/4').address]));
      for (const [name, args] of [
        ['propose', [world.act('CN', 'removeSeat', [second.address, 2])]],
        ['approve', [proposal]],
        ['approveBySignature', [proposal, lost.address, CLOSE, given]],
      ] as const) {
        const outcome = await world.send(name === 'approveBySignature' ? first : lost, world.call('CN', name, args));
        expect(outcome, name).to.equal('CouncilNotSeat');
      }
      // The former seat's approval no longer counts, the new one's does.
      expect(await world.send(first, world.call('CN', 'approve', [proposal]))).to.equal('done');
      await world.pass(DELAY);
      expect(await world.send(first, world.call('CN', 'execute', [pending]))).to.equal('CouncilNotReady');
      expect(await world.send(accountOf('CN/4'), world.call('CN', 'approve', [proposal]))).to.equal('done');
      await world.pass(DELAY);
      expect(await world.send(first, world.call('CN', 'execute', [pending]))).to.equal('done');
      members += 1;
      const back = world.call('CN', 'replaceSeat', [accountOf('CN/4').address, lost.address]);
      expect(await world.attempt(world.places.CN, back)).to.equal('CouncilSeatConflict');
    });

    it('replaces an office of a shore by another', async () => {
      const [formerOffice, office] = [accountOf('former customs'), accountOf('customs')];
      const former = await enrol('KR', ROLE.CUSTOMS, formerOffice);
      const lot = documentOf('lot').leaf;
      expect(await world.send(formerOffice, world.call('clearance', 'hold', [lot, REASON.FRAUD]))).to.equal('done');
      await stop('KR', 'suspendMember', [former, REASON.ADMINISTRATIVE]);
      await enrol('KR', ROLE.CUSTOMS, office);
      expect(await world.send(formerOffice, world.call('clearance', 'lift', [lot, REASON.FRAUD]))).to.equal('NotaryAccountNotLive');
      const releasing = world.call('clearance', 'release', [documentOf('declaration').leaf, false, [lot]]);
      expect(await world.send(formerOffice, releasing)).to.equal('NotaryAccountNotLive');
      // The hold is the shore's: its new office takes it off.
      expect(await world.send(office, releasing)).to.equal('SafetyLotOnHold');
      expect(await world.send(office, world.call('clearance', 'lift', [lot, REASON.FRAUD]))).to.equal('done');
      expect(await world.send(office, releasing)).to.equal('done');
    });

    it('replaces all officials of a shore one by one', async () => {
      const former = world.officials.KR;
      const fresh = [11, 12, 13].map((n) => accountOf(`KR/${n}`));
      const seats = [...former];
      for (const [index, seat] of fresh.entries()) {
        const others = seats.filter((_, other) => other !== index);
        await carryOut(world, 'KR', world.act('KR', 'replaceSeat', [seats[index]?.address, seat.address]), others);
        seats[index] = seat;
      }
      const act = world.act('ledger', 'enrol', [ROLE.NODE, 1, 0, documentOf('profile').leaf]);
      for (const seat of former) expect(await world.send(seat, world.call('KR', 'propose', [act]))).to.equal('CouncilNotSeat');
      await carryOut(world, 'KR', act, fresh);
      members += 1;
      expect(await world.read('ledger', 'membersEnrolled')).to.deep.equal([BigInt(members)]);
    });

    it('has no way round a shore that lost its quorum', async () => {
      const closed = await newCouncils();
      const [left] = closed.officials.KR as [Wallet];
      const rescue = closed.act('KR', 'replaceSeat', [closed.officials.KR[1]?.address, accountOf('KR/4').address]);
      expect(await closed.send(left, closed.call('KR', 'propose', [rescue]))).to.equal('done');
      await closed.pass(100 * DAY);
      expect(await closed.send(left, closed.call('KR', 'execute', [rescue]))).to.equal('CouncilNotReady');
      for (const other of ['CN', 'BOTH'] as const) {
        const call = { to: rescue.target, data: rescue.data };
        expect(await closed.attempt(closed.places[other], call)).to.equal('CouncilNotSelf');
      }
      const joint = closed.act('ledger', 'pause', [closed.places.registry, 1]);
      await carryOut(closed, 'CN', closed.act('BOTH', 'propose', [joint]));
      expect(await closed.send(left, closed.call('BOTH', 'execute', [joint]))).to.equal('CouncilNotReady');
      // The other shore goes on by itself.
      await carryOut(closed, 'CN', closed.act('ledger', 'enrol', [ROLE.NODE, 1, 0, documentOf('profile').leaf]));
    });
  });
});

async function keyOf(world: Councils, thumbprint: Hex) {
  const [word] = await world.read('ledger', 'keys', thumbprint);
  return decodeKey(word as bigint);
}
