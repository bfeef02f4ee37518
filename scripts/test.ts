/** `npm test`: every test suite, then one line with the sum. */
import { runSuites, sentence } from './suites.ts';

const mocha = (folder: string, timeout: number) =>
  ['mocha', '--no-config', '--extension', 'ts', '--timeout', String(timeout), `${folder}/**/*.test.ts`] as const;

const counts = await runSuites([
  // Solidity tests by the compiler's other pipeline, in a quarter of the time; what is deployed is compiled as it is deployed, and measured by the ledger suite.
  { name: 'contracts', command: ['hardhat', 'test', 'solidity', '--build-profile', 'fast'] },
  { name: 'compile', command: ['hardhat', 'build', '--no-tests'], counts: 'exit code' },
  { name: 'ledger', command: ['hardhat', 'test', 'mocha', '--no-compile'] },
  { name: 'parts', command: ['mocha'] },
  { name: 'browser', command: mocha('test/browser', 60_000) },
  { name: 'system', command: mocha('test/system', 300_000) },
]);
process.stdout.write(`${sentence(counts)}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
