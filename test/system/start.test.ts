import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { PORT_OFFSET, root } from './runningSystem.ts';
import { temporaryHome } from './temporaryHome.ts';

const OFFSET = PORT_OFFSET + 25;

describe('npm start', () => {
  const home = temporaryHome('tidemark-start-');
  after('forget', () => rmSync(home, { recursive: true, force: true }));

  it('prints addresses and codes, keeps what was there on a second start', async () => {
    const first = await startAndStop(home);
    expect(first).to.match(new RegExp(`http://127\\.0\\.0\\.1:${4010 + OFFSET}/01/09521001001021/10/HB260914A`));
    expect(first).to.include('npm run -s tidemark -- show DEMO-KR-26-000417');
    const before = readFileSync(join(home, 'deployment.json'), 'utf8');
    const bundle = readFileSync(join(home, 'demo', 'laver', 'certificate-of-origin.bundle.json'), 'utf8');
    await startAndStop(home);
    expect(readFileSync(join(home, 'deployment.json'), 'utf8')).to.equal(before);
    expect(readFileSync(join(home, 'demo', 'laver', 'certificate-of-origin.bundle.json'), 'utf8')).to.equal(bundle);
  });
});

/** Starts, waits for the last line of the welcome, asks it to stop, and returns what it printed. */
async function startAndStop(home: string): Promise<string> {
  const args = ['scripts/run.mjs', 'scripts/start.ts', '--home', home, '--port-offset', String(OFFSET)];
  const child: ChildProcess = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString('utf8');
      if (printed.includes('disclose')) resolve();
    });
    child.on('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
  });
  child.removeAllListeners('exit');
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number];
  expect(code, said).to.equal(0);
  return printed;
}
