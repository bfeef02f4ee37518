import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { invariants } from '../proofs/kernel.ts';

const root = join(import.meta.dirname, '..', '..');

interface Proved {
  code: string;
  sentence: string;
  kernel: string;
  test: string;
}

/** Rows of the second table: `| U1 | P22 | kernel | test that ties it |`; `–` where none of the first is meant. */
function proved(): Proved[] {
  const text = readFileSync(join(root, 'docs', 'INVARIANTS.md'), 'utf8');
  return [...text.matchAll(/^\| ([A-Z]\d+) \| (P\d+|–) \| `([^`]+)` \| `([^`]+)` \|$/gm)].map(([, code, sentence, kernel, test]) => ({
    code: code as string,
    sentence: sentence as string,
    kernel: kernel as string,
    test: test as string,
  }));
}

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

  it('names every invariant of a kernel, and where it is', () => {
    const named = proved().map(({ code, kernel }) => `${code} ${kernel}`);
    expect(named.toSorted()).to.deep.equal(
      invariants()
        .map(({ code, kernel }) => `${code} ${kernel.path}`)
        .toSorted(),
    );
  });

  for (const { code, sentence, kernel, test } of proved()) {
    it(`${code} is proved, of ${sentence}, and tied to the deployed contracts`, () => {
      const [proofs, tie] = [join('docs', 'proofs.md'), test].map((file) => readFileSync(join(root, file), 'utf8'));
      expect(proofs).to.match(new RegExp(`^\\| ${code} \\|.*\\| \`${kernel}\` \\| proved \\| (refuted|not proved) \\|`, 'm'));
      expect(tie).to.include(basename(kernel));
      if (sentence !== '–') expect(rows().map(({ number }) => number)).to.include(sentence);
    });
  }
});
