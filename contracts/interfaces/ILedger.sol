// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ICompanions} from "./ICompanions.sol";
import {IMembership} from "./IMembership.sol";
import {INotary} from "./INotary.sol";

/// @title ILedger
/// @notice The ledger's whole face: membership, notary and what stands beside them, at one address.
interface ILedger is IMembership, INotary, ICompanions {
    /// @notice How many events the ledger has ever emitted; the newest carries this number, the first carried 1.
    /// @return count The count
    function sequence() external view returns (uint256 count);
}
