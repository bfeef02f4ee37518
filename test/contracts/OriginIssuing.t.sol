// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IOrigin} from "../../contracts/interfaces/IOrigin.sol";
import {Role} from "../../contracts/types/Codes.sol";
import {OriginTest} from "./support/OriginTest.sol";
import {Log} from "./support/Vm.sol";

contract OriginIssuingTest is OriginTest {
    address private constant RIVAL = address(0xA1);
    uint8 private constant WITHDRAWN = 2;

    uint32 private body;

    function setUp() public override {
        super.setUp();
        body = numberOf[CERTIFIER_CN];
    }

    // -------------------------------------------------------------- register

    function testFuzz_register_writesTheCertificate(uint8 regime, uint8 count, uint24 age) public {
        IOrigin.Registration memory drafted = draft(1);
        drafted.regime = regime % 3 + 1;
        drafted.lines = linesOf(goodsOf(1, count % 8 + 1));
        drafted.issuedOn = uint40(START - age % 30 days);
        bytes32 id = registerAs(CERTIFIER_CN, drafted);
        assertEq(id, certificateId(1), "id");
        uint16[3] memory days_ = [CK_FTA_VALID_DAYS, RCEP_VALID_DAYS, APTA_VALID_DAYS];
        assertEq(foundCertificate(id), certificateWord(drafted, ORIGINAL, days_[drafted.regime - 1]), "word");
        assertEq(clearance.numbers(numberKey(drafted.number)), id, "number");
        assertEq(clearance.predecessors(id), 0, "predecessor");
        for (uint256 i = 0; i < drafted.lines.length; ++i) {
            assertEq(foundLine(drafted.lines[i]), 1, "line");
        }
    }

    function test_register_tellsOfTheCertificateAndItsLines() public {
        IOrigin.Registration memory drafted = draft(1);
        uint256 sequence = ledger.sequence();
        actAs(CERTIFIER_CN);
        vm.recordLogs();
        bytes32 id = clearance.register(drafted);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 3, "events");
        assertEvent(
            logs[0],
            address(clearance),
            IOrigin.CertificateRegistered.selector,
            topicsOf(id, numberKey(drafted.number)),
            abi.encode(0, certificateWord(drafted, ORIGINAL, CK_FTA_VALID_DAYS), sequence + 1)
        );
        for (uint256 i = 0; i < 2; ++i) {
            bytes32[] memory topics = topicsOf(drafted.lines[i], id);
            bytes memory data = abi.encode(sequence + 2 + i);
            assertEvent(logs[1 + i], address(clearance), IOrigin.LineRegistered.selector, topics, data);
        }
        assertEq(ledger.sequence(), sequence + 3, "sequence");
    }

    function test_register_goesTheOtherWayToo() public {
        IOrigin.Registration memory drafted = draft(1);
        drafted.destination = CN;
        bytes32 id = registerAs(CERTIFIER_KR, drafted);
        assertEq(foundCertificate(id), certificateWord(drafted, ORIGINAL, CK_FTA_VALID_DAYS), "word");
    }

    // ------------------------------------------------------ numbers, leaves

    function test_register_revertsIfNumberTaken() public {
        bytes32 id = registerAs(CERTIFIER_CN, draft(1));
        bytes32 key = numberKey(draft(1).number);
        actAs(CERTIFIER_CN);
        assertRegisterRefused(draftWithNumber(2, 1), numberTaken(key, id));
    }

    function test_register_letsAnotherIssuerHaveTheSameNumber() public {
        bytes32 id = registerAs(CERTIFIER_CN, draft(1));
        authoriseRival();
        bytes32 other = registerAs(RIVAL, draftWithNumber(2, 1));
        assertEq(clearance.numbers(numberKey(draft(1).number)), id, "first");
        assertEq(clearance.numbers(pair(bytes32(uint256(numberOf[RIVAL])), draft(1).number)), other, "second");
    }

    function test_register_cannotSquatOnAnothersCertificate() public {
        authoriseRival();
        bytes32 squatted = registerAs(RIVAL, draft(1));
        bytes32 id = issue(1);
        assertTrue(squatted != id, "ids");
        consumeAs(CUSTOMS_KR, id, goodsOf(1));
    }

    function test_register_revertsIfTheDocumentIsRegistered() public {
        bytes32 id = registerAs(CERTIFIER_CN, draft(1));
        IOrigin.Registration memory drafted = draftWithNumber(1, 2);
        actAs(CERTIFIER_CN);
        assertRegisterRefused(drafted, alreadyRegistered(id));
    }

    // ----------------------------------------------------------------- lines

    function test_register_takesAHundredLines() public {
        IOrigin.Registration memory drafted = draft(1);
        drafted.lines = linesOf(goodsOf(1, MAX_LINES));
        bytes32 id = issue(1, drafted);
        assertEq(foundCertificate(id), certificateWord(drafted, ORIGINAL, CK_FTA_VALID_DAYS), "word");
        consumeAs(CUSTOMS_KR, id, goodsOf(1, MAX_LINES));
    }

    function test_register_revertsIfLinesAreNoneOrTooMany() public {
        IOrigin.Registration memory drafted = draft(1);
        actAs(CERTIFIER_CN);
        drafted.lines = new bytes32[](0);
        assertRegisterRefused(drafted, linesInvalid(0));
        drafted.lines = new bytes32[](MAX_LINES + 1);
        assertRegisterRefused(drafted, linesInvalid(MAX_LINES + 1));
    }

    function testFuzz_register_revertsIfLinesAreOutOfOrder(uint8 count, uint8 at) public {
        count = count % 8 + 2;
        at = at % (count - 1);
        IOrigin.Registration memory drafted = draft(1);
        drafted.lines = linesOf(goodsOf(1, count));
        (drafted.lines[at], drafted.lines[at + 1]) = (drafted.lines[at + 1], drafted.lines[at]);
        actAs(CERTIFIER_CN);
        assertRegisterRefused(drafted, linesInvalid(at + 1));
    }

    function testFuzz_register_revertsIfALineIsNamedTwice(uint8 count, uint8 at) public {
        count = count % 8 + 2;
        at = at % (count - 1);
        IOrigin.Registration memory drafted = draft(1);
        drafted.lines = linesOf(goodsOf(1, count));
        drafted.lines[at + 1] = drafted.lines[at];
        actAs(CERTIFIER_CN);
        assertRegisterRefused(drafted, linesInvalid(at + 1));
    }

    function test_register_revertsIfALineIsZero() public {
        IOrigin.Registration memory drafted = draft(1);
        drafted.lines[0] = 0;
        actAs(CERTIFIER_CN);
        assertRegisterRefused(drafted, linesInvalid(0));
    }

    function test_register_leavesAUsedLineUsed() public {
        bytes32 id = issue(1);
        consumeAs(CUSTOMS_KR, id, goodsOf(1));
        uint256 used = foundLine(draft(1).lines[0]);
        registerAs(CERTIFIER_CN, draftWithGoods(2, 1));
        assertEq(foundLine(draft(1).lines[0]), used, "line");
    }

    // ---------------------------------------------------------------- fields

    function test_register_revertsIfAFieldIsMissing() public {
        actAs(CERTIFIER_CN);
        IOrigin.Registration memory drafted = draft(1);
        drafted.leaf = 0;
        assertRegisterRefused(drafted, fieldInvalid("leaf"));
        drafted = draft(1);
        drafted.number = 0;
        assertRegisterRefused(drafted, fieldInvalid("number"));
    }

    function testFuzz_register_revertsIfTheDestinationIsNotTheOtherShore(uint8 destination) public {
        vm.assume(destination != KR);
        IOrigin.Registration memory drafted = draft(1);
        drafted.destination = destination;
        actAs(CERTIFIER_CN);
        assertRegisterRefused(drafted, fieldInvalid("destination"));
    }

    function testFuzz_register_revertsIfRegimeUnknown(uint8 regime) public {
        vm.assume(regime == 0 || regime > 3);
        IOrigin.Registration memory drafted = draft(1);
        drafted.regime = regime;
        actAs(CERTIFIER_CN);
        assertRegisterRefused(drafted, regimeUnknown(regime));
    }

    function test_register_takesADateAheadOfTheClockByADay() public {
        IOrigin.Registration memory drafted = draft(1);
        drafted.issuedOn = uint40(START + 1 days);
        registerAs(CERTIFIER_CN, drafted);
        drafted = draft(2);
        drafted.issuedOn = uint40(START + 1 days + 1);
        actAs(CERTIFIER_CN);
        assertRegisterRefused(drafted, fieldInvalid("issuedOn"));
    }

    // --------------------------------------------------------- authorisation

    function test_register_revertsIfDatedBeforeTheAuthorisation() public {
        IOrigin.Registration memory drafted = draft(1);
        drafted.issuedOn = BODIES_SINCE - 1;
        actAs(CERTIFIER_CN);
        assertRegisterRefused(drafted, notAuthorised(body, CK_FTA, BODIES_SINCE - 1));
        drafted.issuedOn = 0;
        assertRegisterRefused(drafted, notAuthorised(body, CK_FTA, 0));
        drafted.issuedOn = BODIES_SINCE;
        clearance.register(drafted);
    }

    function test_register_revertsBeforeTheAuthorisationStarts() public {
        uint40 from = uint40(START + 12 hours);
        authorise(from, 0);
        IOrigin.Registration memory drafted = draft(1);
        drafted.issuedOn = from;
        actAs(CERTIFIER_CN);
        assertRegisterRefused(drafted, notAuthorised(body, CK_FTA, from));
        vm.warp(from);
        clearance.register(drafted);
    }

    function test_register_revertsAfterTheAuthorisationEnds() public {
        uint40 until = uint40(START + 12 hours);
        authorise(BODIES_SINCE, until);
        IOrigin.Registration memory drafted = draft(1);
        drafted.issuedOn = until;
        actAs(CERTIFIER_CN);
        assertRegisterRefused(drafted, notAuthorised(body, CK_FTA, until));
        drafted.issuedOn = ISSUED_ON;
        vm.warp(until);
        assertRegisterRefused(drafted, notAuthorised(body, CK_FTA, ISSUED_ON));
        vm.warp(until - 1);
        clearance.register(drafted);
    }

    function test_register_revertsOnceTheAuthorisationIsWithdrawn() public {
        actAs(CHINA);
        clearance.withdrawBody(body, CK_FTA, WITHDRAWN);
        actAs(CERTIFIER_CN);
        assertRegisterRefused(draft(1), notAuthorised(body, CK_FTA, ISSUED_ON));
        vm.warp(START + 1 days);
        authorise(uint40(START + 1 days), 0);
        actAs(CERTIFIER_CN);
        assertRegisterRefused(draft(1), notAuthorised(body, CK_FTA, ISSUED_ON));
        IOrigin.Registration memory drafted = draft(1);
        drafted.issuedOn = uint40(START + 1 days);
        clearance.register(drafted);
    }

    function test_register_revertsIfAuthorisedForAnotherAgreementOnly() public {
        uint32 rival = join(CHINA, Role.CERTIFIER, RIVAL);
        actAs(CHINA);
        clearance.authoriseBody(rival, RCEP, BODIES_SINCE, 0);
        actAs(RIVAL);
        assertRegisterRefused(draft(1), notAuthorised(rival, CK_FTA, ISSUED_ON));
        IOrigin.Registration memory drafted = draft(1);
        drafted.regime = RCEP;
        clearance.register(drafted);
    }

    // --------------------------------------------------------------- callers

    function testFuzz_register_revertsIfNotACertifier(uint16 roles) public {
        roles = roles % Role.ALL + 1;
        vm.assume(roles & Role.CERTIFIER == 0);
        join(CHINA, roles, RIVAL);
        actAs(RIVAL);
        assertRegisterRefused(draft(1), roleMissing(roles, Role.CERTIFIER));
    }

    function testFuzz_register_revertsIfTheAccountIsUnknown(address stranger) public {
        vm.assume(numberOf[stranger] == 0);
        actAs(stranger);
        assertRegisterRefused(draft(1), notLive(stranger));
    }

    function test_register_revertsIfTheMemberIsSuspended() public {
        actAs(CHINA);
        ledger.suspendMember(body, INVESTIGATION);
        actAs(CERTIFIER_CN);
        assertRegisterRefused(draft(1), notLive(CERTIFIER_CN));
    }

    function test_register_revertsIfPaused() public {
        pauseAction(address(clearance), REGISTER);
        actAs(CERTIFIER_CN);
        assertRegisterRefused(draft(1), actionPaused(address(clearance), REGISTER));
        actAs(BOTH);
        ledger.resume(address(clearance), uint128(1) << REGISTER);
        registerAs(CERTIFIER_CN, draft(1));
    }

    function test_register_goesOnWhileConsumingIsPaused() public {
        pauseAction(address(clearance), CONSUME);
        registerAs(CERTIFIER_CN, draft(1));
    }

    // -------------------------------------------------------------- internal

    function authorise(uint40 from, uint40 until) private {
        actAs(CHINA);
        clearance.authoriseBody(body, CK_FTA, from, until);
    }

    function authoriseRival() private {
        uint32 rival = join(CHINA, Role.CERTIFIER, RIVAL);
        actAs(CHINA);
        clearance.authoriseBody(rival, CK_FTA, BODIES_SINCE, 0);
    }
}
