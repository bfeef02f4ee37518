/** Answers questions in SMT-LIB2, each a JSON string in a line of the standard input. A program of its own, as Z3 in WebAssembly leaves threads behind. */
import { createInterface } from 'node:readline';
import { init } from 'z3-solver';

const { Z3 } = await init();
// Without it most of the kernels' arrays are too much for the engine: it takes a rule's last premise first.
Z3.global_param_set('fp.spacer.order_children', '1');

for await (const line of createInterface({ input: process.stdin })) {
  const before = seconds();
  const context = Z3.mk_context(Z3.mk_config());
  const answer = await Z3.eval_smtlib2_string(context, JSON.parse(line) as string);
  Z3.del_context(context);
  const told = { answer: answer.trim().split('\n')[0], seconds: seconds() - before, solver: Z3.get_full_version() };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
process.exit(0);

function seconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
