import type { Node } from './compiler.ts';

/**
 * Text of a file with one character per byte, as the compiler counts bytes; `textFrom` turns it back.
 */
export function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

export function textFrom(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

export function rangeOf(node: Node): Range {
  const [start = 0, length = 0] = node.src.split(':').map(Number);
  return { start, end: start + length };
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** A node and those around it, the innermost first. */
export interface Placed {
  readonly node: Node;
  readonly around: readonly Node[];
}

/** All nodes, outer before inner, in the order of the text. */
export function* walk(node: Node, around: readonly Node[] = []): Generator<Placed> {
  yield { node, around };
  for (const child of childrenOf(node)) yield* walk(child, [node, ...around]);
}

export function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode)
    .sort((a, b) => rangeOf(a).start - rangeOf(b).start);
}

export function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && typeof (value as Node).nodeType === 'string' && typeof (value as Node).src === 'string'
  );
}

/** The node in a field that is known to hold one. */
export function childOf(node: Node, field: string): Node {
  const child = node[field];
  if (!isNode(child)) throw new Error(`${node.nodeType} has no ${field}`);
  return child;
}

export function childListOf(node: Node, field: string): Node[] {
  const list = node[field];
  return Array.isArray(list) ? list.filter(isNode) : [];
}

/** The compiler's name of an expression's type: "uint256", "type(contract Role)". */
export function typeOf(node: Node): string {
  return (node.typeDescriptions as { typeString?: string } | undefined)?.typeString ?? '';
}
