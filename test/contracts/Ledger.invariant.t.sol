// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Ledger} from "../../contracts/Ledger.sol";
import {Status} from "../../contracts/types/Codes.sol";
import {Head} from "../../contracts/types/Head.sol";
import {Record} from "../../contracts/types/Record.sol";
import {INotary} from "../../contracts/interfaces/INotary.sol";
import {Kind, Role} from "../../contracts/types/Codes.sol";
import {Log} from "./support/Vm.sol";
import {LedgerActor, LedgerTest} from "./support/LedgerTest.sol";

/// @title Handler
/// @notice What the invariant runs call: members of both shores and strangers write at random, and a model keeps what must come of it.
/// A call that the ledger refuses must leave everything as it was, which the invariants see as well.
contract Handler is LedgerActor {
    uint256 private constant ACTORS = 5;
    uint256 private constant DOCUMENTS = 12;
    uint256 private constant SUBJECTS = 3;
    uint16 private constant REASON = 6;

    /// @dev What a record is anchored with never changes.
    uint256 private constant FIXED = ~(uint256(0xffffffff) << 184 | uint256(type(uint40).max) << 64);

    uint32[] public memberNumbers;
    address[] public actors;

    bytes32[] public ids;
    mapping(bytes32 id => bool) public known;
    mapping(bytes32 id => uint256) public fixedFields;
    mapping(bytes32 id => uint256) public statuses;
    mapping(bytes32 id => uint256) public changes;
    mapping(bytes32 id => bytes32) public succeededBy;
    mapping(uint256 member => bytes32) public issuerHeads;
    mapping(bytes32 subject => bytes32) public subjectHeads;
    uint256 public events;
    uint256 public calls;

    constructor() {
        vm.warp(START);
        vm.recordLogs();
        ledger = new Ledger(CHINA, KOREA, BOTH);
        for (uint256 i = 0; i < ACTORS - 1; ++i) {
            address account = address(uint160(0xAC0 + i));
            uint32 member = enrol(i % 2 == 0 ? CHINA : KOREA, Role.LABORATORY, account);
            memberNumbers.push(member);
            actors.push(account);
        }
        actors.push(address(0xBAD));
        count();
    }

    function target() external view returns (Ledger) {
        return ledger;
    }

    function idCount() external view returns (uint256) {
        return ids.length;
    }

    // ---------------------------------------------------------------- actions

    function anchor(uint256 who, uint256 what, uint256 where) external {
        INotary.Entry memory document = any(what, where);
        if (!send(who, abi.encodeCall(INotary.anchor, (document)))) return;
        noteRecord(memberOf(who), leafOf(document));
        noteSubject(memberOf(who), document.subject, leafOf(document));
    }

    function anchorMany(uint256 who, uint256 what) external {
        INotary.Entry[] memory entries = new INotary.Entry[](2);
        entries[0] = any(what, what);
        entries[1] = any(what / 2, what);
        if (!send(who, abi.encodeCall(INotary.anchorMany, (entries)))) return;
        for (uint256 i = 0; i < 2; ++i) {
            noteRecord(memberOf(who), leafOf(entries[i]));
            noteSubject(memberOf(who), entries[i].subject, leafOf(entries[i]));
        }
    }

    function anchorRoot(uint256 who, uint256 what, uint256 where) external {
        bytes32 root = sha256(abi.encode("root", what % DOCUMENTS));
        INotary.SubjectLink[] memory links = new INotary.SubjectLink[](1);
        links[0] = INotary.SubjectLink(bytes32(where % SUBJECTS + 1), leafOf(what % DOCUMENTS));
        if (!send(who, abi.encodeCall(INotary.anchorRoot, (root, 2, Kind.LABORATORY_REPORT, 0, links)))) return;
        noteRecord(memberOf(who), root);
        noteSubject(memberOf(who), links[0].subject, links[0].leaf);
    }

    function revoke(uint256 who, uint256 what) external {
        bytes32 leaf = leafOf(what % DOCUMENTS);
        if (send(who, abi.encodeCall(INotary.revoke, (leaf, REASON)))) noteStatus(memberOf(who), leaf, Status.REVOKED);
    }

    function suspend(uint256 who, uint256 what) external {
        bytes32 leaf = leafOf(what % DOCUMENTS);
        if (send(who, abi.encodeCall(INotary.suspend, (leaf, REASON)))) {
            noteStatus(memberOf(who), leaf, Status.SUSPENDED);
        }
    }

    function reinstate(uint256 who, uint256 what) external {
        bytes32 leaf = leafOf(what % DOCUMENTS);
        if (send(who, abi.encodeCall(INotary.reinstate, (leaf, REASON)))) {
            noteStatus(memberOf(who), leaf, Status.ACTIVE);
        }
    }

    function supersede(uint256 who, uint256 what, uint256 by) external {
        bytes32 leaf = leafOf(what % DOCUMENTS);
        INotary.Entry memory successor = any(by, by);
        if (!send(who, abi.encodeCall(INotary.supersede, (leaf, successor, REASON)))) return;
        uint32 member = memberOf(who);
        noteStatus(member, leaf, Status.SUPERSEDED);
        noteRecord(member, leafOf(successor));
        noteSubject(member, successor.subject, leafOf(successor));
        succeededBy[idOf(member, leaf)] = idOf(member, leafOf(successor));
    }

    function suspendMember(uint256 who, bool korean) external {
        act(korean ? KOREA : CHINA, abi.encodeCall(ledger.suspendMember, (memberOf(who), REASON)));
    }

    function reinstateMember(uint256 who, bool korean) external {
        act(korean ? KOREA : CHINA, abi.encodeCall(ledger.reinstateMember, (memberOf(who), REASON)));
    }

    function renew(uint256 who, uint8 roles, uint32 until, bool korean) external {
        uint40 end = until % 4 == 0 ? 0 : uint40(START) + until;
        act(
            korean ? KOREA : CHINA,
            abi.encodeCall(ledger.renew, (memberOf(who), roles | Role.LABORATORY, uint40(START), end))
        );
    }

    function authoriseAccount(uint256 who, uint256 other, bool korean) external {
        address account = address(uint160(0xBAD + other % 4));
        act(korean ? KOREA : CHINA, abi.encodeCall(ledger.authoriseAccount, (memberOf(who), account, 0)));
    }

    function withdrawAccount(uint256 other, bool korean) external {
        act(korean ? KOREA : CHINA, abi.encodeCall(ledger.withdrawAccount, (address(uint160(0xBAD + other % 4)))));
    }

    function pass(uint16 time) external {
        vm.warp(block.timestamp + time);
    }

    // ------------------------------------------------------------------ model

    /// @dev The member that an actor writes for; the stranger is nobody's until the run authorises it.
    function memberOf(uint256 who) private view returns (uint32) {
        uint256 word = accountWord(actors[who % ACTORS]);
        return word == 0 ? memberNumbers[who % memberNumbers.length] : uint32(word >> 224);
    }

    function any(uint256 what, uint256 where) private pure returns (INotary.Entry memory) {
        return entry(what % DOCUMENTS, bytes32(where % (SUBJECTS + 1)), Kind.LABORATORY_REPORT, 0);
    }

    function send(uint256 who, bytes memory call) private returns (bool) {
        return act(actors[who % ACTORS], call);
    }

    function act(address sender, bytes memory call) private returns (bool done) {
        ++calls;
        vm.recordLogs(); // once more in each call of the run: recording does not outlast one
        actAs(sender);
        (done,) = address(ledger).call(call);
        vm.stopPrank();
        if (done) count(); // the runner records the logs of reverted calls as well
    }

    /// @dev Each event must carry the next number.
    function count() private {
        Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            bytes memory data = logs[i].data;
            uint256 last;
            assembly ("memory-safe") {
                last := mload(add(data, mload(data)))
            }
            bool packed = logs[i].topics[0] == INotary.StatusChanged.selector;
            assertEq(packed ? uint64(last) : last, ++events, "number of an event");
        }
    }

    function noteRecord(uint32 member, bytes32 leafOrRoot) private {
        bytes32 id = idOf(member, leafOrRoot);
        assertTrue(!known[id], "anchored twice");
        issuerHeads[member] = extended(issuerHeads[member], id);
        known[id] = true;
        ids.push(id);
        fixedFields[id] = recordWord(id) & FIXED;
        statuses[id] = Status.ACTIVE;
        uint256 expected = uint256(member) << 224 | uint256(Kind.LABORATORY_REPORT) << 216 | block.timestamp << 144
            | uint256(issuerHeads[member]) >> 224 << 32 | (fixedFields[id] & 3);
        assertEq(fixedFields[id], expected, "record as anchored");
    }

    function noteSubject(uint32 member, bytes32 subject, bytes32 leaf) private {
        if (subject != 0) subjectHeads[subject] = extended(subjectHeads[subject], idOf(member, leaf));
    }

    function noteStatus(uint32 member, bytes32 leaf, uint256 status) private {
        bytes32 id = idOf(member, leaf);
        if (!known[id]) {
            known[id] = true;
            ids.push(id);
            fixedFields[id] = uint256(member) << 224;
        }
        assertTrue(statuses[id] < Status.REVOKED, "final");
        statuses[id] = status;
        ++changes[id];
    }

    function fixedFieldsNow(bytes32 id) external view returns (uint256) {
        return recordWord(id) & FIXED;
    }
}

/// @notice What holds after any sequence of calls by anyone: compared with the model that the handler keeps.
contract LedgerInvariantTest is LedgerTest {
    uint256 private constant SUBJECTS = 3;
    /// @dev Calls between two checks, as in `InvariantHandler`.
    uint256 private constant SPAN = 8;

    Handler private handler;

    function setUp() public override {
        handler = new Handler();
        ledger = handler.target();
    }

    /// @dev Read by the runner: the ledger is called through the handler only, which keeps the model.
    function excludeContracts() external view returns (address[] memory excluded) {
        excluded = new address[](1);
        excluded[0] = address(ledger);
    }

    /// @notice One campaign for all sentences: each would make the same calls again.
    function invariant_ledgerHolds() external view {
        if (handler.calls() % SPAN == 0) checkAll();
    }

    /// @notice All holds at the end of a run, too.
    function afterInvariant() external view {
        checkAll();
    }

    function checkAll() private view {
        check_recordsAreAppendOnly();
        check_statusesAreTheirIssuersAlone();
        check_supersededRecordsHaveSuccessors();
        check_pastIsKept();
        check_sequenceCountsEvents();
        check_headsHoldEveryEntry();
        check_accountsFollowTheirMembers();
    }

    /// @dev A record never disappears, nor changes issuer, kind, time of anchoring, expiry, position or size.
    function check_recordsAreAppendOnly() private view {
        for (uint256 i = 0; i < handler.idCount(); ++i) {
            bytes32 id = handler.ids(i);
            assertEq(handler.fixedFieldsNow(id), handler.fixedFields(id), "fixed fields");
        }
    }

    /// @dev Only the issuer's own accepted calls change a status; nobody reaches another member's record.
    function check_statusesAreTheirIssuersAlone() private view {
        for (uint256 i = 0; i < handler.idCount(); ++i) {
            bytes32 id = handler.ids(i);
            assertEq(statusOf(id), handler.statuses(id), "status");
            assertEq(field(recordWord(id), 184, 16), handler.changes(id), "changes");
        }
    }

    /// @dev REVOKED and SUPERSEDED are final, and only superseded records have successors.
    function check_supersededRecordsHaveSuccessors() private view {
        for (uint256 i = 0; i < handler.idCount(); ++i) {
            bytes32 id = handler.ids(i);
            bytes32 successor = ledger.successors(id);
            assertEq(successor, handler.succeededBy(id), "successor");
            assertTrue((successor != 0) == (statusOf(id) == Status.SUPERSEDED), "superseded");
        }
    }

    /// @dev What a record was before its last change is kept.
    function check_pastIsKept() private view {
        for (uint256 i = 0; i < handler.idCount(); ++i) {
            bytes32 id = handler.ids(i);
            for (uint256 n = 2; n <= handler.changes(id); ++n) {
                uint256 word = Record.unwrap(ledger.pastRecords(sha256(abi.encodePacked(id, n))));
                assertEq(field(word, 184, 16), n - 1, "changes");
            }
        }
    }

    /// @dev `sequence` is the number of events, and each event carries its own.
    function check_sequenceCountsEvents() private view {
        assertEq(ledger.sequence(), handler.events(), "sequence");
    }

    /// @dev Heads hold every entry of their history, in order.
    function check_headsHoldEveryEntry() private view {
        for (uint32 member = 1; member <= ledger.membersEnrolled(); ++member) {
            assertEq(Head.unwrap(ledger.issuerHeads(member)), handler.issuerHeads(member), "issuer's head");
        }
        for (uint256 subject = 0; subject <= SUBJECTS; ++subject) {
            bytes32 head = Head.unwrap(ledger.subjectHeads(bytes32(subject)));
            assertEq(head, handler.subjectHeads(bytes32(subject)), "subject's head");
        }
    }

    /// @dev The copy in an account's word follows its member.
    function check_accountsFollowTheirMembers() private view {
        for (uint32 member = 1; member <= ledger.membersEnrolled(); ++member) {
            uint256 word = memberWord(member);
            address[] memory list = ledger.accountsOf(member);
            assertEq(field(word, 56, 8), list.length, "count");
            for (uint256 i = 0; i < list.length; ++i) {
                checkAccount(member, word, accountWord(list[i]));
            }
        }
    }

    function checkAccount(uint32 member, uint256 word, uint256 account) private pure {
        assertEq(field(account, 224, 32), member, "member");
        assertEq(field(account, 208, 16), field(word, 232, 16), "roles");
        assertEq(field(account, 168, 40), field(word, 192, 40), "validFrom");
        assertEq(field(account, 120, 8), field(word, 248, 8), "shore");
        assertEq(field(account, 112, 8), field(word, 48, 8), "state");
        uint256 end = field(word, 152, 40);
        uint256 own = field(account, 128, 40);
        assertTrue(end == 0 || (own != 0 && own <= end), "validUntil");
    }
}
