// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IOrigin} from "../../contracts/interfaces/IOrigin.sol";
import {Kind, Role, Status} from "../../contracts/types/Codes.sol";
import {OriginTest} from "./support/OriginTest.sol";
import {Log} from "./support/Vm.sol";

contract OriginUseTest is OriginTest {
    address private constant RIVAL = address(0xA1);
    uint16 private constant FRAUD = 3;
    uint40 private constant VALID_UNTIL = ISSUED_ON + uint40(CK_FTA_VALID_DAYS) * 1 days;

    bytes32 private id;

    function setUp() public override {
        super.setUp();
        id = issue(1);
    }

    // ----------------------------------------------------------- its one use

    function testFuzz_consume_usesEveryLine(uint8 count, bytes32 declaration, uint24 later) public {
        vm.assume(declaration != 0);
        IOrigin.Registration memory drafted = draft(2);
        drafted.lines = linesOf(goodsOf(2, count % 8 + 1));
        bytes32 used = issue(2, drafted);
        vm.warp(START + later);
        actAs(CUSTOMS_KR);
        clearance.consume(used, declaration, goodsOf(2, count % 8 + 1));
        uint256 word = useWord(used, declaration, CK_FTA, numberOf[CUSTOMS_KR]);
        for (uint256 i = 0; i < drafted.lines.length; ++i) {
            assertEq(foundLine(drafted.lines[i]), word, "line");
        }
        assertEq(foundLine(draft(1).lines[0]), 1, "line of another");
    }

    function test_consume_tellsOfTheUse() public {
        uint256 sequence = ledger.sequence();
        actAs(CUSTOMS_KR);
        vm.recordLogs();
        clearance.consume(id, DECLARATION, goodsOf(1));
        Log[] memory logs = vm.getRecordedLogs();
        uint256 word = useWord(id, DECLARATION, CK_FTA, numberOf[CUSTOMS_KR]);
        bytes memory data = abi.encode(DECLARATION, word, sequence + 1);
        assertEq(logs.length, 1, "events");
        assertEvent(logs[0], address(clearance), IOrigin.CertificateConsumed.selector, topicsOf(id), data);
        assertEq(ledger.sequence(), sequence + 1, "sequence");
    }

    function test_consume_goesTheOtherWayToo() public {
        IOrigin.Registration memory drafted = draft(2);
        drafted.destination = CN;
        bytes32 korean = registerAs(CERTIFIER_KR, drafted);
        anchorAs(CERTIFIER_KR, 2, 0);
        consumeAs(CUSTOMS_CN, korean, goodsOf(2));
    }

    function test_consume_refusesUsed() public {
        consumeAs(CUSTOMS_KR, id, goodsOf(1));
        assertConsumeRefused(id, goodsOf(1), alreadyUsed(id, draft(1).lines[0]));
    }

    function test_consume_refusesASecondDeclaration() public {
        consumeAs(CUSTOMS_KR, id, goodsOf(1));
        bytes memory call = abi.encodeCall(IOrigin.consume, (id, bytes32(uint256(DECLARATION) + 1), goodsOf(1)));
        assertRefused(address(clearance), call, alreadyUsed(id, draft(1).lines[0]));
    }

    function test_consume_refusesALineUsedUnderAnotherCertificate() public {
        bytes32 second = issue(2, draftWithGoods(2, 1));
        consumeAs(CUSTOMS_KR, id, goodsOf(1));
        assertConsumeRefused(second, goodsOf(1), alreadyUsed(second, draft(1).lines[0]));
    }

    function test_consume_refusesALineUsedUnderAnotherAgreement() public {
        IOrigin.Registration memory drafted = draftWithGoods(2, 1);
        drafted.regime = RCEP;
        bytes32 second = issue(2, drafted);
        consumeAs(CUSTOMS_KR, id, goodsOf(1));
        assertConsumeRefused(second, goodsOf(1), doublePreference(second, draft(1).lines[0]));
    }

    function test_consume_refusesOneLineInCommonAndUsesNone() public {
        IOrigin.Registration memory drafted = draft(2);
        drafted.regime = APTA;
        drafted.lines = linesOf(goodsOf(1, 3));
        bytes32 second = issue(2, drafted);
        IOrigin.Goods[] memory goods = goodsOf(1, 3);
        consumeAs(CUSTOMS_KR, id, goodsOf(1));
        assertConsumeRefused(second, goods, doublePreference(second, draft(1).lines[0]));
        uint256 unused;
        for (uint256 i = 0; i < 3; ++i) {
            if (foundLine(drafted.lines[i]) == 1) ++unused;
        }
        assertEq(unused, 1, "the third line");
    }

    // --------------------------------------------------------- whole, in order

    function test_consume_refusesAPart() public {
        IOrigin.Goods[] memory part = new IOrigin.Goods[](1);
        part[0] = goodsOf(1)[0];
        actAs(CUSTOMS_KR);
        assertConsumeRefused(id, part, linesInvalid(1));
        assertConsumeRefused(id, new IOrigin.Goods[](0), linesInvalid(0));
        assertConsumeRefused(id, goodsOf(1, 3), linesInvalid(3));
        assertEq(foundLine(draft(1).lines[0]), 1, "line");
    }

    function test_consume_refusesOtherGoods() public {
        IOrigin.Goods[] memory goods = goodsOf(1);
        goods[1].detail = digest("detail", 9);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(id, goodsOf(5), linesInvalid(2));
        assertConsumeRefused(id, goods, linesInvalid(2));
    }

    function test_consume_refusesAnotherOrder() public {
        IOrigin.Goods[] memory goods = goodsOf(1);
        (goods[0], goods[1]) = (goods[1], goods[0]);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(id, goods, linesInvalid(2));
    }

    // ---------------------------------------------------------------- copies

    function test_consume_ofACopyUsesItsOriginal() public {
        bytes32 duplicate = issueCopy(2, 1);
        consumeAs(CUSTOMS_KR, duplicate, goodsOf(1));
        assertConsumeRefused(id, goodsOf(1), alreadyUsed(id, draft(1).lines[0]));
    }

    function test_consume_ofAnOriginalUsesItsCopies() public {
        bytes32 duplicate = issueCopy(2, 1);
        bytes32 triplicate = issueCopy(3, 1);
        consumeAs(CUSTOMS_KR, id, goodsOf(1));
        assertConsumeRefused(duplicate, goodsOf(1), alreadyUsed(duplicate, draft(1).lines[0]));
        assertConsumeRefused(triplicate, goodsOf(1), alreadyUsed(triplicate, draft(1).lines[0]));
    }

    function test_consume_ofACopyRefusesWhatBecameOfItsOriginal() public {
        bytes32 duplicate = issueCopy(2, 1);
        actAs(CERTIFIER_CN);
        ledger.suspend(leafOf(1), INVESTIGATION);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(duplicate, goodsOf(1), notStanding(id, Status.SUSPENDED));
        actAs(CERTIFIER_CN);
        ledger.revoke(leafOf(1), FRAUD);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(duplicate, goodsOf(1), notStanding(id, Status.REVOKED));
    }

    function test_consume_ofACopyRefusesASupersededOriginal() public {
        bytes32 duplicate = issueCopy(2, 1);
        supersede(1, 3);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(duplicate, goodsOf(1), superseded(id));
    }

    function test_consume_ofACopyRefusesACorrectedOriginal() public {
        bytes32 duplicate = issueCopy(2, 1);
        issueCorrection(3, 1);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(duplicate, goodsOf(1), superseded(id));
    }

    function test_consume_ofACopyRefusesAnOriginalNotAnchored() public {
        bytes32 original = registerAs(CERTIFIER_CN, draft(4));
        bytes32 duplicate = issueCopy(5, 4);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(duplicate, goodsOf(4), notStanding(original, Status.NONE));
    }

    function test_consume_ofACopyRefusesAnOriginalThatTheLedgerLetExpire() public {
        uint40 until = uint40(START + 1 days);
        bytes32 original = registerAs(CERTIFIER_CN, draft(4));
        anchorAs(CERTIFIER_CN, 4, until);
        bytes32 duplicate = issueCopy(5, 4);
        vm.warp(until);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(duplicate, goodsOf(4), expired(original, until));
    }

    // -------------------------------------------------------------- standing

    function test_consume_refusesNotRegistered() public {
        bytes32 anchored = certificateId(5);
        anchorAs(CERTIFIER_CN, 5, 0);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(anchored, goodsOf(5), notFound(anchored));
        assertConsumeRefused(0, goodsOf(5), notFound(0));
    }

    function test_consume_refusesNotAnchored() public {
        bytes32 registered = registerAs(CERTIFIER_CN, draft(5));
        actAs(CUSTOMS_KR);
        assertConsumeRefused(registered, goodsOf(5), notStanding(registered, Status.NONE));
        anchorAs(CERTIFIER_CN, 5, 0);
        consumeAs(CUSTOMS_KR, registered, goodsOf(5));
    }

    function test_consume_refusesWhatIsAnchoredAsSomethingElse() public {
        bytes32 registered = registerAs(CERTIFIER_CN, draft(5));
        ledger.anchor(entry(5, NO_SUBJECT, Kind.EPCIS_EVENTS, 0));
        actAs(CUSTOMS_KR);
        assertConsumeRefused(registered, goodsOf(5), notStanding(registered, Status.NONE));
    }

    function test_consume_refusesSuspendedUntilReinstated() public {
        actAs(CERTIFIER_CN);
        ledger.suspend(leafOf(1), INVESTIGATION);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(id, goodsOf(1), notStanding(id, Status.SUSPENDED));
        actAs(CERTIFIER_CN);
        ledger.reinstate(leafOf(1), INVESTIGATION);
        consumeAs(CUSTOMS_KR, id, goodsOf(1));
    }

    function test_consume_refusesRevoked() public {
        actAs(CERTIFIER_CN);
        ledger.revoke(leafOf(1), FRAUD);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(id, goodsOf(1), notStanding(id, Status.REVOKED));
    }

    function test_consume_refusesSupersededInTheLedgerOnly() public {
        supersede(1, 2);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(id, goodsOf(1), superseded(id));
    }

    function test_consume_refusesCorrectedHereOnly() public {
        bytes32 correction = issueCorrection(2, 1);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(id, goodsOf(1), superseded(id));
        consumeAs(CUSTOMS_KR, correction, goodsOf(2));
    }

    function test_consume_refusesFromTheSecondOfValidUntil() public {
        vm.warp(VALID_UNTIL);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(id, goodsOf(1), expired(id, VALID_UNTIL));
        vm.warp(VALID_UNTIL - 1);
        consumeAs(CUSTOMS_KR, id, goodsOf(1));
    }

    function test_consume_followsTheValidityOfTheAgreement() public {
        IOrigin.Registration memory drafted = draft(2);
        drafted.regime = RCEP;
        bytes32 rcep = issue(2, drafted);
        vm.warp(VALID_UNTIL + 1 days);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(rcep, goodsOf(2), expired(rcep, VALID_UNTIL + 1 days));
        vm.warp(VALID_UNTIL + 1 days - 1);
        consumeAs(CUSTOMS_KR, rcep, goodsOf(2));
    }

    function test_consume_refusesFromTheSecondThatTheLedgersRecordExpires() public {
        uint40 until = uint40(START + 1 days);
        bytes32 short = registerAs(CERTIFIER_CN, draft(2));
        anchorAs(CERTIFIER_CN, 2, until);
        vm.warp(until);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(short, goodsOf(2), expired(short, until));
        vm.warp(until - 1);
        consumeAs(CUSTOMS_KR, short, goodsOf(2));
    }

    // ----------------------------------------------------------------- goods

    function test_consume_refusesALotHeldByEitherShore() public {
        IOrigin.Goods[] memory goods = goodsOf(1);
        address[4] memory holders = [CUSTOMS_CN, REGULATOR_CN, CUSTOMS_KR, REGULATOR_KR];
        for (uint256 i = 0; i < holders.length; ++i) {
            bytes32 lot = goods[i % 2].lot;
            holdLot(holders[i], lot);
            actAs(CUSTOMS_KR);
            assertConsumeRefused(id, goods, onHold(lot));
            actAs(holders[i]);
            clearance.lift(lot, uint8(INVESTIGATION));
        }
        consumeAs(CUSTOMS_KR, id, goods);
    }

    function test_consume_refusesALotRecalledByEitherShore() public {
        IOrigin.Goods[] memory goods = goodsOf(1);
        recallLot(REGULATOR_CN, goods[1].lot);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(id, goods, onHold(goods[1].lot));
        recallLot(REGULATOR_KR, goods[0].lot);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(id, goods, onHold(goods[0].lot));
    }

    // --------------------------------------------------------------- callers

    function test_consume_refusesCustomsOfAnotherShore() public {
        actAs(CUSTOMS_CN);
        assertConsumeRefused(id, goodsOf(1), shoreWrong(CN, KR));
    }

    function testFuzz_consume_refusesWhoIsNotCustoms(uint16 roles) public {
        roles = roles % Role.ALL + 1;
        vm.assume(roles & Role.CUSTOMS == 0);
        join(KOREA, roles, RIVAL);
        actAs(RIVAL);
        assertConsumeRefused(id, goodsOf(1), roleMissing(roles, Role.CUSTOMS));
    }

    function testFuzz_consume_refusesAnAccountUnknown(address stranger) public {
        vm.assume(numberOf[stranger] == 0);
        actAs(stranger);
        assertConsumeRefused(id, goodsOf(1), notLive(stranger));
    }

    function test_consume_refusesNoDeclaration() public {
        actAs(CUSTOMS_KR);
        bytes memory call = abi.encodeCall(IOrigin.consume, (id, bytes32(0), goodsOf(1)));
        assertRefused(address(clearance), call, fieldInvalid("declaration"));
    }

    function test_consume_refusesIfPaused() public {
        pauseAction(address(clearance), CONSUME);
        actAs(CUSTOMS_KR);
        assertConsumeRefused(id, goodsOf(1), actionPaused(address(clearance), CONSUME));
        actAs(BOTH);
        ledger.resume(address(clearance), uint128(1) << CONSUME);
        consumeAs(CUSTOMS_KR, id, goodsOf(1));
    }

    function test_consume_goesOnWhileRegisteringIsPaused() public {
        pauseAction(address(clearance), REGISTER);
        consumeAs(CUSTOMS_KR, id, goodsOf(1));
    }

    // -------------------------------------------------------------- internal

    /// @dev Document `by` takes the place of document `n` in the ledger, which nobody registered as a correction.
    function supersede(uint256 n, uint256 by) private {
        actAs(CERTIFIER_CN);
        ledger.supersede(leafOf(n), entry(by, NO_SUBJECT, Kind.CERTIFICATE_OF_ORIGIN, 0), FRAUD);
    }
}
