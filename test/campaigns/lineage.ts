/**
 * Compares the lineage graph with brute force on random graphs of every kind of event, error and lateness, and what a reader answers who fetches histories one by
 * one with what is answered from all events; CI compares some hundreds.
 *
 * `npm run campaign:lineage -- [--graphs 10000] [--seed 1]`; exit code 1 when they differ, with the seed and the first difference.
 */
import { parseArgs } from 'node:util';
import { machine } from '../../bench/machine.ts';
import { differences, VIEWS } from '../protocol/lineage/compareWithOracle.ts';
import { ASKED, randomEvents } from '../protocol/lineage/randomEvents.ts';
import { misread } from '../protocol/lineage/readFromHistories.ts';

const { values } = parseArgs({ options: { graphs: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } } });
const first = Number(values.seed);
const graphs = Number(values.graphs);
let events = 0;
let failed = 0;

for (let seed = first; seed < first + graphs; seed++) {
  const records = randomEvents(seed);
  events += records.length;
  const found = [...differences(records, ASKED, VIEWS), ...misread(records, ASKED)];
  if (found.length === 0) continue;
  failed++;
  process.stdout.write(`seed ${seed}: ${found.length} differences, the first:\n${found[0]}\n`);
}

const questions = graphs * ASKED.length * VIEWS.length * 2;
process.stdout.write(
  `${graphs - failed} graphs alike, ${failed} different; ${events} records, ${questions} questions, seeds ${first} to ${first + graphs - 1}; ${machine()}\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
