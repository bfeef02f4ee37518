/** `npm test`: every test suite, then one line with the sum. */
import { runSuites, sentence } from './suites.ts';

const mocha = (folder: string, timeout: number) =>
  ['mocha', '--no-config', '--extension', 'ts', '--timeout', String(timeout), `${folder}/**/*.test.ts`] as const;

const counts = await runSuites([
  { name: 'contracts', command: ['hardhat', 'test', 'solidity'] },
  { name: 'ledger', command: ['hardhat', 'test', 'mocha'] },
  { name: 'parts', command: ['mocha'] },
  { name: 'browser', command: mocha('test/browser', 60_000) },
  { name: 'system', command: mocha('test/system', 300_000) },
]);
process.stdout.write(`${sentence(counts)}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
