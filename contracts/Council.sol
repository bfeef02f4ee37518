// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {ICouncil} from "./interfaces/ICouncil.sol";
import {ILedger} from "./interfaces/ILedger.sol";
import {Shore} from "./types/Codes.sol";

/// @title Council
/// @notice An authority of several seats.
/// @dev Why not OpenZeppelin's AccessManager or TimelockController: docs/adr/0006-councils.md.
contract Council is ICouncil, EIP712 {
    using Address for address;
    using EnumerableSet for EnumerableSet.AddressSet;

    struct Proposal {
        uint40 expiresAt;
        uint40 quorumAt;
        uint40 executedAt;
    }

    /// @notice Most seats: each act counts the approvals of all.
    uint256 private constant MAX_SEATS = 16;
    bytes32 private constant APPROVAL_TYPE = keccak256("Approval(bytes32 proposal,uint256 deadline)");

    EnumerableSet.AddressSet private _seats;
    /// @dev Who has or had a seat.
    mapping(address seat => bool) private _wasSeated;
    /// @inheritdoc ICouncil
    uint256 public threshold;
    /// @dev When the threshold was last lowered, which can make a quorum as well as an approval can.
    uint256 private _loweredAt;
    /// @inheritdoc ICouncil
    uint256 public immutable delay;
    /// @inheritdoc ICouncil
    ILedger public ledger;
    /// @inheritdoc ICouncil
    mapping(bytes4 selector => bool) public isUrgent;
    /// @inheritdoc ICouncil
    mapping(bytes32 proposal => Proposal) public proposals;
    /// @inheritdoc ICouncil
    mapping(bytes32 proposal => mapping(address seat => bool)) public approvals;
    /// @inheritdoc ICouncil
    mapping(bytes32 proposal => mapping(address seat => bool)) public hasSigned;

    modifier onlySelf() {
        if (msg.sender != address(this)) revert CouncilNotSelf(msg.sender);
        _;
    }

    /// @notice Gives the first seats.
    /// @param first Addresses that take them
    /// @param threshold_ Approvals that an act needs
    /// @param delay_ Seconds between quorum and act
    /// @param urgent Functions that need not wait: such as can only stop things
    constructor(address[] memory first, uint256 threshold_, uint256 delay_, bytes4[] memory urgent)
        EIP712("Tidemark Council", "1")
    {
        for (uint256 i = 0; i < first.length; ++i) {
            _seat(first[i]);
        }
        _setThreshold(threshold_);
        delay = delay_;
        for (uint256 i = 0; i < urgent.length; ++i) {
            isUrgent[urgent[i]] = true;
        }
    }

    // ----------------------------------------------------------------- views

    /// @inheritdoc ICouncil
    function seats() external view returns (address[] memory list) {
        return _seats.values();
    }

    /// @inheritdoc ICouncil
    function proposalOf(Act calldata act) public view returns (bytes32 proposal) {
        return sha256(abi.encode(block.chainid, address(this), act.target, sha256(act.data), act.salt, act.expiresAt));
    }

    // ------------------------------------------------------------------ acts

    /// @inheritdoc ICouncil
    function propose(Act calldata act) external returns (bytes32 proposal) {
        proposal = proposalOf(act);
        bool isTooLate = act.expiresAt <= block.timestamp;
        if (isTooLate || proposals[proposal].expiresAt != 0) revert CouncilProposalClosed(proposal);
        if (!_isAllowed(act.target)) revert CouncilTargetForbidden(act.target);
        proposals[proposal].expiresAt = act.expiresAt;
        emit ActProposed(proposal, msg.sender, act.target, act.data, act.salt, act.expiresAt);
        _approve(proposal, msg.sender);
    }

    /// @inheritdoc ICouncil
    function approve(bytes32 proposal) external {
        _approve(proposal, msg.sender);
    }

    /// @inheritdoc ICouncil
    function approveBySignature(bytes32 proposal, address seat, uint256 deadline, bytes calldata signature) external {
        if (block.timestamp > deadline) revert CouncilSignatureExpired(deadline);
        bytes32 message = keccak256(abi.encode(APPROVAL_TYPE, proposal, deadline));
        address signer = ECDSA.recover(_hashTypedDataV4(message), signature);
        if (signer != seat) revert CouncilNotSeat(signer);
        if (hasSigned[proposal][seat]) revert CouncilApprovalUnchanged(proposal, seat);
        hasSigned[proposal][seat] = true;
        _approve(proposal, seat);
    }

    /// @inheritdoc ICouncil
    function withdrawApproval(bytes32 proposal) external {
        _requireOpen(proposal);
        if (!approvals[proposal][msg.sender]) revert CouncilApprovalUnchanged(proposal, msg.sender);
        approvals[proposal][msg.sender] = false;
        // Whoever takes an approval back must not find it given again by a signature, used before or still under way.
        hasSigned[proposal][msg.sender] = true;
        emit ApprovalChanged(proposal, msg.sender, false);
    }

    /// @inheritdoc ICouncil
    function execute(Act calldata act) external {
        bytes32 proposal = proposalOf(act);
        _requireOpen(proposal);
        _requireReady(proposal, isUrgent[bytes4(act.data)] ? 0 : delay);
        if (!_isAllowed(act.target)) revert CouncilTargetForbidden(act.target);
        proposals[proposal].executedAt = uint40(block.timestamp);
        emit ActExecuted(proposal);
        act.target.functionCall(act.data);
    }

    // ------------------------------------------------------- the council itself

    /// @inheritdoc ICouncil
    function replaceSeat(address former, address next) external onlySelf {
        _unseat(former);
        _seat(next);
    }

    /// @inheritdoc ICouncil
    function addSeat(address seat, uint256 newThreshold) external onlySelf {
        _seat(seat);
        _setThreshold(newThreshold);
    }

    /// @inheritdoc ICouncil
    function removeSeat(address seat, uint256 newThreshold) external onlySelf {
        _unseat(seat);
        _setThreshold(newThreshold);
    }

    /// @inheritdoc ICouncil
    function adoptLedger(ILedger ledger_) external onlySelf {
        if (address(ledger) != address(0) || address(ledger_).code.length == 0) {
            revert CouncilLedgerInvalid(address(ledger_));
        }
        ledger = ledger_;
        emit LedgerAdopted(ledger_);
    }

    // -------------------------------------------------------------- internal

    /// @dev Notes when a quorum is made, and anew where an approval or a seat was missing in between.
    function _approve(bytes32 proposal, address seat) private {
        _requireOpen(proposal);
        if (!_seats.contains(seat)) revert CouncilNotSeat(seat);
        if (approvals[proposal][seat]) revert CouncilApprovalUnchanged(proposal, seat);
        approvals[proposal][seat] = true;
        if (_count(proposal) == threshold) proposals[proposal].quorumAt = uint40(block.timestamp);
        emit ApprovalChanged(proposal, seat, true);
    }

    function _requireOpen(bytes32 proposal) private view {
        Proposal storage known = proposals[proposal];
        if (known.expiresAt <= block.timestamp || known.executedAt != 0) revert CouncilProposalClosed(proposal);
    }

    /// @dev Only present seats count: who lost a seat lost its approvals with it.
    function _requireReady(bytes32 proposal, uint256 wait) private view {
        uint256 given = _count(proposal);
        if (given < threshold) revert CouncilNotReady(proposal, given, 0);
        uint256 readyAt = Math.max(proposals[proposal].quorumAt, _loweredAt) + wait;
        if (block.timestamp < readyAt) revert CouncilNotReady(proposal, given, readyAt);
    }

    function _count(bytes32 proposal) private view returns (uint256 given) {
        for (uint256 i = 0; i < _seats.length(); ++i) {
            if (approvals[proposal][_seats.at(i)]) ++given;
        }
    }

    function _isAllowed(address target) private view returns (bool) {
        if (target == address(this)) return true;
        if (address(ledger) == address(0)) return false;
        return target == address(ledger) || ledger.companions(target).exists() || _isCouncil(target);
    }

    function _isCouncil(address target) private view returns (bool) {
        return target == ledger.authorities(Shore.CN) || target == ledger.authorities(Shore.KR)
            || target == ledger.authorities(Shore.BOTH);
    }

    /// @dev Once for each address: what it approved before it lost a seat would count again.
    function _seat(address seat) private {
        bool isImpossible = seat == address(0) || seat == address(this);
        if (isImpossible || _wasSeated[seat]) revert CouncilSeatConflict(seat);
        _wasSeated[seat] = true;
        _seats.add(seat);
        emit SeatChanged(seat, true);
    }

    function _unseat(address seat) private {
        if (!_seats.remove(seat)) revert CouncilSeatConflict(seat);
        emit SeatChanged(seat, false);
    }

    /// @dev More than half, so that no two disjoint groups of seats can act.
    function _setThreshold(uint256 wanted) private {
        uint256 count = _seats.length();
        if (count == 0 || count > MAX_SEATS || wanted > count || wanted * 2 <= count) {
            revert CouncilSeatsInvalid(count, wanted);
        }
        if (wanted < threshold) _loweredAt = block.timestamp;
        threshold = wanted;
        emit ThresholdChanged(wanted);
    }
}
