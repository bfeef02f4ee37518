// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {LedgerState} from "./LedgerState.sol";
import {IMembership} from "./interfaces/IMembership.sol";
import {Account, AccountLib} from "./types/Account.sol";
import {Reason, Role, Shore, Status} from "./types/Codes.sol";
import {Key, KeyLib} from "./types/Key.sol";
import {Member, MemberLib} from "./types/Member.sol";

/// @title Membership
/// @notice Members, accounts and keys.
/// @dev An account's word repeats what of its member's word a write must check, so that one read decides. Each function that changes
/// a member therefore rewrites its accounts, at most MAX_ACCOUNTS.
abstract contract Membership is LedgerState {
    /// @notice Most accounts of a member that are not withdrawn.
    uint256 internal constant MAX_ACCOUNTS = 16;
    /// @notice Most members: their numbers have 32 bits in the packed words.
    uint256 internal constant MAX_MEMBERS = type(uint32).max;

    /// @notice Names the authorities, for good.
    /// @param china Authority of CN
    /// @param korea Authority of KR
    /// @param both Authority of both shores together
    constructor(address china, address korea, address both) {
        bool isMissing = china == address(0) || korea == address(0) || both == address(0);
        if (isMissing || china == korea || china == both || korea == both) {
            revert MembershipAuthoritiesInvalid(china, korea, both);
        }
        authorities[Shore.CN] = china;
        authorities[Shore.KR] = korea;
        authorities[Shore.BOTH] = both;
    }

    // --------------------------------------------------------------- members

    /// @inheritdoc IMembership
    function enrol(uint16 roles, uint40 validFrom, uint40 validUntil, bytes32 profile)
        external
        returns (uint32 member)
    {
        Member word = MemberLib.enrolled(_shoreOfCaller());
        if (membersEnrolled == MAX_MEMBERS) revert MembershipFull(MAX_MEMBERS);
        member = uint32(++membersEnrolled);
        word = _withTerms(word, roles, validFrom, validUntil);
        if (profile == 0) revert MembershipProfileMissing(member);
        members[member] = word;
        profiles[member] = profile;
        emit MemberEnrolled(member, word, profile, _nextSequence());
    }

    /// @inheritdoc IMembership
    function renew(uint32 member, uint16 roles, uint40 validFrom, uint40 validUntil) external {
        _change(member, _withTerms(_ownMember(member), roles, validFrom, validUntil));
    }

    /// @inheritdoc IMembership
    function suspendMember(uint32 member, uint16 reason) external {
        Member word = _ownMember(member);
        if (!Reason.isGiven(reason)) revert MembershipReasonUnknown(reason);
        if (word.state() != Status.ACTIVE) revert MembershipStateConflict(member, word.state());
        _change(member, word.suspended(uint8(reason), block.timestamp));
    }

    /// @inheritdoc IMembership
    function reinstateMember(uint32 member, uint16 reason) external {
        Member word = _ownMember(member);
        if (!Reason.isGiven(reason)) revert MembershipReasonUnknown(reason);
        if (word.state() != Status.SUSPENDED) revert MembershipStateConflict(member, word.state());
        _change(member, word.reinstated(uint8(reason), block.timestamp));
    }

    /// @inheritdoc IMembership
    function changeProfile(uint32 member, bytes32 profile) external {
        Member word = _ownMember(member);
        if (profile == 0) revert MembershipProfileMissing(member);
        profiles[member] = profile;
        emit MemberChanged(member, word, profile, _nextSequence());
    }

    // -------------------------------------------------------------- accounts

    /// @inheritdoc IMembership
    function authoriseAccount(uint32 member, address account, uint40 validUntil) external {
        Member owner = _ownMember(member);
        if (account == address(0)) revert MembershipAccountInvalid(account);
        Account known = accounts[account];
        if (known.state() == Status.NONE) {
            _list(member, owner, account);
        } else if (known.member() != member || known.state() == Status.REVOKED) {
            revert MembershipAccountTaken(account, known.member());
        }
        _setAccount(account, member, AccountLib.authorised(member, owner, validUntil));
    }

    /// @inheritdoc IMembership
    function withdrawAccount(address account) external {
        Account known = accounts[account];
        if (known.state() == Status.NONE || known.state() == Status.REVOKED) revert MembershipAccountUnknown(account);
        uint256 member = known.member();
        _unlist(member, _ownMember(member), account);
        _setAccount(account, member, known.withdrawn());
    }

    /// @inheritdoc IMembership
    function accountsOf(uint32 member) external view returns (address[] memory list) {
        return memberAccounts[member];
    }

    // ------------------------------------------------------------------ keys

    /// @inheritdoc IMembership
    function registerKey(uint32 member, bytes32 thumbprint, uint40 validFrom, uint40 validUntil) external {
        _ownMember(member);
        _checkValidity(validFrom, validUntil);
        if (thumbprint == 0) revert MembershipKeyInvalid(thumbprint);
        uint256 holder = keys[thumbprint].member();
        if (holder != 0) revert MembershipKeyTaken(thumbprint, holder);
        _setKey(thumbprint, member, KeyLib.registered(member, validFrom, validUntil));
    }

    /// @inheritdoc IMembership
    function revokeKey(bytes32 thumbprint, uint40 compromisedSince) external {
        Key word = keys[thumbprint];
        uint256 member = word.member();
        if (member == 0) revert MembershipKeyUnknown(thumbprint);
        _ownMember(member);
        uint256 limit = _latestCompromise(word);
        if (compromisedSince > limit || (word.revokedAt() != 0 && compromisedSince == 0)) {
            revert MembershipKeyRevoked(thumbprint, compromisedSince, limit);
        }
        if (word.revokedAt() == 0) word = word.revoked(block.timestamp);
        _setKey(thumbprint, member, word.compromised(compromisedSince));
    }

    // -------------------------------------------------------------- internal

    /// @dev The shore whose authority calls.
    function _shoreOfCaller() private view returns (uint8) {
        if (msg.sender == authorities[Shore.CN]) return Shore.CN;
        if (msg.sender == authorities[Shore.KR]) return Shore.KR;
        revert MembershipNotAuthority(msg.sender, 0);
    }

    /// @dev The word of a member of the caller's own shore.
    function _ownMember(uint256 member) private view returns (Member word) {
        word = members[member];
        uint8 shore = word.shore();
        if (shore == 0) revert MembershipMemberUnknown(member);
        if (msg.sender != authorities[shore]) revert MembershipNotAuthority(msg.sender, shore);
    }

    function _withTerms(Member word, uint16 roles, uint40 validFrom, uint40 validUntil) private pure returns (Member) {
        if (roles == 0 || roles & ~Role.ALL != 0) revert MembershipRolesInvalid(roles);
        _checkValidity(validFrom, validUntil);
        return word.withTerms(roles, validFrom, validUntil);
    }

    function _checkValidity(uint40 validFrom, uint40 validUntil) private pure {
        if (validUntil != 0 && validUntil <= validFrom) revert MembershipValidityInvalid(validFrom, validUntil);
    }

    /// @dev Writes a member's word, and makes its accounts follow.
    function _change(uint256 member, Member word) private {
        _setMember(member, word);
        address[] storage list = memberAccounts[member];
        for (uint256 i = 0; i < list.length; ++i) {
            Account before = accounts[list[i]];
            _setAccount(list[i], member, AccountLib.authorised(member, word, before.validUntil()));
        }
    }

    /// @dev Adds an account to its member's list.
    function _list(uint256 member, Member owner, address account) private {
        address[] storage list = memberAccounts[member];
        if (list.length == MAX_ACCOUNTS) revert MembershipAccountsFull(member, MAX_ACCOUNTS);
        list.push(account);
        _setMember(member, owner.withAccounts(list.length));
    }

    /// @dev Takes an account off its member's list: the last one moves to its place.
    function _unlist(uint256 member, Member owner, address account) private {
        address[] storage list = memberAccounts[member];
        uint256 last = list.length - 1;
        for (uint256 i = 0; i < last; ++i) {
            if (list[i] == account) {
                list[i] = list[last];
                break;
            }
        }
        list.pop();
        _setMember(member, owner.withAccounts(last));
    }

    function _setMember(uint256 member, Member word) private {
        members[member] = word;
        emit MemberChanged(member, word, profiles[member], _nextSequence());
    }

    function _setAccount(address account, uint256 member, Account word) private {
        accounts[account] = word;
        emit AccountChanged(account, member, word, _nextSequence());
    }

    function _setKey(bytes32 thumbprint, uint256 member, Key word) private {
        keys[thumbprint] = word;
        emit KeyChanged(thumbprint, member, word, _nextSequence());
    }

    /// @dev Latest time since when a key may still be declared compromised: now; for one declared so before, that time.
    function _latestCompromise(Key word) private view returns (uint256) {
        uint40 since = word.compromisedSince();
        return since == 0 ? block.timestamp : since;
    }
}
