import type { Mutant } from './mutant.ts';

/** Mutants that no test can tell from the contracts, and why. Without a change, all of the operator in the function. */
interface Equivalent {
  readonly file: string;
  readonly within: string;
  readonly operator: string;
  readonly change?: string;
  readonly reason: string;
}

const EQUIVALENT: readonly Equivalent[] = [
  // ------------------------------------------------- checked arithmetic that cannot overflow
  neverOverflows('contracts/Council.sol', 'constructor', 'counts a list that the call carries'),
  neverOverflows('contracts/Council.sol', '_count', 'counts seats, 16 at most'),
  neverOverflows('contracts/Council.sol', '_requireReady', 'adds a delay to a time; a delay near 2^256 could never be waited for'),
  neverOverflows('contracts/Council.sol', '_setThreshold', 'doubles a number that was found to be at most 16 just before'),
  neverOverflows('contracts/LedgerState.sol', '_reserve', 'adds at most a few hundred events to a sequence below 2^64'),
  neverOverflows('contracts/Membership.sol', 'enrol', 'counts members up to a largest number that is checked before'),
  neverOverflows('contracts/Membership.sol', '_change', 'counts accounts of a member, 16 at most'),
  neverOverflows('contracts/Membership.sol', '_unlist', 'subtracts one from the length of a list that holds the account'),
  neverOverflows('contracts/Notary.sol', 'anchorMany', 'counts a list that the call carries'),
  neverOverflows('contracts/Notary.sol', 'anchorRoot', 'counts a list that the call carries'),
  neverOverflows('contracts/Notary.sol', '_checkLaterChange', 'adds one to a field of 16 bits, as a number of 256'),
  neverOverflows('contracts/laboratories/Acceptance.sol', 'publishProfile', 'adds one to a counter of 256 bits'),
  neverOverflows('contracts/laboratories/Acceptance.sol', '_requireCovered', 'adds at most 65,535 days to a time of 40 bits'),
  neverOverflows(
    'contracts/laboratories/Accreditation.sol',
    'accredit',
    'adds one to a counter that was found to be below 65,535 just before',
  ),
  neverOverflows('contracts/laboratories/Accreditation.sol', 'declareCompromised', 'subtracts one from a time that is not 0'),
  neverOverflows('contracts/origin/OriginIssuing.sol', '_enterAsIssuer', 'adds one to at most 100 lines, and a day to the time'),
  neverOverflows('contracts/origin/OriginIssuing.sol', '_requireUnused', 'counts a list that the call carries'),
  neverOverflows('contracts/origin/OriginIssuing.sol', '_registerLines', 'counts a list that the call carries'),
  neverOverflows('contracts/origin/OriginIssuing.sol', '_chain', 'counts a list that the call carries'),
  neverOverflows('contracts/origin/OriginUse.sol', '_useLines', 'counts a list that the call carries'),
  neverOverflows(
    'contracts/origin/OriginVerification.sol',
    'requestVerification',
    'adds at most 65,535 days to the time, and one to a counter of 256 bits',
  ),
  neverOverflows('contracts/safety/SafetyAlerts.sol', 'raiseAlert', 'counts a list that the call carries, of bounded length'),
  neverOverflows('contracts/safety/SafetyAlerts.sol', 'advanceAlert', 'adds one to a stage that is below the last'),
  neverOverflows('contracts/safety/SafetyAlerts.sol', 'openRecall', 'counts a list that the call carries, of bounded length'),
  neverOverflows('contracts/safety/SafetyAlerts.sol', 'closeRecall', 'counts a list that the call carries, of bounded length'),
  neverOverflows('contracts/safety/SafetyMovements.sol', '_move', 'counts a list that the call carries'),
  neverOverflows('contracts/types/Alert.sol', 'advanced', 'adds one to a stage that is below the last'),
  neverOverflows('contracts/types/Alert.sol', 'withRecall', 'a word whose highest field is a stage of at most 5 does not overflow'),
  neverOverflows('contracts/types/Alert.sol', 'withoutRecall', 'is called for an open recall alone, which was counted'),
  neverOverflows('contracts/types/Arrangement.sol', 'maxAge', 'multiplies 16 bits by a day, as a number of 256'),
  neverOverflows('contracts/types/Certificate.sol', 'validUntil', 'multiplies 16 bits by a day, and adds 40 bits, as a number of 256'),
  neverOverflows('contracts/types/Companion.sol', 'isPaused', 'adds at most 127 to 64'),
  neverOverflows('contracts/types/Course.sol', 'isOrdered', 'adds two constants'),
  neverOverflows('contracts/types/Head.sol', 'extended', 'adds one to a count that was found to be below 2^32 - 1 just before'),
  neverOverflows('contracts/types/Inquiry.sol', 'replied', 'adds one to a state that is REQUESTED'),
  {
    file: 'contracts/LedgerState.sol',
    within: '_nextSequence',
    operator: 'unchecked',
    reason: 'no test can make 2^256 events; unchecked saves gas',
  },

  // ------------------------------------------------------------ what nobody can see
  ...[
    { file: 'contracts/Notary.sol', within: '_changeStatus' },
    { file: 'contracts/types/Sha256.sol', within: 'ofPair' },
  ].map((place) => ({
    ...place,
    operator: 'assembly',
    change: '0 => 0x20',
    reason: 'the data of a revert that happens only where the SHA-256 precompile has no gas left',
  })),

  // ------------------------------------------------------------ branches that only save gas
  {
    file: 'contracts/Companions.sol',
    within: 'enter',
    operator: 'condition',
    change: 'id != 0 => true',
    reason: 'nothing is ever recorded under 0: the condition saves a read',
  },
  {
    file: 'contracts/Membership.sol',
    within: '_unlist',
    operator: 'boundary',
    change: '< => <=',
    reason: 'the round more would put the last account in its own place',
  },
];

/** Why a mutant is none; undefined where nobody has said so. */
export function whyEquivalent(mutant: Mutant): string | undefined {
  return EQUIVALENT.find(
    ({ file, within, operator, change }) =>
      file === mutant.file &&
      within === mutant.within &&
      operator === mutant.operator &&
      (change === undefined || change === `${mutant.was} => ${mutant.by}`),
  )?.reason;
}

function neverOverflows(file: string, within: string, why: string): Equivalent {
  return { file, within, operator: 'unchecked', reason: `never overflows: ${why}` };
}
