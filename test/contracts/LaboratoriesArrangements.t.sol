// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ILaboratories} from "../../contracts/interfaces/ILaboratories.sol";
import {LaboratoriesTest} from "./support/LaboratoriesTest.sol";
import {Log} from "./support/Vm.sol";

/// @notice What the shores publish and agree: limits, and arrangements of mutual acceptance.
contract LaboratoriesArrangementsTest is LaboratoriesTest {
    uint8 private constant SUSPENDED = 3;
    uint16 private constant LIMITS = 5;
    uint256 private constant ARRANGEMENTS_SLOT = 9;
    uint40 private constant EFFECTIVE = uint40(START + 1 days);

    // -------------------------------------------------------- publishProfile

    function testFuzz_publishProfile_countsItsVersions(bool isKorean, uint16 profile, uint40 from, bytes32 text)
        public
    {
        vm.assume(profile != 0 && from != 0 && text != 0);
        uint8 shore = isKorean ? KR : CN;
        bytes32 key = pair(uint256(shore), uint256(profile));
        actAs(authorityOf(shore));
        laboratories.publishProfile(shore, profile, from, TEXT);
        uint256 sequence = ledger.sequence();
        vm.recordLogs();
        laboratories.publishProfile(shore, profile, from, text);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(laboratories.profileVersions(key), 2, "versions");
        assertEq(laboratories.profileDigests(numbered(key, 1)), TEXT, "first");
        assertEq(laboratories.profileDigests(numbered(key, 2)), text, "second");
        assertEq(laboratories.profileVersions(pair(uint256(otherShore(shore)), uint256(profile))), 0, "other shore");
        assertEvent(
            logs[0],
            address(laboratories),
            ILaboratories.ProfilePublished.selector,
            topicsOf(uint256(shore), uint256(profile)),
            abi.encode(2, from, text, sequence + 1)
        );
        assertEq(ledger.sequence(), sequence + 1, "sequence");
    }

    function test_publishProfile_revertsIfAFieldIsMissing() public {
        actAs(KOREA);
        assertProfileRefused(KR, 0, EFFECTIVE, TEXT, fieldInvalid("profile"));
        assertProfileRefused(KR, LIMITS, 0, TEXT, fieldInvalid("effectiveFrom"));
        assertProfileRefused(KR, LIMITS, EFFECTIVE, 0, fieldInvalid("digest"));
    }

    function testFuzz_publishProfile_revertsIfNotOfOneShore(uint8 shore) public {
        vm.assume(shore != CN && shore != KR);
        actAs(BOTH);
        assertProfileRefused(shore, LIMITS, EFFECTIVE, TEXT, fieldInvalid("shore"));
    }

    function testFuzz_publishProfile_revertsIfNotTheShoresAuthority(uint256 who) public {
        address[5] memory others = [CHINA, BOTH, REGULATOR_KR, REGULATOR_CN, STRANGER];
        address caller = others[who % others.length];
        actAs(caller);
        assertProfileRefused(KR, LIMITS, EFFECTIVE, TEXT, notAuthority(caller, KR));
    }

    // -------------------------------------------------------- setArrangement

    function testFuzz_setArrangement_writesTheTerms(
        uint16 number,
        uint8 codes,
        uint40 from,
        uint40 until,
        uint16 maxAgeDays,
        uint256 tests,
        bytes32 text
    ) public {
        vm.assume(number != 0 && from != 0 && (until == 0 || until > from));
        vm.assume(maxAgeDays != 0 && tests != 0 && text != 0);
        ILaboratories.Terms memory terms = ILaboratories.Terms({
            number: number,
            status: codes % 2 + 1,
            level: codes / 2 % 3 + 1,
            destination: codes / 6 % 2 + 1,
            panel: PANEL,
            from: from,
            until: until,
            maxAgeDays: maxAgeDays,
            needsDesignation: codes / 12 % 2 == 1,
            tests: tests,
            text: text
        });
        uint256 sequence = ledger.sequence();
        actAs(BOTH);
        vm.recordLogs();
        laboratories.setArrangement(terms);
        assertArrangement(number, tests, text, arrangementWord(terms, terms.status, 1), sequence + 1);
    }

    function test_setArrangement_countsItsVersions() public {
        ILaboratories.Terms memory terms = termsOf(ARRANGEMENT);
        agree(terms);
        (terms.status, terms.tests, terms.maxAgeDays) = (PILOT, 4, 1);
        agree(terms);
        assertEq(foundArrangement(ARRANGEMENT), arrangementWord(terms, PILOT, 2), "word");
        assertEq(laboratories.coverage(ARRANGEMENT), 4, "coverage");
        agree(termsOf(ARRANGEMENT + 1));
        assertEq(foundArrangement(ARRANGEMENT + 1), arrangementWord(termsOf(ARRANGEMENT + 1), IN_FORCE, 1), "another");
    }

    function test_setArrangement_neverCountsAVersionAgain() public {
        uint256 last = arrangementWord(termsOf(ARRANGEMENT), IN_FORCE, type(uint16).max);
        bytes32 slot = keccak256(abi.encode(ARRANGEMENT, ARRANGEMENTS_SLOT));
        vm.store(address(laboratories), slot, bytes32(last));
        actAs(BOTH);
        bytes memory call = abi.encodeCall(ILaboratories.setArrangement, (termsOf(ARRANGEMENT)));
        assertLaboratoriesRefused(call, abi.encodeWithSignature("Panic(uint256)", 0x11));
    }

    function testFuzz_setArrangement_revertsIfACodeIsUnknown(uint8 code) public {
        ILaboratories.Terms memory terms = termsOf(ARRANGEMENT);
        (terms.status, terms.level, terms.destination) = (code, WAIVER, KR);
        if (code != PILOT && code != IN_FORCE) assertTermsRefused(terms, "status");
        (terms.status, terms.level) = (IN_FORCE, code);
        if (code == 0 || code > WAIVER) assertTermsRefused(terms, "level");
        (terms.level, terms.destination) = (WAIVER, code);
        if (code != CN && code != KR) assertTermsRefused(terms, "destination");
    }

    function test_setArrangement_revertsIfAFieldIsMissing() public {
        assertTermsRefused(termsOf(0), "number");
        ILaboratories.Terms memory terms = termsOf(ARRANGEMENT);
        terms.panel = PANEL + 1;
        assertTermsRefused(terms, "panel");
        terms = termsOf(ARRANGEMENT);
        terms.maxAgeDays = 0;
        assertTermsRefused(terms, "maxAgeDays");
        terms = termsOf(ARRANGEMENT);
        terms.tests = 0;
        assertTermsRefused(terms, "tests");
        terms = termsOf(ARRANGEMENT);
        terms.text = 0;
        assertTermsRefused(terms, "text");
        terms = termsOf(ARRANGEMENT);
        terms.from = 0;
        assertTermsRefused(terms, "term");
        (terms.from, terms.until) = (EFFECTIVE, EFFECTIVE);
        assertTermsRefused(terms, "term");
    }

    function testFuzz_setArrangement_revertsIfNotBothShores(uint256 who) public {
        address[5] memory others = [CHINA, KOREA, REGULATOR_KR, CUSTOMS_CN, STRANGER];
        address caller = others[who % others.length];
        actAs(caller);
        bytes memory call = abi.encodeCall(ILaboratories.setArrangement, (termsOf(ARRANGEMENT)));
        assertLaboratoriesRefused(call, notAuthority(caller, CN + KR));
        call = abi.encodeCall(ILaboratories.suspendArrangement, (ARRANGEMENT));
        assertLaboratoriesRefused(call, notAuthority(caller, CN + KR));
    }

    // ---------------------------------------------------- suspendArrangement

    function test_suspendArrangement_changesItsStatusAlone() public {
        ILaboratories.Terms memory terms = termsOf(ARRANGEMENT);
        agree(terms);
        uint256 sequence = ledger.sequence();
        actAs(BOTH);
        vm.recordLogs();
        laboratories.suspendArrangement(ARRANGEMENT);
        assertArrangement(ARRANGEMENT, SCOPE, 0, arrangementWord(terms, SUSPENDED, 1), sequence + 1);
    }

    function test_suspendArrangement_isUndoneByNewTerms() public {
        agree(termsOf(ARRANGEMENT));
        actAs(BOTH);
        laboratories.suspendArrangement(ARRANGEMENT);
        laboratories.suspendArrangement(ARRANGEMENT);
        agree(termsOf(ARRANGEMENT));
        assertEq(foundArrangement(ARRANGEMENT), arrangementWord(termsOf(ARRANGEMENT), IN_FORCE, 2), "word");
    }

    function test_suspendArrangement_revertsIfNotAgreed() public {
        actAs(BOTH);
        bytes memory call = abi.encodeCall(ILaboratories.suspendArrangement, (ARRANGEMENT));
        assertLaboratoriesRefused(call, arrangementNotLive(ARRANGEMENT));
    }

    // -------------------------------------------------------------- internal

    function assertArrangement(uint16 number, uint256 tests, bytes32 text, uint256 word, uint256 sequence) private {
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(foundArrangement(number), word, "word");
        assertEq(laboratories.coverage(number), tests, "coverage");
        assertEq(logs.length, 1, "events");
        assertEvent(
            logs[0],
            address(laboratories),
            ILaboratories.ArrangementChanged.selector,
            topicsOf(bytes32(uint256(number))),
            abi.encode(tests, text, word, sequence)
        );
        assertEq(ledger.sequence(), sequence, "sequence");
    }

    function assertTermsRefused(ILaboratories.Terms memory terms, bytes32 field_) private {
        actAs(BOTH);
        assertLaboratoriesRefused(abi.encodeCall(ILaboratories.setArrangement, (terms)), fieldInvalid(field_));
    }

    function assertProfileRefused(uint8 shore, uint16 profile, uint40 from, bytes32 text, bytes memory error) private {
        bytes memory call = abi.encodeCall(ILaboratories.publishProfile, (shore, profile, from, text));
        assertLaboratoriesRefused(call, error);
    }
}
