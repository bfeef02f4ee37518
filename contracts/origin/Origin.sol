// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CompanionContract} from "../CompanionContract.sol";
import {OriginBodies} from "./OriginBodies.sol";
import {OriginIssuing} from "./OriginIssuing.sol";
import {OriginUse} from "./OriginUse.sol";
import {OriginVerification} from "./OriginVerification.sol";
import {ILedger} from "../interfaces/ILedger.sol";
import {ISafety} from "../interfaces/ISafety.sol";

/// @title Origin
/// @notice Certificates of origin, from the authorisation of their issuer to the verification after clearance.
contract Origin is OriginBodies, OriginIssuing, OriginUse, OriginVerification {
    /// @notice Names the ledger and the holds, for good.
    /// @param ledger_ The ledger
    /// @param safety_ The contract that keeps the holds
    constructor(ILedger ledger_, ISafety safety_) CompanionContract(ledger_) OriginUse(safety_) {}
}
