// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Chance} from "./Chance.sol";
import {Kind} from "../../../contracts/types/Codes.sol";
import {LawTest} from "./LawTest.sol";

/// @title Standings
/// @notice Gives documents a standing in the ledger by chance, and accounts theirs, and says what they are worth.
abstract contract Standings is LawTest, Chance {
    /// @dev What became of a document in the ledger.
    struct Standing {
        bool isActive;
        uint256 expiresAt;
    }

    uint40 internal constant LAPSE = uint40(START + 100 days);
    address internal constant LAPSING = address(0xA401);
    address internal constant SUSPENDED = address(0xA402);
    address internal constant WITHDRAWN = address(0xA403);
    address internal constant ALL_ROUND = address(0xA404);

    uint16 private constant FRAUD = 3;
    /// @dev Successors of superseded documents, which no test uses otherwise.
    uint256 private constant SUCCESSORS = 1e9;

    /// @dev Members with these roles, of this shore, that may write for a time, or no more, or have every other role too.
    function joinOthers(uint8 shore, uint16 roles, uint16 allRoles) internal {
        address authority = authorityOf(shore);
        uint32 lapsing = join(authority, roles, LAPSING);
        uint32 suspended = join(authority, roles, SUSPENDED);
        join(authority, roles, WITHDRAWN);
        join(authority, allRoles, ALL_ROUND);
        actAs(authority);
        ledger.renew(lapsing, roles, uint40(START), LAPSE);
        ledger.suspendMember(suspended, INVESTIGATION);
        ledger.withdrawAccount(WITHDRAWN);
    }

    /// @dev Any account, or one that was never authorised.
    function anyCaller() internal returns (address) {
        address[20] memory callers = [
            CERTIFIER_CN,
            LABORATORY_CN,
            OPERATOR_CN,
            CUSTOMS_CN,
            REGULATOR_CN,
            ACCREDITOR_CN,
            CERTIFIER_KR,
            LABORATORY_KR,
            OPERATOR_KR,
            CUSTOMS_KR,
            REGULATOR_KR,
            ACCREDITOR_KR,
            LAPSING,
            SUSPENDED,
            WITHDRAWN,
            ALL_ROUND,
            STRANGER,
            CHINA,
            KOREA,
            BOTH
        ];
        return callers[pick(callers.length)];
    }

    /// @dev Anchors document `n`, mostly, mostly as what it is, and mostly leaves it active for good.
    function anyStanding(address issuer, uint256 n, uint16 kind) internal returns (Standing memory standing) {
        uint256 fate = pick(24);
        actAs(issuer);
        if (fate == 0) return standing;
        standing.isActive = true;
        if (oneIn(6)) standing.expiresAt = START + 1 + pick(400 days);
        uint16 as_ = fate == 5 ? Kind.EPCIS_EVENTS : kind;
        ledger.anchor(entry(n, NO_SUBJECT, as_, uint40(standing.expiresAt)));
        if (fate == 1 || fate == 2) ledger.suspend(leafOf(n), INVESTIGATION);
        if (fate == 2) ledger.reinstate(leafOf(n), INVESTIGATION);
        if (fate == 3) ledger.revoke(leafOf(n), FRAUD);
        if (fate == 4) ledger.supersede(leafOf(n), entry(SUCCESSORS + n, NO_SUBJECT, kind, 0), FRAUD);
        standing.isActive = fate == 2 || fate > 5;
    }

    function counts(Standing memory standing, uint256 at) internal pure returns (bool) {
        return standing.isActive && (standing.expiresAt == 0 || at < standing.expiresAt);
    }

    /// @dev A random bit of the actions that can be paused, or none.
    function anyPause(address companion, uint8 action) internal returns (bool isPaused) {
        if (!oneIn(12)) return false;
        uint128 paused = uint128(1) << uint8(pick(128));
        if (oneIn(2)) paused |= uint128(1) << action;
        actAs(BOTH);
        ledger.pause(companion, paused);
        return paused >> action & 1 != 0;
    }

    function resumeAll(address companion) internal {
        actAs(BOTH);
        ledger.resume(companion, type(uint128).max);
    }
}
