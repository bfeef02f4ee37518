/**
 * Runs the fuzz tests of certificates, laboratories and who may do what at many runs each; CI runs them at the 256 of hardhat.config.ts.
 *
 * `npm run campaign:law-fuzz -- [--runs 100000] [--profile fast]`; exit code 1 when anything is done, or refused, against a model.
 */
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { runSuites, sentence } from '../../scripts/suites.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'test', 'contracts');
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100000' }, profile: { type: 'string', default: 'default' } },
});

process.env.FUZZ_RUNS = values.runs;
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.fuzz.t.sol'))
  .map((name) => relative(root, join(folder, name)));
const counts = await runSuites(
  files.map((file) => ({ name: file, command: ['hardhat', 'test', 'solidity', '--build-profile', values.profile, file] })),
);
process.stdout.write(
  `${sentence(counts)}; ${values.runs} runs each, profile ${values.profile}; ${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.versions.node}\n`,
);
process.exitCode = counts.failed === 0 ? 0 : 1;
