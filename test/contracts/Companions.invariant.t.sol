// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Clearance} from "../../contracts/Clearance.sol";
import {ICompanion} from "../../contracts/interfaces/ICompanion.sol";
import {ICompanions} from "../../contracts/interfaces/ICompanions.sol";
import {ILaboratories} from "../../contracts/interfaces/ILaboratories.sol";
import {IMembership} from "../../contracts/interfaces/IMembership.sol";
import {IRegistry} from "../../contracts/interfaces/IRegistry.sol";
import {ISafety} from "../../contracts/interfaces/ISafety.sol";
import {Role} from "../../contracts/types/Codes.sol";
import {Companion} from "../../contracts/types/Companion.sol";
import {Filing} from "../../contracts/types/Filing.sol";
import {Lot} from "../../contracts/types/Lot.sol";
import {LawHandler} from "./support/LawHandler.sol";

/// @title CompanionsHandler
/// @notice Who may act in the contracts beside the ledger: members that come and go, actions that both shores pause, newer contracts, filings.
/// The model says of each action, one that can be paused and one that cannot in each contract, whether it must be done.
abstract contract CompanionsHandler is LawHandler {
    /// @dev An action of a companion, as an account calls it.
    struct Deed {
        address account;
        uint16 roles;
        address companion;
        uint8 action;
    }

    uint8 private constant FILE = 0;
    uint8 private constant DESIGNATE = 1;
    uint8 private constant RELEASE = 2;
    uint8 private constant UNPAUSABLE = 128;
    uint16 private constant OFFICIAL = Role.CUSTOMS | Role.REGULATOR;
    uint256 internal constant SUBJECTS = 6;
    uint256 internal constant LOTS = 4;
    uint256 private constant MOST_ADDED = 10;

    /// @dev An account of each member, and those that were withdrawn.
    address[] private accounts;
    address[] private former;
    mapping(address account => uint256 time) private endOf;
    mapping(address account => bool) private isWithdrawn;
    mapping(uint32 member => uint16) private rolesOf;
    mapping(uint32 member => uint8) private shores;
    mapping(uint32 member => uint256 time) private endOfMember;
    mapping(uint32 member => bool) private isSuspended;
    /// @dev Contracts beside the ledger: three at first, then newer ones of the first kind.
    address[] internal added;
    mapping(address companion => uint256 word) internal words;
    mapping(bytes32 subject => uint256 word) internal filed;
    mapping(bytes32 subject => bytes32[]) internal digests;
    mapping(address companion => mapping(bytes32 lot => mapping(uint8 shore => bool))) internal isHeld;
    mapping(uint8 shore => bool) private isDesignated;
    uint256 private movements;

    function setUp() public override {
        super.setUp();
        events = ledger.sequence();
        noteAdded(address(clearance), CLEARANCE, 1);
        noteAdded(address(laboratories), LABORATORIES, 1);
        noteAdded(address(registry), REGISTRY, 1);
        accounts = [CERTIFIER_CN, CUSTOMS_CN, REGULATOR_CN, CERTIFIER_KR, CUSTOMS_KR, REGULATOR_KR];
        for (uint256 i = 0; i < accounts.length; ++i) {
            uint32 member = numberOf[accounts[i]];
            rolesOf[member] = i % 3 == 0 ? Role.CERTIFIER : i % 3 == 1 ? Role.CUSTOMS : Role.REGULATOR;
            shores[member] = i < 3 ? CN : KR;
        }
    }

    function actions() internal pure override returns (bytes4[] memory all) {
        all = new bytes4[](12);
        all[0] = this.file.selector;
        all[1] = this.release.selector;
        all[2] = this.holdOrLift.selector;
        all[3] = this.designate.selector;
        all[4] = this.endDesignation.selector;
        all[5] = this.pause.selector;
        all[6] = this.resume.selector;
        all[7] = this.suspendOrReinstate.selector;
        all[8] = this.renew.selector;
        all[9] = this.changeAccount.selector;
        all[10] = this.addVersion.selector;
        all[11] = this.wait.selector;
    }

    // ------------------------------------------------------------ of companions

    function file(uint256 seed) external drawn(seed) {
        Deed memory deed =
            Deed(anyAccount(OFFICIAL | Role.CERTIFIER), OFFICIAL | Role.CERTIFIER, address(registry), FILE);
        bytes32 subject = bytes32(1 + pick(SUBJECTS));
        uint256 before = filed[subject];
        uint8 shore = shoreOf(deed.account);
        uint256 kind = before == 0 || oneIn(8) ? 1 + pick(2) : before >> 248;
        bool isRight = before == 0 || (field(before, 240, 8) == shore && before >> 248 == kind);
        bytes32 text = digest("filing", seed);
        if (!attemptDeed(deed, isRight, abi.encodeCall(IRegistry.file, (subject, uint8(kind), text)))) return;
        digests[subject].push(text);
        uint256 filedAt = before == 0 ? block.timestamp : field(before, 136, 40);
        uint256 last = uint256(numberOf[deed.account]) << 176 | filedAt << 136 | block.timestamp << 96;
        filed[subject] = kind << 248 | uint256(shore) << 240 | digests[subject].length << 208 | last;
    }

    function release(uint256 seed) external drawn(seed) {
        Deed memory deed = Deed(anyAccount(Role.CUSTOMS), Role.CUSTOMS, anyClearance(), RELEASE);
        bytes32[] memory lots = new bytes32[](1);
        lots[0] = lotKey(pick(LOTS));
        mapping(uint8 => bool) storage isHeldBy = isHeld[deed.companion][lots[0]];
        bool isRight = !isHeldBy[CN] && !isHeldBy[KR];
        attemptDeed(deed, isRight, abi.encodeCall(ISafety.release, (bytes32(++movements), false, lots)));
    }

    function holdOrLift(uint256 seed) external drawn(seed) {
        Deed memory deed = Deed(anyAccount(OFFICIAL), OFFICIAL, anyClearance(), UNPAUSABLE);
        bytes32 lot = lotKey(pick(LOTS));
        mapping(uint8 => bool) storage isHeldBy = isHeld[deed.companion][lot];
        uint8 shore = shoreOf(deed.account);
        bytes4 call = isHeldBy[shore] ? ISafety.lift.selector : ISafety.hold.selector;
        if (attemptDeed(deed, true, abi.encodeWithSelector(call, lot, INVESTIGATION))) {
            isHeldBy[shore] = !isHeldBy[shore];
        }
    }

    function designate(uint256 seed) external drawn(seed) {
        Deed memory deed = Deed(anyAccount(Role.REGULATOR), Role.REGULATOR, address(laboratories), DESIGNATE);
        uint40 from = uint40(block.timestamp);
        bytes memory call = abi.encodeCall(ILaboratories.designate, (numberOf[LABORATORY_CN], PANEL, from, 0));
        if (attemptDeed(deed, true, call)) isDesignated[shoreOf(deed.account)] = true;
    }

    function endDesignation(uint256 seed) external drawn(seed) {
        Deed memory deed = Deed(anyAccount(Role.REGULATOR), Role.REGULATOR, address(laboratories), UNPAUSABLE);
        uint8 shore = shoreOf(deed.account);
        bytes memory call =
            abi.encodeCall(ILaboratories.endDesignation, (numberOf[LABORATORY_CN], PANEL, uint8(INVESTIGATION)));
        if (attemptDeed(deed, isDesignated[shore], call)) isDesignated[shore] = false;
    }

    // --------------------------------------------------------------- both shores

    function pause(uint256 seed) external drawn(seed) {
        (address companion, uint128 bits) = (added[pick(added.length)], uint128(1) << uint8(pick(4)));
        if (oneIn(4)) bits = type(uint128).max;
        if (attemptAsBoth(abi.encodeCall(ICompanions.pause, (companion, bits)))) {
            words[companion] |= uint256(bits) << 64;
        }
    }

    function resume(uint256 seed) external drawn(seed) {
        (address companion, uint128 bits) = (added[pick(added.length)], uint128(1) << uint8(pick(4)));
        if (!oneIn(3)) bits = type(uint128).max;
        if (attemptAsBoth(abi.encodeCall(ICompanions.resume, (companion, bits)))) {
            words[companion] &= ~(uint256(bits) << 64);
        }
    }

    /// @dev A newer contract takes over what stops lots, and is added by both shores.
    function addVersion(uint256 seed) external drawn(seed) {
        check_nothingIsTakenOverOnceAdded(added[pick(added.length)]);
        if (added.length == MOST_ADDED) return;
        address next = address(new Clearance(ledger));
        assertTrue(attempt(STRANGER, next, abi.encodeCall(ICompanion.carry, (slotsOfLots()))), "not taken over");
        for (uint256 i = 0; i < LOTS; ++i) {
            (bytes32 lot, address before) = (lotKey(i), newestClearance());
            (isHeld[next][lot][CN], isHeld[next][lot][KR]) = (isHeld[before][lot][CN], isHeld[before][lot][KR]);
        }
        if (attemptAsBoth(abi.encodeCall(ICompanions.addCompanion, (next, CLEARANCE)))) {
            noteAdded(next, CLEARANCE, added.length - 1);
        }
    }

    // ------------------------------------------------------------------ members

    function suspendOrReinstate(uint256 seed) external drawn(seed) {
        uint32 member = numberOf[accounts[pick(accounts.length)]];
        if (!isSuspended[member] && oneIn(2)) return;
        bytes4 call = isSuspended[member] ? IMembership.reinstateMember.selector : IMembership.suspendMember.selector;
        if (attemptAsShore(member, abi.encodeWithSelector(call, member, INVESTIGATION))) {
            isSuspended[member] = !isSuspended[member];
        }
    }

    function renew(uint256 seed) external drawn(seed) {
        uint256 index = pick(accounts.length);
        uint32 member = numberOf[accounts[index]];
        uint40 until = oneIn(4) ? uint40(block.timestamp + 1 + pick(30 days)) : 0;
        bytes memory call = abi.encodeCall(IMembership.renew, (member, rolesOf[member], uint40(START), until));
        if (!attemptAsShore(member, call)) return;
        endOfMember[member] = until;
        endOf[accounts[index]] = earlier(endOf[accounts[index]], until);
    }

    /// @dev An account gets another end, or another account takes its place.
    function changeAccount(uint256 seed) external drawn(seed) {
        uint256 index = pick(accounts.length);
        (address account, uint32 member) = (accounts[index], numberOf[accounts[index]]);
        if (oneIn(3)) {
            if (!attemptAsShore(member, abi.encodeCall(IMembership.withdrawAccount, (account)))) return;
            isWithdrawn[account] = true;
            former.push(account);
            account = address(uint160(uint256(keccak256(abi.encode(account)))));
            (accounts[index], numberOf[account]) = (account, member);
            endOf[account] = 1; // not authorised yet
        }
        uint40 until = oneIn(4) ? uint40(block.timestamp + 1 + pick(30 days)) : 0;
        if (attemptAsShore(member, abi.encodeCall(IMembership.authoriseAccount, (member, account, until)))) {
            endOf[account] = earlier(until, endOfMember[member]);
        }
    }

    function wait(uint256 seed) external drawn(seed) {
        pass(pick(5 days));
    }

    // -------------------------------------------------------------------- checks

    /// @dev `isRight`: nothing but the account's standing and a pause stands against it.
    function attemptDeed(Deed memory deed, bool isRight, bytes memory call) private returns (bool isDone) {
        isDone = attempt(deed.account, deed.companion, call);
        bool isPaused = deed.action < UNPAUSABLE && words[deed.companion] >> (64 + deed.action) & 1 != 0;
        if (isDone) {
            check_membersThatAreOffWriteNowhere(deed);
            check_pausedActionsDoNothing(isPaused);
            assertTrue(isRight, "done, against the rule");
        } else {
            check_onlyRulesAndPausesStop(deed, isPaused, isRight);
        }
    }

    /// @dev Whom its shore suspended, ended or withdrew writes in no contract, the older ones included.
    function check_membersThatAreOffWriteNowhere(Deed memory deed) private view {
        assertTrue(may(deed), "written by who may not");
    }

    /// @dev What both shores paused has no effect.
    function check_pausedActionsDoNothing(bool isPaused) private pure {
        assertTrue(!isPaused, "done while paused");
    }

    /// @dev Whoever may, can: no pause stops another action, and none one that withdraws or warns.
    function check_onlyRulesAndPausesStop(Deed memory deed, bool isPaused, bool isRight) private view {
        assertTrue(!may(deed) || isPaused || !isRight, "refused without a reason");
    }

    /// @dev A contract beside the ledger is added once, and takes over nothing from then on.
    function check_nothingIsTakenOverOnceAdded(address companion) private {
        bytes memory addition = abi.encodeCall(ICompanions.addCompanion, (companion, CLEARANCE));
        assertTrue(!attempt(BOTH, address(ledger), addition), "added twice");
        assertTrue(!attempt(STRANGER, companion, abi.encodeCall(ICompanion.carry, (slotsOfLots()))), "taken over late");
    }

    // --------------------------------------------------------------------- model

    function may(Deed memory deed) private view returns (bool) {
        uint32 member = numberOf[deed.account];
        uint256 end = endOf[deed.account];
        bool isLive = !isWithdrawn[deed.account] && !isSuspended[member] && (end == 0 || block.timestamp < end);
        return isLive && rolesOf[member] & deed.roles != 0;
    }

    /// @dev Of both shores, mostly.
    function attemptAsBoth(bytes memory call) private returns (bool isDone) {
        address caller = oneIn(4) ? authorityOf(anyShore()) : BOTH;
        isDone = attempt(caller, address(ledger), call);
        assertTrue(!isDone || caller == BOTH, "done by one shore");
    }

    /// @dev Of the member's shore, mostly.
    function attemptAsShore(uint32 member, bytes memory call) private returns (bool isDone) {
        uint8 shore = oneIn(8) ? otherShore(shores[member]) : shores[member];
        isDone = attempt(authorityOf(shore), address(ledger), call);
        assertTrue(!isDone || shore == shores[member], "done by the other shore");
    }

    /// @dev One with the roles, mostly; now and then one that was withdrawn.
    function anyAccount(uint16 roles) private returns (address account) {
        if (former.length != 0 && oneIn(8)) return former[pick(former.length)];
        account = accounts[pick(accounts.length)];
        for (uint256 i = 0; i < 8 && rolesOf[numberOf[account]] & roles == 0 && !oneIn(12); ++i) {
            account = accounts[pick(accounts.length)];
        }
    }

    function anyClearance() private returns (address) {
        uint256 index = pick(added.length - 2);
        return index == 0 ? added[0] : added[index + 2];
    }

    function newestClearance() internal view returns (address) {
        return added.length == 3 ? added[0] : added[added.length - 1];
    }

    /// @dev Slots of the words of lots: `lots` is at 8 (docs/spec/law.md section 2).
    function slotsOfLots() private pure returns (bytes32[] memory slots) {
        slots = new bytes32[](LOTS);
        for (uint256 i = 0; i < LOTS; ++i) {
            slots[i] = keccak256(abi.encode(lotKey(i), 8));
        }
    }

    function shoreOf(address account) private view returns (uint8) {
        return shores[numberOf[account]];
    }

    function earlier(uint256 a, uint256 b) private pure returns (uint256) {
        if (a == 0) return b;
        return b == 0 || a < b ? a : b;
    }

    function noteAdded(address companion, uint256 kind, uint256 version) private {
        added.push(companion);
        words[companion] = kind << 248 | version << 232 | block.timestamp << 192;
    }
}

/// @notice What holds of the contracts beside the ledger after any sequence of calls, by anyone.
contract CompanionsInvariantTest is CompanionsHandler {
    function invariant_companionsHold() external view {
        checkInTurn();
    }

    function checkAll() internal view override {
        check_companionsStayAndAreCounted();
        check_lotsStayStoppedInANewerContract();
        check_filingsAreKept();
        check_sequenceCountsTheEventsOfAll();
    }

    /// @dev A contract that was added stays, with kind, version, time and just the pauses that both shores made; the newest is the last.
    function check_companionsStayAndAreCounted() private view {
        for (uint256 i = 0; i < added.length; ++i) {
            assertEq(Companion.unwrap(ledger.companions(added[i])), words[added[i]], "companion");
        }
        assertTrue(ledger.newestCompanion(CLEARANCE) == newestClearance(), "newest of the kind");
    }

    /// @dev A newer contract stops what the older stopped when it took over, and each keeps its own from then on.
    function check_lotsStayStoppedInANewerContract() private view {
        for (uint256 i = 0; i < added.length; ++i) {
            if (i == 1 || i == 2) continue;
            for (uint256 lot = 0; lot < LOTS; ++lot) {
                uint256 word = Lot.unwrap(Clearance(added[i]).lots(lotKey(lot)));
                assertTrue((word >> 128 != 0) == isHeld[added[i]][lotKey(lot)][CN], "held by CN");
                assertTrue((uint128(word) != 0) == isHeld[added[i]][lotKey(lot)][KR], "held by KR");
            }
        }
    }

    /// @dev Versions of a filing count up by one, each keeps its digest; kind, shore and first time never change.
    function check_filingsAreKept() private view {
        for (uint256 i = 1; i <= SUBJECTS; ++i) {
            bytes32 subject = bytes32(i);
            assertEq(Filing.unwrap(registry.filings(subject)), filed[subject], "filing");
            for (uint256 n = 0; n < digests[subject].length; ++n) {
                assertEq(registry.filingDigests(pair(subject, bytes32(n + 1))), digests[subject][n], "digest");
            }
        }
    }
}
