// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ILedger} from "./ILedger.sol";

/// @title ICompanion
/// @notice What every contract beside the ledger has in common. Besides the errors below each function that writes can answer those of
/// `ICompanions.enter` or `enterAsAuthority`.
interface ICompanion {
    /// @notice There is no contract at the address given as the ledger.
    /// @param ledger Address given
    error CompanionLedgerInvalid(address ledger);

    /// @notice The caller's member has none of the roles that may do this.
    /// @param roles Roles of the account
    /// @param needed Bits of the roles of which one is needed
    error CompanionRoleMissing(uint16 roles, uint16 needed);

    /// @notice The caller is of another shore than the one whose business it is.
    /// @param shore Shore of the caller
    /// @param needed Shore whose it is
    error CompanionShoreWrong(uint8 shore, uint8 needed);

    /// @notice The ledger beside which this contract stands.
    /// @return The ledger
    function ledger() external view returns (ILedger);
}
