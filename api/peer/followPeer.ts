import { setTimeout as sleep } from 'node:timers/promises';
import type { Place, RecordRow } from '../../indexer/store/rows.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { KIND, SHORE } from '../../protocol/ledger/codes.ts';
import { errorFacts } from '../http/log.ts';
import type { ApiNode } from '../node.ts';
import { acquireBatch, acquireBody } from './acquire.ts';
import { acquireRelease } from './acquireRelease.ts';

const PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
const RECORDS_A_PAGE = 50;
const BODIES_AT_ONCE = 4;

/** Follows the other shore's records in the background, so that its public documents are here before anybody asks for them. */
export function followPeer(node: ApiNode): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const done = node.peer === undefined ? Promise.resolve() : follow(node, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

async function follow(node: ApiNode, signal: AbortSignal): Promise<void> {
  let pause = PAUSE_MS;
  while (!signal.aborted) {
    try {
      const complete = await round(node, signal);
      pause = complete ? PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
    } catch (error) {
      // The database or the chain may be away for a while.
      if (!signal.aborted) node.log('warn', 'following the peer failed', errorFacts(error));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
    await sleep(pause, undefined, { signal }).catch(() => {});
  }
}

/** One look at every member of the other shore; true where nothing is missing any more. */
async function round(node: ApiNode, signal: AbortSignal): Promise<boolean> {
  const shore = node.config.shore === 'CN' ? SHORE.KR : SHORE.CN;
  let complete = true;
  for (let after: Place | undefined; ; ) {
    const page = await node.index.members({ first: 100, ...(after !== undefined && { after }) }, shore);
    for (const { member } of page.rows) complete = (await followMember(node, member, signal)) && complete;
    after = page.rows.at(-1);
    if (!page.hasNext || after === undefined || signal.aborted) return complete;
  }
}

/** Goes on from the last record before which everything of this member is here. What could not be had is asked for again in the next round. */
async function followMember(node: ApiNode, member: number, signal: AbortSignal): Promise<boolean> {
  const name = `peer/${member}`;
  const kept = node.catalogue.progress(name);
  let after = kept === undefined ? undefined : (JSON.parse(kept) as Place);
  let complete = true;
  for (;;) {
    const page = await node.index.issuerEntries(member, { first: RECORDS_A_PAGE, ...(after !== undefined && { after }) });
    for (const row of page.rows) {
      if (signal.aborted) return false;
      complete = (await followRecord(node, row)) && complete;
      after = { block: row.block, logIndex: row.logIndex };
      if (complete) node.catalogue.keepProgress(name, JSON.stringify(after));
    }
    if (!page.hasNext) return complete;
  }
}

async function followRecord(node: ApiNode, record: RecordRow): Promise<boolean> {
  // A release counts by its own record only (docs/spec/api.md, "Release"): a batch of them names nothing.
  if (record.kind === KIND.RELEASE) return record.anchored.size > 1 || acquireRelease(node, record);
  if (record.anchored.size <= 1) return (await acquireBody(node, record.leafOrRoot, record)) !== 'UNAVAILABLE';
  if (!(await acquireBatch(node, record))) return false;
  const waiting = node.catalogue.leavesOf(record.leafOrRoot);
  let complete = true;
  const work = async () => {
    for (let leaf: Hex | undefined = waiting.pop(); leaf !== undefined; leaf = waiting.pop()) {
      complete = (await acquireBody(node, leaf, record)) !== 'UNAVAILABLE' && complete;
    }
  };
  await Promise.all(Array.from({ length: BODIES_AT_ONCE }, work));
  return complete;
}
