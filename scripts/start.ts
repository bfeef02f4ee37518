/** `npm start`: brings up chain, contracts, both nodes and the demo ledger, prints the addresses, and runs until Ctrl-C. */
import { execFile } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Command, InvalidArgumentError } from 'commander';
import { demoMembers, SCENARIOS } from '../deploy/local/demo.ts';
import { printWelcome } from '../deploy/local/printWelcome.ts';
import { runDemo } from '../deploy/local/runDemo.ts';
import { stepPrinter } from '../deploy/local/stepPrinter.ts';
import { portsFrom, startSystem } from '../deploy/local/system.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const options = new Command('npm start --')
  .description('Runs Tidemark on this machine: chain, contracts, two nodes and a demo ledger, all on 127.0.0.1, until Ctrl-C.')
  .option('--home <folder>', 'where everything is kept', process.env.TIDEMARK_HOME ?? join(root, '.tidemark'))
  .option(
    '--port-offset <n>',
    'moves all ports, so that a second system can run beside the first',
    wholeNumber,
    Number(process.env.TIDEMARK_PORT_OFFSET ?? 0),
  )
  .option('--no-demo', 'members only, no demo documents')
  .addHelpText('after', '\nExample:\n  npm start -- --home /tmp/try --port-offset 100\n')
  .parse()
  .opts<{ home: string; portOffset: number; demo: boolean }>();

const home = resolve(options.home);
const printer = stepPrinter(process.stderr);

printer.step('contracts: build');
const hardhat = join(root, 'node_modules', 'hardhat', 'dist', 'src', 'cli.js');
await promisify(execFile)(process.execPath, [hardhat, 'compile', '--no-tests', '--quiet'], { cwd: root });
const demo = join(root, 'deploy', 'demo');
const system = await startSystem({ root, home, ports: portsFrom(options.portOffset), members: demoMembers(demo), onStep: printer.step });
let leaving = false;
const leave = async () => {
  leaving = true;
  printer.step('stopping (Ctrl-C again does not make it faster)');
  await system.stop();
  printer.done();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void leave());
try {
  if (options.demo) await runDemo(SCENARIOS, { data: demo, home }, printer.step);
} catch (error) {
  await system.stop();
  throw error;
}
printer.done();
printWelcome(process.stdout, system, options.demo ? SCENARIOS : []);

for (const [name, node] of Object.entries(system.nodes)) {
  void node.process.ended.then((code) => {
    if (!leaving) process.stderr.write(`the node ${name} ended (${code}); its log: ${node.process.logFile}\n`);
  });
}

function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
}
