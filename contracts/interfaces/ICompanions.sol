// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Account} from "../types/Account.sol";
import {Companion} from "../types/Companion.sol";
import {Record} from "../types/Record.sol";

/// @title ICompanions
/// @notice The contracts that stand beside the ledger and hold its rules: what a certificate, a laboratory, a hold may do. Both shores
/// together add one and pause its actions; nobody changes or removes one. A later version is added beside the earlier, which stays readable.
///
/// What holds, whoever calls:
/// - only a contract that both shores added takes numbers of the one sequence, so every rule's event is counted with the ledger's own;
/// - the ledger calls none of them: a faulty one can write wrong things of its own, and nothing into records, members or heads;
/// - anchoring, revoking and reading are the ledger's own and cannot be paused by anybody.
///
/// What both shores must check before they add one: that it names nobody but its caller to `enter`, and emits exactly as many events as it takes
/// numbers for. Of one that does not, the indexes tell that events are missing.
interface ICompanions {
    // ---------------------------------------------------------------- events

    /// @notice A contract was added, or some of its actions were paused or resumed.
    /// @param companion Its address
    /// @param word Its standing from now on
    /// @param sequence Number of this event
    event CompanionChanged(address indexed companion, Companion word, uint256 sequence);

    // ---------------------------------------------------------------- errors

    /// @notice The address has no code, has been added already, or its kind is 0.
    /// @param companion Address given
    /// @param kind Code given
    error CompanionsInvalid(address companion, uint8 kind);

    /// @notice The address was never added.
    /// @param companion Address given, or who called
    error CompanionsUnknown(address companion);

    /// @notice Both shores paused the action.
    /// @param companion Contract whose action it is
    /// @param action Number of the action
    error CompanionsActionPaused(address companion, uint8 action);

    // ----------------------------------------------------------------- views

    /// @notice What is known of a contract beside the ledger.
    /// @param companion Its address
    /// @return word The packed word; zero: never added
    function companions(address companion) external view returns (Companion word);

    /// @notice The newest contract of a kind.
    /// @param kind Code of the kind
    /// @return companion Its address; zero: none
    function newestCompanion(uint256 kind) external view returns (address companion);

    // ------------------------------------------------------------ both shores

    /// @notice Adds a contract beside the ledger: the newest of its kind from now on.
    /// @param companion Its address
    /// @param kind Code of what it does
    function addCompanion(address companion, uint8 kind) external;

    /// @notice Pauses actions of a contract. Withdrawing, refusing and warning have numbers that cannot be paused.
    /// @param companion Its address
    /// @param actions One bit for each action
    function pause(address companion, uint128 actions) external;

    /// @notice Lets paused actions go on.
    /// @param companion Its address
    /// @param actions One bit for each action
    function resume(address companion, uint128 actions) external;

    // ------------------------------------------------------------- companions

    /// @notice For companions: checks that an account may write now, that the action is not paused, and takes numbers for its events.
    /// @param account Who called the companion
    /// @param action Number of the action
    /// @param events How many events the companion will emit
    /// @param id Id of a record that the companion must know of; 0: none. (Asked for here, it costs 900 gas less than by a call of its own.)
    /// @return standing The account's word: member, roles, shore
    /// @return first Number of the first of these events; the others follow it
    /// @return record The record's word; zero: none
    function enter(address account, uint8 action, uint256 events, bytes32 id)
        external
        returns (Account standing, uint256 first, Record record);

    /// @notice For companions: checks that an authority acts, and takes numbers for its events.
    /// @param caller Who called the companion
    /// @param shore Whose authority is needed: 1: CN, 2: KR, 3: both together
    /// @param events How many events the companion will emit
    /// @return first Number of the first of these events
    function enterAsAuthority(address caller, uint256 shore, uint256 events) external returns (uint256 first);
}
