/** Answers the SMT-LIB2 text on its standard input: a program of its own, as Z3 in WebAssembly leaves threads behind. */
import { text } from 'node:stream/consumers';
import { init } from 'z3-solver';

const query = await text(process.stdin);
// The solver's threads do not keep a program alive.
setInterval(() => {}, 1 << 30);
const { Z3 } = await init();
// Without it most of the kernels' arrays are too much for the engine: it takes a rule's last premise first.
Z3.global_param_set('fp.spacer.order_children', '1');
const answer = await Z3.eval_smtlib2_string(Z3.mk_context(Z3.mk_config()), query);
const { user, system } = process.cpuUsage();
process.stdout.write(
  JSON.stringify({ answer: answer.trim().split('\n')[0], seconds: (user + system) / 1e6, solver: Z3.get_full_version() }),
);
process.exit(0);
