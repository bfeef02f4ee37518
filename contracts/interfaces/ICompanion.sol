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

    /// @notice The contract is in the ledger already, or follows none there: it takes nothing over.
    error CompanionNoSuccessor();

    /// @notice The ledger beside which this contract stands.
    /// @return The ledger
    function ledger() external view returns (ILedger);

    /// @notice A word of this contract's storage, for its successor.
    /// @param slot Number of the slot
    /// @return word What is in it
    function wordAt(bytes32 slot) external view returns (bytes32 word);

    /// @notice Takes words over from the contract of this kind that is the newest in the ledger, each into the slot that it has there. Anybody
    /// may call it, as there is one thing that it can write; until both shores add this contract to the ledger, and never after. That nothing was
    /// left out is shown by the two accounts' storage roots, which are then equal (docs/OPERATIONS.md).
    /// @param slots Numbers of the slots
    function carry(bytes32[] calldata slots) external;
}
