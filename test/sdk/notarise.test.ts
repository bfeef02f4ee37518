import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openCredential } from '../../protocol/credentials/openCredential.ts';
import { headCount } from '../../protocol/ledger/ids.ts';
import { issuerHeadSlot } from '../../protocol/ledger/slots.ts';
import { verifyBundle } from '../../protocol/verdict/verifyBundle.ts';
import { readWord } from '../../sdk/chain/readState.ts';
import { SdkError } from '../../sdk/errors.ts';
import { type OpenMember, openMember } from '../../sdk/member/openMember.ts';
import { changeStatus } from '../../sdk/notarise/changeStatus.ts';
import { notarise } from '../../sdk/notarise/notarise.ts';
import { readInputs } from '../../sdk/notarise/readInputs.ts';
import { supersede } from '../../sdk/notarise/supersede.ts';
import { readBundle } from '../../sdk/verify/readBundle.ts';
import { hasArtifact } from './support/ledger.ts';
import { startWorld, type World } from './support/world.ts';

describe('notarise', () => {
  let world: World;
  let lab: OpenMember;
  let chamber: OpenMember;

  before(async function () {
    if (!hasArtifact) this.skip();
    world = await startWorld();
    lab = openMember(world.home, 'lab');
    chamber = openMember(world.home, 'chamber');
  });

  after(async () => {
    lab?.close();
    chamber?.close();
    await world?.stop();
  });

  const judge = (file: string) => verifyBundle(readBundle(file), world.nodes.trust, { now: new Date().toISOString() });
  const recordsOf = async ({ file }: OpenMember) =>
    headCount(`0x${(await readWord(world.ledger, issuerHeadSlot(file.member))).toString(16).padStart(64, '0')}`);

  it('anchors one document singly and writes its bundle', async () => {
    const out = join(world.home, 'one');
    const summary = await notarise({ member: lab, inputs: readInputs([world.report('R-1')]), out });
    const bundle = join(out, 'R-1.bundle.json');
    expect(summary).to.deep.equal({ documents: 1, records: 1 });
    expect(readBundle(bundle).documents[0].anchor.inclusion).to.equal(undefined);
    expect(judge(bundle).findings.filter(({ answer }) => answer !== 'VALID')).to.deep.equal([]);
  });

  it("keeps every disclosure in the issuer's own bundle", async () => {
    const out = join(world.home, 'full');
    await notarise({ member: chamber, inputs: readInputs([world.certificate('C-1')]), out });
    const [document] = readBundle(join(out, 'C-1.bundle.json')).documents;
    const { withheld, disclosed } = openCredential(document.type === 'credential' ? document.sdJwt : '');
    expect({ withheld, some: disclosed.length > 3 }).to.deep.equal({ withheld: 0, some: true });
    expect(judge(join(out, 'C-1.bundle.json')).answer).to.equal('VALID');
  });

  it('does the same document only once', async () => {
    const inputs = world.report('R-2');
    const first = await notarise({ member: lab, inputs: readInputs([inputs]), out: join(world.home, 'twice-1') });
    const records = await recordsOf(lab);
    const second = await notarise({ member: lab, inputs: readInputs([inputs, inputs]), out: join(world.home, 'twice-2') });
    const leaf = (folder: string) => readBundle(join(world.home, folder, 'R-2.bundle.json')).documents[0].anchor.leaf;
    expect(second).to.deep.equal(first);
    expect(leaf('twice-2')).to.equal(leaf('twice-1'));
    expect(await recordsOf(lab)).to.equal(records);
  });

  it('splits many documents into batches by leaves and links', async function () {
    this.timeout(60_000);
    const lines = Array.from({ length: 600 }, (_, index) => readFileSync(world.report(`M-${index}`, `LOT${index}`), 'utf8'));
    const file = join(world.home, 'many.jsonl');
    writeFileSync(file, lines.join('\n'));
    const out = join(world.home, 'many');
    const phases: string[] = [];
    const summary = await notarise({
      member: lab,
      inputs: readInputs([file]),
      out,
      onProgress: ({ phase, done, total }) => done === total && phases.push(phase),
    });
    expect(summary).to.deep.equal({ documents: 600, records: 2 });
    expect([...new Set(phases)]).to.include.members(['store', 'anchor', 'bundle']);
    expect(readdirSync(out)).to.have.length(600);
    const sizes = ['many-1', 'many-600'].map((name) => readBundle(join(out, `${name}.bundle.json`)).documents[0].anchor.inclusion?.size);
    expect(sizes).to.deep.equal([512, 88]);
    for (const name of ['many-1', 'many-600']) expect(judge(join(out, `${name}.bundle.json`)).answer).to.equal('VALID');
  });

  it('goes on after the node fails between storing and anchoring', async () => {
    const folder = join(world.home, 'broken-in');
    mkdirSync(folder);
    for (const number of ['B-1', 'B-2', 'B-3']) writeFileSync(join(folder, `${number}.json`), readFileSync(world.report(number)));
    const records = await recordsOf(lab);
    world.nodes.lie = (path, text) => (path === '/documents' ? '{"stored":[]}' : text);
    expect(await codeOf(notarise({ member: lab, inputs: readInputs([folder]), out: join(world.home, 'broken') }))).to.equal(
      'NODE_ANSWER_WRONG',
    );
    world.nodes.lie = undefined;
    await notarise({ member: lab, inputs: readInputs([folder]), out: join(world.home, 'broken') });
    await notarise({ member: lab, inputs: readInputs([folder]), out: join(world.home, 'broken') });
    expect(await recordsOf(lab)).to.equal(records + 1);
    expect(judge(join(world.home, 'broken', 'B-2.bundle.json')).answer).to.equal('VALID');
  });

  it('refuses a wrong field with its pointer and anchors nothing', async () => {
    const good = world.report('G-1');
    const bad = join(world.home, 'bad.json');
    writeFileSync(bad, readFileSync(world.report('G-2'), 'utf8').replace('"size":5', '"size":"five"'));
    const records = await recordsOf(lab);
    try {
      await notarise({ member: lab, inputs: readInputs([good, bad]), out: join(world.home, 'refused') });
      expect.fail('it was taken');
    } catch (error) {
      expect(error).to.include({ code: 'CLAIMS_REFUSED', pointer: '/credentialSubject/sample/size' });
    }
    expect(await recordsOf(lab)).to.equal(records);
  });

  it('refuses a kind that the member may not issue', async () => {
    const code = await codeOf(notarise({ member: lab, inputs: readInputs([world.certificate('C-9')]), out: join(world.home, 'kind') }));
    expect(code).to.equal('REVERTED');
  });

  describe('changeStatus', () => {
    it('suspends, reinstates and revokes', async () => {
      const out = join(world.home, 'status');
      await notarise({ member: lab, inputs: readInputs([world.report('S-1')]), out });
      const { leaf } = readBundle(join(out, 'S-1.bundle.json')).documents[0].anchor;
      const statusNow = async () => {
        const verdict = verifyBundle(await world.nodes.bundleOf(leaf), world.nodes.trust, {
          now: new Date(Date.now() + 2000).toISOString(),
        });
        return verdict.findings.find(({ question }) => question === 'status')?.code;
      };
      await changeStatus({ member: lab, leaf, change: 'suspend', reason: 'UNDER_INVESTIGATION' });
      expect(await statusNow()).to.equal('SUSPENDED');
      await changeStatus({ member: lab, leaf, change: 'reinstate', reason: 'INVESTIGATION_CLOSED' });
      expect(await statusNow()).to.equal('OK');
      await changeStatus({ member: lab, leaf, change: 'revoke', reason: 'FRAUD' });
      expect(await statusNow()).to.equal('REVOKED');
      expect(await codeOf(changeStatus({ member: lab, leaf, change: 'reinstate', reason: 'ADMINISTRATIVE' }))).to.equal('LEDGER_REFUSES');
    });
  });

  describe('supersede', () => {
    it('puts a corrected document in the place of an earlier one', async () => {
      const out = join(world.home, 'supersede');
      await notarise({ member: chamber, inputs: readInputs([world.certificate('V-1')]), out });
      const old = join(out, 'V-1.bundle.json');
      const request = { member: chamber, old, input: world.certificate('V-2'), out, reason: 'DATA_INCORRECT' } as const;
      const written = await supersede(request);
      expect(await supersede(request)).to.deep.equal(written);
      const { leaf } = readBundle(old).documents[0].anchor;
      const verdict = verifyBundle(await world.nodes.bundleOf(leaf), world.nodes.trust, { now: new Date(Date.now() + 2000).toISOString() });
      expect(verdict.findings.find(({ question }) => question === 'superseded')?.code).to.equal('SUPERSEDED');
      expect(judge(written.file).answer).to.equal('VALID');
    });
  });
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'DONE';
  } catch (error) {
    return error instanceof SdkError ? error.code : String(error);
  }
}
