// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {LaboratoriesState} from "./LaboratoriesState.sol";
import {ILaboratories} from "../interfaces/ILaboratories.sol";
import {Account} from "../types/Account.sol";
import {Arrangement, ArrangementLib} from "../types/Arrangement.sol";
import {Kind, Role, Shore, Status} from "../types/Codes.sol";
import {Course} from "../types/Course.sol";
import {Fingerprint} from "../types/Fingerprint.sol";
import {Record} from "../types/Record.sol";
import {Report, ReportLib} from "../types/Report.sol";
import {Sha256} from "../types/Sha256.sol";
import {Term} from "../types/Term.sol";

/// @title Acceptance
/// @notice Reports within scope, the limits and arrangements of the destination, and its decisions.
abstract contract Acceptance is LaboratoriesState {
    // ------------------------------------------------------------ governance

    /// @inheritdoc ILaboratories
    function publishProfile(uint8 shore, uint16 profile, uint40 effectiveFrom, bytes32 digest) external {
        if (!Shore.isOne(shore)) revert LaboratoriesFieldInvalid("shore");
        uint256 sequence = _enterAsAuthority(shore);
        if (profile == 0) revert LaboratoriesFieldInvalid("profile");
        if (effectiveFrom == 0) revert LaboratoriesFieldInvalid("effectiveFrom");
        if (digest == 0) revert LaboratoriesFieldInvalid("digest");
        bytes32 key = Sha256.ofPair(bytes32(uint256(shore)), bytes32(uint256(profile)));
        uint256 version = profileVersions[key] + 1;
        profileVersions[key] = version;
        profileDigests[_numbered(key, version)] = digest;
        emit ProfilePublished(shore, profile, version, effectiveFrom, digest, sequence);
    }

    /// @inheritdoc ILaboratories
    function setArrangement(Terms calldata terms) external {
        uint256 sequence = _enterAsBothShores();
        _requireTerms(terms);
        uint16 version = arrangements[terms.number].version() + 1;
        Arrangement word = ArrangementLib.agreed(terms.status, terms.level, terms.destination, terms.panel, version)
            .asking(terms.maxAgeDays, terms.needsDesignation).within(terms.from, terms.until);
        arrangements[terms.number] = word;
        coverage[terms.number] = terms.tests;
        emit ArrangementChanged(terms.number, terms.tests, terms.text, word, sequence);
    }

    /// @inheritdoc ILaboratories
    function suspendArrangement(uint16 arrangement) external {
        uint256 sequence = _enterAsBothShores();
        Arrangement word = arrangements[arrangement];
        if (!word.exists()) revert LaboratoriesArrangementNotLive(arrangement);
        word = word.suspended();
        arrangements[arrangement] = word;
        emit ArrangementChanged(arrangement, coverage[arrangement], 0, word, sequence);
    }

    // --------------------------------------------------------------- reports

    /// @inheritdoc ILaboratories
    function registerReport(bytes32 leafOrRoot, Facts calldata facts) external returns (bytes32 id) {
        (Account account, uint256 sequence) = _enter(REGISTER, Role.LABORATORY, 1);
        if (leafOrRoot == 0) revert LaboratoriesFieldInvalid("leafOrRoot");
        if (facts.tests == 0) revert LaboratoriesFieldInvalid("tests");
        uint256 laboratory = account.member();
        _requireInScope(laboratory, facts.tests, facts.course);
        id = Fingerprint.recordId(laboratory, leafOrRoot);
        if (reports[id].exists()) revert LaboratoriesAlreadyRegistered(id);
        reports[id] = ReportLib.registered(_digest(facts), account.shore());
        emit ReportRegistered(id, laboratory, facts.lot, facts.tests, facts.course, sequence);
    }

    /// @inheritdoc ILaboratories
    function accept(uint32 laboratory, bytes32 leaf, Facts calldata facts, uint16 arrangement, bytes32 judgement)
        external
    {
        bytes32 id = Fingerprint.recordId(laboratory, leaf);
        (Account account, uint256 sequence, Record record) = _enterAbout(id, ACCEPT, Role.REGULATOR | Role.CUSTOMS, 1);
        _requireStanding(id, record);
        Report report = reports[id];
        if (facts.lot == 0 || !report.isOf(_digest(facts))) revert LaboratoriesReportUnknown(id);
        _requireCovered(id, arrangement, account, facts);
        _requireTrusted(id, laboratory, facts.course);
        if (arrangements[arrangement].needsDesignation()) {
            _requireDesignated(laboratory, facts.course.panel(), account.shore());
        }
        _decide(id, report, account, ReportLib.ACCEPTED, arrangement, judgement, sequence);
    }

    /// @inheritdoc ILaboratories
    function refuse(bytes32 id, uint16 arrangement, uint8 decision, bytes32 judgement) external {
        (Account account, uint256 sequence) = _enter(WITHDRAW, Role.REGULATOR | Role.CUSTOMS, 1);
        Report report = reports[id];
        if (!report.exists()) revert LaboratoriesReportUnknown(id);
        if (decision <= ReportLib.ACCEPTED || decision > ReportLib.DISCRETION) {
            revert LaboratoriesFieldInvalid("decision");
        }
        Arrangement word = arrangements[arrangement];
        if (!word.exists()) revert LaboratoriesArrangementNotLive(arrangement);
        if (account.shore() != word.destination()) revert CompanionShoreWrong(account.shore(), word.destination());
        _decide(id, report, account, decision, arrangement, judgement, sequence);
    }

    // -------------------------------------------------------------- internal

    function _requireTerms(Terms calldata terms) private view {
        bool isStatus = terms.status == ArrangementLib.PILOT || terms.status == ArrangementLib.IN_FORCE;
        if (!isStatus) revert LaboratoriesFieldInvalid("status");
        if (terms.level == 0 || terms.level > ArrangementLib.WAIVER) revert LaboratoriesFieldInvalid("level");
        if (!Shore.isOne(terms.destination)) revert LaboratoriesFieldInvalid("destination");
        if (panels[terms.panel] == 0) revert LaboratoriesFieldInvalid("panel");
        if (terms.maxAgeDays == 0) revert LaboratoriesFieldInvalid("maxAgeDays");
        if (terms.tests == 0) revert LaboratoriesFieldInvalid("tests");
        if (terms.text == 0) revert LaboratoriesFieldInvalid("text");
        if (terms.number == 0) revert LaboratoriesFieldInvalid("number");
        _requireTerm(terms.from, terms.until);
    }

    /// @dev Every test was in the laboratory's scope when the samples were taken, and when they were analysed.
    function _requireInScope(uint256 laboratory, uint256 tests, Course course) private view {
        if (!course.isOrdered(block.timestamp)) revert LaboratoriesCourseInvalid(course);
        bytes32 key = _panelKey(laboratory, course.panel());
        (uint256 from, uint256 until) = (course.sampledFrom(), course.sampledUntil());
        _requireInPeriod(laboratory, key, course.sampledPeriod(), tests, from, until);
        (from, until) = (course.analysedFrom(), course.analysedUntil());
        _requireInPeriod(laboratory, key, course.analysedPeriod(), tests, from, until);
    }

    function _requireInPeriod(
        uint256 laboratory,
        bytes32 key,
        uint256 period,
        uint256 tests,
        uint256 from,
        uint256 until
    ) private view {
        bytes32 periodKey = _numbered(key, period);
        uint256 missing = tests & ~scopes[periodKey];
        if (missing != 0 || !periods[periodKey].covers(from, until)) {
            revert LaboratoriesOutOfScope(laboratory, period, missing);
        }
    }

    function _requireCovered(bytes32 id, uint16 number, Account account, Facts calldata facts) private view {
        Arrangement arrangement = arrangements[number];
        if (!arrangement.isLive(block.timestamp)) revert LaboratoriesArrangementNotLive(number);
        uint8 destination = arrangement.destination();
        if (account.shore() != destination) revert CompanionShoreWrong(account.shore(), destination);
        if (arrangement.panel() != facts.course.panel()) revert LaboratoriesNotCovered(number, 0);
        uint256 missing = facts.tests & ~coverage[number];
        if (missing != 0) revert LaboratoriesNotCovered(number, missing);
        uint256 until = facts.course.analysedUntil() + arrangement.maxAge();
        if (block.timestamp >= until) revert LaboratoriesReportTooOld(id, until);
    }

    /// @dev A compromise declared after the registration reaches back: what was made since is not accepted any more.
    function _requireTrusted(bytes32 id, uint256 laboratory, Course course) private view {
        bytes32 key = _panelKey(laboratory, course.panel());
        _requireBefore(id, key, course.sampledPeriod(), course.sampledUntil());
        if (course.analysedPeriod() != course.sampledPeriod() || course.analysedUntil() != course.sampledUntil()) {
            _requireBefore(id, key, course.analysedPeriod(), course.analysedUntil());
        }
    }

    function _requireBefore(bytes32 id, bytes32 key, uint256 period, uint40 at) private view {
        uint40 since = periods[_numbered(key, period)].compromisedSince();
        if (since != 0 && at >= since) revert LaboratoriesCompromised(id, since);
    }

    function _requireDesignated(uint256 laboratory, uint16 panel, uint8 shore) private view {
        Term word = designations[_numbered(_panelKey(laboratory, panel), shore)];
        if (!word.covers(block.timestamp, block.timestamp)) revert LaboratoriesNotDesignated(laboratory, shore);
    }

    function _requireStanding(bytes32 id, Record record) private view {
        if (record.kind() != Kind.LABORATORY_REPORT) revert LaboratoriesNotStanding(id, Status.NONE);
        if (record.status() != Status.ACTIVE) revert LaboratoriesNotStanding(id, record.status());
        uint40 expiresAt = record.expiresAt();
        if (expiresAt != 0 && block.timestamp >= expiresAt) revert LaboratoriesReportTooOld(id, expiresAt);
    }

    function _decide(
        bytes32 id,
        Report before,
        Account account,
        uint8 decision,
        uint16 arrangement,
        bytes32 judgement,
        uint256 sequence
    ) private {
        if (judgement == 0) revert LaboratoriesFieldInvalid("judgement");
        // Else the home authority's word would take the place of the destination's.
        if (before.shore() == account.shore()) revert LaboratoriesReportDomestic(id);
        if (before.decision() != 0) pastReports[Sha256.ofPair(id, bytes32(uint256(before.decidedAt())))] = before;
        Report word = before.decided(block.timestamp, account.member(), decision, arrangement);
        reports[id] = word;
        emit ReportDecided(id, judgement, word, sequence);
    }

    function _digest(Facts calldata facts) private pure returns (bytes32) {
        return sha256(abi.encode(facts.lot, facts.tests, facts.course));
    }
}
