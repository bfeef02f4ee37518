// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IOrigin} from "../../contracts/interfaces/IOrigin.sol";
import {Role} from "../../contracts/types/Codes.sol";
import {OriginTest} from "./support/OriginTest.sol";
import {Log} from "./support/Vm.sol";

/// @notice Corrections and certified copies.
contract OriginReissuingTest is OriginTest {
    address private constant RIVAL = address(0xA1);
    uint8 private constant WITHDRAWN = 2;

    bytes32 private first;

    function setUp() public override {
        super.setUp();
        first = issue(1);
    }

    // --------------------------------------------------------------- correct

    function test_correct_takesOverTheNumberAndLinksBothWays() public {
        IOrigin.Registration memory drafted = draftWithNumber(2, 1);
        uint256 wrongWord = foundCertificate(first);
        uint256 sequence = ledger.sequence();
        actAs(CERTIFIER_CN);
        vm.recordLogs();
        bytes32 id = clearance.correct(first, draft(1).lines, drafted);
        Log[] memory logs = vm.getRecordedLogs();
        uint256 word = certificateWord(drafted, CORRECTION, CK_FTA_VALID_DAYS);
        assertEq(id, certificateId(2), "id");
        assertEq(foundCertificate(id), word, "word");
        assertEq(foundCertificate(first), wrongWord | 1, "the wrong one");
        assertEq(clearance.numbers(numberKey(drafted.number)), id, "number");
        assertEq(clearance.predecessors(id), first, "predecessor");
        assertEq(logs.length, 3, "events");
        assertEvent(
            logs[0],
            address(clearance),
            IOrigin.CertificateRegistered.selector,
            topicsOf(id, numberKey(drafted.number)),
            abi.encode(first, word, sequence + 1)
        );
        assertEq(ledger.sequence(), sequence + 3, "sequence");
    }

    function test_correct_mayKeepTheLines() public {
        IOrigin.Registration memory drafted = draftWithGoods(2, 1);
        drafted.number = draft(1).number;
        actAs(CERTIFIER_CN);
        bytes32 id = clearance.correct(first, draft(1).lines, drafted);
        anchorAs(CERTIFIER_CN, 2, 0);
        consumeAs(CUSTOMS_KR, id, goodsOf(1));
    }

    function test_correct_mayFollowACorrection() public {
        bytes32 second = issueCorrection(2, 1);
        IOrigin.Registration memory drafted = draftWithNumber(3, 1);
        actAs(CERTIFIER_CN);
        bytes32 third = clearance.correct(second, draft(2).lines, drafted);
        assertEq(clearance.predecessors(third), second, "predecessor");
        assertEq(clearance.numbers(numberKey(drafted.number)), third, "number");
    }

    function test_correct_revertsIfUsed() public {
        consumeAs(CUSTOMS_KR, first, goodsOf(1));
        bytes memory error = alreadyUsed(first, draft(1).lines[0]);
        actAs(CERTIFIER_CN);
        assertCorrectRefused(first, 1, draftWithNumber(2, 1), error);
    }

    function test_correct_revertsIfItsCopyIsUsed() public {
        bytes32 duplicate = issueCopy(2, 1);
        consumeAs(CUSTOMS_KR, duplicate, goodsOf(1));
        bytes memory error = alreadyUsed(first, draft(1).lines[0]);
        actAs(CERTIFIER_CN);
        assertCorrectRefused(first, 1, draftWithNumber(3, 1), error);
    }

    function test_correct_revertsIfACopy() public {
        bytes32 duplicate = issueCopy(2, 1);
        actAs(CERTIFIER_CN);
        assertCorrectRefused(duplicate, 1, draftWithNumber(3, 2), differs("form"));
    }

    function test_correct_revertsIfCorrected() public {
        issueCorrection(2, 1);
        actAs(CERTIFIER_CN);
        assertCorrectRefused(first, 1, draftWithNumber(3, 1), superseded(first));
        assertCorrectRefused(first, 1, draft(3), superseded(first));
    }

    function test_correct_revertsIfTheNumberDiffers() public {
        actAs(CERTIFIER_CN);
        assertCorrectRefused(first, 1, draft(2), differs("number"));
        bytes32 second = registerAs(CERTIFIER_CN, draft(2));
        assertCorrectRefused(second, 2, draftWithNumber(3, 1), differs("number"));
    }

    function test_correct_revertsIfTheRegimeDiffers() public {
        IOrigin.Registration memory drafted = draftWithNumber(2, 1);
        drafted.regime = RCEP;
        actAs(CERTIFIER_CN);
        assertCorrectRefused(first, 1, drafted, differs("regime"));
    }

    function test_correct_revertsIfOfAnotherIssuer() public {
        authoriseRival();
        actAs(RIVAL);
        assertCorrectRefused(first, 1, draftWithNumber(2, 1), differs("number"));
    }

    function test_correct_revertsIfTheLinesAreNotTheWrongOnes() public {
        actAs(CERTIFIER_CN);
        assertCorrectRefused(first, 5, draftWithNumber(2, 1), linesInvalid(2));
        bytes32[] memory keys = new bytes32[](1);
        keys[0] = draft(1).lines[0];
        assertCorrectRefused(first, keys, draftWithNumber(2, 1), linesInvalid(1));
        assertCorrectRefused(first, new bytes32[](0), draftWithNumber(2, 1), linesInvalid(0));
    }

    function test_correct_revertsIfNotRegistered() public {
        bytes32 id = certificateId(5);
        actAs(CERTIFIER_CN);
        assertCorrectRefused(id, 5, draftWithNumber(2, 5), notFound(id));
    }

    function test_correct_revertsIfItIsItsOwnCorrection() public {
        actAs(CERTIFIER_CN);
        bytes memory error = alreadyRegistered(first);
        assertCorrectRefused(first, 1, draft(1), error);
    }

    function test_correct_asksWhatEveryRegistrationMustHave() public {
        IOrigin.Registration memory drafted = draftWithNumber(2, 1);
        drafted.destination = CN;
        actAs(CERTIFIER_CN);
        assertCorrectRefused(first, 1, drafted, fieldInvalid("destination"));
        withdrawBody();
        actAs(CERTIFIER_CN);
        assertCorrectRefused(first, 1, draftWithNumber(2, 1), notAuthorised(numberOf[CERTIFIER_CN], CK_FTA, ISSUED_ON));
        pauseAction(address(clearance), REGISTER);
        actAs(CERTIFIER_CN);
        assertCorrectRefused(first, 1, draftWithNumber(2, 1), actionPaused(address(clearance), REGISTER));
    }

    // ------------------------------------------------------------------ copy

    function test_copy_hasANumberOfItsOwnAndItsOriginalsLines() public {
        IOrigin.Registration memory drafted = draftWithGoods(2, 1);
        uint256 originalWord = foundCertificate(first);
        uint256 sequence = ledger.sequence();
        actAs(CERTIFIER_CN);
        vm.recordLogs();
        bytes32 id = clearance.copy(leafOf(1), drafted);
        Log[] memory logs = vm.getRecordedLogs();
        uint256 word = certificateWord(drafted, COPY, CK_FTA_VALID_DAYS);
        assertEq(id, certificateId(2), "id");
        assertEq(foundCertificate(id), word, "word");
        assertEq(foundCertificate(first), originalWord, "original");
        assertEq(clearance.numbers(numberKey(drafted.number)), id, "number");
        assertEq(clearance.numbers(numberKey(draft(1).number)), first, "the original's number");
        assertEq(clearance.predecessors(id), first, "predecessor");
        assertEvent(
            logs[0],
            address(clearance),
            IOrigin.CertificateRegistered.selector,
            topicsOf(id, numberKey(drafted.number)),
            abi.encode(first, word, sequence + 1)
        );
        assertEq(ledger.sequence(), sequence + 3, "sequence");
    }

    function test_copy_mayBeOfACorrection() public {
        bytes32 second = issueCorrection(2, 1);
        bytes32 duplicate = issueCopy(3, 2);
        assertEq(clearance.predecessors(duplicate), second, "predecessor");
        consumeAs(CUSTOMS_KR, duplicate, goodsOf(2));
    }

    /// @dev Both shores agreed a longer validity since: the original keeps its own, and a copy outlives no original.
    function test_copy_isValidAsLongAsItsOriginal() public {
        actAs(BOTH);
        clearance.setRegime(CK_FTA, CK_FTA_VALID_DAYS + 100, CK_FTA_REPLY_DAYS);
        bytes32 duplicate = issueCopy(2, 1);
        assertEq(foundCertificate(duplicate), certificateWord(draftWithGoods(2, 1), COPY, CK_FTA_VALID_DAYS), "word");
    }

    function test_copy_revertsIfUsed() public {
        consumeAs(CUSTOMS_KR, first, goodsOf(1));
        bytes memory error = alreadyUsed(first, draft(1).lines[0]);
        actAs(CERTIFIER_CN);
        assertCopyRefused(1, draftWithGoods(2, 1), error);
    }

    function test_copy_revertsIfOfACopy() public {
        issueCopy(2, 1);
        actAs(CERTIFIER_CN);
        assertCopyRefused(2, draftWithGoods(3, 1), differs("form"));
    }

    function test_copy_revertsIfCorrected() public {
        issueCorrection(2, 1);
        actAs(CERTIFIER_CN);
        assertCopyRefused(1, draftWithGoods(3, 1), superseded(first));
    }

    function test_copy_revertsIfItDiffersFromItsOriginal() public {
        IOrigin.Registration memory drafted = draftWithGoods(2, 1);
        actAs(CERTIFIER_CN);
        drafted.regime = RCEP;
        assertCopyRefused(1, drafted, differs("regime"));
        drafted = draftWithGoods(2, 1);
        drafted.issuedOn = ISSUED_ON + 1;
        assertCopyRefused(1, drafted, differs("issuedOn"));
        assertCopyRefused(1, draft(2), linesInvalid(2));
    }

    function test_copy_revertsIfOfAnotherIssuer() public {
        authoriseRival();
        bytes32 id = idOf(numberOf[RIVAL], leafOf(1));
        actAs(RIVAL);
        assertCopyRefused(1, draftWithGoods(2, 1), notFound(id));
    }

    function test_copy_revertsIfNotRegistered() public {
        actAs(CERTIFIER_CN);
        bytes memory error = notFound(certificateId(5));
        assertCopyRefused(5, draftWithGoods(2, 5), error);
    }

    function test_copy_revertsIfNumberTaken() public {
        IOrigin.Registration memory drafted = draftWithGoods(2, 1);
        drafted.number = draft(1).number;
        bytes32 key = numberKey(drafted.number);
        actAs(CERTIFIER_CN);
        assertCopyRefused(1, drafted, numberTaken(key, first));
    }

    function test_copy_asksWhatEveryRegistrationMustHave() public {
        IOrigin.Registration memory drafted = draftWithGoods(2, 1);
        drafted.number = 0;
        actAs(CERTIFIER_CN);
        assertCopyRefused(1, drafted, fieldInvalid("number"));
        withdrawBody();
        actAs(CERTIFIER_CN);
        assertCopyRefused(1, draftWithGoods(2, 1), notAuthorised(numberOf[CERTIFIER_CN], CK_FTA, ISSUED_ON));
        pauseAction(address(clearance), REGISTER);
        actAs(CERTIFIER_CN);
        assertCopyRefused(1, draftWithGoods(2, 1), actionPaused(address(clearance), REGISTER));
    }

    // -------------------------------------------------------------- internal

    function authoriseRival() private {
        uint32 rival = join(CHINA, Role.CERTIFIER, RIVAL);
        actAs(CHINA);
        clearance.authoriseBody(rival, CK_FTA, BODIES_SINCE, 0);
    }

    function withdrawBody() private {
        actAs(CHINA);
        clearance.withdrawBody(numberOf[CERTIFIER_CN], CK_FTA, WITHDRAWN);
    }

    /// @dev `wrongLines` are those of certificate `n`.
    function assertCorrectRefused(bytes32 id, uint256 n, IOrigin.Registration memory drafted, bytes memory error)
        private
    {
        assertCorrectRefused(id, draft(n).lines, drafted, error);
    }

    function assertCorrectRefused(
        bytes32 id,
        bytes32[] memory keys,
        IOrigin.Registration memory drafted,
        bytes memory error
    ) private {
        assertRefused(address(clearance), abi.encodeCall(IOrigin.correct, (id, keys, drafted)), error);
    }

    function assertCopyRefused(uint256 n, IOrigin.Registration memory drafted, bytes memory error) private {
        assertRefused(address(clearance), abi.encodeCall(IOrigin.copy, (leafOf(n), drafted)), error);
    }

    function differs(bytes32 field_) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginPredecessorDiffers.selector, field_);
    }
}
