import type { Node } from '../solidity/compiler.ts';
import { type Sources, textOf } from '../solidity/sources.ts';
import { bytesOf, lineOf, type Placed, type Range, textFrom, walk } from '../solidity/tree.ts';
import { type Edit, nextConstants, OPERATORS, type Setting } from './operators.ts';

/** One change of one contract. */
export interface Mutant extends Edit {
  /** `file:line:column operator`, and a number from the operator's second edit there on. */
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly operator: string;
  /** Function, modifier or struct that it is in; the contract for its own constants. */
  readonly within: string;
  readonly was: string;
}

/** Every mutant of these files, in the order of their text. Two operators never make the same one. */
export function mutantsOf(sources: Sources, trees: ReadonlyMap<string, Node>): Mutant[] {
  const nextConstant = nextConstants([...trees.values()]);
  return [...trees].flatMap(([file, tree]) => {
    const text = bytesOf(textOf(sources, file));
    const made = new Map<string, Mutant>();
    for (const placed of walk(tree)) {
      for (const mutant of mutantsAt(placed, file, { text, nextConstant })) {
        const key = `${mutant.start}:${mutant.end}:${mutant.by}`;
        if (!made.has(key)) made.set(key, mutant);
      }
    }
    return numbered([...made.values()]);
  });
}

/** The project with the mutant in it. */
export function mutated(sources: Sources, { file, start, end, by }: Mutant): Sources {
  const text = bytesOf(textOf(sources, file));
  return new Map(sources).set(file, textFrom(text.slice(0, start) + by + text.slice(end)));
}

/** Tells those of one operator at one place from each other. */
function numbered(mutants: readonly Mutant[]): Mutant[] {
  const seen = new Map<string, number>();
  return mutants.map((mutant) => {
    const count = (seen.get(mutant.id) ?? 0) + 1;
    seen.set(mutant.id, count);
    return count === 1 ? mutant : { ...mutant, id: `${mutant.id} ${count}` };
  });
}

function mutantsAt({ node, around }: Placed, file: string, setting: Setting): Mutant[] {
  return OPERATORS.flatMap((operator) => {
    const edits = operator.edits(node, setting).filter(({ start, end, by }) => setting.text.slice(start, end) !== by);
    return edits.map((edit) => ({
      ...edit,
      id: `${file}:${place(setting.text, edit)} ${operator.name}`,
      file,
      line: lineOf(setting.text, edit.start),
      operator: operator.name,
      within: nameOf([node, ...around]),
      was: textFrom(setting.text.slice(edit.start, edit.end)),
    }));
  });
}

function place(text: string, { start }: Range): string {
  return `${lineOf(text, start)}:${start - text.lastIndexOf('\n', start - 1)}`;
}

function nameOf(around: readonly Node[]): string {
  const named = around.find(({ nodeType }) =>
    /^(FunctionDefinition|ModifierDefinition|StructDefinition|ContractDefinition)$/.test(nodeType),
  );
  return (named?.name as string | undefined) || ((named?.kind as string | undefined) ?? '');
}
