import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode, visit } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type LimitCode, limitError } from './limitError.ts';

/** Greatest shape of a query. */
export interface ShapeLimits {
  depth: number;
  aliases: number;
  directives: number;
}

/** Refuses a query by its shape alone, before it is validated: so one that is too large costs one walk over it, and is answered with one error. */
export function shapeLimits(limits: ShapeLimits): Plugin {
  return {
    onValidate({ params, setResult }) {
      const document = params.documentAST as DocumentNode;
      const measured = { depth: depthOf(document), ...countsOf(document) };
      for (const [name, code, what] of CHECKS) {
        if (measured[name] > limits[name])
          return setResult([limitError(code, `a query has at most ${limits[name]} ${what}`, limits[name])]);
      }
    },
  };
}

const CHECKS: readonly (readonly [keyof ShapeLimits, LimitCode, string])[] = [
  ['directives', 'TOO_MANY_DIRECTIVES', 'directives'],
  ['aliases', 'TOO_MANY_ALIASES', 'aliases'],
  ['depth', 'QUERY_TOO_DEEP', 'levels'],
];

function countsOf(document: DocumentNode): { aliases: number; directives: number } {
  let [aliases, directives] = [0, 0];
  visit(document, {
    Field: ({ alias }) => {
      if (alias !== undefined) aliases += 1;
    },
    Directive: () => {
      directives += 1;
    },
  });
  return { aliases, directives };
}

function depthOf(document: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  // Each fragment is measured once; one that is reached again while it is measured is a cycle, which validation refuses.
  const measured = new Map<string, number>();
  const depthOfFragment = (name: string): number => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    measured.set(name, 0);
    const depth = depthOfSet(fragments.get(name)?.selectionSet);
    measured.set(name, depth);
    return depth;
  };
  const depthOfSet = (set: SelectionSetNode | undefined): number =>
    Math.max(
      0,
      ...(set?.selections ?? []).map((selection) => {
        if (selection.kind === Kind.FRAGMENT_SPREAD) return depthOfFragment(selection.name.value);
        if (selection.kind === Kind.INLINE_FRAGMENT) return depthOfSet(selection.selectionSet);
        // What the schema is asked about itself is deep by nature; who may ask is for `introspectionPolicy`, how deep for graphql-js' own rule.
        return 1 + (selection.name.value.startsWith('__') ? 0 : depthOfSet(selection.selectionSet));
      }),
    );
  // A fragment counts where an operation spreads it.
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return Math.max(0, ...operations.map(({ selectionSet }) => depthOfSet(selectionSet)));
}
