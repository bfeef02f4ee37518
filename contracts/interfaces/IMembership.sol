// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Account} from "../types/Account.sol";
import {Key} from "../types/Key.sol";
import {Member} from "../types/Member.sol";

/// @title IMembership
/// @notice Who may write to the ledger: members of two shores, their roles, accounts and credential keys, each with validity.
///
/// What is assumed of the authorities (one address a shore, fixed at deployment: its `Council`, an m-of-n of that shore):
/// - each enrols, renews, suspends and reinstates members of its own shore, and no others;
/// - it checks outside the ledger that an account or key belongs to the member that it names;
/// - it can stop a member from writing; it cannot write in a member's name, nor change what a member wrote.
///
/// Times are Unix seconds; a `validUntil` of 0 means no end, and an end is excluded. The types of parameters decide the order of dispatch:
/// with these `revoke` is found first (docs/adr/0004-gas-of-a-revocation.md). Codes and words: docs/spec/ledger.md section 2.
interface IMembership {
    // ---------------------------------------------------------------- events

    /// @notice A member was enrolled.
    /// @param member Its number
    /// @param word Its standing
    /// @param profile SHA-256 of its profile's text
    /// @param sequence Number of this event
    event MemberEnrolled(uint256 indexed member, Member word, bytes32 profile, uint256 sequence);

    /// @notice A member was renewed, suspended or reinstated, its profile or the number of its accounts changed.
    /// @param member Its number
    /// @param word Its standing from now on
    /// @param profile SHA-256 of its profile's text from now on
    /// @param sequence Number of this event
    event MemberChanged(uint256 indexed member, Member word, bytes32 profile, uint256 sequence);

    /// @notice An account was authorised or withdrawn, or followed a change of its member.
    /// @param account The account
    /// @param member Number of its member
    /// @param word Its standing from now on
    /// @param sequence Number of this event
    event AccountChanged(address indexed account, uint256 indexed member, Account word, uint256 sequence);

    /// @notice A credential key was registered, revoked or declared compromised.
    /// @param thumbprint RFC 7638 SHA-256 thumbprint of the key's JWK
    /// @param member Number of its member
    /// @param word Its standing from now on
    /// @param sequence Number of this event
    event KeyChanged(bytes32 indexed thumbprint, uint256 indexed member, Key word, uint256 sequence);

    // ---------------------------------------------------------------- errors

    /// @notice The authorities must be three different addresses, and not zero.
    /// @param china Authority given for CN
    /// @param korea Authority given for KR
    /// @param both Authority given for both shores together
    error MembershipAuthoritiesInvalid(address china, address korea, address both);

    /// @notice The caller is not the authority of the shore that it acts for.
    /// @param caller Who called
    /// @param shore Code of the member's shore; 0 at enrolment, where either would do
    error MembershipNotAuthority(address caller, uint8 shore);

    /// @notice There is no such member.
    /// @param member Number asked for
    error MembershipMemberUnknown(uint256 member);

    /// @notice No more members can be numbered.
    /// @param limit Most members
    error MembershipFull(uint256 limit);

    /// @notice The roles are none, or have bits that no role has.
    /// @param roles Bits given
    error MembershipRolesInvalid(uint16 roles);

    /// @notice The validity ends before it starts.
    /// @param validFrom Start given
    /// @param validUntil End given
    error MembershipValidityInvalid(uint40 validFrom, uint40 validUntil);

    /// @notice A member must have a profile.
    /// @param member Its number
    error MembershipProfileMissing(uint256 member);

    /// @notice No reason has the code.
    /// @param reason Code given
    error MembershipReasonUnknown(uint16 reason);

    /// @notice The member's state does not allow the change.
    /// @param member Its number
    /// @param state Its state
    error MembershipStateConflict(uint256 member, uint8 state);

    /// @notice The zero address is nobody's account.
    /// @param account Address given
    error MembershipAccountInvalid(address account);

    /// @notice The address was authorised for a member before: it stays that member's, and once withdrawn it is nobody's again.
    /// @param account Address given
    /// @param member Number of the member it was authorised for
    error MembershipAccountTaken(address account, uint256 member);

    /// @notice The address is not an account, or was withdrawn.
    /// @param account Address given
    error MembershipAccountUnknown(address account);

    /// @notice The member has as many accounts as a member can have.
    /// @param member Its number
    /// @param limit Most accounts
    error MembershipAccountsFull(uint256 member, uint256 limit);

    /// @notice Zero is no thumbprint.
    /// @param thumbprint Thumbprint given
    error MembershipKeyInvalid(bytes32 thumbprint);

    /// @notice The key was registered before.
    /// @param thumbprint Thumbprint given
    /// @param member Number of the member it was registered for
    error MembershipKeyTaken(bytes32 thumbprint, uint256 member);

    /// @notice The key was never registered.
    /// @param thumbprint Thumbprint given
    error MembershipKeyUnknown(bytes32 thumbprint);

    /// @notice A revoked key can only be declared compromised, from an earlier time than before; never from a time to come.
    /// @param thumbprint Thumbprint given
    /// @param compromisedSince Time given
    /// @param limit Latest time allowed; 0: none, the key is revoked and no time was given
    error MembershipKeyRevoked(bytes32 thumbprint, uint40 compromisedSince, uint256 limit);

    // ----------------------------------------------------------------- views

    /// @notice Who enrols for a shore, and who acts for both together.
    /// @param shore 1: CN, 2: KR, 3: both
    /// @return authority The address
    function authorities(uint256 shore) external view returns (address authority);

    /// @notice How many members were ever enrolled; they are numbered from 1.
    /// @return count The count
    function membersEnrolled() external view returns (uint256 count);

    /// @notice A member's standing.
    /// @param member Its number
    /// @return word The packed word; zero: no such member
    function members(uint256 member) external view returns (Member word);

    /// @notice A member's profile.
    /// @param member Its number
    /// @return digest SHA-256 of the profile's exact text
    function profiles(uint256 member) external view returns (bytes32 digest);

    /// @notice An account's standing.
    /// @param account The address
    /// @return word The packed word; zero: never authorised
    function accounts(address account) external view returns (Account word);

    /// @notice A credential key's standing.
    /// @param thumbprint RFC 7638 SHA-256 thumbprint of the key's JWK
    /// @return word The packed word; zero: never registered
    function keys(bytes32 thumbprint) external view returns (Key word);

    /// @notice A member's accounts that are not withdrawn, in no particular order.
    /// @param member Its number
    /// @return list The addresses, at most 16
    function accountsOf(uint32 member) external view returns (address[] memory list);

    // --------------------------------------------------------------- members

    /// @notice Enrols a member for the shore whose authority calls.
    /// @param roles Bits of the roles
    /// @param validFrom Start of the accreditation
    /// @param validUntil End of the accreditation
    /// @param profile SHA-256 of its profile's exact text
    /// @return member Its number
    function enrol(uint16 roles, uint40 validFrom, uint40 validUntil, bytes32 profile) external returns (uint32 member);

    /// @notice Gives a member other roles and another validity, a suspended one too.
    /// @dev Its accounts get the roles and the start; their own end is only ever shortened, so a longer one needs `authoriseAccount`.
    /// @param member Its number
    /// @param roles Bits of the roles
    /// @param validFrom Start of the accreditation
    /// @param validUntil End of the accreditation
    function renew(uint32 member, uint16 roles, uint40 validFrom, uint40 validUntil) external;

    /// @notice Suspends an active member: none of its accounts can write until it is reinstated.
    /// @param member Its number
    /// @param reason Code of the reason
    function suspendMember(uint32 member, uint16 reason) external;

    /// @notice Reinstates a suspended member.
    /// @param member Its number
    /// @param reason Code of the reason
    function reinstateMember(uint32 member, uint16 reason) external;

    /// @notice Replaces a member's profile.
    /// @param member Its number
    /// @param profile SHA-256 of the new profile's exact text
    function changeProfile(uint32 member, bytes32 profile) external;

    // -------------------------------------------------------------- accounts

    /// @notice Lets an account write for a member, or moves the end of one that may.
    /// @param member Number of the member
    /// @param account The address
    /// @param validUntil End of the account; the member's own end counts where it is earlier
    function authoriseAccount(uint32 member, address account, uint40 validUntil) external;

    /// @notice Withdraws an account for good.
    /// @param account The address
    function withdrawAccount(address account) external;

    // ------------------------------------------------------------------ keys

    /// @notice Registers a key with which a member signs credentials.
    /// @param member Number of the member
    /// @param thumbprint RFC 7638 SHA-256 thumbprint of the P-256 JWK
    /// @param validFrom Start of the validity
    /// @param validUntil End of the validity
    function registerKey(uint32 member, bytes32 thumbprint, uint40 validFrom, uint40 validUntil) external;

    /// @notice Revokes a key, for good; a revoked one can still be declared compromised, each time from an earlier date.
    /// @param thumbprint RFC 7638 SHA-256 thumbprint of the JWK
    /// @param compromisedSince Time since when the key may be in other hands; 0: revoked from now only
    function revokeKey(bytes32 thumbprint, uint40 compromisedSince) external;
}
