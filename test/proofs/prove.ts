/**
 * `npm run proofs`: proves the invariants of the kernels (test/contracts/kernel) with the compiler's SMT checker, and that none is proved
 * any more of a kernel without the line that guards it. Compares the outcome with docs/proofs.md; `-- --write` writes it. Exit code 1 when
 * anything is not proved, a control is, or the page differs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { alone, type Invariant, invariants, unguarded } from './kernel.ts';
import { compilerVersion, decide, type Verdict } from './smtChecker.ts';
import { type Solver, startSolver } from './solver.ts';

interface Result {
  readonly invariant: Invariant;
  readonly proof: Verdict;
  readonly control: Verdict;
}

const page = join(import.meta.dirname, '..', '..', 'docs', 'proofs.md');
const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });

const results = await proveAll(invariants());
const text = pageOf(results);
if (values.write) writeFileSync(page, text);
const failed = results.filter((result) => !holds(result)).length;
const isAsKept = withoutMeasures(text) === withoutMeasures(readFileSync(page, 'utf8'));
if (!isAsKept) process.stdout.write('docs/proofs.md differs: npm run proofs -- --write\n');
process.stdout.write(`${results.length - failed} passed, ${failed + (isAsKept ? 0 : 1)} failed, 0 skipped\n`);
process.exitCode = failed === 0 && isAsKept ? 0 : 1;

/** As many at a time as the machine has processors, in the order of the kernels. */
async function proveAll(wanted: readonly Invariant[]): Promise<Result[]> {
  const found: Result[] = [];
  const waiting = [...wanted.entries()];
  const work = async () => {
    const solver = startSolver();
    for (let next = waiting.shift(); next; next = waiting.shift()) found[next[0]] = await prove(next[1], solver);
    solver.stop();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return found;
}

async function prove(invariant: Invariant, solver: Solver): Promise<Result> {
  const [kept, changed] = [alone(invariant).join('\n'), unguarded(invariant).join('\n')];
  if (kept === changed) throw new Error(`${invariant.code} names no line that guards it`);
  const result = { invariant, proof: await decide(kept, solver), control: await decide(changed, solver) };
  const { proof, control } = result;
  process.stdout.write(
    `${holds(result) ? 'ok  ' : 'FAIL'} ${invariant.code} ${proof.outcome} (${proof.seconds.toFixed(1)} s), without its guard ${control.outcome} (${control.seconds.toFixed(1)} s): ${invariant.sentence}\n`,
  );
  return result;
}

function holds({ proof, control }: Result): boolean {
  return proof.outcome === 'proved' && control.outcome !== 'proved';
}

function pageOf(found: readonly Result[]): string {
  const rows = found.map(
    ({ invariant: { code, sentence, kernel }, proof, control }) =>
      `| ${code} | ${sentence} | \`${kernel.path}\` | ${proof.outcome} | ${control.outcome === 'unknown' ? 'not proved' : control.outcome} | ${proof.seconds.toFixed(1)} | ${control.seconds.toFixed(1)} |`,
  );
  return [
    '# Proofs',
    '',
    'Written by `npm run proofs -- --write`; `npm run proofs` proves all of it again and compares. Each sentence holds after any number of calls in any order by anybody:',
    "the compiler's SMT checker (engine `chc`, no bound) asks, Z3 answers. The control is the same kernel without the line marked `guards` for that sentence: there the solver",
    'finds calls that break it (`refuted`), or comes to no answer within the time in which it proves the guarded kernel many times over (`not proved`). What kernels are, and what ties them to the deployed contracts: [INVARIANTS.md](INVARIANTS.md).',
    '',
    `- compiler: solc ${compilerVersion()}`,
    `- solver: ${found[0]?.proof.solver} (npm z3-solver)`,
    `- measured on: ${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`,
    '',
    '| no. | sentence | kernel | proof | control | proof, s | control, s |',
    '|---|---|---|---|---|---:|---:|',
    ...rows,
    '',
  ].join('\n');
}

/** Times, how far a search came in them, and the machine differ from run to run. */
function withoutMeasures(text_: string): string {
  return text_.replaceAll(/ \| (?:refuted|not proved) \| [\d.]+ \| [\d.]+ \|$/gm, '').replace(/^- measured on: .*$/m, '');
}
