// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Ledger} from "../../contracts/Ledger.sol";
import {IMembership} from "../../contracts/interfaces/IMembership.sol";
import {INotary} from "../../contracts/interfaces/INotary.sol";
import {Role, Shore, Status} from "../../contracts/types/Codes.sol";
import {LedgerTest} from "./support/LedgerTest.sol";

contract MembershipTest is LedgerTest {
    uint16 private constant ADMINISTRATIVE = 9;
    uint16 private constant INVESTIGATION = 6;
    uint16 private constant CLOSED = 8;
    uint256 private constant MOST_ACCOUNTS = 16;
    uint256 private constant MEMBERS_ENROLLED_SLOT = 2;
    bytes32 private constant KEY = bytes32(uint256(0x7e1));

    // ----------------------------------------------------------- constructor

    function testFuzz_constructor_namesTheAuthorities(address china, address korea, address both) public {
        vm.assume(china != address(0) && korea != address(0) && both != address(0));
        vm.assume(china != korea && china != both && korea != both);
        Ledger other = new Ledger(china, korea, both);
        assertTrue(other.authorities(Shore.CN) == china, "CN");
        assertTrue(other.authorities(Shore.KR) == korea, "KR");
        assertTrue(other.authorities(Shore.BOTH) == both, "both");
        assertEq(other.sequence(), 0, "sequence");
    }

    function test_constructor_revertsIfAuthoritiesInvalid() public {
        assertUndeployable(address(0), KOREA, BOTH);
        assertUndeployable(CHINA, address(0), BOTH);
        assertUndeployable(CHINA, KOREA, address(0));
        assertUndeployable(CHINA, CHINA, BOTH);
        assertUndeployable(CHINA, KOREA, CHINA);
        assertUndeployable(CHINA, KOREA, KOREA);
    }

    // ----------------------------------------------------------------- enrol

    function testFuzz_enrol_writesTheWholeMember(bool korean, uint16 roles, uint40 from, uint40 until, bytes32 profile)
        public
    {
        roles = roles % Role.ALL + 1;
        vm.assume((until == 0 || until > from) && profile != 0);
        actAs(korean ? KOREA : CHINA);
        uint32 member = ledger.enrol(roles, from, until, profile);
        uint256 shore = korean ? Shore.KR : Shore.CN;
        uint256 expected = shore << 248 | uint256(roles) << 232 | uint256(from) << 192 | uint256(until) << 152
            | uint256(Status.ACTIVE) << 48;
        assertEq(member, 1, "number");
        assertEq(memberWord(1), expected, "word");
        assertEq(ledger.profiles(1), profile, "profile");
        assertEq(ledger.membersEnrolled(), 1, "count");
        assertEq(ledger.sequence(), 1, "sequence");
    }

    function testFuzz_enrol_revertsIfNotAuthority(address stranger) public {
        vm.assume(stranger != CHINA && stranger != KOREA);
        actAs(stranger);
        assertRefused(enrolment(Role.NODE, 1, 0), IMembership.MembershipNotAuthority.selector, abi.encode(stranger, 0));
    }

    function testFuzz_enrol_revertsIfRolesInvalid(uint16 roles) public {
        vm.assume(roles == 0 || roles > Role.ALL);
        actAs(CHINA);
        assertRefused(enrolment(roles, 1, 0), IMembership.MembershipRolesInvalid.selector, abi.encode(roles));
    }

    function testFuzz_enrol_revertsIfValidityInvalid(uint40 from, uint40 until) public {
        vm.assume(until != 0 && until <= from);
        actAs(CHINA);
        bytes memory values = abi.encode(from, until);
        assertRefused(enrolment(Role.NODE, from, until), IMembership.MembershipValidityInvalid.selector, values);
    }

    function test_enrol_revertsIfProfileMissing() public {
        actAs(CHINA);
        bytes memory call = abi.encodeCall(IMembership.enrol, (Role.NODE, 1, 0, 0));
        assertRefused(call, IMembership.MembershipProfileMissing.selector, abi.encode(1));
    }

    function test_enrol_revertsIfFull() public {
        vm.store(address(ledger), bytes32(MEMBERS_ENROLLED_SLOT), bytes32(uint256(type(uint32).max)));
        actAs(CHINA);
        bytes memory values = abi.encode(type(uint32).max);
        assertRefused(enrolment(Role.NODE, 1, 0), IMembership.MembershipFull.selector, values);
    }

    // ----------------------------------------------------------------- renew

    function testFuzz_renew_carriesOverToAccounts(uint16 roles, uint40 from, uint40 until, uint40 own) public {
        roles = roles % Role.ALL + 1;
        vm.assume(until == 0 || until > from);
        uint32 member = enrol(CHINA, Role.NODE, address(1));
        ledger.authoriseAccount(member, address(2), own);
        ledger.renew(member, roles, from, until);
        assertEq(accountWord(address(1)), expectedAccount(member, roles, from, until), "account without end");
        assertEq(accountWord(address(2)), expectedAccount(member, roles, from, earlier(own, until)), "account with one");
    }

    function test_renew_neverLengthensAnAccount() public {
        uint32 member = enrol(CHINA, Role.NODE, address(1));
        ledger.renew(member, Role.NODE, 1, 10);
        ledger.renew(member, Role.NODE, 1, 0);
        assertEq(accountWord(address(1)), expectedAccount(member, Role.NODE, 1, 10), "shortened");
        ledger.authoriseAccount(member, address(1), 0);
        assertEq(accountWord(address(1)), expectedAccount(member, Role.NODE, 1, 0), "authorised again");
    }

    function test_renew_keepsASuspension() public {
        uint32 member = enrol(CHINA, Role.NODE, address(1));
        ledger.suspendMember(member, INVESTIGATION);
        uint256 before = memberWord(member);
        ledger.renew(member, Role.OPERATOR, 5, 6);
        uint256 terms = uint256(type(uint96).max) << 152;
        assertEq(memberWord(member) & ~terms, before & ~terms, "all but the terms");
        assertEq(field(accountWord(address(1)), 112, 8), Status.SUSPENDED, "account");
    }

    // ------------------------------------------------------ suspend, reinstate

    function testFuzz_suspendMember_switchesOffEveryAccount(uint8 count, uint16 reason) public {
        reason = reason % 9 + 1;
        uint256 accounts = uint256(count) % MOST_ACCOUNTS + 1;
        uint32 member = enrolWith(accounts);
        uint256 before = ledger.sequence();
        uint256 word = memberWord(member);
        ledger.suspendMember(member, reason);
        uint256 standing = START << 112 | uint256(reason) << 64 | uint256(Status.SUSPENDED) << 48;
        assertEq(memberWord(member), word - (uint256(Status.ACTIVE) << 48) + standing, "member");
        assertEq(ledger.sequence(), before + 1 + accounts, "sequence");
        for (uint256 i = 0; i < accounts; ++i) {
            actAs(accountAt(i));
            bytes memory values = abi.encode(accountAt(i), ledger.accounts(accountAt(i)));
            bytes memory call = abi.encodeCall(INotary.revoke, (leafOf(1), 1));
            assertRefused(call, INotary.NotaryAccountNotLive.selector, values);
        }
    }

    function test_reinstateMember_bringsBackAllButTheWithdrawn() public {
        uint32 member = enrolWith(3);
        ledger.suspendMember(member, INVESTIGATION);
        ledger.withdrawAccount(accountAt(1));
        vm.warp(START + 7);
        ledger.reinstateMember(member, CLOSED);
        uint256 word = memberWord(member);
        assertEq(field(word, 112, 40), START, "suspendedAt");
        assertEq(field(word, 72, 40), START + 7, "reinstatedAt");
        assertEq(field(word, 64, 8), CLOSED, "reason");
        assertEq(field(word, 48, 8), Status.ACTIVE, "state");
        assertEq(field(accountWord(accountAt(0)), 112, 8), Status.ACTIVE, "first");
        assertEq(field(accountWord(accountAt(1)), 112, 8), Status.REVOKED, "withdrawn");
        assertEq(field(accountWord(accountAt(2)), 112, 8), Status.ACTIVE, "last");
    }

    function test_suspendMember_clearsAnEarlierReinstatement() public {
        uint32 member = enrolWith(1);
        ledger.suspendMember(member, INVESTIGATION);
        ledger.reinstateMember(member, CLOSED);
        vm.warp(START + 9);
        ledger.suspendMember(member, ADMINISTRATIVE);
        assertEq(field(memberWord(member), 112, 40), START + 9, "suspendedAt");
        assertEq(field(memberWord(member), 72, 40), 0, "reinstatedAt");
    }

    function test_suspendMember_revertsIfSuspended() public {
        uint32 member = enrolWith(1);
        ledger.suspendMember(member, INVESTIGATION);
        bytes memory call = abi.encodeCall(IMembership.suspendMember, (member, INVESTIGATION));
        assertRefused(call, IMembership.MembershipStateConflict.selector, abi.encode(member, Status.SUSPENDED));
    }

    function test_reinstateMember_revertsIfActive() public {
        uint32 member = enrolWith(1);
        bytes memory call = abi.encodeCall(IMembership.reinstateMember, (member, CLOSED));
        assertRefused(call, IMembership.MembershipStateConflict.selector, abi.encode(member, Status.ACTIVE));
    }

    function testFuzz_suspendMember_revertsIfReasonUnknown(uint16 reason) public {
        vm.assume(reason == 0 || reason > 9);
        uint32 member = enrolWith(1);
        bytes memory values = abi.encode(reason);
        bytes memory call = abi.encodeCall(IMembership.suspendMember, (member, reason));
        assertRefused(call, IMembership.MembershipReasonUnknown.selector, values);
        call = abi.encodeCall(IMembership.reinstateMember, (member, reason));
        assertRefused(call, IMembership.MembershipReasonUnknown.selector, values);
    }

    // ---------------------------------------------------------------- profile

    function test_changeProfile_revertsIfProfileMissing() public {
        uint32 member = enrolWith(1);
        ledger.changeProfile(member, "new");
        assertEq(ledger.profiles(member), "new", "profile");
        bytes memory call = abi.encodeCall(IMembership.changeProfile, (member, 0));
        assertRefused(call, IMembership.MembershipProfileMissing.selector, abi.encode(member));
    }

    // --------------------------------------------------------------- accounts

    function testFuzz_authoriseAccount_endsWithItsMember(uint40 memberUntil, uint40 own) public {
        vm.assume(memberUntil == 0 || memberUntil > 1);
        actAs(KOREA);
        uint32 member = ledger.enrol(Role.CUSTOMS, 1, memberUntil, PROFILE);
        ledger.authoriseAccount(member, address(1), own);
        uint256 expected = uint256(member) << 224 | uint256(Role.CUSTOMS) << 208 | 1 << 168
            | uint256(earlier(own, memberUntil)) << 128 | uint256(Shore.KR) << 120 | uint256(Status.ACTIVE) << 112;
        assertEq(accountWord(address(1)), expected, "account");
        assertEq(field(memberWord(member), 56, 8), 1, "count");
        assertEq(ledger.accountsOf(member).length, 1, "list");
    }

    /// @dev Whether an account may write, at each end of its validity.
    function testFuzz_account_isLiveWithinItsValidity(uint40 from, uint40 until, uint40 at) public {
        vm.assume(until == 0 || until > from);
        actAs(CHINA);
        uint32 member = ledger.enrol(Role.LABORATORY, from, until, PROFILE);
        ledger.authoriseAccount(member, address(1), 0);
        assertLive(from, until, at);
        assertLive(from, until, from);
        assertLive(from, until, until);
        if (from > 0) assertLive(from, until, from - 1);
        if (until > 0) assertLive(from, until, until - 1);
    }

    function test_authoriseAccount_revertsIfAccountInvalid() public {
        uint32 member = enrolWith(1);
        bytes memory call = abi.encodeCall(IMembership.authoriseAccount, (member, address(0), 0));
        assertRefused(call, IMembership.MembershipAccountInvalid.selector, abi.encode(address(0)));
    }

    function test_authoriseAccount_revertsIfAccountTaken() public {
        uint32 member = enrol(CHINA, Role.NODE, address(1));
        uint32 other = enrol(KOREA, Role.NODE, address(2));
        bytes memory call = abi.encodeCall(IMembership.authoriseAccount, (other, address(1), 0));
        assertRefused(call, IMembership.MembershipAccountTaken.selector, abi.encode(address(1), member));
        actAs(CHINA);
        ledger.withdrawAccount(address(1));
        call = abi.encodeCall(IMembership.authoriseAccount, (member, address(1), 0));
        assertRefused(call, IMembership.MembershipAccountTaken.selector, abi.encode(address(1), member));
    }

    function test_authoriseAccount_revertsIfAccountsFull() public {
        uint32 member = enrolWith(MOST_ACCOUNTS);
        bytes memory call = abi.encodeCall(IMembership.authoriseAccount, (member, address(99), 0));
        assertRefused(call, IMembership.MembershipAccountsFull.selector, abi.encode(member, MOST_ACCOUNTS));
        ledger.withdrawAccount(accountAt(3));
        ledger.authoriseAccount(member, address(99), 0);
        assertEq(field(memberWord(member), 56, 8), MOST_ACCOUNTS, "count");
    }

    function testFuzz_withdrawAccount_keepsTheOthersListed(uint8 count, uint8 index) public {
        uint256 accounts = uint256(count) % MOST_ACCOUNTS + 1;
        uint256 gone = uint256(index) % accounts;
        uint32 member = enrolWith(accounts);
        ledger.withdrawAccount(accountAt(gone));
        address[] memory list = ledger.accountsOf(member);
        assertEq(list.length, accounts - 1, "length");
        assertEq(field(memberWord(member), 56, 8), accounts - 1, "count");
        uint256 seen;
        for (uint256 i = 0; i < list.length; ++i) {
            assertTrue(list[i] != accountAt(gone), "withdrawn");
            seen |= 1 << uint160(list[i]);
        }
        uint256 all = ((1 << accounts) - 1) << uint160(accountAt(0));
        assertEq(seen, all & ~(1 << uint160(accountAt(gone))), "the others");
    }

    function test_withdrawAccount_revertsIfAccountUnknown() public {
        uint32 member = enrolWith(1);
        bytes memory call = abi.encodeCall(IMembership.withdrawAccount, (address(77)));
        assertRefused(call, IMembership.MembershipAccountUnknown.selector, abi.encode(address(77)));
        ledger.withdrawAccount(accountAt(0));
        assertEq(ledger.accountsOf(member).length, 0, "list");
        call = abi.encodeCall(IMembership.withdrawAccount, (accountAt(0)));
        assertRefused(call, IMembership.MembershipAccountUnknown.selector, abi.encode(accountAt(0)));
    }

    // ------------------------------------------------------------------- keys

    function testFuzz_registerKey_writesTheWholeKey(bytes32 thumbprint, uint40 from, uint40 until) public {
        vm.assume(thumbprint != 0 && (until == 0 || until > from));
        uint32 member = enrolWith(1);
        ledger.registerKey(member, thumbprint, from, until);
        assertEq(keyWord(thumbprint), uint256(member) << 224 | uint256(from) << 184 | uint256(until) << 144, "key");
    }

    function test_registerKey_revertsIfKeyTaken() public {
        uint32 member = enrolWith(1);
        ledger.registerKey(member, KEY, 1, 0);
        uint32 other = enrol(KOREA, Role.NODE, address(99));
        bytes memory call = abi.encodeCall(IMembership.registerKey, (other, KEY, 1, 0));
        assertRefused(call, IMembership.MembershipKeyTaken.selector, abi.encode(KEY, member));
    }

    function test_registerKey_revertsIfKeyInvalid() public {
        uint32 member = enrolWith(1);
        bytes memory call = abi.encodeCall(IMembership.registerKey, (member, 0, 1, 0));
        assertRefused(call, IMembership.MembershipKeyInvalid.selector, abi.encode(0));
        call = abi.encodeCall(IMembership.registerKey, (member, KEY, 2, 1));
        assertRefused(call, IMembership.MembershipValidityInvalid.selector, abi.encode(2, 1));
    }

    function testFuzz_revokeKey_onlyEverGetsStricter(uint40 first, uint40 second, uint40 third) public {
        uint32 member = enrolWith(1);
        ledger.registerKey(member, KEY, 1, 0);
        uint256 since;
        uint256 revokedAt;
        uint40[3] memory given = [first, second, third];
        for (uint256 i = 0; i < 3; ++i) {
            uint256 limit = since == 0 ? block.timestamp : since;
            bytes memory call = abi.encodeCall(IMembership.revokeKey, (KEY, given[i]));
            if (given[i] > limit || (revokedAt != 0 && given[i] == 0)) {
                assertRefused(call, IMembership.MembershipKeyRevoked.selector, abi.encode(KEY, given[i], limit));
            } else {
                ledger.revokeKey(KEY, given[i]);
                since = given[i];
                if (revokedAt == 0) revokedAt = block.timestamp;
            }
            assertEq(field(keyWord(KEY), 104, 40), revokedAt, "revokedAt");
            assertEq(field(keyWord(KEY), 64, 40), since, "compromisedSince");
            vm.warp(block.timestamp + 10);
        }
    }

    function test_revokeKey_revertsIfKeyUnknown() public {
        enrolWith(1);
        bytes memory call = abi.encodeCall(IMembership.revokeKey, (KEY, 0));
        assertRefused(call, IMembership.MembershipKeyUnknown.selector, abi.encode(KEY));
    }

    // ---------------------------------------------------------------- support

    function assertUndeployable(address china, address korea, address both) private {
        try new Ledger(china, korea, both) {
            assertTrue(false, "deployed");
        } catch (bytes memory error) {
            bytes4 expected = IMembership.MembershipAuthoritiesInvalid.selector;
            assertTrue(keccak256(error) == keccak256(abi.encodeWithSelector(expected, china, korea, both)), "error");
        }
    }

    function assertLive(uint40 from, uint40 until, uint40 at) private {
        vm.warp(at);
        actAs(address(1));
        (bool done,) = address(ledger).call(abi.encodeCall(INotary.revoke, (sha256(abi.encode(at, gasleft())), 1)));
        assertTrue(done == (from <= at && (until == 0 || at < until)), "live");
    }

    function enrolWith(uint256 accounts) private returns (uint32 member) {
        member = enrol(CHINA, Role.LABORATORY, accountAt(0));
        for (uint256 i = 1; i < accounts; ++i) {
            ledger.authoriseAccount(member, accountAt(i), 0);
        }
    }

    function accountAt(uint256 index) private pure returns (address) {
        return address(uint160(10 + index));
    }

    function enrolment(uint16 roles, uint40 from, uint40 until) private pure returns (bytes memory) {
        return abi.encodeCall(IMembership.enrol, (roles, from, until, PROFILE));
    }

    function expectedAccount(uint32 member, uint16 roles, uint40 from, uint40 until) private pure returns (uint256) {
        return uint256(member) << 224 | uint256(roles) << 208 | uint256(from) << 168 | uint256(until) << 128
            | uint256(Shore.CN) << 120 | uint256(Status.ACTIVE) << 112;
    }

    function earlier(uint40 a, uint40 b) private pure returns (uint40) {
        if (a == 0 || b == 0) return a + b;
        return a < b ? a : b;
    }
}
