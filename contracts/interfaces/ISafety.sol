// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Alert} from "../types/Alert.sol";
import {Head} from "../types/Head.sol";
import {Lot} from "../types/Lot.sol";
import {Recall} from "../types/Recall.sol";
import {ICompanion} from "./ICompanion.sol";

/// @title ISafety
/// @notice Alerts, holds and recalls, and the movements of goods that they stop.
///
/// What holds, whoever calls:
/// - a lot that either shore holds or recalls is neither released nor written off, nor used for a preference (`IOrigin.consume`);
/// - only the shore that put a hold or recall on a lot takes it off;
/// - an alert passes its five stages in order, each with evidence, and is closed only after its review and with no recall open;
/// - raising, holding and recalling cannot be paused.
///
/// What readers must know: a lot's key is its salted subject key; deadlines are computed outside, by the calendars of the shore, and kept here.
interface ISafety is ICompanion {
    /// @notice An order to recall.
    /// @param alert Alert that it belongs to
    /// @param salt What makes the recall's id, `SHA-256(alert || salt)`, new
    /// @param recallClass Class in the law of the shore: 1 to 3
    /// @param owner Number of the member that must recall
    /// @param startBy Until when it must have begun, Unix seconds
    /// @param completeBy Until when it must be done, Unix seconds
    /// @param evidence Digest of the order's text
    struct RecallOrder {
        bytes32 alert;
        bytes32 salt;
        uint8 recallClass;
        uint32 owner;
        uint40 startBy;
        uint40 completeBy;
        bytes32 evidence;
    }

    // ---------------------------------------------------------------- events

    /// @notice An alert was raised or came to its next stage, or a recall of its was opened or closed.
    /// @param alert Its id
    /// @param evidence Digest of the paper that goes with it
    /// @param word Its state from now on
    /// @param sequence Number of this event
    event AlertChanged(bytes32 indexed alert, bytes32 evidence, Alert word, uint256 sequence);

    /// @notice An alert names a lot. Follows the alert's own event, a lot an event, in order.
    /// @param alert Its id
    /// @param lot Subject key of the lot or logistic unit
    /// @param sequence Number of this event
    event AlertLotNamed(bytes32 indexed alert, bytes32 indexed lot, uint256 sequence);

    /// @notice A recall was opened or closed.
    /// @param recall Its id
    /// @param alert Alert that it belongs to
    /// @param evidence Digest of the paper that goes with it
    /// @param word Its state from now on
    /// @param sequence Number of this event
    event RecallChanged(bytes32 indexed recall, bytes32 indexed alert, bytes32 evidence, Recall word, uint256 sequence);

    /// @notice What stops a lot changed.
    /// @param lot Subject key of the lot or logistic unit
    /// @param cause Id of the recall; 0: a hold
    /// @param by Number of the member that did it
    /// @param reason Code of the reason
    /// @param word What stops it from now on
    /// @param sequence Number of this event
    event LotChanged(
        bytes32 indexed lot, bytes32 indexed cause, uint256 by, uint256 reason, Lot word, uint256 sequence
    );

    /// @notice Customs let a lot go, or a lot was written off from a bonded account.
    /// @param lot Subject key of the lot or logistic unit
    /// @param document Salted commitment to the declaration or list
    /// @param movement 1 released without a claim of preference, 2 released with one, 3 written off
    /// @param by Number of the member that did it
    /// @param sequence Number of this event
    event LotMoved(bytes32 indexed lot, bytes32 indexed document, uint256 movement, uint256 by, uint256 sequence);

    // ---------------------------------------------------------------- errors

    /// @notice A grade, class, owner, deadline, evidence, reason, document or lot is missing or cannot be.
    /// @param field Name of the parameter
    error SafetyFieldInvalid(bytes32 field);

    /// @notice There is no such alert, recall or lot of the alert, or there is one already.
    /// @param id Id given
    error SafetyUnknown(bytes32 id);

    /// @notice The id was given before.
    /// @param id Id given
    error SafetyTaken(bytes32 id);

    /// @notice The alert is not in the stage before the one that is wanted, or has a recall open.
    /// @param alert Its id
    /// @param stage Its stage
    error SafetyStageConflict(bytes32 alert, uint8 stage);

    /// @notice The lot is held or recalled already by the caller's shore, or is not.
    /// @param lot Subject key of the lot
    /// @param word What stops it
    error SafetyLotConflict(bytes32 lot, Lot word);

    /// @notice The goods may not move. (LOT_ON_HOLD)
    /// @param lot Subject key of the lot
    /// @param word What stops it
    error SafetyLotOnHold(bytes32 lot, Lot word);

    /// @notice There is nothing to do, or too much for one call.
    /// @param count Number given
    /// @param limit Most allowed
    error SafetyCountOutOfRange(uint256 count, uint256 limit);

    // ----------------------------------------------------------------- views

    /// @notice What stops a lot.
    /// @param lot Subject key of the lot or logistic unit
    /// @return word The packed word; zero: nothing
    function lots(bytes32 lot) external view returns (Lot word);

    /// @notice Head of the history of what stopped a lot, over the words that it had.
    /// @param lot Subject key of the lot or logistic unit
    /// @return head Count and chain
    function lotHeads(bytes32 lot) external view returns (Head head);

    /// @notice An alert.
    /// @param alert Its id
    /// @return word The packed word; zero: none
    function alerts(bytes32 alert) external view returns (Alert word);

    /// @notice Evidence of a stage of an alert.
    /// @param key `SHA-256(alert || uint256(stage))`
    /// @return evidence Digest of the paper; zero: none yet
    function alertEvidence(bytes32 key) external view returns (bytes32 evidence);

    /// @notice Whether an alert names a lot.
    /// @param key `SHA-256(alert || lot)`
    /// @return isNamed Whether it does
    function alertLots(bytes32 key) external view returns (bool isNamed);

    /// @notice A recall.
    /// @param recall Its id
    /// @return word The packed word; zero: none
    function recalls(bytes32 recall) external view returns (Recall word);

    /// @notice Who moved goods under a document.
    /// @param document Salted commitment to the declaration or list
    /// @return word `movement 8, by 32, at 40` in the low 80 bits; zero: none
    function movements(bytes32 document) external view returns (uint256 word);

    // ---------------------------------------------------------------- alerts

    /// @notice Raises an alert about lots.
    /// @param salt What makes its id, `SHA-256(uint256(member) || salt)`, the caller's own and new
    /// @param grade I to IV as 1 to 4 (B6 of the domain's rules; texts and timers are data)
    /// @param owner Number of the member that must act
    /// @param dueAt Until when the assessment is due, Unix seconds
    /// @param evidence Digest of the finding
    /// @param named Subject keys of the lots and logistic units
    /// @return alert Its id
    function raiseAlert(
        bytes32 salt,
        uint8 grade,
        uint32 owner,
        uint40 dueAt,
        bytes32 evidence,
        bytes32[] calldata named
    ) external returns (bytes32 alert);

    /// @notice Brings an alert of the caller's shore to its next stage: assessed, disposed of, reviewed, closed.
    /// @param alert Its id
    /// @param stage The stage wanted, the one after its present
    /// @param owner Number of the member that must act next
    /// @param dueAt Until when the stage after is due; not 0 but at closing
    /// @param evidence Digest of the paper
    function advanceAlert(bytes32 alert, uint8 stage, uint32 owner, uint40 dueAt, bytes32 evidence) external;

    // ----------------------------------------------------------------- holds

    /// @notice Stops a lot or logistic unit for the caller's shore.
    /// @param lot Its subject key
    /// @param reason Code of the reason
    function hold(bytes32 lot, uint8 reason) external;

    /// @notice Takes off the hold of the caller's shore.
    /// @param lot Its subject key
    /// @param reason Code of the reason
    function lift(bytes32 lot, uint8 reason) external;

    // --------------------------------------------------------------- recalls

    /// @notice Opens a recall of lots that an open alert of the caller's shore names.
    /// @param order The order
    /// @param named Subject keys of the lots
    /// @return recall Its id
    function openRecall(RecallOrder calldata order, bytes32[] calldata named) external returns (bytes32 recall);

    /// @notice Closes a recall of the caller's shore. The lots stay recalled, as they were, but for those that are given back.
    /// @param alert Alert that it belongs to
    /// @param salt What made the recall's id
    /// @param evidence Digest of the report on what was returned and destroyed
    /// @param restored Subject keys of lots of the alert that turned out to be right, whichever recall of the shore's recalled them
    function closeRecall(bytes32 alert, bytes32 salt, bytes32 evidence, bytes32[] calldata restored) external;

    // ------------------------------------------------------------- movements

    /// @notice Customs of the importing shore release lots, with or without a claim of preference.
    /// @param declaration Salted commitment to the declaration
    /// @param isPreferential Whether the declaration consumes a certificate of origin
    /// @param released Subject keys of the lots
    function release(bytes32 declaration, bool isPreferential, bytes32[] calldata released) external;

    /// @notice Writes lots off from a bonded account.
    /// @param list Salted commitment to the list
    /// @param written Subject keys of the lots
    function writeOff(bytes32 list, bytes32[] calldata written) external;
}
