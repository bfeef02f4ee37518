// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ILaboratories} from "../../contracts/interfaces/ILaboratories.sol";
import {Course} from "../../contracts/types/Course.sol";
import {Role} from "../../contracts/types/Codes.sol";
import {LaboratoriesTest} from "./support/LaboratoriesTest.sol";
import {Log} from "./support/Vm.sol";

contract LaboratoriesReportsTest is LaboratoriesTest {
    address private constant OTHER = address(0xA1);
    /// @dev The first period ends, and the second begins.
    uint40 private constant CHANGE = uint40(START + 20 days);
    uint256 private constant NOW = START + 60 days;

    function setUp() public override {
        super.setUp();
        accredit(ACCREDITED, 0);
    }

    // ---------------------------------------------------------- what is kept

    function testFuzz_registerReport_keepsItsFacts(bytes32 lot, uint256 tests, uint24 age) public {
        tests &= SCOPE;
        vm.assume(tests != 0);
        uint256 sampled = START - age % 90 days;
        ILaboratories.Facts memory facts = ILaboratories.Facts(lot, tests, courseOf(sampled, sampled + 1, 1));
        vm.warp(START + 1);
        uint256 sequence = ledger.sequence();
        actAs(LABORATORY_CN);
        vm.recordLogs();
        bytes32 id = laboratories.registerReport(leafOf(1), facts);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(id, reportId(1), "id");
        assertEq(foundReport(1), reportWord(facts, 0, 0, 0, 0), "word");
        assertEq(logs.length, 1, "events");
        assertEvent(
            logs[0],
            address(laboratories),
            ILaboratories.ReportRegistered.selector,
            topicsOf(id, bytes32(uint256(lab))),
            abi.encode(lot, tests, facts.course, sequence + 1)
        );
        assertEq(ledger.sequence(), sequence + 1, "sequence");
    }

    function test_registerReport_revertsIfRegistered() public {
        bytes32 id = registerReport(1, factsOf(1));
        bytes memory error = abi.encodeWithSelector(ILaboratories.LaboratoriesAlreadyRegistered.selector, id);
        assertRegisterRefused(leafOf(1), factsOf(1), error);
        assertRegisterRefused(leafOf(1), factsOf(2), error);
    }

    function test_registerReport_letsAnotherLaboratoryHaveTheSameLeaf() public {
        uint32 other = join(CHINA, Role.LABORATORY, OTHER);
        actAs(ACCREDITOR_CN);
        laboratories.accredit(other, PANEL, SCOPE, ACCREDITED, 0, CERTIFICATE);
        actAs(OTHER);
        bytes32 squatted = laboratories.registerReport(leafOf(1), factsOf(2));
        assertTrue(registerReport(1, factsOf(1)) != squatted, "ids");
        assertEq(foundReport(1), reportWord(factsOf(1), 0, 0, 0, 0), "word");
    }

    function test_registerReport_revertsIfAFieldIsMissing() public {
        assertRegisterRefused(0, factsOf(1), fieldInvalid("leafOrRoot"));
        ILaboratories.Facts memory facts = factsOf(1);
        facts.tests = 0;
        assertRegisterRefused(leafOf(1), facts, fieldInvalid("tests"));
    }

    // ----------------------------------------------------------------- scope

    function testFuzz_registerReport_revertsIfATestIsOutOfScope(uint256 tests) public {
        vm.assume(tests & ~SCOPE != 0);
        ILaboratories.Facts memory facts = factsOf(1);
        facts.tests = tests;
        assertRegisterRefused(leafOf(1), facts, outOfScope(1, tests & ~SCOPE));
    }

    function test_registerReport_looksAtTheScopeOfEachPeriod() public {
        changeScope(TESTS);
        ILaboratories.Facts memory facts = factsOf(1, courseOf(CHANGE - 2, CHANGE - 1, 1));
        facts.tests = SCOPE;
        registerReport(1, facts);
        facts.course = courseOf(CHANGE, CHANGE + 1, 2);
        assertRegisterRefused(leafOf(2), facts, outOfScope(2, SCOPE & ~TESTS));
        facts.course = courseOf(CHANGE - 1, CHANGE - 1, CHANGE, CHANGE, 1, 2);
        assertRegisterRefused(leafOf(2), facts, outOfScope(2, SCOPE & ~TESTS));
    }

    function test_registerReport_revertsIfThePeriodIsNotThere() public {
        assertRegisterRefused(leafOf(1), factsOf(1, courseOf(SAMPLED, ANALYSED, 0)), outOfScope(0, TESTS));
        assertRegisterRefused(leafOf(1), factsOf(1, courseOf(SAMPLED, ANALYSED, 2)), outOfScope(2, TESTS));
        assertRegisterRefused(
            leafOf(1), factsOf(1, courseOf(SAMPLED, SAMPLED, ANALYSED, ANALYSED, 1, 2)), outOfScope(2, TESTS)
        );
    }

    function test_registerReport_revertsIfAccreditedForAnotherPanelOnly() public {
        ILaboratories.Facts memory facts = factsOf(1);
        facts.course = Course.wrap(Course.unwrap(facts.course) + (1 << 192));
        assertRegisterRefused(leafOf(1), facts, outOfScope(1, TESTS));
    }

    function test_registerReport_revertsIfAccreditedElsewhere() public {
        actAs(LABORATORY_KR);
        assertLaboratoriesRefused(
            abi.encodeCall(ILaboratories.registerReport, (leafOf(1), factsOf(1))),
            abi.encodeWithSelector(
                ILaboratories.LaboratoriesOutOfScope.selector, uint256(numberOf[LABORATORY_KR]), 1, TESTS
            )
        );
    }

    // ----------------------------------------------------------------- dates

    function test_registerReport_revertsIfSampledBeforeThePeriod() public {
        assertOutOfTime(courseOf(ACCREDITED - 1, ANALYSED, 1), 1);
        registerReport(1, factsOf(1, courseOf(ACCREDITED, ANALYSED, 1)));
    }

    function test_registerReport_revertsIfAnalysedAfterThePeriod() public {
        changeScope(SCOPE);
        assertOutOfTime(courseOf(CHANGE - 1, CHANGE, 1), 1);
        assertOutOfTime(courseOf(CHANGE, CHANGE, 1), 1);
        registerReport(1, factsOf(1, courseOf(CHANGE - 1, CHANGE - 1, 1)));
    }

    function test_registerReport_mayBeSampledInOnePeriodAndAnalysedInTheNext() public {
        changeScope(SCOPE);
        assertOutOfTime(courseOf(CHANGE - 1, CHANGE, 2), 2);
        assertOutOfTime(courseOf(CHANGE, CHANGE, CHANGE, CHANGE, 1, 2), 1);
        assertOutOfTime(courseOf(CHANGE - 1, CHANGE - 1, CHANGE - 1, CHANGE - 1, 1, 2), 2);
        registerReport(1, factsOf(1, courseOf(CHANGE - 1, CHANGE - 1, CHANGE, CHANGE, 1, 2)));
    }

    function test_registerReport_isNotReachedByALaterEnd() public {
        endAccreditation();
        vm.warp(START + 300 days);
        registerReport(1, factsOf(1));
        assertOutOfTime(courseOf(SAMPLED, START, 1), 1);
        registerReport(2, factsOf(2, courseOf(SAMPLED, START - 1, 1)));
    }

    function test_registerReport_findsNoTermLongerForBeingEndedAfterIt() public {
        endAccreditation();
        uint40 until = uint40(START + 10 days);
        accredit(uint40(START), until);
        vm.warp(START + 20 days);
        endAccreditation();
        assertOutOfTime(courseOf(until, until, 2), 2);
        registerReport(1, factsOf(1, courseOf(until - 1, until - 1, 2)));
    }

    function test_registerReport_isReachedByACompromise() public {
        declareCompromised(1, ANALYSED);
        assertOutOfTime(courseOf(SAMPLED, ANALYSED, 1), 1);
        registerReport(1, factsOf(1, courseOf(SAMPLED, ANALYSED - 1, 1)));
        declareCompromised(1, SAMPLED);
        assertOutOfTime(courseOf(SAMPLED, ANALYSED - 1, 1), 1);
    }

    function test_registerReport_isReachedByACompromiseOfEitherPeriod() public {
        changeScope(SCOPE);
        Course course = courseOf(CHANGE - 5, CHANGE - 5, CHANGE + 5, CHANGE + 5, 1, 2);
        declareCompromised(2, CHANGE + 5);
        assertOutOfTime(course, 2);
        declareCompromised(1, CHANGE - 5);
        assertOutOfTime(course, 1);
    }

    // --------------------------------------------------------------- batches

    function test_registerReport_takesABatchOfWhichAllWindowsAreInThePeriod() public {
        changeScope(SCOPE);
        ILaboratories.Facts memory batch =
            ILaboratories.Facts(0, TESTS, courseOf(ACCREDITED, CHANGE - 2, ACCREDITED + 1, CHANGE - 1, 1, 1));
        actAs(LABORATORY_CN);
        laboratories.registerReport(digest("root", 1), batch);
        assertOutOfTime(courseOf(ACCREDITED - 1, CHANGE - 2, ACCREDITED + 1, CHANGE - 1, 1, 1), 1);
        assertOutOfTime(courseOf(ACCREDITED, CHANGE - 2, ACCREDITED + 1, CHANGE, 1, 1), 1);
        assertOutOfTime(courseOf(ACCREDITED, CHANGE, CHANGE, CHANGE, 1, 2), 1);
        assertOutOfTime(courseOf(ACCREDITED, CHANGE - 2, CHANGE - 1, CHANGE, 1, 2), 2);
    }

    // ---------------------------------------------------------------- course

    function test_registerReport_revertsIfTheTimesDoNotFollowOneAnother() public {
        assertDisordered(courseOf(0, SAMPLED, ANALYSED, ANALYSED, 1, 1));
        assertDisordered(courseOf(SAMPLED + 1, SAMPLED, ANALYSED, ANALYSED, 1, 1));
        assertDisordered(courseOf(SAMPLED, SAMPLED, ANALYSED + 1, ANALYSED, 1, 1));
        assertDisordered(courseOf(SAMPLED, SAMPLED, SAMPLED - 1, ANALYSED, 1, 1));
        assertDisordered(courseOf(SAMPLED, ANALYSED + 1, ANALYSED, ANALYSED, 1, 1));
        assertDisordered(courseOf(SAMPLED, START + 1, 1));
        registerReport(1, factsOf(1, courseOf(START, START, 1)));
    }

    function testFuzz_registerReport_revertsIfUnusedBitsAreSet(uint48 unused) public {
        vm.assume(unused != 0);
        assertDisordered(Course.wrap(uint256(unused) << 208 | Course.unwrap(courseOf(SAMPLED, ANALYSED, 1))));
    }

    // --------------------------------------------------------------- callers

    function testFuzz_registerReport_revertsIfNotALaboratory(uint16 roles) public {
        roles = roles % Role.ALL + 1;
        vm.assume(roles & Role.LABORATORY == 0);
        join(CHINA, roles, OTHER);
        bytes memory call = abi.encodeCall(ILaboratories.registerReport, (leafOf(1), factsOf(1)));
        actAs(OTHER);
        assertLaboratoriesRefused(call, roleMissing(roles, Role.LABORATORY));
        actAs(STRANGER);
        assertLaboratoriesRefused(call, notLive(STRANGER));
    }

    function test_registerReport_revertsIfTheLaboratoryIsSuspended() public {
        actAs(CHINA);
        ledger.suspendMember(lab, INVESTIGATION);
        assertRegisterRefused(leafOf(1), factsOf(1), notLive(LABORATORY_CN));
    }

    function test_registerReport_revertsIfPaused() public {
        pauseAction(address(laboratories), REGISTER);
        assertRegisterRefused(leafOf(1), factsOf(1), actionPaused(address(laboratories), REGISTER));
    }

    // -------------------------------------------------------------- internal

    /// @dev The first period ends and the second begins at CHANGE, with the tests given.
    function changeScope(uint256 tests) private {
        vm.warp(CHANGE);
        endAccreditation();
        actAs(ACCREDITOR_CN);
        laboratories.accredit(lab, PANEL, tests, CHANGE, 0, CERTIFICATE);
        vm.warp(NOW);
    }

    function assertRegisterRefused(bytes32 leaf, ILaboratories.Facts memory facts, bytes memory error) private {
        bytes memory call = abi.encodeCall(ILaboratories.registerReport, (leaf, facts));
        actAs(LABORATORY_CN);
        assertLaboratoriesRefused(call, error);
    }

    function assertOutOfTime(Course course, uint256 period) private {
        assertRegisterRefused(leafOf(9), factsOf(9, course), outOfScope(period, 0));
    }

    function assertDisordered(Course course) private {
        bytes memory error = abi.encodeWithSelector(ILaboratories.LaboratoriesCourseInvalid.selector, course);
        assertRegisterRefused(leafOf(9), factsOf(9, course), error);
    }
}
