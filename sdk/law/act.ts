import { createHash } from 'node:crypto';
import type { OpenMember } from '../member/openMember.ts';
import { submitUnrefused } from '../notarise/changeStatus.ts';
import type { OutboxCall, Settlement } from '../outbox/outbox.ts';

/**
 * Lets a member make a call of the law, and waits until it has its effect. The same call is made once: asked again after a crash, it goes on; asked again after
 * that, the ledger is asked whether it would refuse, and says so.
 *
 * @param occasion what makes the same call another one: nothing where it can be made only once
 * @throws SdkError with the code of the rule that refuses, and those of the outbox
 */
export async function actAs(member: OpenMember, call: OutboxCall, occasion = ''): Promise<Settlement> {
  const outbox = await member.outbox();
  const id = `law:${createHash('sha256')
    .update(`${call.to ?? ''}\n${call.data}\n${occasion}`)
    .digest('hex')}`;
  try {
    if (!outbox.has(id)) await submitUnrefused(member, outbox, id, call);
    return await outbox.wait(id);
  } finally {
    await outbox.close();
  }
}
