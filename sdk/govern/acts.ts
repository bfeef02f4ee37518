import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Interface } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { clearanceAbi } from '../../protocol/law/abi/clearance.ts';
import { councilAbi } from '../../protocol/law/abi/council.ts';
import { laboratoriesAbi } from '../../protocol/law/abi/laboratories.ts';
import { ledgerAbi } from '../../protocol/ledger/abi.ts';
import type { ShoreName } from '../../protocol/ledger/codes.ts';
import type { LedgerAt } from '../chain/readState.ts';
import { revertReason } from '../chain/revertReason.ts';
import { SdkError } from '../errors.ts';
import { writeDurably } from '../files/writeDurably.ts';
import type { Signer } from '../keys/signer.ts';
import { companionOf } from '../law/companions.ts';
import { refusedBy } from '../law/refusal.ts';
import { type OutboxCall, openOutbox, type Settlement } from '../outbox/outbox.ts';
import { calling, readAuthority } from './council.ts';
import { type Act, encodeCouncil, proposalOf, saltOf } from './councilCalls.ts';
import { councilFolder } from './seats.ts';

/** Contracts that a council can be told to call. */
export const TARGETS = ['ledger', 'clearance', 'laboratories', 'council'] as const;
/** Name of one of them; `council` is the council itself. */
export type TargetName = (typeof TARGETS)[number];

/** A council: of one shore, or of both. */
export type CouncilName = ShoreName | 'BOTH';

/** An act with its id, as officials pass it on to each other. */
export interface KeptAct extends Act {
  proposal: Hex;
  /** Whose act it is. */
  council: CouncilName;
  /** As it was written, for people. */
  call: string;
}

const ABIS: Readonly<Record<TargetName, Interface>> = {
  ledger: new Interface(ledgerAbi),
  clearance: new Interface(clearanceAbi),
  laboratories: new Interface(laboratoriesAbi),
  council: new Interface(councilAbi),
};
const THIRTY_DAYS = 30 * 86_400;

/**
 * Writes an act down: what a council is to do, in a file that is passed on to the other officials.
 *
 * @param call such as `ledger.suspendMember(4, 6)`: a contract, one of its functions, and its arguments as JSON
 * @throws SdkError `CALL_MALFORMED`
 */
export async function writeAct(home: string, ledger: LedgerAt, council: CouncilName, call: string, now: number): Promise<KeptAct> {
  const address = await readAuthority(ledger, council);
  const { target, data } = await parseCall(ledger, address, call);
  const act: Act = { target, data, salt: `0x${randomBytes(32).toString('hex')}`, expiresAt: now + THIRTY_DAYS };
  return keep(home, { ...act, proposal: proposalOf({ chainId: ledger.chainId, council: address }, act), council, call });
}

/** Reads an act that was written down or passed on. @throws SdkError `FILE_MISSING` */
export function readAct(home: string, proposal: string): KeptAct {
  const path = join(home, 'acts', `${proposal}.json`);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as KeptAct;
  } catch (cause) {
    throw new SdkError('FILE_MISSING', `there is no ${path}`, { advice: 'ask the official who proposed the act for its file', cause });
  }
}

/** One seat of a shore proposes the act, or approves it; for an act of both shores, its shore's council is to do so, which is an act of its own. */
export async function speak(
  home: string,
  ledger: LedgerAt,
  { shore, seat, word }: { shore: ShoreName; seat: Signer; word: 'propose' | 'approve' },
  act: KeptAct,
): Promise<KeptAct> {
  const own = act.council === 'BOTH' ? await speechOf(home, ledger, shore, word, act) : act;
  if (own.council !== shore)
    throw new SdkError('OTHER_SHORE', `this is an act of ${own.council}`, { advice: `let a seat of ${own.council} speak` });
  const at = { chainId: ledger.chainId, council: await readAuthority(ledger, shore) };
  // The first of a shore to speak for an act of both proposes his own council's speech; the others approve it.
  const isNew = !(await isProposed(ledger, at.council, own.proposal));
  const call = isNew ? calling(at, 'propose', [actOf(own)], undefined) : calling(at, 'approve', [own.proposal], undefined);
  await send(home, ledger, shore, seat, call, `${isNew ? 'propose' : 'approve'}:${own.proposal}:${seat.address}`);
  return own;
}

/** Executes an act that has its quorum and whose delay is over. @throws SdkError with the refusal's code */
export async function execute(home: string, ledger: LedgerAt, shore: ShoreName, seat: Signer, act: KeptAct): Promise<Settlement> {
  const at = { chainId: ledger.chainId, council: await readAuthority(ledger, act.council) };
  const call = calling(at, 'execute', [actOf(act)], undefined);
  return send(home, ledger, shore, seat, { ...call, gasLimit: 2_000_000 }, `execute:${act.proposal}`);
}

/** Makes calls that anybody may make from a seat's account, each once. */
export function actingSeat(
  home: string,
  ledger: LedgerAt,
  shore: ShoreName,
  seat: Signer,
): (id: string, call: OutboxCall) => Promise<void> {
  return async (id, call) => {
    await send(home, ledger, shore, seat, call, id);
  };
}

/** What a shore's council has to do so that the council of both hears it: proposing there, or approving. */
function speechOf(home: string, ledger: LedgerAt, shore: ShoreName, word: 'propose' | 'approve', act: KeptAct): Promise<KeptAct> {
  const data = word === 'propose' ? encodeCouncil('propose', [actOf(act)]) : encodeCouncil('approve', [act.proposal]);
  return readAuthority(ledger, 'BOTH').then(async (target) => {
    const speech: Act = { target, data, salt: saltOf(`${word}:${act.proposal}`), expiresAt: act.expiresAt };
    const at = { chainId: ledger.chainId, council: await readAuthority(ledger, shore) };
    return keep(home, { ...speech, proposal: proposalOf(at, speech), council: shore, call: `council of both: ${word} ${act.call}` });
  });
}

function keep(home: string, act: KeptAct): KeptAct {
  const folder = join(home, 'acts');
  mkdirSync(folder, { recursive: true });
  writeDurably(join(folder, `${act.proposal}.json`), `${JSON.stringify(act, undefined, 2)}\n`);
  return act;
}

function actOf({ target, data, salt, expiresAt }: KeptAct): Act {
  return { target, data, salt, expiresAt };
}

async function isProposed({ provider }: LedgerAt, council: Hex, proposal: Hex): Promise<boolean> {
  const answer = (await provider.send('eth_call', [{ to: council, data: encodeCouncil('proposals', [proposal]) }, 'latest'])) as Hex;
  return BigInt(answer.slice(0, 66)) !== 0n;
}

async function send(home: string, ledger: LedgerAt, shore: ShoreName, seat: Signer, call: OutboxCall, id: string): Promise<Settlement> {
  const outbox = await openOutbox({ path: join(councilFolder(home, shore), 'seats.sqlite'), signer: seat, ...ledger });
  try {
    if (!outbox.has(id)) {
      const reason = await revertReason(ledger.provider, { from: seat.address, to: call.to ?? ledger.contract, data: call.data }, 'latest');
      if (reason !== '') throw refusedBy(reason);
      await outbox.submit(id, call);
    }
    return await outbox.wait(id);
  } finally {
    await outbox.close();
  }
}

async function parseCall(ledger: LedgerAt, council: Hex, call: string): Promise<{ target: Hex; data: Hex }> {
  const match = /^(\w+)\.(\w+)\((.*)\)$/s.exec(call.trim());
  const name = match?.[1] as TargetName;
  if (match === null || !TARGETS.includes(name))
    throw malformed(call, `write CONTRACT.FUNCTION(ARGUMENTS), the contract being one of ${TARGETS.join(', ')}`);
  try {
    const data = ABIS[name].encodeFunctionData(match[2] as string, JSON.parse(`[${match[3]}]`)) as Hex;
    return { target: await targetOf(ledger, council, name), data };
  } catch (cause) {
    if (cause instanceof SdkError) throw cause;
    throw malformed(call, cause instanceof Error ? cause.message : String(cause));
  }
}

async function targetOf(ledger: LedgerAt, council: Hex, name: TargetName): Promise<Hex> {
  if (name === 'ledger') return ledger.contract;
  if (name === 'council') return council;
  return (await companionOf(ledger, name === 'clearance' ? 'CLEARANCE' : 'LABORATORIES')).at.contract;
}

function malformed(call: string, advice: string): SdkError {
  return new SdkError('CALL_MALFORMED', `"${call}" is no call of a contract`, { advice });
}
