import { type Compilation, type Compiler, failureOf, type Node } from '../solidity/compiler.ts';
import type { Runner } from '../solidity/runner.ts';
import { closureOf, type Sources } from '../solidity/sources.ts';
import { type Instrumented, instrument, type Point } from './instrument.ts';

/** Which points each test file reached. */
export interface Coverage {
  readonly points: ReadonlyMap<string, Point>;
  readonly reached: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The contracts, without their interfaces. */
export function contractsOf(sources: Sources): string[] {
  return [...sources.keys()].filter((file) => /^contracts\/(?!interfaces\/)/.test(file));
}

export function testsOf(sources: Sources): string[] {
  return [...sources.keys()].filter((file) => file.endsWith('.t.sol'));
}

export async function treesOf(compiler: Compiler, sources: Sources): Promise<ReadonlyMap<string, Node>> {
  const files = contractsOf(sources);
  const { sources: trees = {} } = await compiler.compile(closureOf(sources, files), 'trees');
  return new Map(files.flatMap((file) => (trees[file] ? [[file, trees[file].ast] satisfies [string, Node]] : [])));
}

/** Runs every test file on instrumented contracts. */
export async function measure(sources: Sources, trees: ReadonlyMap<string, Node>, compiler: Compiler, runner: Runner): Promise<Coverage> {
  const instrumented = instrument(sources, trees);
  const compilation = await compileTests(instrumented, compiler);
  const reached = new Map<string, ReadonlySet<string>>();
  for (const file of testsOf(sources)) {
    const tags = new Set<string>();
    const only: Compilation = { contracts: { [file]: compilation.contracts?.[file] ?? {} } };
    const onHits = (hits: Uint8Array[]) => {
      for (const hit of hits) tags.add(Buffer.from(hit).toString('hex'));
    };
    const { failures } = await runner.run(only, { onHits });
    if (failures[0]) throw new Error(`${file}: ${failures[0].test} fails`);
    reached.set(file, tags);
  }
  return { points: instrumented.points, reached };
}

async function compileTests({ sources }: Instrumented, compiler: Compiler): Promise<Compilation> {
  const compilation = await compiler.compile(closureOf(sources, testsOf(sources)), testsOf(sources));
  const failure = failureOf(compilation);
  if (failure !== undefined) throw new Error(failure);
  return compilation;
}
