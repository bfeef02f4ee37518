// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ISafety} from "../../contracts/interfaces/ISafety.sol";
import {Role} from "../../contracts/types/Codes.sol";
import {SafetyTest} from "./support/SafetyTest.sol";

/// @title SafetyAccessTest
/// @notice Who may call what of alerts, holds, recalls and movements, and what both shores can pause of it.
contract SafetyAccessTest is SafetyTest {
    uint256 private constant FUNCTIONS = 8;
    uint8 private constant RELEASE = 2;
    uint8 private constant WRITE_OFF = 3;
    address private constant NODE_CN = address(0xA1FF);

    function setUp() public override {
        super.setUp();
        join(CHINA, Role.NODE, NODE_CN);
    }

    function test_roles_decideAlone() public {
        uint16[7] memory roles = [uint16(1), 2, 4, 8, 16, 64, 32];
        address[7] memory accounts =
            [CERTIFIER_CN, LABORATORY_CN, OPERATOR_CN, CUSTOMS_CN, REGULATOR_CN, ACCREDITOR_CN, NODE_CN];
        for (uint256 i = 0; i < roles.length; ++i) {
            for (uint256 f = 0; f < FUNCTIONS; ++f) {
                actAs(accounts[i]);
                if (roles[i] & needed(f) == 0) assertSafetyRefuses(call(f), roleMissing(roles[i], needed(f)));
                else assertAllowed(f);
            }
        }
    }

    function test_accounts_mustBeLive() public {
        address[2] memory outsiders = [STRANGER, CHINA];
        for (uint256 i = 0; i < outsiders.length; ++i) {
            assertNotLive(outsiders[i]);
        }
        actAs(CHINA);
        ledger.suspendMember(numberOf[REGULATOR_CN], INVESTIGATION);
        assertNotLive(REGULATOR_CN);
        actAs(CHINA);
        ledger.withdrawAccount(CUSTOMS_CN);
        assertNotLive(CUSTOMS_CN);
        actAs(KOREA);
        ledger.renew(numberOf[REGULATOR_KR], Role.REGULATOR, 1, uint40(present));
        assertNotLive(REGULATOR_KR);
    }

    function test_pause_stopsReleasesAndWriteOffsAlone() public {
        actAs(BOTH);
        ledger.pause(address(clearance), type(uint128).max);
        for (uint256 f = 0; f < FUNCTIONS; ++f) {
            actAs(needed(f) & Role.REGULATOR != 0 ? REGULATOR_CN : CUSTOMS_CN);
            if (f < 6) assertAllowed(f);
            else assertSafetyRefuses(call(f), actionPaused(address(clearance), f == 6 ? RELEASE : WRITE_OFF));
        }
    }

    function testFuzz_pause_byTheActionsOwnBit(uint128 actions) public {
        actAs(BOTH);
        ledger.pause(address(clearance), actions);
        actAs(CUSTOMS_CN);
        uint8[2] memory numbers = [RELEASE, WRITE_OFF];
        for (uint256 i = 0; i < 2; ++i) {
            bool isPaused = actions >> numbers[i] & 1 != 0;
            if (isPaused) assertSafetyRefuses(call(6 + i), actionPaused(address(clearance), numbers[i]));
            else assertAllowed(6 + i);
        }
        actAs(BOTH);
        ledger.resume(address(clearance), actions);
        actAs(OPERATOR_CN);
        clearance.writeOff(bytes32(uint256(1)), lotKeys(1, 1));
    }

    // ----------------------------------------------------------------- helpers

    function needed(uint256 f) private pure returns (uint16) {
        if (f < 4) return Role.REGULATOR;
        if (f < 6) return Role.REGULATOR | Role.CUSTOMS;
        return f == 6 ? Role.CUSTOMS : Role.CUSTOMS | Role.OPERATOR;
    }

    /// @dev A call of each function that needs only what is there from the start.
    function call(uint256 f) private view returns (bytes memory) {
        if (f == 0) return abi.encodeCall(ISafety.raiseAlert, (SALT, 1, 1, due(), EVIDENCE, lotKeys(1, 1)));
        if (f == 1) return abi.encodeCall(ISafety.advanceAlert, (SALT, 2, 1, due(), EVIDENCE));
        if (f == 2) return abi.encodeCall(ISafety.openRecall, (orderOf(REGULATOR_CN, SALT), lotKeys(1, 1)));
        if (f == 3) return abi.encodeCall(ISafety.closeRecall, (SALT, SALT, EVIDENCE, lotKeys(1, 0)));
        if (f == 4) return abi.encodeCall(ISafety.hold, (lotKey(0), 0));
        if (f == 5) return abi.encodeCall(ISafety.lift, (lotKey(0), 1));
        if (f == 6) return abi.encodeCall(ISafety.release, (bytes32(0), true, lotKeys(1, 1)));
        return abi.encodeCall(ISafety.writeOff, (bytes32(0), lotKeys(1, 1)));
    }

    /// @dev Whoever acts gets as far as what the call itself lacks; an alert is raised.
    function assertAllowed(uint256 f) private {
        if (f == 0) assertDone(address(clearance), call(f));
        else if (f < 4) assertSafetyRefuses(call(f), unknown(SALT));
        else if (f == 4) assertSafetyRefuses(call(f), fieldInvalid("reason"));
        else if (f == 5) assertSafetyRefuses(call(f), lotConflict(lotKey(0), 0));
        else assertSafetyRefuses(call(f), fieldInvalid("document"));
    }

    function assertNotLive(address account) private {
        actAs(account);
        for (uint256 f = 0; f < FUNCTIONS; ++f) {
            assertSafetyRefuses(call(f), notLive(account));
        }
    }
}
