// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CompanionContract} from "../../contracts/CompanionContract.sol";
import {Registry} from "../../contracts/Registry.sol";
import {ICompanion} from "../../contracts/interfaces/ICompanion.sol";
import {ICompanions} from "../../contracts/interfaces/ICompanions.sol";
import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {IRegistry} from "../../contracts/interfaces/IRegistry.sol";
import {Account} from "../../contracts/types/Account.sol";
import {Companion} from "../../contracts/types/Companion.sol";
import {Record} from "../../contracts/types/Record.sol";
import {LawTest} from "./support/LawTest.sol";
import {Log} from "./support/Vm.sol";

/// @title Probe
/// @notice A companion whose rules are whatever its caller asks for.
contract Probe is CompanionContract {
    constructor(ILedger ledger_) CompanionContract(ledger_, 9) {}

    function enter(uint8 action, uint16 roles, uint256 events) external returns (Account account, uint256 sequence) {
        return _enter(action, roles, events);
    }

    function enterAbout(bytes32 id, uint8 action, uint16 roles, uint256 events)
        external
        returns (Account account, uint256 sequence, Record record)
    {
        return _enterAbout(id, action, roles, events);
    }

    function enterAsAuthority(uint8 shore) external returns (uint256 sequence) {
        return _enterAsAuthority(shore);
    }

    function enterAsBothShores() external returns (uint256 sequence) {
        return _enterAsBothShores();
    }
}

/// @title CompanionsTest
/// @notice Which contracts stand beside the ledger, what of them is paused, and how they ask the ledger.
contract CompanionsTest is LawTest {
    uint8 private constant PROBE = 9;
    uint256 private constant COMPANIONS_SLOT = 13;
    uint8 private constant FIRST_UNPAUSABLE = 128;
    uint16 private constant EVERY_ROLE = 127;

    Probe private probe;

    function setUp() public override {
        super.setUp();
        probe = new Probe(ledger);
    }

    // ------------------------------------------------------------ addCompanion

    function testFuzz_addCompanion_writesTheWholeWord(uint8 kind, uint32 wait) public {
        vm.assume(kind > REGISTRY);
        vm.warp(START + wait);
        uint256 before = ledger.sequence();
        actAs(BOTH);
        vm.recordLogs();
        ledger.addCompanion(address(probe), kind);
        uint256 word = uint256(kind) << 248 | 1 << 232 | (START + wait) << 192;
        assertEq(companionWord(address(probe)), word, "word");
        assertTrue(ledger.newestCompanion(kind) == address(probe), "newest");
        assertChangeLogged(address(probe), word, before + 1);
    }

    function test_addCompanion_countsVersionsOfEachKind() public {
        Probe other = new Probe(ledger);
        Probe third = new Probe(ledger);
        add(address(probe), PROBE);
        add(address(other), PROBE);
        add(address(third), PROBE + 1);
        assertEq(field(companionWord(address(probe)), 232, 16), 1, "first");
        assertEq(field(companionWord(address(other)), 232, 16), 2, "second");
        assertEq(field(companionWord(address(third)), 232, 16), 1, "of another kind");
        assertTrue(ledger.newestCompanion(PROBE) == address(other), "newest");
        assertTrue(ledger.newestCompanion(PROBE + 1) == address(third), "newest of another kind");
        assertTrue(ledger.newestCompanion(REGISTRY) == address(registry), "others stay");
    }

    function test_addCompanion_neverCountsAVersionAgain() public {
        add(address(probe), PROBE);
        uint256 last = companionWord(address(probe)) | uint256(type(uint16).max) << 232;
        vm.store(address(ledger), keccak256(abi.encode(address(probe), COMPANIONS_SLOT)), bytes32(last));
        address next = address(new Probe(ledger));
        actAs(BOTH);
        bytes memory call = abi.encodeCall(ICompanions.addCompanion, (next, PROBE));
        assertRefused(call, abi.encodeWithSignature("Panic(uint256)", 0x11));
    }

    function testFuzz_addCompanion_revertsIfNotBothShores(address caller) public {
        vm.assume(caller != BOTH);
        bytes memory error = notAuthority(caller, CN | KR);
        actAs(caller);
        assertRefused(abi.encodeCall(ICompanions.addCompanion, (address(probe), PROBE)), error);
        assertRefused(abi.encodeCall(ICompanions.pause, (address(registry), 1)), error);
        assertRefused(abi.encodeCall(ICompanions.resume, (address(registry), 1)), error);
    }

    function test_bothShores_areNeitherAlone() public {
        testFuzz_addCompanion_revertsIfNotBothShores(CHINA);
        testFuzz_addCompanion_revertsIfNotBothShores(KOREA);
        testFuzz_addCompanion_revertsIfNotBothShores(REGULATOR_CN);
        testFuzz_addCompanion_revertsIfNotBothShores(address(registry));
    }

    function test_addCompanion_revertsIfNoContractNoKindOrTwice() public {
        assertNotAdded(STRANGER, PROBE);
        assertNotAdded(address(0), PROBE);
        assertNotAdded(address(probe), 0);
        assertNotAdded(address(registry), REGISTRY);
        assertNotAdded(address(registry), PROBE);
        pauseAction(address(registry), 0);
        assertNotAdded(address(registry), PROBE);
    }

    // ----------------------------------------------------------- pause, resume

    function testFuzz_pauseAndResume_changeTheirBitsAlone(uint128 first, uint128 second, uint128 third) public {
        uint256 word = companionWord(address(registry));
        uint256 before = ledger.sequence();
        actAs(BOTH);
        vm.recordLogs();
        ledger.pause(address(registry), first);
        assertChangeLogged(address(registry), word | uint256(first) << 64, before + 1);
        ledger.pause(address(registry), second);
        assertChangeLogged(address(registry), word | uint256(first | second) << 64, before + 2);
        ledger.resume(address(registry), third);
        uint256 left = word | uint256((first | second) & ~third) << 64;
        assertChangeLogged(address(registry), left, before + 3);
        assertEq(companionWord(address(registry)), left, "word");
        assertEq(companionWord(address(clearance)) << 64 >> 128, 0, "others stay");
    }

    function testFuzz_pauseAndResume_revertIfUnknown(address companion, uint128 actions) public {
        vm.assume(companionWord(companion) == 0);
        actAs(BOTH);
        assertRefused(abi.encodeCall(ICompanions.pause, (companion, actions)), unknown(companion));
        assertRefused(abi.encodeCall(ICompanions.resume, (companion, actions)), unknown(companion));
    }

    function testFuzz_enter_notIfItsActionIsPaused(uint128 actions, uint8 action) public {
        add(address(probe), PROBE);
        ledger.pause(address(probe), actions);
        actAs(OPERATOR_KR);
        bytes memory call = abi.encodeCall(Probe.enter, (action, EVERY_ROLE, 1));
        bool isPaused = action < FIRST_UNPAUSABLE && actions >> action & 1 != 0;
        if (isPaused) assertRefused(address(probe), call, actionPaused(address(probe), action));
        else assertDone(address(probe), call);
        actAs(BOTH);
        ledger.resume(address(probe), actions);
        actAs(OPERATOR_KR);
        assertDone(address(probe), call);
    }

    function test_enter_neverPausedFrom128On() public {
        add(address(probe), PROBE);
        ledger.pause(address(probe), type(uint128).max);
        actAs(OPERATOR_KR);
        for (uint256 action = 0; action < 256; ++action) {
            bytes memory call = abi.encodeCall(Probe.enter, (uint8(action), EVERY_ROLE, 1));
            if (action < FIRST_UNPAUSABLE) {
                assertRefused(address(probe), call, actionPaused(address(probe), uint8(action)));
            } else {
                assertDone(address(probe), call);
            }
        }
    }

    function test_pause_leavesTheLedgerItself() public {
        address[3] memory all = [address(clearance), address(laboratories), address(registry)];
        actAs(BOTH);
        for (uint256 i = 0; i < all.length; ++i) {
            ledger.pause(all[i], type(uint128).max);
        }
        actAs(LABORATORY_CN);
        ledger.anchor(report(1));
        ledger.revoke(leafOf(1), INVESTIGATION);
        actAs(CHINA);
        ledger.suspendMember(numberOf[LABORATORY_CN], INVESTIGATION);
    }

    // ---------------------------------------------------------------- versions

    function test_newestCompanion_movesAndTheOldOneWorksUntilPaused() public {
        Registry next = new Registry(ledger);
        bytes32 subject = bytes32(uint256(1));
        add(address(next), REGISTRY);
        assertTrue(ledger.newestCompanion(REGISTRY) == address(next), "newest");
        actAs(CUSTOMS_CN);
        registry.file(subject, 1, EVIDENCE);
        next.file(subject, 2, EVIDENCE);
        pauseAction(address(registry), 0);
        actAs(CUSTOMS_CN);
        bytes memory call = abi.encodeCall(IRegistry.file, (subject, 1, EVIDENCE));
        assertRefused(address(registry), call, actionPaused(address(registry), 0));
        assertEq(next.file(subject, 2, EVIDENCE), 2, "the new one goes on");
        assertEq(registry.filings(subject).version(), 1, "the old one is read");
    }

    // ------------------------------------------------------------------- enter

    function testFuzz_enter_tellsTheStandingAndTheNumbers(uint8 action, uint16 events) public {
        add(address(probe), PROBE);
        uint256 before = ledger.sequence();
        actAs(OPERATOR_KR);
        (Account account, uint256 first) = probe.enter(action, EVERY_ROLE, events);
        assertEq(Account.unwrap(account), accountWord(OPERATOR_KR), "standing");
        assertEq(first, before + 1, "first");
        assertEq(ledger.sequence(), before + events, "sequence");
    }

    function test_enterAbout_tellsTheRecordToo() public {
        add(address(probe), PROBE);
        actAs(LABORATORY_CN);
        bytes32 id = ledger.anchor(report(1));
        (Account account,, Record record) = probe.enterAbout(id, 0, EVERY_ROLE, 1);
        assertEq(Account.unwrap(account), accountWord(LABORATORY_CN), "standing");
        assertEq(Record.unwrap(record), recordWord(id), "record");
        (,, record) = probe.enterAbout(leafOf(1), 0, EVERY_ROLE, 1);
        assertEq(Record.unwrap(record), 0, "none");
        (,, record) = probe.enterAbout(0, 0, EVERY_ROLE, 1);
        assertEq(Record.unwrap(record), 0, "none asked for");
    }

    function testFuzz_enter_revertsIfRoleMissing(uint16 roles) public {
        add(address(probe), PROBE);
        actAs(OPERATOR_KR);
        bytes memory call = abi.encodeCall(Probe.enter, (0, roles, 1));
        if (roles & 4 != 0) assertDone(address(probe), call);
        else assertRefused(address(probe), call, roleMissing(4, roles));
    }

    function test_enter_revertsIfAccountNotLive() public {
        add(address(probe), PROBE);
        assertNotEntered(STRANGER);
        assertNotEntered(KOREA);
        assertNotEntered(address(registry));
        actAs(KOREA);
        ledger.suspendMember(numberOf[OPERATOR_KR], INVESTIGATION);
        assertNotEntered(OPERATOR_KR);
        actAs(KOREA);
        ledger.reinstateMember(numberOf[OPERATOR_KR], INVESTIGATION);
        actAs(OPERATOR_KR);
        probe.enter(0, EVERY_ROLE, 1);
        actAs(KOREA);
        ledger.renew(numberOf[OPERATOR_KR], 4, uint40(START) + 1, 0);
        assertNotEntered(OPERATOR_KR);
        vm.warp(START + 1);
        actAs(OPERATOR_KR);
        probe.enter(0, EVERY_ROLE, 1);
        actAs(KOREA);
        ledger.withdrawAccount(OPERATOR_KR);
        assertNotEntered(OPERATOR_KR);
    }

    function test_enter_revertsIfCompanionUnknown() public {
        bytes memory error = unknown(address(probe));
        actAs(OPERATOR_KR);
        assertRefused(address(probe), abi.encodeCall(Probe.enter, (0, EVERY_ROLE, 1)), error);
        assertRefused(address(probe), abi.encodeCall(Probe.enter, (128, EVERY_ROLE, 1)), error);
        actAs(BOTH);
        assertRefused(address(probe), abi.encodeCall(Probe.enterAsBothShores, ()), error);
        actAs(CHINA);
        assertRefused(address(probe), abi.encodeCall(Probe.enterAsAuthority, (CN)), error);
    }

    function testFuzz_enter_revertsIfNoCompanionCalls(address caller) public {
        vm.assume(companionWord(caller) == 0);
        actAs(caller);
        assertRefused(abi.encodeCall(ICompanions.enter, (OPERATOR_KR, 128, 1, 0)), unknown(caller));
        assertRefused(abi.encodeCall(ICompanions.enterAsAuthority, (BOTH, 3, 1)), unknown(caller));
    }

    function test_enter_revertsForAuthoritiesAndAccounts() public {
        address[5] memory callers = [CHINA, KOREA, BOTH, OPERATOR_KR, REGULATOR_CN];
        for (uint256 i = 0; i < callers.length; ++i) {
            testFuzz_enter_revertsIfNoCompanionCalls(callers[i]);
        }
    }

    // -------------------------------------------------------- enterAsAuthority

    function test_enterAsAuthority_ofItsShoreAlone() public {
        add(address(probe), PROBE);
        ledger.pause(address(probe), type(uint128).max);
        address[4] memory callers = [CHINA, KOREA, BOTH, OPERATOR_KR];
        for (uint8 shore = 0; shore < 5; ++shore) {
            for (uint8 i = 0; i < callers.length; ++i) {
                assertAuthority(callers[i], shore, i + 1 == shore && i < 3);
            }
        }
    }

    function testFuzz_enterAsAuthority_tellsTheFirstNumber(uint32 events) public {
        uint256 before = ledger.sequence();
        actAs(address(registry));
        assertEq(ledger.enterAsAuthority(KOREA, KR, events), before + 1, "first");
        assertEq(ledger.sequence(), before + events, "sequence");
    }

    // -------------------------------------------------------- CompanionContract

    function test_companion_namesItsLedgerForGood() public {
        assertTrue(address(probe.ledger()) == address(ledger), "ledger");
        address[2] memory none = [address(0), STRANGER];
        for (uint256 i = 0; i < none.length; ++i) {
            bytes memory error = abi.encodeWithSelector(ICompanion.CompanionLedgerInvalid.selector, none[i]);
            try new Probe(ILedger(none[i])) {
                revert AssertionFailed("deployed");
            } catch (bytes memory answer) {
                assertTrue(keccak256(answer) == keccak256(error), "refused with another error");
            }
        }
    }

    // ----------------------------------------------------------- one sequence

    /// @dev Whatever writes, in any order: the numbers of the events are those of one sequence, and none is missing.
    function testFuzz_sequence_isOneForLedgerAndCompanions(uint8[16] memory steps) public {
        uint256 next = ledger.sequence() + 1;
        vm.recordLogs();
        for (uint256 i = 0; i < steps.length; ++i) {
            write(steps[i] % 8, i);
        }
        Log[] memory logs = vm.getRecordedLogs();
        assertTrue(logs.length >= steps.length, "an event at least for each write");
        for (uint256 i = 0; i < logs.length; ++i) {
            assertEq(uint64(numberIn(logs[i])), next + i, "number");
        }
        assertEq(ledger.sequence(), next + logs.length - 1, "count");
    }

    // ----------------------------------------------------------------- helpers

    function add(address companion, uint8 kind) private {
        actAs(BOTH);
        ledger.addCompanion(companion, kind);
    }

    function companionWord(address companion) private view returns (uint256) {
        return Companion.unwrap(ledger.companions(companion));
    }

    /// @dev A write of the ledger or of one of its companions, with one event or several.
    function write(uint256 what, uint256 number) private {
        bytes32 name = digest("write", number);
        if (what < 2) return writeToLedger(what, number);
        if (what == 2) {
            actAs(CUSTOMS_KR);
            registry.file(name, 1, EVIDENCE);
        } else if (what == 3) {
            recallLot(number % 2 == 0 ? REGULATOR_CN : REGULATOR_KR, name);
        } else if (what == 4) {
            holdLot(CUSTOMS_CN, name);
        } else if (what == 5) {
            bytes32[] memory moved = new bytes32[](3);
            (moved[0], moved[1], moved[2]) = (name, digest("free", number), digest("free too", number));
            actAs(OPERATOR_CN);
            clearance.writeOff(name, moved);
        } else if (what == 6) {
            pauseAction(address(registry), 5);
        } else {
            actAs(BOTH);
            laboratories.publishPanel(PANEL, name);
        }
    }

    function writeToLedger(uint256 what, uint256 number) private {
        if (what == 0) {
            actAs(LABORATORY_KR);
            ledger.anchor(report(number));
            ledger.revoke(leafOf(number), INVESTIGATION);
        } else {
            join(KOREA, 32, address(uint160(0xB000 + number)));
        }
    }

    /// @dev The last word of an event's data is its number; of a change of status, the low bits of it are.
    function numberIn(Log memory log) private pure returns (uint256 last) {
        bytes memory data = log.data;
        assembly ("memory-safe") {
            last := mload(add(data, mload(data)))
        }
    }

    function assertChangeLogged(address companion, uint256 word, uint256 sequence) private {
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1, "events");
        bytes32[] memory topics = topicsOf(bytes32(uint256(uint160(companion))));
        bytes32 event_ = ICompanions.CompanionChanged.selector;
        assertEvent(logs[0], address(ledger), event_, topics, abi.encode(word, sequence));
    }

    function assertNotAdded(address companion, uint8 kind) private {
        actAs(BOTH);
        bytes4 error = ICompanions.CompanionsInvalid.selector;
        bytes memory call = abi.encodeCall(ICompanions.addCompanion, (companion, kind));
        assertRefused(call, abi.encodeWithSelector(error, companion, kind));
    }

    function assertNotEntered(address account) private {
        uint256 before = ledger.sequence();
        actAs(account);
        bytes memory call = abi.encodeCall(Probe.enter, (128, EVERY_ROLE, 1));
        assertRefused(address(probe), call, notLive(account));
        assertEq(ledger.sequence(), before, "sequence");
    }

    function assertAuthority(address caller, uint8 shore, bool isIts) private {
        actAs(caller);
        bytes memory call = abi.encodeCall(Probe.enterAsAuthority, (shore));
        if (isIts) assertDone(address(probe), call);
        else assertRefused(address(probe), call, notAuthority(caller, shore));
        if (shore != CN | KR) return;
        call = abi.encodeCall(Probe.enterAsBothShores, ());
        if (isIts) assertDone(address(probe), call);
        else assertRefused(address(probe), call, notAuthority(caller, shore));
    }

    function unknown(address companion) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICompanions.CompanionsUnknown.selector, companion);
    }
}
