// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ILaboratories} from "../../../contracts/interfaces/ILaboratories.sol";
import {Arrangement} from "../../../contracts/types/Arrangement.sol";
import {Course} from "../../../contracts/types/Course.sol";
import {Report} from "../../../contracts/types/Report.sol";
import {Term} from "../../../contracts/types/Term.sol";
import {LawTest} from "./LawTest.sol";

/// @title LaboratoriesTest
/// @notice Short ways to accredit, report and accept. Unless told otherwise the laboratory is CN's, in its first period for the panel, and
/// its reports go to KR under arrangement 1. Report `n` has its leaf and lot from `n` alone.
abstract contract LaboratoriesTest is LawTest {
    uint8 internal constant ACCREDIT = 0;
    uint8 internal constant DESIGNATE = 1;
    uint8 internal constant REGISTER = 2;
    uint8 internal constant ACCEPT = 3;

    uint8 internal constant PILOT = 1;
    uint8 internal constant IN_FORCE = 2;
    uint8 internal constant WAIVER = 3;

    uint8 internal constant ACCEPTED = 1;
    uint8 internal constant LIMIT_PROFILE = 2;
    uint8 internal constant DISCRETION = 6;

    uint8 internal constant ENDED = 6;
    uint16 internal constant ARRANGEMENT = 1;
    uint16 internal constant MAX_AGE_DAYS = 90;
    /// @dev Tests of a report: two entries of the panel. The scope and the arrangement hold them and another.
    uint256 internal constant TESTS = 1 | 1 << 255;
    uint256 internal constant SCOPE = TESTS | 1 << 7;
    uint40 internal constant ACCREDITED = uint40(START - 100 days);
    uint40 internal constant SAMPLED = uint40(START - 10 days);
    uint40 internal constant ANALYSED = uint40(START - 9 days);
    bytes32 internal constant CERTIFICATE = bytes32(uint256(0xacc));
    bytes32 internal constant JUDGEMENT = bytes32(uint256(0x1d6e));
    bytes32 internal constant TEXT = bytes32(uint256(0x7e87));

    uint32 internal lab;

    function setUp() public virtual override {
        super.setUp();
        lab = numberOf[LABORATORY_CN];
    }

    // ---------------------------------------------------------------- drafts

    /// @dev `unused 48, panel 16, sampledFrom 40, sampledUntil 40, analysedFrom 40, analysedUntil 40, sampledPeriod 16, analysedPeriod 16`.
    function courseOf(
        uint256 sampledFrom,
        uint256 sampledUntil,
        uint256 analysedFrom,
        uint256 analysedUntil,
        uint256 sampledPeriod,
        uint256 analysedPeriod
    ) internal pure returns (Course) {
        return Course.wrap(
            uint256(PANEL) << 192 | sampledFrom << 152 | sampledUntil << 112 | analysedFrom << 72 | analysedUntil << 32
                | sampledPeriod << 16 | analysedPeriod
        );
    }

    /// @dev One sample and one analysis, in one period.
    function courseOf(uint256 sampled, uint256 analysed, uint256 period) internal pure returns (Course) {
        return courseOf(sampled, sampled, analysed, analysed, period, period);
    }

    function factsOf(uint256 n, Course course) internal pure returns (ILaboratories.Facts memory) {
        return ILaboratories.Facts(lotKey(n), TESTS, course);
    }

    function factsOf(uint256 n) internal pure returns (ILaboratories.Facts memory) {
        return factsOf(n, courseOf(SAMPLED, ANALYSED, 1));
    }

    function termsOf(uint16 number) internal pure returns (ILaboratories.Terms memory) {
        return ILaboratories.Terms({
            number: number,
            status: IN_FORCE,
            level: WAIVER,
            destination: KR,
            panel: PANEL,
            from: uint40(START),
            until: 0,
            maxAgeDays: MAX_AGE_DAYS,
            needsDesignation: true,
            tests: SCOPE,
            text: TEXT
        });
    }

    // --------------------------------------------------------------- actions

    function accredit(uint40 from, uint40 until) internal {
        actAs(ACCREDITOR_CN);
        laboratories.accredit(lab, PANEL, SCOPE, from, until, CERTIFICATE);
    }

    function endAccreditation() internal {
        actAs(ACCREDITOR_CN);
        laboratories.endAccreditation(lab, PANEL, ENDED);
    }

    function declareCompromised(uint16 period, uint40 since) internal {
        actAs(ACCREDITOR_CN);
        laboratories.declareCompromised(lab, PANEL, period, since);
    }

    function designate(uint40 from, uint40 until) internal {
        actAs(REGULATOR_KR);
        laboratories.designate(lab, PANEL, from, until);
    }

    function agree(ILaboratories.Terms memory terms) internal {
        actAs(BOTH);
        laboratories.setArrangement(terms);
    }

    function registerReport(uint256 n, ILaboratories.Facts memory facts) internal returns (bytes32) {
        actAs(LABORATORY_CN);
        return laboratories.registerReport(leafOf(n), facts);
    }

    function anchorReport(uint256 n) internal {
        actAs(LABORATORY_CN);
        ledger.anchor(report(n));
    }

    function acceptAs(address authority, uint256 n) internal {
        actAs(authority);
        laboratories.accept(lab, leafOf(n), factsOf(n), ARRANGEMENT, JUDGEMENT);
    }

    function refuseAs(address authority, uint256 n, uint8 decision) internal {
        bytes32 id = reportId(n);
        actAs(authority);
        laboratories.refuse(id, ARRANGEMENT, decision, JUDGEMENT);
    }

    // ---------------------------------------------------- what is to be found

    function reportId(uint256 n) internal view returns (bytes32) {
        return idOf(lab, leafOf(n));
    }

    /// @dev `SHA-256(uint256(laboratory) || uint256(panel))`.
    function panelKey() internal view returns (bytes32) {
        return pair(uint256(lab), uint256(PANEL));
    }

    /// @dev What has a number under a key.
    function numbered(bytes32 key, uint256 number) internal pure returns (bytes32) {
        return pair(key, bytes32(number));
    }

    /// @dev `status 8, level 8, destination 8, panel 16, from 40, until 40, maxAgeDays 16, designated 8, version 16, unused 96`.
    function arrangementWord(ILaboratories.Terms memory terms, uint256 status, uint256 version)
        internal
        pure
        returns (uint256)
    {
        return status << 248 | uint256(terms.level) << 240 | uint256(terms.destination) << 232 | uint256(terms.panel)
            << 216 | uint256(terms.from) << 176 | uint256(terms.until) << 136 | uint256(terms.maxAgeDays) << 120
            | uint256(terms.needsDesignation ? 1 : 0) << 112 | version << 96;
    }

    /// @dev `facts 160, decidedAt 40, by 32, shore 4, decision 4, arrangement 16`; of a laboratory of China.
    function reportWord(
        ILaboratories.Facts memory facts,
        uint256 decidedAt,
        uint256 by,
        uint256 decision,
        uint256 arrangement
    ) internal pure returns (uint256) {
        bytes32 hash = sha256(abi.encodePacked(facts.lot, facts.tests, Course.unwrap(facts.course)));
        uint256 facts_ = uint256(uint160(uint256(hash))) << 96;
        return facts_ | decidedAt << 56 | by << 24 | uint256(CN) << 20 | decision << 16 | arrangement;
    }

    function foundPeriod(uint256 period) internal view returns (uint256) {
        return Term.unwrap(laboratories.periods(numbered(panelKey(), period)));
    }

    function foundDesignation(uint8 shore) internal view returns (uint256) {
        return Term.unwrap(laboratories.designations(numbered(panelKey(), shore)));
    }

    function foundReport(uint256 n) internal view returns (uint256) {
        return Report.unwrap(laboratories.reports(reportId(n)));
    }

    function foundArrangement(uint16 number) internal view returns (uint256) {
        return Arrangement.unwrap(laboratories.arrangements(number));
    }

    // -------------------------------------------------------------- refusals

    function fieldInvalid(bytes32 field_) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ILaboratories.LaboratoriesFieldInvalid.selector, field_);
    }

    function notLaboratory(uint256 member) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ILaboratories.LaboratoriesNotLaboratory.selector, member);
    }

    function outOfScope(uint256 period, uint256 missing) internal view returns (bytes memory) {
        return abi.encodeWithSelector(ILaboratories.LaboratoriesOutOfScope.selector, uint256(lab), period, missing);
    }

    function periodConflict(uint256 period) internal view returns (bytes memory) {
        return abi.encodeWithSelector(ILaboratories.LaboratoriesPeriodConflict.selector, uint256(lab), PANEL, period);
    }

    function reportUnknown(bytes32 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ILaboratories.LaboratoriesReportUnknown.selector, id);
    }

    function domestic(bytes32 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ILaboratories.LaboratoriesReportDomestic.selector, id);
    }

    function notDesignated(uint8 shore) internal view returns (bytes memory) {
        return abi.encodeWithSelector(ILaboratories.LaboratoriesNotDesignated.selector, uint256(lab), shore);
    }

    function arrangementNotLive(uint16 number) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ILaboratories.LaboratoriesArrangementNotLive.selector, number);
    }

    // ------------------------------------------------------------ assertions

    function assertLaboratoriesRefused(bytes memory call, bytes memory error) internal {
        assertRefused(address(laboratories), call, error);
    }
}
