import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';

const root = join(import.meta.dirname, '..', '..');

function pages(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pages(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

describe('documents', () => {
  for (const page of ['README.md', 'CONTRIBUTING.md', ...pages('docs')]) {
    it(`${page} links to files that exist`, () => {
      const text = readFileSync(join(root, page), 'utf8');
      const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target as string);
      expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).to.deep.equal([]);
    });
  }

  it('name every folder of the architecture that exists', () => {
    const named = readFileSync(join(root, 'docs', 'ARCHITECTURE.md'), 'utf8');
    const ours = ['protocol', 'contracts', 'sdk', 'indexer', 'api', 'web', 'scripts', 'deploy', 'test', 'bench', 'ignition', 'toolchain'];
    const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory() && ours.includes(entry.name));
    expect(folders.map(({ name }) => name).filter((name) => !named.includes(`\`${name}/\``))).to.deep.equal([]);
  });
});
