import { buildModule } from '@nomicfoundation/hardhat-ignition/modules';

/** Deploys the ledger with one enrolling authority a shore (parameters `authorityCN`, `authorityKR`: addresses). */
export default buildModule('Ledger', (module) => ({
  ledger: module.contract('Ledger', [module.getParameter('authorityCN'), module.getParameter('authorityKR')]),
}));
