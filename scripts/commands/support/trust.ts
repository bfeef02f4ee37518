import { join } from 'node:path';
import type { Trust, Witness } from '../../../protocol/verdict/verdict.ts';
import { SdkError } from '../../../sdk/errors.ts';
import { readTrust } from '../../../sdk/home/home.ts';
import { type NodeClient, nodeClient } from '../../../sdk/node/client.ts';

/** trust.json as nodes and the start command write it: each witness with the address of its node. */
export interface TrustWithNodes extends Trust {
  witnesses: (Witness & { url?: string })[];
}

// A person waits: a node that is down is given up soon.
const TIMEOUT_MS = 10_000;
const RETRIES = 1;

/** The trust file that was named, or that of the home folder. @throws SdkError `FILE_MISSING`, `FILE_MALFORMED` */
export function trustOf({ home, trust }: { home: string; trust?: string }): TrustWithNodes {
  return readTrust(trust ?? join(home, 'trust.json'));
}

/** The nodes that were named, or those of the trusted witnesses. @throws SdkError `MEMBER_UNNAMED` */
export function nodesOf({ witnesses }: TrustWithNodes, named: readonly string[] = []): NodeClient[] {
  const urls = named.length > 0 ? named : witnesses.flatMap(({ url }) => url ?? []);
  if (urls.length === 0)
    throw new SdkError('MEMBER_UNNAMED', 'the trust file names no node', { advice: 'name one or more with --node URL' });
  return urls.map((url) => nodeClient({ url, timeoutMs: TIMEOUT_MS, retries: RETRIES }));
}

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
