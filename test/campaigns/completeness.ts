/**
 * Has a node withhold one thing after the other from its answers, and counts what the reader's check makes of it; and checks honest answers for false alarms. CI
 * does some of each.
 *
 * `npm run campaign:completeness -- [--lies 1000] [--honest 10000] [--seed 1]`; exit code 1 where a lie goes through or an honest answer is doubted.
 */
import { parseArgs } from 'node:util';
import { machine } from '../../bench/machine.ts';
import { honestAnswers, type ToldLie, toldLies } from '../sdk/support/completeness.ts';

const { values } = parseArgs({
  options: {
    lies: { type: 'string', default: '1000' },
    honest: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
});
const seed = Number(values.seed);
const say = (line: string) => process.stdout.write(`${line}\n`);

const lies = await toldLies(Number(values.lies), seed);
const missed = lies.filter(({ checked }) => checked.answer === 'VALID' || checked.codes.length === 0);
for (const [kind, told] of Map.groupBy(lies, (lie) => lie.kind)) say(`${String(told.length).padStart(4)}  ${kind}: ${codesOf(told)}`);
for (const lie of missed) say(`missed: ${JSON.stringify({ ...lie, checked: { ...lie.checked, claim: undefined } })}`);

const { asked, sealed, alarms } = await honestAnswers(Number(values.honest), seed);
for (const alarm of alarms) say(`false alarm: ${JSON.stringify({ ...alarm, checked: { ...alarm.checked, claim: undefined } })}`);

say(
  `${lies.length} omissions, ${lies.length - missed.length} caught; ${asked} honest answers, ${alarms.length} false alarms; ${sealed} with sealed documents apart; seed ${seed}; ${machine()}`,
);
process.exitCode = missed.length + alarms.length === 0 ? 0 : 1;

/** Answers and codes, the most frequent first. */
function codesOf(told: readonly ToldLie[]): string {
  const counts = new Map<string, number>();
  for (const { checked } of told) {
    const text = `${checked.answer} ${checked.codes[0] ?? ''}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([text, count]) => `${text} (${count})`)
    .join(', ');
}
