/** `npm run check`: format, lint, imports, types, Solidity format and lint, unused code. */
import { runSuites, sentence } from './suites.ts';

const counts = await runSuites([
  { name: 'format, lint, imports', command: ['biome', 'ci', '.'], counts: 'exit code' },
  { name: 'types', command: ['tsc', '--noEmit', '-p', '.'], counts: 'exit code' },
  { name: 'solidity format', command: ['forge', 'fmt', '--check', 'contracts', 'test/contracts'], counts: 'exit code' },
  { name: 'solidity lint', command: ['solhint', '--noPoster', '--max-warnings', '0', 'contracts/**/*.sol'], counts: 'exit code' },
  { name: 'unused code', command: ['knip'], counts: 'exit code' },
]);
process.stdout.write(`${sentence(counts)}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
