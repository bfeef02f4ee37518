import type { ContractTransactionResponse, Interface } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { fromHex, toHex } from '../../protocol/encoding/hex.ts';
import { KIND, REASON, ROLE, reasonName, statusName } from '../../protocol/ledger/codes.ts';
import { EMPTY_HEAD, extendHead, recordId } from '../../protocol/ledger/ids.ts';
import { decodeRecord } from '../../protocol/ledger/words.ts';
import { hashChildren } from '../../protocol/merkle/node.ts';
import { buildTree } from '../../protocol/merkle/tree.ts';
import { verifyInclusion } from '../../protocol/merkle/verify.ts';
import type { Ledger } from '../../types/ethers-contracts/index.ts';
import type { GasBench } from '../gas/bench.ts';
import { digest, entryOf, goodsOf, keyOf, leafOf, numbers, packCourse, pair } from '../gas/documents.ts';
import { ALL_TESTS, CK_FTA, DAY, type Law, PANEL, prepareLaw, SHORES } from '../gas/law.ts';
import { gasOf } from '../gas/measure.ts';
import { type AttemptName, outcomeOf, type System, type WorkName } from './system.ts';

const EXPIRES_AT = 4_000_000_000;
const BATCH = 100;
const LEAVES = 1_000;
const ARRANGEMENT = 1;
const NO_SUCH_ARRANGEMENT = 9;

/** Ours. */
export async function tidemark(bench: GasBench): Promise<System> {
  const law = await prepareLaw(bench);
  const laboratory = law.anchoring.laboratory;
  await gasOf(laboratory.anchor(report('first')));
  return {
    name: 'Tidemark',
    source: `contracts of this commit, ${bench.compiler}`,
    means: 'a record with issuer, kind, both digests, time, expiry and place in the issuer’s history',
    measure: () => measure(bench, laboratory, Number(law.members.laboratory)),
    attempt: () => attempt(bench, law),
  };
}

async function measure(bench: GasBench, laboratory: Ledger, member: number): Promise<Record<WorkName, number>> {
  const one = await gasOf(laboratory.anchor(report('one')));
  const hundred = await gasOf(laboratory.anchorMany(numbers(BATCH).map((n) => report(`of 100, ${n}`))));
  const root = await gasOf(laboratory.anchorRoot(tree().root, LEAVES, KIND.LABORATORY_REPORT, EXPIRES_AT, []));
  return {
    ...{ one, hundred: Math.ceil(hundred / BATCH), root },
    revoke: await gasOf(laboratory.revoke(leafOf('one'), REASON.DATA_INCORRECT)),
    revokeUnderRoot: await gasOf(laboratory.revoke(leafOf('leaf 7'), REASON.DATA_INCORRECT)),
    replace: await gasOf(laboratory.supersede(leafOf('of 100, 1'), report('successor'), REASON.REPLACED)),
    status: Number(await bench.ledger.recordOf.estimateGas(recordId(member, leafOf('one') as Hex))),
    deployment: bench.deployGas,
  };
}

async function attempt(bench: GasBench, law: Law): Promise<Record<AttemptName, string>> {
  const { ledger } = bench;
  const tried = (sending: Promise<ContractTransactionResponse>) => outcomeOf(sending, ...faces(bench));
  const laboratory = law.anchoring.laboratory;
  const member = Number(law.members.laboratory);
  const statusOf = async (name: string) => decodeRecord(await ledger.recordOf(recordId(member, leafOf(name) as Hex)));
  const other = await secondLaboratory(bench);
  const outsider = ledger.connect(bench.account('outsider'));

  const squatters = [await tried(outsider.anchor(report('squatted'))), await tried(other.anchor(report('squatted')))];
  const squat = `outsider ${squatters[0]}, another laboratory ${squatters[1]} under its own name; then the laboratory ${await tried(laboratory.anchor(report('squatted')))}`;
  const foreign = [
    await tried(outsider.revoke(leafOf('squatted'), REASON.FRAUD)),
    await tried(other.revoke(leafOf('squatted'), REASON.FRAUD)),
  ];
  const stays = statusName((await statusOf('squatted')).status);
  const twice = await tried(laboratory.anchor(report('squatted')));
  await gasOf(laboratory.revoke(leafOf('squatted'), REASON.FRAUD));
  const revoked = await statusOf('squatted');
  return {
    ...{ squat, twice },
    foreignRevocation: `outsider ${foreign[0]}, another laboratory ${foreign[1]} for its own copy; the laboratory's stays ${stays}`,
    again: await tried(laboratory.anchor(report('squatted'))),
    innerNode: innerNodePasses() ? 'taken for a document' : 'refused by the verifier',
    afterRevocation: String(statusName(revoked.status)),
    why: `${new Date(revoked.changedAt * 1000).toISOString().slice(0, 10)}, ${reasonName(revoked.reason)}`,
    successor: await successorOf(bench, law),
    completeness: await completenessOf(bench),
    scope: await tried(law.laboratory.registerReport(leafOf('out of scope'), facts('out of scope', law.now, ALL_TESTS + 1n))),
    use: await useTwice(bench, law),
    acceptance: await acceptTwice(bench, law),
  };
}

async function secondLaboratory({ ledger, china, account }: GasBench): Promise<Ledger> {
  const authority = ledger.connect(china);
  await gasOf(authority.enrol(ROLE.LABORATORY, 1, 0, digest('second laboratory')));
  await gasOf(authority.authoriseAccount(await ledger.membersEnrolled(), account('second laboratory'), 0));
  return ledger.connect(account('second laboratory'));
}

async function successorOf({ ledger }: GasBench, { anchoring, members }: Law): Promise<string> {
  const member = Number(members.laboratory);
  const [old, next] = ['replaced', 'replacing'].map((name) => recordId(member, leafOf(name) as Hex)) as [Hex, Hex];
  await gasOf(anchoring.laboratory.anchor(report('replaced')));
  await gasOf(anchoring.laboratory.supersede(leafOf('replaced'), report('replacing'), REASON.REPLACED));
  const { status } = decodeRecord(await ledger.recordOf(old));
  const leads = (await ledger.successors(old)) === next;
  return `${statusName(status)}, ${leads ? 'and the state leads to it' : 'and the state does not lead to it'}`;
}

/** An issuer with three documents: with one of them left out, the head that the contract keeps does not come out. */
async function completenessOf(bench: GasBench): Promise<string> {
  const { ledger, korea, account } = bench;
  const authority = ledger.connect(korea);
  await gasOf(authority.enrol(ROLE.LABORATORY, 1, 0, digest('laboratory of three')));
  const member = Number(await ledger.membersEnrolled());
  await gasOf(authority.authoriseAccount(member, account('laboratory of three'), 0));
  const names = ['first of three', 'second of three', 'third of three'];
  for (const name of names) await gasOf(ledger.connect(account('laboratory of three')).anchor(report(name)));
  const ids = names.map((name) => recordId(member, leafOf(name) as Hex));
  const head = BigInt(await ledger.issuerHeads(member));
  const agrees = (list: readonly Hex[]) => BigInt(list.reduce<Hex>(extendHead, EMPTY_HEAD)) === head;
  if (!agrees(ids)) throw new Error('the head of the whole history must come out');
  return agrees(ids.filter((_, n) => n !== 1)) ? 'not noticed' : 'noticed: the head in the state differs';
}

async function useTwice(bench: GasBench, { certifier, customs, anchoring, members, now }: Law): Promise<string> {
  const goods = goodsOf('used', 1);
  await gasOf(
    certifier.register({
      ...{ leaf: leafOf('used'), number: digest('number used'), regime: CK_FTA, destination: SHORES.CN, issuedOn: now - DAY },
      lines: goods.map(keyOf),
    }),
  );
  await gasOf(anchoring.certifier.anchor(entryOf('used', KIND.CERTIFICATE_OF_ORIGIN)));
  const consume = (declaration: string) =>
    outcomeOf(customs.consume(pair(members.certifier, leafOf('used')), digest(declaration), goods), ...faces(bench));
  return `${await consume('declaration 1')}, then ${await consume('declaration 2')}`;
}

async function acceptTwice(bench: GasBench, { laboratory, regulator, anchoring, members, now }: Law): Promise<string> {
  const accept = async (name: string, arrangement: number) => {
    await gasOf(laboratory.registerReport(leafOf(name), facts(name, now, ALL_TESTS)));
    await gasOf(anchoring.laboratory.anchor(report(name)));
    const judgement = digest(`judgement of ${name}`);
    return outcomeOf(
      regulator.accept(members.laboratory, leafOf(name), facts(name, now, ALL_TESTS), arrangement, judgement),
      ...faces(bench),
    );
  };
  return `${await accept('covered', ARRANGEMENT)}, then ${await accept('not covered', NO_SUCH_ARRANGEMENT)}`;
}

function innerNodePasses(): boolean {
  const { root, path } = tree();
  const [sibling, ...above] = path(0) as [Hex, ...Hex[]];
  const inner = toHex(hashChildren(fromHex(leafOf('leaf 0') as Hex), fromHex(sibling)));
  if (!verifyInclusion({ leaf: leafOf('leaf 0') as Hex, index: 0, size: LEAVES, path: path(0), root })) throw new Error('a leaf must pass');
  return verifyInclusion({ leaf: inner, index: 0, size: LEAVES, path: above, root });
}

function facts(name: string, now: number, tests: bigint) {
  return { lot: digest(`lot of ${name}`), tests, course: packCourse(PANEL, now - 20 * DAY, now - 15 * DAY) };
}

function report(name: string) {
  return { ...entryOf(name, KIND.LABORATORY_REPORT), expiresAt: EXPIRES_AT };
}

function tree() {
  return buildTree(numbers(LEAVES).map((n) => leafOf(`leaf ${n}`) as Hex));
}

function faces({ ledger, clearance, laboratories }: GasBench): Interface[] {
  return [clearance, laboratories, ledger].map((contract) => contract.interface as unknown as Interface);
}
