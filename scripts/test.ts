/** `npm test`: every test suite, then one line with the sum. */
import { runSuites, sentence } from './suites.ts';

const counts = await runSuites([
  { name: 'contracts', command: ['hardhat', 'test', 'solidity'] },
  { name: 'ledger', command: ['hardhat', 'test', 'mocha', 'test/ledger/*.test.ts'] },
  { name: 'protocol, sdk, indexer, api, web, docs', command: ['mocha'] },
]);
process.stdout.write(`${sentence(counts)}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
