import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { eventHash } from '../../protocol/epcis/eventHash.ts';
import { eventsOf } from '../../protocol/epcis/eventsOf.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { type RunningSystem, root, runningSystem } from './runningSystem.ts';

const corpus = join(
  root,
  '..',
  'shared',
  'vectors',
  'epcis',
  'openepcis-test-resources',
  'core',
  'src',
  'main',
  'resources',
  '2.0',
  'EPCIS',
  'JSON',
  'Capture',
);
const files = (folder: string) =>
  existsSync(join(corpus, folder)) ? readdirSync(join(corpus, folder)).filter((name) => /\.json(ld)?$/.test(name)) : [];

describe('OpenEPCIS documents', () => {
  let running: RunningSystem;
  before('start', async function () {
    if (!existsSync(corpus)) {
      process.stdout.write(`      skipped: no corpora at ${corpus}\n`);
      this.skip();
    }
    running = await runningSystem();
  });

  it('are captured, anchored and found, or refused with a pointer', async () => {
    const outcome = { found: 0, refused: 0 };
    for (const folder of ['Documents', 'Events', 'Invalid']) {
      for (const name of files(folder)) outcome[await capture(running, join(corpus, folder, name))]++;
    }
    expect(outcome).to.deep.equal({ found: 40, refused: 18 });
  });
});

async function capture({ system, home, query }: RunningSystem, file: string): Promise<'found' | 'refused'> {
  const text = readFileSync(file, 'utf8');
  const headers = {
    authorization: `Bearer ${readFileSync(join(home, 'members', 'hanbada', 'token'), 'utf8').trim()}`,
    'content-type': 'application/json',
  };
  const { url } = system.nodes.korea;
  const single = (JSON.parse(text) as { type: string }).type !== 'EPCISDocument';
  const answer = await fetch(`${url}/epcis/v2/${single ? 'events' : 'capture'}`, { method: 'POST', headers, body: text });
  if (answer.status === 400) {
    const problem = (await answer.json()) as { pointer?: string; errors?: { pointer?: string }[] };
    expect(problem.pointer ?? problem.errors?.[0]?.pointer, file).to.be.a('string');
    return 'refused';
  }
  expect([201, 202, 409], `${file}: ${answer.status}`).to.include(answer.status);
  if (answer.status === 202) await settled(file, new URL(answer.headers.get('location') as string, url), headers);
  for (const { event, context } of eventsOf(parseStrict(text) as never)) {
    const hash = eventHash(event, context);
    const { event: found } = await query<{ event: { verdict: { answer: string } } | null }>(
      'korea',
      'query($hash: String!) { event(hash: $hash) { verdict { answer } } }',
      { hash },
    );
    expect(found?.verdict.answer, `${file} ${hash}`).to.equal('VALID');
  }
  return 'found';
}

async function settled(file: string, job: URL, headers: Record<string, string>): Promise<void> {
  for (;;) {
    const state = (await (await fetch(job, { headers })).json()) as { running: boolean; success: boolean; errors: unknown };
    if (!state.running) {
      expect(state.success, `${file}: ${JSON.stringify(state.errors)}`).to.equal(true);
      return;
    }
    await sleep(50);
  }
}
