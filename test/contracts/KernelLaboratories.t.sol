// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ILaboratories} from "../../contracts/interfaces/ILaboratories.sol";
import {AcceptanceKernel} from "./kernel/AcceptanceKernel.sol";
import {DecisionKernel} from "./kernel/DecisionKernel.sol";
import {LaboratoriesTest} from "./support/LaboratoriesTest.sol";
import {Simulation} from "./support/Simulation.sol";

/// @title KernelLaboratoriesTest
/// @notice Arrangements, reports and decisions at random, in the contract and in its kernels. A report of a laboratory of `shore` is
/// `10 * shore + n` there.
contract KernelLaboratoriesTest is LaboratoriesTest, Simulation {
    uint256 private constant STEPS = 24;
    uint256 private constant REPORTS = 2;
    uint256 private constant ARRANGEMENTS = 2;

    AcceptanceKernel private accepting;
    DecisionKernel private deciding;

    function setUp() public override {
        super.setUp();
        accredit(ACCREDITED, 0);
        actAs(ACCREDITOR_KR);
        laboratories.accredit(numberOf[LABORATORY_KR], PANEL, SCOPE, ACCREDITED, 0, CERTIFICATE);
        vm.stopPrank();
    }

    function testFuzz_decisions_areNoneThatTheirKernelsRefuse(uint256 seed) public {
        simulate(seed);
    }

    /// @dev The runs above are worth something only if reports are accepted.
    function test_decisions_areMadeInSomeRuns() public {
        uint256 decided;
        for (uint256 i = 0; i < 20; ++i) {
            setUp();
            decided += simulate(i);
        }
        assertTrue(decided >= 10, "none decided");
    }

    function simulate(uint256 seed) private returns (uint256 decided) {
        begin(seed);
        accepting = new AcceptanceKernel(1 + pick(ARRANGEMENTS));
        deciding = new DecisionKernel(key(anyShore(), 1 + pick(REPORTS)));
        for (uint256 i = 0; i < STEPS; ++i) {
            uint256 choice = pick(8);
            if (choice < 2) agreeOne();
            else if (choice == 2) suspendOne();
            else if (choice < 5) register();
            else decided += decide(choice < 7) ? 1 : 0;
            compare();
        }
    }

    // --------------------------------------------------------------- actions

    function agreeOne() private {
        (uint16 number, uint8 destination) = (anyArrangement(), anyShore());
        meaning(address(accepting), abi.encodeCall(AcceptanceKernel.agree, (number, destination)));
        ILaboratories.Terms memory terms = termsOf(number);
        (terms.destination, terms.needsDesignation) = (destination, false);
        attempt(BOTH, address(laboratories), abi.encodeCall(ILaboratories.setArrangement, (terms)), true);
    }

    function suspendOne() private {
        uint16 number = anyArrangement();
        meaning(address(accepting), abi.encodeCall(AcceptanceKernel.suspend, (number)));
        attempt(BOTH, address(laboratories), abi.encodeCall(ILaboratories.suspendArrangement, (number)), true);
    }

    /// @dev Registered, and then anchored.
    function register() private {
        (uint8 shore, uint256 n) = (anyShore(), 1 + pick(REPORTS));
        meaning(address(deciding), abi.encodeCall(DecisionKernel.register, (key(shore, n), shore)));
        bytes memory call = abi.encodeCall(ILaboratories.registerReport, (leafOf(n), factsOf(n)));
        if (!attempt(laboratoryOf(shore), address(laboratories), call, true)) return;
        actAs(laboratoryOf(shore));
        ledger.anchor(report(n));
        vm.stopPrank();
    }

    function decide(bool isAcceptance) private returns (bool) {
        (uint8 shore, uint256 n, uint8 by) = (anyShore(), 1 + pick(REPORTS), anyShore());
        uint16 under = anyArrangement();
        meaning(address(deciding), abi.encodeCall(DecisionKernel.decide, (key(shore, n), by)));
        bytes memory call;
        if (isAcceptance) {
            meaning(address(accepting), abi.encodeCall(AcceptanceKernel.accept, (under, by)));
            uint32 laboratory_ = numberOf[laboratoryOf(shore)];
            call = abi.encodeCall(ILaboratories.accept, (laboratory_, leafOf(n), factsOf(n), under, JUDGEMENT));
        } else {
            meaning(address(accepting), abi.encodeCall(AcceptanceKernel.refuse, (under, by)));
            call = abi.encodeCall(ILaboratories.refuse, (reportOf(shore, n), under, LIMIT_PROFILE, JUDGEMENT));
        }
        return attempt(by == CN ? REGULATOR_CN : REGULATOR_KR, address(laboratories), call, true);
    }

    // -------------------------------------------------------------- outcomes

    function compare() private view {
        for (uint8 shore = CN; shore <= KR; ++shore) {
            for (uint256 n = 1; n <= REPORTS; ++n) {
                bool isRegistered = laboratories.reports(reportOf(shore, n)).exists();
                assertTrue(isRegistered == (deciding.laboratoryOf(key(shore, n)) == shore), "registered");
            }
        }
        for (uint16 number = 1; number <= ARRANGEMENTS; ++number) {
            uint256 word = foundArrangement(number);
            assertEq(field(word, 232, 8), accepting.destinationOf(number), "destination");
            assertTrue((field(word, 248, 8) == 3) == accepting.isSuspended(number), "suspended");
        }
        accepting.holds();
        deciding.holds();
    }

    // -------------------------------------------------------------- internal

    function anyShore() private returns (uint8) {
        return oneIn(2) ? CN : KR;
    }

    function anyArrangement() private returns (uint16) {
        return uint16(1 + pick(ARRANGEMENTS));
    }

    function key(uint8 shore, uint256 n) private pure returns (uint256) {
        return 10 * uint256(shore) + n;
    }

    function laboratoryOf(uint8 shore) private pure returns (address) {
        return shore == CN ? LABORATORY_CN : LABORATORY_KR;
    }

    function reportOf(uint8 shore, uint256 n) private view returns (bytes32) {
        return idOf(uint256(numberOf[laboratoryOf(shore)]), leafOf(n));
    }
}
