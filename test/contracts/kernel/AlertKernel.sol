// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title AlertKernel
/// @notice What `SafetyAlerts` rules about the stages of an alert and its recalls.
contract AlertKernel {
    uint8 private constant RAISED = 1;
    uint8 private constant REVIEWED = 4;
    uint8 private constant CLOSED = 5;
    uint8 private constant OPEN = 1;
    uint8 private constant OVER = 2;

    mapping(uint256 alert => uint8 stage) public stageOf;
    mapping(uint256 alert => uint8 shore) public shoreOf;
    mapping(uint256 alert => uint256 count) public openRecalls;
    mapping(uint256 alert => mapping(uint256 recall => uint8 state)) public recalls;

    /// @dev Any alert: what holds of it holds of all.
    uint256 private immutable alert;

    // What happened to it, noted beside the rules.
    uint8 private lastStage;
    bool private isOutOfOrder;
    bool private isAdvancedByAnother;

    constructor(uint256 alert_) {
        alert = alert_;
    }

    function raise(uint256 named, uint8 shore) external {
        require(stageOf[named] == 0 && shore != 0);
        shoreOf[named] = shore;
        _setStage(named, RAISED);
    }

    function advance(uint256 named, uint8 shore, uint8 stage) external {
        _requireOwn(named, shore);
        require(stageOf[named] != CLOSED && stage <= CLOSED);
        require(stage == stageOf[named] + 1); // guards L1
        require(stage != CLOSED || openRecalls[named] == 0); // guards L2
        _setStage(named, stage);
        if (named == alert && shore != shoreOf[alert]) isAdvancedByAnother = true;
    }

    function openRecall(uint256 named, uint8 shore, uint256 recall) external {
        _requireOwn(named, shore);
        require(stageOf[named] != CLOSED); // guards L2
        require(recalls[named][recall] == 0);
        recalls[named][recall] = OPEN;
        ++openRecalls[named];
    }

    function closeRecall(uint256 named, uint8 shore, uint256 recall) external {
        _requireOwn(named, shore);
        require(recalls[named][recall] == OPEN);
        recalls[named][recall] = OVER;
        --openRecalls[named];
    }

    function _requireOwn(uint256 named, uint8 shore) private view {
        require(stageOf[named] != 0);
        require(shoreOf[named] == shore); // guards L3
    }

    function _setStage(uint256 named, uint8 stage) private {
        stageOf[named] = stage;
        if (named != alert) return;
        if (stage != lastStage + 1) isOutOfOrder = true;
        lastStage = stage;
    }

    function holds() external view {
        // L1: An alert passes its stages in order, and none twice.
        assert(!isOutOfOrder && lastStage == stageOf[alert]);
        // L2: An alert that is closed has no open recall.
        assert(stageOf[alert] != CLOSED || openRecalls[alert] == 0);
        // L3: Only the shore that raised an alert takes it on.
        assert(!isAdvancedByAnother);
    }
}
