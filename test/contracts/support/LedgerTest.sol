// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Ledger} from "../../../contracts/Ledger.sol";
import {INotary} from "../../../contracts/interfaces/INotary.sol";
import {Account} from "../../../contracts/types/Account.sol";
import {Kind, Role} from "../../../contracts/types/Codes.sol";
import {Key} from "../../../contracts/types/Key.sol";
import {Member} from "../../../contracts/types/Member.sol";
import {Record} from "../../../contracts/types/Record.sol";
import {Vm} from "./Vm.sol";

/// @title LedgerActor
/// @notice Short ways to act on a ledger. Hashes and words are made here by the letter of docs/spec/ledger.md, with
/// none of the contract's own libraries.
abstract contract LedgerActor {
    Vm internal constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);

    uint256 internal constant START = 1_800_000_000;
    address internal constant CHINA = address(0xC1);
    address internal constant KOREA = address(0xC2);
    address internal constant BOTH = address(0xC3);
    bytes32 internal constant PROFILE = bytes32(uint256(0xface));
    bytes32 internal constant NO_SUBJECT = 0;

    Ledger internal ledger;

    error AssertionFailed(string what);

    function assertTrue(bool condition, string memory what) internal pure {
        if (!condition) revert AssertionFailed(what);
    }

    function assertEq(uint256 found, uint256 expected, string memory what) internal pure {
        assertTrue(found == expected, what);
    }

    function assertEq(bytes32 found, bytes32 expected, string memory what) internal pure {
        assertTrue(found == expected, what);
    }

    /// @dev A member of a shore with one account.
    function enrol(address authority, uint16 roles, address account) internal returns (uint32 member) {
        actAs(authority);
        member = ledger.enrol(roles, uint40(START), 0, PROFILE);
        actAs(authority);
        ledger.authoriseAccount(member, account, 0);
    }

    function laboratory() internal returns (uint32 member, address account) {
        account = address(0x1AB);
        member = enrol(CHINA, Role.LABORATORY, account);
    }

    function report(uint256 number) internal pure returns (INotary.Entry memory) {
        return entry(number, NO_SUBJECT, Kind.LABORATORY_REPORT, 0);
    }

    function entry(uint256 number, bytes32 subject, uint16 kind, uint40 expiresAt)
        internal
        pure
        returns (INotary.Entry memory)
    {
        return INotary.Entry(digest("sha256", number), digest("sm3", number), subject, kind, expiresAt);
    }

    function digest(string memory algorithm, uint256 number) internal pure returns (bytes32) {
        return sha256(abi.encode(algorithm, number));
    }

    function leafOf(INotary.Entry memory document) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(uint8(0), document.sha256Digest, document.sm3Digest));
    }

    function leafOf(uint256 number) internal pure returns (bytes32) {
        return leafOf(report(number));
    }

    function idOf(uint256 member, bytes32 leafOrRoot) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(member, leafOrRoot));
    }

    function extended(bytes32 head, bytes32 id) internal pure returns (bytes32) {
        uint256 count = uint256(head) >> 224;
        return bytes32((count + 1) << 224 | uint256(uint224(uint256(sha256(abi.encodePacked(head, id))))));
    }

    /// @dev Field of `bits` bits that ends `below` bits above the least significant one.
    function field(uint256 word, uint256 below, uint256 bits) internal pure returns (uint256) {
        return (word >> below) & ((1 << bits) - 1);
    }

    function recordWord(bytes32 id) internal view returns (uint256) {
        return Record.unwrap(ledger.recordOf(id));
    }

    function statusOf(bytes32 id) internal view returns (uint256) {
        return field(recordWord(id), 208, 8);
    }

    function memberWord(uint32 member) internal view returns (uint256) {
        return Member.unwrap(ledger.members(member));
    }

    function accountWord(address account) internal view returns (uint256) {
        return Account.unwrap(ledger.accounts(account));
    }

    function keyWord(bytes32 thumbprint) internal view returns (uint256) {
        return Key.unwrap(ledger.keys(thumbprint));
    }

    /// @dev Sends what follows from `sender`. (A prank of one call would be spent on the SHA-256 precompile in its arguments.)
    function actAs(address sender) internal {
        vm.stopPrank();
        vm.startPrank(sender);
    }

    /// @dev The call, from whoever acts, reverts.
    function assertReverts(bytes memory call) internal {
        (bool done,) = address(ledger).call(call);
        assertTrue(!done, "not refused");
    }

    /// @dev The call, from whoever acts, reverts with exactly this error.
    function assertRefused(bytes memory call, bytes4 error, bytes memory values) internal {
        assertRefused(call, abi.encodePacked(error, values));
    }

    function assertRefused(bytes memory call, bytes memory error) internal {
        (bool done, bytes memory answer) = address(ledger).call(call);
        assertTrue(!done, "not refused");
        assertTrue(keccak256(answer) == keccak256(error), "refused with another error");
    }
}

/// @title LedgerTest
/// @notice A new ledger for each test.
abstract contract LedgerTest is LedgerActor {
    function setUp() public virtual {
        vm.warp(START);
        ledger = new Ledger(CHINA, KOREA, BOTH);
    }
}
