// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ILaboratories} from "../../contracts/interfaces/ILaboratories.sol";
import {Course} from "../../contracts/types/Course.sol";
import {Kind, Role} from "../../contracts/types/Codes.sol";
import {LaboratoriesTest} from "./support/LaboratoriesTest.sol";
import {LawTest} from "./support/LawTest.sol";
import {Standings} from "./support/Standings.sol";

/// @title LaboratoriesFuzzTest
/// @notice Reports with any tests and dates, of a laboratory whose scope changed and may be compromised, are registered, and presented by
/// anybody under any arrangement: each is registered, and accepted, if, and only if, the model says so.
contract LaboratoriesFuzzTest is LaboratoriesTest, Standings {
    /// @dev A period of accreditation, with all that the model must know of it.
    struct Period {
        uint256 from;
        uint256 until;
        uint256 scope;
        uint256 since;
    }

    /// @dev A report that somebody is about to accept, and whether the model lets it be accepted.
    struct Attempt {
        uint256 n;
        ILaboratories.Facts facts;
        uint256 sampled;
        uint256 analysed;
        uint256[2] periods;
        bool isPossible;
        uint256 end;
        uint16 arrangement;
        bytes32 judgement;
        address caller;
    }

    uint256 private constant NEVER = type(uint40).max;
    uint256 private constant REPORTED = START + 50 days;
    uint256 private constant ALL = 15;
    /// @dev The arrangement of decisions that precede.
    uint16 private constant FORMER = type(uint16).max;

    Period[3] private model;
    uint16 private arrangements;
    address private reporter;

    function setUp() public override(LaboratoriesTest, LawTest) {
        super.setUp();
        joinOthers(KR, Role.CUSTOMS | Role.REGULATOR, Role.ALL);
        agree(termsOf(FORMER));
    }

    function testFuzz_report_isRegisteredAndAcceptedIfAndOnlyIfTheModelSaysSo(uint256 seed) public {
        begin(seed);
        attempt(1);
    }

    /// @dev The runs above are worth something only if they meet every outcome often.
    function test_report_meetsEveryOutcome() public {
        uint256 registered;
        uint256 accepted;
        begin(0);
        for (uint256 i = 1; i <= 100; ++i) {
            (bool isRegistered, bool isAccepted) = attempt(i);
            if (isRegistered) ++registered;
            if (isAccepted) ++accepted;
        }
        assertTrue(registered >= 20 && registered <= 80, "registrations one-sided");
        assertTrue(accepted >= 8 && accepted + 20 <= registered, "acceptances one-sided");
    }

    // --------------------------------------------------------------- attempt

    function attempt(uint256 n) private returns (bool isRegistered, bool isAccepted) {
        Attempt memory a;
        a.n = n;
        anyLaboratory(n);
        vm.warp(REPORTED);
        anyReport(a);
        isRegistered = register(a);
        if (!isRegistered) a.isPossible = false;
        Standing memory standing = anyStanding(reporter, n, Kind.LABORATORY_REPORT);
        if (!standing.isActive) a.isPossible = false;
        a.end = standing.expiresAt == 0 ? NEVER : standing.expiresAt;
        anyTerms(a);
        if (oneIn(6)) compromise(a);
        if (isRegistered && oneIn(4)) decideBefore(n);
        choose(a);
        isAccepted = accept(a);
        resumeAll(address(laboratories));
    }

    function register(Attempt memory a) private returns (bool isDone) {
        bool isPossible = mayRegister(a);
        uint256 sequence = ledger.sequence();
        actAs(reporter);
        (isDone,) = address(laboratories).call(abi.encodeCall(ILaboratories.registerReport, (leafOf(a.n), a.facts)));
        assertTrue(isDone == isPossible, isDone ? "registered against the model" : "refused against the model");
        assertEq(ledger.sequence(), sequence + (isDone ? 1 : 0), "sequence");
        assertEq(foundReport(a.n), isDone ? reportWord(a.facts, 0, 0, 0, 0) : 0, "report");
    }

    function accept(Attempt memory a) private returns (bool isDone) {
        uint256 before = foundReport(a.n);
        uint256 sequence = ledger.sequence();
        bytes memory call =
            abi.encodeCall(ILaboratories.accept, (lab, leafOf(a.n), a.facts, a.arrangement, a.judgement));
        actAs(a.caller);
        (isDone,) = address(laboratories).call(call);
        assertTrue(isDone == a.isPossible, isDone ? "accepted against the model" : "refused against the model");
        assertEq(ledger.sequence(), sequence + (isDone ? 1 : 0), "sequence");
        uint256 word = reportWord(a.facts, block.timestamp, numberOf[a.caller], ACCEPTED, a.arrangement);
        assertEq(foundReport(a.n), isDone ? word : before, "report");
    }

    // --------------------------------------------------------------- periods

    /// @dev A new laboratory with two periods one after another and scopes that differ, the first ended by itself or early.
    function anyLaboratory(uint256 n) private {
        vm.warp(START);
        reporter = address(uint160(0xB0000 + n));
        lab = join(CHINA, Role.LABORATORY, reporter);
        uint256 change = START + pick(30 days);
        bool isEarly = oneIn(2);
        model[1] = Period(START - 30 days, change, 1 + pick(ALL), 0);
        model[2] = Period(change + (oneIn(2) ? 0 : pick(5 days)), NEVER, 1 + pick(ALL), 0);
        beginPeriod(model[1], isEarly ? 0 : change);
        vm.warp(change);
        if (isEarly) endAccreditation();
        beginPeriod(model[2], 0);
    }

    function beginPeriod(Period storage period, uint256 until) private {
        uint40 from = uint40(period.from);
        uint256 scope = period.scope;
        actAs(ACCREDITOR_CN);
        laboratories.accredit(lab, PANEL, scope, from, uint40(until), CERTIFICATE);
    }

    /// @dev A period is declared compromised since about the time when the report was made.
    function compromise(Attempt memory a) private {
        uint256 period = 1 + pick(2);
        uint256 since = (oneIn(2) ? a.sampled : a.analysed) + pick(3) - 1;
        bool isEarlier = model[period].since == 0 || since < model[period].since;
        if (since > REPORTED || !isEarlier) return;
        declareCompromised(uint16(period), uint40(since));
        model[period].since = since;
    }

    // --------------------------------------------------------------- reports

    /// @dev Tests that both periods have, mostly; dates near the ends of the periods, often.
    function anyReport(Attempt memory a) private {
        uint256 tests = model[1].scope & model[2].scope;
        if (tests == 0 || oneIn(6)) tests = pick(ALL + 1);
        a.sampled = anyTime();
        a.analysed = oneIn(16) ? anyTime() : a.sampled + pick(10 days);
        a.periods = [periodAt(a.sampled), periodAt(a.analysed)];
        if (oneIn(16)) a.periods[pick(2)] = pick(4);
        Course course = courseOf(a.sampled, a.sampled, a.analysed, a.analysed, a.periods[0], a.periods[1]);
        a.facts = ILaboratories.Facts(oneIn(24) ? bytes32(0) : lotKey(a.n), tests, course);
        a.isPossible = a.facts.lot != 0;
    }

    function anyTime() private returns (uint256 at) {
        at = START - 30 days + pick(80 days);
        if (oneIn(6)) at = model[1 + pick(2)].from - 1 + pick(3);
        if (oneIn(6)) at = model[1].until - 1 + pick(2);
    }

    function periodAt(uint256 at) private view returns (uint256) {
        return at < model[1].until ? 1 : 2;
    }

    function mayRegister(Attempt memory a) private view returns (bool) {
        bool isOrdered = a.sampled <= a.analysed && a.analysed <= REPORTED;
        return isOrdered && a.facts.tests != 0 && isInScope(a.periods[0], a.sampled, a.facts.tests)
            && isInScope(a.periods[1], a.analysed, a.facts.tests);
    }

    function isInScope(uint256 number, uint256 at, uint256 tests) private view returns (bool) {
        if (number == 0 || number == 3) return false;
        Period memory period = model[number];
        return tests & ~period.scope == 0 && at >= period.from && at < period.until && isTrusted(number, at);
    }

    function isTrusted(uint256 number, uint256 at) private view returns (bool) {
        if (number == 0 || number == 3) return false;
        return model[number].since == 0 || at < model[number].since;
    }

    // ----------------------------------------------------------- acceptance

    /// @dev A new arrangement, and whether the laboratory is designated: mostly such that the report is covered.
    function anyTerms(Attempt memory a) private {
        ILaboratories.Terms memory terms = termsOf(++arrangements);
        a.arrangement = terms.number;
        terms.tests = oneIn(12) ? 1 + pick(ALL) : ALL;
        terms.status = oneIn(2) ? PILOT : IN_FORCE;
        terms.level = uint8(1 + pick(WAIVER));
        terms.maxAgeDays = uint16(oneIn(8) ? 1 + pick(60) : 60 + pick(300));
        terms.needsDesignation = oneIn(2);
        terms.from = uint40(REPORTED - 1 days + (oneIn(12) ? pick(20 days) : 0));
        if (oneIn(4)) terms.until = uint40(terms.from + 1 + pick(300 days));
        if (oneIn(24)) terms.destination = CN;
        // Its own shore decides on no report.
        if (terms.destination == CN) a.isPossible = false;
        if (terms.tests & a.facts.tests != a.facts.tests) a.isPossible = false;
        if (oneIn(24)) moveToAnotherPanel(a, terms);
        agree(terms);
        if (oneIn(24)) suspend(a);
        bound(a, terms);
    }

    /// @dev When the arrangement, the age and the designation let the report be accepted.
    function bound(Attempt memory a, ILaboratories.Terms memory terms) private {
        a.end = least(a.end, a.analysed + uint256(terms.maxAgeDays) * 1 days);
        if (terms.until != 0) a.end = least(a.end, terms.until);
        uint256 from = terms.from;
        uint256 designated = REPORTED - 1 + (oneIn(12) ? pick(20 days) : 0);
        uint256 until = oneIn(4) ? designated + 1 + pick(300 days) : 0;
        designate(uint40(designated), uint40(until));
        bool isEnded = oneIn(12);
        if (isEnded) {
            actAs(REGULATOR_KR);
            laboratories.endDesignation(lab, PANEL, ENDED);
        }
        if (terms.needsDesignation) {
            if (isEnded) a.end = least(a.end, REPORTED);
            if (until != 0) a.end = least(a.end, until);
            if (designated > from) from = designated;
        }
        warpNear(a, from);
    }

    function warpNear(Attempt memory a, uint256 from) private {
        uint256 when = pick(8);
        uint256 at = REPORTED + pick(oneIn(4) ? 300 days : 20 days);
        if (when == 0 && a.end > REPORTED) at = a.end;
        if (when == 1 && a.end > REPORTED) at = a.end - 1;
        if (when == 2 && from > REPORTED) at = from;
        if (when == 3 && from > REPORTED) at = from - 1;
        if (at == NEVER || at == NEVER - 1) at = REPORTED;
        if (at < from || at >= a.end) a.isPossible = false;
        vm.warp(at);
    }

    function moveToAnotherPanel(Attempt memory a, ILaboratories.Terms memory terms) private {
        actAs(BOTH);
        laboratories.publishPanel(PANEL + 1, TEXT);
        terms.panel = PANEL + 1;
        a.isPossible = false;
    }

    function suspend(Attempt memory a) private {
        actAs(BOTH);
        laboratories.suspendArrangement(a.arrangement);
        a.isPossible = false;
    }

    /// @dev An earlier decision hinders none.
    function decideBefore(uint256 n) private {
        bytes32 id = reportId(n);
        actAs(REGULATOR_KR);
        laboratories.refuse(id, FORMER, DISCRETION, JUDGEMENT);
    }

    /// @dev Who asks, with which judgement and facts, and whether accepting is paused.
    function choose(Attempt memory a) private {
        bool isTrusted_ = isTrusted(a.periods[0], a.sampled) && isTrusted(a.periods[1], a.analysed);
        if (!isTrusted_) a.isPossible = false;
        if (anyPause(address(laboratories), ACCEPT)) a.isPossible = false;
        a.judgement = oneIn(40) ? bytes32(0) : JUDGEMENT;
        if (a.judgement == 0) a.isPossible = false;
        if (oneIn(24)) changeFacts(a);
        a.caller = oneIn(4) ? anyCaller() : (oneIn(2) ? REGULATOR_KR : CUSTOMS_KR);
        if (!isAuthority(a)) a.isPossible = false;
    }

    /// @dev Whether the caller may accept for Korea.
    function isAuthority(Attempt memory a) private view returns (bool) {
        return a.caller == REGULATOR_KR || a.caller == CUSTOMS_KR || a.caller == ALL_ROUND
            || (a.caller == LAPSING && block.timestamp < LAPSE);
    }

    /// @dev A lot or a test that the report did not tell of.
    function changeFacts(Attempt memory a) private {
        if (oneIn(2)) a.facts.lot = lotKey(a.n + 1e6);
        else a.facts.tests ^= 1;
        a.isPossible = false;
    }

    function least(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
