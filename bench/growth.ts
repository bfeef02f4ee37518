/**
 * Measures whether any write costs more on a fuller ledger: `npm run -s bench:growth -- [--json]`. Writes bench/results/growth.md.
 *
 * One chain is filled with 1,000, 10,000, 100,000 and 1,000,000 of everything, straight in its storage; at each size a chain that goes on from it runs every
 * writing function. As a control a second ledger gets its 1,000 by 1,000 calls of the contracts' own functions: every row must use the same gas there. Exit
 * code 1 where a row grows by more than `PER_DOUBLING`, the control differs, or a writing function was left out.
 */
import { writeFileSync } from 'node:fs';
import { forkOf, type GasBench, startBench } from './gas/bench.ts';
import { addCompanions, measureRules, prepareLaw } from './gas/law.ts';
import { type GasRows, measureGas } from './gas/measure.ts';
import { functionsNotCalled } from './growth/coverage.ts';
import { fill, WORDS_EACH } from './growth/fill.ts';
import { ANCHOR_ON_LONG_HISTORY, anchorOnLongHistory, measureHistories } from './growth/histories.ts';
import { measureOtherWrites } from './growth/otherWrites.ts';
import { makeByCalls } from './growth/realCalls.ts';
import { machine } from './machine.ts';

const SIZES = [1_000, 10_000, 100_000, 1_000_000] as const;
const [SMALLEST] = SIZES;
/** Gas by which a row may grow where n doubles: a number in the calldata gets a byte longer now and then (12 gas), a hash in it has another zero byte. One storage read more would be 2,100. */
const PER_DOUBLING = 16;
/** On every chain the clock shows the same, and goes on by a second a block: the zero bytes of times are then the same too. */
const CLOCK = 2_000_000_000;
const RESULT = new URL('results/growth.md', import.meta.url);
const ONE_STATE = ['--prune-history', '1', '--transaction-block-keeper', '16'];

const note = (text: string) => process.stderr.write(`${text}\n`);
const injected = await startBench(ONE_STATE);
const columns = new Map<number, GasRows>();
let control: GasRows;
try {
  await addCompanions(injected);
  let filled = 0;
  for (const size of SIZES) {
    await fill(injected, filled, size);
    filled = size;
    note(`${size.toLocaleString('en')} of everything are in the storage`);
    columns.set(size, await measureFork(injected, (fork) => measureAll(fork, size)));
  }
} finally {
  await injected.stop();
}
const called = await startBench();
try {
  await makeByCalls(called, SMALLEST);
  note(`${SMALLEST.toLocaleString('en')} of everything were made by calls`);
  control = await measureFork(called, measureControl);
} finally {
  await called.stop();
}
report();

/** Everything, on one chain that starts from the filled one. */
async function measureAll(fork: GasBench, n: number): Promise<GasRows> {
  const first = (await fork.provider.getBlockNumber()) + 1;
  const basic = await measureGas(fork);
  const law = await prepareLaw(fork);
  const rows = {
    ...basic,
    ...(await measureRules(law)),
    ...(await measureOtherWrites(fork, law)),
    ...(await measureHistories(fork, law, n)),
  };
  const missing = await functionsNotCalled(fork, first);
  if (missing.length > 0) throw new Error(`not measured: ${missing.join(', ')}`);
  return rows;
}

/** The same on the ledger of the control, whose issuer and subject have their n records by calls. */
async function measureControl(fork: GasBench): Promise<GasRows> {
  const basic = await measureGas(fork);
  const law = await prepareLaw(fork);
  const rows = { ...basic, ...(await measureRules(law)), ...(await measureOtherWrites(fork, law)) };
  const issuer = fork.ledger.connect(fork.account('real certifier'));
  return { ...rows, [ANCHOR_ON_LONG_HISTORY]: await anchorOnLongHistory(issuer) };
}

async function measureFork(bench: GasBench, measure: (fork: GasBench) => Promise<GasRows>): Promise<GasRows> {
  const fork = await forkOf(bench);
  try {
    await fork.provider.send('evm_setNextBlockTimestamp', [CLOCK]);
    await fork.provider.send('anvil_setBlockTimestampInterval', [1]);
    return await measure(fork);
  } finally {
    await fork.stop();
  }
}

function report(): void {
  const rows = Object.keys(columns.get(SMALLEST) as GasRows).map((name) => {
    const gas = SIZES.map((size) => (columns.get(size) as GasRows)[name] as number);
    const growing = SIZES.filter((size, at) => (gas[at] as number) - (gas[0] as number) > PER_DOUBLING * Math.log2(size / SMALLEST));
    const byCalls = control[name];
    return { name, gas, byCalls, grows: growing.length > 0, differs: byCalls !== undefined && byCalls !== gas[0] };
  });
  const failed = rows.filter(({ grows, differs }) => grows || differs);
  const environment = { machine: machine(), engine: injected.engine, compiler: injected.compiler };
  const text = [
    '# Gas of every write on a ledger of n of everything',
    '',
    `Written by \`npm run -s bench:growth\`. ${environment.machine}; ${environment.engine}, cancun; ${environment.compiler}.`,
    '',
    `n members, accounts, keys, records, heads, certificates, goods lines, inquiries, lots, alerts, periods, reports and filings stand in the storage (${WORDS_EACH} words for each), and the counters are at n.`,
    'Rows "with n …" act on one thing that has n entries behind it; counters of 16 bits end at 65,530.',
    `Bound: ${PER_DOUBLING} gas each time n doubles. "By calls": the same at n = ${SMALLEST.toLocaleString('en')} made by the contracts' own functions instead of put into the storage.`,
    '',
    `| | ${SIZES.map((size) => `n = ${size.toLocaleString('en')}`).join(' | ')} | growth | by calls |`,
    `|---|${'---:|'.repeat(SIZES.length + 2)}`,
    ...rows.map(({ name, gas, byCalls, grows, differs }) => {
      const growth = (gas.at(-1) as number) - (gas[0] as number);
      const same = byCalls === undefined ? '' : differs ? `${byCalls.toLocaleString('en')} DIFFERS` : 'same';
      return `| ${name} | ${gas.map((figure) => figure.toLocaleString('en')).join(' | ')} | ${growth}${grows ? ' OVER' : ''} | ${same} |`;
    }),
    '',
    `${rows.length} rows, ${failed.length} over the bound or different. Every writing function of the five contracts was called.`,
    '',
  ].join('\n');
  writeFileSync(RESULT, text);
  const json = { ...environment, sizes: SIZES, rows: rows.map(({ name, gas, byCalls }) => ({ name, gas, byCalls })) };
  process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify(json)}\n` : text);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
