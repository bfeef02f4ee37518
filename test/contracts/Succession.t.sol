// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Clearance} from "../../contracts/Clearance.sol";
import {Laboratories} from "../../contracts/Laboratories.sol";
import {Ledger} from "../../contracts/Ledger.sol";
import {Registry} from "../../contracts/Registry.sol";
import {ICompanion} from "../../contracts/interfaces/ICompanion.sol";
import {LawTest} from "./support/LawTest.sol";

/// @title SuccessionTest
/// @notice What a new version of a contract takes over from the old one, word by word. That a whole history is: test/ledger/succession.test.ts.
contract SuccessionTest is LawTest {
    bytes32 private constant WORD = bytes32(uint256(0x30d));

    /// @dev The three contracts in the ledger, and one of each kind that is not.
    address[3] private old;
    address[3] private next;

    function setUp() public override {
        super.setUp();
        old = [address(clearance), address(laboratories), address(registry)];
        next = [address(new Clearance(ledger)), address(new Laboratories(ledger)), address(new Registry(ledger))];
    }

    function testFuzz_wordAt_tellsAnyWord(bytes32 slot, bytes32 word) public {
        for (uint256 i = 0; i < old.length; ++i) {
            vm.store(old[i], slot, word);
            assertEq(ICompanion(old[i]).wordAt(slot), word, "word");
        }
    }

    function testFuzz_carry_takesTheWordsOfItsKindAlone(bytes32 first, bytes32 second, address caller) public {
        vm.assume(first != second);
        for (uint256 i = 0; i < old.length; ++i) {
            vm.store(old[i], first, bytes32(uint256(WORD) + i));
            vm.store(old[i], second, bytes32(uint256(WORD) + 10 + i));
            actAs(caller);
            ICompanion(next[i]).carry(slotsOf(first, second));
            assertEq(vm.load(next[i], first), bytes32(uint256(WORD) + i), "first");
            assertEq(vm.load(next[i], second), bytes32(uint256(WORD) + 10 + i), "second");
        }
    }

    function test_carry_takesNothingThatIsNotNamed() public {
        vm.store(old[0], bytes32(uint256(1)), WORD);
        ICompanion(next[0]).carry(slotsOf(bytes32(uint256(2)), bytes32(uint256(3))));
        ICompanion(next[0]).carry(new bytes32[](0));
        assertEq(vm.load(next[0], bytes32(uint256(1))), 0, "word");
    }

    function test_carry_mayBeRepeatedUntilTheContractIsAdded() public {
        for (uint256 i = 0; i < old.length; ++i) {
            vm.store(old[i], 0, WORD);
            ICompanion(next[i]).carry(slotsOf(0, 0));
            vm.store(old[i], 0, bytes32(uint256(WORD) + 1));
            ICompanion(next[i]).carry(slotsOf(0, 0));
            assertEq(vm.load(next[i], 0), bytes32(uint256(WORD) + 1), "the newest word");
            actAs(BOTH);
            ledger.addCompanion(next[i], uint8(i + 1));
            assertNoSuccessor(next[i]);
            assertNoSuccessor(old[i]);
        }
    }

    function test_carry_revertsIfThereIsNoneBefore() public {
        assertNoSuccessor(address(new Registry(new Ledger(CHINA, KOREA, BOTH))));
    }

    function assertNoSuccessor(address companion) private {
        bytes memory call = abi.encodeCall(ICompanion.carry, (slotsOf(0, 0)));
        assertRefused(companion, call, abi.encodeWithSelector(ICompanion.CompanionNoSuccessor.selector));
    }

    function slotsOf(bytes32 first, bytes32 second) private pure returns (bytes32[] memory slots) {
        slots = new bytes32[](2);
        (slots[0], slots[1]) = (first, second);
    }
}
