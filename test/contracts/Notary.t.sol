// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {INotary} from "../../contracts/interfaces/INotary.sol";
import {Kind, Role, Status} from "../../contracts/types/Codes.sol";
import {Head, HeadLib} from "../../contracts/types/Head.sol";
import {Record} from "../../contracts/types/Record.sol";
import {LedgerTest} from "./support/LedgerTest.sol";

contract NotaryTest is LedgerTest {
    uint16 private constant IN_ERROR = 1;
    uint16 private constant FRAUD = 3;
    uint16 private constant INVESTIGATION = 6;
    uint16 private constant REPLACED = 7;
    uint16 private constant CLOSED = 8;
    uint256 private constant RECORDS_SLOT = 7;
    uint256 private constant ISSUER_HEADS_SLOT = 10;
    bytes32 private constant SUBJECT = bytes32(uint256(0x50b));
    address private constant RIVAL = address(0x41);

    uint32 private lab;
    address private account;

    function setUp() public override {
        super.setUp();
        (lab, account) = laboratory();
    }

    // ---------------------------------------------------------------- anchor

    function testFuzz_anchor_writesTheWholeRecord(bytes32 d1, bytes32 d2, uint40 expiresAt, uint32 later) public {
        vm.assume(d1 != 0 && d2 != 0);
        uint256 at = START + later;
        vm.warp(at);
        actAs(account);
        bytes32 id = ledger.anchor(INotary.Entry(d1, d2, NO_SUBJECT, Kind.LABORATORY_REPORT, expiresAt));
        assertEq(id, idOf(lab, sha256(abi.encodePacked(uint8(0), d1, d2))), "id");
        uint256 word = recordWord(id);
        assertEq(field(word, 224, 32), lab, "issuer");
        assertEq(field(word, 216, 8), Kind.LABORATORY_REPORT, "kind");
        assertEq(field(word, 208, 8), Status.ACTIVE, "status");
        assertEq(field(word, 200, 8), 0, "reason");
        assertEq(field(word, 184, 16), 0, "changes");
        assertEq(field(word, 144, 40), uint40(at), "anchoredAt");
        assertEq(field(word, 104, 40), expiresAt, "expiresAt");
        assertEq(field(word, 64, 40), 0, "changedAt");
        assertEq(field(word, 32, 32), 1, "position");
        assertEq(field(word, 0, 32), 1, "size");
    }

    function test_anchor_extendsTheHistoryOfItsIssuer() public {
        actAs(account);
        bytes32 first = ledger.anchor(report(1));
        actAs(account);
        bytes32 second = ledger.anchor(report(2));
        assertEq(Head.unwrap(ledger.issuerHeads(lab)), extended(extended(0, first), second), "head");
        assertEq(field(recordWord(second), 32, 32), 2, "position");
    }

    function test_anchor_extendsTheHistoryOfItsSubject() public {
        actAs(account);
        bytes32 id = ledger.anchor(entry(1, SUBJECT, Kind.LABORATORY_REPORT, 0));
        assertEq(Head.unwrap(ledger.subjectHeads(SUBJECT)), extended(0, id), "head");
    }

    function test_anchor_revertsIfAlreadyAnchored() public {
        actAs(account);
        bytes32 id = ledger.anchor(report(1));
        bytes memory values = abi.encode(id, ledger.recordOf(id));
        actAs(account);
        assertRefused(abi.encodeCall(INotary.anchor, (report(1))), INotary.NotaryAlreadyAnchored.selector, values);
    }

    function test_anchor_revertsIfDigestMissing() public {
        INotary.Entry memory document = report(1);
        document.sm3Digest = 0;
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.anchor, (document)),
            INotary.NotaryDigestMissing.selector,
            abi.encode(document.sha256Digest, 0)
        );
        document = report(1);
        document.sha256Digest = 0;
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.anchor, (document)),
            INotary.NotaryDigestMissing.selector,
            abi.encode(0, document.sm3Digest)
        );
    }

    function testFuzz_anchor_revertsIfKindUnknown(uint16 kind) public {
        vm.assume(kind == 0 || kind > Kind.RELEASE);
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.anchor, (entry(1, NO_SUBJECT, kind, 0))),
            INotary.NotaryKindUnknown.selector,
            abi.encode(kind)
        );
    }

    function testFuzz_anchor_followsTheTableOfKinds(uint16 roles, uint8 kind) public {
        roles = roles % Role.ALL + 1;
        kind = kind % Kind.RELEASE + 1;
        address holder = address(0xA1);
        enrol(KOREA, roles, holder);
        uint16[6] memory allowed = [uint16(0), 1, 2, 31, 4, 31];
        actAs(holder);
        bytes memory call = abi.encodeCall(INotary.anchor, (entry(1, NO_SUBJECT, kind, 0)));
        if (roles & allowed[kind] == 0) {
            assertRefused(call, INotary.NotaryRoleMissing.selector, abi.encode(roles, kind));
        } else {
            ledger.anchor(entry(1, NO_SUBJECT, kind, 0));
        }
    }

    function testFuzz_anchor_revertsIfAccountUnknown(address stranger) public {
        vm.assume(stranger != account);
        actAs(stranger);
        assertRefused(
            abi.encodeCall(INotary.anchor, (report(1))), INotary.NotaryAccountNotLive.selector, abi.encode(stranger, 0)
        );
    }

    function test_anchor_revertsIfHistoryFull() public {
        bytes32 slot = keccak256(abi.encode(lab, ISSUER_HEADS_SLOT));
        vm.store(address(ledger), slot, bytes32(type(uint256).max));
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.anchor, (report(1))), HeadLib.HeadFull.selector, abi.encode(type(uint32).max)
        );
    }

    function test_anchor_countsToTheLastPosition() public {
        bytes32 slot = keccak256(abi.encode(lab, ISSUER_HEADS_SLOT));
        bytes32 head = bytes32(uint256(type(uint32).max - 1) << 224 | 5);
        vm.store(address(ledger), slot, head);
        actAs(account);
        bytes32 id = ledger.anchor(report(1));
        assertEq(Head.unwrap(ledger.issuerHeads(lab)), extended(head, id), "head");
        assertEq(field(recordWord(id), 32, 32), type(uint32).max, "position");
    }

    // ------------------------------------------------------------ anchorMany

    function testFuzz_anchorMany_equalsAnchoringOneByOne(uint8 count) public {
        uint256 size = uint256(count) % 12 + 1;
        bytes32 head;
        INotary.Entry[] memory entries = new INotary.Entry[](size);
        for (uint256 i = 0; i < size; ++i) {
            entries[i] = entry(i, i % 2 == 0 ? SUBJECT : NO_SUBJECT, Kind.LABORATORY_REPORT, uint40(i));
        }
        uint256 before = ledger.sequence();
        actAs(account);
        ledger.anchorMany(entries);
        for (uint256 i = 0; i < size; ++i) {
            bytes32 id = idOf(lab, leafOf(i));
            head = extended(head, id);
            assertEq(field(recordWord(id), 104, 40), i, "expiresAt");
            assertEq(field(recordWord(id), 32, 32), i + 1, "position");
        }
        assertEq(Head.unwrap(ledger.issuerHeads(lab)), head, "issuer's head");
        assertEq(Head.unwrap(ledger.subjectHeads(SUBJECT)) >> 224, bytes32((size + 1) / 2), "subject's count");
        assertEq(ledger.sequence(), before + size, "sequence");
    }

    function test_anchorMany_takesUpTo256() public {
        actAs(account);
        ledger.anchorMany(reports(256));
        assertEq(field(recordWord(idOf(lab, leafOf(255))), 32, 32), 256, "position");
    }

    function test_anchorMany_revertsIfCountOutOfRange() public {
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.anchorMany, (reports(0))), INotary.NotaryCountOutOfRange.selector, abi.encode(0, 256)
        );
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.anchorMany, (reports(257))),
            INotary.NotaryCountOutOfRange.selector,
            abi.encode(257, 256)
        );
    }

    function test_anchorMany_anchorsAllOrNone() public {
        INotary.Entry[] memory entries = reports(3);
        entries[2] = entries[0];
        actAs(account);
        assertReverts(abi.encodeCall(INotary.anchorMany, (entries)));
        assertEq(recordWord(idOf(lab, leafOf(0))), 0, "first record");
    }

    // ------------------------------------------------------------ anchorRoot

    function testFuzz_anchorRoot_writesTheWholeRecord(bytes32 root, uint32 size, uint40 expiresAt) public {
        vm.assume(root != 0 && size != 0);
        actAs(account);
        bytes32 id = ledger.anchorRoot(root, size, Kind.EPCIS_EVENTS, expiresAt, new INotary.SubjectLink[](0));
        assertEq(id, idOf(lab, root), "id");
        uint256 expected = uint256(lab) << 224 | uint256(Kind.EPCIS_EVENTS) << 216 | uint256(Status.ACTIVE) << 208
            | START << 144 | uint256(expiresAt) << 104 | 1 << 32 | size;
        assertEq(recordWord(id), expected, "record");
        assertEq(Head.unwrap(ledger.issuerHeads(lab)), extended(0, id), "head");
    }

    function testFuzz_anchorRoot_linksSubjects(uint8 count) public {
        uint256 size = uint256(count) % 20;
        INotary.SubjectLink[] memory links = new INotary.SubjectLink[](size);
        bytes32 head;
        for (uint256 i = 0; i < size; ++i) {
            links[i] = INotary.SubjectLink(SUBJECT, leafOf(i));
            head = extended(head, idOf(lab, leafOf(i)));
        }
        uint256 before = ledger.sequence();
        actAs(account);
        ledger.anchorRoot("root", 20, Kind.EPCIS_EVENTS, 0, links);
        assertEq(Head.unwrap(ledger.subjectHeads(SUBJECT)), head, "head");
        assertEq(ledger.sequence(), before + 1 + size, "sequence");
    }

    function test_anchorRoot_revertsIfRootInvalid() public {
        INotary.SubjectLink[] memory none = new INotary.SubjectLink[](0);
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.anchorRoot, (0, 1, Kind.EPCIS_EVENTS, 0, none)),
            INotary.NotaryRootInvalid.selector,
            abi.encode(0, 1)
        );
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.anchorRoot, ("root", 0, Kind.EPCIS_EVENTS, 0, none)),
            INotary.NotaryRootInvalid.selector,
            abi.encode(bytes32("root"), 0)
        );
    }

    function test_anchorRoot_revertsIfLinkInvalid() public {
        INotary.SubjectLink[] memory links = new INotary.SubjectLink[](2);
        links[0] = INotary.SubjectLink(SUBJECT, leafOf(1));
        links[1] = INotary.SubjectLink(NO_SUBJECT, leafOf(2));
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.anchorRoot, ("root", 2, Kind.EPCIS_EVENTS, 0, links)),
            INotary.NotaryLinkInvalid.selector,
            abi.encode(1)
        );
        links[1] = INotary.SubjectLink(SUBJECT, 0);
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.anchorRoot, ("root", 2, Kind.EPCIS_EVENTS, 0, links)),
            INotary.NotaryLinkInvalid.selector,
            abi.encode(1)
        );
    }

    function test_anchorRoot_takesUpTo512Links() public {
        INotary.SubjectLink[] memory links = new INotary.SubjectLink[](512);
        for (uint256 i = 0; i < links.length; ++i) {
            links[i] = INotary.SubjectLink(SUBJECT, leafOf(i));
        }
        actAs(account);
        ledger.anchorRoot("root", 512, Kind.EPCIS_EVENTS, 0, links);
        assertEq(ledger.subjectHeads(SUBJECT).count(), 512, "links");
    }

    function test_anchorRoot_revertsIfTooManyLinks() public {
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.anchorRoot, ("root", 1, Kind.EPCIS_EVENTS, 0, new INotary.SubjectLink[](513))),
            INotary.NotaryCountOutOfRange.selector,
            abi.encode(513, 512)
        );
    }

    function test_anchorRoot_revertsIfAnchoredSingly() public {
        actAs(account);
        bytes32 id = ledger.anchor(report(1));
        bytes memory values = abi.encode(id, ledger.recordOf(id));
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.anchorRoot, (leafOf(1), 1, Kind.LABORATORY_REPORT, 0, new INotary.SubjectLink[](0))),
            INotary.NotaryAlreadyAnchored.selector,
            values
        );
    }

    // ------------------------------------------------------ changes of status

    function testFuzz_revoke_changesNothingButTheStanding(uint16 reason, uint40 expiresAt, uint32 later) public {
        reason = reason % 9 + 1;
        actAs(account);
        bytes32 id = ledger.anchor(entry(1, NO_SUBJECT, Kind.LABORATORY_REPORT, expiresAt));
        uint256 before = recordWord(id);
        vm.warp(START + later);
        actAs(account);
        ledger.revoke(leafOf(1), reason);
        uint256 standing = uint256(Status.REVOKED) << 208 | uint256(reason) << 200 | 1 << 184 | (START + later) << 64;
        assertEq(recordWord(id), before - (uint256(Status.ACTIVE) << 208) + standing, "record");
    }

    function testFuzz_revoke_writesARecordForADocumentInABatch(bytes32 leaf, uint16 reason) public {
        reason = reason % 9 + 1;
        actAs(account);
        ledger.revoke(leaf, reason);
        uint256 expected =
            uint256(lab) << 224 | uint256(Status.REVOKED) << 208 | uint256(reason) << 200 | 1 << 184 | START << 64;
        assertEq(recordWord(idOf(lab, leaf)), expected, "record");
    }

    function testFuzz_revoke_revertsIfReasonUnknown(uint16 reason) public {
        vm.assume(reason == 0 || reason > 9);
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.revoke, (leafOf(1), reason)),
            INotary.NotaryReasonUnknown.selector,
            abi.encode(reason)
        );
    }

    function testFuzz_revoke_neverReachesAnothersRecord(uint16 reason) public {
        reason = reason % 9 + 1;
        enrol(KOREA, Role.LABORATORY, RIVAL);
        actAs(account);
        bytes32 id = ledger.anchor(report(1));
        uint256 before = recordWord(id);
        actAs(RIVAL);
        ledger.revoke(leafOf(1), reason);
        assertEq(recordWord(id), before, "record");
    }

    function test_revoke_needsNoRole() public {
        actAs(account);
        bytes32 id = ledger.anchor(report(1));
        actAs(CHINA);
        ledger.renew(lab, Role.OPERATOR, uint40(START), 0);
        actAs(account);
        ledger.revoke(leafOf(1), IN_ERROR);
        assertEq(statusOf(id), Status.REVOKED, "status");
    }

    function test_changes_keepThePast() public {
        actAs(account);
        bytes32 id = ledger.anchor(report(1));
        change(Status.SUSPENDED, INVESTIGATION);
        uint256 suspended = recordWord(id);
        vm.warp(START + 5);
        change(Status.ACTIVE, CLOSED);
        uint256 reinstated = recordWord(id);
        change(Status.REVOKED, FRAUD);
        assertEq(past(id, 1), 0, "before the first change");
        assertEq(past(id, 2), suspended, "before the second");
        assertEq(past(id, 3), reinstated, "before the third");
        assertEq(field(recordWord(id), 184, 16), 3, "changes");
    }

    /// @dev All sixteen pairs of standing and change, for a single document and for one in a batch.
    function test_changes_followTheTableOfTransitions() public {
        bool[5][5] memory allowed;
        allowed[Status.ACTIVE][Status.SUSPENDED] = true;
        allowed[Status.ACTIVE][Status.REVOKED] = true;
        allowed[Status.ACTIVE][Status.SUPERSEDED] = true;
        allowed[Status.SUSPENDED][Status.ACTIVE] = true;
        allowed[Status.SUSPENDED][Status.REVOKED] = true;
        allowed[Status.SUSPENDED][Status.SUPERSEDED] = true;
        uint256 number = 1;
        for (uint8 from = Status.ACTIVE; from <= Status.SUPERSEDED; ++from) {
            for (uint8 to = Status.ACTIVE; to <= Status.SUPERSEDED; ++to) {
                checkTransition(number++, true, from, to, allowed[from][to]);
                checkTransition(number++, false, from, to, allowed[from][to]);
            }
        }
    }

    function test_changes_keepTheLastForAFinalOne() public {
        actAs(account);
        bytes32 id = ledger.anchor(report(1));
        bytes32 slot = keccak256(abi.encode(id, RECORDS_SLOT));
        uint256 worn = recordWord(id) | uint256(type(uint16).max - 1) << 184;
        vm.store(address(ledger), slot, bytes32(worn));
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.suspend, (leafOf(1), INVESTIGATION)),
            INotary.NotaryChangesExhausted.selector,
            abi.encode(id, type(uint16).max - 1)
        );
        change(Status.REVOKED, IN_ERROR);
        assertEq(field(recordWord(id), 184, 16), type(uint16).max, "changes");
        assertEq(field(recordWord(id), 200, 8), IN_ERROR, "reason");
    }

    // -------------------------------------------------------------- supersede

    function test_supersede_linksTheSuccessor() public {
        actAs(account);
        bytes32 id = ledger.anchor(report(1));
        uint256 before = ledger.sequence();
        actAs(account);
        bytes32 successor = ledger.supersede(leafOf(1), report(2), REPLACED);
        assertEq(ledger.successors(id), successor, "successor");
        assertEq(successor, idOf(lab, leafOf(2)), "id");
        assertEq(statusOf(id), Status.SUPERSEDED, "status");
        assertEq(statusOf(successor), Status.ACTIVE, "successor's status");
        assertEq(ledger.sequence(), before + 3, "sequence");
    }

    function test_supersede_revertsIfItsOwnSuccessor() public {
        bytes32 id = idOf(lab, leafOf(1));
        actAs(account);
        ledger.anchor(report(1));
        actAs(account);
        assertReverts(abi.encodeCall(INotary.supersede, (leafOf(1), report(1), REPLACED)));
        assertEq(statusOf(id), Status.ACTIVE, "status");
        actAs(account);
        assertReverts(abi.encodeCall(INotary.supersede, (leafOf(9), report(9), REPLACED)));
        assertEq(recordWord(idOf(lab, leafOf(9))), 0, "document in a batch");
    }

    function test_supersede_revertsIfSuccessorAnchored() public {
        actAs(account);
        ledger.anchor(report(1));
        actAs(account);
        bytes32 other = ledger.anchor(report(2));
        bytes memory values = abi.encode(other, ledger.recordOf(other));
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.supersede, (leafOf(1), report(2), REPLACED)),
            INotary.NotaryAlreadyAnchored.selector,
            values
        );
    }

    function test_supersede_revertsIfKindDiffers() public {
        actAs(account);
        bytes32 id = ledger.anchor(report(1));
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.supersede, (leafOf(1), entry(2, NO_SUBJECT, Kind.EPCIS_EVENTS, 0), REPLACED)),
            INotary.NotaryKindDiffers.selector,
            abi.encode(id, Kind.LABORATORY_REPORT, Kind.EPCIS_EVENTS)
        );
    }

    function test_supersede_revertsIfRoleMissing() public {
        actAs(account);
        assertRefused(
            abi.encodeCall(INotary.supersede, (leafOf(1), entry(2, NO_SUBJECT, Kind.PRODUCT_PASSPORT, 0), REPLACED)),
            INotary.NotaryRoleMissing.selector,
            abi.encode(Role.LABORATORY, Kind.PRODUCT_PASSPORT)
        );
    }

    // ---------------------------------------------------------------- support

    function reports(uint256 count) private pure returns (INotary.Entry[] memory entries) {
        entries = new INotary.Entry[](count);
        for (uint256 i = 0; i < count; ++i) {
            entries[i] = report(i);
        }
    }

    function past(bytes32 id, uint256 number) private view returns (uint256) {
        return Record.unwrap(ledger.pastRecords(sha256(abi.encodePacked(id, number))));
    }

    function change(uint8 to, uint16 reason) private {
        change(1, to, reason);
    }

    function change(uint256 number, uint8 to, uint16 reason) private {
        actAs(account);
        if (to == Status.ACTIVE) ledger.reinstate(leafOf(number), reason);
        if (to == Status.SUSPENDED) ledger.suspend(leafOf(number), reason);
        if (to == Status.REVOKED) ledger.revoke(leafOf(number), reason);
        if (to == Status.SUPERSEDED) ledger.supersede(leafOf(number), report(number + 1_000_000), reason);
    }

    function checkTransition(uint256 number, bool single, uint8 from, uint8 to, bool isAllowed) private {
        bytes32 id = idOf(lab, leafOf(number));
        actAs(account);
        if (single) {
            ledger.anchor(report(number));
        } else {
            ledger.anchorRoot(leafOf(number + 2_000_000), 1, Kind.LABORATORY_REPORT, 0, new INotary.SubjectLink[](0));
        }
        if (from != Status.ACTIVE) change(number, from, INVESTIGATION);
        uint256 before = recordWord(id);
        bytes memory refusal = abi.encodeWithSelector(INotary.NotaryStatusConflict.selector, id, status(before), to);
        if (!isAllowed) assertRefused(callFor(number, to), refusal);
        else change(number, to, FRAUD);
        if (!isAllowed) assertEq(recordWord(id), before, "record");
        else assertEq(statusOf(id), to, "status");
    }

    function callFor(uint256 number, uint8 to) private pure returns (bytes memory) {
        if (to == Status.SUPERSEDED) {
            return abi.encodeCall(INotary.supersede, (leafOf(number), report(number + 1_000_000), FRAUD));
        }
        return abi.encodeWithSelector(selectorOf(to), leafOf(number), FRAUD);
    }

    function selectorOf(uint8 to) private pure returns (bytes4) {
        if (to == Status.ACTIVE) return INotary.reinstate.selector;
        return to == Status.SUSPENDED ? INotary.suspend.selector : INotary.revoke.selector;
    }

    /// @dev Status in a word.
    function status(uint256 word) private pure returns (uint256) {
        return field(word, 208, 8);
    }
}
