import { expect } from 'chai';
import { Interface } from 'ethers';
import hre from 'hardhat';
import { ledgerAbi } from '../../protocol/ledger/abi.ts';

describe('ledgerAbi', () => {
  it('equals the compiled contract', async () => {
    const { abi } = await hre.artifacts.readArtifact('Ledger');
    const compiled = new Interface(JSON.parse(JSON.stringify(abi))).format(false);
    expect([...ledgerAbi].sort()).to.deep.equal([...compiled].sort());
  });

  it('puts revoke first in dispatch', () => {
    const selectors: string[] = [];
    new Interface(ledgerAbi).forEachFunction(({ selector }) => selectors.push(selector));
    expect(selectors.sort()[0]).to.equal(new Interface(ledgerAbi).getFunction('revoke')?.selector);
  });
});
