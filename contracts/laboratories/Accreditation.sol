// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {LaboratoriesState} from "./LaboratoriesState.sol";
import {ILaboratories} from "../interfaces/ILaboratories.sol";
import {Account} from "../types/Account.sol";
import {Reason, Role} from "../types/Codes.sol";
import {Member} from "../types/Member.sol";
import {Term, TermLib} from "../types/Term.sol";

/// @title Accreditation
/// @notice Panels of tests, what laboratories are accredited for, and who designated them.
abstract contract Accreditation is LaboratoriesState {
    /// @inheritdoc ILaboratories
    function publishPanel(uint16 panel, bytes32 digest) external {
        uint256 sequence = _enterAsBothShores();
        if (panel == 0) revert LaboratoriesFieldInvalid("panel");
        if (digest == 0) revert LaboratoriesFieldInvalid("digest");
        panels[panel] = digest;
        emit PanelPublished(panel, digest, sequence);
    }

    /// @inheritdoc ILaboratories
    function accredit(uint32 laboratory, uint16 panel, uint256 tests, uint40 from, uint40 until, bytes32 certificate)
        external
    {
        (Account account, uint256 sequence) = _enter(ACCREDIT, Role.ACCREDITOR, 1);
        _requireOwnShore(_laboratory(laboratory), account);
        if (panels[panel] == 0) revert LaboratoriesFieldInvalid("panel");
        if (tests == 0) revert LaboratoriesFieldInvalid("tests");
        if (certificate == 0) revert LaboratoriesFieldInvalid("certificate");
        _requireTerm(from, until);
        bytes32 key = _panelKey(laboratory, panel);
        uint256 last = periodCounts[key];
        if (last != 0 && !periods[_numbered(key, last)].isOverBy(from)) {
            revert LaboratoriesPeriodConflict(laboratory, panel, last);
        }
        if (last == type(uint16).max) revert LaboratoriesPeriodConflict(laboratory, panel, last);
        uint256 period = last + 1;
        periodCounts[key] = period;
        scopes[_numbered(key, period)] = tests;
        Term word = TermLib.given(from, until, account.member());
        periods[_numbered(key, period)] = word;
        emit AccreditationChanged(laboratory, panel, period, tests, certificate, word, sequence);
    }

    /// @inheritdoc ILaboratories
    function endAccreditation(uint32 laboratory, uint16 panel, uint8 reason) external {
        (Account account, uint256 sequence) = _enter(WITHDRAW, Role.ACCREDITOR, 1);
        _requireOwnShore(ledger.members(laboratory), account);
        if (!Reason.isGiven(reason)) revert LaboratoriesFieldInvalid("reason");
        bytes32 key = _panelKey(laboratory, panel);
        uint256 period = periodCounts[key];
        Term before = periods[_numbered(key, period)];
        if (!before.exists() || before.endedAt() != 0) revert LaboratoriesPeriodConflict(laboratory, panel, period);
        _setPeriod(laboratory, panel, period, before.ended(block.timestamp, reason), sequence);
    }

    /// @inheritdoc ILaboratories
    function declareCompromised(uint32 laboratory, uint16 panel, uint16 period, uint40 since) external {
        (Account account, uint256 sequence) = _enter(WITHDRAW, Role.ACCREDITOR, 1);
        _requireOwnShore(ledger.members(laboratory), account);
        Term before = periods[_numbered(_panelKey(laboratory, panel), period)];
        if (!before.exists()) revert LaboratoriesPeriodConflict(laboratory, panel, period);
        uint256 limit = before.compromisedSince() == 0 ? block.timestamp : before.compromisedSince() - 1;
        if (since == 0 || since > limit) revert LaboratoriesCompromiseInvalid(since, limit);
        _setPeriod(laboratory, panel, period, before.compromised(since), sequence);
    }

    /// @inheritdoc ILaboratories
    function designate(uint32 laboratory, uint16 panel, uint40 from, uint40 until) external {
        (Account account, uint256 sequence) = _enter(DESIGNATE, Role.REGULATOR, 1);
        _laboratory(laboratory);
        if (panels[panel] == 0) revert LaboratoriesFieldInvalid("panel");
        _requireTerm(from, until);
        _setDesignation(laboratory, panel, account.shore(), TermLib.given(from, until, account.member()), sequence);
    }

    /// @inheritdoc ILaboratories
    function endDesignation(uint32 laboratory, uint16 panel, uint8 reason) external {
        (Account account, uint256 sequence) = _enter(WITHDRAW, Role.REGULATOR, 1);
        if (!Reason.isGiven(reason)) revert LaboratoriesFieldInvalid("reason");
        Term before = designations[_numbered(_panelKey(laboratory, panel), account.shore())];
        if (!before.exists() || before.endedAt() != 0) {
            revert LaboratoriesNotDesignated(laboratory, account.shore());
        }
        _setDesignation(laboratory, panel, account.shore(), before.ended(block.timestamp, reason), sequence);
    }

    // -------------------------------------------------------------- internal

    function _laboratory(uint32 number) private view returns (Member member) {
        member = ledger.members(number);
        if (member.roles() & Role.LABORATORY == 0) revert LaboratoriesNotLaboratory(number);
    }

    /// @dev What a laboratory has can be ended without its being one any more: its shore may have taken the role away first.
    function _requireOwnShore(Member member, Account body) private pure {
        if (member.shore() != body.shore()) revert CompanionShoreWrong(body.shore(), member.shore());
    }

    function _setPeriod(uint256 laboratory, uint16 panel, uint256 period, Term word, uint256 sequence) private {
        bytes32 key = _numbered(_panelKey(laboratory, panel), period);
        periods[key] = word;
        emit AccreditationChanged(laboratory, panel, period, scopes[key], 0, word, sequence);
    }

    function _setDesignation(uint256 laboratory, uint16 panel, uint8 shore, Term word, uint256 sequence) private {
        designations[_numbered(_panelKey(laboratory, panel), shore)] = word;
        emit DesignationChanged(laboratory, panel, shore, word, sequence);
    }
}
