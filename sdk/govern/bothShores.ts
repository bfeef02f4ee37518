import { setTimeout as sleep } from 'node:timers/promises';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { LedgerAt } from '../chain/readState.ts';
import { revertReason } from '../chain/revertReason.ts';
import { SdkError } from '../errors.ts';
import type { OutboxCall } from '../outbox/outbox.ts';
import { type Council, calling, effectOf, readAuthority } from './council.ts';
import { type Act, encodeCouncil, NEVER, proposalOf, saltOf } from './councilCalls.ts';
import { approvalSlot, proposalSlot } from './councilSlots.ts';

/** A call that both shores are to make together. */
export interface JointCall extends OutboxCall {
  /** The same id is the same act. */
  id: string;
}

const GAS = 400_000;
const POLL_MS = 200;
const PATIENCE_MS = 60_000;

/**
 * Lets both shores' councils, whose seats are on this machine, act together: the one proposes at the council of both, the other approves there, and after the
 * delay the acts are executed, in their order. Done again after a crash, it goes on and doubles nothing.
 *
 * @throws SdkError `REVERTED`, `NOT_READY`: the delay of the council of both is longer than this waits
 */
export async function actForBoth(calls: readonly JointCall[], [proposer, approver]: [Council, Council], ledger: LedgerAt): Promise<void> {
  const council = await readAuthority(ledger, 'BOTH');
  const at = { chainId: ledger.chainId, council };
  const acts = calls.map((call) => {
    const act = { target: call.to ?? ledger.contract, data: call.data, salt: saltOf(call.id), expiresAt: NEVER };
    return { call, act, proposal: proposalOf(at, act) };
  });
  for (const { call, act, proposal } of acts)
    await proposer.submit(`${call.id}/of-both`, calling(at, 'propose', [act], { slot: proposalSlot(proposal), at: council }));
  for (const { call } of acts) await proposer.wait(`${call.id}/of-both`);
  for (const { call, proposal } of acts) {
    const effect = { slot: approvalSlot(proposal, approver.address), at: council };
    await approver.submit(`${call.id}/of-both`, calling(at, 'approve', [proposal], effect));
  }
  for (const { call } of acts) await approver.wait(`${call.id}/of-both`);
  for (const { call, act } of acts) {
    if (!proposer.lane.has(call.id)) await waitForDelay(ledger, proposer, council, act);
    await proposer.lane.submit(call.id, {
      ...calling(at, 'execute', [act], effectOf(call, ledger)),
      gasLimit: call.gasLimit + GAS,
    });
    await proposer.lane.wait(call.id);
  }
}

/** Asks the chain whether the act could be executed now. Another refusal than for the delay is the act's own, and is told when it is sent. */
async function waitForDelay({ provider }: LedgerAt, { lane }: Council, council: Hex, act: Act): Promise<void> {
  const call = { from: lane.lane, to: council, data: encodeCouncil('execute', [act]) };
  const deadline = Date.now() + PATIENCE_MS;
  // Of the block to come: a chain that only makes blocks when something is sent has an old newest one.
  while ((await revertReason(provider, call, 'pending')).startsWith('CouncilNotReady')) {
    if (Date.now() > deadline)
      throw new SdkError('NOT_READY', 'the delay of the council of both shores is not over', {
        advice: 'execute the act later: tidemark govern execute',
      });
    await sleep(POLL_MS);
  }
}
