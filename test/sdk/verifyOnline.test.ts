import { join } from 'node:path';
import { expect } from 'chai';
import type { Bundle, BundleDocument } from '../../protocol/verdict/bundle.ts';
import { verifyBundle } from '../../protocol/verdict/verifyBundle.ts';
import { type OpenMember, openMember } from '../../sdk/member/openMember.ts';
import { nodeClient } from '../../sdk/node/client.ts';
import { changeStatus } from '../../sdk/notarise/changeStatus.ts';
import { notarise } from '../../sdk/notarise/notarise.ts';
import { readInputs } from '../../sdk/notarise/readInputs.ts';
import { readBundle } from '../../sdk/verify/readBundle.ts';
import { type OnlineVerdict, verifyOnline } from '../../sdk/verify/verifyOnline.ts';
import { hasArtifact } from './support/ledger.ts';
import { FORGERIES, LIES, type LiarsStock } from './support/lies.ts';
import { startWorld, type World } from './support/world.ts';

const LOT = 'https://id.gs1.org/01/09521001001021/10/TIDE1';

describe('verifyOnline', () => {
  let world: World;
  let lab: OpenMember;
  /** A document that stands, and one that is revoked after its bundle was written. */
  let standing: Bundle;
  let revoked: Bundle;
  let revokedStock: LiarsStock;
  let standingStock: LiarsStock;

  before(async function () {
    this.timeout(60_000);
    if (!hasArtifact) this.skip();
    world = await startWorld();
    lab = openMember(world.home, 'lab');
    const out = join(world.home, 'out');
    for (const [number, lot] of [
      ['A', 'TIDE1'],
      ['B', 'TIDE1'],
      ['C', 'TIDE2'],
    ] as const)
      await notarise({ member: lab, inputs: readInputs([world.report(number, lot)]), out });
    standing = readBundle(join(out, 'A.bundle.json'));
    revoked = readBundle(join(out, 'B.bundle.json'));
    const other = readBundle(join(out, 'C.bundle.json'));
    world.nodes.clockOffset = -3_600;
    const [hourAgo, standingHourAgo] = [await world.nodes.bundleOf(leafOf(revoked)), await world.nodes.bundleOf(leafOf(standing))];
    world.nodes.clockOffset = 0;
    const checkpointHourAgo = hourAgo.block.cosignatures[0] as string;
    revokedStock = { before: await world.nodes.bundleOf(leafOf(revoked)), hourAgo, checkpointHourAgo, other };
    standingStock = { before: standing, hourAgo: standingHourAgo, checkpointHourAgo, other };
    await changeStatus({ member: lab, leaf: leafOf(revoked), change: 'revoke', reason: 'FRAUD' });
  });

  afterEach(() => {
    if (world !== undefined) world.nodes.lie = undefined;
  });

  after(async () => {
    lab?.close();
    await world?.stop();
  });

  const ask = (bundle: unknown, more: { at?: string; urls?: readonly string[] } = {}): Promise<OnlineVerdict> =>
    verifyOnline({
      bundle,
      trust: world.nodes.trust,
      nodes: (more.urls ?? world.nodes.urls).map((url) => nodeClient({ url, retries: 0, timeoutMs: 5_000 })),
      clock: () => new Date(Date.now() + 1_000).toISOString(),
      patienceMs: 300,
      ...(more.at === undefined ? {} : { at: more.at }),
    });

  describe('with honest nodes', () => {
    it('finds a standing document valid', async () => {
      const { verdict, node, rejected } = await ask(standing);
      expect(verdict.findings.filter(({ answer }) => answer !== 'VALID')).to.deep.equal([]);
      expect(world.nodes.urls).to.include(node);
      expect(rejected).to.deep.equal([]);
    });

    it('finds a revocation that is newer than the file', async () => {
      expect(verifyBundle(revoked, world.nodes.trust, { now: new Date().toISOString() }).answer).to.equal('VALID');
      const { verdict } = await ask(revoked);
      expect(verdict.findings.find(({ answer }) => answer === 'INVALID')?.code).to.equal('REVOKED');
    });

    it('finds a whole subject complete', async () => {
      const { verdict } = await ask(await world.nodes.subjectOf(LOT));
      expect(verdict.findings.find(({ question }) => question === 'complete')?.answer).to.equal('VALID');
      expect(verdict.answer).to.equal('INVALID');
    });

    it('uses the one that answers where the other is down', async () => {
      const { verdict, rejected } = await ask(standing, { urls: [world.nodes.urls[0], 'http://127.0.0.1:9'] });
      expect(verdict.answer).to.equal('VALID');
      expect(rejected.map(({ code }) => code)).to.include('NODE_UNREACHABLE');
    });
  });

  it('cannot check where no node answers', async () => {
    const { verdict, node } = await ask(standing, { urls: ['http://127.0.0.1:9'] });
    expect(verdict.answer).to.equal('CANNOT_CHECK');
    expect(node).to.equal(undefined);
  });

  describe('with lying nodes', () => {
    for (const lie of LIES) {
      it(`never shows valid where a node ${lie.name}`, async () => {
        for (const [bundle, stock] of [
          [revoked, revokedStock],
          [standing, standingStock],
        ] as const) {
          // A lie that changes nothing for a standing document is told for the revoked one only.
          if (bundle === standing && lie.name === 'drops a revocation') continue;
          world.nodes.lie = (path, text) => tell(lie, stock, path, text);
          const { verdict } = await ask(bundle);
          expect(verdict.answer, `${lie.name}, ${bundle === revoked ? 'revoked' : 'standing'}`).to.not.equal('VALID');
        }
      });
    }

    it('sees a revocation that one honest node shows', async () => {
      const lie = LIES[0] as (typeof LIES)[number];
      let asked = 0;
      world.nodes.lie = (path, text) => (path.startsWith('/bundles/') && asked++ % 2 === 0 ? tell(lie, revokedStock, path, text) : text);
      const { verdict } = await ask(revoked);
      expect(verdict.answer).to.equal('INVALID');
    });

    it('never shows a shortened history as complete', async () => {
      const whole = await world.nodes.subjectOf(LOT);
      const [first] = whole.documents as [BundleDocument];
      const short = {
        ...whole,
        documents: [first],
        subject: { ...(whole.subject as NonNullable<Bundle['subject']>), entries: whole.subject?.entries.slice(0, 1) },
      };
      world.nodes.lie = (path, text) => (path.startsWith('/subjects') ? JSON.stringify(short) : text);
      for (const bundle of [short, whole]) {
        const { verdict } = await ask(bundle);
        expect(verdict.answer).to.not.equal('VALID');
      }
    });
  });

  describe('with a forged file', () => {
    for (const { name, forge } of FORGERIES) {
      it(`finds ${name} invalid`, async () => {
        const { verdict } = await ask(forge(standing, standingStock.other));
        expect(verdict.answer).to.equal('INVALID');
      });
    }
  });

  it('keeps the network out of an offline check', async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const verdict = verifyBundle(standing, world.nodes.trust, { now: later });
    expect(verdict.answer).to.equal('CANNOT_CHECK');
    expect(verdict.findings.filter(({ answer }) => answer !== 'VALID').map(({ question }) => question)).to.deep.equal([
      'status',
      'superseded',
    ]);
  });
});

function tell(lie: (typeof LIES)[number], stock: LiarsStock, path: string, text: string): string {
  if (path.startsWith('/checkpoint')) return lie.checkpoint?.(text, stock) ?? text;
  if (!path.startsWith('/bundles/') || !text.startsWith('{"format"')) return text;
  const told = lie.bundle(JSON.parse(text) as Bundle, stock);
  return typeof told === 'string' ? told : JSON.stringify(told);
}

function leafOf(bundle: Bundle) {
  return (bundle.documents[0] as BundleDocument).anchor.leaf;
}
