// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IOrigin} from "../../contracts/interfaces/IOrigin.sol";
import {Role} from "../../contracts/types/Codes.sol";
import {Inquiry} from "../../contracts/types/Inquiry.sol";
import {OriginTest} from "./support/OriginTest.sol";
import {Log} from "./support/Vm.sol";

contract OriginVerificationTest is OriginTest {
    uint8 private constant NONE = 0;
    uint8 private constant REQUESTED = 1;
    uint8 private constant REPLIED = 2;
    uint8 private constant CONCLUDED = 3;

    uint8 private constant CONFIRMED = 1;
    uint8 private constant DENIED = 2;
    uint8 private constant NO_REPLY = 3;

    bytes32 private constant REPLY = bytes32(uint256(0x4e91));
    bytes32 private constant CONCLUSION = bytes32(uint256(0xc0c1));
    uint40 private constant DUE = uint40(START) + uint40(CK_FTA_REPLY_DAYS) * 1 days;
    address private constant OTHER = address(0xA1);

    bytes32 private id;
    uint32 private issuer;
    uint32 private office;

    function setUp() public override {
        super.setUp();
        id = issue(1);
        issuer = numberOf[CERTIFIER_CN];
        office = numberOf[CUSTOMS_KR];
    }

    // --------------------------------------------------------------- request

    function test_requestVerification_opensAVerification() public {
        uint256 sequence = ledger.sequence();
        actAs(CUSTOMS_KR);
        vm.recordLogs();
        clearance.requestVerification(id, EVIDENCE);
        uint256 word = inquiryWord(REQUESTED, 0, START, DUE, 0, 0);
        assertEq(clearance.inquiryCounts(id), 1, "count");
        assertInquiry(1, EVIDENCE, word, sequence + 1);
    }

    function testFuzz_requestVerification_waitsTheDaysOfTheAgreement(uint8 regime, uint24 later) public {
        IOrigin.Registration memory drafted = draft(2);
        drafted.regime = regime % 3 + 1;
        bytes32 other = issue(2, drafted);
        vm.warp(START + later);
        uint16[3] memory days_ = [CK_FTA_REPLY_DAYS, RCEP_REPLY_DAYS, APTA_REPLY_DAYS];
        actAs(CUSTOMS_KR);
        clearance.requestVerification(other, EVIDENCE);
        uint256 due = block.timestamp + uint256(days_[drafted.regime - 1]) * 1 days;
        uint256 word = Inquiry.unwrap(clearance.inquiries(pair(other, bytes32(uint256(1)))));
        assertEq(word, inquiryWord(REQUESTED, 0, block.timestamp, due, 0, 0), "word");
    }

    function test_requestVerification_isPossibleForWhatNeverWasAnchored() public {
        bytes32 registered = registerAs(CERTIFIER_CN, draft(2));
        actAs(CUSTOMS_KR);
        clearance.requestVerification(registered, EVIDENCE);
    }

    function test_requestVerification_refusesWhileOneIsOpen() public {
        request();
        assertRequestRefused(id, EVIDENCE, conflict(REQUESTED));
        replyAs(CERTIFIER_CN);
        actAs(CUSTOMS_KR);
        assertRequestRefused(id, EVIDENCE, conflict(REPLIED));
    }

    function test_requestVerification_opensASecondAfterAConclusion() public {
        request();
        replyAs(CERTIFIER_CN);
        conclude(CONFIRMED);
        uint256 concluded = foundInquiry(1);
        vm.warp(START + 5);
        request();
        assertEq(clearance.inquiryCounts(id), 2, "count");
        assertEq(foundInquiry(1), concluded, "first");
        assertEq(foundInquiry(2), inquiryWord(REQUESTED, 0, START + 5, DUE + 5, 0, 0), "second");
        replyAs(CUSTOMS_CN);
        conclude(DENIED);
        assertEq(foundInquiry(1), concluded, "first");
        assertEq(foundInquiry(2), inquiryWord(CONCLUDED, DENIED, START + 5, DUE + 5, START + 5, START + 5), "second");
    }

    function test_requestVerification_refusesWhoIsNotCustomsOfTheImporter() public {
        actAs(CUSTOMS_CN);
        assertRequestRefused(id, EVIDENCE, shoreWrong(CN, KR));
        actAs(REGULATOR_KR);
        assertRequestRefused(id, EVIDENCE, roleMissing(Role.REGULATOR, Role.CUSTOMS));
        actAs(STRANGER);
        assertRequestRefused(id, EVIDENCE, notLive(STRANGER));
    }

    function test_requestVerification_refusesNoEvidenceAndNoCertificate() public {
        actAs(CUSTOMS_KR);
        assertRequestRefused(id, 0, fieldInvalid("evidence"));
        assertRequestRefused(certificateId(2), EVIDENCE, notFound(certificateId(2)));
    }

    // ----------------------------------------------------------------- reply

    function test_replyVerification_isTheIssuersOrItsCustoms() public {
        address[2] memory repliers = [CERTIFIER_CN, CUSTOMS_CN];
        for (uint256 i = 0; i < repliers.length; ++i) {
            request();
            uint256 sequence = ledger.sequence();
            actAs(repliers[i]);
            vm.recordLogs();
            clearance.replyVerification(id, issuer, leafOf(1), REPLY);
            assertInquiry(1 + i, REPLY, inquiryWord(REPLIED, 0, START, DUE, START, 0), sequence + 1);
            conclude(CONFIRMED);
        }
    }

    function test_replyVerification_mayComeLateUnlessConcluded() public {
        request();
        vm.warp(DUE + 1);
        replyAs(CERTIFIER_CN);
        assertEq(foundInquiry(1), inquiryWord(REPLIED, 0, START, DUE, DUE + 1, 0), "word");
        actAs(CUSTOMS_KR);
        assertConcludeRefused(NO_REPLY, conflict(REPLIED));
    }

    function test_replyVerification_refusesWithoutARequest() public {
        actAs(CERTIFIER_CN);
        assertReplyRefused(issuer, 1, REPLY, conflict(NONE));
        request();
        replyAs(CERTIFIER_CN);
        assertReplyRefused(issuer, 1, REPLY, conflict(REPLIED));
        conclude(DENIED);
        actAs(CERTIFIER_CN);
        assertReplyRefused(issuer, 1, REPLY, conflict(CONCLUDED));
    }

    function test_replyVerification_refusesWhoIsNotTheIssuerNorItsCustoms() public {
        join(CHINA, Role.CERTIFIER, OTHER);
        request();
        actAs(OTHER);
        assertReplyRefused(issuer, 1, REPLY, fieldInvalid("caller"));
        actAs(CUSTOMS_KR);
        assertReplyRefused(issuer, 1, REPLY, fieldInvalid("caller"));
        actAs(CERTIFIER_KR);
        assertReplyRefused(issuer, 1, REPLY, fieldInvalid("caller"));
        actAs(REGULATOR_CN);
        assertReplyRefused(issuer, 1, REPLY, roleMissing(Role.REGULATOR, Role.CERTIFIER | Role.CUSTOMS));
        actAs(STRANGER);
        assertReplyRefused(issuer, 1, REPLY, notLive(STRANGER));
    }

    /// @dev A certifier cannot pass itself off as the issuer: the id is made of the issuer's number.
    function test_replyVerification_refusesAnotherIssuerOrLeaf() public {
        uint32 other = join(CHINA, Role.CERTIFIER, OTHER);
        request();
        actAs(OTHER);
        assertReplyRefused(other, 1, REPLY, fieldInvalid("issuer"));
        actAs(CERTIFIER_CN);
        assertReplyRefused(issuer, 2, REPLY, fieldInvalid("issuer"));
    }

    function test_replyVerification_refusesNoEvidenceAndNoCertificate() public {
        request();
        actAs(CERTIFIER_CN);
        assertReplyRefused(issuer, 1, 0, fieldInvalid("evidence"));
        bytes32 unknown = certificateId(2);
        bytes memory call = abi.encodeCall(IOrigin.replyVerification, (unknown, issuer, leafOf(2), REPLY));
        assertRefused(address(clearance), call, notFound(unknown));
    }

    // -------------------------------------------------------------- conclude

    function testFuzz_concludeVerification_judgesAReply(bool isConfirmed, uint24 later) public {
        uint8 outcome = isConfirmed ? CONFIRMED : DENIED;
        request();
        replyAs(CERTIFIER_CN);
        vm.warp(START + later);
        uint256 sequence = ledger.sequence();
        actAs(CUSTOMS_KR);
        vm.recordLogs();
        clearance.concludeVerification(id, outcome, CONCLUSION);
        assertInquiry(1, CONCLUSION, inquiryWord(CONCLUDED, outcome, START, DUE, START, block.timestamp), sequence + 1);
    }

    function test_concludeVerification_saysNoReplyFromTheDueSecondOnly() public {
        request();
        vm.warp(DUE - 1);
        assertConcludeRefused(NO_REPLY, conflict(REQUESTED));
        vm.warp(DUE);
        conclude(NO_REPLY);
        assertEq(foundInquiry(1), inquiryWord(CONCLUDED, NO_REPLY, START, DUE, 0, DUE), "word");
    }

    function testFuzz_concludeVerification_refusesAnotherOutcome(uint8 outcome, bool isReplied) public {
        bool isRight = isReplied ? outcome == CONFIRMED || outcome == DENIED : outcome == NO_REPLY;
        vm.assume(!isRight);
        request();
        if (isReplied) replyAs(CERTIFIER_CN);
        vm.warp(DUE);
        actAs(CUSTOMS_KR);
        assertConcludeRefused(outcome, conflict(isReplied ? REPLIED : REQUESTED));
    }

    function test_concludeVerification_refusesWithoutARequest() public {
        actAs(CUSTOMS_KR);
        assertConcludeRefused(CONFIRMED, conflict(NONE));
        assertConcludeRefused(NO_REPLY, conflict(NONE));
    }

    function test_concludeVerification_refusesASecondTime() public {
        request();
        replyAs(CERTIFIER_CN);
        conclude(CONFIRMED);
        assertConcludeRefused(DENIED, conflict(CONCLUDED));
        vm.warp(DUE);
        assertConcludeRefused(NO_REPLY, conflict(CONCLUDED));
    }

    function test_concludeVerification_refusesWhoIsNotCustomsOfTheImporter() public {
        request();
        replyAs(CERTIFIER_CN);
        actAs(CUSTOMS_CN);
        assertConcludeRefused(CONFIRMED, shoreWrong(CN, KR));
        actAs(CERTIFIER_CN);
        assertConcludeRefused(CONFIRMED, roleMissing(Role.CERTIFIER, Role.CUSTOMS));
        actAs(STRANGER);
        assertConcludeRefused(CONFIRMED, notLive(STRANGER));
    }

    function test_concludeVerification_refusesNoEvidenceAndNoCertificate() public {
        request();
        replyAs(CERTIFIER_CN);
        actAs(CUSTOMS_KR);
        bytes memory call = abi.encodeCall(IOrigin.concludeVerification, (id, CONFIRMED, bytes32(0)));
        assertRefused(address(clearance), call, fieldInvalid("evidence"));
        call = abi.encodeCall(IOrigin.concludeVerification, (certificateId(2), CONFIRMED, CONCLUSION));
        assertRefused(address(clearance), call, notFound(certificateId(2)));
    }

    // ----------------------------------------------------------------- pause

    function test_verification_cannotBePaused() public {
        actAs(BOTH);
        ledger.pause(address(clearance), type(uint128).max);
        request();
        replyAs(CERTIFIER_CN);
        conclude(CONFIRMED);
    }

    /// @dev A verification is a question: what it finds, the issuer must write into the ledger.
    function test_verification_leavesTheCertificateAlone() public {
        uint256 word = foundCertificate(id);
        request();
        replyAs(CERTIFIER_CN);
        conclude(DENIED);
        assertEq(foundCertificate(id), word, "word");
        consumeAs(CUSTOMS_KR, id, goodsOf(1));
    }

    // -------------------------------------------------------------- internal

    function request() private {
        actAs(CUSTOMS_KR);
        clearance.requestVerification(id, EVIDENCE);
    }

    function replyAs(address replier) private {
        actAs(replier);
        clearance.replyVerification(id, issuer, leafOf(1), REPLY);
    }

    function conclude(uint8 outcome) private {
        actAs(CUSTOMS_KR);
        clearance.concludeVerification(id, outcome, CONCLUSION);
    }

    /// @dev `state 8, outcome 8, office 32, requestedAt 40, dueAt 40, repliedAt 40, concludedAt 40, unused 48`.
    function inquiryWord(
        uint256 state,
        uint256 outcome,
        uint256 requestedAt,
        uint256 dueAt,
        uint256 repliedAt,
        uint256 concludedAt
    ) private view returns (uint256) {
        return state << 248 | outcome << 240 | uint256(office) << 208 | requestedAt << 168 | dueAt << 128 | repliedAt
            << 88 | concludedAt << 48;
    }

    function foundInquiry(uint256 number) private view returns (uint256) {
        return Inquiry.unwrap(clearance.inquiries(pair(id, bytes32(number))));
    }

    /// @dev The verification of the newest call, and its event.
    function assertInquiry(uint256 number, bytes32 evidence, uint256 word, uint256 sequence) private {
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(foundInquiry(number), word, "word");
        assertEq(logs.length, 1, "events");
        bytes memory data = abi.encode(number, evidence, word, sequence);
        assertEvent(logs[0], address(clearance), IOrigin.InquiryChanged.selector, topicsOf(id), data);
        assertEq(ledger.sequence(), sequence, "sequence");
    }

    function assertRequestRefused(bytes32 certificate, bytes32 evidence, bytes memory error) private {
        bytes memory call = abi.encodeCall(IOrigin.requestVerification, (certificate, evidence));
        assertRefused(address(clearance), call, error);
    }

    function assertReplyRefused(uint32 issuer_, uint256 n, bytes32 evidence, bytes memory error) private {
        bytes memory call = abi.encodeCall(IOrigin.replyVerification, (id, issuer_, leafOf(n), evidence));
        assertRefused(address(clearance), call, error);
    }

    function assertConcludeRefused(uint8 outcome, bytes memory error) private {
        bytes memory call = abi.encodeCall(IOrigin.concludeVerification, (id, outcome, CONCLUSION));
        assertRefused(address(clearance), call, error);
    }

    function conflict(uint8 state) private view returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginInquiryConflict.selector, id, state);
    }
}
