// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ILaboratories} from "../../contracts/interfaces/ILaboratories.sol";
import {Role} from "../../contracts/types/Codes.sol";
import {LaboratoriesTest} from "./support/LaboratoriesTest.sol";
import {Log} from "./support/Vm.sol";

/// @notice Panels, and what laboratories are accredited for. Designations: LaboratoriesDesignation.t.sol.
contract LaboratoriesAccreditationTest is LaboratoriesTest {
    uint256 private constant PERIOD_COUNTS_SLOT = 3;
    uint256 private constant PERIODS_SLOT = 4;
    address private constant OTHER = address(0xA1);
    uint40 private constant UNTIL = uint40(START + 100 days);

    // --------------------------------------------------------- publishPanel

    function testFuzz_publishPanel_keepsItsDigest(uint16 panel, bytes32 text) public {
        vm.assume(panel != 0 && text != 0);
        uint256 sequence = ledger.sequence();
        actAs(BOTH);
        vm.recordLogs();
        laboratories.publishPanel(panel, text);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(laboratories.panels(panel), text, "digest");
        bytes32[] memory topics = topicsOf(bytes32(uint256(panel)));
        bytes memory data = abi.encode(text, sequence + 1);
        assertEvent(logs[0], address(laboratories), ILaboratories.PanelPublished.selector, topics, data);
        assertEq(ledger.sequence(), sequence + 1, "sequence");
    }

    function test_publishPanel_mayPublishALongerOne() public {
        actAs(BOTH);
        laboratories.publishPanel(PANEL, TEXT);
        assertEq(laboratories.panels(PANEL), TEXT, "digest");
    }

    function test_publishPanel_revertsIfAFieldIsMissing() public {
        actAs(BOTH);
        bytes memory call = abi.encodeCall(ILaboratories.publishPanel, (0, TEXT));
        assertLaboratoriesRefused(call, fieldInvalid("panel"));
        call = abi.encodeCall(ILaboratories.publishPanel, (PANEL, 0));
        assertLaboratoriesRefused(call, fieldInvalid("digest"));
    }

    function testFuzz_publishPanel_revertsIfNotBothShores(uint256 who) public {
        address[5] memory others = [CHINA, KOREA, REGULATOR_CN, ACCREDITOR_KR, STRANGER];
        address caller = others[who % others.length];
        actAs(caller);
        bytes memory call = abi.encodeCall(ILaboratories.publishPanel, (PANEL, TEXT));
        assertLaboratoriesRefused(call, notAuthority(caller, CN + KR));
    }

    // -------------------------------------------------------------- accredit

    function testFuzz_accredit_beginsAPeriod(uint256 tests, uint40 from, uint40 until, bytes32 certificate) public {
        vm.assume(tests != 0 && from != 0 && (until == 0 || until > from) && certificate != 0);
        uint256 sequence = ledger.sequence();
        actAs(ACCREDITOR_CN);
        vm.recordLogs();
        laboratories.accredit(lab, PANEL, tests, from, until, certificate);
        uint256 word = termWord(from, until, 0, 0, 0, numberOf[ACCREDITOR_CN]);
        assertEq(laboratories.periodCounts(panelKey()), 1, "count");
        assertEq(laboratories.scopes(numbered(panelKey(), 1)), tests, "scope");
        assertPeriod(1, tests, certificate, word, sequence + 1);
    }

    function test_accredit_letsPeriodsFollowOneAnother() public {
        accredit(ACCREDITED, UNTIL);
        accredit(UNTIL, UNTIL + 10);
        accredit(UNTIL + 11, 0);
        assertEq(laboratories.periodCounts(panelKey()), 3, "count");
        uint256 by = numberOf[ACCREDITOR_CN];
        assertEq(foundPeriod(1), termWord(ACCREDITED, UNTIL, 0, 0, 0, by), "first");
        assertEq(foundPeriod(2), termWord(UNTIL, UNTIL + 10, 0, 0, 0, by), "second");
        assertEq(foundPeriod(3), termWord(UNTIL + 11, 0, 0, 0, 0, by), "third");
    }

    function test_accredit_revertsIfItOverlapsTheLastPeriod() public {
        accredit(ACCREDITED, UNTIL);
        assertAccreditRefused(lab, PANEL, SCOPE, UNTIL - 1, 0, periodConflict(1));
        assertAccreditRefused(lab, PANEL, SCOPE, ACCREDITED, UNTIL, periodConflict(1));
        accredit(UNTIL, 0);
        assertAccreditRefused(lab, PANEL, SCOPE, UNTIL + 1, 0, periodConflict(2));
        assertAccreditRefused(lab, PANEL, SCOPE, type(uint40).max - 1, 0, periodConflict(2));
    }

    function test_accredit_mayFollowAnEarlyEndAtOnce() public {
        accredit(ACCREDITED, UNTIL);
        endAccreditation();
        assertAccreditRefused(lab, PANEL, SCOPE, uint40(START - 1), 0, periodConflict(1));
        accredit(uint40(START), UNTIL);
        assertEq(laboratories.periodCounts(panelKey()), 2, "count");
    }

    function test_accredit_keepsPanelsApart() public {
        accredit(ACCREDITED, 0);
        actAs(BOTH);
        laboratories.publishPanel(PANEL + 1, TEXT);
        actAs(ACCREDITOR_CN);
        laboratories.accredit(lab, PANEL + 1, 1, ACCREDITED, 0, CERTIFICATE);
        assertEq(laboratories.scopes(numbered(panelKey(), 1)), SCOPE, "first");
        assertEq(laboratories.scopes(numbered(pair(uint256(lab), uint256(PANEL + 1)), 1)), 1, "second");
    }

    function test_accredit_revertsIfThePeriodsAreExhausted() public {
        uint256 last = type(uint16).max - 1;
        uint256 over = termWord(ACCREDITED - 1, ACCREDITED, 0, 0, 0, numberOf[ACCREDITOR_CN]);
        storeAt(PERIOD_COUNTS_SLOT, panelKey(), last);
        storeAt(PERIODS_SLOT, numbered(panelKey(), last), over);
        accredit(ACCREDITED, UNTIL);
        assertEq(laboratories.periodCounts(panelKey()), type(uint16).max, "count");
        assertAccreditRefused(lab, PANEL, SCOPE, UNTIL, 0, periodConflict(type(uint16).max));
    }

    function test_accredit_revertsIfAFieldIsMissing() public {
        assertAccreditRefused(lab, PANEL + 1, SCOPE, ACCREDITED, UNTIL, fieldInvalid("panel"));
        assertAccreditRefused(lab, PANEL, 0, ACCREDITED, UNTIL, fieldInvalid("tests"));
        assertAccreditRefused(lab, PANEL, SCOPE, 0, UNTIL, fieldInvalid("term"));
        assertAccreditRefused(lab, PANEL, SCOPE, UNTIL, UNTIL, fieldInvalid("term"));
        assertAccreditRefused(lab, PANEL, SCOPE, UNTIL, ACCREDITED, fieldInvalid("term"));
        actAs(ACCREDITOR_CN);
        bytes memory call = abi.encodeCall(ILaboratories.accredit, (lab, PANEL, SCOPE, ACCREDITED, 0, bytes32(0)));
        assertLaboratoriesRefused(call, fieldInvalid("certificate"));
    }

    function test_accredit_revertsIfNotALaboratory() public {
        uint32 body = numberOf[CERTIFIER_CN];
        assertAccreditRefused(body, PANEL, SCOPE, ACCREDITED, UNTIL, notLaboratory(body));
        assertAccreditRefused(99, PANEL, SCOPE, ACCREDITED, UNTIL, notLaboratory(99));
    }

    function test_accredit_revertsIfOfAnotherShore() public {
        uint32 korean = numberOf[LABORATORY_KR];
        assertAccreditRefused(korean, PANEL, SCOPE, ACCREDITED, UNTIL, shoreWrong(CN, KR));
    }

    function testFuzz_accredit_revertsIfNotAnAccreditor(uint16 roles) public {
        roles = roles % Role.ALL + 1;
        vm.assume(roles & Role.ACCREDITOR == 0);
        join(CHINA, roles, OTHER);
        bytes memory error = roleMissing(roles, Role.ACCREDITOR);
        assertAsRefused(OTHER, error);
        assertAsRefused(STRANGER, notLive(STRANGER));
    }

    function test_accredit_revertsIfPaused() public {
        pauseAction(address(laboratories), ACCREDIT);
        assertAccreditRefused(lab, PANEL, SCOPE, ACCREDITED, UNTIL, actionPaused(address(laboratories), ACCREDIT));
    }

    // ------------------------------------------------------ endAccreditation

    function testFuzz_endAccreditation_endsTheNewestPeriod(uint8 reason, uint24 later) public {
        reason = reason % 9 + 1;
        accredit(ACCREDITED, uint40(START - 50 days));
        accredit(uint40(START - 50 days), UNTIL);
        vm.warp(START + later);
        uint256 sequence = ledger.sequence();
        actAs(ACCREDITOR_CN);
        vm.recordLogs();
        laboratories.endAccreditation(lab, PANEL, reason);
        uint256 by = numberOf[ACCREDITOR_CN];
        uint256 word = termWord(START - 50 days, UNTIL, block.timestamp, reason, 0, by);
        assertPeriod(2, SCOPE, 0, word, sequence + 1);
        assertEq(foundPeriod(1), termWord(ACCREDITED, START - 50 days, 0, 0, 0, by), "first");
    }

    function test_endAccreditation_revertsIfThereIsNothingToEnd() public {
        assertEndRefused(ENDED, periodConflict(0));
        accredit(ACCREDITED, UNTIL);
        endAccreditation();
        assertEndRefused(ENDED, periodConflict(1));
    }

    function testFuzz_endAccreditation_revertsIfReasonUnknown(uint8 reason) public {
        vm.assume(reason == 0 || reason > 9);
        accredit(ACCREDITED, UNTIL);
        assertEndRefused(reason, fieldInvalid("reason"));
    }

    function test_endAccreditation_revertsIfNotAnAccreditorOfItsShore() public {
        accredit(ACCREDITED, UNTIL);
        bytes memory call = abi.encodeCall(ILaboratories.endAccreditation, (99, PANEL, ENDED));
        actAs(ACCREDITOR_CN);
        assertLaboratoriesRefused(call, shoreWrong(CN, 0));
        call = abi.encodeCall(ILaboratories.endAccreditation, (lab, PANEL, ENDED));
        actAs(ACCREDITOR_KR);
        assertLaboratoriesRefused(call, shoreWrong(KR, CN));
        actAs(REGULATOR_CN);
        assertLaboratoriesRefused(call, roleMissing(Role.REGULATOR, Role.ACCREDITOR));
        actAs(STRANGER);
        assertLaboratoriesRefused(call, notLive(STRANGER));
    }

    // ---------------------------------------------------- declareCompromised

    function testFuzz_declareCompromised_marksThePeriod(uint40 since) public {
        since = uint40(since % START) + 1;
        accredit(ACCREDITED, uint40(START));
        accredit(uint40(START), UNTIL);
        uint256 sequence = ledger.sequence();
        actAs(ACCREDITOR_CN);
        vm.recordLogs();
        laboratories.declareCompromised(lab, PANEL, 1, since);
        uint256 by = numberOf[ACCREDITOR_CN];
        assertPeriod(1, SCOPE, 0, termWord(ACCREDITED, START, 0, 0, since, by), sequence + 1);
        assertEq(foundPeriod(2), termWord(START, UNTIL, 0, 0, 0, by), "second");
    }

    function test_declareCompromised_keepsAnEarlyEnd() public {
        accredit(ACCREDITED, UNTIL);
        endAccreditation();
        declareCompromised(1, SAMPLED);
        uint256 word = termWord(ACCREDITED, UNTIL, START, ENDED, SAMPLED, numberOf[ACCREDITOR_CN]);
        assertEq(foundPeriod(1), word, "word");
    }

    function test_declareCompromised_movesToAnEarlierTimeOnly() public {
        accredit(ACCREDITED, UNTIL);
        declareCompromised(1, SAMPLED);
        assertCompromiseRefused(1, SAMPLED, compromiseInvalid(SAMPLED, SAMPLED - 1));
        assertCompromiseRefused(1, SAMPLED + 1, compromiseInvalid(SAMPLED + 1, SAMPLED - 1));
        declareCompromised(1, SAMPLED - 1);
        uint256 word = termWord(ACCREDITED, UNTIL, 0, 0, SAMPLED - 1, numberOf[ACCREDITOR_CN]);
        assertEq(foundPeriod(1), word, "word");
    }

    function test_declareCompromised_revertsIfLaterThanNow() public {
        accredit(ACCREDITED, UNTIL);
        assertCompromiseRefused(1, uint40(START + 1), compromiseInvalid(uint40(START + 1), START));
        assertCompromiseRefused(1, 0, compromiseInvalid(0, START));
        declareCompromised(1, uint40(START));
    }

    function test_declareCompromised_revertsIfThereIsNoSuchPeriod() public {
        assertCompromiseRefused(1, SAMPLED, periodConflict(1));
        accredit(ACCREDITED, UNTIL);
        assertCompromiseRefused(0, SAMPLED, periodConflict(0));
        assertCompromiseRefused(2, SAMPLED, periodConflict(2));
    }

    function test_declareCompromised_revertsIfNotAnAccreditorOfItsShore() public {
        accredit(ACCREDITED, UNTIL);
        bytes memory call = abi.encodeCall(ILaboratories.declareCompromised, (lab, PANEL, 1, SAMPLED));
        actAs(ACCREDITOR_KR);
        assertLaboratoriesRefused(call, shoreWrong(KR, CN));
        actAs(LABORATORY_CN);
        assertLaboratoriesRefused(call, roleMissing(Role.LABORATORY, Role.ACCREDITOR));
        actAs(STRANGER);
        assertLaboratoriesRefused(call, notLive(STRANGER));
    }

    // ------------------------------------------------- ending always goes on

    function test_ending_cannotBePaused() public {
        accredit(ACCREDITED, UNTIL);
        actAs(BOTH);
        ledger.pause(address(laboratories), type(uint128).max);
        endAccreditation();
        declareCompromised(1, SAMPLED);
    }

    /// @dev The shore that takes a laboratory's role away after a fraud must still be able to say since when.
    function test_ending_reachesALaboratoryThatLostItsRole() public {
        accredit(ACCREDITED, UNTIL);
        actAs(CHINA);
        ledger.renew(lab, Role.OPERATOR, uint40(START), 0);
        endAccreditation();
        declareCompromised(1, SAMPLED);
        uint256 word = termWord(ACCREDITED, UNTIL, START, ENDED, SAMPLED, numberOf[ACCREDITOR_CN]);
        assertEq(foundPeriod(1), word, "word");
    }

    // -------------------------------------------------------------- internal

    function storeAt(uint256 slot, bytes32 key, uint256 word) private {
        vm.store(address(laboratories), keccak256(abi.encode(key, slot)), bytes32(word));
    }

    function assertPeriod(uint256 period, uint256 tests, bytes32 certificate, uint256 word, uint256 sequence) private {
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(foundPeriod(period), word, "word");
        assertEq(logs.length, 1, "events");
        assertEvent(
            logs[0],
            address(laboratories),
            ILaboratories.AccreditationChanged.selector,
            topicsOf(uint256(lab), uint256(PANEL)),
            abi.encode(period, tests, certificate, word, sequence)
        );
        assertEq(ledger.sequence(), sequence, "sequence");
    }

    function assertAccreditRefused(
        uint32 laboratory,
        uint16 panel,
        uint256 tests,
        uint40 from,
        uint40 until,
        bytes memory error
    ) private {
        bytes memory call = abi.encodeCall(ILaboratories.accredit, (laboratory, panel, tests, from, until, CERTIFICATE));
        actAs(ACCREDITOR_CN);
        assertLaboratoriesRefused(call, error);
    }

    function assertAsRefused(address caller, bytes memory error) private {
        bytes memory call = abi.encodeCall(ILaboratories.accredit, (lab, PANEL, SCOPE, ACCREDITED, 0, CERTIFICATE));
        actAs(caller);
        assertLaboratoriesRefused(call, error);
    }

    function assertEndRefused(uint8 reason, bytes memory error) private {
        actAs(ACCREDITOR_CN);
        assertLaboratoriesRefused(abi.encodeCall(ILaboratories.endAccreditation, (lab, PANEL, reason)), error);
    }

    function assertCompromiseRefused(uint16 period, uint40 since, bytes memory error) private {
        bytes memory call = abi.encodeCall(ILaboratories.declareCompromised, (lab, PANEL, period, since));
        actAs(ACCREDITOR_CN);
        assertLaboratoriesRefused(call, error);
    }

    function compromiseInvalid(uint40 since, uint256 limit) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ILaboratories.LaboratoriesCompromiseInvalid.selector, since, limit);
    }
}
