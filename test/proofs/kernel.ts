import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'test', 'contracts', 'kernel');

/** What a kernel asserts of every state that any calls can bring about. */
export interface Invariant {
  readonly code: string;
  readonly sentence: string;
  readonly kernel: Kernel;
}

/** A small contract that states rules of the deployed ones in words that the SMT checker can follow. */
export interface Kernel {
  readonly path: string;
  readonly lines: readonly string[];
}

/** `// U1: sentence`, in the line above its assertion. */
const SENTENCE = /^\s*\/\/ ([A-Z]\d+): (.+)$/;
/** A line on which invariants rest: `require(...); // guards U1 U2`. */
const GUARD = /\/\/ guards ([A-Z\d ]+)$/;

/** All invariants, kernel by kernel. */
export function invariants(): Invariant[] {
  return kernels().flatMap((kernel) =>
    kernel.lines.flatMap((line) => {
      const [, code, sentence] = SENTENCE.exec(line) ?? [];
      return code && sentence ? [{ code, sentence, kernel }] : [];
    }),
  );
}

/** The kernel with the assertion of one invariant only, so that no proof leans on another's. */
export function alone({ code, kernel }: Invariant): string[] {
  let asserting: string | undefined;
  return kernel.lines.map((line, i) => {
    asserting ??= SENTENCE.exec(kernel.lines[i - 1] ?? '')?.[1];
    const kept = asserting === undefined || asserting === code ? line : '';
    if (line.endsWith(');')) asserting = undefined;
    return kept;
  });
}

/** The same without the line that guards the invariant: the control, of which it must not be proved. */
export function unguarded(invariant: Invariant): string[] {
  return alone(invariant).map((line) => (GUARD.exec(line)?.[1]?.split(' ').includes(invariant.code) ? '' : line));
}

function kernels(): Kernel[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('Kernel.sol'))
    .sort()
    .map((name) => ({ path: relative(root, join(folder, name)), lines: readFileSync(join(folder, name), 'utf8').split('\n') }));
}
