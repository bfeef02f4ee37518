// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IOrigin} from "../../contracts/interfaces/IOrigin.sol";
import {ISafety} from "../../contracts/interfaces/ISafety.sol";
import {Kind} from "../../contracts/types/Codes.sol";
import {ClearanceKernel} from "./kernel/ClearanceKernel.sol";
import {CopyKernel} from "./kernel/CopyKernel.sol";
import {NumberKernel} from "./kernel/NumberKernel.sol";
import {UseKernel} from "./kernel/UseKernel.sol";
import {OriginTest} from "./support/OriginTest.sol";
import {Simulation} from "./support/Simulation.sol";

/// @title KernelClearanceTest
/// @notice Certificates, holds and uses at random, in the contract and in its kernels. A certificate of `shore` is `10 * shore + n` there,
/// and names one line; a line is a lot.
contract KernelClearanceTest is OriginTest, Simulation {
    uint256 private constant STEPS = 24;
    uint256 private constant CERTIFICATES = 4;
    uint256 private constant NUMBERS = 3;
    uint256 private constant LINES = 3;

    UseKernel private uses;
    CopyKernel private copying;
    ClearanceKernel private clearing;
    NumberKernel private numbering;
    /// @dev What became of a corrected certificate is in no kernel of its use.
    bool private isCorrected;

    function testFuzz_clearance_doesNothingThatItsKernelsRefuse(uint256 seed) public {
        simulate(seed);
    }

    /// @dev The runs above are worth something only if goods are used, and refused, often.
    function test_clearance_meetsBothOutcomes() public {
        uint256 used;
        for (uint256 i = 0; i < 20; ++i) {
            setUp();
            if (simulate(i) > 0) ++used;
        }
        assertTrue(used >= 5, "nothing used");
    }

    function simulate(uint256 seed) private returns (uint256 used) {
        begin(seed);
        isCorrected = false;
        uses = new UseKernel(anyCertificate(), 1 + pick(LINES));
        uint256 certificate = anyCertificate();
        copying = new CopyKernel(certificate, certificate ^ (1 + pick(CERTIFICATES)));
        clearing = new ClearanceKernel(anyCertificate(), 1 + pick(LINES));
        numbering = new NumberKernel(10 * anyShore() + 1 + pick(NUMBERS));
        for (uint256 i = 0; i < STEPS; ++i) {
            uint256 choice = pick(10);
            if (choice < 3) register();
            else if (choice == 3) correct();
            else if (choice < 6) copy();
            else if (choice < 8) used += consume() ? 1 : 0;
            else hold();
            compare();
        }
    }

    // --------------------------------------------------------------- actions

    function register() private {
        (uint8 shore, uint256 n) = (anyShore(), 1 + pick(CERTIFICATES));
        (uint256 number, uint256 line, uint8 regime) = (1 + pick(NUMBERS), 1 + pick(LINES), uint8(1 + pick(3)));
        meaning(address(numbering), abi.encodeCall(NumberKernel.register, (key(shore, n), key(shore, number))));
        meansNew(shore, n, line, regime);
        meaning(address(copying), abi.encodeCall(CopyKernel.register, (key(shore, n), line)));
        bytes memory call = abi.encodeCall(IOrigin.register, (registration(shore, n, number, line, regime)));
        if (attempt(certifierOf(shore), address(clearance), call, true)) anchor(shore, n);
    }

    function correct() private {
        (uint8 shore, uint256 n, uint256 wrong) = (anyShore(), 1 + pick(CERTIFICATES), 1 + pick(CERTIFICATES));
        (uint256 number, uint256 line) = (1 + pick(NUMBERS), 1 + pick(LINES));
        uint8 regime = uint8(uses.regimeOf(key(shore, wrong)));
        meaning(
            address(numbering),
            abi.encodeCall(NumberKernel.correct, (key(shore, n), key(shore, wrong), key(shore, number)))
        );
        meansNew(shore, n, line, regime);
        meaning(address(copying), abi.encodeCall(CopyKernel.register, (key(shore, n), line)));
        bytes32[] memory wrongLines = linesOf(goodsOn(uses.lineOf(key(shore, wrong))));
        IOrigin.Registration memory right = registration(shore, n, number, line, regime);
        bytes memory call = abi.encodeCall(IOrigin.correct, (idOf(shore, wrong), wrongLines, right));
        if (!attempt(certifierOf(shore), address(clearance), call, false)) return;
        isCorrected = true;
        anchor(shore, n);
    }

    /// @dev What may be copied, and when, is in no kernel.
    function copy() private {
        (uint8 shore, uint256 n, uint256 original) = (anyShore(), 1 + pick(CERTIFICATES), 1 + pick(CERTIFICATES));
        (uint256 number, uint256 of_) = (1 + pick(NUMBERS), key(shore, original));
        (uint256 line, uint8 regime) = (uses.lineOf(of_), uint8(uses.regimeOf(of_)));
        meaning(address(numbering), abi.encodeCall(NumberKernel.register, (key(shore, n), key(shore, number))));
        meansNew(shore, n, line, regime);
        meaning(address(copying), abi.encodeCall(CopyKernel.copy, (key(shore, n), of_)));
        IOrigin.Registration memory copied = registration(shore, n, number, line, regime);
        bytes memory call = abi.encodeCall(IOrigin.copy, (leafOf(original), copied));
        if (attempt(certifierOf(shore), address(clearance), call, false)) anchor(shore, n);
    }

    function consume() private returns (bool) {
        (uint8 shore, uint256 n, uint8 by) = (anyShore(), 1 + pick(CERTIFICATES), anyShore());
        if (!oneIn(4)) by = otherShore(shore);
        meaning(address(uses), abi.encodeCall(UseKernel.use, (key(shore, n))));
        meaning(address(copying), abi.encodeCall(CopyKernel.use, (key(shore, n))));
        meaning(address(clearing), abi.encodeCall(ClearanceKernel.use, (key(shore, n), by)));
        IOrigin.Goods[] memory goods = goodsOn(uses.lineOf(key(shore, n)));
        bytes memory call = abi.encodeCall(IOrigin.consume, (idOf(shore, n), DECLARATION, goods));
        return attempt(by == CN ? CUSTOMS_CN : CUSTOMS_KR, address(clearance), call, !isCorrected);
    }

    function hold() private {
        (uint8 shore, uint256 line, bool isHeld) = (anyShore(), 1 + pick(LINES), oneIn(3));
        bytes memory held = shore == CN
            ? abi.encodeCall(ClearanceKernel.holdByChina, (line, isHeld))
            : abi.encodeCall(ClearanceKernel.holdByKorea, (line, isHeld));
        meaning(address(clearing), held);
        bytes memory call = isHeld
            ? abi.encodeCall(ISafety.hold, (lotKey(line), uint8(INVESTIGATION)))
            : abi.encodeCall(ISafety.lift, (lotKey(line), uint8(INVESTIGATION)));
        attempt(shore == CN ? REGULATOR_CN : REGULATOR_KR, address(clearance), call, true);
    }

    // -------------------------------------------------------------- outcomes

    function compare() private view {
        for (uint256 line = 1; line <= LINES; ++line) {
            uint256 word = foundLine(linesOf(goodsOn(line))[0]);
            assertEq(field(word, 80, 8), uses.usedUnder(line), "agreement of the use");
            assertTrue((word >> 88 != 0) == copying.isUsed(line), "used");
            (bool china, bool korea) = (clearing.isHeldByChina(line), clearing.isHeldByKorea(line));
            assertTrue(clearance.lots(lotKey(line)).isHeldBy(CN) == china, "held by CN");
            assertTrue(clearance.lots(lotKey(line)).isHeldBy(KR) == korea, "held by KR");
        }
        for (uint8 shore = CN; shore <= KR; ++shore) {
            for (uint256 n = 1; n <= NUMBERS; ++n) {
                uint256 found = numbering.certificateOf(key(shore, n));
                bytes32 numberKey_ = pair(bytes32(uint256(numberOf[certifierOf(shore)])), digest("number", n));
                assertEq(clearance.numbers(numberKey_), found == 0 ? bytes32(0) : idOf(shore, found % 10), "number");
            }
        }
        uses.holds();
        copying.holds();
        clearing.holds();
        numbering.holds();
    }

    // -------------------------------------------------------------- internal

    /// @dev A new certificate, to the kernels of its use.
    function meansNew(uint8 shore, uint256 n, uint256 line, uint8 regime) private {
        meaning(address(uses), abi.encodeCall(UseKernel.register, (key(shore, n), regime, line)));
        meaning(address(clearing), abi.encodeCall(ClearanceKernel.register, (key(shore, n), otherShore(shore), line)));
    }

    function anchor(uint8 shore, uint256 n) private {
        anchorAs(certifierOf(shore), n, 0);
        vm.stopPrank();
        assertEq(field(recordWord(idOf(shore, n)), 216, 8), Kind.CERTIFICATE_OF_ORIGIN, "kind");
    }

    function registration(uint8 shore, uint256 n, uint256 number, uint256 line, uint8 regime)
        private
        pure
        returns (IOrigin.Registration memory)
    {
        return IOrigin.Registration(
            leafOf(n), digest("number", number), regime, otherShore(shore), ISSUED_ON, linesOf(goodsOn(line))
        );
    }

    function goodsOn(uint256 line) private pure returns (IOrigin.Goods[] memory goods) {
        goods = new IOrigin.Goods[](1);
        goods[0] = IOrigin.Goods(lotKey(line), digest("detail", line));
    }

    function anyCertificate() private returns (uint256) {
        return key(anyShore(), 1 + pick(CERTIFICATES));
    }

    function anyShore() private returns (uint8) {
        return oneIn(2) ? CN : KR;
    }

    function key(uint8 shore, uint256 n) private pure returns (uint256) {
        return 10 * uint256(shore) + n;
    }

    function certifierOf(uint8 shore) private pure returns (address) {
        return shore == CN ? CERTIFIER_CN : CERTIFIER_KR;
    }

    function idOf(uint8 shore, uint256 n) private view returns (bytes32) {
        return idOf(uint256(numberOf[certifierOf(shore)]), leafOf(n));
    }
}
