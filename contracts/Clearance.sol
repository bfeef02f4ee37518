// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CompanionContract} from "./CompanionContract.sol";
import {ILedger} from "./interfaces/ILedger.sol";
import {OriginBodies} from "./origin/OriginBodies.sol";
import {OriginIssuing} from "./origin/OriginIssuing.sol";
import {OriginUse} from "./origin/OriginUse.sol";
import {OriginVerification} from "./origin/OriginVerification.sol";
import {SafetyAlerts} from "./safety/SafetyAlerts.sol";
import {SafetyMovements} from "./safety/SafetyMovements.sol";
import {CompanionKind} from "./types/Companion.sol";

/// @title Clearance
/// @notice What decides whether goods pass: certificates of origin and their one use, alerts, holds and recalls. One contract, as a use
/// must see the holds: a call to another would cost 3,200 gas (docs/adr/0007-companions.md).
contract Clearance is OriginBodies, OriginIssuing, OriginUse, OriginVerification, SafetyAlerts, SafetyMovements {
    /// @notice Names the ledger, for good.
    /// @param ledger_ The ledger
    constructor(ILedger ledger_) CompanionContract(ledger_, CompanionKind.CLEARANCE) {}
}
