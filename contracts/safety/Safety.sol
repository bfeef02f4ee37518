// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CompanionContract} from "../CompanionContract.sol";
import {SafetyAlerts} from "./SafetyAlerts.sol";
import {SafetyMovements} from "./SafetyMovements.sol";
import {ILedger} from "../interfaces/ILedger.sol";

/// @title Safety
/// @notice Alerts, holds, recalls, and what they stop.
contract Safety is SafetyAlerts, SafetyMovements {
    /// @notice Names the ledger, for good.
    /// @param ledger_ The ledger
    constructor(ILedger ledger_) CompanionContract(ledger_) {}
}
