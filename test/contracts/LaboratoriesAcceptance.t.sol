// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ILaboratories} from "../../contracts/interfaces/ILaboratories.sol";
import {Course} from "../../contracts/types/Course.sol";
import {Kind, Role, Status} from "../../contracts/types/Codes.sol";
import {LaboratoriesTest} from "./support/LaboratoriesTest.sol";
import {Log} from "./support/Vm.sol";

/// @notice What the destination accepts. Refusals and later decisions: LaboratoriesDecisions.t.sol.
contract LaboratoriesAcceptanceTest is LaboratoriesTest {
    uint16 private constant FRAUD = 3;
    address private constant OTHER = address(0xA1);
    uint40 private constant TOO_OLD = ANALYSED + uint40(MAX_AGE_DAYS) * 1 days;

    bytes32 private id;

    function setUp() public override {
        super.setUp();
        accredit(ACCREDITED, 0);
        designate(uint40(START), 0);
        agree(termsOf(ARRANGEMENT));
        id = registerReport(1, factsOf(1));
        anchorReport(1);
    }

    // ----------------------------------------------------------- what is kept

    function testFuzz_accept_keepsWhoAcceptedUnderWhat(bool isCustoms, bytes32 judgement, uint24 later) public {
        vm.assume(judgement != 0);
        address authority = isCustoms ? CUSTOMS_KR : REGULATOR_KR;
        vm.warp(START + later % 80 days);
        uint256 sequence = ledger.sequence();
        actAs(authority);
        vm.recordLogs();
        laboratories.accept(lab, leafOf(1), factsOf(1), ARRANGEMENT, judgement);
        Log[] memory logs = vm.getRecordedLogs();
        uint256 word = reportWord(factsOf(1), block.timestamp, numberOf[authority], ACCEPTED, ARRANGEMENT);
        assertEq(foundReport(1), word, "word");
        assertEq(logs.length, 1, "events");
        bytes memory data = abi.encode(judgement, word, sequence + 1);
        assertEvent(logs[0], address(laboratories), ILaboratories.ReportDecided.selector, topicsOf(id), data);
        assertEq(ledger.sequence(), sequence + 1, "sequence");
    }

    function test_accept_takesAReportSampledInOnePeriodAndAnalysedInTheNext() public {
        vm.warp(START + 20 days);
        endAccreditation();
        accredit(uint40(START + 20 days), 0);
        vm.warp(START + 40 days);
        Course course = courseOf(START, START, START + 30 days, START + 30 days, 1, 2);
        registerReport(2, factsOf(2, course));
        anchorReport(2);
        actAs(REGULATOR_KR);
        laboratories.accept(lab, leafOf(2), factsOf(2, course), ARRANGEMENT, JUDGEMENT);
    }

    // ----------------------------------------------------------- arrangement

    function test_accept_refusesWithoutAnArrangement() public {
        assertAcceptRefused(factsOf(1), ARRANGEMENT + 1, arrangementNotLive(ARRANGEMENT + 1));
        assertAcceptRefused(factsOf(1), 0, arrangementNotLive(0));
    }

    function test_accept_refusesWhileTheArrangementIsSuspended() public {
        actAs(BOTH);
        laboratories.suspendArrangement(ARRANGEMENT);
        assertAcceptRefused(factsOf(1), ARRANGEMENT, arrangementNotLive(ARRANGEMENT));
        agree(termsOf(ARRANGEMENT));
        acceptAs(REGULATOR_KR, 1);
    }

    function test_accept_keepsToTheDatesOfTheArrangement() public {
        ILaboratories.Terms memory terms = termsOf(ARRANGEMENT);
        (terms.from, terms.until) = (uint40(START + 10), uint40(START + 20));
        agree(terms);
        vm.warp(START + 9);
        assertAcceptRefused(factsOf(1), ARRANGEMENT, arrangementNotLive(ARRANGEMENT));
        vm.warp(START + 20);
        assertAcceptRefused(factsOf(1), ARRANGEMENT, arrangementNotLive(ARRANGEMENT));
        vm.warp(START + 10);
        acceptAs(REGULATOR_KR, 1);
        vm.warp(START + 19);
        acceptAs(REGULATOR_KR, 1);
    }

    function test_accept_worksInAPilot() public {
        ILaboratories.Terms memory terms = termsOf(ARRANGEMENT);
        terms.status = PILOT;
        agree(terms);
        acceptAs(REGULATOR_KR, 1);
    }

    function test_accept_refusesAnotherPanel() public {
        actAs(BOTH);
        laboratories.publishPanel(PANEL + 1, TEXT);
        ILaboratories.Terms memory terms = termsOf(ARRANGEMENT);
        terms.panel = PANEL + 1;
        agree(terms);
        assertAcceptRefused(factsOf(1), ARRANGEMENT, notCovered(0));
    }

    function testFuzz_accept_refusesATestNotCovered(uint256 covered) public {
        covered &= ~TESTS | 1;
        vm.assume(covered != 0);
        ILaboratories.Terms memory terms = termsOf(ARRANGEMENT);
        terms.tests = covered;
        agree(terms);
        assertAcceptRefused(factsOf(1), ARRANGEMENT, notCovered(TESTS & ~covered));
    }

    function test_accept_refusesFromTheSecondThatTheReportIsTooOld() public {
        vm.warp(TOO_OLD);
        assertAcceptRefused(factsOf(1), ARRANGEMENT, tooOld(id, TOO_OLD));
        vm.warp(TOO_OLD - 1);
        acceptAs(REGULATOR_KR, 1);
    }

    // ----------------------------------------------------------- designation

    function test_accept_keepsToTheDatesOfTheDesignation() public {
        designate(uint40(START + 10), uint40(START + 20));
        vm.warp(START + 9);
        assertAcceptRefused(factsOf(1), ARRANGEMENT, notDesignated(KR));
        vm.warp(START + 20);
        assertAcceptRefused(factsOf(1), ARRANGEMENT, notDesignated(KR));
        vm.warp(START + 10);
        acceptAs(REGULATOR_KR, 1);
    }

    function test_accept_refusesOnceTheDesignationIsEnded() public {
        actAs(REGULATOR_KR);
        laboratories.endDesignation(lab, PANEL, ENDED);
        assertAcceptRefused(factsOf(1), ARRANGEMENT, notDesignated(KR));
    }

    function test_accept_needsTheDestinationsDesignation() public {
        uint32 other = join(CHINA, Role.LABORATORY, OTHER);
        actAs(ACCREDITOR_CN);
        laboratories.accredit(other, PANEL, SCOPE, ACCREDITED, 0, CERTIFICATE);
        actAs(REGULATOR_CN);
        laboratories.designate(other, PANEL, uint40(START), 0);
        actAs(OTHER);
        laboratories.registerReport(leafOf(1), factsOf(1));
        ledger.anchor(report(1));
        actAs(REGULATOR_KR);
        assertLaboratoriesRefused(
            abi.encodeCall(ILaboratories.accept, (other, leafOf(1), factsOf(1), ARRANGEMENT, JUDGEMENT)),
            abi.encodeWithSelector(ILaboratories.LaboratoriesNotDesignated.selector, uint256(other), KR)
        );
    }

    function test_accept_needsNoDesignationThatIsNotAgreed() public {
        ILaboratories.Terms memory terms = termsOf(ARRANGEMENT);
        terms.needsDesignation = false;
        agree(terms);
        actAs(REGULATOR_KR);
        laboratories.endDesignation(lab, PANEL, ENDED);
        acceptAs(REGULATOR_KR, 1);
    }

    // ----------------------------------------------------------------- facts

    function test_accept_refusesAReportWithoutALot() public {
        ILaboratories.Facts memory facts = factsOf(2);
        facts.lot = 0;
        registerReport(2, facts);
        anchorReport(2);
        actAs(REGULATOR_KR);
        bytes memory call = abi.encodeCall(ILaboratories.accept, (lab, leafOf(2), facts, ARRANGEMENT, JUDGEMENT));
        assertLaboratoriesRefused(call, reportUnknown(reportId(2)));
    }

    function test_accept_refusesOtherFacts() public {
        ILaboratories.Facts memory facts = factsOf(1);
        facts.lot = lotKey(2);
        assertAcceptRefused(facts, ARRANGEMENT, reportUnknown(id));
        facts = factsOf(1);
        facts.tests = SCOPE;
        assertAcceptRefused(facts, ARRANGEMENT, reportUnknown(id));
        facts = factsOf(1, courseOf(SAMPLED, ANALYSED + 1, 1));
        assertAcceptRefused(facts, ARRANGEMENT, reportUnknown(id));
    }

    function test_accept_refusesAReportNotRegistered() public {
        anchorReport(2);
        actAs(REGULATOR_KR);
        bytes memory call = abi.encodeCall(ILaboratories.accept, (lab, leafOf(2), factsOf(2), ARRANGEMENT, JUDGEMENT));
        assertLaboratoriesRefused(call, reportUnknown(reportId(2)));
    }

    function test_accept_refusesAReportSaidToBeOfAnotherLaboratory() public {
        uint32 other = numberOf[LABORATORY_KR];
        actAs(LABORATORY_KR);
        ledger.anchor(report(1));
        actAs(REGULATOR_KR);
        bytes memory call = abi.encodeCall(ILaboratories.accept, (other, leafOf(1), factsOf(1), ARRANGEMENT, JUDGEMENT));
        assertLaboratoriesRefused(call, reportUnknown(idOf(other, leafOf(1))));
    }

    // -------------------------------------------------------------- standing

    function test_accept_refusesAReportNotAnchored() public {
        registerReport(2, factsOf(2));
        actAs(REGULATOR_KR);
        bytes memory call = abi.encodeCall(ILaboratories.accept, (lab, leafOf(2), factsOf(2), ARRANGEMENT, JUDGEMENT));
        assertLaboratoriesRefused(call, notStanding(reportId(2), Status.NONE));
        anchorReport(2);
        acceptAs(REGULATOR_KR, 2);
    }

    function test_accept_refusesASuspendedOrRevokedReport() public {
        actAs(LABORATORY_CN);
        ledger.suspend(leafOf(1), INVESTIGATION);
        assertAcceptRefused(factsOf(1), ARRANGEMENT, notStanding(id, Status.SUSPENDED));
        actAs(LABORATORY_CN);
        ledger.revoke(leafOf(1), FRAUD);
        assertAcceptRefused(factsOf(1), ARRANGEMENT, notStanding(id, Status.REVOKED));
    }

    function test_accept_refusesASupersededReport() public {
        actAs(LABORATORY_CN);
        ledger.supersede(leafOf(1), report(2), FRAUD);
        assertAcceptRefused(factsOf(1), ARRANGEMENT, notStanding(id, Status.SUPERSEDED));
    }

    function test_accept_refusesWhatIsAnchoredAsSomethingElse() public {
        registerReport(2, factsOf(2));
        actAs(LABORATORY_CN);
        ledger.anchor(entry(2, NO_SUBJECT, Kind.EPCIS_EVENTS, 0));
        bytes memory call = abi.encodeCall(ILaboratories.accept, (lab, leafOf(2), factsOf(2), ARRANGEMENT, JUDGEMENT));
        actAs(REGULATOR_KR);
        assertLaboratoriesRefused(call, notStanding(reportId(2), Status.NONE));
    }

    function test_accept_refusesFromTheSecondThatTheLedgersRecordExpires() public {
        uint40 until = uint40(START + 1 days);
        registerReport(2, factsOf(2));
        actAs(LABORATORY_CN);
        ledger.anchor(entry(2, NO_SUBJECT, Kind.LABORATORY_REPORT, until));
        vm.warp(until);
        bytes memory call = abi.encodeCall(ILaboratories.accept, (lab, leafOf(2), factsOf(2), ARRANGEMENT, JUDGEMENT));
        actAs(REGULATOR_KR);
        assertLaboratoriesRefused(call, tooOld(reportId(2), until));
        vm.warp(until - 1);
        acceptAs(REGULATOR_KR, 2);
    }

    // ------------------------------------------------------------ compromise

    function test_accept_refusesAReportMadeInACompromisedTime() public {
        declareCompromised(1, ANALYSED + 1);
        acceptAs(REGULATOR_KR, 1);
        declareCompromised(1, ANALYSED);
        assertAcceptRefused(factsOf(1), ARRANGEMENT, compromised(id, ANALYSED));
        declareCompromised(1, SAMPLED);
        assertAcceptRefused(factsOf(1), ARRANGEMENT, compromised(id, SAMPLED));
    }

    function test_accept_looksAtBothPeriodsOfAReport() public {
        vm.warp(START + 20 days);
        endAccreditation();
        accredit(uint40(START + 20 days), 0);
        vm.warp(START + 40 days);
        uint40 sampled = uint40(START + 1 days);
        uint40 analysed = uint40(START + 30 days);
        ILaboratories.Facts memory facts = factsOf(2, courseOf(sampled, sampled, analysed, analysed, 1, 2));
        registerReport(2, facts);
        anchorReport(2);
        bytes memory call = abi.encodeCall(ILaboratories.accept, (lab, leafOf(2), facts, ARRANGEMENT, JUDGEMENT));
        declareCompromised(2, analysed);
        actAs(REGULATOR_KR);
        assertLaboratoriesRefused(call, compromised(reportId(2), analysed));
        declareCompromised(1, sampled);
        actAs(REGULATOR_KR);
        assertLaboratoriesRefused(call, compromised(reportId(2), sampled));
    }

    function test_accept_isNotReachedByALaterEnd() public {
        endAccreditation();
        vm.warp(START + 1 days);
        acceptAs(REGULATOR_KR, 1);
    }

    // --------------------------------------------------------------- callers

    function test_accept_refusesAnotherShore() public {
        bytes memory call = abi.encodeCall(ILaboratories.accept, (lab, leafOf(1), factsOf(1), ARRANGEMENT, JUDGEMENT));
        actAs(REGULATOR_CN);
        assertLaboratoriesRefused(call, shoreWrong(CN, KR));
        actAs(CUSTOMS_CN);
        assertLaboratoriesRefused(call, shoreWrong(CN, KR));
    }

    function testFuzz_accept_refusesWhoIsNoAuthority(uint16 roles) public {
        roles = roles % Role.ALL + 1;
        vm.assume(roles & (Role.REGULATOR | Role.CUSTOMS) == 0);
        join(KOREA, roles, OTHER);
        bytes memory call = abi.encodeCall(ILaboratories.accept, (lab, leafOf(1), factsOf(1), ARRANGEMENT, JUDGEMENT));
        actAs(OTHER);
        assertLaboratoriesRefused(call, roleMissing(roles, Role.REGULATOR | Role.CUSTOMS));
        actAs(STRANGER);
        assertLaboratoriesRefused(call, notLive(STRANGER));
    }

    function test_accept_refusesWithoutAJudgement() public {
        actAs(REGULATOR_KR);
        bytes memory call = abi.encodeCall(ILaboratories.accept, (lab, leafOf(1), factsOf(1), ARRANGEMENT, bytes32(0)));
        assertLaboratoriesRefused(call, fieldInvalid("judgement"));
    }

    function test_accept_refusesIfPaused() public {
        pauseAction(address(laboratories), ACCEPT);
        assertAcceptRefused(factsOf(1), ARRANGEMENT, actionPaused(address(laboratories), ACCEPT));
    }

    // -------------------------------------------------------------- internal

    /// @dev Report 1, said to have these facts, is refused to KR's regulator.
    function assertAcceptRefused(ILaboratories.Facts memory facts, uint16 arrangement, bytes memory error) private {
        bytes memory call = abi.encodeCall(ILaboratories.accept, (lab, leafOf(1), facts, arrangement, JUDGEMENT));
        actAs(REGULATOR_KR);
        assertLaboratoriesRefused(call, error);
    }

    function notCovered(uint256 missing) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ILaboratories.LaboratoriesNotCovered.selector, ARRANGEMENT, missing);
    }

    function tooOld(bytes32 report_, uint256 until) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ILaboratories.LaboratoriesReportTooOld.selector, report_, until);
    }

    function notStanding(bytes32 report_, uint8 status) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ILaboratories.LaboratoriesNotStanding.selector, report_, status);
    }

    function compromised(bytes32 report_, uint40 since) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ILaboratories.LaboratoriesCompromised.selector, report_, since);
    }
}
