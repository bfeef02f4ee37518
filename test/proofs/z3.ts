/** Answers questions in SMT-LIB2, each a JSON object in a line of the standard input. A program of its own, as Z3 in WebAssembly leaves threads behind and cannot be interrupted. */
import { createInterface } from 'node:readline';
import { init } from 'z3-solver';
import type { Question } from './solver.ts';

const { Z3 } = await init();

for await (const line of createInterface({ input: process.stdin })) {
  const { query, parameters } = JSON.parse(line) as Question;
  Z3.global_param_reset_all();
  for (const [name, value] of Object.entries(parameters)) Z3.global_param_set(name, value);
  const before = seconds();
  const context = Z3.mk_context(Z3.mk_config());
  const answer = await Z3.eval_smtlib2_string(context, query);
  Z3.del_context(context);
  const told = { answer: answer.trim().split('\n')[0], seconds: seconds() - before, solver: Z3.get_full_version() };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
process.exit(0);

function seconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
