/**
 * Lines, statements and branches of the contracts that the Solidity tests reach. A branch is one outcome of a condition: of an `if`, a ternary, or a side of
 * `&&` and `||`.
 *
 * `npm run -s coverage -- [--json]`; exit code 1 when anything is not reached.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Point } from './coverage/instrument.ts';
import { measure, treesOf } from './coverage/measure.ts';
import { Compiler } from './solidity/compiler.ts';
import { Runner } from './solidity/runner.ts';
import { readSources } from './solidity/sources.ts';

interface Figures {
  readonly lines: readonly [reached: number, all: number];
  readonly statements: readonly [reached: number, all: number];
  readonly branches: readonly [reached: number, all: number];
  readonly missed: readonly string[];
}

const root = join(import.meta.dirname, '..', '..');
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

const sources = readSources(root);
const compiler = new Compiler();
const { points, reached } = await measure(sources, await treesOf(compiler, sources), compiler, new Runner(root));
await compiler.stop();
const tags = new Set([...reached.values()].flatMap((each) => [...each]));
const figures = figuresOf([...points].map(([tag, point]) => ({ ...point, isReached: tags.has(tag) })));
process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : sentences(figures));
process.exitCode = figures.missed.length === 0 ? 0 : 1;

function figuresOf(all: readonly (Point & { isReached: boolean })[]): Figures {
  const statements = all.filter(({ kind }) => kind === 'statement');
  const branches = all.filter(({ kind }) => kind === 'branch');
  const lineOf = ({ file, firstLine }: Point) => `${file}:${firstLine}`;
  const lines = new Set(statements.map(lineOf));
  const missed = all.filter(({ isReached }) => !isReached);
  const missedLines = new Set(missed.filter(({ kind }) => kind === 'statement').map(lineOf));
  return {
    lines: [lines.size - missedLines.size, lines.size],
    statements: [statements.filter(({ isReached }) => isReached).length, statements.length],
    branches: [branches.filter(({ isReached }) => isReached).length, branches.length],
    missed: missed.map((point) => `${lineOf(point)} ${point.kind}${point.what && `: ${point.what}`}`),
  };
}

function sentences({ lines, statements, branches, missed }: Figures): string {
  const share = ([some, of]: readonly [number, number]) => `${some} of ${of} (${((100 * some) / of).toFixed(2)} %)`;
  const summary = `lines ${share(lines)}, statements ${share(statements)}, branches ${share(branches)}`;
  return `${[...missed.map((each) => `not reached: ${each}`), summary].join('\n')}\n`;
}
