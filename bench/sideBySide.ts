/**
 * Our contracts beside those of others, the same work in one run on one chain: `npm run -s bench:side-by-side -- [--json]`. Writes
 * bench/results/side-by-side.md: gas of the work, and what each system answers to attempts that two shores care about.
 */
import { writeFileSync } from 'node:fs';
import { startBench } from './gas/bench.ts';
import { machine } from './machine.ts';
import { documentStores } from './rivals/documentStores.ts';
import { easSystems } from './rivals/eas.ts';
import { installRivals } from './rivals/packages.ts';
import { ATTEMPTS, type AttemptName, type System, WORK, type WorkName } from './rivals/system.ts';
import { tidemark } from './rivals/tidemark.ts';

interface Measured extends Pick<System, 'name' | 'source' | 'means'> {
  gas: Partial<Record<WorkName, number>>;
  outcomes: Record<AttemptName, string>;
}

const RESULT = new URL('results/side-by-side.md', import.meta.url);

installRivals();
const bench = await startBench();
const systems: Measured[] = [];
try {
  for (const system of [await tidemark(bench), ...(await easSystems(bench)), ...(await documentStores(bench))]) {
    const { name, source, means } = system;
    systems.push({ name, source, means, gas: await system.measure(), outcomes: await system.attempt() });
  }
} finally {
  await bench.stop();
}
const environment = { machine: machine(), engine: bench.engine };
writeFileSync(RESULT, page());
process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify({ ...environment, systems })}\n` : page());

function page(): string {
  return [
    '# Side by side',
    '',
    `Written by \`npm run -s bench:side-by-side\`: every figure is the gas of a transaction, and every outcome the answer to a call, of one run on one chain. ${environment.machine}; ${environment.engine}, cancun.`,
    '',
    ...systems.map(({ name, source, means }) => `- **${name}**: ${means}. ${source}.`),
    '',
    '## Gas of the same work',
    '',
    ...table(WORK, ({ gas }, row) => (gas[row] === undefined ? 'cannot' : gas[row].toLocaleString('en'))),
    '',
    'Ours keeps more of each document than the timestamps and stores do (issuer, kind, both digests, expiry, history), and its revocation has a reason. Replacing is two transactions',
    'with the others, one with ours. Under a root, EAS and the OpenAttestation store take a digest that they cannot tie to the root.',
    '',
    '## What happens when',
    '',
    ...table(ATTEMPTS, ({ outcomes }, row) => outcomes[row]),
    '',
  ].join('\n');
}

function table<Row extends string>(titles: Record<Row, string>, cell: (system: Measured, row: Row) => string): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['', ...systems.map(({ name }) => name)]),
    line(['---', ...systems.map(() => '---')]),
    ...(Object.keys(titles) as Row[]).map((row) => line([titles[row], ...systems.map((system) => cell(system, row))])),
  ];
}
