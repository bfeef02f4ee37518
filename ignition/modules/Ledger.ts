import { buildModule } from '@nomicfoundation/hardhat-ignition/modules';

/**
 * Deploys the ledger. Parameters: `authorityCN` and `authorityKR`, the addresses that enrol members for the two shores; they cannot be changed later, so
 * there are no defaults. The deploying account gets no rights.
 */
export default buildModule('Ledger', (module) => {
  const ledger = module.contract('Ledger', [module.getParameter('authorityCN'), module.getParameter('authorityKR')]);
  return { ledger };
});
