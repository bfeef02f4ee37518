import { buildModule } from '@nomicfoundation/hardhat-ignition/modules';
import { Interface } from 'ethers';

/** What the council of both shores need not wait for: it can only stop things. */
const URGENT = ['function pause(address companion, uint128 actions)', 'function suspendArrangement(uint16 arrangement)'].map(
  (fragment) => Interface.from([fragment]).getFunction(fragment)?.selector as string,
);
const NONE: string[] = [];

/**
 * Deploys the councils, the ledger that they govern, and the contracts beside it, which the council of both shores then adds.
 *
 * Parameters: `seatsCN` and `seatsKR`, the addresses of the officials of the two shores; `threshold`, how many of a shore must agree; `delay`, seconds between
 * the agreement of both shores and their act. Who the councils are cannot be changed later, so there are no defaults. The deploying account gets no rights.
 */
export default buildModule('Ledger', (module) => {
  const threshold = module.getParameter<number>('threshold');
  const council = (id: string, seats: unknown, of: unknown, delay: unknown, urgent: string[]) =>
    module.contract('Council', [seats, of, delay, urgent] as never, { id });
  const china = council('CouncilCN', module.getParameter('seatsCN'), threshold, 0, NONE);
  const korea = council('CouncilKR', module.getParameter('seatsKR'), threshold, 0, NONE);
  const both = council('CouncilBOTH', [china, korea], 2, module.getParameter<number>('delay'), URGENT);
  const ledger = module.contract('Ledger', [china, korea, both]);
  const clearance = module.contract('Clearance', [ledger]);
  const laboratories = module.contract('Laboratories', [ledger]);
  const registry = module.contract('Registry', [ledger]);
  return { china, korea, both, ledger, clearance, laboratories, registry };
});
