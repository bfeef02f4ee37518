import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { signCheckpoint } from '../../protocol/checkpoint/checkpoint.ts';
import { fromBase64Url, toBase64Url } from '../../protocol/encoding/base64url.ts';
import { fromUtf8, toUtf8 } from '../../protocol/encoding/utf8.ts';
import { generateKeyPair } from '../../protocol/jose/jwk.ts';
import { parseJws } from '../../protocol/jose/jws.ts';
import type { Bundle, BundleDocument } from '../../protocol/verdict/bundle.ts';
import { SUBJECTS } from '../web/demoBundle.ts';
import { CONTAINER, type Product } from './fixtureLedger.ts';
import type { Lie } from './fixtureNodes.ts';
import { everVerified, glanceOf, startWorld, untilChecked, type World } from './world.ts';

type Credential = Extract<BundleDocument, { type: 'credential' }>;

describe('a lying server in a browser', function () {
  this.timeout(120_000);
  let world: World;
  let kimchi: Bundle;
  let beforeRevocation: Bundle;

  before(async () => {
    world = await startWorld();
    beforeRevocation = await world.ledger.bundle('laver');
    kimchi = await world.ledger.bundle('kimchi');
  });
  after(() => world?.stop());

  /** Lies about the documents; the page that is sent is honest. */
  const bundleLies: Record<string, (bundle: Bundle, product: Product) => unknown> = {
    'drops the last entry': (bundle) => without(bundle, bundle.documents.length - 1, true),
    'drops the last entry but not its number': (bundle) => without(bundle, bundle.documents.length - 1, false),
    'drops the first laboratory report': (bundle) => without(bundle, firstReport(bundle), true),
    'withholds a laboratory report': (bundle) => replace(bundle, firstReport(bundle), withheld),
    'raises a result': (bundle) => replaceCredential(bundle, firstReport(bundle), (text) => text.replace('"9600"', '"9"')),
    'names another laboratory': (bundle) => replaceCredential(bundle, firstReport(bundle), (text) => text.replaceAll('Namhae', 'Beihai')),
    'gives the report to another issuer': (bundle) => replace(bundle, firstReport(bundle), (document) => ({ ...document, issuer: 7 })),
    'renames a member': (bundle) => ({ ...bundle, members: mapValues(bundle.members, (text) => text.replaceAll('Namhae', 'State')) }),
    'moves an event to another port': (bundle) =>
      mapDocuments(bundle, (document) =>
        document.type === 'event' ? { ...document, event: document.event.replaceAll('KRPUS', 'KRINC') } : document,
      ),
    'tells the history in another order': (bundle) => ({
      ...bundle,
      documents: bundle.documents.toReversed(),
      subject: { ...bundle.subject, entries: bundle.subject?.entries.toReversed() },
    }),
    "sends another product's proof": () => kimchi,
    "renames another product's proof": () => ({ ...kimchi, subject: { ...kimchi.subject, id: SUBJECTS.laver } }),
    'leaves the proofs out': (bundle) => ({ ...bundle, block: { ...bundle.block, nodes: [] } }),
    'sends no checkpoint of the other shore, whose node is asked and refuses': (bundle) => withSignatures(bundle, 1),
    'signs the block with a key of its own': (bundle) => withSignatures(bundle, 1, [forgedCheckpoint(bundle)]),
    'is an hour old': (bundle) => ({
      ...bundle,
      block: { ...bundle.block, cosignatures: bundle.block.cosignatures.map((jws) => aged(world, jws)) },
    }),
    'sends no subject': ({ subject: _, ...bundle }) => bundle,
    'sends nothing but brackets': () => ({}),
    'claims to be valid': (bundle) => ({ ...without(bundle, 0, true), verdict: { answer: 'VALID' } }),
  };

  /** Lies in the words of the page; the documents are honest. */
  const pageLies: Record<string, (html: string) => string> = {
    'a lower result on the page': (html) => html.replaceAll('9,600', '9'),
    'another laboratory on the page': (html) => html.replaceAll('Namhae Analysis Institute', 'Imperial Laboratory'),
    'another number of the certificate': (html) => html.replaceAll('DEMO-KR-26-000417', 'DEMO-KR-26-000999'),
    'another date of the analysis': (html) => html.replace('21 Sep 2026', '21 Nov 2026'),
    'an invented claim in the title': (html) => html.replace('</h1>', '</h1><p>Certified organic by both countries</p>'),
    'an invented report': (html) =>
      html.replace(
        '<section id="checks"',
        '<section id="more"><p data-fact="report.99.number">X-1: organic</p></section><section id="checks"',
      ),
    'a step left out of the journey': (html) => html.replace(/<li data-colour="green"><p class="journey__place".*?<\/ul><\/li>/, ''),
  };

  for (const [name, bundle] of Object.entries(bundleLies)) {
    it(`is never verified when it ${name}`, async () => {
      const alone = name.includes('refuses') || name.includes('key of its own');
      await expectNeverVerified({ bundle }, alone);
    });
  }

  for (const [name, html] of Object.entries(pageLies)) {
    it(`is found out with ${name}`, async () => {
      const page = await openLying({ html });
      expect(await glanceOf(page)).to.include({ colour: 'red', verified: 'no' });
      expect(await page.locator('.differences li').count()).to.be.greaterThan(0);
      expect(await everVerified(page)).to.equal(false);
      if (name.startsWith('a lower')) await world.picture(page, 'laver-lying-page');
      await page.context().close();
    });
  }

  it('cannot keep its own claim of being verified', async () => {
    const html = (text: string) =>
      text
        .replace('data-verified="no"', 'data-verified="yes"')
        .replace('<body>', '<body><div id="banner">Verified by this phone</div>')
        .replace('class="glance__by">', 'class="glance__by">Checked on this phone. ');
    const page = await openLying({ html, bundle: (bundle) => without(bundle, 0, true) });
    expect(await glanceOf(page)).to.include({ verified: 'no' });
    expect(await page.locator('#banner').count()).to.equal(0);
    await page.context().close();
  });

  const besideLies: Record<string, (bundle: Bundle, id: string) => unknown> = {
    withholds: () => undefined,
    shortens: (bundle) => without(bundle, bundle.documents.length - 1, true),
    alters: (bundle) =>
      mapDocuments(bundle, (document) =>
        document.type === 'event' ? { ...document, event: document.event.replaceAll('transporting', 'storing') } : document,
      ),
    'takes from another ledger': (bundle) => ({ ...bundle, block: { ...bundle.block, nodes: [] } }),
    'gives another one for': () => kimchi,
  };
  for (const [name, lie] of Object.entries(besideLies)) {
    it(`shows nothing of a container as checked whose history it ${name}`, async () => {
      const page = await openLying({ beside: (bundle, id) => (id === CONTAINER ? lie(bundle, id) : bundle) });
      const container = page.locator('#along li', { hasText: '095210010000009010' });
      expect(await container.locator('.badge').getAttribute('data-colour')).not.to.equal('green');
      const steps = page.locator('.journey > li[data-colour="green"]', { hasText: '095210010000009010' });
      expect(await steps.filter({ hasText: 'Stored' }).count()).to.equal(0);
      if (name !== 'shortens') expect(await steps.filter({ hasText: 'On the way' }).count()).to.equal(0);
      await page.context().close();
      world.nodes.lie({});
    });
  }

  it('is not verified without its list of trust', async () => {
    await expectNeverVerified({ trust: () => '{"witnesses":[' }, false);
  });

  it('is not verified by trust in one shore twice', async () => {
    const trust = (text: string) => {
      const list = JSON.parse(text) as { witnesses: { name: string }[] };
      return JSON.stringify({ ...list, witnesses: list.witnesses.filter(({ name }) => name === 'korea') });
    };
    await expectNeverVerified({ trust }, false);
  });

  // Last, as what is revoked stays revoked.
  describe('after a revocation', () => {
    before(async () => {
      const certificate = beforeRevocation.documents.findIndex(({ type, issuer }) => type === 'credential' && issuer === 3);
      await world.ledger.revoke('laver', certificate);
    });

    it('is never verified when it serves the state before, with its page', async () => {
      const stale = await world.ledger.bundle('kimchi');
      expect(stale.block.header).not.to.equal(beforeRevocation.block.header);
      await expectNeverVerified({ bundle: () => beforeRevocation, html: greened }, false);
    });

    it('is never verified when it serves the state before, signed anew', async () => {
      const height = parseHeight(beforeRevocation);
      const cosignatures = await Promise.all(['qingdao', 'korea'].map((name) => world.ledger.checkpoint(name, height)));
      const bundle = () => ({ ...beforeRevocation, block: { ...beforeRevocation.block, cosignatures } });
      await expectNeverVerified({ bundle, html: greened, checkpoint: () => cosignatures[1] }, false);
    });

    it('is never verified when it puts old proofs under the new block', async () => {
      const bundle = (now: Bundle) => ({ ...now, block: { ...now.block, nodes: beforeRevocation.block.nodes } });
      await expectNeverVerified({ bundle }, false);
    });

    it('is red in the end when only the page is green', async () => {
      const page = await openLying({ html: greened });
      expect(await glanceOf(page)).to.include({ colour: 'red', verified: 'no' });
      await page.context().close();
    });
  });

  async function openLying(lie: Lie) {
    world.nodes.lie(lie);
    const page = await world.open(world.nodes.page('laver', 'en'));
    await untilChecked(page);
    return page;
  }

  async function expectNeverVerified(lie: Lie, alone: boolean): Promise<void> {
    world.nodes.setAway(alone);
    const page = await openLying(lie);
    // Long enough for a second look.
    await page.waitForTimeout(1200);
    expect(await everVerified(page)).to.equal(false);
    expect((await glanceOf(page)).colour).not.to.equal('green');
    world.nodes.setAway(false);
    world.nodes.lie({});
    await page.context().close();
  }
});

function greened(html: string): string {
  return html.replaceAll('data-colour="red"', 'data-colour="green"').replaceAll('data-colour="amber"', 'data-colour="green"');
}

function firstReport(bundle: Bundle): number {
  return bundle.documents.findIndex(({ type, issuer }) => type === 'credential' && issuer === 2);
}

function without(bundle: Bundle, index: number, fromEntriesToo: boolean): Bundle {
  const { subject } = bundle;
  return {
    ...bundle,
    documents: bundle.documents.toSpliced(index, 1),
    ...(subject !== undefined && fromEntriesToo && { subject: { ...subject, entries: subject.entries.toSpliced(index, 1) } }),
  };
}

function mapDocuments(bundle: Bundle, change: (document: BundleDocument) => BundleDocument): Bundle {
  return { ...bundle, documents: bundle.documents.map(change) };
}

function replace(bundle: Bundle, index: number, change: (document: BundleDocument) => BundleDocument): Bundle {
  return { ...bundle, documents: bundle.documents.map((document, at) => (at === index ? change(document) : document)) };
}

/** Changes the payload of a credential; its signature stays what it was. */
function replaceCredential(bundle: Bundle, index: number, change: (text: string) => string): Bundle {
  return replace(bundle, index, (document) => {
    const { sdJwt } = document as Credential;
    const [header, payload = '', rest] = sdJwt.split('.');
    const changed = change(fromUtf8(fromBase64Url(payload)));
    return { ...(document as Credential), sdJwt: [header, toBase64Url(toUtf8(changed)), rest].join('.') };
  });
}

function withheld({ issuer, anchor }: BundleDocument): BundleDocument {
  return { type: 'withheld', reason: 'UNAVAILABLE', kind: 2, issuer, anchor };
}

function mapValues(record: Record<string, string>, change: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, text]) => [name, change(text)]));
}

function withSignatures(bundle: Bundle, from: number, more: readonly string[] = []): Bundle {
  return { ...bundle, block: { ...bundle.block, cosignatures: [...bundle.block.cosignatures.slice(from), ...more] } };
}

function checkpointIn(jws: string) {
  return JSON.parse(fromUtf8(parseJws(jws).payload)) as Parameters<typeof signCheckpoint>[0];
}

function forgedCheckpoint(bundle: Bundle): string {
  const key = generateKeyPair((length) => new Uint8Array(randomBytes(length)));
  return signCheckpoint(checkpointIn(bundle.block.cosignatures[0] ?? ''), key);
}

/** The same checkpoint, signed an hour before. */
function aged(world: World, jws: string): string {
  const checkpoint = checkpointIn(jws);
  return world.ledger.sign(checkpoint.iss, { ...checkpoint, iat: checkpoint.iat - 3600 });
}

function parseHeight(bundle: Bundle): number {
  return checkpointIn(bundle.block.cosignatures[0] ?? '').height;
}
