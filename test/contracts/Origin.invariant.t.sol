// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {INotary} from "../../contracts/interfaces/INotary.sol";
import {IOrigin} from "../../contracts/interfaces/IOrigin.sol";
import {ISafety} from "../../contracts/interfaces/ISafety.sol";
import {Kind, Status} from "../../contracts/types/Codes.sol";
import {Inquiry} from "../../contracts/types/Inquiry.sol";
import {LawHandler} from "./support/LawHandler.sol";
import {OriginTest} from "./support/OriginTest.sol";

/// @title OriginHandler
/// @notice Certificates of both shores, their corrections and copies, what becomes of them in the ledger, their use, and questions about them.
abstract contract OriginHandler is OriginTest, LawHandler {
    /// @dev A certificate as the model knows it.
    struct Paper {
        bytes32 id;
        uint8 shore;
        uint8 regime;
        uint8 form;
        uint40 issuedOn;
        uint256 document;
        uint256 number;
        uint256 goods;
        uint256 count;
        uint256 validDays;
        uint256 word;
        uint256 predecessor;
        uint256 standing;
        bool isOfItsKind;
        bool isCorrected;
    }

    struct Mandate {
        uint256 from;
        uint256 until;
        uint256 endedAt;
    }

    uint256 internal constant SETS = 16;
    uint256 internal constant NONE = type(uint256).max;
    uint8 private constant REQUESTED = 1;
    uint8 private constant REPLIED = 2;
    uint8 private constant CONCLUDED = 3;

    Paper[] internal papers;
    /// @dev All goods lines that there are: two of each set, of which a certificate names the first or both.
    bytes32[] internal allLines;
    mapping(bytes32 key => uint256 paper) internal holders;
    mapping(bytes32 key => bool) internal isTaken;
    mapping(bytes32 line => uint256 word) internal uses;
    mapping(uint256 original => uint256 count) internal usesOfOriginal;
    mapping(uint256 paper => uint256[] words) internal inquiries;
    mapping(uint8 shore => mapping(uint8 regime => Mandate)) private mandates;
    mapping(uint8 regime => uint16 validDays) private validDays;
    mapping(uint8 regime => uint16 replyDays) private replyDays;
    mapping(bytes32 lot => mapping(uint8 shore => bool)) private isHeld;

    function setUp() public override {
        super.setUp();
        events = ledger.sequence();
        (validDays[CK_FTA], replyDays[CK_FTA]) = (CK_FTA_VALID_DAYS, CK_FTA_REPLY_DAYS);
        (validDays[RCEP], replyDays[RCEP]) = (RCEP_VALID_DAYS, RCEP_REPLY_DAYS);
        (validDays[APTA], replyDays[APTA]) = (APTA_VALID_DAYS, APTA_REPLY_DAYS);
        for (uint256 set = 0; set < SETS; ++set) {
            bytes32[] memory lines = linesOf(goodsOf(set));
            for (uint256 i = 0; i < lines.length; ++i) {
                allLines.push(lines[i]);
            }
        }
        for (uint8 regime = CK_FTA; regime <= APTA; ++regime) {
            mandates[CN][regime] = mandates[KR][regime] = Mandate(BODIES_SINCE, 0, 0);
        }
        this.register(0);
    }

    function actions() internal pure override returns (bytes4[] memory all) {
        all = new bytes4[](10);
        all[0] = this.register.selector;
        all[1] = this.correct.selector;
        all[2] = this.copy.selector;
        all[3] = this.consume.selector;
        all[4] = this.changeStanding.selector;
        all[5] = this.stopOrFree.selector;
        all[6] = this.verify.selector;
        all[7] = this.mandate.selector;
        all[8] = this.agree.selector;
        all[9] = this.wait.selector;
    }

    // ---------------------------------------------------------------- actions

    function register(uint256 seed) external drawn(seed) {
        Paper memory paper = anyPaper(anyShore());
        paper.form = ORIGINAL;
        bytes memory call = abi.encodeCall(IOrigin.register, (draftOf(paper)));
        if (attempt(certifierOf(paper.shore), address(clearance), call)) {
            assertTrue(!isTaken[keyOfNumber(paper)], "number given twice");
            note(paper);
        }
    }

    function correct(uint256 seed) external drawn(seed) {
        (uint256 index, Paper memory wrong) = drawPaper();
        for (uint256 i = 0; i < 6 && !isReissuable(wrong) && !oneIn(8); ++i) {
            (index, wrong) = drawPaper();
        }
        Paper memory paper = anyPaper(oneIn(8) ? otherShore(wrong.shore) : wrong.shore);
        (paper.form, paper.predecessor, paper.number) = (CORRECTION, index, wrong.number);
        if (!oneIn(8)) (paper.regime, paper.validDays) = (wrong.regime, validDays[wrong.regime]);
        bytes32[] memory lines = linesOf(goodsOf(wrong.goods, wrong.count));
        bytes memory call = abi.encodeCall(IOrigin.correct, (wrong.id, lines, draftOf(paper)));
        if (!attempt(certifierOf(paper.shore), address(clearance), call)) return;
        assertTrue(paper.shore == wrong.shore && isReissuable(wrong), "corrected");
        assertTrue(isTaken[keyOfNumber(paper)] && holders[keyOfNumber(paper)] == index, "number taken over");
        papers[index].isCorrected = true;
        note(paper);
    }

    function copy(uint256 seed) external drawn(seed) {
        (uint256 index, Paper memory original) = drawPaper();
        for (uint256 i = 0; i < 6 && !isReissuable(original) && !oneIn(8); ++i) {
            (index, original) = drawPaper();
        }
        Paper memory paper = anyPaper(original.shore);
        (paper.form, paper.predecessor, paper.validDays) = (COPY, index, original.validDays);
        (paper.goods, paper.count) = (original.goods, original.count);
        if (!oneIn(8)) (paper.regime, paper.issuedOn) = (original.regime, original.issuedOn);
        bytes memory call = abi.encodeCall(IOrigin.copy, (leafOf(original.document), draftOf(paper)));
        if (!attempt(certifierOf(paper.shore), address(clearance), call)) return;
        assertTrue(!isTaken[keyOfNumber(paper)], "number given twice");
        assertTrue(isReissuable(original), "copied");
        note(paper);
    }

    function consume(uint256 seed) external drawn(seed) {
        (uint256 index, Paper memory paper) = drawPaper();
        for (uint256 i = 0; i < 6 && !isUsable(paper) && !oneIn(8); ++i) {
            (index, paper) = drawPaper();
        }
        uint8 shore = oneIn(12) ? paper.shore : otherShore(paper.shore);
        IOrigin.Goods[] memory goods = goodsOf(paper.goods, oneIn(16) ? 3 - paper.count : paper.count);
        bytes32 declaration = digest("declaration", pick(8));
        bytes memory call = abi.encodeCall(IOrigin.consume, (paper.id, declaration, goods));
        if (!attempt(customsOf(shore), address(clearance), call)) return;
        check_useIsAllowed(paper, shore, goods.length);
        ++usesOfOriginal[originalOf(index)];
        uint256 word = useWord(paper.id, declaration, paper.regime, numberOf[customsOf(shore)]);
        bytes32[] memory lines = linesOf(goods);
        for (uint256 i = 0; i < lines.length; ++i) {
            uses[lines[i]] = word;
        }
    }

    function changeStanding(uint256 seed) external drawn(seed) {
        (uint256 index, Paper memory paper) = drawPaper();
        if (paper.standing == Status.NONE) return anchor(index, paper);
        bool isSuspended = paper.standing == Status.SUSPENDED;
        uint256 next = oneIn(6) ? Status.REVOKED : isSuspended ? Status.ACTIVE : Status.SUSPENDED;
        bytes4 call = next == Status.REVOKED
            ? INotary.revoke.selector
            : isSuspended ? INotary.reinstate.selector : INotary.suspend.selector;
        bytes memory data = abi.encodeWithSelector(call, leafOf(paper.document), INVESTIGATION);
        if (attempt(certifierOf(paper.shore), address(ledger), data)) papers[index].standing = next;
    }

    function stopOrFree(uint256 seed) external drawn(seed) {
        bytes32 lot = lotKey(pick(SETS) * 1000 + pick(2));
        uint8 shore = anyShore();
        bytes4 call = isHeld[lot][shore] ? ISafety.lift.selector : ISafety.hold.selector;
        address authority = oneIn(2) ? customsOf(shore) : regulatorOf(shore);
        bytes memory data = abi.encodeWithSelector(call, lot, INVESTIGATION);
        if (attempt(authority, address(clearance), data)) isHeld[lot][shore] = !isHeld[lot][shore];
    }

    /// @dev The next step of a verification: a question, its answer, or its end.
    function verify(uint256 seed) external drawn(seed) {
        (uint256 index, Paper memory paper) = drawPaper();
        uint256[] storage words = inquiries[index];
        uint256 newest = words.length == 0 ? 0 : words[words.length - 1];
        uint256 state = newest >> 248;
        if (oneIn(8)) state = 1 + pick(3);
        if (state == REQUESTED && (oneIn(2) || block.timestamp < field(newest, 128, 40))) return reply(index, paper);
        if (state == REQUESTED || state == REPLIED) return conclude(index, paper, state);
        address office = customsOf(oneIn(12) ? paper.shore : otherShore(paper.shore));
        bytes memory call = abi.encodeCall(IOrigin.requestVerification, (paper.id, EVIDENCE));
        if (!attempt(office, address(clearance), call)) return;
        assertTrue(office != customsOf(paper.shore), "asked by its own shore");
        assertTrue(newest == 0 || newest >> 248 == CONCLUDED, "asked twice");
        uint256 due = block.timestamp + uint256(replyDays[paper.regime]) * 1 days;
        words.push(uint256(REQUESTED) << 248 | uint256(numberOf[office]) << 208 | block.timestamp << 168 | due << 128);
    }

    /// @dev A body's authorisation ends, or is given again.
    function mandate(uint256 seed) external drawn(seed) {
        uint8 shore = anyShore();
        uint8 regime = anyRegime();
        uint32 body = numberOf[certifierOf(shore)];
        address authority = authorityOf(oneIn(8) ? otherShore(shore) : shore);
        bool isEnding = mandates[shore][regime].endedAt == 0 && oneIn(3);
        uint40 from = uint40(block.timestamp - pick(20 days));
        uint40 until = oneIn(4) ? uint40(block.timestamp + 1 + pick(90 days)) : 0;
        bytes memory call = isEnding
            ? abi.encodeCall(IOrigin.withdrawBody, (body, regime, uint8(INVESTIGATION)))
            : abi.encodeCall(IOrigin.authoriseBody, (body, regime, from, until));
        if (!attempt(authority, address(clearance), call)) return;
        assertTrue(authority == authorityOf(shore), "authorised by the other shore");
        if (isEnding) mandates[shore][regime].endedAt = block.timestamp;
        else mandates[shore][regime] = Mandate(from, until, 0);
    }

    function agree(uint256 seed) external drawn(seed) {
        uint8 regime = anyRegime();
        uint16 valid = uint16(30 + pick(400));
        uint16 toReply = uint16(10 + pick(90));
        address caller = oneIn(4) ? authorityOf(anyShore()) : BOTH;
        bytes memory call = abi.encodeCall(IOrigin.setRegime, (regime, valid, toReply));
        if (!attempt(caller, address(clearance), call)) return;
        assertTrue(caller == BOTH, "agreed by one shore");
        (validDays[regime], replyDays[regime]) = (valid, toReply);
    }

    function wait(uint256 seed) external drawn(seed) {
        pass(pick(oneIn(8) ? 120 days : 3 days));
    }

    // ------------------------------------------------------------- part actions

    function anchor(uint256 index, Paper memory paper) private {
        bool isOfItsKind = !oneIn(12);
        uint16 kind = isOfItsKind ? Kind.CERTIFICATE_OF_ORIGIN : Kind.EPCIS_EVENTS;
        INotary.Entry memory document = entry(paper.document, NO_SUBJECT, kind, 0);
        bool isDone = attempt(certifierOf(paper.shore), address(ledger), abi.encodeCall(INotary.anchor, (document)));
        if (isDone) (papers[index].standing, papers[index].isOfItsKind) = (Status.ACTIVE, isOfItsKind);
    }

    function reply(uint256 index, Paper memory paper) private {
        address replier =
            oneIn(2) ? certifierOf(paper.shore) : customsOf(oneIn(12) ? otherShore(paper.shore) : paper.shore);
        uint32 issuer = numberOf[certifierOf(paper.shore)];
        bytes memory call =
            abi.encodeCall(IOrigin.replyVerification, (paper.id, issuer, leafOf(paper.document), EVIDENCE));
        if (!attempt(replier, address(clearance), call)) return;
        assertTrue(replier != customsOf(otherShore(paper.shore)), "answered by the asking shore");
        uint256 word = lastInquiry(index, REQUESTED);
        setLastInquiry(index, word + (1 << 248) | block.timestamp << 88);
    }

    function conclude(uint256 index, Paper memory paper, uint256 state) private {
        uint256 outcome = oneIn(8) ? 1 + pick(3) : state == REQUESTED ? 3 : 1 + pick(2);
        bytes memory call = abi.encodeCall(IOrigin.concludeVerification, (paper.id, uint8(outcome), EVIDENCE));
        if (!attempt(customsOf(otherShore(paper.shore)), address(clearance), call)) return;
        uint256 word = lastInquiry(index, outcome == 3 ? REQUESTED : REPLIED);
        assertTrue(outcome != 3 || block.timestamp >= field(word, 128, 40), "concluded before the reply was due");
        uint256 kept = word & ~(uint256(0xff) << 248);
        setLastInquiry(index, kept | uint256(CONCLUDED) << 248 | outcome << 240 | block.timestamp << 48);
    }

    function lastInquiry(uint256 index, uint256 state) private view returns (uint256 word) {
        uint256[] storage words = inquiries[index];
        assertTrue(words.length != 0, "nothing was asked");
        word = words[words.length - 1];
        assertEq(word >> 248, state, "state of the question");
    }

    function setLastInquiry(uint256 index, uint256 word) private {
        inquiries[index][inquiries[index].length - 1] = word;
    }

    // ------------------------------------------------------------------ model

    /// @dev A certificate is used by the other shore, whole, while it stands, is in time and unused, and none of its lots is held.
    function check_useIsAllowed(Paper memory paper, uint8 shore, uint256 count) private view {
        assertTrue(shore != paper.shore, "used by its own shore");
        assertTrue(isUsable(paper), "used, and not usable");
        assertEq(count, paper.count, "used in part");
    }

    /// @dev Something new to issue, mostly; one in sixteen times with a document or number that is known.
    function anyPaper(uint8 shore) private returns (Paper memory paper) {
        uint256 next = papers.length;
        (paper.shore, paper.regime, paper.predecessor) = (shore, anyRegime(), NONE);
        paper.document = oneIn(16) ? pick(next + 1) : next;
        paper.number = oneIn(16) ? pick(next + 1) : next;
        (paper.goods, paper.count) = (pick(SETS), 1 + pick(2));
        paper.issuedOn = uint40(block.timestamp + 1 days / 2 - pick(2 days));
        paper.validDays = validDays[paper.regime];
    }

    function drawPaper() private returns (uint256 index, Paper memory paper) {
        index = pick(papers.length);
        paper = papers[index];
    }

    function draftOf(Paper memory paper) private pure returns (IOrigin.Registration memory wanted) {
        wanted.leaf = leafOf(paper.document);
        wanted.number = digest("number", paper.number);
        (wanted.regime, wanted.destination) = (paper.regime, otherShore(paper.shore));
        wanted.issuedOn = paper.issuedOn;
        wanted.lines = linesOf(goodsOf(paper.goods, paper.count));
    }

    /// @dev What came of a registration; mostly, its document is anchored as well.
    function note(Paper memory paper) private {
        assertTrue(isAuthorised(paper), "issued without authorisation");
        paper.id = idOf(numberOf[certifierOf(paper.shore)], leafOf(paper.document));
        paper.word = certificateWord(draftOf(paper), paper.form, paper.validDays);
        for (uint256 i = 0; i < papers.length; ++i) {
            assertTrue(papers[i].id != paper.id, "registered twice");
        }
        (isTaken[keyOfNumber(paper)], holders[keyOfNumber(paper)]) = (true, papers.length);
        papers.push(paper);
        if (!oneIn(8)) anchor(papers.length - 1, paper);
    }

    function isAuthorised(Paper memory paper) private view returns (bool) {
        Mandate memory given = mandates[paper.shore][paper.regime];
        uint256 last = paper.issuedOn > block.timestamp ? paper.issuedOn : block.timestamp;
        uint256 first = paper.issuedOn < block.timestamp ? paper.issuedOn : block.timestamp;
        bool isOver = (given.until != 0 && last >= given.until) || (given.endedAt != 0 && last >= given.endedAt);
        return first >= given.from && !isOver;
    }

    function isUsable(Paper memory paper) private view returns (bool) {
        bool isInTime = block.timestamp < paper.issuedOn + paper.validDays * 1 days;
        bool stands = isStanding(paper) && (paper.form != COPY || isStanding(papers[paper.predecessor]));
        return isInTime && stands && !isAnyLineUsed(paper) && !isAnyLotHeld(paper);
    }

    /// @dev Anchored as a certificate, active, and in its place.
    function isStanding(Paper memory paper) private pure returns (bool) {
        return paper.standing == Status.ACTIVE && paper.isOfItsKind && !paper.isCorrected;
    }

    function isReissuable(Paper memory paper) private view returns (bool) {
        return paper.form != COPY && !paper.isCorrected && !isAnyLineUsed(paper);
    }

    function isAnyLineUsed(Paper memory paper) private view returns (bool) {
        bytes32[] memory lines = linesOf(goodsOf(paper.goods, paper.count));
        for (uint256 i = 0; i < lines.length; ++i) {
            if (uses[lines[i]] != 0) return true;
        }
        return false;
    }

    function isAnyLotHeld(Paper memory paper) private view returns (bool) {
        for (uint256 i = 0; i < paper.count; ++i) {
            bytes32 lot = lotKey(paper.goods * 1000 + i);
            if (isHeld[lot][CN] || isHeld[lot][KR]) return true;
        }
        return false;
    }

    function originalOf(uint256 index) internal view returns (uint256) {
        return papers[index].form == COPY ? papers[index].predecessor : index;
    }

    function keyOfNumber(Paper memory paper) internal view returns (bytes32) {
        return pair(bytes32(uint256(numberOf[certifierOf(paper.shore)])), digest("number", paper.number));
    }

    function anyRegime() private returns (uint8) {
        return uint8(CK_FTA + pick(3));
    }
}

/// @notice What holds of certificates of origin after any sequence of calls, by anyone.
contract OriginInvariantTest is OriginHandler {
    function invariant_originHolds() external view {
        checkInTurn();
    }

    function checkAll() internal view override {
        check_lineIsUsedOnceAndForEver();
        check_copyAndOriginalShareOneUse();
        check_certificateIsAppendOnly();
        check_numberLeadsToOneCertificate();
        check_questionsAreKept();
        check_sequenceCountsTheEventsOfAll();
    }

    /// @dev A goods line is used at most once: certificate, declaration, agreement, time and office of its use never change.
    function check_lineIsUsedOnceAndForEver() private view {
        for (uint256 i = 0; i < allLines.length; ++i) {
            uint256 word = foundLine(allLines[i]);
            assertEq(word > 1 ? word : 0, uses[allLines[i]], "use of a line");
        }
    }

    /// @dev A certified copy has the lines of its original, and never are both used.
    function check_copyAndOriginalShareOneUse() private view {
        for (uint256 i = 0; i < papers.length; ++i) {
            assertTrue(usesOfOriginal[i] <= 1, "used twice");
            uint256 original = foundCertificate(papers[originalOf(i)].id);
            assertEq(foundCertificate(papers[i].id) >> 96, original >> 96, "lines of a copy");
        }
    }

    /// @dev Lines, agreement, destination, form, date and validity of a certificate never change; it is corrected once, and stays so.
    function check_certificateIsAppendOnly() private view {
        for (uint256 i = 0; i < papers.length; ++i) {
            uint256 expected = papers[i].word | (papers[i].isCorrected ? 1 : 0);
            assertEq(foundCertificate(papers[i].id), expected, "certificate");
        }
    }

    /// @dev A number leads to one certificate; only a correction by the same issuer takes it over, and names what it corrects.
    function check_numberLeadsToOneCertificate() private view {
        for (uint256 i = 0; i < papers.length; ++i) {
            bytes32 key = keyOfNumber(papers[i]);
            assertEq(clearance.numbers(key), papers[holders[key]].id, "number");
            uint256 predecessor = papers[i].predecessor;
            bytes32 expected = predecessor == NONE ? bytes32(0) : papers[predecessor].id;
            assertEq(clearance.predecessors(papers[i].id), expected, "predecessor");
        }
    }

    /// @dev Questions about a certificate are numbered, go from asked to answered to concluded, and are kept.
    function check_questionsAreKept() private view {
        for (uint256 i = 0; i < papers.length; ++i) {
            uint256[] storage words = inquiries[i];
            assertEq(clearance.inquiryCounts(papers[i].id), words.length, "number of questions");
            for (uint256 n = 0; n < words.length; ++n) {
                bytes32 key = pair(papers[i].id, bytes32(n + 1));
                assertEq(Inquiry.unwrap(clearance.inquiries(key)), words[n], "question");
            }
        }
    }
}
