import { createRequire } from 'node:module';
import type { Solver } from './solver.ts';

const require = createRequire(import.meta.url);
const solc = require('solc') as { compile(input: string): string; version(): string };

/** The compiler's word that an assertion holds in every state that any number of calls can bring about. */
const SAFE = '9576';

/** Its other words that say nothing against a question: may be violated, no answer, an answer that it does not know, and what a control leaves unused. */
const HARMLESS = ['6328', '3996', '1218', '2072', '5667'];

/** `proved`: no calls violate the assertion; `refuted`: some do; `unknown`: the solver gave up. */
export interface Verdict {
  readonly outcome: 'proved' | 'refuted' | 'unknown';
  /** Of processor time. */
  readonly seconds: number;
  readonly solver: string;
}

interface Output {
  errors?: { errorCode?: string; formattedMessage: string }[];
  auxiliaryInputRequested?: { smtlib2queries?: Record<string, string> };
}

/** Version of the compiler whose checker it is. */
export const compilerVersion = (): string => solc.version();

/**
 * Lets the compiler's SMT checker decide the one assertion of a contract by constrained Horn clauses: states after any calls in any order,
 * with no bound on their number. The compiler states the question, Z3 answers it, and the compiler says what the answer means.
 */
export async function decide(source: string, solver: Solver): Promise<Verdict> {
  const queries = Object.entries(check(source).auxiliaryInputRequested?.smtlib2queries ?? {});
  const [question] = queries;
  if (!question || queries.length !== 1) throw new Error(`one question expected, ${queries.length} found`);
  const [key, query] = question;
  const { answer, seconds, solver: version } = await solver.ask(query);
  const isSafe = check(source, { [key]: `${answer}\n` }).errors?.some(({ errorCode }) => errorCode === SAFE) ?? false;
  const outcome = isSafe ? 'proved' : answer === 'unsat' ? 'refuted' : 'unknown';
  return { outcome, seconds, solver: version };
}

function check(source: string, smtlib2responses: Record<string, string> = {}): Output {
  const input = {
    language: 'Solidity',
    sources: { 'Kernel.sol': { content: source } },
    settings: {
      modelChecker: {
        engine: 'chc',
        solvers: ['smtlib2'],
        targets: ['assert'],
        showProvedSafe: true,
        showUnproved: true,
        showUnsupported: true,
      },
      outputSelection: {},
    },
    auxiliaryInput: { smtlib2responses },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as Output;
  // Whatever else it says, such as that it does not know a part of the language, it could have overlooked something.
  const complaint = output.errors?.find(({ errorCode = '' }) => errorCode !== SAFE && !HARMLESS.includes(errorCode));
  if (complaint) throw new Error(complaint.formattedMessage);
  return output;
}
