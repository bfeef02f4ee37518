import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError, readConfig } from '../../api/config.ts';
import { inFolder } from './support/outcomes.ts';

const NODES = join(import.meta.dirname, '../../deploy/nodes');
const VALID = {
  ...{ name: 'qingdao', shore: 'CN', port: 4010, publicUrl: 'http://127.0.0.1:4010', database: 'postgres://x@y/z', data: 'd' },
  ...{ deployment: 'a', trust: 'b', lanes: 'c', profiles: 'e', assets: 'f', documents: { kind: 'embedded' } },
};

describe('readConfig', () => {
  for (const [name, shore, port] of [
    ['qingdao', 'CN', 4010],
    ['korea', 'KR', 4020],
  ] as const) {
    it(`reads the configuration of ${name}`, () => {
      const config = readConfig(join(NODES, `${name}.json`), {});
      expect(config).to.include({ name, shore, port, host: '127.0.0.1' });
    });
  }

  it('takes the database from the environment first', () => {
    expect(readConfig(join(NODES, 'korea.json'), { TIDEMARK_DATABASE: 'postgres://secret@db/korea' }).database).to.equal(
      'postgres://secret@db/korea',
    );
  });

  for (const [change, pointer] of [
    [{ port: 70_000 }, '/port'],
    [{ port: '4010' }, '/port'],
    [{ name: 'Qing Dao' }, '/name'],
    [{ shore: 'JP' }, '/shore'],
    [{ database: 'mysql://x' }, '/database'],
    [{ publicUrl: 'ftp://x' }, '/publicUrl'],
    [{ data: '' }, '/data'],
    [{ documents: { kind: 's3' } }, '/documents/kind'],
    [{ documents: { kind: 'kubo' } }, '/documents/url'],
    [{ peer: { name: 'korea', url: 'x' } }, '/peer/url'],
    [{ webhooks: { hosts: 'example.com' } }, '/webhooks/hosts'],
    [{ webhooks: { hosts: ['https://example.com'] } }, '/webhooks/hosts'],
    [{ webhooks: { hosts: [], allowPrivate: 1 } }, '/webhooks/allowPrivate'],
    [{ companyPrefixes: '' }, '/companyPrefixes'],
    [{ colour: 'red' }, '/colour'],
  ] as const) {
    it(`refuses ${JSON.stringify(change)} with its pointer`, () =>
      inFolder(async (folder) => {
        const file = join(folder, 'node.json');
        writeFileSync(file, JSON.stringify({ ...VALID, ...change }));
        expect(problemsOf(file).map((problem) => problem.split(':')[0])).to.deep.equal([pointer]);
      }));
  }

  it('names every wrong field at once', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'node.json');
      writeFileSync(file, JSON.stringify({ ...VALID, port: -1, shore: 1, trust: 2 }));
      expect(problemsOf(file)).to.have.lengthOf(3);
    }));

  it('refuses a file that is not there or not JSON', () =>
    inFolder(async (folder) => {
      expect(problemsOf(join(folder, 'none.json'))).to.have.lengthOf(1);
      writeFileSync(join(folder, 'half.json'), '{"name":');
      expect(problemsOf(join(folder, 'half.json'))).to.have.lengthOf(1);
    }));
});

function problemsOf(file: string): readonly string[] {
  try {
    readConfig(file, {});
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
