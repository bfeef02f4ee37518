// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ILaboratories} from "../../contracts/interfaces/ILaboratories.sol";
import {INotary} from "../../contracts/interfaces/INotary.sol";
import {Kind, Status} from "../../contracts/types/Codes.sol";
import {Course} from "../../contracts/types/Course.sol";
import {Report} from "../../contracts/types/Report.sol";
import {Term} from "../../contracts/types/Term.sol";
import {LaboratoriesTest} from "./support/LaboratoriesTest.sol";
import {LawHandler} from "./support/LawHandler.sol";
import {LawTest} from "./support/LawTest.sol";

/// @title LaboratoriesHandler
/// @notice A laboratory of each shore: what it is accredited and designated for, its reports, and what the destinations decide under arrangements.
abstract contract LaboratoriesHandler is LaboratoriesTest, LawHandler {
    /// @dev A period of accreditation, or a designation, as the model knows it.
    struct Span {
        uint256 from;
        uint256 until;
        uint256 endedAt;
        uint256 reason;
        uint256 compromised;
        uint256 by;
        uint256 tests;
    }

    struct Finding {
        bytes32 id;
        uint8 shore;
        uint256 number;
        ILaboratories.Facts facts;
        uint256 word;
        uint256 standing;
        bool isOfItsKind;
        uint256[] decisionTimes;
    }

    uint16 internal constant AGREEMENTS = 4;
    uint16 internal constant PROFILES = 2;
    uint256 internal constant ENTRIES = 4;
    uint8 private constant SUSPENDED = 3;
    uint256 private constant DECIDED_FIELDS = uint256(type(uint72).max) << 24 | uint256(0xf) << 16 | type(uint16).max;

    Finding[] internal findings;
    mapping(uint8 shore => Span[]) internal accreditations;
    mapping(uint8 shore => mapping(uint8 by => Span)) internal designated;
    mapping(uint16 number => ILaboratories.Terms) internal agreed;
    mapping(uint16 number => uint256 status) internal statuses;
    mapping(uint16 number => uint256 version) internal versions;
    mapping(uint8 shore => mapping(uint16 profile => bytes32[] digests)) internal published;
    /// @dev The last decision of each second about a report.
    mapping(bytes32 id => mapping(uint256 time => uint256 word)) internal decisions;

    function setUp() public override(LaboratoriesTest, LawTest) {
        super.setUp();
        events = ledger.sequence();
        for (uint8 shore = CN; shore <= KR; ++shore) {
            open(shore, (1 << ENTRIES) - 1, uint40(START - 60 days), 0);
            appoint(regulatorOf(otherShore(shore)), shore, uint40(START - 60 days), 0);
            settle(BOTH, anyTerms(shore, otherShore(shore)));
        }
    }

    function actions() internal pure override returns (bytes4[] memory all) {
        all = new bytes4[](12);
        all[0] = this.accredit.selector;
        all[1] = this.end.selector;
        all[2] = this.compromise.selector;
        all[3] = this.designate.selector;
        all[4] = this.agree.selector;
        all[5] = this.suspend.selector;
        all[6] = this.publish.selector;
        all[7] = this.registerReport.selector;
        all[8] = this.accept.selector;
        all[9] = this.refuse.selector;
        all[10] = this.changeStanding.selector;
        all[11] = this.wait.selector;
    }

    // ---------------------------------------------------------------- actions

    /// @dev Another scope: the period ends, mostly, and another begins.
    function accredit(uint256 seed) external drawn(seed) {
        uint8 shore = anyShore();
        if (!oneIn(8)) finish(shore, accreditorOf(shore));
        uint40 from = uint40(block.timestamp - (oneIn(8) ? pick(5 days) : 0));
        open(shore, pick(1 << ENTRIES), from, oneIn(4) ? uint40(block.timestamp + 1 + pick(30 days)) : 0);
    }

    function end(uint256 seed) external drawn(seed) {
        uint8 shore = anyShore();
        if (!oneIn(2)) return;
        finish(shore, accreditorOf(oneIn(4) ? otherShore(shore) : shore));
    }

    function compromise(uint256 seed) external drawn(seed) {
        uint8 shore = anyShore();
        uint8 declarer = oneIn(4) ? otherShore(shore) : shore;
        Span[] storage spans = accreditations[shore];
        uint16 period = uint16(pick(spans.length));
        uint40 since = uint40(block.timestamp - pick(5 days));
        bytes memory call =
            abi.encodeCall(ILaboratories.declareCompromised, (numberOf[laboratoryOf(shore)], PANEL, period + 1, since));
        if (!attempt(accreditorOf(declarer), address(laboratories), call)) return;
        assertEq(declarer, shore, "declared by the other shore");
        uint256 before = spans[period].compromised;
        assertTrue(before == 0 || since < before, "compromised later than it was");
        spans[period].compromised = since;
    }

    /// @dev A shore designates a laboratory, or no longer.
    function designate(uint256 seed) external drawn(seed) {
        (uint8 shore, uint8 by) = (anyShore(), anyShore());
        Span storage span = designated[shore][by];
        if (span.from == 0 || span.endedAt != 0 || !oneIn(4)) {
            uint40 until = oneIn(4) ? uint40(block.timestamp + 1 + pick(30 days)) : 0;
            return appoint(regulatorOf(by), shore, uint40(block.timestamp - pick(3 days)), until);
        }
        bytes memory call =
            abi.encodeCall(ILaboratories.endDesignation, (numberOf[laboratoryOf(shore)], PANEL, uint8(INVESTIGATION)));
        if (attempt(regulatorOf(by), address(laboratories), call)) {
            (span.endedAt, span.reason) = (block.timestamp, INVESTIGATION);
        }
    }

    function agree(uint256 seed) external drawn(seed) {
        settle(anyAuthority(), anyTerms(uint16(1 + pick(AGREEMENTS)), anyShore()));
    }

    function suspend(uint256 seed) external drawn(seed) {
        if (!oneIn(2)) return;
        (uint16 number, address caller) = (uint16(1 + pick(AGREEMENTS)), anyAuthority());
        bytes memory call = abi.encodeCall(ILaboratories.suspendArrangement, (number));
        if (!attempt(caller, address(laboratories), call)) return;
        assertTrue(caller == BOTH, "suspended by one shore");
        statuses[number] = SUSPENDED;
    }

    function publish(uint256 seed) external drawn(seed) {
        (uint8 shore, uint16 profile, bytes32 digest_) =
            (anyShore(), uint16(1 + pick(PROFILES)), digest("profile", seed));
        address caller = oneIn(4) ? anyAuthority() : authorityOf(shore);
        bytes memory call =
            abi.encodeCall(ILaboratories.publishProfile, (shore, profile, uint40(block.timestamp), digest_));
        if (!attempt(caller, address(laboratories), call)) return;
        assertTrue(caller == authorityOf(shore), "published by another authority");
        published[shore][profile].push(digest_);
    }

    function registerReport(uint256 seed) external drawn(seed) {
        uint8 shore = anyShore();
        uint256 number = oneIn(12) ? pick(findings.length + 1) : findings.length;
        ILaboratories.Facts memory facts = anyFacts(shore, number);
        bytes memory call = abi.encodeCall(ILaboratories.registerReport, (leafOf(number), facts));
        if (!attempt(laboratoryOf(shore), address(laboratories), call)) return;
        Course course = facts.course;
        assertTrue(
            isInScope(shore, course.sampledPeriod(), facts.tests, course.sampledFrom(), course.sampledUntil())
                && isInScope(
                    shore, course.analysedPeriod(), facts.tests, course.analysedFrom(), course.analysedUntil()
                ),
            "reported out of scope"
        );
        note(shore, number, facts);
    }

    function accept(uint256 seed) external drawn(seed) {
        if (findings.length == 0) return;
        (uint256 index, uint16 number) = drawCase();
        for (uint256 i = 0; i < 8 && !isCovered(index, number) && !oneIn(12); ++i) {
            (index, number) = drawCase();
        }
        Finding storage finding = findings[index];
        uint8 shore = otherShore(finding.shore);
        if (oneIn(8)) (shore, number) = (finding.shore, anyTo(finding.shore));
        address authority = oneIn(2) ? regulatorOf(shore) : customsOf(shore);
        uint32 laboratory_ = numberOf[laboratoryOf(finding.shore)];
        ILaboratories.Facts memory facts = finding.facts;
        if (oneIn(16)) facts.tests ^= 1;
        bytes memory call =
            abi.encodeCall(ILaboratories.accept, (laboratory_, leafOf(finding.number), facts, number, JUDGEMENT));
        if (!attempt(authority, address(laboratories), call)) return;
        check_acceptanceIsCovered(index, number, facts.tests);
        decide(index, shore, authority, ACCEPTED, number);
    }

    function refuse(uint256 seed) external drawn(seed) {
        if (findings.length == 0) return;
        uint256 index = pick(findings.length);
        uint8 shore = oneIn(8) ? findings[index].shore : otherShore(findings[index].shore);
        uint16 number = anyTo(oneIn(12) ? otherShore(shore) : shore);
        address authority = oneIn(2) ? regulatorOf(shore) : customsOf(shore);
        uint256 decision = LIMIT_PROFILE + pick(5);
        bytes memory call =
            abi.encodeCall(ILaboratories.refuse, (findings[index].id, number, uint8(decision), JUDGEMENT));
        if (!attempt(authority, address(laboratories), call)) return;
        decide(index, shore, authority, decision, number);
    }

    function changeStanding(uint256 seed) external drawn(seed) {
        if (findings.length == 0) return;
        uint256 index = pick(findings.length);
        Finding storage finding = findings[index];
        if (finding.standing == Status.NONE) return anchor(index);
        bool isSuspended = finding.standing == Status.SUSPENDED;
        uint256 next = oneIn(8) ? Status.REVOKED : isSuspended ? Status.ACTIVE : Status.SUSPENDED;
        bytes4 call = next == Status.REVOKED
            ? INotary.revoke.selector
            : isSuspended ? INotary.reinstate.selector : INotary.suspend.selector;
        bytes memory data = abi.encodeWithSelector(call, leafOf(finding.number), INVESTIGATION);
        if (attempt(laboratoryOf(finding.shore), address(ledger), data)) finding.standing = next;
    }

    function wait(uint256 seed) external drawn(seed) {
        pass(oneIn(3) ? 0 : pick(4 days));
    }

    // ------------------------------------------------------------- part actions

    function open(uint8 shore, uint256 tests, uint40 from, uint40 until) private {
        bytes memory call = abi.encodeCall(
            ILaboratories.accredit, (numberOf[laboratoryOf(shore)], PANEL, tests, from, until, CERTIFICATE)
        );
        if (!attempt(accreditorOf(shore), address(laboratories), call)) return;
        Span[] storage spans = accreditations[shore];
        assertTrue(spans.length == 0 || endOf(spans[spans.length - 1]) <= from, "two periods at once");
        spans.push(Span(from, until, 0, 0, 0, numberOf[accreditorOf(shore)], tests));
    }

    function finish(uint8 shore, address accreditor) private {
        bytes memory call = abi.encodeCall(
            ILaboratories.endAccreditation, (numberOf[laboratoryOf(shore)], PANEL, uint8(INVESTIGATION))
        );
        if (!attempt(accreditor, address(laboratories), call)) return;
        Span storage last = accreditations[shore][accreditations[shore].length - 1];
        assertTrue(accreditor == accreditorOf(shore), "ended by the other shore");
        assertEq(last.endedAt, 0, "ended twice");
        (last.endedAt, last.reason) = (block.timestamp, INVESTIGATION);
    }

    function appoint(address regulator, uint8 shore, uint40 from, uint40 until) private {
        bytes memory call = abi.encodeCall(ILaboratories.designate, (numberOf[laboratoryOf(shore)], PANEL, from, until));
        if (!attempt(regulator, address(laboratories), call)) return;
        uint8 by = regulator == REGULATOR_CN ? CN : KR;
        designated[shore][by] = Span(from, until, 0, 0, 0, numberOf[regulator], 0);
    }

    function settle(address caller, ILaboratories.Terms memory terms) private {
        if (!attempt(caller, address(laboratories), abi.encodeCall(ILaboratories.setArrangement, (terms)))) return;
        assertTrue(caller == BOTH, "agreed by one shore");
        (agreed[terms.number], statuses[terms.number]) = (terms, terms.status);
        ++versions[terms.number];
    }

    function anchor(uint256 index) private {
        Finding storage finding = findings[index];
        bool isOfItsKind = !oneIn(12);
        uint16 kind = isOfItsKind ? Kind.LABORATORY_REPORT : Kind.EPCIS_EVENTS;
        INotary.Entry memory document = entry(finding.number, NO_SUBJECT, kind, 0);
        bool isDone = attempt(laboratoryOf(finding.shore), address(ledger), abi.encodeCall(INotary.anchor, (document)));
        if (isDone) (finding.standing, finding.isOfItsKind) = (Status.ACTIVE, isOfItsKind);
    }

    function decide(uint256 index, uint8 shore, address authority, uint256 decision, uint16 number) private {
        Finding storage finding = findings[index];
        assertTrue(shore != finding.shore, "decided at home");
        assertEq(agreed[number].destination, shore, "decided by another than the destination");
        uint256 fields = block.timestamp << 56 | uint256(numberOf[authority]) << 24 | decision << 16 | number;
        finding.word = finding.word & ~DECIDED_FIELDS | fields;
        uint256 count = finding.decisionTimes.length;
        if (count == 0 || finding.decisionTimes[count - 1] != block.timestamp) {
            finding.decisionTimes.push(block.timestamp);
        }
        decisions[finding.id][block.timestamp] = finding.word;
    }

    // ------------------------------------------------------------------ model

    /// @dev A report is accepted as it was registered, and only while an arrangement covers it.
    function check_acceptanceIsCovered(uint256 index, uint16 number, uint256 tests) private view {
        assertEq(tests, findings[index].facts.tests, "accepted with other facts");
        assertTrue(isCovered(index, number), "accepted, and not covered");
    }

    function note(uint8 shore, uint256 number, ILaboratories.Facts memory facts) private {
        bytes32 id = idOf(numberOf[laboratoryOf(shore)], leafOf(number));
        for (uint256 i = 0; i < findings.length; ++i) {
            assertTrue(findings[i].id != id, "registered twice");
        }
        Finding storage finding = findings.push();
        (finding.id, finding.shore, finding.number, finding.facts) = (id, shore, number, facts);
        finding.word = reportWord(facts, 0, 0, 0, 0) ^ uint256(CN ^ shore) << 20;
        if (!oneIn(8)) anchor(findings.length - 1);
    }

    /// @dev Days within the last period, mostly, and tests of its scope.
    function anyFacts(uint8 shore, uint256 number) private returns (ILaboratories.Facts memory facts) {
        uint256 period = oneIn(6) ? pick(accreditations[shore].length) : accreditations[shore].length - 1;
        Span memory span = accreditations[shore][period];
        uint256 latest = endOf(span) <= block.timestamp ? endOf(span) - 1 : block.timestamp;
        uint256 earliest = latest > span.from + 5 days ? latest - 5 days : span.from;
        uint256 sampled = latest > earliest ? earliest + pick(latest - earliest + 1) : earliest;
        uint256 analysed = sampled < latest ? sampled + pick(latest - sampled + 1) : sampled;
        if (oneIn(12)) analysed += pick(3 days);
        facts.lot = lotKey(number);
        facts.tests = oneIn(12) ? 1 + pick(1 << ENTRIES) : span.tests & (1 + pick(1 << ENTRIES));
        if (facts.tests == 0) facts.tests = span.tests;
        facts.course = courseOf(sampled, analysed, period + 1);
    }

    function anyTerms(uint16 number, uint8 destination) private returns (ILaboratories.Terms memory terms) {
        terms = termsOf(number);
        (terms.destination, terms.status, terms.level) = (destination, uint8(1 + pick(2)), uint8(1 + pick(3)));
        (terms.from, terms.needsDesignation) = (uint40(block.timestamp), oneIn(2));
        if (oneIn(6)) terms.until = uint40(block.timestamp + 1 + pick(60 days));
        terms.maxAgeDays = uint16(20 + pick(60));
        terms.tests = (1 << ENTRIES) - 1;
        if (oneIn(4)) terms.tests = 1 + pick(terms.tests);
    }

    function drawCase() private returns (uint256 index, uint16 number) {
        return (pick(findings.length), uint16(1 + pick(AGREEMENTS)));
    }

    /// @dev An arrangement to a shore, mostly.
    function anyTo(uint8 destination) private returns (uint16 number) {
        number = uint16(1 + pick(AGREEMENTS));
        for (uint256 i = 0; i < 8 && agreed[number].destination != destination; ++i) {
            number = uint16(1 + pick(AGREEMENTS));
        }
    }

    /// @dev Both shores, mostly.
    function anyAuthority() private returns (address) {
        return oneIn(4) ? authorityOf(anyShore()) : BOTH;
    }

    function endOf(Span memory span) private pure returns (uint256) {
        uint256 until = span.until == 0 ? type(uint40).max : span.until;
        return span.endedAt != 0 && span.endedAt < until ? span.endedAt : until;
    }

    function covers(Span memory span, uint256 first, uint256 last) private pure returns (bool) {
        bool isTrusted = span.compromised == 0 || last < span.compromised;
        return span.from != 0 && first >= span.from && last < endOf(span) && isTrusted;
    }

    function isInScope(uint8 shore, uint256 period, uint256 tests, uint256 first, uint256 last)
        private
        view
        returns (bool)
    {
        if (period == 0 || period > accreditations[shore].length) return false;
        Span memory span = accreditations[shore][period - 1];
        return tests != 0 && tests & ~span.tests == 0 && covers(span, first, last);
    }

    /// @dev Whether an arrangement covers a report: in force, for the other shore, with its tests, in time, standing, trusted, designated.
    function isCovered(uint256 index, uint16 number) private view returns (bool) {
        Finding storage finding = findings[index];
        ILaboratories.Terms memory terms = agreed[number];
        bool isLive = versions[number] != 0 && statuses[number] != SUSPENDED && block.timestamp >= terms.from
            && (terms.until == 0 || block.timestamp < terms.until);
        uint256 analysed = finding.facts.course.analysedUntil();
        bool isYoung = block.timestamp < analysed + uint256(terms.maxAgeDays) * 1 days;
        uint256 since = accreditations[finding.shore][finding.facts.course.analysedPeriod() - 1].compromised;
        bool isTrusted = since == 0 || analysed < since;
        bool isDesignated = !terms.needsDesignation
            || covers(designated[finding.shore][terms.destination], block.timestamp, block.timestamp);
        return isLive && terms.destination == otherShore(finding.shore) && finding.facts.tests & ~terms.tests == 0
            && isYoung && isTrusted && isDesignated && finding.isOfItsKind && finding.standing == Status.ACTIVE;
    }

    function keyOfPanel(uint8 shore) internal view returns (bytes32) {
        return pair(uint256(numberOf[laboratoryOf(shore)]), uint256(PANEL));
    }
}

/// @notice What holds of laboratories, their reports and arrangements after any sequence of calls, by anyone.
contract LaboratoriesInvariantTest is LaboratoriesHandler {
    function invariant_laboratoriesHold() external view {
        checkInTurn();
    }

    function checkAll() internal view override {
        check_factsOfAReportNeverChange();
        check_reportIsDecidedByItsDestination();
        check_pastDecisionsAreKept();
        check_scopeOfAPeriodNeverChanges();
        check_periodEndsOnce();
        check_designationIsItsShores();
        check_arrangementIsWhatBothShoresAgreed();
        check_profileVersionsAreKept();
        check_sequenceCountsTheEventsOfAll();
    }

    /// @dev What a report tells of itself never changes, and it never disappears.
    function check_factsOfAReportNeverChange() private view {
        for (uint256 i = 0; i < findings.length; ++i) {
            uint256 word = reportWord(findings[i].facts, 0, 0, 0, 0);
            assertEq(reportFound(findings[i].id) >> 96, word >> 96, "facts");
        }
    }

    /// @dev The last decision about a report is the last that the other shore's authorities made, by an arrangement to there.
    function check_reportIsDecidedByItsDestination() private view {
        for (uint256 i = 0; i < findings.length; ++i) {
            assertEq(reportFound(findings[i].id), findings[i].word, "report");
        }
    }

    /// @dev What was decided before is kept, by the time of its decision.
    function check_pastDecisionsAreKept() private view {
        for (uint256 i = 0; i < findings.length; ++i) {
            Finding storage finding = findings[i];
            for (uint256 n = 0; n + 1 < finding.decisionTimes.length; ++n) {
                uint256 time = finding.decisionTimes[n];
                uint256 word = Report.unwrap(laboratories.pastReports(pair(finding.id, bytes32(time))));
                assertEq(word, decisions[finding.id][time], "past decision");
            }
        }
    }

    /// @dev Periods are numbered, and the scope of each stays as it was given.
    function check_scopeOfAPeriodNeverChanges() private view {
        for (uint8 shore = CN; shore <= KR; ++shore) {
            Span[] storage spans = accreditations[shore];
            assertEq(laboratories.periodCounts(keyOfPanel(shore)), spans.length, "number of periods");
            for (uint256 i = 0; i < spans.length; ++i) {
                assertEq(laboratories.scopes(numbered(keyOfPanel(shore), i + 1)), spans[i].tests, "scope");
            }
        }
    }

    /// @dev A period keeps its dates and who gave it; it ends once, by its shore; what is compromised is so from no later time afterwards.
    function check_periodEndsOnce() private view {
        for (uint8 shore = CN; shore <= KR; ++shore) {
            Span[] storage spans = accreditations[shore];
            for (uint256 i = 0; i < spans.length; ++i) {
                uint256 word = Term.unwrap(laboratories.periods(numbered(keyOfPanel(shore), i + 1)));
                assertEq(word, wordOf(spans[i]), "period");
            }
        }
    }

    /// @dev A shore's designation of a laboratory is what its own regulators made of it.
    function check_designationIsItsShores() private view {
        for (uint8 shore = CN; shore <= KR; ++shore) {
            for (uint8 by = CN; by <= KR; ++by) {
                uint256 word = Term.unwrap(laboratories.designations(numbered(keyOfPanel(shore), by)));
                assertEq(word, wordOf(designated[shore][by]), "designation");
            }
        }
    }

    /// @dev An arrangement is what both shores agreed last, its versions counted; neither shore alone changes it.
    function check_arrangementIsWhatBothShoresAgreed() private view {
        for (uint16 number = 1; number <= AGREEMENTS; ++number) {
            uint256 expected =
                versions[number] == 0 ? 0 : arrangementWord(agreed[number], statuses[number], versions[number]);
            assertEq(foundArrangement(number), expected, "arrangement");
            assertEq(laboratories.coverage(number), agreed[number].tests, "coverage");
        }
    }

    /// @dev Versions of a profile count up by one, and each keeps its digest.
    function check_profileVersionsAreKept() private view {
        for (uint8 shore = CN; shore <= KR; ++shore) {
            for (uint16 profile = 1; profile <= PROFILES; ++profile) {
                bytes32[] storage digests = published[shore][profile];
                bytes32 key = pair(uint256(shore), uint256(profile));
                assertEq(laboratories.profileVersions(key), digests.length, "versions");
                for (uint256 i = 0; i < digests.length; ++i) {
                    assertEq(laboratories.profileDigests(numbered(key, i + 1)), digests[i], "profile");
                }
            }
        }
    }

    function reportFound(bytes32 id) private view returns (uint256) {
        return Report.unwrap(laboratories.reports(id));
    }

    function wordOf(Span storage span) private view returns (uint256) {
        return termWord(span.from, span.until, span.endedAt, span.reason, span.compromised, span.by);
    }
}
