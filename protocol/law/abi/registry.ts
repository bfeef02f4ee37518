/**
 * The face of the contract of parties and products, in ethers' human-readable form. A test holds it equal to the compiled contract.
 *
 * Words are packed: unpack them with `../words.ts`. A call can also answer the ledger's errors `Companions…` and `NotaryAccountNotLive`.
 */
export const registryAbi: readonly string[] = [
  'constructor(address ledger_)',
  'event Filed(bytes32 indexed subject, bytes32 digest, uint256 word, uint256 sequence)',
  'function carry(bytes32[] slots)',
  'function file(bytes32 subject, uint8 kind, bytes32 digest) returns (uint256 version)',
  'function filingDigests(bytes32 key) view returns (bytes32 digest)',
  'function filings(bytes32 subject) view returns (uint256 word)',
  'function ledger() view returns (address)',
  'function wordAt(bytes32 slot) view returns (bytes32 word)',
  'error CompanionLedgerInvalid(address ledger)',
  'error CompanionNoSuccessor()',
  'error CompanionRoleMissing(uint16 roles, uint16 needed)',
  'error CompanionShoreWrong(uint8 shore, uint8 needed)',
  'error RegistryFieldInvalid(bytes32 field)',
  'error RegistryKindDiffers(bytes32 subject, uint8 kind)',
];
