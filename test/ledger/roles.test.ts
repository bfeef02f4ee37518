import { expect } from 'chai';
import type { BaseWallet, ErrorDescription } from 'ethers';
import { KIND, REASON, ROLE } from '../../protocol/ledger/codes.ts';
import type { Ledger } from '../../types/ethers-contracts/index.ts';
import { documentOf, type NewLedger, newLedger } from './support/newLedger.ts';

const T = 2_000_000_000;
const EVER = 0;
const EXPIRED = T - 1;
const ROLES = Object.values(ROLE);

/** How an account can come to stand; `LIVE` is the one that may write. */
const STANDINGS = ['NEVER_GRANTED', 'LIVE', 'NOT_YET', 'EXPIRED', 'MEMBER_EXPIRED', 'MEMBER_SUSPENDED', 'WITHDRAWN'] as const;
type Standing = (typeof STANDINGS)[number];

/** Who may anchor a kind: docs/spec/ledger.md section 2. */
const ANCHORED_BY: Record<number, readonly number[]> = {
  [KIND.CERTIFICATE_OF_ORIGIN]: [ROLE.CERTIFIER],
  [KIND.LABORATORY_REPORT]: [ROLE.LABORATORY],
  [KIND.EPCIS_EVENTS]: [ROLE.OPERATOR, ROLE.LABORATORY, ROLE.CERTIFIER, ROLE.CUSTOMS, ROLE.REGULATOR],
  [KIND.PRODUCT_PASSPORT]: [ROLE.OPERATOR],
  [KIND.RELEASE]: [ROLE.OPERATOR, ROLE.LABORATORY, ROLE.CERTIFIER, ROLE.CUSTOMS, ROLE.REGULATOR],
};

type Call = (ledger: Ledger, kind: number) => Promise<unknown>;

/** Writes that need a role, and writes that need none but an account. */
const ANCHORING: Record<string, Call> = {
  anchor: (ledger, kind) => ledger.anchor.staticCall(entry(kind)),
  anchorMany: (ledger, kind) => ledger.anchorMany.staticCall([entry(kind)]),
  anchorRoot: (ledger, kind) => ledger.anchorRoot.staticCall(documentOf('root').leaf, 2, kind, 0, []),
  supersede: (ledger, kind) => ledger.supersede.staticCall(documentOf('old').leaf, entry(kind), REASON.REPLACED),
};
const CHANGING: Record<string, Call> = {
  revoke: (ledger) => ledger.revoke.staticCall(documentOf('old').leaf, REASON.FRAUD),
  suspend: (ledger) => ledger.suspend.staticCall(documentOf('old').leaf, REASON.FRAUD),
  reinstate: (ledger) => ledger.reinstate.staticCall(documentOf('suspended').leaf, REASON.FRAUD),
};

/** Functions of the authorities, each on a member of CN. */
const GOVERNING: Record<string, (ledger: Ledger, member: number) => Promise<unknown>> = {
  renew: (ledger, member) => ledger.renew.staticCall(member, ROLE.NODE, 1, 0),
  suspendMember: (ledger, member) => ledger.suspendMember.staticCall(member, REASON.FRAUD),
  reinstateMember: (ledger, member) => ledger.reinstateMember.staticCall(member + 1, REASON.FRAUD),
  changeProfile: (ledger, member) => ledger.changeProfile.staticCall(member, documentOf('profile 2').leaf),
  authoriseAccount: (ledger, member) => ledger.authoriseAccount.staticCall(member, `0x${'77'.repeat(20)}`, 0),
  withdrawAccount: (ledger) => ledger.withdrawAccount.staticCall(`0x${'66'.repeat(20)}`),
  registerKey: (ledger, member) => ledger.registerKey.staticCall(member, documentOf('key 2').leaf, 1, 0),
  revokeKey: (ledger) => ledger.revokeKey.staticCall(documentOf('key').leaf, 0),
};

describe('Ledger', () => {
  describe('roles', () => {
    let chain: NewLedger;
    const accounts = new Map<string, BaseWallet>();

    before(async () => {
      chain = await newLedger();
      await chain.setTime(T - 1_000);
      await prepare(chain, accounts);
    });

    const outcome = (role: number, standing: Standing, call: Call, kind = 0) =>
      errorOf(chain, call(chain.ledger.connect(accounts.get(`${role}/${standing}`) as BaseWallet), kind));

    for (const [name, call] of Object.entries(ANCHORING)) {
      it(`allows ${name} by kind and role alone`, async () => {
        for (const [kind, allowed] of Object.entries(ANCHORED_BY)) {
          for (const role of ROLES) {
            const expected = allowed.includes(role) ? 'done' : 'NotaryRoleMissing';
            expect(await outcome(role, 'LIVE', call, Number(kind)), `kind ${kind}, role ${role}`).to.equal(expected);
          }
        }
      });

      it(`refuses ${name} by accounts that are not live`, async () => {
        for (const role of ROLES) {
          for (const standing of STANDINGS.filter((other) => other !== 'LIVE')) {
            expect(await outcome(role, standing, call, KIND.EPCIS_EVENTS), `${role}, ${standing}`).to.equal('NotaryAccountNotLive');
          }
        }
      });
    }

    for (const [name, call] of Object.entries(CHANGING)) {
      it(`allows ${name} by every live account`, async () => {
        for (const role of ROLES) {
          for (const standing of STANDINGS) {
            const expected = standing === 'LIVE' ? 'done' : 'NotaryAccountNotLive';
            expect(await outcome(role, standing, call), `${role}, ${standing}`).to.equal(expected);
          }
        }
      });
    }

    for (const [name, call] of Object.entries(GOVERNING)) {
      it(`allows ${name} by the member's own authority`, async () => {
        const [member, stranger] = [Number(await chain.ledger.membersEnrolled()) - 2, chain.account('stranger')];
        const live = accounts.get(`${ROLE.REGULATOR}/LIVE`) as BaseWallet;
        const by = (caller: BaseWallet) => errorOf(chain, call(chain.ledger.connect(caller), member));
        expect(await by(chain.china)).to.equal('done');
        for (const other of [chain.korea, stranger, live]) expect(await by(other)).to.equal('MembershipNotAuthority');
      });
    }

    it('allows enrol by both authorities', async () => {
      const by = (caller: BaseWallet) =>
        errorOf(chain, chain.ledger.connect(caller).enrol.staticCall(ROLE.NODE, 1, 0, documentOf('profile').leaf));
      for (const authority of [chain.china, chain.korea]) expect(await by(authority)).to.equal('done');
      expect(await by(chain.account('stranger'))).to.equal('MembershipNotAuthority');
    });

    it('refuses members that nobody enrolled', async () => {
      const authority = chain.ledger.connect(chain.china);
      for (const member of [0, 4_000_000_000]) {
        for (const name of ['renew', 'suspendMember', 'changeProfile', 'authoriseAccount', 'registerKey'] as const) {
          expect(await errorOf(chain, GOVERNING[name]?.(authority, member) as Promise<unknown>), name).to.equal('MembershipMemberUnknown');
        }
      }
    });
  });
});

/** A member for each role and standing, brought there by the authority; then one of CN to govern, a suspended one, and one that bears the key. */
async function prepare(chain: NewLedger, accounts: Map<string, BaseWallet>): Promise<void> {
  const authority = chain.ledger.connect(chain.china);
  for (const role of ROLES) {
    for (const standing of STANDINGS) {
      const account = chain.account(`${role}/${standing}`);
      accounts.set(`${role}/${standing}`, account);
      if (standing !== 'NEVER_GRANTED') await bring(chain, authority, role, account, standing);
    }
  }
  const govern = await enrol(chain, authority, ROLE.NODE, EVER);
  await authority.authoriseAccount(govern, `0x${'66'.repeat(20)}`, 0);
  await authority.registerKey(govern, documentOf('key').leaf, 1, 0);
  const suspended = await enrol(chain, authority, ROLE.NODE, EVER);
  await authority.suspendMember(suspended, REASON.FRAUD);
  await enrol(chain, authority, ROLE.NODE, EVER);
  await chain.setTime(T);
  await chain.send('evm_mine', []);
}

async function bring(chain: NewLedger, authority: Ledger, role: number, account: BaseWallet, standing: Standing): Promise<void> {
  const from = standing === 'NOT_YET' ? T + 1_000 : 1;
  const member = await enrol(chain, authority, role, standing === 'MEMBER_EXPIRED' ? EXPIRED : EVER, from);
  await authority.authoriseAccount(member, account, standing === 'EXPIRED' ? EXPIRED : EVER);
  // Something to reinstate, while the account may still write.
  if (standing !== 'NOT_YET') await chain.ledger.connect(account).suspend(documentOf('suspended').leaf, REASON.FRAUD);
  if (standing === 'MEMBER_SUSPENDED') await authority.suspendMember(member, REASON.FRAUD);
  if (standing === 'WITHDRAWN') await authority.withdrawAccount(account);
}

async function enrol({ ledger }: NewLedger, authority: Ledger, role: number, until: number, from = 1): Promise<number> {
  await authority.enrol(role, from, until, documentOf('profile').leaf);
  return Number(await ledger.membersEnrolled());
}

function entry(kind: number) {
  const { sha256, sm3 } = documentOf('new');
  return { sha256Digest: sha256, sm3Digest: sm3, subject: `0x${'00'.repeat(32)}`, kind, expiresAt: 0 };
}

/** Name of the ledger's error, or `done`. */
async function errorOf({ ledger }: NewLedger, call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    const { data } = error as { data?: string };
    const parsed: ErrorDescription | null = data === undefined ? null : ledger.interface.parseError(data);
    if (parsed === null) throw error;
    return parsed.name;
  }
}
