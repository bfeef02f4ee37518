// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Arrangement} from "../types/Arrangement.sol";
import {Course} from "../types/Course.sol";
import {Report} from "../types/Report.sol";
import {Term} from "../types/Term.sol";
import {ICompanion} from "./ICompanion.sol";

/// @title ILaboratories
/// @notice What laboratories are accredited for, the reports that keep to it, and what the destination makes of them.
///
/// Tests are counted in panels: a panel is a published list of at most 256 (matrix, analyte, method), its digest kept here; bit n stands for
/// entry n, and entries are only added. A laboratory's scope is a set of bits for a period. When an entry is suspended, withdrawn or added, the
/// period ends and another begins, so that the scope of any day is one word, and comparing a report with it costs the same for one test or 256.
///
/// What holds, whoever calls:
/// - a report is registered only if every test lies in the scope that was live when the samples were taken, and when they were analysed;
/// - the end of a period does not reach back; that it was compromised since a time does, and readers are shown it;
/// - only an accreditation body of its shore changes a laboratory's scope; only the destination's authority accepts or refuses, and
///   the destination of a report is the shore that its laboratory is not of;
/// - an acceptance that the arrangement, its tests, its dates, the lot or the age of the report does not cover is refused.
///
/// A report is registered here first, and anchored in the ledger next; a batch of reports is registered once, by its root, with windows that hold
/// all of them. A report that is to be accepted is registered singly, with its lot.
interface ILaboratories is ICompanion {
    /// @notice What a report tells of itself.
    /// @param lot Subject key of the lot; 0: several, or a batch of reports
    /// @param tests Bits of the panel's entries that were tested
    /// @param course When, within which panel and periods
    struct Facts {
        bytes32 lot;
        uint256 tests;
        Course course;
    }

    /// @notice What both shores agree of mutual acceptance.
    /// @param number Number of the arrangement
    /// @param status 1 PILOT, 2 IN_FORCE
    /// @param level 1 REFERENCE, 2 REDUCED_SAMPLING, 3 WAIVER
    /// @param destination Shore whose authority accepts
    /// @param panel Code of the panel of tests
    /// @param from Start, Unix seconds
    /// @param until End, Unix seconds; 0: no end
    /// @param maxAgeDays Days from the end of the analysis for which a report may be accepted
    /// @param needsDesignation Whether the destination must have designated the laboratory
    /// @param tests Bits of the panel's entries that are covered
    /// @param text SHA-256 of the arrangement's text
    struct Terms {
        uint16 number;
        uint8 status;
        uint8 level;
        uint8 destination;
        uint16 panel;
        uint40 from;
        uint40 until;
        uint16 maxAgeDays;
        bool needsDesignation;
        uint256 tests;
        bytes32 text;
    }

    // ---------------------------------------------------------------- events

    /// @notice Both shores published a panel of tests, or a longer one.
    /// @param panel Code of the panel
    /// @param digest SHA-256 of its exact text
    /// @param sequence Number of this event
    event PanelPublished(uint256 indexed panel, bytes32 digest, uint256 sequence);

    /// @notice A shore published the limits by which it judges.
    /// @param shore Code of the shore
    /// @param profile Code of the profile
    /// @param version Number of the version, the first being 1
    /// @param effectiveFrom Unix seconds
    /// @param digest SHA-256 of its exact text
    /// @param sequence Number of this event
    event ProfilePublished(
        uint256 indexed shore,
        uint256 indexed profile,
        uint256 version,
        uint256 effectiveFrom,
        bytes32 digest,
        uint256 sequence
    );

    /// @notice A period of accreditation began, ended or was declared compromised.
    /// @param laboratory Number of the member
    /// @param panel Code of the panel
    /// @param period Number of the period, the first being 1
    /// @param tests Bits of the panel's entries in scope
    /// @param certificate SHA-256 of the accreditation's text
    /// @param word Its term from now on
    /// @param sequence Number of this event
    event AccreditationChanged(
        uint256 indexed laboratory,
        uint256 indexed panel,
        uint256 period,
        uint256 tests,
        bytes32 certificate,
        Term word,
        uint256 sequence
    );

    /// @notice A shore designated a laboratory, or ended its designation.
    /// @param laboratory Number of the member
    /// @param panel Code of the panel
    /// @param shore Code of the shore
    /// @param word Its term from now on
    /// @param sequence Number of this event
    event DesignationChanged(
        uint256 indexed laboratory, uint256 indexed panel, uint256 shore, Term word, uint256 sequence
    );

    /// @notice A report, or a batch of reports, was registered as within the laboratory's scope.
    /// @param id Id of its record
    /// @param laboratory Number of the member
    /// @param lot Subject key of the lot; 0: several, or a batch
    /// @param tests Bits of the panel's entries that were tested
    /// @param course When, within which panel and periods
    /// @param sequence Number of this event
    event ReportRegistered(
        bytes32 indexed id, uint256 indexed laboratory, bytes32 lot, uint256 tests, Course course, uint256 sequence
    );

    /// @notice Both shores agreed an arrangement, or suspended it.
    /// @param arrangement Its number
    /// @param tests Bits of the panel's entries that are covered
    /// @param text SHA-256 of its text
    /// @param word Its terms from now on
    /// @param sequence Number of this event
    event ArrangementChanged(
        uint256 indexed arrangement, uint256 tests, bytes32 text, Arrangement word, uint256 sequence
    );

    /// @notice The destination's authority accepted or refused a report.
    /// @param id Id of its record
    /// @param judgement Digest of what it was judged by and how
    /// @param word The report from now on: decision, date, authority, arrangement
    /// @param sequence Number of this event
    event ReportDecided(bytes32 indexed id, bytes32 judgement, Report word, uint256 sequence);

    // ---------------------------------------------------------------- errors

    /// @notice A code, digest, date, set of tests or reason is missing or cannot be.
    /// @param field Name of the parameter
    error LaboratoriesFieldInvalid(bytes32 field);

    /// @notice The member is not a laboratory.
    /// @param laboratory Number given
    error LaboratoriesNotLaboratory(uint256 laboratory);

    /// @notice A period of accreditation begins before the last one ends, or the one to be changed is not there or has ended.
    /// @param laboratory Number of the member
    /// @param panel Code of the panel
    /// @param period Number of the period
    error LaboratoriesPeriodConflict(uint256 laboratory, uint16 panel, uint256 period);

    /// @notice The compromise declared is later than now or than the one declared before.
    /// @param since Time given
    /// @param limit Latest time allowed
    error LaboratoriesCompromiseInvalid(uint40 since, uint256 limit);

    /// @notice The times of a report do not follow one another, or are still to come.
    /// @param course Course given
    error LaboratoriesCourseInvalid(Course course);

    /// @notice A test is not in the scope that was live on the dates of the report. (OUT_OF_SCOPE)
    /// @param laboratory Number of the member
    /// @param period Number of the period
    /// @param missing Bits of the tests that are not in its scope; 0: the dates are not in its time
    error LaboratoriesOutOfScope(uint256 laboratory, uint256 period, uint256 missing);

    /// @notice The report is registered already.
    /// @param id Id of its record
    error LaboratoriesAlreadyRegistered(bytes32 id);

    /// @notice No report was registered under this id, or its facts are others. (REPORT_UNKNOWN)
    /// @param id Id asked for
    error LaboratoriesReportUnknown(bytes32 id);

    /// @notice The report is of a laboratory of the caller's own shore, which needs no arrangement. (DOMESTIC_REPORT)
    /// @param id Id of its record
    error LaboratoriesReportDomestic(bytes32 id);

    /// @notice The report is not anchored singly as a report, or was revoked, suspended or superseded.
    /// @param id Id of its record
    /// @param status Its status in the ledger
    error LaboratoriesNotStanding(bytes32 id, uint8 status);

    /// @notice The arrangement is not agreed, is suspended, or is not in force now. (NO_ARRANGEMENT)
    /// @param arrangement Its number
    error LaboratoriesArrangementNotLive(uint16 arrangement);

    /// @notice The arrangement is about another panel, or does not cover a test. (NOT_COVERED)
    /// @param arrangement Its number
    /// @param missing Bits of the tests that it does not cover; 0: it is about another panel
    error LaboratoriesNotCovered(uint16 arrangement, uint256 missing);

    /// @notice The report is too old for the arrangement, or expired in the ledger. (REPORT_TOO_OLD)
    /// @param id Id of its record
    /// @param until From when on it can no longer be accepted, Unix seconds
    error LaboratoriesReportTooOld(bytes32 id, uint256 until);

    /// @notice The destination has not designated the laboratory for the panel. (NOT_DESIGNATED)
    /// @param laboratory Number of the member
    /// @param shore Code of the shore
    error LaboratoriesNotDesignated(uint256 laboratory, uint8 shore);

    /// @notice The period in which the report was made is compromised since a time before its end. (COMPROMISED)
    /// @param id Id of its record
    /// @param since Since when, Unix seconds
    error LaboratoriesCompromised(bytes32 id, uint40 since);

    // ----------------------------------------------------------------- views

    /// @notice Digest of a panel's newest text.
    /// @param panel Its code
    /// @return digest SHA-256; zero: none
    function panels(uint256 panel) external view returns (bytes32 digest);

    /// @notice How many versions a shore published of a profile.
    /// @param key `SHA-256(uint256(shore) || uint256(profile))`
    /// @return count The count
    function profileVersions(bytes32 key) external view returns (uint256 count);

    /// @notice Digest of a version of a profile.
    /// @param key `SHA-256(SHA-256(uint256(shore) || uint256(profile)) || uint256(version))`
    /// @return digest SHA-256 of its exact text; zero: none
    function profileDigests(bytes32 key) external view returns (bytes32 digest);

    /// @notice How many periods of accreditation a laboratory has had for a panel.
    /// @param key `SHA-256(uint256(laboratory) || uint256(panel))`
    /// @return count The count
    function periodCounts(bytes32 key) external view returns (uint256 count);

    /// @notice Term of a period of accreditation.
    /// @param key `SHA-256(SHA-256(uint256(laboratory) || uint256(panel)) || uint256(period))`
    /// @return word The packed word; zero: none
    function periods(bytes32 key) external view returns (Term word);

    /// @notice Scope of a period of accreditation.
    /// @param key As of `periods`
    /// @return tests Bits of the panel's entries
    function scopes(bytes32 key) external view returns (uint256 tests);

    /// @notice A laboratory's designation by a shore for a panel.
    /// @param key `SHA-256(SHA-256(uint256(laboratory) || uint256(panel)) || uint256(shore))`
    /// @return word The packed word; zero: never designated
    function designations(bytes32 key) external view returns (Term word);

    /// @notice What is registered of a report and decided about it.
    /// @param id Id of its record
    /// @return word The packed word; zero: not registered
    function reports(bytes32 id) external view returns (Report word);

    /// @notice What was decided about a report before one of its later decisions.
    /// @param key `SHA-256(id || uint256(time of the earlier decision))`
    /// @return word The packed word; zero: none
    function pastReports(bytes32 key) external view returns (Report word);

    /// @notice Terms of an arrangement.
    /// @param arrangement Its number
    /// @return word The packed word; zero: none
    function arrangements(uint256 arrangement) external view returns (Arrangement word);

    /// @notice Tests that an arrangement covers.
    /// @param arrangement Its number
    /// @return tests Bits of its panel's entries
    function coverage(uint256 arrangement) external view returns (uint256 tests);

    // ------------------------------------------------------------ both shores

    /// @notice Publishes a panel of tests, or a longer one under the same code.
    /// @param panel Its code
    /// @param digest SHA-256 of its exact text
    function publishPanel(uint16 panel, bytes32 digest) external;

    /// @notice Agrees an arrangement, or new terms of one; what was decided under the old stands.
    /// @param terms What is agreed
    function setArrangement(Terms calldata terms) external;

    /// @notice Suspends an arrangement at once; `setArrangement` lets it go on.
    /// @param arrangement Its number
    function suspendArrangement(uint16 arrangement) external;

    // --------------------------------------------------------------- a shore

    /// @notice The authority of a shore publishes the limits by which goods are judged there.
    /// @param shore Code of the shore
    /// @param profile Code of the profile
    /// @param effectiveFrom Unix seconds
    /// @param digest SHA-256 of its exact text
    function publishProfile(uint8 shore, uint16 profile, uint40 effectiveFrom, bytes32 digest) external;

    /// @notice A regulator designates a laboratory of either shore for its own shore.
    /// @param laboratory Number of the member
    /// @param panel Code of the panel
    /// @param from Start, Unix seconds
    /// @param until End, Unix seconds; 0: no end
    function designate(uint32 laboratory, uint16 panel, uint40 from, uint40 until) external;

    /// @notice A regulator ends a designation of its shore from now on. Cannot be paused.
    /// @param laboratory Number of the member
    /// @param panel Code of the panel
    /// @param reason Code of the reason
    function endDesignation(uint32 laboratory, uint16 panel, uint8 reason) external;

    // --------------------------------------------------------- accreditation

    /// @notice An accreditation body begins a period for a laboratory of its shore. The last period must have ended by then.
    /// @param laboratory Number of the member
    /// @param panel Code of the panel
    /// @param tests Bits of the panel's entries in scope
    /// @param from Start, Unix seconds
    /// @param until End, Unix seconds; 0: no end
    /// @param certificate SHA-256 of the accreditation's text (body, number, scope)
    function accredit(uint32 laboratory, uint16 panel, uint256 tests, uint40 from, uint40 until, bytes32 certificate)
        external;

    /// @notice Ends the newest period now: suspended, withdrawn, or to be followed by one with another scope. Cannot be paused.
    /// @param laboratory Number of the member
    /// @param panel Code of the panel
    /// @param reason Code of the reason
    function endAccreditation(uint32 laboratory, uint16 panel, uint8 reason) external;

    /// @notice Declares a period untrustworthy from a time on: reports made since do not count, whenever they were registered. Cannot be paused.
    /// @param laboratory Number of the member
    /// @param panel Code of the panel
    /// @param period Number of the period
    /// @param since Unix seconds; may only be moved to an earlier time
    function declareCompromised(uint32 laboratory, uint16 panel, uint16 period, uint40 since) external;

    // --------------------------------------------------------------- reports

    /// @notice Registers a report, or a batch of reports, of the caller's member.
    /// @param leafOrRoot Leaf of the report, or root of the batch
    /// @param facts What it tells of itself
    /// @return id Id of its record
    function registerReport(bytes32 leafOrRoot, Facts calldata facts) external returns (bytes32 id);

    /// @notice The destination's authority accepts a report under an arrangement.
    /// @param laboratory Number of the member that issued it
    /// @param leaf Leaf of the report
    /// @param facts What the report told of itself when it was registered
    /// @param arrangement Number of the arrangement
    /// @param judgement Digest of what it was judged by and how
    function accept(uint32 laboratory, bytes32 leaf, Facts calldata facts, uint16 arrangement, bytes32 judgement)
        external;

    /// @notice The destination's authority refuses a report, or takes an acceptance back. Cannot be paused.
    /// @param id Id of the report's record
    /// @param arrangement Number of the arrangement under which it was offered
    /// @param decision Code of the refusal: 2 LIMIT_PROFILE, 3 MISSING_ITEM, 4 INCONCLUSIVE, 5 MISMATCH, 6 DISCRETION
    /// @param judgement Digest of what it was judged by and how
    function refuse(bytes32 id, uint16 arrangement, uint8 decision, bytes32 judgement) external;
}
