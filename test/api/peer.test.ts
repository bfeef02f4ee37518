import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { acquireBatch, acquireBody } from '../../api/peer/acquire.ts';
import { openPeer } from '../../api/peer/peer.ts';
import type { RecordRow } from '../../indexer/store/rows.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { KIND } from '../../protocol/ledger/codes.ts';
import { subjectKey } from '../../protocol/ledger/ids.ts';
import { buildTree } from '../../protocol/merkle/tree.ts';
import { sealedCertificate, sealedReport } from './support/sealed.ts';
import { startTestNode, type TestNode } from './support/testNode.ts';

const LOT = 'https://id.gs1.org/01/09521001001021/10/HB260914A';
const SALT: Hex = `0x${'5a'.repeat(16)}`;

describe('acquireBody', () => {
  let peer: PeerStub;
  let node: TestNode;
  beforeEach(async () => {
    peer = await startPeer();
    node = await startTestNode({ peer: peer.url });
  });
  afterEach(async () => {
    await node.close();
    peer.stop();
  });

  const anchored = (leafOrRoot: Hex, kind: number, more: Partial<RecordRow> = {}) =>
    node.index.addRecord({ leafOrRoot, kind, issuer: 1, ...more });

  it('keeps what the ledger holds, in its public presentation', async () => {
    const { sdJwt, leaf } = sealedCertificate();
    const record = anchored(leaf, KIND.CERTIFICATE_OF_ORIGIN);
    peer.say(`/bodies/${leaf}`, { type: 'credential', sdJwt, subjects: [] });
    expect(await acquireBody(node.node, leaf, record)).to.equal('KEPT');
    const kept = await node.node.vault.get(node.node.catalogue.document(leaf)?.cid ?? '');
    expect(kept).to.include({ type: 'credential', own: false, sdJwt: `${sdJwt.split('~')[0]}~` });
  });

  it('takes only the subjects under which the ledger holds the document', async () => {
    const { sdJwt, leaf } = sealedReport();
    const record = anchored(leaf, KIND.LABORATORY_REPORT, { subject: subjectKey(LOT, SALT) });
    const subjects = [
      { id: LOT, salt: SALT },
      { id: 'https://id.gs1.org/01/09521003003023/10/OTHER', salt: SALT },
    ];
    peer.say(`/bodies/${leaf}`, { type: 'credential', sdJwt, subjects });
    await acquireBody(node.node, leaf, record);
    expect(node.node.catalogue.subjectsOf(leaf).map(({ id }) => id)).to.deep.equal([LOT]);
  });

  it('remembers that a body is not released', async () => {
    const { leaf } = sealedReport();
    const record = anchored(leaf, KIND.LABORATORY_REPORT);
    peer.say(`/bodies/${leaf}`, { code: 'NOT_RELEASED' }, 403);
    expect(await acquireBody(node.node, leaf, record)).to.equal('NOT_RELEASED');
    const asked = peer.asked.length;
    expect(await acquireBody(node.node, leaf, record)).to.equal('NOT_RELEASED');
    expect(peer.asked.length).to.equal(asked);
  });

  describe('does not keep', () => {
    for (const [name, lie] of Object.entries(LIES())) {
      it(name, async () => {
        const { sdJwt, leaf } = sealedReport();
        const record = anchored(leaf, KIND.LABORATORY_REPORT);
        lie(peer, leaf, sdJwt);
        expect(await acquireBody(node.node, leaf, record)).to.equal('UNAVAILABLE');
        expect(node.node.catalogue.document(leaf)).to.equal(undefined);
      });
    }

    it('a document under a record of another kind', async () => {
      const { sdJwt, leaf } = sealedReport();
      const record = anchored(leaf, KIND.CERTIFICATE_OF_ORIGIN);
      peer.say(`/bodies/${leaf}`, { type: 'credential', sdJwt, subjects: [] });
      expect(await acquireBody(node.node, leaf, record)).to.equal('UNAVAILABLE');
    });
  });

  it('does not follow a redirect', async () => {
    const other = await startPeer();
    const { sdJwt, leaf } = sealedReport();
    other.say(`/bodies/${leaf}`, { type: 'credential', sdJwt, subjects: [] });
    peer.redirect(`/bodies/${leaf}`, `${other.url}/bodies/${leaf}`);
    expect(await acquireBody(node.node, leaf, anchored(leaf, KIND.LABORATORY_REPORT))).to.equal('UNAVAILABLE');
    expect(other.asked).to.deep.equal([]);
    other.stop();
  });
});

describe('acquireBatch', () => {
  let peer: PeerStub;
  let node: TestNode;
  const leaves: Hex[] = ['11', '22', '33'].map((byte) => `0x${byte.repeat(32)}` as const);
  const { root } = buildTree(leaves);
  beforeEach(async () => {
    peer = await startPeer();
    node = await startTestNode({ peer: peer.url });
  });
  afterEach(async () => {
    await node.close();
    peer.stop();
  });

  const record = (size: number) => {
    const row = node.index.addRecord({ leafOrRoot: root, issuer: 1 });
    return { ...row, anchored: { ...row.anchored, size } };
  };

  it('keeps the leaves that give the root', async () => {
    peer.say(`/batches/${root}`, { root, leaves });
    expect(await acquireBatch(node.node, record(3))).to.equal(true);
    expect(node.node.catalogue.leavesOf(root)).to.deep.equal(leaves);
  });

  for (const [name, answer] of [
    ['in another order', [...leaves].reverse()],
    ['with one left out', leaves.slice(1)],
    ['with one too many', [...leaves, leaves[0]]],
    ['that are no hashes', ['x', 'y', 'z']],
    ['that are the inner nodes of the tree', [buildTree(leaves.slice(0, 2)).root, leaves[2]]],
  ] as const) {
    it(`refuses leaves ${name}`, async () => {
      peer.say(`/batches/${root}`, { root, leaves: answer });
      expect(await acquireBatch(node.node, record(3))).to.equal(false);
      expect(node.node.catalogue.batch(root)).to.equal(undefined);
    });
  }
});

describe('openPeer', () => {
  it('waits for a checkpoint that the peer has not reached', async () => {
    const stub = await startPeer();
    setTimeout(() => stub.say('/checkpoint/9', 'signed'), 120);
    expect(await openPeer(stub.url, () => 'proof').checkpoint(9, 1_000)).to.equal('signed');
    stub.stop();
  });

  it('goes on without a peer that does not answer', async () => {
    const stub = await startPeer();
    stub.hang('/checkpoint/9');
    const before = Date.now();
    expect(await openPeer(stub.url, () => 'proof').checkpoint(9, 150)).to.equal(undefined);
    expect(Date.now() - before).to.be.lessThan(1_000);
    stub.stop();
    expect(await openPeer(stub.url, () => 'proof').salt(LOT)).to.equal(undefined);
  });
});

describe('subjects of both shores', () => {
  it('have the salt that the peer gave them', async () => {
    const peer = await startPeer();
    const node = await startTestNode({ peer: peer.url });
    peer.say('/subjects/salt', { id: LOT, salt: SALT });
    const answer = await node.post(
      '/documents',
      { documents: [{ sdJwt: sealedReport().sdJwt, subjects: [{ id: LOT }] }] },
      { authorization: 'Bearer a-token-of-a-member-for-tests' },
    );
    const { stored } = (await answer.json()) as { stored: { subjects: { salt: Hex }[] }[] };
    expect(stored[0]?.subjects[0]?.salt).to.equal(SALT);
    await node.close();
    peer.stop();
  });
});

/** What a lying peer may say in place of a body. */
function LIES(): Record<string, (peer: PeerStub, leaf: Hex, sdJwt: string) => void> {
  const path = (leaf: Hex) => `/bodies/${leaf}`;
  const [head, payload = '', signature] = sealedReport().sdJwt.split('.');
  return {
    'another document': (peer, leaf) => peer.say(path(leaf), { type: 'credential', sdJwt: sealedReport().sdJwt, subjects: [] }),
    'a changed document': (peer, leaf, sdJwt) =>
      peer.say(path(leaf), { type: 'credential', sdJwt: sdJwt.replace('.e', '.f'), subjects: [] }),
    'a document with a broken signature': (peer, leaf, sdJwt) =>
      peer.say(path(leaf), { type: 'credential', sdJwt: [sdJwt.split('.')[0], sdJwt.split('.')[1], signature].join('.'), subjects: [] }),
    'an event in its place': (peer, leaf) =>
      peer.say(path(leaf), { type: 'event', event: '{"type":"ObjectEvent"}', salt: SALT, subjects: [] }),
    'a body of an unknown type': (peer, leaf) => peer.say(path(leaf), { type: 'secret', subjects: [] }),
    'a body without subjects': (peer, leaf, sdJwt) => peer.say(path(leaf), { type: 'credential', sdJwt }),
    'text that is not JSON': (peer, leaf) => peer.say(path(leaf), '<html>'),
    'more than a megabyte': (peer, leaf, sdJwt) =>
      peer.say(path(leaf), { type: 'credential', sdJwt, subjects: [], more: 'x'.repeat(1_100_000) }),
    nothing: (peer, leaf) => peer.say(path(leaf), {}, 404),
    'the payload alone': (peer, leaf) => peer.say(path(leaf), { type: 'credential', sdJwt: `${head}.${payload}`, subjects: [] }),
  };
}

interface PeerStub {
  url: string;
  asked: string[];
  say(path: string, body: unknown, status?: number): void;
  redirect(path: string, to: string): void;
  hang(path: string): void;
  stop(): void;
}

async function startPeer(): Promise<PeerStub> {
  const answers = new Map<string, { status: number; text: string; location?: string } | 'hang'>();
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    asked.push(path);
    const answer = answers.get(path) ?? { status: 404, text: '{}' };
    if (answer === 'hang') return;
    response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location }).end(answer.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    say: (path, body, status = 200) => void answers.set(path, { status, text: typeof body === 'string' ? body : JSON.stringify(body) }),
    redirect: (path, to) => void answers.set(path, { status: 302, text: '', location: to }),
    hang: (path) => void answers.set(path, 'hang'),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
