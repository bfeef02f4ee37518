import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Command } from 'commander';
import { openCredential } from '../../protocol/credentials/openCredential.ts';
import { captureCommand } from '../../scripts/commands/capture.ts';
import { changeStatusCommand } from '../../scripts/commands/changeStatus.ts';
import { discloseCommand } from '../../scripts/commands/disclose.ts';
import { keysCommand } from '../../scripts/commands/keys.ts';
import { membersCommand } from '../../scripts/commands/members.ts';
import { notariseCommand } from '../../scripts/commands/notarise.ts';
import { showCommand } from '../../scripts/commands/show.ts';
import { supersedeCommand } from '../../scripts/commands/supersede.ts';
import { verifyCommand } from '../../scripts/commands/verify.ts';
import { readBundle } from '../../sdk/verify/readBundle.ts';
import { hasArtifact } from '../sdk/support/ledger.ts';
import { startWorld, type World } from '../sdk/support/world.ts';
import { type Ran, tidemark } from './support.ts';

const COMMANDS: readonly Command[] = [
  ...[notariseCommand(), verifyCommand(), showCommand(), supersedeCommand(), discloseCommand(), keysCommand(), membersCommand()],
  captureCommand(),
  ...(['revoke', 'suspend', 'reinstate'] as const).map(changeStatusCommand),
];

describe('command line', function () {
  this.timeout(60_000);
  let world: World;
  let report: string;
  let certificate: string;

  before(async function () {
    if (!hasArtifact) this.skip();
    world = await startWorld();
    report = join(world.home, 'out', 'CLI-R1.bundle.json');
    certificate = join(world.home, 'out', 'CLI-C1.bundle.json');
  });

  after(() => world?.stop());

  const run = (...args: string[]): Promise<Ran> => tidemark(args, world.home);
  const json = async (...args: string[]) => {
    const { exit, out } = await run(...args, '--json');
    return { exit, value: JSON.parse(out) };
  };

  it('explains every command with an example', async () => {
    for (const command of COMMANDS) {
      for (const each of command.commands.length > 0 ? command.commands : [command]) {
        let help = '';
        each.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
        expect(help, each.name()).to.match(/Example:\n {2}npm run -s tidemark -- /);
        expect(help, each.name()).to.include('--json');
      }
    }
    expect((await run('keys', 'rotate', '--help')).exit).to.equal(0);
  });

  it('answers wrong usage with 64', async () => {
    const wrong = await Promise.all([
      run('verify'),
      run('fly'),
      run('verify', 'no-such-file.json'),
      run('notarise', 'x.json', '--frob'),
      run('notarise', report),
      run('capture', 'no-such-folder', '--member', 'lab'),
    ]);
    expect(wrong.map(({ exit }) => exit)).to.deep.equal([64, 64, 64, 64, 64, 64]);
    for (const { err } of wrong) expect(err).to.not.match(/\n\s+at /);
  });

  describe('capture', () => {
    it('refuses with 1, and names file, field and code', async () => {
      const path = join(world.home, 'events.json');
      writeFileSync(path, readFileSync('deploy/demo/laver/events-hanbada.json', 'utf8').replace('"ADD"', '"MOVE"'));
      const { exit, out } = await run('capture', path, '--member', 'lab');
      expect(exit).to.equal(1);
      expect(out).to.include(`refused ${path} /epcisBody/eventList/0/action  ILMD_WITHOUT_ADD`);
      expect(out).to.include('6 events in 1 document: 0 captured, 0 known before, 6 not captured');
    });
  });

  describe('notarise', () => {
    it('writes bundles and says so line by line', async () => {
      const out = join(world.home, 'out');
      const { exit, value } = await json('notarise', world.report('CLI-R1'), '--member', 'lab', '--out', out);
      const { exit: other, out: lines, err } = await run('notarise', world.certificate('CLI-C1'), '--member', 'chamber', '--out', out);
      expect({ exit, other }).to.deep.equal({ exit: 0, other: 0 });
      expect(value).to.include({ documents: 1, records: 1 });
      expect(value.bundles[0].file).to.equal(report);
      expect(lines).to.include('1 document notarised in 1 record of the ledger');
      expect(err).to.match(/anchor +\[#+\] 1\/1/);
    });

    it('refuses a wrong field with its pointer and 1', async () => {
      const path = join(world.home, 'wrong.json');
      writeFileSync(path, readFileSync(world.report('CLI-W'), 'utf8').replace('"size":5', '"size":5,"size":6'));
      const { exit, value } = await json('notarise', path, '--member', 'lab', '--out', world.home);
      expect(exit).to.equal(1);
      expect(value.error).to.include({ code: 'DUPLICATE_NAME', pointer: '/credentialSubject/sample/size' });
    });

    it('cannot, with 2 and advice, while the node is down', async () => {
      const path = world.report('CLI-DOWN');
      const file = join(world.home, 'members', 'lab', 'member.json');
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace(world.nodes.urls[1], 'http://127.0.0.1:9'));
      const { exit, value } = await json('notarise', path, '--member', 'lab', '--out', world.home);
      writeFileSync(file, text);
      expect(exit).to.equal(2);
      expect(value.error).to.include({ code: 'NODE_UNREACHABLE' });
      expect(value.error.advice).to.be.a('string');
    });
  });

  describe('verify', () => {
    it('judges online, question by question', async () => {
      const { exit, value } = await json('verify', report);
      expect(exit).to.equal(0);
      expect(value.answer).to.equal('VALID');
      expect(value.findings.map(({ question }: { question: string }) => question)).to.include.members([
        'block',
        'integrity',
        'anchored',
        'issuer',
        'accreditation',
        'status',
        'superseded',
      ]);
    });

    it('speaks three languages', async () => {
      const texts = await Promise.all(['zh', 'ko', 'en'].map((language) => run('verify', report, '--offline', '--lang', language)));
      expect(new Set(texts.map(({ out }) => out.split('\n')[0])).size).to.equal(3);
    });

    it('works offline and leaves later status open', async () => {
      const trust = join(world.home, 'old-trust.json');
      writeFileSync(trust, JSON.stringify({ ...world.nodes.trust, maxAge: 0 }));
      const { exit, value } = await json('verify', report, '--offline', '--trust', trust);
      expect(exit).to.equal(2);
      const open = value.findings
        .filter(({ answer }: { answer: string }) => answer !== 'VALID')
        .map(({ question, code }: { question: string; code: string }) => `${question} ${code}`);
      expect(open).to.deep.equal(['status STALE', 'superseded STALE']);
    });

    it('finds a changed file invalid', async () => {
      const changed = join(world.home, 'changed.bundle.json');
      writeFileSync(
        changed,
        readFileSync(report, 'utf8')
          .replace('"size":1,', '"size":2,')
          .replace(/"sdJwt":"(.{300})./, '"sdJwt":"$1A'),
      );
      expect((await run('verify', changed)).exit).to.equal(1);
    });
  });

  describe('show', () => {
    it('finds a document by number and by fingerprint', async () => {
      const byNumber = await json('show', 'CLI-C1');
      const byFingerprint = await json('show', byNumber.value.leaf);
      expect([byNumber.exit, byFingerprint.exit]).to.deep.equal([0, 0]);
      expect(byNumber.value.document.credentialSubject.certificateNumber).to.equal('CLI-C1');
      expect(byFingerprint.value.leaf).to.equal(readBundle(certificate).documents[0].anchor.leaf);
    });

    it('says that a number is not known', async () => {
      const { exit, value } = await json('show', 'NO-SUCH-1');
      expect(exit).to.equal(1);
      expect(value.error.code).to.equal('UNKNOWN_NUMBER');
    });
  });

  describe('disclose', () => {
    it('hides what may be hidden and still verifies', async () => {
      const shown = join(world.home, 'shown.bundle.json');
      const { exit, value } = await json('disclose', certificate, '--only', 'consignee.name', '--out', shown);
      expect(exit).to.equal(0);
      expect(value.shown).to.deep.equal(['/credentialSubject/consignee/name']);
      const [document] = readBundle(shown).documents;
      const { claims } = openCredential(document.type === 'credential' ? document.sdJwt : '');
      expect(claims.credentialSubject).to.not.have.property('producer');
      expect((await run('verify', shown)).exit).to.equal(0);
    });

    it('refuses a field that is not there', async () => {
      const { exit, value } = await json('disclose', certificate, '--only', 'colour', '--out', join(world.home, 'x.json'));
      expect({ exit, code: value.error.code }).to.deep.equal({ exit: 1, code: 'POINTER_UNKNOWN' });
    });
  });

  describe('members and keys', () => {
    it('lists members from the ledger', async () => {
      const { value } = await json('members', 'list');
      expect(
        value.map(({ slug, shore, roles }: { slug: string; shore: string; roles: string[] }) => [slug, shore, ...roles]),
      ).to.deep.equal([
        ['lab', 'KR', 'LABORATORY'],
        ['chamber', 'CN', 'CERTIFIER'],
      ]);
      expect((await run('members', 'show', 'lab')).out).to.include('lab en');
    });

    it('rotates a key and keeps what it signed', async () => {
      const { exit, value } = await json('keys', 'rotate', '--member', 'lab');
      expect(exit).to.equal(0);
      const { value: keys } = await json('keys', 'list', '--member', 'lab');
      expect(keys.map(({ thumbprint, current }: { thumbprint: string; current: boolean }) => [thumbprint, current])).to.deep.equal([
        [value.current, true],
        [value.revoked[0], false],
      ]);
      expect((await run('verify', report)).exit).to.equal(0);
      const { exit: next } = await run('notarise', world.report('CLI-R2'), '--member', 'lab', '--out', join(world.home, 'out'));
      expect(next).to.equal(0);
      expect((await run('verify', join(world.home, 'out', 'CLI-R2.bundle.json'))).exit).to.equal(0);
    });
  });

  describe('supersede and revoke', () => {
    it('supersedes by number', async () => {
      const out = join(world.home, 'out');
      const { exit, value } = await json('supersede', 'CLI-C1', world.certificate('CLI-C2'), '--member', 'chamber', '--out', out);
      expect(exit).to.equal(0);
      const { exit: old, value: verdict } = await json('verify', certificate);
      expect(old).to.equal(1);
      expect(verdict.findings.some(({ code }: { code: string }) => code === 'SUPERSEDED')).to.equal(true);
      expect((await run('verify', value.file)).exit).to.equal(0);
    });

    it('revokes once and refuses a second time', async () => {
      expect((await run('revoke', report, '--member', 'lab', '--reason', 'fraud')).exit).to.equal(0);
      expect((await run('verify', report)).exit).to.equal(1);
      const { exit, value } = await json('revoke', report, '--member', 'lab');
      expect({ exit, code: value.error.code }).to.deep.equal({ exit: 1, code: 'LEDGER_REFUSES' });
    });

    it('refuses what another member issued', async () => {
      const { exit, value } = await json('revoke', join(world.home, 'out', 'CLI-R2.bundle.json'), '--member', 'chamber');
      expect({ exit, code: value.error.code }).to.deep.equal({ exit: 1, code: 'NOT_YOURS' });
    });
  });
});
