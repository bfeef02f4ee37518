import { fetchStamps } from './source/fetchRange.ts';
import type { BlockStamp } from './source/ledgerLog.ts';
import type { LedgerProvider } from './source/provider.ts';
import type { BlockRow } from './store/tables.ts';
import type { IndexWriter } from './store/write.ts';

const STEP = 64;
/** Blocks of each branch that an alarm names one by one. */
const NAMED = 64;

/** Why blocks are taken back. */
export type ForkCode = 'REORG' | 'CHAIN_SHORTER';

/**
 * Finds the newest indexed block that the chain still has, takes back what is above it, and raises an alarm that names both branches. On a chain with
 * finality this is a security incident; on the embedded one it is what a crash of the chain looks like.
 *
 * @returns the number of indexed blocks taken back
 */
export async function resolveFork(writer: IndexWriter, provider: LedgerProvider, code: ForkCode, signal: AbortSignal): Promise<number> {
  const abandoned: BlockRow[] = [];
  const adopted: BlockStamp[] = [];
  let ancestor: BlockRow | undefined;
  let from = writer.state.tip?.number ?? -1;
  while (ancestor === undefined && from >= 0) {
    const blocks = await writer.blocksDownFrom(from, STEP);
    const stamps = await fetchStamps(
      provider,
      blocks.map(({ number }) => number),
      signal,
    );
    const agreed = blocks.findIndex((block, index) => stamps[index]?.hash.equals(block.hash) === true);
    const parted = agreed < 0 ? blocks.length : agreed;
    abandoned.push(...blocks.slice(0, parted));
    adopted.push(...stamps.slice(0, parted).filter((stamp) => stamp !== undefined));
    ancestor = blocks[agreed];
    from = (blocks.at(-1)?.number ?? 0) - 1;
  }
  if (abandoned.length > 0) await writer.rewind(ancestor, { code, facts: factsOf(ancestor, abandoned, adopted) });
  return abandoned.length;
}

function factsOf(ancestor: BlockRow | undefined, abandoned: readonly BlockRow[], adopted: readonly BlockStamp[]): Record<string, unknown> {
  return {
    ancestor: ancestor === undefined ? null : named(ancestor),
    abandonedBlocks: abandoned.length,
    abandonedLogs: abandoned.reduce((sum, { logs }) => sum + logs, 0),
    abandoned: abandoned.slice(0, NAMED).map((block) => ({ ...named(block), logs: block.logs })),
    adopted: adopted.slice(0, NAMED).map(named),
  };
}

function named({ number, hash }: BlockStamp | BlockRow): { number: number; hash: string } {
  return { number, hash: `0x${hash.toString('hex')}` };
}
