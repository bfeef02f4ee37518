import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..');
const FILES = globSync('protocol/**/*.ts', { cwd: ROOT });

/** Bundles files of the project for browsers, where no module of Node is found, and answers the paths of all modules taken in. */
async function modulesOf(files: string[]): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: files,
    bundle: true,
    platform: 'browser',
    format: 'esm',
    metafile: true,
    write: false,
    outdir: 'bundle',
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs);
}

describe('protocol in a browser', () => {
  it('bundles without any module of Node', async () => {
    const modules = await modulesOf(FILES);
    expect(modules).to.include.members(FILES);
    expect(modules.filter((path) => path.includes('ethers'))).to.deep.equal([]);
  });

  it('leaves secp256k1 out where no seals are checked', async () => {
    const modules = await modulesOf(FILES.filter((file) => file.startsWith('protocol/chain/') && file !== 'protocol/chain/qbft.ts'));
    expect(modules.filter((path) => path.includes('@noble/curves'))).to.deep.equal([]);
  });
});
