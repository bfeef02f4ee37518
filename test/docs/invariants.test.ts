import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const root = join(import.meta.dirname, '..', '..');

/** Rows of docs/INVARIANTS.md: `| P1 | sentence | test title | file |`, or I1. */
function rows(): { number: string; title: string; file: string }[] {
  const text = readFileSync(join(root, 'docs', 'INVARIANTS.md'), 'utf8');
  return [...text.matchAll(/^\| ([PI]\d+) \|[^|]*\| `([^`]+)` \| `([^`]+)` \|$/gm)].map(([, number, title, file]) => ({
    number: number as string,
    title: title as string,
    file: file as string,
  }));
}

describe('docs/INVARIANTS.md', () => {
  it('has a test for each sentence', () => {
    const text = readFileSync(join(root, 'docs', 'INVARIANTS.md'), 'utf8');
    const lines = text.split('\n').filter((line) => /^\| [PI]\d+ \|/.test(line));
    expect(lines.length).to.be.greaterThan(8);
    expect(rows().length).to.equal(lines.length);
  });

  for (const { number, title, file } of rows()) {
    it(`${number} is shown by ${title}`, () => {
      expect(existsSync(join(root, file)), file).to.equal(true);
      expect(readFileSync(join(root, file), 'utf8')).to.include(title);
    });
  }
});
