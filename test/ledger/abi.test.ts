import { expect } from 'chai';
import { Interface } from 'ethers';
import hre from 'hardhat';
import { clearanceAbi } from '../../protocol/law/abi/clearance.ts';
import { councilAbi } from '../../protocol/law/abi/council.ts';
import { laboratoriesAbi } from '../../protocol/law/abi/laboratories.ts';
import { registryAbi } from '../../protocol/law/abi/registry.ts';
import { ledgerAbi } from '../../protocol/ledger/abi.ts';

const ABIS = {
  Ledger: ledgerAbi,
  Clearance: clearanceAbi,
  Laboratories: laboratoriesAbi,
  Registry: registryAbi,
  Council: councilAbi,
};

describe('abi', () => {
  for (const [name, written] of Object.entries(ABIS)) {
    it(`equals the compiled ${name}`, async () => {
      const { abi } = await hre.artifacts.readArtifact(name);
      const compiled = new Interface(JSON.parse(JSON.stringify(abi))).format(false);
      expect([...written].sort()).to.deep.equal([...compiled].sort());
    });
  }

  it('puts revoke first in dispatch', () => {
    const selectors: string[] = [];
    new Interface(ledgerAbi).forEachFunction(({ selector }) => selectors.push(selector));
    expect(selectors.sort()[0]).to.equal(new Interface(ledgerAbi).getFunction('revoke')?.selector);
  });
});
