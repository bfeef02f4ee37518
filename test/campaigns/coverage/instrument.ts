import { addStatementCoverageInstrumentation } from '@nomicfoundation/edr';
import { getCoverageLibrary } from '@nomicfoundation/edr/coverage';
import { conditionsOf } from '../mutants/operators.ts';
import type { Node } from '../solidity/compiler.ts';
import { type Sources, textOf } from '../solidity/sources.ts';
import { bytesOf, lineOf, type Range, textFrom, walk } from '../solidity/tree.ts';

/** A place that reports when it is reached: a statement, or one outcome of a condition. */
export interface Point {
  readonly kind: 'statement' | 'branch';
  readonly file: string;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly what: string;
}

export interface Instrumented {
  readonly sources: Sources;
  /** By the tag that it reports, in hexadecimal. */
  readonly points: ReadonlyMap<string, Point>;
}

const SOLC = '0.8.34';
const PROBE_FILE = 'BranchProbe.sol';
const LIBRARY = getCoverageLibrary();
const PROBE = `pragma solidity ${SOLC};
import {__NomicFoundationCoverage} from "${LIBRARY.filename}";
library BranchProbe {
  function seen(bool outcome, uint256 tag) internal pure returns (bool) {
    __NomicFoundationCoverage.sendHit(outcome ? tag : tag + 1);
    return outcome;
  }
}
`;

/** The contracts with a report at each statement (by Hardhat's instrumentation) and for each outcome of each condition; lines stay where they are. */
export function instrument(sources: Sources, trees: ReadonlyMap<string, Node>): Instrumented {
  const changed = new Map(sources).set(PROBE_FILE, PROBE).set(LIBRARY.filename, LIBRARY.content);
  const points = new Map<string, Point>();
  for (const [file, tree] of trees) {
    const original = bytesOf(textOf(sources, file));
    const conditions = [...walk(tree)].flatMap(({ node }) => conditionsOf(node));
    const probed = withProbes(original, conditions, points, file);
    const { source, metadata } = addStatementCoverageInstrumentation(probed, file, SOLC);
    for (const { tag, startUtf16, endUtf16 } of metadata) {
      const range = { start: startUtf16, end: endUtf16 };
      points.set(Buffer.from(tag).toString('hex'), pointAt('statement', file, probed, range, ''));
    }
    changed.set(file, source);
  }
  return { sources: changed, points };
}

function withProbes(text: string, conditions: readonly Range[], points: Map<string, Point>, file: string): string {
  if (conditions.length === 0) return textFrom(text);
  const insertions = conditions.flatMap((range) => {
    const tag = points.size * 2;
    for (const [offset, outcome] of ['true', 'false'].entries()) {
      const point = pointAt('branch', file, text, range, `${textFrom(text.slice(range.start, range.end))} is ${outcome}`);
      points.set(tagOf(tag + offset), point);
    }
    return [
      { at: range.start, order: -range.end, insert: 'BranchProbe.seen(' },
      { at: range.end, order: -range.start, insert: `, ${tag})` },
    ];
  });
  // From the end on, so that places stay; at one place the outer opens first and closes last.
  const sorted = insertions.sort((a, b) => b.at - a.at || b.order - a.order);
  const probed = sorted.reduce((done, { at, insert }) => done.slice(0, at) + insert + done.slice(at), text);
  return `${textFrom(probed)}\nimport {BranchProbe} from "${PROBE_FILE}";\n`;
}

function pointAt(kind: Point['kind'], file: string, text: string, range: Range, what: string): Point {
  return { kind, file, firstLine: lineOf(text, range.start), lastLine: lineOf(text, range.end), what };
}

function tagOf(tag: number): string {
  return tag.toString(16).padStart(64, '0');
}
