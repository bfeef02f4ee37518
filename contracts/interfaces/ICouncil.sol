// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ILedger} from "./ILedger.sol";

/// @title ICouncil
/// @notice An authority of several: an act is done when enough seats approve it and its delay is over. Three of them govern a ledger: one of each
/// shore, whose seats are officials' keys, and one of both shores, whose two seats are the other councils.
///
/// What holds, whoever calls:
/// - an act is executed only with the approval of at least `threshold` addresses that hold a seat at that moment, and once;
/// - between the quorum and the act lies `delay`, but for urgent functions, which can only stop things, or speak in the council of both, which has
///   a delay of its own; it begins with the approval that made the quorum or the act that lowered the threshold, and anew where an approval or a
///   seat was missing in between;
/// - seats, threshold and the ledger change by the council's own act alone;
/// - a council calls nothing but itself, the ledger that it adopted, that ledger's companions and its other councils, and sends no value.
///
/// What is assumed of the seats: fewer than `threshold` of them are ever in wrong hands, and no more than `seats - threshold` are lost at once:
/// then the others replace them (`replaceSeat`), each by an address that never had a seat. Beyond that a council cannot act any more, and nobody
/// can act in its place.
interface ICouncil {
    /// @notice Something that a council is to do.
    /// @param target Contract to be called
    /// @param data Its calldata
    /// @param salt What makes the same call another act
    /// @param expiresAt From when on it can no longer be approved or executed, Unix seconds
    struct Act {
        address target;
        bytes data;
        bytes32 salt;
        uint40 expiresAt;
    }

    // ---------------------------------------------------------------- events

    /// @notice An act was proposed.
    /// @param proposal Its id
    /// @param proposer Seat that proposed it
    /// @param target Contract to be called
    /// @param data Its calldata
    /// @param salt What makes the same call another act
    /// @param expiresAt Unix seconds
    event ActProposed(
        bytes32 indexed proposal, address indexed proposer, address target, bytes data, bytes32 salt, uint40 expiresAt
    );

    /// @notice A seat approved an act, or took its approval back.
    /// @param proposal Id of the act
    /// @param seat The seat
    /// @param isApproved Whether it approves from now on
    event ApprovalChanged(bytes32 indexed proposal, address indexed seat, bool isApproved);

    /// @notice An act was executed.
    /// @param proposal Its id
    event ActExecuted(bytes32 indexed proposal);

    /// @notice A seat was taken or given up.
    /// @param seat The address
    /// @param isSeated Whether it has a seat from now on
    event SeatChanged(address indexed seat, bool isSeated);

    /// @notice Another number of approvals is needed.
    /// @param threshold The number
    event ThresholdChanged(uint256 threshold);

    /// @notice The council adopted its ledger, for good.
    /// @param ledger The ledger
    event LedgerAdopted(ILedger indexed ledger);

    // ---------------------------------------------------------------- errors

    /// @notice The caller, or the signer, has no seat.
    /// @param account Its address
    error CouncilNotSeat(address account);

    /// @notice Only the council itself can do this, by an act of its own.
    /// @param caller Who called
    error CouncilNotSelf(address caller);

    /// @notice There must be 1 to 16 different seats and a threshold of more than half of them that they can reach.
    /// @param seats Number of seats
    /// @param threshold Threshold given
    error CouncilSeatsInvalid(uint256 seats, uint256 threshold);

    /// @notice The address has no seat to lose, or cannot take one: it is nobody's, the council's own, or has or had one.
    /// @param seat Address given
    error CouncilSeatConflict(address seat);

    /// @notice The ledger was adopted before, or is none.
    /// @param ledger Address given
    error CouncilLedgerInvalid(address ledger);

    /// @notice The council does not call this contract.
    /// @param target Address given
    error CouncilTargetForbidden(address target);

    /// @notice There is no such act, or it was proposed, executed or expired already.
    /// @param proposal Id of the act
    error CouncilProposalClosed(bytes32 proposal);

    /// @notice The seat approved the act already, or did not.
    /// @param proposal Id of the act
    /// @param seat The seat
    error CouncilApprovalUnchanged(bytes32 proposal, address seat);

    /// @notice The signature came too late.
    /// @param deadline Unix seconds
    error CouncilSignatureExpired(uint256 deadline);

    /// @notice The act has not enough approvals, or its delay is not over.
    /// @param proposal Id of the act
    /// @param approvals Approvals of present seats
    /// @param readyAt When it can be executed, Unix seconds; 0: not known, approvals are missing
    error CouncilNotReady(bytes32 proposal, uint256 approvals, uint256 readyAt);

    // ----------------------------------------------------------------- views

    /// @notice The addresses that have a seat, in no particular order.
    /// @return list At most 16
    function seats() external view returns (address[] memory list);

    /// @notice How many approvals an act needs.
    /// @return The number
    function threshold() external view returns (uint256);

    /// @notice Seconds between the quorum and the act.
    /// @return The delay
    function delay() external view returns (uint256);

    /// @notice Whether acts of a function need not wait for the delay.
    /// @param selector Selector of the function
    /// @return Whether it is urgent
    function isUrgent(bytes4 selector) external view returns (bool);

    /// @notice The ledger that it governs.
    /// @return The ledger; zero: not adopted yet
    function ledger() external view returns (ILedger);

    /// @notice Whether a seat approves an act.
    /// @param proposal Id of the act
    /// @param seat The seat
    /// @return Whether it does
    function approvals(bytes32 proposal, address seat) external view returns (bool);

    /// @notice Whether a seat has approved an act by signature, or took an approval of it back: then no signature of it counts any more.
    /// @param proposal Id of the act
    /// @param seat The seat
    /// @return Whether it has
    function hasSigned(bytes32 proposal, address seat) external view returns (bool);

    /// @notice How far an act is.
    /// @param proposal Its id
    /// @return expiresAt Unix seconds; 0: never proposed
    /// @return quorumAt When the approval that made the quorum was given, Unix seconds; 0: not yet
    /// @return executedAt Unix seconds; 0: not yet
    function proposals(bytes32 proposal) external view returns (uint40 expiresAt, uint40 quorumAt, uint40 executedAt);

    /// @notice The id of an act: SHA-256 over this council's chain and address and the act.
    /// @param act The act
    /// @return proposal Its id
    function proposalOf(Act calldata act) external view returns (bytes32 proposal);

    // ------------------------------------------------------------------ acts

    /// @notice Proposes an act; the proposer approves it.
    /// @param act The act
    /// @return proposal Its id
    function propose(Act calldata act) external returns (bytes32 proposal);

    /// @notice Approves an act.
    /// @param proposal Its id
    function approve(bytes32 proposal) external;

    /// @notice Approves an act by a signature, so that an official's key need not send transactions (EIP-712:
    /// `Approval(bytes32 proposal,uint256 deadline)`, domain `Tidemark Council`, version 1). A seat approves an act by signature once; the order
    /// of signatures does not matter, so several can be given in advance.
    /// @param proposal Id of the act
    /// @param seat The seat that signed
    /// @param deadline Until when the signature counts, Unix seconds
    /// @param signature 65 bytes
    function approveBySignature(bytes32 proposal, address seat, uint256 deadline, bytes calldata signature) external;

    /// @notice Takes an approval back. The seat can give it again, but not by signature.
    /// @param proposal Id of the act
    function withdrawApproval(bytes32 proposal) external;

    /// @notice Executes an act that has its quorum and whose delay is over. Anybody may call this.
    /// @param act The act
    function execute(Act calldata act) external;

    // ------------------------------------------------------- the council itself

    /// @notice Gives a seat to another address: a lost key, or another official.
    /// @param former Address that has the seat
    /// @param next Address that takes it, and never had one
    function replaceSeat(address former, address next) external;

    /// @notice Adds a seat.
    /// @param seat Its address, which never had one
    /// @param newThreshold Approvals needed from now on
    function addSeat(address seat, uint256 newThreshold) external;

    /// @notice Removes a seat.
    /// @param seat Its address
    /// @param newThreshold Approvals needed from now on
    function removeSeat(address seat, uint256 newThreshold) external;

    /// @notice Adopts the ledger that the council governs, once.
    /// @param ledger_ The ledger
    function adoptLedger(ILedger ledger_) external;
}
