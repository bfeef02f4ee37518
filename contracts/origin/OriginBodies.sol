// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {OriginState} from "./OriginState.sol";
import {IOrigin} from "../interfaces/IOrigin.sol";
import {Reason, Role} from "../types/Codes.sol";
import {Member} from "../types/Member.sol";
import {Regime, RegimeLib} from "../types/Regime.sol";
import {Term, TermLib} from "../types/Term.sol";

/// @title OriginBodies
/// @notice Agreements on origin, and who may certify under them.
abstract contract OriginBodies is OriginState {
    /// @inheritdoc IOrigin
    function setRegime(uint8 regime, uint16 validDays, uint16 replyDays) external {
        uint256 sequence = _enterAsBothShores();
        if (regime == 0 || validDays == 0 || replyDays == 0) revert OriginRegimeUnknown(regime);
        Regime word = RegimeLib.agreed(validDays, replyDays, block.timestamp);
        regimes[regime] = word;
        emit RegimeChanged(regime, word, sequence);
    }

    /// @inheritdoc IOrigin
    function authoriseBody(uint32 member, uint8 regime, uint40 from, uint40 until) external {
        uint256 sequence = _enterAsAuthority(_certifierShore(member));
        if (!regimes[regime].exists()) revert OriginRegimeUnknown(regime);
        if (from == 0 || (until != 0 && until <= from)) revert OriginTermInvalid(from, until);
        _setBody(member, regime, TermLib.given(from, until, 0), sequence);
    }

    /// @inheritdoc IOrigin
    function withdrawBody(uint32 member, uint8 regime, uint8 reason) external {
        // No role is asked for: a member that lost it must not find its authorisation again with it.
        uint256 sequence = _enterAsAuthority(ledger.members(member).shore());
        if (!Reason.isGiven(reason)) revert OriginFieldInvalid("reason");
        Term word = bodies[_bodyKey(member, regime)];
        if (!word.exists() || word.endedAt() != 0) revert OriginBodyInvalid(member);
        _setBody(member, regime, word.ended(block.timestamp, reason), sequence);
    }

    /// @dev The shore of a member that can certify.
    function _certifierShore(uint32 number) private view returns (uint8) {
        Member member = ledger.members(number);
        if (member.roles() & Role.CERTIFIER == 0) revert OriginBodyInvalid(number);
        return member.shore();
    }

    function _setBody(uint256 member, uint256 regime, Term word, uint256 sequence) private {
        bodies[_bodyKey(member, regime)] = word;
        emit BodyChanged(member, regime, word, sequence);
    }
}
