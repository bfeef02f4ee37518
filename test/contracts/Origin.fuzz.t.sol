// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IOrigin} from "../../contracts/interfaces/IOrigin.sol";
import {Kind, Role} from "../../contracts/types/Codes.sol";
import {OriginTest} from "./support/OriginTest.sol";
import {Standings} from "./support/Standings.sol";

/// @title OriginFuzzTest
/// @notice Certificates of any form, standing and history are presented by anybody at any time, with any goods: one is used if, and only if,
/// the model says so, and then whole.
contract OriginFuzzTest is OriginTest, Standings {
    /// @dev A certificate that somebody is about to use, and whether the model lets it be used.
    struct Attempt {
        uint256 n;
        bytes32 id;
        IOrigin.Registration drafted;
        IOrigin.Goods[] goods;
        bool isPossible;
        uint256 end;
        bytes32 declaration;
        address caller;
    }

    /// @dev Documents of one attempt: its certificate, the one before it, one that corrects it, and another for the same goods.
    uint256 private constant DOCUMENTS = 4;

    function setUp() public override {
        super.setUp();
        joinOthers(KR, Role.CUSTOMS, Role.ALL & ~Role.REGULATOR);
    }

    function testFuzz_consume_isDoneIfAndOnlyIfTheModelSaysSo(uint256 seed) public {
        begin(seed);
        attempt(1);
    }

    /// @dev The runs above are worth something only if they meet both outcomes often.
    function test_consume_meetsBothOutcomes() public {
        uint256 used;
        begin(0);
        for (uint256 i = 0; i < 100; ++i) {
            if (attempt(1 + i * DOCUMENTS)) ++used;
            vm.warp(START);
        }
        assertTrue(used >= 20 && used <= 80, "one-sided");
    }

    // --------------------------------------------------------------- attempt

    function attempt(uint256 n) private returns (bool isUsed) {
        Attempt memory a = prepare(n);
        uint256[] memory before = linesBefore(a.drafted.lines);
        uint256 sequence = ledger.sequence();
        actAs(a.caller);
        (isUsed,) = address(clearance).call(abi.encodeCall(IOrigin.consume, (a.id, a.declaration, a.goods)));
        assertTrue(isUsed == a.isPossible, isUsed ? "used against the model" : "refused against the model");
        assertEq(ledger.sequence(), sequence + (isUsed ? 1 : 0), "sequence");
        uint256 use = useWord(a.id, a.declaration, a.drafted.regime, numberOf[a.caller]);
        for (uint256 i = 0; i < before.length; ++i) {
            assertEq(foundLine(a.drafted.lines[i]), isUsed ? use : before[i], "line");
        }
        resumeAll(address(clearance));
    }

    function prepare(uint256 n) private returns (Attempt memory a) {
        a.n = n;
        a.drafted = draft(n);
        a.goods = goodsOf(n, 1 + pick(4));
        a.drafted.lines = linesOf(a.goods);
        a.drafted.regime = uint8(1 + pick(3));
        a.drafted.issuedOn = uint40(START - pick(30 days));
        a.declaration = oneIn(40) ? bytes32(0) : DECLARATION;
        a.isPossible = a.declaration != 0;
        uint256[3] memory validDays = [uint256(CK_FTA_VALID_DAYS), RCEP_VALID_DAYS, APTA_VALID_DAYS];
        a.end = a.drafted.issuedOn + validDays[a.drafted.regime - 1] * 1 days;
        bringAbout(a);
        if (oneIn(12)) useElsewhere(a);
        if (oneIn(6)) stopALot(a);
        if (oneIn(8)) changeGoods(a);
        choose(a);
    }

    /// @dev The certificate in one of its three forms, and what became of it and of what it is a copy of.
    function bringAbout(Attempt memory a) private {
        uint256 form = 1 + pick(3);
        a.id = certificateId(a.n);
        if (form == COPY) {
            bringAboutOriginal(a);
        } else if (oneIn(24)) {
            a.isPossible = false; // anchored, and never registered
        } else if (form == CORRECTION) {
            IOrigin.Registration memory wrong = draftWithNumber(a.n + 1, a.n);
            wrong.regime = a.drafted.regime;
            bytes32 id = registerAs(CERTIFIER_CN, wrong);
            clearance.correct(id, wrong.lines, a.drafted);
        } else {
            registerAs(CERTIFIER_CN, a.drafted);
        }
        take(a, anyStanding(CERTIFIER_CN, a.n, Kind.CERTIFICATE_OF_ORIGIN));
        if (form == COPY) take(a, anyStanding(CERTIFIER_CN, a.n + 1, Kind.CERTIFICATE_OF_ORIGIN));
        if (form != COPY && a.isPossible && oneIn(16)) correct(a, a.n);
    }

    function bringAboutOriginal(Attempt memory a) private {
        IOrigin.Registration memory original = draft(a.n + 1);
        (original.lines, original.regime, original.issuedOn) = (a.drafted.lines, a.drafted.regime, a.drafted.issuedOn);
        registerAs(CERTIFIER_CN, original);
        clearance.copy(leafOf(a.n + 1), a.drafted);
        if (oneIn(12)) correct(a, a.n + 1);
    }

    /// @dev Another takes the place of certificate `n`, which has the goods of the attempt.
    function correct(Attempt memory a, uint256 n) private {
        IOrigin.Registration memory right = draftWithNumber(a.n + 2, n);
        right.regime = a.drafted.regime;
        bytes32 wrong = certificateId(n);
        actAs(CERTIFIER_CN);
        clearance.correct(wrong, a.drafted.lines, right);
        a.isPossible = false;
    }

    function take(Attempt memory a, Standing memory standing) private pure {
        if (!standing.isActive) a.isPossible = false;
        if (standing.expiresAt != 0 && standing.expiresAt < a.end) a.end = standing.expiresAt;
    }

    /// @dev One of the goods lines is used before, under a certificate and an agreement of its own.
    function useElsewhere(Attempt memory a) private {
        IOrigin.Registration memory other = draft(a.n + 3);
        IOrigin.Goods[] memory goods = new IOrigin.Goods[](1);
        goods[0] = a.goods[pick(a.goods.length)];
        (other.lines, other.regime) = (linesOf(goods), uint8(1 + pick(3)));
        bytes32 id = issue(a.n + 3, other);
        consumeAs(CUSTOMS_KR, id, goods);
        a.isPossible = false;
    }

    /// @dev A lot is held or recalled by one of the shores, or was held and is free again.
    function stopALot(Attempt memory a) private {
        address[4] memory authorities = [REGULATOR_CN, REGULATOR_KR, CUSTOMS_CN, CUSTOMS_KR];
        address authority = authorities[pick(4)];
        bytes32 lot = a.goods[pick(a.goods.length)].lot;
        bool isRegulator = authority == REGULATOR_CN || authority == REGULATOR_KR;
        if (isRegulator && oneIn(2)) {
            recallLot(authority, lot);
            a.isPossible = false;
            return;
        }
        holdLot(authority, lot);
        if (oneIn(2)) clearance.lift(lot, uint8(INVESTIGATION));
        else a.isPossible = false;
    }

    /// @dev Goods that are not those of the certificate, or not in their order.
    function changeGoods(Attempt memory a) private {
        uint256 change = pick(4);
        uint256 count = a.goods.length;
        a.isPossible = false;
        if (change == 0 && count > 1) {
            (a.goods[0], a.goods[count - 1]) = (a.goods[count - 1], a.goods[0]);
        } else if (change == 1) {
            a.goods = goodsOf(a.n, count - 1);
        } else if (change == 2) {
            a.goods = goodsOf(a.n, count + 1);
        } else {
            a.goods[pick(count)].detail = digest("detail of nothing", a.n);
        }
    }

    /// @dev Who asks, when, and whether using is paused.
    function choose(Attempt memory a) private {
        if (anyPause(address(clearance), CONSUME)) a.isPossible = false;
        uint256 when = pick(8);
        uint256 at = START + pick(300 days);
        if (when == 0) at = a.end;
        if (when == 1 && a.end > START) at = a.end - 1;
        a.caller = oneIn(3) ? anyCaller() : CUSTOMS_KR;
        bool isCustoms = a.caller == CUSTOMS_KR || a.caller == ALL_ROUND || (a.caller == LAPSING && at < LAPSE);
        if (!isCustoms || at >= a.end) a.isPossible = false;
        vm.warp(at);
    }

    function linesBefore(bytes32[] memory keys) private view returns (uint256[] memory words) {
        words = new uint256[](keys.length);
        for (uint256 i = 0; i < keys.length; ++i) {
            words[i] = foundLine(keys[i]);
        }
    }
}
