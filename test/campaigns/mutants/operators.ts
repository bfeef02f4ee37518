import type { Node } from '../solidity/compiler.ts';
import { childListOf, childOf, isNode, type Range, rangeOf, typeOf } from '../solidity/tree.ts';

/** What stands in a place of the text instead. */
export interface Edit extends Range {
  readonly by: string;
}

/** What operators know beside the node: the file's text, and for each constant (by the number of its declaration) the next of its list. */
export interface Setting {
  readonly text: string;
  readonly nextConstant: ReadonlyMap<number, string>;
}

/** One way to break a program: all edits that it makes at one node. */
export interface Operator {
  readonly name: string;
  readonly does: string;
  edits(node: Node, setting: Setting): readonly Edit[];
}

const swaps =
  (pairs: Readonly<Record<string, readonly string[]>>) =>
  (node: Node, { text }: Setting) =>
    node.nodeType === 'BinaryOperation' ? (pairs[node.operator as string] ?? []).map((by) => operatorSwap(node, text, by)) : [];

/** In the terms of Gambit, vertigo-rs and universalmutator. */
export const OPERATORS: readonly Operator[] = [
  { name: 'arithmetic', does: '`+` to `-`, `*` to `/`', edits: swaps({ '+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'], '%': ['*'] }) },
  { name: 'bitwise', does: '`|` to `&`, `&` to `|`', edits: swaps({ '|': ['&'], '&': ['|'], '^': ['&'] }) },
  { name: 'shift', does: '`<<` to `>>` and back', edits: swaps({ '<<': ['>>'], '>>': ['<<'] }) },
  { name: 'shift amount', does: 'one bit further', edits: shiftAmount },
  { name: 'boundary', does: '`<` to `<=`, and so on', edits: swaps({ '<': ['<='], '<=': ['<'], '>': ['>='], '>=': ['>'] }) },
  {
    name: 'relation',
    does: '`==` to `!=`, `<` to `>=`, and so on',
    edits: swaps({ '==': ['!='], '!=': ['=='], '<': ['>='], '>=': ['<'], '>': ['<='], '<=': ['>'] }),
  },
  { name: 'logic', does: '`&&` to `||` and back', edits: swaps({ '&&': ['||'], '||': ['&&'] }) },
  { name: 'condition', does: 'always true, always false', edits: condition },
  { name: 'negation', does: '`!` and `~` dropped, `++` to `--`', edits: unary },
  { name: 'statement', does: 'deleted', edits: statement },
  { name: 'modifier', does: 'dropped', edits: modifier },
  { name: 'assignment', does: '`+=` to `=` and `-=`; of nothing', edits: assignment },
  { name: 'literal', does: 'one more, one less, the other truth', edits: literal },
  { name: 'constant', does: 'another role, status, kind, field of the same list', edits: constant },
  { name: 'unchecked', does: 'checked, and the other way round', edits: unchecked },
  { name: 'event argument', does: 'nothing in its place', edits: eventArgument },
  { name: 'argument order', does: 'two arguments of one type swapped', edits: argumentOrder },
  { name: 'return', does: 'nothing returned', edits: returned },
  { name: 'assembly', does: 'word more or less, `iszero` dropped', edits: assembly },
];

function operatorSwap(node: Node, text: string, by: string): Edit {
  const left = rangeOf(childOf(node, 'leftExpression'));
  const right = rangeOf(childOf(node, 'rightExpression'));
  const operator = node.operator as string;
  const between = text.slice(left.end, right.start);
  // The gap may hold a parenthesis, never another operator.
  const start = left.end + between.indexOf(operator);
  return { start, end: start + operator.length, by };
}

function shiftAmount(node: Node, { text }: Setting): Edit[] {
  if (node.nodeType !== 'BinaryOperation' || !/^(<<|>>)$/.test(node.operator as string)) return [];
  const amount = rangeOf(childOf(node, 'rightExpression'));
  return [{ ...amount, by: `(${text.slice(amount.start, amount.end)} + 1)` }];
}

/** Of an `if`, of a ternary, and of each side of `&&` and `||`. */
function condition(node: Node): Edit[] {
  return conditionsOf(node).flatMap((range) => ['true', 'false'].map((by) => ({ ...range, by })));
}

/** What decides which way a program goes on. (A loop that goes on for ever tells nothing.) */
export function conditionsOf(node: Node): Range[] {
  if (node.nodeType === 'IfStatement' || node.nodeType === 'Conditional') return [rangeOf(childOf(node, 'condition'))];
  const isLogic = node.nodeType === 'BinaryOperation' && /^(&&|\|\|)$/.test(node.operator as string);
  return isLogic ? [rangeOf(childOf(node, 'leftExpression')), rangeOf(childOf(node, 'rightExpression'))] : [];
}

function unary(node: Node, { text }: Setting): Edit[] {
  if (node.nodeType !== 'UnaryOperation') return [];
  const operator = node.operator as string;
  const { start, end } = rangeOf(node);
  const by = { '!': '', '~': '', '++': '--', '--': '++' }[operator];
  if (by === undefined) return [];
  const at = node.prefix === true ? start : end - operator.length;
  return text.startsWith(operator, at) ? [{ start: at, end: at + operator.length, by }] : [];
}

/** (An `if` deleted is one that is never true.) */
function statement(node: Node, { text }: Setting): Edit[] {
  if (!/^(ExpressionStatement|EmitStatement|Break)$/.test(node.nodeType)) return [];
  const { start, end } = rangeOf(node);
  // The range of a statement leaves out its semicolon, which the head of a loop does not have.
  return text[end] === ';' ? [{ start, end: end + 1, by: '{}' }] : [{ start, end, by: '' }];
}

function modifier(node: Node): Edit[] {
  return node.nodeType === 'ModifierInvocation' && node.kind === 'modifierInvocation' ? [{ ...rangeOf(node), by: '' }] : [];
}

function assignment(node: Node, { text }: Setting): Edit[] {
  if (node.nodeType !== 'Assignment') return [];
  const left = rangeOf(childOf(node, 'leftHandSide'));
  const right = rangeOf(childOf(node, 'rightHandSide'));
  const operator = node.operator as string;
  const start = left.end + text.slice(left.end, right.start).indexOf(operator);
  const others =
    ({ '+=': ['=', '-='], '-=': ['=', '+='], '|=': ['=', '&='], '&=': ['=', '|='] } as Record<string, string[]>)[operator] ?? [];
  const nothing = operator === '=' ? nothingsOf(typeOf(childOf(node, 'rightHandSide'))).map((by) => ({ ...right, by })) : [];
  return [...others.map((by) => ({ start, end: start + operator.length, by })), ...nothing];
}

function literal(node: Node, { text }: Setting): Edit[] {
  if (node.nodeType !== 'Literal') return [];
  const range = rangeOf(node);
  if (node.kind === 'bool') return [{ ...range, by: text.slice(range.start, range.end) === 'true' ? 'false' : 'true' }];
  const digits = /^(0x[0-9a-fA-F]+|[0-9_]+)(?![0-9a-zA-Z.])/.exec(text.slice(range.start, range.end))?.[0];
  // A number with forty digits in hexadecimal is an address.
  if (node.kind !== 'number' || digits === undefined || digits.length === 42) return [];
  const value = BigInt(digits.replaceAll('_', ''));
  const neighbours = value === 0n ? [1n] : [value + 1n, value - 1n];
  return neighbours.map((by) => ({ start: range.start, end: range.start + digits.length, by: String(by) }));
}

/** `Role.CUSTOMS` to the next of `Role`; a constant of the contract to its next of one type. */
function constant(node: Node, { nextConstant }: Setting): Edit[] {
  const name = { MemberAccess: node.memberName, Identifier: node.name }[node.nodeType];
  const next = nextConstant.get(node.referencedDeclaration as number);
  if (typeof name !== 'string' || next === undefined) return [];
  const { end } = rangeOf(node);
  return [{ start: end - name.length, end, by: next }];
}

/** Which constants stand beside each other, in all contracts and libraries of these trees. */
export function nextConstants(roots: readonly Node[]): ReadonlyMap<number, string> {
  const contracts = roots.flatMap((root) => childListOf(root, 'nodes')).filter(({ nodeType }) => nodeType === 'ContractDefinition');
  return new Map(contracts.flatMap((contract) => nextOf(childListOf(contract, 'nodes').filter((node) => node.constant === true))));
}

function nextOf(constants: readonly Node[]): [number, string][] {
  return constants.flatMap((each, index) => {
    const following = [...constants.slice(index + 1), ...constants.slice(0, index)];
    const next = following.find((other) => typeOf(other) === typeOf(each))?.name;
    return typeof next === 'string' ? [[each.id, next] satisfies [number, string]] : [];
  });
}

function unchecked(node: Node, { text }: Setting): Edit[] {
  if (node.nodeType === 'UncheckedBlock') {
    const { start } = rangeOf(node);
    return [{ start, end: text.indexOf('{', start), by: '' }];
  }
  if (node.nodeType !== 'FunctionDefinition' || !isNode(node.body)) return [];
  const body = rangeOf(node.body);
  const inner = text.slice(body.start, body.end);
  const computes = / [+*/-] |\+\+|--|[+-]=/.test(inner.replaceAll(/\/\/.*$/gm, ''));
  return computes && !/unchecked|assembly/.test(inner) ? [{ ...body, by: `{ unchecked ${inner} }` }] : [];
}

function eventArgument(node: Node): Edit[] {
  if (node.nodeType !== 'EmitStatement') return [];
  return childListOf(childOf(node, 'eventCall'), 'arguments').flatMap((argument) =>
    nothingsOf(typeOf(argument)).map((by) => ({ ...rangeOf(argument), by })),
  );
}

function argumentOrder(node: Node, { text }: Setting): Edit[] {
  if (node.nodeType !== 'FunctionCall' || node.kind === 'typeConversion') return [];
  const given = childListOf(node, 'arguments');
  return given.slice(1).flatMap((second, index) => {
    const first = given[index] as Node;
    const [a, b] = [rangeOf(first), rangeOf(second)];
    const [one, other] = [text.slice(a.start, a.end), text.slice(b.start, b.end)];
    if (family(first) !== family(second) || one === other) return [];
    return [{ start: a.start, end: b.end, by: other + text.slice(a.end, b.start) + one }];
  });
}

/** Types that are taken for each other: all unsigned integers, literals among them. */
function family(node: Node): string {
  return typeOf(node).replace(/^(uint\d*|int_const .*)$/, 'uint');
}

function returned(node: Node): Edit[] {
  if (node.nodeType !== 'Return' || !isNode(node.expression)) return [];
  const range = rangeOf(node.expression);
  return nothingsOf(typeOf(node.expression)).map((by) => ({ ...range, by }));
}

/** What of a type says nothing; both truths. */
function nothingsOf(type: string): string[] {
  if (type === 'bool') return ['true', 'false'];
  if (/^uint\d+$/.test(type)) return ['0'];
  if (/^bytes\d+$/.test(type)) return [`${type}(0)`];
  if (type === 'address') return ['address(0)'];
  // The words of types/: user-defined value types, all of one number.
  return /^[A-Z][a-zA-Z]+$/.test(type) ? [`${type}.wrap(0)`] : [];
}

function assembly(node: Node, { text }: Setting): Edit[] {
  const range = rangeOf(node);
  if (node.nodeType === 'YulLiteral') {
    const value = Number(node.value);
    return [value + 32, value - 32].filter((by) => by >= 0).map((by) => ({ ...range, by: `0x${by.toString(16)}` }));
  }
  const isZero = node.nodeType === 'YulFunctionCall' && (node.functionName as Node).name === 'iszero';
  if (!isZero) return [];
  const argument = rangeOf(childListOf(node, 'arguments')[0] as Node);
  return [{ ...range, by: text.slice(argument.start, argument.end) }];
}
