import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A question with the solver's parameters for it. */
export interface Question {
  readonly query: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** `sat`: there is an invariant, and the assertion holds; `unsat`: some calls violate it; anything else says nothing. */
export interface Answer {
  readonly answer: string;
  /** Of processor time, of the attempt that was answered. */
  readonly seconds: number;
  readonly solver: string;
}

export interface Solver {
  ask(query: string): Promise<Answer>;
  stop(): void;
}

/**
 * Ways to search, tried in turn: whichever ends, its answer is right, and which one does differs from question to question. The first takes a rule's last
 * premise first; without it most of the kernels' arrays are too much for the engine.
 */
const WAYS: readonly Question['parameters'][] = [
  { 'fp.spacer.order_children': '1' },
  { 'fp.spacer.order_children': '2' },
  { 'fp.spacer.order_children': '0', 'fp.xform.inline_eager': 'false' },
];
const LIMITS_MS = [30_000];
const NONE: Answer = { answer: 'none', seconds: 0, solver: 'none' };

/** A solver that answers one question after the other, and is started anew where a way takes too long. */
export function startSolver(): Solver {
  let child: ChildProcess | undefined;
  const attempt = async (question: Question, limitMs: number): Promise<Answer | undefined> => {
    child ??= spawn(process.execPath, [join(import.meta.dirname, 'z3.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
    const answer = await answerOf(child, question, limitMs);
    if (answer === undefined) {
      child.kill('SIGKILL');
      child = undefined;
    }
    return answer;
  };
  return {
    async ask(query) {
      const wanted = query.replaceAll(/\(get-(?:model|proof)\)/g, '');
      for (const limitMs of LIMITS_MS) {
        for (const parameters of WAYS) {
          const answer = await attempt({ query: wanted, parameters }, limitMs);
          if (answer?.answer === 'sat' || answer?.answer === 'unsat') return answer;
        }
      }
      return NONE;
    },
    stop: () => void child?.kill('SIGKILL'),
  };
}

/** One line for one line; undefined where the limit is over first, or the solver died. */
function answerOf(child: ChildProcess, question: Question, limitMs: number): Promise<Answer | undefined> {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const lines = createInterface({ input: stdout });
    const end = (answer: Answer | undefined) => {
      clearTimeout(timer);
      lines.close();
      child.off('exit', die);
      stdin.off('error', die);
      resolve(answer);
    };
    const die = () => end(undefined);
    const timer = setTimeout(die, limitMs);
    child.once('exit', die);
    lines.once('line', (line) => end(JSON.parse(line) as Answer));
    stdin.on('error', die);
    stdin.write(`${JSON.stringify(question)}\n`);
  });
}
