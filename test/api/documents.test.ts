import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { subjectKey } from '../../protocol/ledger/ids.ts';
import { buildTree } from '../../protocol/merkle/tree.ts';
import { sealedCertificate, sealedReport } from './support/sealed.ts';
import { AUTHORIZED, startTestNode, type TestNode } from './support/testNode.ts';

const LOT = 'https://id.gs1.org/01/09521001001021/10/HB260914A';

interface Stored {
  stored: { leaf: Hex; cid: string; subjects: { id: string; salt: Hex; subject: Hex }[] }[];
}
interface ProblemAnswer {
  code: string;
  status: number;
  pointer?: string;
  problems?: { code: string; pointer: string }[];
}

describe('POST /documents', () => {
  let node: TestNode;
  before(async () => {
    node = await startTestNode();
  });
  after(() => node.close());

  const store = (documents: unknown) => node.post('/documents', { documents }, AUTHORIZED);

  it('stores a credential and names its subject', async () => {
    const report = sealedReport();
    const answer = await store([{ sdJwt: report.sdJwt, subjects: [{ id: 'urn:epc:class:lgtin:9521001.000102.HB260914A' }] }]);
    const { stored } = (await answer.json()) as Stored;
    const [subject] = stored[0]?.subjects ?? [];
    expect(answer.status).to.equal(201);
    expect(stored[0]?.leaf).to.equal(report.leaf);
    expect(subject?.subject).to.equal(subjectKey(subject?.id ?? '', subject?.salt ?? '0x'));
  });

  it('gives one salt for one subject', async () => {
    const answers = await Promise.all(
      [sealedReport(), sealedReport(), sealedReport()].map(
        async ({ sdJwt }) => (await store([{ sdJwt, subjects: [{ id: LOT }] }])).json() as Promise<Stored>,
      ),
    );
    expect(new Set(answers.map(({ stored }) => stored[0]?.subjects[0]?.salt)).size).to.equal(1);
  });

  it('is idempotent', async () => {
    const { sdJwt } = sealedReport();
    const first = await (await store([{ sdJwt, subjects: [{ id: LOT }] }])).json();
    expect(await (await store([{ sdJwt, subjects: [{ id: LOT }] }])).json()).to.deep.equal(first);
  });

  it('finds what it stored after a restart without its catalogue', async () => {
    const former = await startTestNode();
    const { sdJwt, leaf } = sealedCertificate();
    await former.post('/documents', { documents: [{ sdJwt, subjects: [{ id: LOT }] }] }, AUTHORIZED);
    await former.post('/batches', { leaves: [leaf] }, AUTHORIZED);
    const salt = former.node.catalogue.subjects(LOT)[0]?.salt;
    await former.halt();
    for (const end of ['', '-wal', '-shm']) rmSync(join(former.folder, `catalogue.sqlite${end}`), { force: true });
    const again = await startTestNode({ folder: former.folder });
    try {
      expect(again.node.catalogue.document(leaf)?.number).to.equal('DEMO-KR-26-000417');
      expect(again.node.catalogue.subjects(LOT)[0]?.salt).to.equal(salt);
      expect(again.node.catalogue.placesOf(leaf)).to.have.lengthOf(1);
    } finally {
      await again.close();
    }
  });

  it('needs a token', async () => {
    const answer = await node.post('/documents', { documents: [] });
    expect(answer.status).to.equal(401);
    expect(answer.headers.get('www-authenticate')).to.equal('Bearer');
    expect(answer.headers.get('content-type')).to.include('application/problem+json');
  });

  it('refuses a credential of another member', async () => {
    expect(await refusal(store([{ sdJwt: sealedReport(2).sdJwt }]))).to.include({
      status: 400,
      code: 'DOCUMENT_INVALID',
      pointer: '/documents/0/sdJwt/issuer/member',
    });
  });

  it('stores nothing where one of many is wrong, and names it', async () => {
    const [good, bad] = [sealedReport(), sealedReport()];
    const [head = '', payload = '', signature = ''] = bad.sdJwt.split('.');
    const broken = [head, payload, `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`].join('.');
    const problem = await refusal(store([{ sdJwt: good.sdJwt }, { sdJwt: broken }]));
    expect(problem).to.include({ code: 'DOCUMENT_INVALID', pointer: '/documents/1/sdJwt' });
    expect(problem.problems?.[0]?.code).to.equal('SIGNATURE_WRONG');
    expect(node.node.catalogue.document(good.leaf)).to.equal(undefined);
  });

  for (const [name, body, code, pointer] of [
    ['no list', {}, 'BAD_REQUEST', '/documents'],
    ['an empty list', { documents: [] }, 'BAD_REQUEST', '/documents'],
    ['more than 500', { documents: Array.from({ length: 501 }, () => ({ sdJwt: 'x' })) }, 'TOO_MANY', '/documents'],
    ['an item without credential', { documents: [{}] }, 'BAD_REQUEST', '/documents/0/sdJwt'],
    ['a subject without id', { documents: [{ sdJwt: 'x', subjects: [{}] }] }, 'BAD_REQUEST', '/documents/0/subjects'],
    ['text that is no SD-JWT', { documents: [{ sdJwt: 'x' }] }, 'DOCUMENT_INVALID', '/documents/0/sdJwt'],
  ] as const) {
    it(`refuses ${name}`, async () => {
      expect(await refusal(node.post('/documents', body, AUTHORIZED))).to.include({ code, pointer });
    });
  }

  it('refuses a subject that is no GS1 identifier', async () => {
    const problem = await refusal(store([{ sdJwt: sealedReport().sdJwt, subjects: [{ id: 'https://example.com/x' }] }]));
    expect(problem.problems?.[0]).to.include({ code: 'NOT_A_GS1_IDENTIFIER', pointer: '/documents/0/subjects/0/id' });
  });

  it('refuses a body over 8 MB', async () => {
    expect(
      await refusal(node.post('/documents', JSON.stringify({ documents: [{ sdJwt: 'x'.repeat(8_000_001) }] }), AUTHORIZED)),
    ).to.include({ status: 413, code: 'BODY_TOO_LARGE' });
  });
});

describe('GET /bodies/{leaf}', () => {
  let node: TestNode;
  before(async () => {
    node = await startTestNode();
  });
  after(() => node.close());

  it('gives the public presentation only', async () => {
    const { sdJwt, leaf } = sealedCertificate();
    await node.post('/documents', { documents: [{ sdJwt, subjects: [{ id: LOT }] }] }, AUTHORIZED);
    const body = (await (await fetch(`${node.url}/bodies/${leaf}`)).json()) as { sdJwt: string; subjects: unknown[] };
    expect(sdJwt.split('~').length).to.be.greaterThan(2);
    expect(body.sdJwt).to.equal(`${sdJwt.split('~')[0]}~`);
    expect(body.subjects).to.have.lengthOf(1);
  });

  it('says what it does not have', async () => {
    expect(await refusal(fetch(`${node.url}/bodies/0x${'00'.repeat(32)}`))).to.include({ status: 404, code: 'UNKNOWN_DOCUMENT' });
    expect(await refusal(fetch(`${node.url}/bodies/0xABC`))).to.include({ status: 400, code: 'BAD_REQUEST', pointer: '/leaf' });
  });
});

describe('batches', () => {
  let node: TestNode;
  const leaves: Hex[] = [];
  before(async () => {
    node = await startTestNode();
    const reports = [sealedReport(), sealedReport(), sealedReport()];
    await node.post('/documents', { documents: reports.map(({ sdJwt }) => ({ sdJwt })) }, AUTHORIZED);
    leaves.push(...reports.map(({ leaf }) => leaf));
  });
  after(() => node.close());

  it('are kept in their order and given back by root', async () => {
    await node.post('/batches', { leaves }, AUTHORIZED);
    const { root } = buildTree(leaves);
    expect(await (await fetch(`${node.url}/batches/${root}`)).json()).to.deep.equal({ root, leaves });
  });

  it('may be given twice', async () => {
    expect((await node.post('/batches', { leaves }, AUTHORIZED)).status).to.equal(201);
    expect(node.node.catalogue.placesOf(leaves[0] as Hex)).to.have.lengthOf(1);
  });

  it('refuse a leaf that stands twice', async () => {
    expect(await refusal(node.post('/batches', { leaves: [leaves[0], leaves[0]] }, AUTHORIZED))).to.include({ code: 'LEAVES_INVALID' });
  });

  it('refuse a leaf that is not stored', async () => {
    expect(await refusal(node.post('/batches', { leaves: [...leaves, `0x${'11'.repeat(32)}`] }, AUTHORIZED))).to.include({
      code: 'UNKNOWN_DOCUMENT',
      pointer: '/leaves/3',
    });
  });
});

describe('bundles', () => {
  let node: TestNode;
  before(async () => {
    node = await startTestNode();
  });
  after(() => node.close());

  it('are not given of unknown documents', async () => {
    expect(await refusal(fetch(`${node.url}/bundles/0x${'00'.repeat(32)}`))).to.include({ status: 404, code: 'UNKNOWN_DOCUMENT' });
  });

  it('are not given of documents that are not anchored, after the wait', async () => {
    const { sdJwt, leaf } = sealedReport();
    await node.post('/documents', { documents: [{ sdJwt }] }, AUTHORIZED);
    expect(await refusal(fetch(`${node.url}/bundles/${leaf}?wait=50`))).to.include({ status: 409, code: 'NOT_YET_ANCHORED' });
  });

  it('refuse a wait of more than ten seconds', async () => {
    expect(await refusal(fetch(`${node.url}/bundles/0x${'00'.repeat(32)}?wait=10001`))).to.include({ status: 400, pointer: '/wait' });
  });

  it('come as one line each, also where one cannot be given', async () => {
    const answer = await node.post('/bundles', { leaves: [`0x${'00'.repeat(32)}`, `0x${'01'.repeat(32)}`] });
    const lines = (await answer.text()).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as ProblemAnswer).code)).to.deep.equal(['UNKNOWN_DOCUMENT', 'UNKNOWN_DOCUMENT']);
  });

  it('of unknown subjects are not there', async () => {
    expect(await refusal(fetch(`${node.url}/subjects?id=${encodeURIComponent(LOT)}`))).to.include({ status: 404, code: 'UNKNOWN_SUBJECT' });
    expect(await refusal(fetch(`${node.url}/subjects?id=nonsense`))).to.include({ status: 400, pointer: '/id' });
  });
});

async function refusal(answer: Promise<Response>): Promise<ProblemAnswer> {
  return (await (await answer).json()) as ProblemAnswer;
}
