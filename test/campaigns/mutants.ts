/**
 * Breaks the contracts in one place at a time and runs the Solidity tests that reach it; counts what no test notices. Writes docs/mutants.md after a whole run.
 *
 * `npm run -s campaign:mutants -- [--count 210] [--seed 1] [--contract Name] [--operator name] [--only ID] [--jobs 2] [--budget minutes] [--fresh]`; exit code 1 when a mutant
 * survives that mutants/equivalent.ts does not explain. `--fresh` forgets the outcomes of earlier runs on the same sources.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure, treesOf } from './coverage/measure.ts';
import { remembered } from './coverage/remember.ts';
import { whyEquivalent } from './mutants/equivalent.ts';
import { Judge } from './mutants/judge.ts';
import { LedgerSuite } from './mutants/ledgerSuite.ts';
import { Memory } from './mutants/memory.ts';
import { type Mutant, mutantsOf } from './mutants/mutant.ts';
import { type Judged, pageOf, sentences } from './mutants/report.ts';
import { type Share, sharesOf } from './mutants/sample.ts';
import { Compiler } from './solidity/compiler.ts';
import { Runner } from './solidity/runner.ts';
import { readSources } from './solidity/sources.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '210' },
    seed: { type: 'string', default: '1' },
    contract: { type: 'string' },
    operator: { type: 'string' },
    only: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    budget: { type: 'string', default: '600' },
    fresh: { type: 'boolean', default: false },
  },
});
const root = join(import.meta.dirname, '..', '..');
const memoryPath = join(root, 'cache', 'mutants.json');
const coveragePath = join(root, 'cache', 'reach.json');
const deadline = Date.now() + Number(values.budget) * 60_000;
const started = Date.now();
const [count, seed] = [Number(values.count), Number(values.seed)];

if (values.fresh) for (const path of [memoryPath, coveragePath]) rmSync(path, { force: true });
const sources = readSources(root);
const compiler = new Compiler();
const runner = new Runner(root);
const trees = await treesOf(compiler, sources);
const coverage = await remembered(coveragePath, sources, () => measure(sources, trees, compiler, runner));
await compiler.stop();
const memory = new Memory(memoryPath);
const candidates = mutantsOf(sources, trees).filter(isWanted);
const judged = await campaign();
const figures = { candidates: candidates.length, seed, wanted: count };
const machine = `${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`;
const minutes = ((Date.now() - started) / 60_000).toFixed(0);
process.stdout.write(`${sentences(judged, figures)}; ${minutes} min with ${memory.remembered} outcomes of earlier runs; ${machine}\n`);
const isWhole = [values.contract, values.operator, values.only].every((each) => each === undefined);
if (isWhole) writeFileSync(join(root, 'docs', 'mutants.md'), pageOf(judged, figures));
process.exitCode = judged.some(({ verdict, reason }) => verdict.is === 'survived' && reason === undefined) ? 1 : 0;

function isWanted({ id, file, operator }: Mutant): boolean {
  if (values.only !== undefined) return id === values.only;
  const name = basename(file, '.sol');
  return (values.contract ?? name) === name && (values.operator ?? operator) === operator;
}

/** As many lanes as jobs take the files' shares in turns. */
async function campaign(): Promise<Judged[]> {
  const wanted = Math.min(count, candidates.length);
  const slots = slotsOf(sharesOf(candidates, wanted, seed));
  const ledgerSuite = new LedgerSuite(root, sources, memory);
  const surroundings = { sources, coverage, memory, runner, ledgerSuite, kills: new Map<string, number>() };
  const first = new Judge(surroundings);
  await first.requirePassing();
  await first.stop();
  const lanes = Array.from({ length: Number(values.jobs) }, async () => {
    const judge = new Judge(surroundings);
    const done: Judged[] = [];
    for (let slot = slots.shift(); slot !== undefined && Date.now() < deadline; slot = slots.shift()) {
      const result = await fill(slot, judge);
      if (result !== undefined) done.push(result);
    }
    await judge.stop();
    return done;
  });
  const judged = (await Promise.all(lanes)).flat();
  ledgerSuite.remove();
  return candidates.flatMap((candidate) => judged.filter(({ mutant }) => mutant === candidate));
}

/** One place in the sample for each mutant that is wanted of a file, the files in turns: a run that is out of its budget has tried something of all. */
function slotsOf(shares: readonly Share[]): Share[] {
  return shares
    .flatMap((share) => Array.from({ length: share.wanted }, (_, index) => ({ share, turn: (index + 0.5) / share.wanted })))
    .sort((a, b) => a.turn - b.turn)
    .map(({ share }) => share);
}

/** The file's next mutant that compiles. */
async function fill({ queue }: Share, judge: Judge): Promise<Judged | undefined> {
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    const verdict = await judge.judge(mutant);
    if (verdict.is === 'not compiled') continue;
    const reason = verdict.is === 'survived' ? whyEquivalent(mutant) : undefined;
    if (verdict.is === 'survived') process.stderr.write(`survived: ${mutant.id}${reason ? ', equivalent' : ''}\n`);
    return { mutant, verdict, reason };
  }
  return undefined;
}
