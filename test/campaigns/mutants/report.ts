import type { Verdict } from './judge.ts';
import type { Mutant } from './mutant.ts';
import { OPERATORS } from './operators.ts';

/** A mutant that compiles, what came of it, and for a survivor why it is none. */
export interface Judged {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
  readonly reason: string | undefined;
}

interface Figures {
  readonly candidates: number;
  readonly wanted: number;
  readonly seed: number;
}

/** The closing lines of a run. */
export function sentences(judged: readonly Judged[], { candidates, seed }: Figures): string {
  const { killed, equivalent, survived } = countsOf(judged);
  const listed = judged
    .filter(isOpen)
    .map(({ mutant }) => `survived: ${mutant.id} in ${mutant.within}: ${oneLine(mutant.was)} => ${oneLine(mutant.by)}`);
  return [
    ...listed,
    `${judged.length} mutants of ${candidates}, seed ${seed}: ${killed} killed, ${equivalent} equivalent, ${survived} survived`,
  ].join('\n');
}

/** docs/mutants.md. */
export function pageOf(judged: readonly Judged[], { candidates, seed, wanted }: Figures): string {
  const { killed, equivalent, survived } = countsOf(judged);
  const byLedger = judged.filter(({ verdict }) => verdict.is === 'killed' && verdict.by.startsWith('test/ledger')).length;
  const named = (operator: string) => `${operator} (${OPERATORS.find(({ name }) => name === operator)?.does ?? ''})`;
  return `# Mutants of the contracts

Written by \`npm run campaign:mutants -- --count ${wanted} --seed ${seed}\`; not edited by hand. A mutant is one small change of one contract. It is killed by the first test that
fails with it: of the Solidity tests that reach the changed line (test/contracts), or else of the TypeScript tests of events, storage and roles (test/ledger; ${byLedger} of those below).
The sample is drawn from ${candidates} candidates, in proportion over the contracts, with the operators in turns; what does not compile is replaced by the next one. A loop without end
runs out of gas, and counts as killed. That gas and size of the code change is not asked.

**${judged.length} mutants${judged.length < wanted ? ` (the budget of time ended the run before ${wanted})` : ''}: ${killed} killed, ${equivalent} equivalent, ${survived} survived.**

${table(
  'contract',
  Map.groupBy(judged, ({ mutant }) => `\`${mutant.file}\``),
)}

${table(
  'operator',
  Map.groupBy(judged, ({ mutant }) => named(mutant.operator)),
)}

${survivors(judged)}`;
}

function table(title: string, groups: ReadonlyMap<string, readonly Judged[]>): string {
  const rows = [...groups].map(([name, group]) => {
    const { killed, equivalent, survived } = countsOf(group);
    return `| ${name} | ${group.length} | ${killed} | ${equivalent} | ${survived} |`;
  });
  return [`| ${title} | mutants | killed | equivalent | survived |`, '|---|---|---|---|---|', ...rows].join('\n');
}

function survivors(judged: readonly Judged[]): string {
  const rows = judged
    .filter(({ verdict }) => verdict.is === 'survived')
    .map(({ mutant, reason }) => {
      const change = mutant.operator === 'unchecked' ? 'the whole function' : `${code(mutant.was)} to ${code(mutant.by)}`;
      return `| \`${mutant.file}:${mutant.line}\` ${mutant.within} | ${mutant.operator} | ${change} | ${reason ?? '**not explained**'} |`;
    });
  if (rows.length === 0) return 'None survived.\n';
  return `Survivors, and why no test can tell them from the contracts:\n\n| place | operator | change | reason |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function countsOf(judged: readonly Judged[]) {
  const survived = judged.filter(isOpen).length;
  const equivalent = judged.filter(({ reason }) => reason !== undefined).length;
  return { killed: judged.length - survived - equivalent, equivalent, survived };
}

function isOpen({ verdict, reason }: Judged): boolean {
  return verdict.is === 'survived' && reason === undefined;
}

function code(text: string): string {
  return text === '' ? 'nothing' : `\`${oneLine(text).replaceAll('|', '\\|')}\``;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
