// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ICompanion} from "./interfaces/ICompanion.sol";
import {ILedger} from "./interfaces/ILedger.sol";
import {Account} from "./types/Account.sol";
import {Shore} from "./types/Codes.sol";
import {Record} from "./types/Record.sol";

/// @title CompanionContract
/// @notice What every contract beside the ledger shares: it asks the ledger who calls, and numbers its events in the ledger's sequence.
abstract contract CompanionContract is ICompanion {
    /// @inheritdoc ICompanion
    ILedger public immutable ledger;

    uint8 private immutable KIND;

    /// @notice Names the ledger, for good.
    /// @param ledger_ The ledger
    /// @param kind Code of what the contract does
    constructor(ILedger ledger_, uint8 kind) {
        if (address(ledger_).code.length == 0) revert CompanionLedgerInvalid(address(ledger_));
        ledger = ledger_;
        KIND = kind;
    }

    /// @inheritdoc ICompanion
    function carry(bytes32[] calldata slots) external {
        ICompanion predecessor = ICompanion(ledger.newestCompanion(KIND));
        if (address(predecessor) == address(0) || ledger.companions(address(this)).exists()) {
            revert CompanionNoSuccessor();
        }
        for (uint256 i = 0; i < slots.length; ++i) {
            bytes32 slot = slots[i];
            bytes32 word = predecessor.wordAt(slot);
            assembly ("memory-safe") {
                sstore(slot, word)
            }
        }
    }

    /// @inheritdoc ICompanion
    function wordAt(bytes32 slot) external view returns (bytes32 word) {
        assembly ("memory-safe") {
            word := sload(slot)
        }
    }

    /// @dev The caller's standing, if it is a live account of a member with one of the roles and the action is not paused; and the number
    /// of the first of the events that follow.
    function _enter(uint8 action, uint16 roles, uint256 events) internal returns (Account account, uint256 sequence) {
        (account, sequence,) = _enterAbout(0, action, roles, events);
    }

    /// @dev The same, and what the ledger says of a record.
    function _enterAbout(bytes32 id, uint8 action, uint16 roles, uint256 events)
        internal
        returns (Account account, uint256 sequence, Record record)
    {
        (account, sequence, record) = ledger.enter(msg.sender, action, events, id);
        if (account.roles() & roles == 0) revert CompanionRoleMissing(account.roles(), roles);
    }

    /// @dev Lets only the authority of a shore, or of both together, go on.
    function _enterAsAuthority(uint8 shore) internal returns (uint256 sequence) {
        return ledger.enterAsAuthority(msg.sender, shore, 1);
    }

    /// @dev Lets only both shores together go on.
    function _enterAsBothShores() internal returns (uint256 sequence) {
        return _enterAsAuthority(Shore.BOTH);
    }
}
