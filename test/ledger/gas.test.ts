import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import hre from 'hardhat';
import { BARS } from '../../bench/gas/bars.ts';
import { measureLaw } from '../../bench/gas/law.ts';
import { type GasRows, measureGas } from '../../bench/gas/measure.ts';
import { deployLaw } from './support/newLaw.ts';

const SNAPSHOT = new URL('../../snapshots/gas.json', import.meta.url);
const CONTRACTS = ['Ledger', 'Clearance', 'Laboratories', 'Registry', 'Council'];

/** Gas is exact, so that any change of it shows in a review: run with UPDATE_SNAPSHOTS=1 to accept what is measured. */
describe('Ledger', () => {
  describe('gas', () => {
    let rows: GasRows;

    before(async () => {
      const contracts = await deployLaw();
      rows = { ...(await measureGas(contracts)), ...(await measureLaw(contracts)), ...(await codeSizes()) };
      if (process.env.UPDATE_SNAPSHOTS === '1') writeFileSync(SNAPSHOT, `${JSON.stringify(rows, undefined, 2)}\n`);
    });

    it('equals the snapshot', () => {
      expect(rows).to.deep.equal(JSON.parse(readFileSync(SNAPSHOT, 'utf8')));
    });

    it('stays within the bars', () => {
      for (const [name, bar] of Object.entries(BARS)) expect(rows[name], name).to.be.at.most(bar);
    });
  });
});

async function codeSizes(): Promise<GasRows> {
  const sizes = CONTRACTS.map(async (name) => {
    const { deployedBytecode } = await hre.artifacts.readArtifact(name);
    return [`code of ${name}, bytes`, (deployedBytecode.length - 2) / 2] as const;
  });
  return Object.fromEntries(await Promise.all(sizes));
}
