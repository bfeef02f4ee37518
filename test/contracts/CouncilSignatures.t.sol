// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {Council} from "../../contracts/Council.sol";
import {ICouncil} from "../../contracts/interfaces/ICouncil.sol";
import {CouncilTest} from "./support/CouncilTest.sol";
import {Log} from "./support/Vm.sol";

/// @title CouncilSignaturesTest
/// @notice Approvals by signature: the one that the seat gave counts, once, and nothing that resembles it.
contract CouncilSignaturesTest is CouncilTest {
    /// @dev Order of secp256k1.
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    uint256 private constant OTHER_CHAIN = 77;
    uint256 private constant UNTIL = START + 10 days;

    bytes32 private id;

    function setUp() public override {
        super.setUp();
        adopt();
        id = propose(council, 1, enrolment(1));
        vm.stopPrank();
    }

    // -------------------------------------------------------------- what counts

    function testFuzz_approveBySignature_byAnybody(address sender, uint256 deadline) public {
        if (deadline < present) deadline = present;
        actAs(sender);
        vm.recordLogs();
        council.approveBySignature(id, official(2), deadline, signatureOf(2, digestOf(id, deadline)));
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1, "events");
        bytes32 seat = bytes32(uint256(uint160(official(2))));
        assertLog(logs[0], address(council), [ICouncil.ApprovalChanged.selector, id, seat], abi.encode(true));
        assertTrue(council.approvals(id, official(2)), "approval");
        assertTrue(council.hasSigned(id, official(2)), "signed");
        assertEq(quorumAt(council, id), present, "quorumAt");
    }

    function test_approveBySignature_untilItsDeadline() public {
        bytes memory signature = signatureOf(2, digestOf(id, UNTIL));
        comeTo(UNTIL + 1);
        assertApprovalRefused(id, 2, UNTIL, signature, abi.encodeWithSelector(expired(), UNTIL));
        comeTo(UNTIL);
        council.approveBySignature(id, official(2), UNTIL, signature);
    }

    function test_approveBySignature_inAnyOrder() public {
        bytes32 second = propose(council, 1, enrolment(2));
        bytes memory signature = signatureOf(2, digestOf(id, UNTIL));
        council.approveBySignature(second, official(2), UNTIL, signatureOf(2, digestOf(second, UNTIL)));
        council.approveBySignature(id, official(2), UNTIL, signature);
        assertTrue(council.approvals(id, official(2)) && council.approvals(second, official(2)), "both");
    }

    function test_eip712Domain_isThatOfTheInterface() public view {
        (bytes1 fields, string memory name, string memory version, uint256 chain, address place,,) =
            council.eip712Domain();
        assertTrue(fields == hex"0f", "fields");
        assertTrue(keccak256(bytes(name)) == keccak256("Tidemark Council"), "name");
        assertTrue(keccak256(bytes(version)) == keccak256("1"), "version");
        assertTrue(chain == block.chainid && place == address(council), "chain and address");
    }

    // ----------------------------------------------------------- what does not

    function testFuzz_approveBySignature_revertsIfDeadlineIsAnother(uint256 deadline) public {
        vm.assume(deadline != UNTIL);
        assertRecoversAnother(id, signatureOf(2, digestOf(id, deadline)));
    }

    function testFuzz_approveBySignature_revertsIfProposalIsAnother(bytes32 proposal) public {
        vm.assume(proposal != id);
        assertRecoversAnother(id, signatureOf(2, digestOf(proposal, UNTIL)));
    }

    function testFuzz_approveBySignature_revertsIfChainIsAnother(uint256 chain) public {
        vm.assume(chain != block.chainid);
        bytes32 domain = domainOf(chain, address(council));
        assertRecoversAnother(id, signatureOf(2, approvalDigest(domain, id, UNTIL)));
    }

    function testFuzz_approveBySignature_revertsIfCouncilIsAnother(address place) public {
        vm.assume(place != address(council));
        bytes32 domain = domainOf(block.chainid, place);
        assertRecoversAnother(id, signatureOf(2, approvalDigest(domain, id, UNTIL)));
    }

    function test_approveBySignature_revertsIfDomainIsAnother() public {
        bytes32[4] memory domains = [
            domainNamed("Tidemark Council", "2"), domainNamed("Tidemark council", "1"), domainNamed("", ""), bytes32(0)
        ];
        for (uint256 i = 0; i < domains.length; ++i) {
            assertRecoversAnother(id, signatureOf(2, approvalDigest(domains[i], id, UNTIL)));
        }
    }

    function test_approveBySignature_revertsIfNotTypedData() public {
        bytes32 message = keccak256(abi.encode(APPROVAL_TYPE, id, UNTIL));
        assertRecoversAnother(id, signatureOf(2, message));
        assertRecoversAnother(id, signatureOf(2, id));
        bytes32 personal = keccak256(abi.encodePacked("\x19Ethereum Signed Message:\n32", id));
        assertRecoversAnother(id, signatureOf(2, personal));
    }

    function test_approveBySignature_revertsOnAForkOfTheChain() public {
        bytes memory signature = signatureOf(2, digestOf(id, UNTIL));
        bytes32 digest = approvalDigest(domainOf(OTHER_CHAIN, address(council)), id, UNTIL);
        uint256 home = block.chainid;
        signers.chainId(OTHER_CHAIN);
        assertApprovalRefused(id, 2, UNTIL, signature, notSeat(recovered(digest, signature)));
        assertClosed(council, abi.encodeCall(ICouncil.execute, (enrolment(1))), idOf(council, enrolment(1)));
        signers.chainId(home);
        council.approveBySignature(id, official(2), UNTIL, signature);
    }

    function test_approveBySignature_revertsInAnotherCouncilOfTheSameSeats() public {
        Council other = new Council(officials(1, 3), 2, DELAY, new bytes4[](0));
        ICouncil.Act memory what = act(address(other), abi.encodeCall(ICouncil.removeSeat, (official(3), 2)), 1);
        bytes32 there = propose(other, 1, what);
        bytes memory signature = signatureOf(2, digestOf(there, UNTIL));
        bytes memory call = abi.encodeCall(ICouncil.approveBySignature, (there, official(2), UNTIL, signature));
        bytes32 digest = approvalDigest(domainOf(block.chainid, address(other)), there, UNTIL);
        assertRefusedBy(address(other), call, notSeat(recovered(digest, signature)));
    }

    function testFuzz_approveBySignature_revertsIfAnotherSigned(uint256 number) public {
        vm.assume(number != 2);
        assertApprovalRefused(id, 2, UNTIL, signatureOf(number, digestOf(id, UNTIL)), notSeat(official(number)));
    }

    function test_approveBySignature_revertsIfSignerHasNoSeat() public {
        bytes memory signature = signatureOf(4, digestOf(id, UNTIL));
        assertApprovalRefused(id, 4, UNTIL, signature, notSeat(official(4)));
        assertTrue(!council.hasSigned(id, official(4)), "nothing half-written");
        actAs(address(council));
        council.replaceSeat(official(2), official(4));
        council.approveBySignature(id, official(4), UNTIL, signature);
        signature = signatureOf(2, digestOf(id, UNTIL));
        assertApprovalRefused(id, 2, UNTIL, signature, notSeat(official(2)));
    }

    function test_approveBySignature_revertsIfUsed() public {
        bytes memory signature = signatureOf(2, digestOf(id, UNTIL));
        council.approveBySignature(id, official(2), UNTIL, signature);
        assertApprovalRefused(id, 2, UNTIL, signature, unchanged());
        withdraw(council, 2, id);
        assertApprovalRefused(id, 2, UNTIL, signature, unchanged());
        bytes memory another = signatureOf(2, digestOf(id, UNTIL + 1));
        assertApprovalRefused(id, 2, UNTIL + 1, another, unchanged());
        assertTrue(!council.approvals(id, official(2)), "withdrawn");
        approve(council, 2, id);
    }

    function test_approveBySignature_revertsIfWithdrawnBeforeItArrives() public {
        bytes memory underWay = signatureOf(2, digestOf(id, UNTIL));
        approve(council, 2, id);
        withdraw(council, 2, id);
        assertTrue(council.hasSigned(id, official(2)), "no signature counts");
        assertApprovalRefused(id, 2, UNTIL, underWay, unchanged());
    }

    function test_approveBySignature_revertsIfApprovedOtherwise() public {
        approve(council, 2, id);
        assertApprovalRefused(id, 2, UNTIL, signatureOf(2, digestOf(id, UNTIL)), unchanged());
        assertTrue(!council.hasSigned(id, official(2)), "nothing half-written");
    }

    function test_approveBySignature_revertsIfClosed() public {
        bytes memory signature = signatureOf(2, digestOf(id, type(uint256).max));
        bytes memory error = abi.encodeWithSelector(ICouncil.CouncilProposalClosed.selector, id);
        comeTo(CLOSE);
        assertApprovalRefused(id, 2, type(uint256).max, signature, error);
        bytes32 unknown = idOf(council, enrolment(9));
        signature = signatureOf(2, digestOf(unknown, type(uint256).max));
        error = abi.encodeWithSelector(ICouncil.CouncilProposalClosed.selector, unknown);
        assertApprovalRefused(unknown, 2, type(uint256).max, signature, error);
    }

    // ------------------------------------------------------------------- forms

    function test_approveBySignature_revertsIfSIsHigh() public {
        (uint8 v, bytes32 r, bytes32 s) = signers.sign(keyOf(2), digestOf(id, UNTIL));
        bytes32 high = bytes32(ORDER - uint256(s));
        bytes memory error = abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, high);
        assertApprovalRefused(id, 2, UNTIL, abi.encodePacked(r, high, 55 - v), error);
    }

    function test_approveBySignature_revertsIfCompact() public {
        (uint8 v, bytes32 r, bytes32 s) = signers.sign(keyOf(2), digestOf(id, UNTIL));
        bytes32 vs = bytes32(uint256(v - 27) << 255 | uint256(s));
        assertApprovalRefused(id, 2, UNTIL, abi.encodePacked(r, vs), wrongLength(64));
    }

    function testFuzz_approveBySignature_revertsIfLengthIsAnother(uint8 length) public {
        vm.assume(length != 65);
        bytes memory signature = signatureOf(2, digestOf(id, UNTIL));
        bytes memory other = new bytes(length);
        for (uint256 i = 0; i < length && i < 65; ++i) {
            other[i] = signature[i];
        }
        assertApprovalRefused(id, 2, UNTIL, other, wrongLength(length));
    }

    function testFuzz_approveBySignature_revertsIfVIsAnother(uint8 v) public {
        vm.assume(v != 27 && v != 28);
        (, bytes32 r, bytes32 s) = signers.sign(keyOf(2), digestOf(id, UNTIL));
        assertApprovalRefused(id, 2, UNTIL, abi.encodePacked(r, s, v), unrecoverable());
    }

    function test_approveBySignature_revertsForNobody() public {
        bytes memory empty = abi.encodePacked(bytes32(0), bytes32(0), uint8(27));
        bytes memory call = abi.encodeCall(ICouncil.approveBySignature, (id, address(0), UNTIL, empty));
        assertRefusedBy(address(council), call, unrecoverable());
    }

    // ----------------------------------------------------------------- helpers

    function digestOf(bytes32 proposal, uint256 deadline) private view returns (bytes32) {
        return approvalDigest(domainOf(block.chainid, address(council)), proposal, deadline);
    }

    function domainNamed(string memory name, string memory version) private view returns (bytes32) {
        bytes32 names = keccak256(bytes(name));
        return keccak256(abi.encode(DOMAIN_TYPE, names, keccak256(bytes(version)), block.chainid, address(council)));
    }

    /// @dev Whom a signature recovers to, over a digest that was not signed.
    function recovered(bytes32 digest, bytes memory signature) private pure returns (address) {
        (bytes32 r, bytes32 s) = (bytes32(0), bytes32(0));
        assembly ("memory-safe") {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
        }
        return ecrecover(digest, uint8(signature[64]), r, s);
    }

    /// @dev A signature of seat 2 over something else is refused for an approval with the usual deadline.
    function assertRecoversAnother(bytes32 proposal, bytes memory signature) private {
        address signer = recovered(digestOf(proposal, UNTIL), signature);
        assertTrue(signer != official(2), "signed by the seat");
        bytes memory error = signer == address(0) ? unrecoverable() : notSeat(signer);
        assertApprovalRefused(proposal, 2, UNTIL, signature, error);
        assertTrue(!council.hasSigned(proposal, official(2)), "nothing half-written");
    }

    function assertApprovalRefused(
        bytes32 proposal,
        uint256 seat,
        uint256 deadline,
        bytes memory signature,
        bytes memory error
    ) private {
        address account = official(seat);
        bytes memory call = abi.encodeCall(ICouncil.approveBySignature, (proposal, account, deadline, signature));
        assertRefusedBy(address(council), call, error);
    }

    function notSeat(address account) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICouncil.CouncilNotSeat.selector, account);
    }

    function unchanged() private view returns (bytes memory) {
        return abi.encodeWithSelector(ICouncil.CouncilApprovalUnchanged.selector, id, official(2));
    }

    function expired() private pure returns (bytes4) {
        return ICouncil.CouncilSignatureExpired.selector;
    }

    function wrongLength(uint256 length) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, length);
    }

    function unrecoverable() private pure returns (bytes memory) {
        return abi.encodeWithSelector(ECDSA.ECDSAInvalidSignature.selector);
    }
}
