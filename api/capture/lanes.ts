import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastProvider } from '../../sdk/chain/provider.ts';
import { openAccount } from '../../sdk/keys/accountKey.ts';
import { passwordOf } from '../../sdk/keys/password.ts';
import { type Outbox, openOutbox } from '../../sdk/outbox/outbox.ts';
import type { Deployment } from '../deployment.ts';
import { ApiError } from '../errors.ts';
import type { Log } from '../http/log.ts';

/** The outboxes through which this node anchors captured events, one for each member whose account it holds. */
export interface Lanes {
  /** @throws ApiError `NO_ACCOUNT`, `UNAVAILABLE` */
  outboxOf(slug: string): Promise<Outbox>;
  close(): Promise<void>;
}

/** Opens lanes as they are needed. An account lies at `<folder>/<slug>/account.json`, with its password by `passwordOf`. */
export function openLanes(options: { folder: string; outbox: string; provider: FastProvider; deployment: Deployment; log: Log }): Lanes {
  const { folder, outbox: path, provider, deployment, log } = options;
  const open = new Map<string, Promise<Outbox>>();
  const openLane = async (slug: string): Promise<Outbox> => {
    const home = join(folder, slug);
    const file = join(home, 'account.json');
    if (!/^[a-z0-9-]+$/.test(slug) || !existsSync(file))
      throw new ApiError('NO_ACCOUNT', 'this node holds no account of the member to anchor its events with');
    const signer = openAccount(file, passwordOf(home));
    const outbox = await openOutbox({ path, provider, signer, chainId: deployment.chainId, contract: deployment.contract });
    outbox.events.on('failed', () => log('error', 'anchoring failed', { slug }));
    outbox.events.on('reopened', (count) => log('warn', 'the chain lost blocks, anchoring again', { slug, count }));
    return outbox;
  };
  return {
    async outboxOf(slug) {
      const lane = open.get(slug) ?? openLane(slug);
      open.set(slug, lane);
      try {
        return await lane;
      } catch (error) {
        open.delete(slug);
        if (error instanceof ApiError) throw error;
        throw new ApiError('UNAVAILABLE', 'the member’s account cannot be used now', { cause: error });
      }
    },
    async close() {
      const lanes = await Promise.allSettled(open.values());
      await Promise.all(lanes.map((lane) => (lane.status === 'fulfilled' ? lane.value.close() : undefined)));
    },
  };
}
