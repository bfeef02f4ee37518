import type { BaseContract, Interface, Result } from 'ethers';
import type { GasBench } from '../gas/bench.ts';

/** What only the contracts beside the ledger may call, as part of each of their own functions. */
const CALLED_BY_COMPANIONS = ['Ledger.enter', 'Ledger.enterAsAuthority'];

/** Writing functions of the contracts that no transaction from a block on has called, nor a council for it. */
export async function functionsNotCalled(bench: GasBench, firstBlock: number): Promise<string[]> {
  const { ledger, clearance, laboratories, registry, council, successors } = bench;
  const contracts: [name: string, contract: BaseContract][] = [
    ...companionsOf({ clearance, laboratories, registry }),
    ...companionsOf(successors),
    ['Ledger', ledger],
    ['Council', council],
  ];
  const faces = new Map<string, [name: string, face: Interface]>();
  for (const [name, contract] of contracts) faces.set((await contract.getAddress()).toLowerCase(), [name, contract.interface]);
  const called = new Set<string>(CALLED_BY_COMPANIONS);
  const note = (to: string, data: string): void => {
    const [name, face] = faces.get(to.toLowerCase()) ?? [];
    const call = face?.parseTransaction({ data });
    if (call == null) return;
    called.add(`${name}.${call.name}`);
    if (name === 'Council' && call.name === 'execute') note(...targetOf(call.args));
  };
  for (const { to, data } of await transactionsFrom(bench, firstBlock)) if (to !== null) note(to, data);
  const writing = [...faces.values()].flatMap(([name, face]) =>
    face.fragments.filter(isWriting).map((fragment) => `${name}.${'name' in fragment ? fragment.name : ''}`),
  );
  return [...new Set(writing)].filter((name) => !called.has(name));
}

function companionsOf({ clearance, laboratories, registry }: GasBench['successors']): [name: string, contract: BaseContract][] {
  return [
    ['Clearance', clearance],
    ['Laboratories', laboratories],
    ['Registry', registry],
  ];
}

function targetOf(args: Result): [to: string, data: string] {
  const [{ target, data }] = args as unknown as [{ target: string; data: string }];
  return [target, data];
}

function isWriting(fragment: { type: string; stateMutability?: string }): boolean {
  return fragment.type === 'function' && !['view', 'pure'].includes(fragment.stateMutability ?? '');
}

async function transactionsFrom({ provider }: GasBench, firstBlock: number): Promise<{ to: string | null; data: string }[]> {
  const newest = await provider.getBlockNumber();
  const heights = Array.from({ length: newest - firstBlock + 1 }, (_, n) => firstBlock + n);
  const blocks = await Promise.all(heights.map((height) => provider.getBlock(height, true)));
  return blocks.flatMap((block) => block?.prefetchedTransactions ?? []);
}
