import type { BaseWallet, ContractTransactionResponse } from 'ethers';
import { toUtf8 } from '../../protocol/encoding/utf8.ts';
import { fingerprint } from '../../protocol/hash/fingerprint.ts';
import { KIND, REASON, ROLE } from '../../protocol/ledger/codes.ts';
import { subjectKey } from '../../protocol/ledger/ids.ts';
import { buildTree } from '../../protocol/merkle/tree.ts';
import type { Clearance, Laboratories, Ledger, Registry } from '../../types/ethers-contracts/index.ts';
import { numbers } from './documents.ts';

const NO_SUBJECT = `0x${'00'.repeat(32)}`;
const SALT = `0x${'5a'.repeat(16)}` as const;
const VALID_FROM = 1_700_000_000;
const EXPIRES_AT = 4_000_000_000;
const BATCH = 100;
const LEAVES = 1_000;
const MOST_ACCOUNTS = 16;

/** A ledger to be measured: newly deployed. */
export interface MeasurableLedger {
  readonly ledger: Ledger;
  readonly china: BaseWallet;
  /** Gas of the deployment. */
  readonly deployGas: number;
  /** An account that is always the same for a name, so that its zero bytes are too. */
  account(name: string): BaseWallet;
}

/** A ledger and the contracts beside it, none of them added yet. */
export interface Measurable extends MeasurableLedger {
  readonly clearance: Clearance;
  readonly laboratories: Laboratories;
  readonly registry: Registry;
  readonly korea: BaseWallet;
  /** Acts for both shores together. */
  readonly both: BaseWallet;
  /** Time of the newest block, Unix seconds. */
  now(): Promise<number>;
}

/** Gas by row: `anchor`, `batch100PerDocument`, `root`, `revoke` and `supersede` have bars, the others are for information. */
export type GasRows = Record<string, number>;

/** Runs every kind of write once on a ledger whose issuer has anchored before (steady state), and reads what each used. */
export async function measureGas(bench: MeasurableLedger): Promise<GasRows> {
  const authority = bench.ledger.connect(bench.china);
  const member = await measureMembers(bench, authority);
  const laboratory = bench.ledger.connect(bench.account('laboratory'));
  const first = await gasOf(laboratory.anchor(entry('first')));
  return {
    ...(await measureAnchoring(laboratory)),
    ...(await measureStatus(laboratory)),
    'anchor, first of its issuer': first,
    ...(await measureSubjects(laboratory)),
    ...member.rows,
    ...(await measureFullMember(bench, authority, member.number)),
    deployment: bench.deployGas,
  };
}

async function measureMembers(bench: MeasurableLedger, authority: Ledger): Promise<{ number: number; rows: GasRows }> {
  const account = (name: string): BaseWallet => bench.account(name);
  const enrol = await gasOf(authority.enrol(ROLE.LABORATORY, VALID_FROM, 0, document('profile').leaf));
  const number = Number(await bench.ledger.membersEnrolled());
  const authorise = await gasOf(authority.authoriseAccount(number, account('laboratory'), 0));
  const register = await gasOf(authority.registerKey(number, document('key').leaf, VALID_FROM, 0));
  const revokeKey = await gasOf(authority.revokeKey(document('key').leaf, 0));
  const rows = { enrol, 'authoriseAccount, first': authorise, registerKey: register, revokeKey };
  return { number, rows };
}

async function measureAnchoring(laboratory: Ledger): Promise<GasRows> {
  const anchor = await gasOf(laboratory.anchor(entry('single')));
  const many = await gasOf(laboratory.anchorMany(numbers(BATCH).map((n) => entry(`of many ${n}`))));
  const root = await gasOf(laboratory.anchorRoot(batch().root, LEAVES, KIND.LABORATORY_REPORT, EXPIRES_AT, []));
  return { anchor, batch100PerDocument: Math.ceil(many / BATCH), root };
}

async function measureStatus(laboratory: Ledger): Promise<GasRows> {
  const { leaf } = document('single');
  const suspendable = document('of many 0').leaf;
  const revoke = await gasOf(laboratory.revoke(leaf, REASON.DATA_INCORRECT));
  const supersede = await gasOf(laboratory.supersede(document('of many 1').leaf, entry('successor'), REASON.REPLACED));
  const ofBatch = await gasOf(laboratory.revoke(document('leaf 0').leaf, REASON.DATA_INCORRECT));
  const suspend = await gasOf(laboratory.suspend(suspendable, REASON.UNDER_INVESTIGATION));
  const reinstate = await gasOf(laboratory.reinstate(suspendable, REASON.INVESTIGATION_CLOSED));
  const later = await gasOf(laboratory.revoke(suspendable, REASON.FRAUD));
  return {
    ...{ revoke, supersede, 'revoke, document of a batch': ofBatch, suspend },
    ...{ 'reinstate (second change)': reinstate, 'revoke (third change)': later },
  };
}

async function measureSubjects(laboratory: Ledger): Promise<GasRows> {
  const subjects = (prefix: string) => numbers(BATCH).map((n) => subjectKey(`https://id.gs1.org/01/09506000134352/10/${prefix}${n}`, SALT));
  const [fresh] = subjects('single') as [string];
  const links = (keys: readonly string[]) => keys.map((subject, n) => ({ subject, leaf: document(`leaf ${n}`).leaf }));
  const link = (name: string, keys: readonly string[]) =>
    gasOf(laboratory.anchorRoot(document(name).leaf, LEAVES, KIND.EPCIS_EVENTS, 0, links(keys)));
  const none = await link('root without links', []);
  const perLink = (gas: number) => Math.ceil((gas - none) / BATCH);
  return {
    'anchor, new subject': await gasOf(laboratory.anchor(entry('new subject', fresh))),
    'anchor, known subject': await gasOf(laboratory.anchor(entry('known subject', fresh))),
    'anchorRoot, each of 100 links to new subjects': perLink(await link('root with new subjects', subjects('lot'))),
    'anchorRoot, each of 100 links to known subjects': perLink(await link('root with known subjects', subjects('lot'))),
    'anchorRoot, each of 100 links to one subject': perLink(
      await link(
        'root with one subject',
        numbers(BATCH).map(() => fresh),
      ),
    ),
  };
}

/** Functions that rewrite all accounts of a member, at most 16. */
async function measureFullMember(bench: MeasurableLedger, authority: Ledger, member: number): Promise<GasRows> {
  for (const n of numbers(MOST_ACCOUNTS - 2)) await gasOf(authority.authoriseAccount(member, bench.account(`lane ${n}`), 0));
  const authorise = await gasOf(authority.authoriseAccount(member, bench.account('last lane'), 0));
  const suspend = await gasOf(authority.suspendMember(member, REASON.ADMINISTRATIVE));
  const reinstate = await gasOf(authority.reinstateMember(member, REASON.ADMINISTRATIVE));
  const renew = await gasOf(authority.renew(member, ROLE.LABORATORY, VALID_FROM, EXPIRES_AT));
  const changeProfile = await gasOf(authority.changeProfile(member, document('profile 2').leaf));
  const withdraw = await gasOf(authority.withdrawAccount(bench.account('last lane')));
  return {
    'authoriseAccount, sixteenth': authorise,
    ...{ 'suspendMember, 16 accounts': suspend, 'reinstateMember, 16 accounts': reinstate, 'renew, 16 accounts': renew },
    ...{ changeProfile, 'withdrawAccount, last of 16': withdraw },
  };
}

function document(name: string) {
  return fingerprint(toUtf8(`bench document ${name}`));
}

function entry(name: string, subject: string = NO_SUBJECT) {
  const { sha256, sm3 } = document(name);
  return { sha256Digest: sha256, sm3Digest: sm3, subject, kind: KIND.LABORATORY_REPORT, expiresAt: EXPIRES_AT };
}

function batch() {
  return buildTree(numbers(LEAVES).map((n) => document(`leaf ${n}`).leaf));
}

/** Sends and waits. @throws Error where the transaction reverted */
export async function gasOf(sending: Promise<ContractTransactionResponse>): Promise<number> {
  const receipt = await (await sending).wait();
  if (receipt === null) throw new Error('the transaction has no receipt');
  return Number(receipt.gasUsed);
}
