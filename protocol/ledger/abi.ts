/**
 * The ledger contract's interface in ethers' human-readable form, as docs/spec/ledger.md section 3 has it.
 * Equal to the compiled artifact by a test, so that no build is needed to talk to the ledger.
 */
export const ledgerAbi: readonly string[] = [
  'function anchor(tuple(bytes32 sha256Digest, bytes32 sm3Digest, bytes32 subject, uint8 kind, uint40 expiresAt) entry) returns (bytes32 id)',
  'function anchorMany(tuple(bytes32 sha256Digest, bytes32 sm3Digest, bytes32 subject, uint8 kind, uint40 expiresAt)[] entries)',
  'function anchorRoot(bytes32 root, uint32 size, uint8 kind, uint40 expiresAt, tuple(bytes32 subject, bytes32 leaf)[] links) returns (bytes32 id)',
  'function revoke(bytes32 leafOrRoot, uint8 reason)',
  'function suspend(bytes32 leafOrRoot, uint8 reason)',
  'function reinstate(bytes32 leafOrRoot, uint8 reason)',
  'function supersede(bytes32 leafOrRoot, tuple(bytes32 sha256Digest, bytes32 sm3Digest, bytes32 subject, uint8 kind, uint40 expiresAt) successor, uint8 reason) returns (bytes32 id)',
  'function enrol(uint16 roles, uint40 validFrom, uint40 validUntil, bytes32 profile) returns (uint256 member)',
  'function renew(uint256 member, uint16 roles, uint40 validFrom, uint40 validUntil)',
  'function suspendMember(uint256 member, uint8 reason)',
  'function reinstateMember(uint256 member, uint8 reason)',
  'function changeProfile(uint256 member, bytes32 profile)',
  'function authoriseAccount(uint256 member, address account, uint40 validUntil)',
  'function withdrawAccount(address account)',
  'function registerKey(uint256 member, bytes32 thumbprint, uint40 validFrom, uint40 validUntil)',
  'function revokeKey(bytes32 thumbprint, uint40 compromisedSince)',
  'function sequence() view returns (uint256)',
  'event DocumentAnchored(bytes32 indexed id, bytes32 indexed subject, bytes32 sha256Digest, bytes32 sm3Digest, uint256 record, uint256 sequence)',
  'event RootAnchored(bytes32 indexed id, bytes32 root, uint256 record, uint256 sequence)',
  'event SubjectExtended(bytes32 indexed subject, bytes32 indexed root, bytes32 leaf, uint256 issuer, uint256 sequence)',
  'event StatusChanged(bytes32 indexed id, uint256 record, uint256 sequence)',
  'event DocumentSuperseded(bytes32 indexed id, bytes32 indexed successor, uint256 sequence)',
  'event MemberEnrolled(uint256 indexed member, uint256 word, bytes32 profile, uint256 sequence)',
  'event MemberChanged(uint256 indexed member, uint256 word, bytes32 profile, uint256 sequence)',
  'event AccountChanged(address indexed account, uint256 indexed member, uint256 word, uint256 sequence)',
  'event KeyChanged(bytes32 indexed thumbprint, uint256 indexed member, uint256 word, uint256 sequence)',
];
