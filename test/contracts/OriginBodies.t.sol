// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Clearance} from "../../contracts/Clearance.sol";
import {ICompanion} from "../../contracts/interfaces/ICompanion.sol";
import {IOrigin} from "../../contracts/interfaces/IOrigin.sol";
import {Ledger} from "../../contracts/Ledger.sol";
import {Role} from "../../contracts/types/Codes.sol";
import {Regime} from "../../contracts/types/Regime.sol";
import {Term} from "../../contracts/types/Term.sol";
import {OriginTest} from "./support/OriginTest.sol";
import {Log} from "./support/Vm.sol";

contract OriginBodiesTest is OriginTest {
    uint8 private constant NEW_REGIME = 9;
    uint40 private constant FROM = uint40(START + 1 days);
    uint40 private constant UNTIL = uint40(START + 2 days);
    uint8 private constant WITHDRAWN = 2;

    uint32 private body;

    function setUp() public override {
        super.setUp();
        body = numberOf[CERTIFIER_CN];
    }

    // ----------------------------------------------------------- constructor

    function test_constructor_namesTheLedger() public view {
        assertTrue(address(clearance.ledger()) == address(ledger), "ledger");
    }

    function test_constructor_revertsIfThereIsNoLedger() public {
        try new Clearance(Ledger(STRANGER)) {
            assertTrue(false, "not refused");
        } catch (bytes memory error) {
            bytes memory wanted = abi.encodeWithSelector(ICompanion.CompanionLedgerInvalid.selector, STRANGER);
            assertTrue(keccak256(error) == keccak256(wanted), "error");
        }
    }

    // ------------------------------------------------------------- setRegime

    function testFuzz_setRegime_writesTheTerms(uint8 regime, uint16 validDays, uint16 replyDays, uint32 later) public {
        vm.assume(regime != 0 && validDays != 0 && replyDays != 0);
        vm.warp(START + later);
        uint256 word = uint256(validDays) << 240 | uint256(replyDays) << 224 | block.timestamp << 184;
        uint256 sequence = ledger.sequence();
        actAs(BOTH);
        vm.recordLogs();
        clearance.setRegime(regime, validDays, replyDays);
        assertEq(Regime.unwrap(clearance.regimes(regime)), word, "word");
        assertEvent(
            vm.getRecordedLogs()[0],
            address(clearance),
            IOrigin.RegimeChanged.selector,
            topicsOf(bytes32(uint256(regime))),
            abi.encode(word, sequence + 1)
        );
        assertEq(ledger.sequence(), sequence + 1, "sequence");
    }

    function testFuzz_setRegime_revertsIfNotBothShores(uint256 who) public {
        address[5] memory others = [CHINA, KOREA, CERTIFIER_CN, CUSTOMS_KR, STRANGER];
        address caller = others[who % others.length];
        actAs(caller);
        assertRefused(
            address(clearance), abi.encodeCall(IOrigin.setRegime, (NEW_REGIME, 1, 1)), notAuthority(caller, CN + KR)
        );
    }

    function test_setRegime_revertsIfTheTermsAreNone() public {
        actAs(BOTH);
        assertSetRegimeRefused(0, 1, 1);
        assertSetRegimeRefused(NEW_REGIME, 0, 1);
        assertSetRegimeRefused(NEW_REGIME, 1, 0);
    }

    function test_setRegime_leavesRegisteredCertificatesTheirTerms() public {
        bytes32 id = issue(1);
        actAs(BOTH);
        clearance.setRegime(CK_FTA, 1, 1);
        assertEq(foundCertificate(id), certificateWord(draft(1), ORIGINAL, CK_FTA_VALID_DAYS), "word");
        consumeAs(CUSTOMS_KR, id, goodsOf(1));
    }

    // --------------------------------------------------------- authoriseBody

    function testFuzz_authoriseBody_writesTheTerm(uint40 from, uint40 until, uint8 regime, bool isKorean) public {
        vm.assume(from != 0 && (until == 0 || until > from));
        regime = regime % 3 + 1;
        uint32 member = numberOf[isKorean ? CERTIFIER_KR : CERTIFIER_CN];
        uint256 word = termWord(from, until, 0, 0, 0, 0);
        uint256 sequence = ledger.sequence();
        actAs(isKorean ? KOREA : CHINA);
        vm.recordLogs();
        clearance.authoriseBody(member, regime, from, until);
        assertEq(foundBody(member, regime), word, "word");
        assertBodyChanged(member, regime, word, sequence + 1);
    }

    function test_authoriseBody_replacesAnEarlierTerm() public {
        actAs(CHINA);
        clearance.withdrawBody(body, CK_FTA, WITHDRAWN);
        clearance.authoriseBody(body, CK_FTA, FROM, UNTIL);
        assertEq(foundBody(body, CK_FTA), termWord(FROM, UNTIL, 0, 0, 0, 0), "word");
    }

    function testFuzz_authoriseBody_revertsIfNotTheMembersShore(uint256 who) public {
        address[5] memory others = [KOREA, BOTH, CERTIFIER_CN, REGULATOR_CN, STRANGER];
        address caller = others[who % others.length];
        actAs(caller);
        assertAuthoriseRefused(body, CK_FTA, FROM, UNTIL, notAuthority(caller, CN));
    }

    function testFuzz_authoriseBody_revertsIfTheMemberCannotCertify(uint16 roles) public {
        roles = roles % Role.ALL + 1;
        vm.assume(roles & Role.CERTIFIER == 0);
        uint32 member = join(CHINA, roles, address(0xA1));
        actAs(CHINA);
        assertAuthoriseRefused(member, CK_FTA, FROM, UNTIL, bodyInvalid(member));
    }

    function test_authoriseBody_revertsIfThereIsNoSuchMember() public {
        actAs(CHINA);
        assertAuthoriseRefused(99, CK_FTA, FROM, UNTIL, bodyInvalid(99));
        assertAuthoriseRefused(0, CK_FTA, FROM, UNTIL, bodyInvalid(0));
    }

    function test_authoriseBody_revertsIfRegimeUnknown() public {
        actAs(CHINA);
        assertAuthoriseRefused(body, NEW_REGIME, FROM, UNTIL, regimeUnknown(NEW_REGIME));
        assertAuthoriseRefused(body, 0, FROM, UNTIL, regimeUnknown(0));
    }

    function test_authoriseBody_revertsIfTheTermIsNone() public {
        actAs(CHINA);
        assertAuthoriseRefused(body, CK_FTA, 0, UNTIL, termInvalid(0, UNTIL));
        assertAuthoriseRefused(body, CK_FTA, 0, 0, termInvalid(0, 0));
        assertAuthoriseRefused(body, CK_FTA, FROM, FROM, termInvalid(FROM, FROM));
        assertAuthoriseRefused(body, CK_FTA, UNTIL, FROM, termInvalid(UNTIL, FROM));
    }

    // ---------------------------------------------------------- withdrawBody

    function testFuzz_withdrawBody_endsTheTerm(uint8 reason, uint32 later) public {
        reason = reason % 9 + 1;
        vm.warp(START + later);
        uint256 word = termWord(BODIES_SINCE, 0, block.timestamp, reason, 0, 0);
        uint256 sequence = ledger.sequence();
        actAs(CHINA);
        vm.recordLogs();
        clearance.withdrawBody(body, RCEP, reason);
        assertEq(foundBody(body, RCEP), word, "word");
        assertBodyChanged(body, RCEP, word, sequence + 1);
        assertEq(foundBody(body, CK_FTA), termWord(BODIES_SINCE, 0, 0, 0, 0, 0), "another agreement");
    }

    function test_withdrawBody_reachesAMemberThatLostItsRole() public {
        actAs(CHINA);
        ledger.renew(body, Role.OPERATOR, uint40(START), 0);
        clearance.withdrawBody(body, CK_FTA, WITHDRAWN);
        assertEq(foundBody(body, CK_FTA), termWord(BODIES_SINCE, 0, START, WITHDRAWN, 0, 0), "word");
    }

    function test_withdrawBody_cannotBePaused() public {
        actAs(BOTH);
        ledger.pause(address(clearance), type(uint128).max);
        actAs(CHINA);
        clearance.withdrawBody(body, CK_FTA, WITHDRAWN);
    }

    function testFuzz_withdrawBody_revertsIfNotTheMembersShore(uint256 who) public {
        address[5] memory others = [KOREA, BOTH, CERTIFIER_CN, REGULATOR_CN, STRANGER];
        address caller = others[who % others.length];
        actAs(caller);
        assertWithdrawRefused(body, CK_FTA, WITHDRAWN, notAuthority(caller, CN));
    }

    function test_withdrawBody_revertsIfThereIsNothingToEnd() public {
        uint32 other = join(CHINA, Role.CERTIFIER, address(0xA1));
        actAs(CHINA);
        assertWithdrawRefused(other, CK_FTA, WITHDRAWN, bodyInvalid(other));
        assertWithdrawRefused(body, NEW_REGIME, WITHDRAWN, bodyInvalid(body));
        clearance.withdrawBody(body, CK_FTA, WITHDRAWN);
        assertWithdrawRefused(body, CK_FTA, WITHDRAWN, bodyInvalid(body));
    }

    function test_withdrawBody_revertsIfThereIsNoSuchMember() public {
        actAs(CHINA);
        assertWithdrawRefused(99, CK_FTA, WITHDRAWN, notAuthority(CHINA, 0));
    }

    function testFuzz_withdrawBody_revertsIfReasonUnknown(uint8 reason) public {
        vm.assume(reason == 0 || reason > 9);
        actAs(CHINA);
        assertWithdrawRefused(body, CK_FTA, reason, fieldInvalid("reason"));
    }

    // -------------------------------------------------------------- internal

    function foundBody(uint256 member, uint256 regime) private view returns (uint256) {
        return Term.unwrap(clearance.bodies(pair(member, regime)));
    }

    function assertBodyChanged(uint256 member, uint256 regime, uint256 word, uint256 sequence) private {
        Log memory log = vm.getRecordedLogs()[0];
        bytes memory data = abi.encode(word, sequence);
        assertEvent(log, address(clearance), IOrigin.BodyChanged.selector, topicsOf(member, regime), data);
        assertEq(ledger.sequence(), sequence, "sequence");
    }

    function assertSetRegimeRefused(uint8 regime, uint16 validDays, uint16 replyDays) private {
        bytes memory call = abi.encodeCall(IOrigin.setRegime, (regime, validDays, replyDays));
        assertRefused(address(clearance), call, regimeUnknown(regime));
    }

    function assertAuthoriseRefused(uint32 member, uint8 regime, uint40 from, uint40 until, bytes memory error)
        private
    {
        assertRefused(address(clearance), abi.encodeCall(IOrigin.authoriseBody, (member, regime, from, until)), error);
    }

    function assertWithdrawRefused(uint32 member, uint8 regime, uint8 reason, bytes memory error) private {
        assertRefused(address(clearance), abi.encodeCall(IOrigin.withdrawBody, (member, regime, reason)), error);
    }

    function bodyInvalid(uint32 member) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginBodyInvalid.selector, member);
    }

    function termInvalid(uint40 from, uint40 until) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginTermInvalid.selector, from, until);
    }
}
