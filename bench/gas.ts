/** `npm run -s bench:gas -- [--json]`: gas of every write, as used by real transactions, against the bars; exit code 1 where one is missed. */
import { BARS } from './gas/bars.ts';
import { startBench } from './gas/bench.ts';
import { measureLaw } from './gas/law.ts';
import { type GasRows, measureGas } from './gas/measure.ts';

const bench = await startBench();
const rows = await measureAll().finally(() => bench.stop());
const barred = Object.fromEntries(Object.keys(BARS).map((name) => [name, rows[name]]));
const missed = Object.entries(BARS).filter(([name, bar]) => !((rows[name] ?? Number.POSITIVE_INFINITY) <= bar));

process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify(barred)}\n` : table(rows));
process.exitCode = missed.length === 0 ? 0 : 1;

async function measureAll(): Promise<GasRows> {
  return { ...(await measureGas(bench)), ...(await measureLaw(bench)) };
}

function table(measured: GasRows): string {
  const lines = Object.entries(measured).map(([name, gas]) => {
    const bar = (BARS as Record<string, number>)[name];
    const figure = gas.toLocaleString('en').padStart(11);
    return `${name.padEnd(50)}${figure}${bar === undefined ? '' : `   ${gas <= bar ? 'within' : 'OVER'} ${bar.toLocaleString('en')}`}`;
  });
  return [
    ...lines,
    '',
    `code: ${Object.entries(bench.codeSizes)
      .map(([name, bytes]) => `${name} ${bytes}`)
      .join(', ')} bytes; ${bench.compiler}`,
    `engine: ${bench.engine}, cancun, Node ${process.version}`,
    '',
  ].join('\n');
}
