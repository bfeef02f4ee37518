import { expect } from 'chai';
import type { Wallet } from 'ethers';
import hre from 'hardhat';
import { ACTION, type CompanionKindName } from '../../protocol/law/codes.ts';
import { ROLE, type RoleName } from '../../protocol/ledger/codes.ts';
import { accountOf, type Call, CLOSE, type Councils, DELAY, deploy, newCouncils, proposalAt, signApproval } from './support/newCouncils.ts';
import type { Caller, Part } from './support/roleCallers.ts';
import { type RoleRow, readRoleTables } from './support/roleTable.ts';
import { ISSUER, newRoleWorld, type RoleWorld, SHORES } from './support/roleWorld.ts';

const PARTS = { Ledger: 'ledger', Clearance: 'clearance', Laboratories: 'laboratories', Registry: 'registry' } as const;
const COMPANIONS = ['Clearance', 'Laboratories', 'Registry'] as const;
const CONTRACTS = [...Object.keys(PARTS), 'Council'];
const TABLES = readRoleTables();

/** What says that it was the caller, and not what it asked for. */
const REFUSALS: ReadonlySet<string> = new Set([
  ...['NotaryAccountNotLive', 'NotaryRoleMissing', 'CompanionRoleMissing', 'CompanionShoreWrong', 'MembershipNotAuthority'],
  ...['CompanionsUnknown', 'CouncilNotSelf', 'CouncilNotSeat', 'OriginFieldInvalid: caller'],
]);

describe('docs/ROLES.md', () => {
  it('has a table for each contract', () => {
    expect([...TABLES.keys()]).to.deep.equal(CONTRACTS);
  });

  for (const contract of CONTRACTS) {
    it(`has a row for each function of ${contract}`, async () => {
      const { abi } = await hre.artifacts.readArtifact(contract);
      const changing = (abi as readonly { type: string; name?: string; stateMutability?: string }[]).filter(
        ({ type, stateMutability }) => type !== 'constructor' && type !== 'event' && type !== 'error' && !isReading(stateMutability),
      );
      expect(rowsOf(contract).map(({ name }) => name)).to.have.members(changing.map(({ name, type }) => name ?? type));
    });
  }

  describe('of the ledger and its companions', () => {
    let world: RoleWorld;

    before(async function () {
      this.timeout(60_000);
      world = await newRoleWorld();
    });

    for (const [contract, part] of Object.entries(PARTS)) {
      for (const row of rowsOf(contract)) {
        it(`says who may call ${contract}.${row.name}`, async () => {
          const [wrong, done] = await compare(world, part, row);
          expect(wrong).to.deep.equal([]);
          // A refusal says something only of a call that could have been done.
          expect(done, `nobody can call ${row.name} with these arguments`).to.be.greaterThan(0);
        });
      }
    }

    for (const part of [PARTS.Clearance, PARTS.Laboratories, PARTS.Registry]) {
      it(`lets nobody carry words into the ${part} in the ledger`, async () => {
        const answers = await Promise.all(world.callers.map(({ address }) => world.attemptInOffice(part, 'carry', [[]], address)));
        expect(new Set(answers)).to.deep.equal(new Set(['CompanionNoSuccessor']));
      });
    }

    for (const contract of COMPANIONS) {
      it(`says what of ${contract} can be paused`, async () => {
        const named = new Set(rowsOf(contract).map(({ pausable }) => pausable));
        const actions = Object.entries(ACTION[contract.toUpperCase() as CompanionKindName]);
        expect([...named].filter((name) => name !== 'never')).to.have.members(
          actions.filter(([, number]) => number < 128).map(([name, number]) => `${name} (${number})`),
        );
        for (const pausable of named) {
          const bits = pausable === 'never' ? 0n : 1n << BigInt(/\d+/.exec(pausable)?.[0] as string);
          await world.whilePaused(PARTS[contract], bits, async () => {
            expect(await pausedOf(world, contract), pausable).to.have.members(
              pausable === 'never' ? [] : rowsOf(contract).flatMap((row) => (row.pausable === pausable ? [row.name] : [])),
            );
          });
        }
        await world.whilePaused(PARTS[contract], 2n ** 128n - 1n, async () => {
          const never = rowsOf(contract).filter(({ pausable }) => pausable === 'never');
          const paused = await pausedOf(world, contract);
          expect(never.filter(({ name }) => paused.includes(name))).to.deep.equal([]);
        });
      });
    }
  });

  describe('of the councils', () => {
    let world: Councils;

    before(async () => {
      world = await newCouncils();
    });

    it('says who may call them', async () => {
      const { callers, calls } = await prepareCouncil(world);
      const wrong: string[] = [];
      for (const { name, who } of rowsOf('Council')) {
        let done = 0;
        for (const [caller, from] of Object.entries(callers)) {
          const call = calls[name] as Call;
          // The ledger is adopted once: that is tried at a council that has none yet.
          const by = caller === 'the council itself' ? call.to : from;
          const answer = await world.attempt(by, call);
          if (answer === 'done') done += 1;
          const isRefused = REFUSALS.has(answer) || (name === 'withdrawApproval' && answer === 'CouncilApprovalUnchanged');
          if (isRefused === mayAtCouncil(who, caller)) wrong.push(`${name} by ${caller}: ${answer}, though the table says "${who}"`);
        }
        expect(done, `nobody can call ${name} with these arguments`).to.be.greaterThan(0);
      }
      expect(wrong).to.deep.equal([]);
    });
  });
});

function isReading(mutability?: string): boolean {
  return mutability === 'view' || mutability === 'pure';
}

function rowsOf(contract: string): readonly RoleRow[] {
  return TABLES.get(contract) ?? [];
}

/** The cells of a function that are not as its row says, and how many of its calls could be done. */
async function compare(world: RoleWorld, part: Part, row: RoleRow): Promise<[wrong: string[], done: number]> {
  const args = world.args[part][row.name];
  if (args === undefined) throw new Error(`no arguments for ${row.name}`);
  const wrong: string[] = [];
  let done = 0;
  for (const caller of world.callers) {
    const answer = await world.attempt(part, row.name, args, caller.address);
    if (answer === 'done') done += 1;
    if (REFUSALS.has(answer) === may(row, caller)) {
      wrong.push(`${row.name} by ${caller.name}, ${caller.standing}: ${answer}, though the table says "${row.who}", shore "${row.shore}"`);
    }
  }
  return [wrong, done];
}

/** Functions of a contract that are refused as paused to whom the table lets in. */
async function pausedOf(world: RoleWorld, contract: (typeof COMPANIONS)[number]): Promise<string[]> {
  const paused: string[] = [];
  for (const row of rowsOf(contract)) {
    const caller = world.callers.find((one) => may(row, one)) as Caller;
    const args = world.args[PARTS[contract]][row.name] as readonly unknown[];
    const answer = await world.attempt(PARTS[contract], row.name, args, caller.address);
    if (answer === 'CompanionsActionPaused') paused.push(row.name);
  }
  return paused;
}

// ---------------------------------------------------------- what a row says

function may({ who, shore }: RoleRow, caller: Caller): boolean {
  if (who === 'both shores') return caller.is === 'BOTH';
  if (who === 'a companion') return caller.is === 'companion';
  if (who === 'anybody, until it is in the ledger') return true;
  if (who === 'authority of either shore') return caller.is === 'CN' || caller.is === 'KR';
  if (who === `authority of ${shore.replace(/'s$/, "'s shore")}`) return caller.is === shoreOf(shore);
  const { member, standing } = caller;
  if (member === undefined || standing !== 'LIVE') return false;
  if (shore !== 'either' && member.shore !== shoreOf(shore)) return false;
  return who === 'any live account' || rolesOf(who).some((role) => mayAs(role, member));
}

function mayAs(role: string, member: { number: number; role: RoleName }): boolean {
  const [, issuing, name] = /^(the issuing )?(\w+)$/.exec(role) as RegExpExecArray;
  return member.role === name && (issuing === undefined || member.number === ISSUER);
}

function rolesOf(who: string): string[] {
  const roles = who.split(/, (?:or )?/);
  if (roles.some((role) => !(role.replace('the issuing ', '') in ROLE))) throw new Error(`nobody is called "${who}"`);
  return roles;
}

function shoreOf(shore: string): string {
  const known = SHORES[shore];
  if (known === undefined) throw new Error(`no shore is called "${shore}"`);
  return known;
}

function mayAtCouncil(who: string, caller: string): boolean {
  if (who === 'anybody') return true;
  if (who === 'a seat') return caller.startsWith('a seat');
  if (who === 'whoever approved') return caller === 'a seat that approved';
  if (who === 'the council itself') return caller === who;
  throw new Error(`nobody is called "${who}" at a council`);
}

// --------------------------------------------------------------- the council

/** The council of CN with an act that one seat approved and one that is ready, and a council that knows no ledger. */
async function prepareCouncil(world: Councils) {
  const [first, second, third] = world.officials.CN as [Wallet, Wallet, Wallet];
  const enrol = () => world.act('ledger', 'enrol', [ROLE.NODE, 1, 0, `0x${'11'.repeat(32)}`]);
  const [open, ready, next] = [enrol(), enrol(), enrol()];
  for (const act of [open, ready]) await world.send(first, world.call('CN', 'propose', [act]));
  await world.send(second, world.call('CN', 'approve', [proposalAt(world, 'CN', ready)]));
  await world.pass(DELAY);
  const fresh = await deploy(world, 'Council', [[accountOf('first').address], 1, DELAY, []]);
  const proposal = proposalAt(world, 'CN', open);
  const signature = await signApproval(third, { chainId: world.chainId, council: world.places.CN }, proposal, CLOSE);
  const at = (name: string, ...args: unknown[]) => world.call('CN', name, args);
  const newcomer = accountOf('newcomer').address;
  return {
    callers: {
      'a seat that approved': first.address,
      'a seat': second.address,
      'the council itself': world.places.CN,
      'a stranger': accountOf('stranger').address,
    },
    calls: {
      propose: at('propose', next),
      approve: at('approve', proposal),
      approveBySignature: at('approveBySignature', proposal, third.address, CLOSE, signature),
      withdrawApproval: at('withdrawApproval', proposal),
      execute: at('execute', ready),
      replaceSeat: at('replaceSeat', third.address, newcomer),
      addSeat: at('addSeat', newcomer, 3),
      removeSeat: at('removeSeat', third.address, 2),
      adoptLedger: { ...at('adoptLedger', world.places.ledger), to: fresh },
    } as Record<string, Call>,
  };
}
