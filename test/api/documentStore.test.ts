import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { importBytes } from 'ipfs-unixfs-importer';
import { openBodyVault } from '../../api/documents/bodyVault.ts';
import type { DocumentStore } from '../../api/documents/documentStore.ts';
import { openEmbeddedStore } from '../../api/documents/embeddedStore.ts';
import { IMPORT_SETTINGS } from '../../api/documents/importSettings.ts';
import { openKuboStore } from '../../api/documents/kuboStore.ts';
import { inFolder, rejection } from './support/outcomes.ts';

const MIB = 1_048_576;
/** CIDs that Kubo's own tests pin for the profile unixfs-v1-2025 (test/cli/cid_profiles_test.go). */
const HELLO = 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e';

const SIZES = [0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB + 7];

describe('document stores', () => {
  let folder: string;
  let kubo: Awaited<ReturnType<typeof startKuboStub>>;
  let stores: Record<'embedded' | 'kubo', DocumentStore>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-store-'));
    kubo = await startKuboStub();
    stores = { embedded: await openEmbeddedStore(folder), kubo: openKuboStore(kubo.url) };
  });
  after(async () => {
    await Promise.all(Object.values(stores).map((store) => store.close()));
    kubo.server.close();
    kubo.server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const name of ['embedded', 'kubo'] as const) {
    it(`${name}: gives the CID that Kubo gives`, async () => {
      expect(await stores[name].put(Buffer.from('hello world'))).to.equal(HELLO);
    });

    it(`${name}: gives back what was put`, async () => {
      for (const size of SIZES) {
        const bytes = pattern(size);
        const found = await stores[name].get(await stores[name].put(bytes));
        expect(Buffer.compare(found, bytes), `${size} bytes`).to.equal(0);
      }
    });

    it(`${name}: lists the roots of what was put`, async () => {
      const cids = await Promise.all(SIZES.map((size) => stores[name].put(pattern(size))));
      const listed = new Set<string>();
      for await (const cid of stores[name].list()) listed.add(cid);
      for (const cid of cids) expect(listed.has(cid), cid).to.equal(true);
    });
  }

  it('give equal CIDs for one chunk and for many', async () => {
    for (const size of SIZES) expect(await stores.kubo.put(pattern(size))).to.equal(await stores.embedded.put(pattern(size)));
  });

  it('ask Kubo for the profile by name of each setting', () => {
    expect(kubo.asked).to.include({
      'cid-version': '1',
      'raw-leaves': 'true',
      chunker: `size-${MIB}`,
      pin: 'true',
      'max-file-links': '1024',
    });
  });

  it('refuse a CID that they do not have', async () => {
    const other = 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5a';
    expect(await rejection(stores.embedded.get(other))).to.equal('BODY_NOT_KEPT');
    expect(await rejection(stores.kubo.get(other))).to.equal('BODY_NOT_KEPT');
  });
});

describe('embedded store after a crash', () => {
  it('does not give a block whose content was lost', () =>
    inFolder(async (folder) => {
      const store = await openEmbeddedStore(folder);
      const cid = await store.put(pattern(5_000));
      for (const file of filesIn(folder)) truncateSync(file, 100);
      expect(await rejection(store.get(cid))).to.equal('BODY_NOT_KEPT');
    }));

  it('writes a lost block again', () =>
    inFolder(async (folder) => {
      const store = await openEmbeddedStore(folder);
      const cid = await store.put(pattern(5_000));
      for (const file of filesIn(folder)) truncateSync(file, 0);
      expect(await store.put(pattern(5_000))).to.equal(cid);
      expect(Buffer.compare(await store.get(cid), pattern(5_000))).to.equal(0);
    }));

  it('takes no notice of an unfinished temporary file', () =>
    inFolder(async (folder) => {
      const store = await openEmbeddedStore(folder);
      const cid = await store.put(pattern(5_000));
      const [file = ''] = filesIn(folder);
      writeFileSync(join(file, '..', '.unfinished.data.tmp'), 'half');
      const listed: string[] = [];
      for await (const each of store.list()) listed.push(each);
      expect(listed).to.deep.equal([cid]);
    }));
});

describe('bodyVault', () => {
  const dataKey = new Uint8Array(32).fill(7);
  const body = { type: 'event', event: '{"secret":"北海检测"}', salt: `0x${'01'.repeat(16)}`, issuer: 1, subjects: [], own: true } as const;

  it('keeps nothing readable on disk', () =>
    inFolder(async (folder) => {
      const vault = openBodyVault(await openEmbeddedStore(folder), dataKey);
      const cid = await vault.put({ ...body, subjects: [] });
      const store = await openEmbeddedStore(folder);
      expect(Buffer.from(await store.get(cid)).includes('secret')).to.equal(false);
      expect(await vault.get(cid)).to.deep.equal(body);
    }));

  it('has an event that was just put in memory, and nothing else', () =>
    inFolder(async (folder) => {
      const store = await openEmbeddedStore(folder);
      const vault = openBodyVault(store, dataKey);
      const cid = await vault.put({ ...body, subjects: [] });
      const other = await vault.put({ type: 'batch', root: `0x${'01'.repeat(32)}`, leaves: [], own: true });
      expect(vault.recent(cid)).to.deep.equal(body);
      expect(vault.recent(other)).to.equal(undefined);
      expect(openBodyVault(store, dataKey).recent(cid)).to.equal(undefined);
    }));

  it('does not open under another key', () =>
    inFolder(async (folder) => {
      const store = await openEmbeddedStore(folder);
      const cid = await openBodyVault(store, dataKey).put({ ...body, subjects: [] });
      expect(await rejection(openBodyVault(store, new Uint8Array(32)).get(cid))).to.equal('BODY_NOT_KEPT');
    }));

  it('finds every body again, and only bodies', () =>
    inFolder(async (folder) => {
      const store = await openEmbeddedStore(folder);
      const vault = openBodyVault(store, dataKey);
      await store.put(pattern(10));
      const cids = [await vault.put({ ...body, subjects: [] }), await vault.put({ ...body, event: 'x'.repeat(2 * MIB), subjects: [] })];
      const found: string[] = [];
      for await (const { cid } of vault.all()) found.push(cid);
      expect(found.sort()).to.deep.equal(cids.sort());
    }));
});

function pattern(size: number): Buffer {
  return Buffer.alloc(size, createHash('sha256').update(String(size)).digest());
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** As much of Kubo's RPC as the store uses: it imports with the settings that it is asked for, and forgets nothing. */
async function startKuboStub(): Promise<{ url: string; server: Server; asked: Record<string, string> }> {
  const kept = new Map<string, Uint8Array>();
  const asked: Record<string, string> = {};
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://kubo');
    if (url.pathname === '/api/v0/add') {
      Object.assign(asked, Object.fromEntries(url.searchParams));
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const form = await new Response(Buffer.concat(chunks), {
        headers: { 'content-type': request.headers['content-type'] ?? '' },
      }).formData();
      const [file] = [...form.values()] as File[];
      const bytes = new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0));
      const { cid } = await importBytes(bytes, { put: async (key) => key }, IMPORT_SETTINGS);
      kept.set(cid.toString(), bytes);
      return void response.end(JSON.stringify({ Name: 'file', Hash: cid.toString(), Size: String(bytes.length) }));
    }
    if (url.pathname === '/api/v0/cat') {
      const bytes = kept.get(url.searchParams.get('arg') ?? '');
      if (bytes !== undefined) return void response.end(bytes);
    }
    if (url.pathname === '/api/v0/pin/ls') {
      return void response.end([...kept.keys()].map((cid) => JSON.stringify({ Cid: cid, Type: 'recursive' })).join('\n'));
    }
    response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ Message: 'not found', Code: 0, Type: 'error' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, asked };
}
