/**
 * Runs one of the project's TypeScript programs: `node scripts/run.mjs scripts/start.ts [arguments]`.
 *
 * It is the whole set-up: on a machine that has only git and Node 20 it first brings Node 24 (from npm, by lockfile), then the packages
 * (`npm ci`, install scripts off), and does nothing when both are there. Plain JavaScript with node: modules only, as it runs before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const WANTED_MAJOR = 24;

const say = (text) => process.stderr.write(`tidemark: ${text}\n`);

/** Directory that holds a Node of the wanted version: this one's own, or the one in toolchain/. */
function nodeDirectory() {
  if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) return dirname(process.execPath);
  const bin = join(root, 'toolchain', 'node_modules', `node-${process.platform}-${process.arch}`, 'bin');
  if (!existsSync(join(bin, 'node'))) {
    say(`this is Node ${process.versions.node}; fetching Node ${WANTED_MAJOR} into toolchain/ (once)`);
    npm(['ci'], join(root, 'toolchain'), dirname(process.execPath));
  }
  if (!existsSync(join(bin, 'node')))
    fail(
      `no Node ${WANTED_MAJOR} package for ${process.platform}-${process.arch}: install Node ${WANTED_MAJOR} yourself and run this again`,
    );
  return bin;
}

/** npm ci must itself run under Node 24: under 20 it silently leaves out Hardhat's native binding (engines >= 22). */
function ensurePackages(bin) {
  const stamp = join(root, 'node_modules', '.tidemark-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('installing packages (once, about a minute)');
  npm(['ci'], root, bin);
  writeFileSync(stamp, wanted);
}

function npm(args, cwd, bin) {
  const done = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environment(bin),
  });
  if (done.status !== 0) fail(`"npm ${args.join(' ')}" failed in ${cwd}: is the package registry reachable?`);
}

/** Two commands started at once must not install at once. The lock is released however this process ends; one left by a dead process is taken over. */
function withLock(work) {
  const lock = join(root, 'toolchain', '.lock');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch {
      if (!isAlive(lock)) rmSync(lock, { force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  const release = () => rmSync(lock, { force: true });
  process.on('exit', release);
  const result = work();
  process.off('exit', release);
  release();
  return result;
}

function isAlive(lock) {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

function environment(bin) {
  return { ...process.env, PATH: [bin, join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter) };
}

function fail(text) {
  say(text);
  process.exit(70);
}

const [program, ...args] = process.argv.slice(2);
const bin = withLock(() => {
  const directory = nodeDirectory();
  ensurePackages(directory);
  return directory;
});
const child = spawn(join(bin, 'node'), ['--disable-warning=ExperimentalWarning', join(root, program), ...args], {
  stdio: 'inherit',
  env: environment(bin),
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
