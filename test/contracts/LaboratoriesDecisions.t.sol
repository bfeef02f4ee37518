// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ILaboratories} from "../../contracts/interfaces/ILaboratories.sol";
import {Report} from "../../contracts/types/Report.sol";
import {Role} from "../../contracts/types/Codes.sol";
import {LaboratoriesTest} from "./support/LaboratoriesTest.sol";
import {Log} from "./support/Vm.sol";

/// @notice Refusals, and decisions that follow one another.
contract LaboratoriesDecisionsTest is LaboratoriesTest {
    address private constant OTHER = address(0xA1);
    uint16 private constant HOME = 2;

    bytes32 private id;

    function setUp() public override {
        super.setUp();
        accredit(ACCREDITED, 0);
        designate(uint40(START), 0);
        agree(termsOf(ARRANGEMENT));
        id = registerReport(1, factsOf(1));
        anchorReport(1);
    }

    // ---------------------------------------------------------------- refuse

    function testFuzz_refuse_keepsWhoRefusedAndWhy(bool isCustoms, uint8 decision, bytes32 judgement) public {
        vm.assume(judgement != 0);
        decision = decision % 5 + LIMIT_PROFILE;
        address authority = isCustoms ? CUSTOMS_KR : REGULATOR_KR;
        uint256 sequence = ledger.sequence();
        actAs(authority);
        vm.recordLogs();
        laboratories.refuse(id, ARRANGEMENT, decision, judgement);
        Log[] memory logs = vm.getRecordedLogs();
        uint256 word = reportWord(factsOf(1), START, numberOf[authority], decision, ARRANGEMENT);
        assertEq(foundReport(1), word, "word");
        assertEq(logs.length, 1, "events");
        bytes memory data = abi.encode(judgement, word, sequence + 1);
        assertEvent(logs[0], address(laboratories), ILaboratories.ReportDecided.selector, topicsOf(id), data);
        assertEq(ledger.sequence(), sequence + 1, "sequence");
    }

    function testFuzz_refuse_needsAReason(uint8 decision) public {
        vm.assume(decision < LIMIT_PROFILE || decision > DISCRETION);
        assertRefuseRefused(REGULATOR_KR, ARRANGEMENT, decision, fieldInvalid("decision"));
    }

    function test_refuse_needsAJudgement() public {
        actAs(REGULATOR_KR);
        bytes memory call = abi.encodeCall(ILaboratories.refuse, (id, ARRANGEMENT, DISCRETION, bytes32(0)));
        assertLaboratoriesRefused(call, fieldInvalid("judgement"));
    }

    function test_refuse_needsAReportAndAnArrangement() public {
        bytes memory call = abi.encodeCall(ILaboratories.refuse, (reportId(2), ARRANGEMENT, DISCRETION, JUDGEMENT));
        actAs(REGULATOR_KR);
        assertLaboratoriesRefused(call, reportUnknown(reportId(2)));
        assertRefuseRefused(REGULATOR_KR, ARRANGEMENT + 1, DISCRETION, arrangementNotLive(ARRANGEMENT + 1));
    }

    function test_refuse_isTheDestinationsAuthoritys() public {
        assertRefuseRefused(REGULATOR_CN, ARRANGEMENT, DISCRETION, shoreWrong(CN, KR));
        assertRefuseRefused(CUSTOMS_CN, ARRANGEMENT, DISCRETION, shoreWrong(CN, KR));
        assertRefuseRefused(STRANGER, ARRANGEMENT, DISCRETION, notLive(STRANGER));
    }

    function testFuzz_refuse_revertsIfNoAuthority(uint16 roles) public {
        roles = roles % Role.ALL + 1;
        vm.assume(roles & (Role.REGULATOR | Role.CUSTOMS) == 0);
        join(KOREA, roles, OTHER);
        bytes memory error = roleMissing(roles, Role.REGULATOR | Role.CUSTOMS);
        assertRefuseRefused(OTHER, ARRANGEMENT, DISCRETION, error);
    }

    /// @dev What cannot be accepted any more can still be refused, or taken back.
    function test_refuse_goesOnWhereNothingCanBeAccepted() public {
        actAs(BOTH);
        ledger.pause(address(laboratories), type(uint128).max);
        laboratories.suspendArrangement(ARRANGEMENT);
        declareCompromised(1, SAMPLED);
        actAs(LABORATORY_CN);
        ledger.revoke(leafOf(1), INVESTIGATION);
        refuseAs(REGULATOR_KR, 1, DISCRETION);
    }

    function test_refuse_isPossibleForWhatIsNotAnchoredOrHasNoLot() public {
        ILaboratories.Facts memory facts = factsOf(2);
        facts.lot = 0;
        registerReport(2, facts);
        refuseAs(REGULATOR_KR, 2, DISCRETION);
    }

    // ---------------------------------------------------------- destination

    /// @dev One arrangement a destination; the authority of the laboratory's own shore must not take the place of the destination's.
    function testFuzz_decisions_areTheDestinationsAlone(bool isCustoms, uint8 decision) public {
        ILaboratories.Terms memory terms = termsOf(HOME);
        (terms.destination, terms.needsDesignation) = (CN, false);
        agree(terms);
        acceptAs(REGULATOR_KR, 1);
        uint256 acceptance = foundReport(1);
        decision = decision % 5 + LIMIT_PROFILE;
        address home = isCustoms ? CUSTOMS_CN : REGULATOR_CN;
        assertRefuseRefused(home, HOME, decision, domestic(id));
        actAs(home);
        bytes memory call = abi.encodeCall(ILaboratories.accept, (lab, leafOf(1), factsOf(1), HOME, JUDGEMENT));
        assertLaboratoriesRefused(call, domestic(id));
        assertEq(foundReport(1), acceptance, "acceptance");
    }

    // ------------------------------------------------------- later decisions

    function test_decisions_mayTurnToAcceptance() public {
        refuseAs(CUSTOMS_KR, 1, LIMIT_PROFILE);
        uint256 refusal = foundReport(1);
        vm.warp(START + 5);
        acceptAs(REGULATOR_KR, 1);
        uint256 word = reportWord(factsOf(1), START + 5, numberOf[REGULATOR_KR], ACCEPTED, ARRANGEMENT);
        assertEq(foundReport(1), word, "word");
        assertEq(foundPast(START), refusal, "refusal");
    }

    function test_decisions_mayBeTakenBack() public {
        acceptAs(REGULATOR_KR, 1);
        uint256 acceptance = foundReport(1);
        vm.warp(START + 5);
        refuseAs(REGULATOR_KR, 1, DISCRETION);
        uint256 word = reportWord(factsOf(1), START + 5, numberOf[REGULATOR_KR], DISCRETION, ARRANGEMENT);
        assertEq(foundReport(1), word, "word");
        assertEq(foundPast(START), acceptance, "acceptance");
        assertEq(foundPast(START + 5), 0, "present");
    }

    function test_decisions_areAllKept() public {
        refuseAs(REGULATOR_KR, 1, LIMIT_PROFILE);
        uint256 first = foundReport(1);
        vm.warp(START + 1);
        acceptAs(CUSTOMS_KR, 1);
        uint256 second = foundReport(1);
        vm.warp(START + 2);
        refuseAs(CUSTOMS_KR, 1, DISCRETION);
        assertEq(foundPast(START), first, "first");
        assertEq(foundPast(START + 1), second, "second");
    }

    function test_decisions_standAfterNewTerms() public {
        acceptAs(REGULATOR_KR, 1);
        uint256 word = foundReport(1);
        ILaboratories.Terms memory terms = termsOf(ARRANGEMENT);
        terms.tests = 1 << 7;
        agree(terms);
        assertEq(foundReport(1), word, "word");
    }

    // -------------------------------------------------------------- internal

    function foundPast(uint256 decidedAt) private view returns (uint256) {
        return Report.unwrap(laboratories.pastReports(numbered(id, decidedAt)));
    }

    function assertRefuseRefused(address caller, uint16 arrangement, uint8 decision, bytes memory error) private {
        bytes memory call = abi.encodeCall(ILaboratories.refuse, (id, arrangement, decision, JUDGEMENT));
        actAs(caller);
        assertLaboratoriesRefused(call, error);
    }
}
