import {
  type DocumentNode,
  type ExecutionArgs,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { limitError } from './limitError.ts';

/** Costs of fields that do more than read a row, by name. */
const WEIGHTS: ReadonlyMap<string, number> = new Map([
  ['verdict', 10],
  ['bundle', 10],
  ['verify', 10],
  ['judge', 10],
  ['use', 10],
  ['traceSource', 10],
  ['traceDestination', 10],
  ['accountableParties', 10],
  ['recallScope', 10],
]);
/** Lists that are the page whose size the field around them already counts. */
const PAGES: ReadonlySet<string> = new Set(['edges', 'goods', 'steps', 'gaps', 'units', 'shipments', 'accountableParties']);
/** What a list without `first` is taken to hold. */
const PLAIN_LIST = 5;
/** What a subscription is taken to answer before it ends. */
const ANSWERS = 100;

/**
 * Refuses a query that could cost too much, before any resolver runs. The cost is known from the query and its variables alone: each field counts one (or its
 * weight), times the product of the page sizes around it. A subscription counts as a page of its answers.
 */
export function costLimit(most: number): Plugin {
  const refusalOf = ({ schema, document, operationName, variableValues }: ExecutionArgs) => {
    const cost = costOf(schema, document, operationName ?? undefined, variableValues ?? {});
    return cost <= most ? undefined : limitError('QUERY_TOO_COSTLY', `the query costs ${cost}, at most ${most} is allowed`, most);
  };
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const refusal = refusalOf(args);
      if (refusal !== undefined) setResultAndStopExecution({ errors: [refusal] });
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const refusal = refusalOf(args);
      if (refusal !== undefined) setResultAndStopExecution({ errors: [refusal] });
    },
  };
}

/** Cost of an operation of a valid document. */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  variables: Record<string, unknown>,
): number {
  const operation = getOperationAST(document, operationName);
  const root = operation === null || operation === undefined ? undefined : schema.getRootType(operation.operation);
  if (operation === null || operation === undefined || root === undefined || root === null) return 0;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const once = new Costing(schema, fragments, variables).set(operation.selectionSet, root);
  return operation.operation === 'subscription' ? once * ANSWERS : once;
}

class Costing {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Record<string, unknown>;
  // A fragment that is spread many times is walked once for each type.
  readonly #known = new Map<string, number>();

  constructor(schema: GraphQLSchema, fragments: ReadonlyMap<string, FragmentDefinitionNode>, variables: Record<string, unknown>) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#variables = variables;
  }

  set({ selections }: SelectionSetNode, parent: GraphQLCompositeType): number {
    let cost = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) cost += this.#field(selection, parent);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const type = selection.typeCondition === undefined ? parent : typeFromAST(this.#schema, selection.typeCondition);
        cost += isCompositeType(type) ? this.set(selection.selectionSet, type) : 0;
      } else cost += this.#fragment(selection.name.value);
    }
    return cost;
  }

  #fragment(name: string): number {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(name);
    const type = fragment === undefined ? undefined : typeFromAST(this.#schema, fragment.typeCondition);
    const cost = fragment !== undefined && isCompositeType(type) ? this.set(fragment.selectionSet, type) : 0;
    this.#known.set(name, cost);
    return cost;
  }

  #field(node: SelectionSetNode['selections'][number] & { kind: Kind.FIELD }, parent: GraphQLCompositeType): number {
    const name = node.name.value;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    const own = WEIGHTS.get(name) ?? 1;
    if (field === undefined || node.selectionSet === undefined) return own;
    const type = getNamedType(field.type);
    const inner = isCompositeType(type) ? this.set(node.selectionSet, type) : 0;
    const { first } = getArgumentValues(field, node, this.#variables);
    const isPage = PAGES.has(name);
    const plain = isListType(isNonNullType(field.type) ? field.type.ofType : field.type) && !isPage ? PLAIN_LIST : 1;
    return own + inner * (typeof first === 'number' ? Math.max(1, first) : plain);
  }
}
