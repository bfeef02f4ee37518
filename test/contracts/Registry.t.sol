// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IRegistry} from "../../contracts/interfaces/IRegistry.sol";
import {Role} from "../../contracts/types/Codes.sol";
import {Filing} from "../../contracts/types/Filing.sol";
import {LawTest} from "./support/LawTest.sol";
import {Log} from "./support/Vm.sol";

contract RegistryTest is LawTest {
    uint8 private constant PARTY = 1;
    uint8 private constant PRODUCT = 2;
    uint8 private constant FILE = 0;
    bytes32 private constant SUBJECT = bytes32(uint256(0x417));
    bytes32 private constant TEXT = bytes32(uint256(0x7e87));

    uint256 private present = START;

    // ------------------------------------------------------------------- file

    function testFuzz_file_writesTheWholeFiling(bytes32 subject, bytes32 text, bool isProduct, uint8 who) public {
        vm.assume(subject != 0 && text != 0);
        address by = filers()[who % 6];
        uint8 kind = isProduct ? PRODUCT : PARTY;
        uint256 shore = who % 6 < 3 ? CN : KR;
        uint256 before = ledger.sequence();
        actAs(by);
        vm.recordLogs();
        assertEq(registry.file(subject, kind, text), 1, "version");
        uint256 word = uint256(kind) << 248 | shore << 240 | 1 << 208 | uint256(numberOf[by]) << 176 | present << 136
            | present << 96;
        assertEq(filing(subject), word, "word");
        assertEq(registry.filingDigests(pair(subject, bytes32(uint256(1)))), text, "digest");
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1, "events");
        bytes memory data = abi.encode(text, word, before + 1);
        assertEvent(logs[0], address(registry), IRegistry.Filed.selector, topicsOf(subject), data);
        assertEq(ledger.sequence(), before + 1, "sequence");
    }

    function testFuzz_file_addsVersionsByTheHomeShore(bool korean, uint16[5] memory waits) public {
        uint256 first = korean ? 3 : 0;
        actAs(filers()[first]);
        registry.file(SUBJECT, PARTY, textOf(1));
        for (uint256 version = 2; version <= waits.length + 1; ++version) {
            present += waits[version - 2];
            vm.warp(present);
            address by = filers()[first + version % 3];
            actAs(by);
            assertEq(registry.file(SUBJECT, PARTY, textOf(version)), version, "version");
            uint256 word = uint256(PARTY) << 248 | uint256(korean ? KR : CN) << 240 | version << 208
                | uint256(numberOf[by]) << 176 | START << 136 | present << 96;
            assertEq(filing(SUBJECT), word, "word");
        }
        for (uint256 version = 1; version <= waits.length + 1; ++version) {
            bytes32 key = pair(SUBJECT, bytes32(version));
            assertEq(registry.filingDigests(key), textOf(version), "every version stays");
        }
        assertEq(registry.filingDigests(pair(SUBJECT, bytes32(waits.length + 2))), 0, "no other");
    }

    function test_file_sameTextAgain() public {
        actAs(CUSTOMS_CN);
        registry.file(SUBJECT, PRODUCT, TEXT);
        assertEq(registry.file(SUBJECT, PRODUCT, TEXT), 2, "version");
    }

    // ---------------------------------------------------------------- refusals

    function test_file_revertsForTheOtherShore() public {
        actAs(CERTIFIER_KR);
        registry.file(SUBJECT, PARTY, TEXT);
        for (uint256 i = 0; i < 3; ++i) {
            assertFilingRefused(filers()[i], SUBJECT, PARTY, TEXT, shoreWrong(CN, KR));
        }
        bytes32 other = bytes32(uint256(1));
        actAs(CUSTOMS_CN);
        registry.file(other, PARTY, TEXT);
        for (uint256 i = 3; i < 6; ++i) {
            assertFilingRefused(filers()[i], other, PARTY, TEXT, shoreWrong(KR, CN));
        }
    }

    function test_file_revertsIfFiledAsSomethingElse() public {
        actAs(CUSTOMS_CN);
        registry.file(SUBJECT, PARTY, TEXT);
        bytes4 error = IRegistry.RegistryKindDiffers.selector;
        bytes memory differs = abi.encodeWithSelector(error, SUBJECT, PARTY);
        assertFilingRefused(CUSTOMS_CN, SUBJECT, PRODUCT, TEXT, differs);
        assertFilingRefused(REGULATOR_KR, SUBJECT, PRODUCT, TEXT, shoreWrong(KR, CN));
    }

    function testFuzz_file_revertsIfKindUnknown(uint8 kind) public {
        vm.assume(kind != PARTY && kind != PRODUCT);
        assertFilingRefused(CUSTOMS_CN, SUBJECT, kind, TEXT, fieldInvalid("kind"));
    }

    function test_file_revertsIfSubjectOrDigestMissing() public {
        assertFilingRefused(CUSTOMS_CN, 0, PARTY, TEXT, fieldInvalid("subject"));
        assertFilingRefused(CUSTOMS_CN, SUBJECT, PARTY, 0, fieldInvalid("digest"));
    }

    function test_file_byCustomsRegulatorsAndCertifiersAlone() public {
        address node = address(0xA1FF);
        join(CHINA, Role.NODE, node);
        uint16 needed = Role.CUSTOMS | Role.REGULATOR | Role.CERTIFIER;
        address[7] memory others =
            [LABORATORY_CN, OPERATOR_CN, ACCREDITOR_CN, LABORATORY_KR, OPERATOR_KR, ACCREDITOR_KR, node];
        uint16[7] memory roles = [uint16(2), 4, 64, 2, 4, 64, 32];
        for (uint256 i = 0; i < others.length; ++i) {
            assertFilingRefused(others[i], SUBJECT, PARTY, TEXT, roleMissing(roles[i], needed));
        }
    }

    function test_file_byLiveAccountsAlone() public {
        assertFilingRefused(STRANGER, SUBJECT, PARTY, TEXT, notLive(STRANGER));
        actAs(CHINA);
        ledger.suspendMember(numberOf[CUSTOMS_CN], INVESTIGATION);
        assertFilingRefused(CUSTOMS_CN, SUBJECT, PARTY, TEXT, notLive(CUSTOMS_CN));
    }

    function test_file_notWhilePaused() public {
        pauseAction(address(registry), FILE);
        assertFilingRefused(CUSTOMS_CN, SUBJECT, PARTY, TEXT, actionPaused(address(registry), FILE));
        actAs(BOTH);
        ledger.resume(address(registry), 1);
        actAs(CUSTOMS_CN);
        registry.file(SUBJECT, PARTY, TEXT);
    }

    // ----------------------------------------------------------------- helpers

    /// @dev Three of CN, three of KR.
    function filers() private pure returns (address[6] memory) {
        return [CUSTOMS_CN, REGULATOR_CN, CERTIFIER_CN, CUSTOMS_KR, REGULATOR_KR, CERTIFIER_KR];
    }

    function filing(bytes32 subject) private view returns (uint256) {
        return Filing.unwrap(registry.filings(subject));
    }

    function textOf(uint256 version) private pure returns (bytes32) {
        return digest("filing", version);
    }

    function fieldInvalid(bytes32 name) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRegistry.RegistryFieldInvalid.selector, name);
    }

    function assertFilingRefused(address by, bytes32 subject, uint8 kind, bytes32 text, bytes memory error) private {
        (uint256 word, uint256 sequence) = (filing(subject), ledger.sequence());
        actAs(by);
        assertRefused(address(registry), abi.encodeCall(IRegistry.file, (subject, kind, text)), error);
        assertEq(filing(subject), word, "word");
        assertEq(ledger.sequence(), sequence, "sequence");
    }
}
