// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ICompanions} from "../../contracts/interfaces/ICompanions.sol";
import {IMembership} from "../../contracts/interfaces/IMembership.sol";
import {INotary} from "../../contracts/interfaces/INotary.sol";
import {ISafety} from "../../contracts/interfaces/ISafety.sol";
import {Role} from "../../contracts/types/Codes.sol";
import {MembershipKernel} from "./kernel/MembershipKernel.sol";
import {PauseKernel} from "./kernel/PauseKernel.sol";
import {SequenceKernel} from "./kernel/SequenceKernel.sol";
import {StandingKernel} from "./kernel/StandingKernel.sol";
import {LawTest} from "./support/LawTest.sol";
import {Simulation} from "./support/Simulation.sol";
import {Log} from "./support/Vm.sol";

/// @title KernelLedgerTest
/// @notice Records, members, pauses and events at random, in the ledger and in its kernels.
contract KernelLedgerTest is LawTest, Simulation {
    uint256 private constant STEPS = 24;
    uint256 private constant LEAVES = 3;
    uint256 private constant MEMBERS = 2;
    uint256 private constant ACCOUNTS = 3;
    uint16 private constant REASON = 6;

    StandingKernel private standing;
    MembershipKernel private membership;
    PauseKernel private pausing;
    SequenceKernel private numbering;
    /// @dev Members that only the steps change; member `n` of the kernel is the nth.
    uint32[MEMBERS] private members;

    function setUp() public override {
        super.setUp();
        for (uint256 i = 0; i < MEMBERS; ++i) {
            actAs(authorityOf(shoreOf(1 + i)));
            members[i] = ledger.enrol(Role.NODE, uint40(START), 0, PROFILE);
        }
        vm.stopPrank();
    }

    function testFuzz_ledger_doesNothingThatItsKernelsRefuse(uint256 seed) public {
        begin(seed);
        standing = new StandingKernel(numberOf[anyLaboratory()], 1 + pick(LEAVES));
        membership = new MembershipKernel(1 + pick(MEMBERS));
        pausing = new PauseKernel(pick(256));
        for (uint256 n = 1; n <= MEMBERS; ++n) {
            membership.enrol(n, shoreOf(n));
        }
        numbering = new SequenceKernel(1 + pick(2 * STEPS));
        uint256 before = ledger.sequence();
        for (uint256 i = 0; i < STEPS; ++i) {
            vm.recordLogs();
            if (anyStep()) countEvents();
            assertEq(ledger.sequence() - before, numbering.sequence(), "sequence");
            compare();
        }
    }

    function anyStep() private returns (bool) {
        uint256 choice = pick(10);
        if (choice < 2) return anchorOne();
        if (choice < 5) return changeOne();
        if (choice == 5) return setState();
        if (choice == 6) return authorise();
        if (choice == 7) return withdraw();
        if (choice == 8) return pauseOne();
        return warn();
    }

    // --------------------------------------------------------------- records

    function anchorOne() private returns (bool) {
        (address account, uint256 leaf) = (anyLaboratory(), 1 + pick(LEAVES));
        meaning(address(standing), abi.encodeCall(StandingKernel.anchor, (numberOf[account], leaf)));
        return attempt(account, address(ledger), abi.encodeCall(INotary.anchor, (report(leaf))), true);
    }

    /// @dev No call names another's record: what a member says of a document is said of its own.
    function changeOne() private returns (bool) {
        (address account, uint256 leaf, uint8 wanted) = (anyLaboratory(), 1 + pick(LEAVES), uint8(1 + pick(4)));
        uint256 member = numberOf[account];
        meaning(address(standing), abi.encodeCall(StandingKernel.change, (member, member, leaf, wanted)));
        bytes memory call = abi.encodeCall(INotary.revoke, (leafOf(leaf), REASON));
        if (wanted == 1) call = abi.encodeCall(INotary.reinstate, (leafOf(leaf), REASON));
        if (wanted == 2) call = abi.encodeCall(INotary.suspend, (leafOf(leaf), REASON));
        if (wanted == 4) {
            uint256 successor = 1 + pick(LEAVES);
            meaning(address(standing), abi.encodeCall(StandingKernel.anchor, (member, successor)));
            call = abi.encodeCall(INotary.supersede, (leafOf(leaf), report(successor), REASON));
        }
        return attempt(account, address(ledger), call, true);
    }

    // --------------------------------------------------------------- members

    // What a change needs besides the authority is in no kernel.

    function setState() private returns (bool) {
        (uint256 n, uint8 by, bool isActive) = (1 + pick(MEMBERS), anyShore(), oneIn(2));
        meansChange(n, by);
        bytes memory call = isActive
            ? abi.encodeCall(IMembership.reinstateMember, (members[n - 1], REASON))
            : abi.encodeCall(IMembership.suspendMember, (members[n - 1], REASON));
        return attempt(authorityOf(by), address(ledger), call, false);
    }

    function authorise() private returns (bool) {
        (uint256 n, uint8 by, uint256 account) = (1 + pick(MEMBERS), anyShore(), 1 + pick(ACCOUNTS));
        meansChange(n, by);
        bytes memory call = abi.encodeCall(IMembership.authoriseAccount, (members[n - 1], accountAt(account), 0));
        return attempt(authorityOf(by), address(ledger), call, false);
    }

    function withdraw() private returns (bool) {
        (uint8 by, uint256 account) = (anyShore(), 1 + pick(ACCOUNTS));
        meansChange(ownerOf(account), by);
        bytes memory call = abi.encodeCall(IMembership.withdrawAccount, (accountAt(account)));
        return attempt(authorityOf(by), address(ledger), call, false);
    }

    // ------------------------------------------------------------ companions

    /// @dev A pause names actions by bits, of which an action that cannot be paused has none.
    function pauseOne() private returns (bool) {
        (uint256 action, bool isPause) = (pick(256), !oneIn(3));
        uint128 actions = action < 128 ? uint128(1) << uint8(action) : 0;
        if (actions != 0) {
            meaning(
                address(pausing),
                isPause ? abi.encodeCall(PauseKernel.pause, (action)) : abi.encodeCall(PauseKernel.resume, (action))
            );
        }
        bytes memory call = isPause
            ? abi.encodeCall(ICompanions.pause, (address(clearance), actions))
            : abi.encodeCall(ICompanions.resume, (address(clearance), actions));
        return attempt(BOTH, address(ledger), call, true);
    }

    /// @dev Some events of a contract beside the ledger, in one call.
    function warn() private returns (bool) {
        bytes32[] memory named = new bytes32[](1 + pick(3));
        for (uint256 i = 0; i < named.length; ++i) {
            named[i] = lotKey(i);
        }
        uint32 owner = numberOf[REGULATOR_CN];
        bytes32 salt = bytes32(pick(1e18));
        uint40 due = uint40(block.timestamp + 1 days);
        bytes memory call = abi.encodeCall(ISafety.raiseAlert, (salt, 1, owner, due, EVIDENCE, named));
        return attempt(REGULATOR_CN, address(clearance), call, false);
    }

    // -------------------------------------------------------------- outcomes

    /// @dev The kernel gives numbers for the events that there were: one by one to the ledger's, at once to a companion's.
    function countEvents() private {
        Log[] memory logs = vm.getRecordedLogs();
        if (logs.length > 0 && logs[0].emitter != address(ledger)) {
            numbering.reserve(uint16(logs.length));
            return;
        }
        for (uint256 i = 0; i < logs.length; ++i) {
            numbering.emitOne();
        }
    }

    function compare() private {
        for (uint256 leaf = 1; leaf <= LEAVES; ++leaf) {
            uint256 member = numberOf[anyLaboratory()];
            assertEq(statusOf(idOf(member, leafOf(leaf))), standing.statusOf(member, leaf), "status");
        }
        uint8 action = uint8(pick(256));
        bool isPaused = ledger.companions(address(clearance)).isPaused(action);
        assertTrue(isPaused == pausing.isPaused(action), "paused");
        standing.holds();
        membership.holds();
        pausing.holds();
        numbering.holds();
    }

    // -------------------------------------------------------------- internal

    /// @dev Number of the member here whose account it is; 0: nobody's.
    function ownerOf(uint256 account) private view returns (uint256 n) {
        uint256 member = ledger.accounts(accountAt(account)).member();
        while (n < MEMBERS && members[n] != member) {
            ++n;
        }
        return n < MEMBERS ? n + 1 : 0;
    }

    function meansChange(uint256 n, uint8 by) private {
        meaning(address(membership), abi.encodeCall(MembershipKernel.change, (n, by)));
    }

    function anyLaboratory() private returns (address) {
        return oneIn(2) ? LABORATORY_CN : LABORATORY_KR;
    }

    function anyShore() private returns (uint8) {
        return oneIn(2) ? CN : KR;
    }

    function shoreOf(uint256 n) private pure returns (uint8) {
        return n == 1 ? CN : KR;
    }

    function accountAt(uint256 n) private pure returns (address) {
        return address(uint160(0xE0 + n));
    }
}
