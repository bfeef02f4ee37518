// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ILaboratories} from "../../contracts/interfaces/ILaboratories.sol";
import {Role} from "../../contracts/types/Codes.sol";
import {LaboratoriesTest} from "./support/LaboratoriesTest.sol";
import {Log} from "./support/Vm.sol";

contract LaboratoriesDesignationTest is LaboratoriesTest {
    address private constant OTHER = address(0xA1);
    uint40 private constant FROM = uint40(START);
    uint40 private constant UNTIL = uint40(START + 100 days);

    // ------------------------------------------------------------- designate

    function testFuzz_designate_isForTheRegulatorsOwnShore(bool isKorean, uint40 from, uint40 until) public {
        vm.assume(from != 0 && (until == 0 || until > from));
        address regulator = isKorean ? REGULATOR_KR : REGULATOR_CN;
        uint256 word = termWord(from, until, 0, 0, 0, numberOf[regulator]);
        uint256 sequence = ledger.sequence();
        actAs(regulator);
        vm.recordLogs();
        laboratories.designate(lab, PANEL, from, until);
        assertDesignation(isKorean ? KR : CN, word, sequence + 1);
        assertEq(foundDesignation(isKorean ? CN : KR), 0, "other shore");
    }

    function test_designate_mayReplaceADesignation() public {
        designate(FROM, UNTIL);
        designate(FROM + 1, 0);
        assertEq(foundDesignation(KR), termWord(FROM + 1, 0, 0, 0, 0, numberOf[REGULATOR_KR]), "word");
    }

    function test_designate_mayFollowAnEnd() public {
        designate(FROM, UNTIL);
        end(REGULATOR_KR);
        designate(FROM, UNTIL);
        assertEq(foundDesignation(KR), termWord(FROM, UNTIL, 0, 0, 0, numberOf[REGULATOR_KR]), "word");
    }

    function test_designate_revertsIfNotALaboratory() public {
        uint32 body = numberOf[CERTIFIER_CN];
        assertDesignateRefused(body, PANEL, FROM, UNTIL, notLaboratory(body));
        assertDesignateRefused(99, PANEL, FROM, UNTIL, notLaboratory(99));
    }

    function test_designate_revertsIfAFieldIsMissing() public {
        assertDesignateRefused(lab, PANEL + 1, FROM, UNTIL, fieldInvalid("panel"));
        assertDesignateRefused(lab, PANEL, 0, UNTIL, fieldInvalid("term"));
        assertDesignateRefused(lab, PANEL, FROM, FROM, fieldInvalid("term"));
    }

    function testFuzz_designate_revertsIfNotARegulator(uint16 roles) public {
        roles = roles % Role.ALL + 1;
        vm.assume(roles & Role.REGULATOR == 0);
        join(KOREA, roles, OTHER);
        bytes memory call = abi.encodeCall(ILaboratories.designate, (lab, PANEL, FROM, UNTIL));
        actAs(OTHER);
        assertLaboratoriesRefused(call, roleMissing(roles, Role.REGULATOR));
        actAs(STRANGER);
        assertLaboratoriesRefused(call, notLive(STRANGER));
    }

    function test_designate_revertsIfPaused() public {
        pauseAction(address(laboratories), DESIGNATE);
        assertDesignateRefused(lab, PANEL, FROM, UNTIL, actionPaused(address(laboratories), DESIGNATE));
    }

    // -------------------------------------------------------- endDesignation

    function testFuzz_endDesignation_endsItNow(uint8 reason, uint24 later) public {
        reason = reason % 9 + 1;
        designate(FROM, UNTIL);
        vm.warp(START + later);
        uint256 sequence = ledger.sequence();
        actAs(REGULATOR_KR);
        vm.recordLogs();
        laboratories.endDesignation(lab, PANEL, reason);
        uint256 word = termWord(FROM, UNTIL, block.timestamp, reason, 0, numberOf[REGULATOR_KR]);
        assertDesignation(KR, word, sequence + 1);
    }

    function test_endDesignation_reachesItsOwnShoresOnly() public {
        designate(FROM, UNTIL);
        assertEndRefused(REGULATOR_CN, ENDED, notDesignated(CN));
        end(REGULATOR_KR);
        assertEndRefused(REGULATOR_KR, ENDED, notDesignated(KR));
    }

    function testFuzz_endDesignation_revertsIfReasonUnknown(uint8 reason) public {
        vm.assume(reason == 0 || reason > 9);
        designate(FROM, UNTIL);
        assertEndRefused(REGULATOR_KR, reason, fieldInvalid("reason"));
    }

    function test_endDesignation_revertsIfNotARegulator() public {
        designate(FROM, UNTIL);
        assertEndRefused(CUSTOMS_KR, ENDED, roleMissing(Role.CUSTOMS, Role.REGULATOR));
        assertEndRefused(STRANGER, ENDED, notLive(STRANGER));
    }

    function test_endDesignation_cannotBePaused() public {
        designate(FROM, UNTIL);
        actAs(BOTH);
        ledger.pause(address(laboratories), type(uint128).max);
        end(REGULATOR_KR);
    }

    function test_endDesignation_reachesALaboratoryThatLostItsRole() public {
        designate(FROM, UNTIL);
        actAs(CHINA);
        ledger.renew(lab, Role.OPERATOR, uint40(START), 0);
        end(REGULATOR_KR);
    }

    // -------------------------------------------------------------- internal

    function end(address regulator) private {
        actAs(regulator);
        laboratories.endDesignation(lab, PANEL, ENDED);
    }

    function assertDesignation(uint8 shore, uint256 word, uint256 sequence) private {
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(foundDesignation(shore), word, "word");
        assertEq(logs.length, 1, "events");
        assertEvent(
            logs[0],
            address(laboratories),
            ILaboratories.DesignationChanged.selector,
            topicsOf(uint256(lab), uint256(PANEL)),
            abi.encode(shore, word, sequence)
        );
        assertEq(ledger.sequence(), sequence, "sequence");
    }

    function assertDesignateRefused(uint32 laboratory, uint16 panel, uint40 from, uint40 until, bytes memory error)
        private
    {
        bytes memory call = abi.encodeCall(ILaboratories.designate, (laboratory, panel, from, until));
        actAs(REGULATOR_KR);
        assertLaboratoriesRefused(call, error);
    }

    function assertEndRefused(address caller, uint8 reason, bytes memory error) private {
        actAs(caller);
        assertLaboratoriesRefused(abi.encodeCall(ILaboratories.endDesignation, (lab, PANEL, reason)), error);
    }
}
