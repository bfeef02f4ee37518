// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Certificate, CertificateLib} from "../../contracts/types/Certificate.sol";
import {Head} from "../../contracts/types/Head.sol";
import {Fingerprint} from "../../contracts/types/Fingerprint.sol";
import {Record} from "../../contracts/types/Record.sol";
import {Sha256} from "../../contracts/types/Sha256.sol";
import {LedgerTest} from "./support/LedgerTest.sol";

contract WordsTest is LedgerTest {
    function testFuzz_ofPair_equalsTheBuiltIn(bytes32 a, bytes32 b) public view {
        assertEq(Sha256.ofPair(a, b), sha256(bytes.concat(a, b)), "digest");
    }

    function testFuzz_ofPair_leavesMemoryAlone(bytes32 a, bytes32 b, bytes memory other) public view {
        bytes32 before = keccak256(other);
        Sha256.ofPair(a, b);
        assertEq(keccak256(other), before, "memory");
        assertTrue(new bytes(32)[31] == 0, "new memory");
    }

    function testFuzz_fingerprint_equalsTheSpecification(bytes32 a, bytes32 b) public view {
        assertEq(Fingerprint.leafOf(a, b), sha256(abi.encodePacked(hex"00", a, b)), "leaf");
        assertEq(Fingerprint.recordId(uint256(a), b), sha256(abi.encodePacked(a, b)), "id");
        assertEq(Fingerprint.pastRecordKey(a, uint256(b)), sha256(abi.encodePacked(a, b)), "key");
    }

    function testFuzz_head_countsAndChains(uint32 count, uint224 chain, bytes32 id) public view {
        vm.assume(count != type(uint32).max);
        bytes32 head = bytes32(uint256(count) << 224 | chain);
        assertEq(Head.unwrap(Head.wrap(head).extended(id)), extended(head, id), "head");
        assertEq(Head.wrap(head).count(), count, "count");
    }

    /// @dev The chain tells the lines already; the count beside it is what a reader of the word sees.
    function testFuzz_certificate_coversItsLinesAlone(bytes32 chain, bytes32 other, uint8 count, uint8 more)
        public
        pure
    {
        vm.assume(uint160(uint256(chain)) != uint160(uint256(other)) && count != more);
        Certificate certificate = CertificateLib.registered(1, 2, 1, 3, 4).naming(chain, count);
        assertTrue(certificate.covers(chain, count), "its own");
        assertTrue(!certificate.covers(chain, more), "another count");
        assertTrue(!certificate.covers(other, count), "another chain");
    }

    function testFuzz_record_changesItsStandingAlone(uint256 word, uint8 status, uint8 reason, uint40 at) public pure {
        vm.assume(field(word, 184, 16) != type(uint16).max);
        uint256 after_ = Record.unwrap(Record.wrap(word).changed(word >> 224, status, reason, at));
        assertEq(field(after_, 208, 8), status, "status");
        assertEq(field(after_, 200, 8), reason, "reason");
        assertEq(field(after_, 184, 16), field(word, 184, 16) + 1, "changes");
        assertEq(field(after_, 64, 40), at, "changedAt");
        uint256 standing = uint256(type(uint32).max) << 184 | uint256(type(uint40).max) << 64;
        assertEq(after_ & ~standing, word & ~standing, "the rest");
    }

    function testFuzz_record_numbersAChangeInPlaceOfItsPosition(uint256 word, uint64 sequence) public pure {
        uint256 change = Record.wrap(word).numbered(sequence);
        assertEq(change >> 64, word >> 64, "record");
        assertEq(uint64(change), sequence, "sequence");
    }
}
