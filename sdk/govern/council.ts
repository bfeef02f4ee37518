import { join } from 'node:path';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { ShoreName } from '../../protocol/ledger/codes.ts';
import { SHORE } from '../../protocol/ledger/codes.ts';
import { authoritySlot } from '../../protocol/ledger/slots.ts';
import { type LedgerAt, readWord } from '../chain/readState.ts';
import { SdkError } from '../errors.ts';
import type { Signer } from '../keys/signer.ts';
import { type Outbox, type OutboxCall, openOutbox, type Settlement } from '../outbox/outbox.ts';
import { approvalMessage, type CouncilAt, encodeCouncil, NEVER, proposalOf, saltOf } from './councilCalls.ts';
import { approvalSlot, proposalSlot } from './councilSlots.ts';
import { councilFolder, openSeats } from './seats.ts';

/** Takes calls that an authority is to make, each done once whatever crashes; an outbox of a member has the same two functions. */
export interface Acting {
  submit(id: string, call: OutboxCall): Promise<void>;
  wait(id: string): Promise<Settlement>;
}

/** A shore's council, with enough of its seats on this machine to act. */
export interface Council extends Acting {
  readonly shore: ShoreName;
  readonly address: Hex;
  /** The lane of the first seat: for calls that anybody may make, such as executing an act of both shores. */
  readonly lane: Outbox;
  close(): Promise<void>;
}

/** Gas of proposing and approving an act, and of executing it besides the act itself. */
const GAS = 400_000;

/**
 * Opens a shore's council: its first seat proposes, the others that are needed approve by signature, and the act is executed.
 *
 * @throws SdkError `QUORUM_NOT_HERE`, those of keys and outbox
 */
export async function openCouncil(home: string, shore: ShoreName, ledger: LedgerAt): Promise<Council> {
  const address = await readAuthority(ledger, shore);
  const seats = openSeats(home, shore);
  const needed = await readThreshold(ledger, address);
  if (seats.length < needed) {
    throw new SdkError(
      'QUORUM_NOT_HERE',
      `${needed} seats of the council of ${shore} must agree, and ${seats.length} are on this machine`,
      {
        advice: 'let each official act for himself: tidemark govern propose, approve, execute',
      },
    );
  }
  const [first, ...others] = seats.slice(0, needed) as [Signer, ...Signer[]];
  const lane = await openOutbox({ path: join(councilFolder(home, shore), 'outbox.sqlite'), signer: first, ...ledger });
  const at = { chainId: ledger.chainId, council: address };
  return {
    ...{ shore, address, lane },
    async submit(id, call) {
      const act = { target: call.to ?? ledger.contract, data: call.data, salt: saltOf(id), expiresAt: NEVER };
      const proposal = proposalOf(at, act);
      await lane.submit(`${id}/propose`, calling(at, 'propose', [act], { slot: proposalSlot(proposal), at: address }));
      for (const seat of others) await lane.submit(`${id}/approve/${seat.address}`, await approval(at, proposal, seat));
      const execute = calling(at, 'execute', [act], effectOf(call, ledger));
      await lane.submit(id, { ...execute, gasLimit: call.gasLimit + GAS });
    },
    wait: (id) => lane.wait(id),
    close: () => lane.close(),
  };
}

/** Lets a council adopt the ledger that it governs; does nothing where it was asked before. @throws SdkError `REVERTED` */
export async function adoptLedger(council: Council, { contract }: LedgerAt): Promise<void> {
  await council.submit('adopt', { to: council.address, data: encodeCouncil('adoptLedger', [contract]), gasLimit: GAS });
  await council.wait('adopt');
}

/** Address of the council that acts for a shore, or for both together. */
export async function readAuthority(ledger: LedgerAt, shore: ShoreName | 'BOTH'): Promise<Hex> {
  const word = await readWord(ledger, authoritySlot(SHORE[shore]));
  return `0x${word.toString(16).padStart(40, '0')}`;
}

/** A call of a council, as an outbox takes it. */
export function calling({ council }: CouncilAt, name: string, args: readonly unknown[], effect: OutboxCall['effect']): OutboxCall {
  const call = { to: council, data: encodeCouncil(name, args), gasLimit: GAS };
  return effect === undefined ? call : { ...call, effect };
}

async function approval(at: CouncilAt, proposal: Hex, seat: Signer): Promise<OutboxCall> {
  const signature = await seat.signTypedData(approvalMessage(at, proposal, NEVER));
  const effect = { slot: approvalSlot(proposal, seat.address), at: at.council };
  return calling(at, 'approveBySignature', [proposal, seat.address, NEVER, signature], effect);
}

/** Where the call itself shows: in the contract that it is of. */
export function effectOf({ to, effect }: OutboxCall, ledger: LedgerAt): OutboxCall['effect'] {
  return effect !== undefined && 'slot' in effect ? { at: to ?? ledger.contract, ...effect } : effect;
}

async function readThreshold({ provider }: LedgerAt, council: Hex): Promise<number> {
  const answer = (await provider.send('eth_call', [{ to: council, data: encodeCouncil('threshold', []) }, 'latest'])) as Hex;
  return Number(BigInt(answer));
}
