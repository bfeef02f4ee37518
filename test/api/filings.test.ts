import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { FILING_KIND } from '../../protocol/law/codes.ts';
import { profileDigest } from '../../protocol/law/limitProfile.ts';
import { SHORE } from '../../protocol/ledger/codes.ts';
import { subjectKey } from '../../protocol/ledger/ids.ts';
import { codeOf, dataOf } from './support/ask.ts';
import { at, type LawIndex, lawIndex, lawMember } from './support/lawIndex.ts';
import { AUTHORIZED, startTestNode, type TestNode } from './support/testNode.ts';

const GLN = '9521001000000';
const ID = `https://id.gs1.org/417/${GLN}`;
const PRODUCT_ID = 'https://id.gs1.org/01/09521001001021';
const NAME = { zh: '韩巴达 (DEMO)', ko: '한바다 (DEMO)', en: 'Hanbada (DEMO)' };
const PARTY = { gln: GLN, name: NAME, country: 'KR' };
const PRODUCT = { gtin: '09521001001021', name: NAME, hs6: '200899', nationalLines: { CN: '20089931', KR: '2008995010' } };

interface Stored {
  id: string;
  kind: string;
  subject: Hex;
  salt: Hex;
  digest: Hex;
}
interface ProblemAnswer {
  status: number;
  code: string;
  pointer?: string;
}

describe('filings', () => {
  let index: LawIndex;
  let node: TestNode;

  before(async () => {
    index = lawIndex();
    index.law.members.push(lawMember(1, 'KR', 'CUSTOMS'));
    node = await startTestNode({ index });
  });
  after(() => node.close());

  const post = (body: unknown) => node.post('/filings', body, AUTHORIZED);
  const store = async (id: string, text: string) => (await (await post({ id, text })).json()) as Stored;
  const get = async (id: string) => {
    const answer = await fetch(`${node.url}/filings?id=${encodeURIComponent(id)}`);
    return (await answer.json()) as ProblemAnswer & Stored & { version: number; text: string };
  };

  /** As the ledger has it once the member has filed what was stored. */
  function file({ subject, digest }: Pick<Stored, 'subject' | 'digest'>, version = 1, shore: number = SHORE.KR): void {
    const word = { kind: FILING_KIND.PARTY, shore, version, member: 1, filedAt: 10, updatedAt: 10 + version };
    index.law.filings.push({ ...at(index.law.filings.length), subject, digest, word });
  }

  it('are kept, and named by what goes to the ledger', async () => {
    const text = JSON.stringify(PARTY);
    const answer = await post({ id: ID, text });
    const stored = (await answer.json()) as Stored;
    expect(answer.status).to.equal(201);
    expect(stored).to.deep.equal({
      id: ID,
      kind: 'PARTY',
      subject: subjectKey(ID, stored.salt),
      salt: stored.salt,
      digest: profileDigest(text),
    });
    expect(await store('https://example.com/417/9521001000000', text)).to.deep.equal(stored);
  });

  it('are not given before they are on the ledger', async () => {
    expect(await get(ID)).to.include({ status: 409, code: 'NOT_YET_FILED' });
    expect(await get('https://id.gs1.org/417/9521006000005')).to.include({ status: 404, code: 'UNKNOWN_FILING' });
  });

  it('are given as the ledger has them: the newest version that was filed', async () => {
    const first = await store(ID, JSON.stringify(PARTY));
    file(first);
    const second = await store(ID, JSON.stringify({ ...PARTY, country: 'CN' }));
    expect(second.subject).to.equal(first.subject);
    expect(await get(ID)).to.deep.equal({ ...first, shore: 'KR', version: 1, text: JSON.stringify(PARTY) });
    file(second, 2);
    expect(await get(ID)).to.include({ version: 2, digest: second.digest, text: JSON.stringify({ ...PARTY, country: 'CN' }) });
  });

  it('keep products by GTIN', async () => {
    expect(await store(PRODUCT_ID, JSON.stringify(PRODUCT))).to.include({ id: PRODUCT_ID, kind: 'PRODUCT' });
  });

  it('stay with the other shore', async () => {
    const salt: Hex = `0x${'44'.repeat(16)}`;
    const other = 'https://id.gs1.org/417/9521008000003';
    node.node.catalogue.keepSubjects([{ id: other, salt }]);
    file({ subject: subjectKey(other, salt), digest: `0x${'99'.repeat(32)}` }, 1, SHORE.CN);
    expect(await get(other)).to.include({ status: 403, code: 'NOT_RELEASED' });
    expect(await dataOf(node, `{ filing(id: "${other}") { shore version digest content member { id } } }`)).to.deep.equal({
      filing: { shore: 'CN', version: 1, digest: `0x${'99'.repeat(32)}`, content: null, member: { id: 1 } },
    });
  });

  it('are shown by GraphQL', async () => {
    const query = 'query ($id: String!) { filing(id: $id) { id kind shore version filedAt updatedAt content } }';
    expect(await dataOf(node, query, { id: ID })).to.deep.equal({
      filing: {
        ...{ id: ID, kind: 'PARTY', shore: 'KR', version: 2, content: { ...PARTY, country: 'CN' } },
        ...{ filedAt: new Date(10_000).toISOString(), updatedAt: new Date(12_000).toISOString() },
      },
    });
    expect(await dataOf(node, query, { id: 'https://id.gs1.org/01/09506000134352' })).to.deep.equal({ filing: null });
    expect(await codeOf(node, query, { id: 'https://id.gs1.org/00/095200000000000015' })).to.equal('NOT_FILEABLE');
  });

  it('need a token, and a member that may file', async () => {
    const body = { id: ID, text: JSON.stringify(PARTY) };
    expect(await (await node.post('/filings', body)).json()).to.include({ status: 401, code: 'NO_TOKEN' });
    const members = index.law.members;
    try {
      index.law.members = [lawMember(1, 'KR', 'OPERATOR', 'LABORATORY')];
      expect(await (await post(body)).json()).to.include({ status: 403, code: 'FORBIDDEN' });
      index.law.members = [];
      expect(await (await post(body)).json()).to.include({ status: 503, code: 'INDEX_BEHIND' });
    } finally {
      index.law.members = members;
    }
  });

  for (const [name, body, code, pointer] of [
    ['no id', { text: '{}' }, 'BAD_REQUEST', '/id'],
    ['a text that is an object', { id: ID, text: PARTY }, 'BAD_REQUEST', '/text'],
    ['a lot', { id: `${PRODUCT_ID}/10/A1`, text: '{}' }, 'NOT_FILEABLE', '/id'],
    ['what is no JSON', { id: ID, text: '{' }, 'FILING_INVALID', '/text'],
    ['a name that occurs twice', { id: ID, text: `{"gln":"${GLN}","gln":"1"}` }, 'FILING_INVALID', '/text/gln'],
    ['a field that is missing', { id: ID, text: JSON.stringify({ ...PARTY, country: undefined }) }, 'FILING_INVALID', '/text/country'],
    ['a field that nobody reads', { id: ID, text: JSON.stringify({ ...PARTY, phone: '1' }) }, 'FILING_INVALID', '/text/phone'],
    ['a wrong check digit', { id: ID, text: JSON.stringify({ ...PARTY, gln: '9521001000001' }) }, 'FILING_INVALID', '/text/gln'],
    ['another party', { id: 'https://id.gs1.org/417/9521006000005', text: JSON.stringify(PARTY) }, 'FILING_INVALID', '/id'],
    [
      'a national line of another heading',
      { id: PRODUCT_ID, text: JSON.stringify({ ...PRODUCT, nationalLines: { CN: '12122100' } }) },
      'FILING_INVALID',
      '/text/nationalLines/CN',
    ],
    ['a text over 64 kB', { id: ID, text: JSON.stringify({ ...PARTY, x: 'x'.repeat(65_536) }) }, 'FILING_INVALID', '/text'],
  ] as const) {
    it(`refuse ${name}`, async () => {
      expect(await (await post(body)).json()).to.include({ status: 400, code, pointer });
    });
  }

  it('refuse a body over 100 kB', async () => {
    expect(await (await post({ id: ID, text: 'x'.repeat(100_000) })).json()).to.include({ status: 413, code: 'BODY_TOO_LARGE' });
  });

  it('are found again without the catalogue', async () => {
    const former = await startTestNode({ index });
    const text = JSON.stringify(PARTY);
    const stored = (await (await former.post('/filings', { id: ID, text }, AUTHORIZED)).json()) as Stored;
    await former.halt();
    for (const end of ['', '-wal', '-shm']) rmSync(join(former.folder, `catalogue.sqlite${end}`), { force: true });
    const again = await startTestNode({ index, folder: former.folder });
    try {
      expect(again.node.catalogue.filing(stored.subject, stored.digest)).not.to.equal(undefined);
      expect(again.node.catalogue.subjects(ID)[0]?.salt).to.equal(stored.salt);
    } finally {
      await again.close();
    }
  });
});
