// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Laboratories} from "../../../contracts/Laboratories.sol";
import {Clearance} from "../../../contracts/Clearance.sol";
import {Registry} from "../../../contracts/Registry.sol";
import {ICompanion} from "../../../contracts/interfaces/ICompanion.sol";
import {ICompanions} from "../../../contracts/interfaces/ICompanions.sol";
import {IMembership} from "../../../contracts/interfaces/IMembership.sol";
import {INotary} from "../../../contracts/interfaces/INotary.sol";
import {ISafety} from "../../../contracts/interfaces/ISafety.sol";
import {Role} from "../../../contracts/types/Codes.sol";
import {RegimeLib} from "../../../contracts/types/Regime.sol";
import {LedgerTest} from "./LedgerTest.sol";
import {Log} from "./Vm.sol";

/// @title LawTest
/// @notice A new ledger with its four companions for each test, and on each shore a member of every role with one account.
/// @dev Keys and words are made here by the letter of the interfaces, with none of the contracts' own libraries.
abstract contract LawTest is LedgerTest {
    uint8 internal constant CN = 1;
    uint8 internal constant KR = 2;

    uint8 internal constant CLEARANCE = 1;
    uint8 internal constant LABORATORIES = 2;
    uint8 internal constant REGISTRY = 3;

    address internal constant CERTIFIER_CN = address(0xA101);
    address internal constant LABORATORY_CN = address(0xA102);
    address internal constant OPERATOR_CN = address(0xA103);
    address internal constant CUSTOMS_CN = address(0xA104);
    address internal constant REGULATOR_CN = address(0xA105);
    address internal constant ACCREDITOR_CN = address(0xA106);
    address internal constant CERTIFIER_KR = address(0xA201);
    address internal constant LABORATORY_KR = address(0xA202);
    address internal constant OPERATOR_KR = address(0xA203);
    address internal constant CUSTOMS_KR = address(0xA204);
    address internal constant REGULATOR_KR = address(0xA205);
    address internal constant ACCREDITOR_KR = address(0xA206);
    address internal constant STRANGER = address(0xA301);

    uint8 internal constant CK_FTA = RegimeLib.CK_FTA;
    uint8 internal constant RCEP = RegimeLib.RCEP;
    uint8 internal constant APTA = RegimeLib.APTA;
    // Terms that differ, so that a mix-up of agreements shows.
    uint16 internal constant CK_FTA_VALID_DAYS = 365;
    uint16 internal constant CK_FTA_REPLY_DAYS = 180;
    uint16 internal constant RCEP_VALID_DAYS = 366;
    uint16 internal constant RCEP_REPLY_DAYS = 90;
    uint16 internal constant APTA_VALID_DAYS = 367;
    uint16 internal constant APTA_REPLY_DAYS = 120;

    uint16 internal constant PANEL = 7;
    bytes32 internal constant PANEL_TEXT = bytes32(uint256(0x9a4e1));
    /// @dev Bodies are authorised, and may have dated certificates, from this time on.
    uint40 internal constant BODIES_SINCE = uint40(START - 30 days);
    uint16 internal constant INVESTIGATION = 6;
    bytes32 internal constant EVIDENCE = bytes32(uint256(0xe1de));

    Clearance internal clearance;
    Laboratories internal laboratories;
    Registry internal registry;

    /// @dev Member whose account it is.
    mapping(address account => uint32 member) internal numberOf;

    function setUp() public virtual override {
        super.setUp();
        clearance = new Clearance(ledger);
        laboratories = new Laboratories(ledger);
        registry = new Registry(ledger);
        _addCompanions();
        _enrolAll();
        _agreeTerms();
        _authoriseBodies(CHINA, CERTIFIER_CN);
        _authoriseBodies(KOREA, CERTIFIER_KR);
        vm.stopPrank();
    }

    // --------------------------------------------------------------- actions

    /// @dev Both shores pause one action of a companion.
    function pauseAction(address companion, uint8 action) internal {
        actAs(BOTH);
        ledger.pause(companion, uint128(1) << action);
    }

    /// @dev Enrols a member with one account, and knows its number.
    function join(address authority, uint16 roles, address account) internal returns (uint32 member) {
        member = enrol(authority, roles, account);
        numberOf[account] = member;
    }

    /// @dev A regulator, or customs, hold a lot for their shore.
    function holdLot(address account, bytes32 lot) internal {
        actAs(account);
        clearance.hold(lot, uint8(INVESTIGATION));
    }

    /// @dev A regulator raises an alert about a lot and recalls it.
    function recallLot(address regulator, bytes32 lot) internal returns (bytes32 alert, bytes32 recall) {
        bytes32[] memory named = new bytes32[](1);
        named[0] = lot;
        uint32 owner = numberOf[regulator];
        uint40 due = uint40(block.timestamp + 1 days);
        actAs(regulator);
        alert = clearance.raiseAlert(lot, 1, owner, due, EVIDENCE, named);
        recall = clearance.openRecall(ISafety.RecallOrder(alert, 0, 1, owner, due, due, EVIDENCE), named);
    }

    // ------------------------------------------------------------------ keys

    function pair(bytes32 a, bytes32 b) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(a, b));
    }

    function pair(uint256 a, uint256 b) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(a, b));
    }

    /// @dev Subject key of a lot.
    function lotKey(uint256 number) internal pure returns (bytes32) {
        return digest("lot", number);
    }

    /// @dev `from 40, until 40, endedAt 40, reason 8, compromisedSince 40, by 32, unused 56`.
    function termWord(uint256 from, uint256 until, uint256 endedAt, uint256 reason, uint256 compromised, uint256 by)
        internal
        pure
        returns (uint256)
    {
        return from << 216 | until << 176 | endedAt << 136 | reason << 128 | compromised << 88 | by << 56;
    }

    function authorityOf(uint8 shore) internal pure returns (address) {
        return shore == CN ? CHINA : KOREA;
    }

    function otherShore(uint8 shore) internal pure returns (uint8) {
        return CN + KR - shore;
    }

    // ------------------------------------------------------------ assertions

    /// @dev The call of a companion, from whoever acts, reverts with exactly this error.
    function assertRefused(address target, bytes memory call, bytes memory error) internal {
        (bool done, bytes memory answer) = target.call(call);
        assertTrue(!done, "not refused");
        assertTrue(keccak256(answer) == keccak256(error), "refused with another error");
    }

    /// @dev The call of a companion, from whoever acts, is done.
    function assertDone(address target, bytes memory call) internal {
        (bool done,) = target.call(call);
        assertTrue(done, "refused");
    }

    /// @dev The log is this event of this contract, to the last bit. `topics` are those after the event's own.
    function assertEvent(Log memory log, address emitter, bytes32 event_, bytes32[] memory topics, bytes memory data)
        internal
        pure
    {
        assertTrue(log.emitter == emitter, "emitter");
        assertEq(log.topics.length, topics.length + 1, "number of topics");
        assertEq(log.topics[0], event_, "event");
        for (uint256 i = 0; i < topics.length; ++i) {
            assertEq(log.topics[i + 1], topics[i], "topic");
        }
        assertTrue(keccak256(log.data) == keccak256(data), "data");
    }

    function topicsOf(bytes32 a) internal pure returns (bytes32[] memory list) {
        list = new bytes32[](1);
        list[0] = a;
    }

    function topicsOf(bytes32 a, bytes32 b) internal pure returns (bytes32[] memory list) {
        list = new bytes32[](2);
        (list[0], list[1]) = (a, b);
    }

    function topicsOf(uint256 a, uint256 b) internal pure returns (bytes32[] memory) {
        return topicsOf(bytes32(a), bytes32(b));
    }

    // -------------------------------------------------------------- refusals

    function roleMissing(uint16 roles, uint16 needed) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ICompanion.CompanionRoleMissing.selector, roles, needed);
    }

    function shoreWrong(uint8 shore, uint8 needed) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ICompanion.CompanionShoreWrong.selector, shore, needed);
    }

    function actionPaused(address companion, uint8 action) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ICompanions.CompanionsActionPaused.selector, companion, action);
    }

    function notAuthority(address caller, uint8 shore) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IMembership.MembershipNotAuthority.selector, caller, shore);
    }

    function notLive(address account) internal view returns (bytes memory) {
        return abi.encodeWithSelector(INotary.NotaryAccountNotLive.selector, account, ledger.accounts(account));
    }

    // -------------------------------------------------------------- internal

    function _addCompanions() private {
        actAs(BOTH);
        ledger.addCompanion(address(clearance), CLEARANCE);
        ledger.addCompanion(address(laboratories), LABORATORIES);
        ledger.addCompanion(address(registry), REGISTRY);
    }

    function _enrolAll() private {
        join(CHINA, Role.CERTIFIER, CERTIFIER_CN);
        join(CHINA, Role.LABORATORY, LABORATORY_CN);
        join(CHINA, Role.OPERATOR, OPERATOR_CN);
        join(CHINA, Role.CUSTOMS, CUSTOMS_CN);
        join(CHINA, Role.REGULATOR, REGULATOR_CN);
        join(CHINA, Role.ACCREDITOR, ACCREDITOR_CN);
        join(KOREA, Role.CERTIFIER, CERTIFIER_KR);
        join(KOREA, Role.LABORATORY, LABORATORY_KR);
        join(KOREA, Role.OPERATOR, OPERATOR_KR);
        join(KOREA, Role.CUSTOMS, CUSTOMS_KR);
        join(KOREA, Role.REGULATOR, REGULATOR_KR);
        join(KOREA, Role.ACCREDITOR, ACCREDITOR_KR);
    }

    function _agreeTerms() private {
        actAs(BOTH);
        clearance.setRegime(CK_FTA, CK_FTA_VALID_DAYS, CK_FTA_REPLY_DAYS);
        clearance.setRegime(RCEP, RCEP_VALID_DAYS, RCEP_REPLY_DAYS);
        clearance.setRegime(APTA, APTA_VALID_DAYS, APTA_REPLY_DAYS);
        laboratories.publishPanel(PANEL, PANEL_TEXT);
    }

    function _authoriseBodies(address authority, address certifier) private {
        actAs(authority);
        clearance.authoriseBody(numberOf[certifier], CK_FTA, BODIES_SINCE, 0);
        clearance.authoriseBody(numberOf[certifier], RCEP, BODIES_SINCE, 0);
        clearance.authoriseBody(numberOf[certifier], APTA, BODIES_SINCE, 0);
    }
}
