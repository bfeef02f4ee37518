import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type RunningSystem, root, runningSystem } from './runningSystem.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** Commands of the README's blocks with this mark, and the exit code that the README names for each. */
function commands(mark: string): { line: string; code: number }[] {
  const blocks = [...readme.matchAll(/^```sh(?: (\w+))?\n([\s\S]*?)^```$/gm)].filter(([, found]) => (found ?? '') === mark);
  return blocks
    .flatMap(([, , text]) => (text as string).trim().split('\n'))
    .map((text) => ({ line: text.replace(/\s+#.*$/, ''), code: Number(/# exits with (\d+)/.exec(text)?.[1] ?? 0) }));
}

describe('README', () => {
  let running: RunningSystem;
  before('start', async () => {
    running = await runningSystem();
  });

  it('has two commands for set-up, no third', () => {
    expect(commands('').map(({ line }) => line)).to.deep.equal(['npm start', 'npm test']);
  });

  for (const { line, code } of commands('demo')) {
    it(`${line} exits with ${code}`, () => {
      const done = spawnSync('bash', ['-c', line.replaceAll('.tidemark/', `${running.home}/`)], {
        cwd: root,
        env: { ...process.env, TIDEMARK_HOME: running.home },
        encoding: 'utf8',
      });
      expect(done.status, `${done.stdout}\n${done.stderr}`).to.equal(code);
    });
  }
});
