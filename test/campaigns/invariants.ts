/**
 * Runs the invariants of the ledger, the law and the councils over many runs of random calls; CI runs them at the 24 x 60 of hardhat.config.ts.
 *
 * `npm run campaign:invariants -- [--runs 10000] [--depth 64] [--seed N] [--profile fast] [Origin Safety ...]`; exit code 1 when a sentence
 * does not hold. Each `invariant_` is a campaign of its own, of runs x depth calls.
 */
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { runSuites, sentence } from '../../scripts/suites.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'test', 'contracts');
const suffix = '.invariant.t.sol';
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '10000' },
    depth: { type: 'string', default: '64' },
    seed: { type: 'string', default: String(Date.now()) },
    profile: { type: 'string', default: 'default' },
  },
});

process.env.INVARIANT_RUNS = values.runs;
process.env.INVARIANT_DEPTH = values.depth;
process.env.FUZZ_SEED = `0x${BigInt(values.seed).toString(16).padStart(64, '0')}`;
const files = readdirSync(folder)
  .filter((name) => name.endsWith(suffix))
  .filter((name) => positionals.length === 0 || positionals.includes(name.slice(0, -suffix.length)))
  .map((name) => relative(root, join(folder, name)));
const counts = await runSuites(
  files.map((file) => ({
    name: file,
    command: ['hardhat', 'test', 'solidity', '--build-profile', values.profile, '--grep', 'invariant_', file],
  })),
);
process.stdout.write(
  `${sentence(counts)}; ${values.runs} runs x depth ${values.depth} each, seed ${values.seed}, profile ${values.profile}; ` +
    `${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.versions.node}\n`,
);
process.exitCode = counts.failed === 0 ? 0 : 1;
