/**
 * `npm run -s bench:lineage -- [--events 1000,10000,100000,1000000] [--seed 1] [--json]`: lineage up and down at growing ledgers, the recall of an ingredient of
 * 374,401 lots, memory and rate of loading; exit code 1 where a bar is missed.
 *
 * Others run theirs on the same events: `npm run -s bench:lineage -- --write FILE [--events 100000] [--seed 1]` writes them as EPCIS 2.0 JSON, a line each,
 * `{"event":…,"issuer":…,"recordTime":…}`, in the order in which they were captured; `--hub` those of the recall. The questions are in `bench/lineage/ask.ts`.
 */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { askFamilies, askHub, type Loaded, load, type Timing } from './lineage/ask.ts';
import { type Capture, generate, generateHub } from './lineage/generate.ts';
import { machine } from './machine.ts';

/** The median grows by less than this from a hundred thousand events to a million. */
const GROWTH_BAR = 1.5;
const HUB_BAR = 1000;

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000,10000,100000,1000000' },
    seed: { type: 'string', default: '1' },
    write: { type: 'string' },
    hub: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const sizes = values.events.split(',').map(Number);
const seed = Number(values.seed);

if (values.write === undefined) measure();
else await write(values.write, values.hub ? generateHub() : generate(sizes.at(-1) ?? 0, seed));

function measure(): void {
  const ledgers = sizes.map((events) => {
    const loaded = load(generate(events, seed));
    return { events, loading: figuresOf(loaded), questions: askFamilies(loaded.graph, events, seed) };
  });
  const loaded = load(generateHub());
  const hub = { loading: figuresOf(loaded), ...askHub(loaded.graph) };
  const growth = growthOf(ledgers);
  const report = { ledgers, hub, growth, bars: { growth: GROWTH_BAR, hubMilliseconds: HUB_BAR }, machine: machine() };
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : text(report));
  process.exitCode = hub.milliseconds <= HUB_BAR && growth.every(({ factor }) => factor < GROWTH_BAR) ? 0 : 1;
}

type Ledger = { events: number; loading: ReturnType<typeof figuresOf>; questions: Timing[] };

function figuresOf({ eventsPerSecond, bytesPerEvent }: Loaded): { eventsPerSecond: number; bytesPerEvent: number } {
  return { eventsPerSecond, bytesPerEvent };
}

/** How the medians of a million events stand to those of a hundred thousand; nothing where one of them was not measured. */
function growthOf(ledgers: readonly Ledger[]): { question: string; factor: number }[] {
  const [small, large] = [100_000, 1_000_000].map((size) => ledgers.find(({ events }) => events === size)?.questions ?? []);
  return (large ?? []).flatMap(({ question, p50 }) => {
    const before = small?.find((one) => one.question === question);
    return before === undefined ? [] : [{ question, factor: p50 / before.p50 }];
  });
}

function text({
  ledgers,
  hub,
  growth,
}: {
  ledgers: Ledger[];
  hub: { lots: number; milliseconds: number };
  growth: { question: string; factor: number }[];
}): string {
  const lines = ledgers.flatMap(({ events, loading, questions }) => [
    `${events.toLocaleString('en')} events: ${loading.eventsPerSecond.toLocaleString('en')} events/s, ${loading.bytesPerEvent} bytes an event`,
    ...questions.map(
      ({ question, p50, p99, lots, depth }) =>
        `  ${question.padEnd(26)} p50 ${p50.toFixed(3)} ms  p99 ${p99.toFixed(3)} ms  ${lots} lots, depth ${depth} (medians)`,
    ),
  ]);
  const grown = growth.map(({ question, factor }) => `${question}: p50 x ${factor.toFixed(2)} from 10^5 to 10^6 (bar ${GROWTH_BAR})`);
  return [
    ...lines,
    `recall of ${hub.lots.toLocaleString('en')} lots: ${hub.milliseconds.toFixed(0)} ms (bar ${HUB_BAR})`,
    ...grown,
    machine(),
    '',
  ].join('\n');
}

async function write(file: string, captures: Iterable<Capture>): Promise<void> {
  const out = createWriteStream(file);
  for (const capture of captures) if (!out.write(`${JSON.stringify(capture)}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
}
