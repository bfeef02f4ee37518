// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Council} from "../../../contracts/Council.sol";
import {Ledger} from "../../../contracts/Ledger.sol";
import {ICouncil} from "../../../contracts/interfaces/ICouncil.sol";
import {IMembership} from "../../../contracts/interfaces/IMembership.sol";
import {Role} from "../../../contracts/types/Codes.sol";
import {LedgerActor} from "./LedgerTest.sol";
import {Log} from "./Vm.sol";

/// @title Signers
/// @notice The cheatcodes for keys and chains, at the address of the others.
interface Signers {
    function addr(uint256 key) external pure returns (address account);
    function chainId(uint256 id) external;
    function deal(address account, uint256 balance) external;
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
}

/// @title CouncilActor
/// @notice Short ways to act in a council. Ids and digests are made here by the letter of the interface.
abstract contract CouncilActor is LedgerActor {
    Signers internal constant signers = Signers(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);

    uint256 internal constant DELAY = 2 days;
    uint40 internal constant CLOSE = uint40(START + 90 days);
    bytes32 internal constant DOMAIN_TYPE =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 internal constant APPROVAL_TYPE = keccak256("Approval(bytes32 proposal,uint256 deadline)");

    /// @dev The time, kept here: an optimiser may take `block.timestamp` for the same throughout a function.
    uint256 internal present = START;

    /// @dev Key of the official with a number.
    function keyOf(uint256 number) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode("official", number)));
    }

    function official(uint256 number) internal pure returns (address) {
        return signers.addr(keyOf(number));
    }

    /// @dev Officials `first` to `first + count - 1`.
    function officials(uint256 first, uint256 count) internal pure returns (address[] memory list) {
        list = new address[](count);
        for (uint256 i = 0; i < count; ++i) {
            list[i] = official(first + i);
        }
    }

    function act(address target, bytes memory data, uint256 salt) internal pure returns (ICouncil.Act memory) {
        return ICouncil.Act(target, data, bytes32(salt), CLOSE);
    }

    /// @dev An act that can be done again and again: another member.
    function enrolment(uint256 salt) internal view returns (ICouncil.Act memory) {
        return act(address(ledger), abi.encodeCall(IMembership.enrol, (Role.NODE, 1, 0, PROFILE)), salt);
    }

    function idOf(Council at, ICouncil.Act memory what) internal view returns (bytes32) {
        bytes32 data = sha256(what.data);
        return sha256(abi.encode(block.chainid, address(at), what.target, data, what.salt, what.expiresAt));
    }

    function propose(Council at, uint256 seat, ICouncil.Act memory what) internal returns (bytes32) {
        actAs(official(seat));
        return at.propose(what);
    }

    function approve(Council at, uint256 seat, bytes32 proposal) internal {
        actAs(official(seat));
        at.approve(proposal);
    }

    function withdraw(Council at, uint256 seat, bytes32 proposal) internal {
        actAs(official(seat));
        at.withdrawApproval(proposal);
    }

    /// @dev Proposed by the first of the seats, approved by the others, waited for and executed.
    function carryOut(Council at, uint256[2] memory seats, ICouncil.Act memory what) internal {
        bytes32 proposal = propose(at, seats[0], what);
        approve(at, seats[1], proposal);
        skip(DELAY);
        at.execute(what);
    }

    function skip(uint256 duration) internal {
        comeTo(present + duration);
    }

    function comeTo(uint256 time) internal {
        present = time;
        vm.warp(time);
    }

    function quorumAt(Council at, bytes32 proposal) internal view returns (uint256 time) {
        (, time,) = at.proposals(proposal);
    }

    function executedAt(Council at, bytes32 proposal) internal view returns (uint256 time) {
        (,, time) = at.proposals(proposal);
    }

    // ------------------------------------------------------------ signatures

    function domainOf(uint256 chain, address council) internal pure returns (bytes32) {
        return keccak256(abi.encode(DOMAIN_TYPE, keccak256("Tidemark Council"), keccak256("1"), chain, council));
    }

    function approvalDigest(bytes32 domain, bytes32 proposal, uint256 deadline) internal pure returns (bytes32) {
        bytes32 message = keccak256(abi.encode(APPROVAL_TYPE, proposal, deadline));
        return keccak256(abi.encodePacked(hex"1901", domain, message));
    }

    function signatureOf(uint256 seat, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = signers.sign(keyOf(seat), digest);
        return abi.encodePacked(r, s, v);
    }

    // ------------------------------------------------------------ assertions

    /// @dev The call, from whoever acts, reverts with exactly this error.
    function assertRefusedBy(address target, bytes memory call, bytes memory error) internal {
        (bool done, bytes memory answer) = target.call(call);
        assertTrue(!done, "not refused");
        assertTrue(keccak256(answer) == keccak256(error), "refused with another error");
    }

    function assertExecutionRefused(Council at, ICouncil.Act memory what, bytes memory error) internal {
        assertRefusedBy(address(at), abi.encodeCall(ICouncil.execute, (what)), error);
    }

    function assertClosed(Council at, bytes memory call, bytes32 proposal) internal {
        bytes memory error = abi.encodeWithSelector(ICouncil.CouncilProposalClosed.selector, proposal);
        assertRefusedBy(address(at), call, error);
    }

    function assertNotReady(Council at, ICouncil.Act memory what, uint256 approvals, uint256 readyAt) internal {
        bytes32 proposal = idOf(at, what);
        bytes4 error = ICouncil.CouncilNotReady.selector;
        assertExecutionRefused(at, what, abi.encodeWithSelector(error, proposal, approvals, readyAt));
    }

    /// @dev A log is this one, with up to two indexed values after the event's signature.
    function assertLog(Log memory log, address emitter, bytes32[3] memory topics, bytes memory data) internal pure {
        assertTrue(log.emitter == emitter, "emitter");
        for (uint256 i = 0; i < 3; ++i) {
            bytes32 found = i < log.topics.length ? log.topics[i] : bytes32(0);
            assertEq(found, topics[i], "topic");
        }
        assertTrue(keccak256(log.data) == keccak256(data), "data");
    }
}

/// @title CouncilTest
/// @notice For each test a council of the officials 1, 2 and 3, of whom two are needed, with a ledger whose CN it governs.
abstract contract CouncilTest is CouncilActor {
    Council internal council;

    function setUp() public virtual {
        vm.warp(START);
        bytes4[] memory urgent = new bytes4[](1);
        urgent[0] = IMembership.suspendMember.selector;
        council = new Council(officials(1, 3), 2, DELAY, urgent);
        ledger = new Ledger(address(council), KOREA, BOTH);
    }

    function adopt() internal {
        carryOut(council, [uint256(1), 2], act(address(council), abi.encodeCall(ICouncil.adoptLedger, (ledger)), 0));
    }
}
