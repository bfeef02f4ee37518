// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ILaboratories} from "../../contracts/interfaces/ILaboratories.sol";
import {IOrigin} from "../../contracts/interfaces/IOrigin.sol";
import {Kind, Role} from "../../contracts/types/Codes.sol";
import {Chance} from "./support/Chance.sol";
import {LaboratoriesTest} from "./support/LaboratoriesTest.sol";
import {LawTest} from "./support/LawTest.sol";

/// @title LawAccessFuzzTest
/// @notice Every function of certificates and laboratories, with arguments with which it can be done, is called by anybody at any time while
/// any actions are paused: it is done if, and only if, the table of who may says so.
contract LawAccessFuzzTest is LaboratoriesTest, Chance {
    /// @dev A call, and who may make it.
    struct Act {
        address target;
        bytes call;
        /// @dev Authority that may; 0: members.
        address authority;
        /// @dev Roles of members, one of which is needed.
        uint16 roles;
        /// @dev Shore of the member; 0: either.
        uint8 shore;
        /// @dev The only member; 0: any with the role.
        uint32 member;
        uint8 action;
        /// @dev A member that may besides, with one of these roles.
        uint32 orMember;
        uint16 orRoles;
        /// @dev Who may for certain.
        address rightful;
    }

    struct Caller {
        address account;
        uint32 member;
        uint16 roles;
        uint8 shore;
        bool isLive;
    }

    uint8 private constant CANNOT_BE_PAUSED = 128;
    uint8 private constant REGISTER_CERTIFICATE = 0;
    uint8 private constant CONSUME = 1;
    uint256 private constant ACTS = 22;
    uint40 private constant ISSUED_ON = uint40(START - 1);
    uint40 private constant END = uint40(START + 60 days);
    bytes32 private constant DECLARATION = bytes32(uint256(0xdec1));

    // Certificates: issued and free; asked about; answered.
    uint256 private constant FREE = 1;
    uint256 private constant ASKED = 2;
    uint256 private constant ANSWERED = 3;
    uint256 private constant NEW = 9;

    /// @dev A certifier and a laboratory to which things are done, and which do nothing.
    uint32 private body;
    uint32 private object;

    function setUp() public override(LaboratoriesTest) {
        super.setUp();
        body = join(CHINA, Role.CERTIFIER, address(0xB1));
        object = join(CHINA, Role.LABORATORY, address(0xB2));
        prepareCertificates();
        prepareReports();
        vm.stopPrank();
    }

    function testFuzz_access_isAsTheTableSays(uint256 seed) public {
        begin(seed);
        attempt(anyAct(pick(ACTS)));
    }

    /// @dev Every act can be done by whom the table names, so that a refusal above says something.
    function test_access_letsTheRightfulDoEveryAct() public {
        for (uint256 i = 0; i < ACTS; ++i) {
            Act memory act = anyAct(i);
            actAs(act.rightful);
            assertDone(act.target, act.call);
        }
    }

    function attempt(Act memory act) private {
        Caller memory caller = oneIn(2) ? known(act.rightful) : anyCaller();
        if (oneIn(4)) impair(caller);
        uint128 paused = oneIn(4) ? uint128(1) << uint8(pick(5)) : 0;
        actAs(BOTH);
        ledger.pause(act.target, paused);
        vm.warp(block.timestamp + pick(10 days));
        bool isPossible = may(act, caller, paused);
        uint256 sequence = ledger.sequence();
        actAs(caller.account);
        (bool isDone,) = act.target.call(act.call);
        assertTrue(isDone == isPossible, isDone ? "done against the table" : "refused against the table");
        assertTrue((ledger.sequence() > sequence) == isDone, "sequence");
    }

    // ------------------------------------------------------------- the table

    function may(Act memory act, Caller memory caller, uint128 paused) private pure returns (bool) {
        if (act.authority != address(0)) return caller.account == act.authority;
        bool isPaused = act.action < CANNOT_BE_PAUSED && paused >> act.action & 1 != 0;
        bool isOfShore = act.shore == 0 || caller.shore == act.shore;
        bool isOfMember = act.member == 0 || caller.member == act.member;
        bool isRightful = caller.roles & act.roles != 0 && isOfShore && isOfMember;
        bool isOther = act.orMember != 0 && caller.member == act.orMember && caller.roles & act.orRoles != 0;
        return caller.isLive && !isPaused && (isRightful || isOther);
    }

    function anyAct(uint256 which) private view returns (Act memory) {
        if (which < 6) return actOfAuthority(which);
        if (which < 13) return actOnCertificate(which - 6);
        return actOnLaboratory(which - 13);
    }

    function actOfAuthority(uint256 which) private view returns (Act memory act) {
        if (which == 0) {
            return byAuthority(BOTH, address(clearance), abi.encodeCall(IOrigin.setRegime, (CK_FTA, 1, 1)));
        }
        if (which == 1) {
            return
                byAuthority(
                    CHINA, address(clearance), abi.encodeCall(IOrigin.authoriseBody, (body, RCEP, ISSUED_ON, 0))
                );
        }
        if (which == 2) {
            return byAuthority(CHINA, address(clearance), abi.encodeCall(IOrigin.withdrawBody, (body, CK_FTA, ENDED)));
        }
        address target = address(laboratories);
        if (which == 3) return byAuthority(BOTH, target, abi.encodeCall(ILaboratories.publishPanel, (PANEL, TEXT)));
        if (which == 4) {
            return byAuthority(BOTH, target, abi.encodeCall(ILaboratories.setArrangement, (termsOf(ARRANGEMENT))));
        }
        return byAuthority(KOREA, target, abi.encodeCall(ILaboratories.publishProfile, (KR, 1, ISSUED_ON, TEXT)));
    }

    function actOnCertificate(uint256 which) private view returns (Act memory act) {
        act.target = address(clearance);
        act.action = CANNOT_BE_PAUSED;
        uint32 issuer = numberOf[CERTIFIER_CN];
        if (which < 3) {
            (act.roles, act.member, act.action, act.rightful) =
            (Role.CERTIFIER, issuer, REGISTER_CERTIFICATE, CERTIFIER_CN);
            act.call = registering(which);
            return act;
        }
        if (which == 3) {
            (act.roles, act.shore, act.action, act.rightful) = (Role.CUSTOMS, KR, CONSUME, CUSTOMS_KR);
            act.call = abi.encodeCall(IOrigin.consume, (certificateId(FREE), DECLARATION, goodsOf(FREE)));
            return act;
        }
        (act.roles, act.shore, act.rightful) = (Role.CUSTOMS, KR, CUSTOMS_KR);
        if (which == 4) act.call = abi.encodeCall(IOrigin.requestVerification, (certificateId(FREE), EVIDENCE));
        if (which == 5) {
            act.call = abi.encodeCall(IOrigin.concludeVerification, (certificateId(ANSWERED), 1, EVIDENCE));
        }
        if (which == 6) {
            (act.shore, act.rightful) = (CN, CUSTOMS_CN);
            (act.orMember, act.orRoles) = (issuer, Role.CERTIFIER | Role.CUSTOMS);
            act.call =
                abi.encodeCall(IOrigin.replyVerification, (certificateId(ASKED), issuer, leafOf(ASKED), EVIDENCE));
        }
    }

    function registering(uint256 which) private view returns (bytes memory) {
        if (which == 0) return abi.encodeCall(IOrigin.register, (draft(NEW, NEW, NEW)));
        if (which == 1) {
            return
                abi.encodeCall(IOrigin.correct, (certificateId(ASKED), linesOf(ASKED), draft(NEW + 1, ASKED, NEW + 1)));
        }
        return abi.encodeCall(IOrigin.copy, (leafOf(FREE), draft(NEW + 2, NEW + 2, FREE)));
    }

    function actOnLaboratory(uint256 which) private view returns (Act memory act) {
        act.target = address(laboratories);
        act.action = CANNOT_BE_PAUSED;
        if (which < 3) {
            (act.roles, act.shore, act.rightful) = (Role.ACCREDITOR, CN, ACCREDITOR_CN);
            if (which == 0) act.action = ACCREDIT;
            act.call = accrediting(which);
        } else if (which < 5) {
            (act.roles, act.rightful) = (Role.REGULATOR, REGULATOR_KR);
            if (which == 3) act.action = DESIGNATE;
            act.call = which == 3
                ? abi.encodeCall(ILaboratories.designate, (object, PANEL, ISSUED_ON, 0))
                : abi.encodeCall(ILaboratories.endDesignation, (object, PANEL, ENDED));
        } else if (which == 5) {
            (act.roles, act.member, act.action, act.rightful) = (Role.LABORATORY, lab, REGISTER, LABORATORY_CN);
            act.call = abi.encodeCall(ILaboratories.registerReport, (leafOf(NEW), factsOf(NEW)));
        } else if (which == 6) {
            (act.roles, act.shore, act.action, act.rightful) = (Role.REGULATOR | Role.CUSTOMS, KR, ACCEPT, REGULATOR_KR);
            act.call = abi.encodeCall(ILaboratories.accept, (lab, leafOf(4), factsOf(4), ARRANGEMENT, JUDGEMENT));
        } else if (which == 7) {
            (act.roles, act.shore, act.rightful) = (Role.REGULATOR | Role.CUSTOMS, KR, CUSTOMS_KR);
            act.call = abi.encodeCall(ILaboratories.refuse, (reportId(4), ARRANGEMENT, DISCRETION, JUDGEMENT));
        } else {
            act.authority = BOTH;
            act.rightful = BOTH;
            act.call = abi.encodeCall(ILaboratories.suspendArrangement, (ARRANGEMENT));
        }
    }

    function accrediting(uint256 which) private view returns (bytes memory) {
        if (which == 0) {
            return abi.encodeCall(ILaboratories.accredit, (object, PANEL, SCOPE, END, 0, CERTIFICATE));
        }
        if (which == 1) return abi.encodeCall(ILaboratories.endAccreditation, (object, PANEL, ENDED));
        return abi.encodeCall(ILaboratories.declareCompromised, (object, PANEL, 1, SAMPLED));
    }

    function byAuthority(address authority, address target, bytes memory call) private pure returns (Act memory act) {
        (act.authority, act.rightful, act.target, act.call) = (authority, authority, target, call);
    }

    // --------------------------------------------------------------- callers

    function known(address account) private view returns (Caller memory caller) {
        caller.account = account;
        caller.member = numberOf[account];
        if (caller.member == 0) return caller;
        (caller.roles, caller.shore) = (ledger.members(caller.member).roles(), ledger.members(caller.member).shore());
        caller.isLive = true;
    }

    /// @dev A known account, a stranger, an authority, or a new member of any shore and roles.
    function anyCaller() private returns (Caller memory) {
        if (oneIn(2)) {
            address account = address(uint160(0xC001));
            join(oneIn(2) ? CHINA : KOREA, uint16(1 + pick(Role.ALL)), account);
            return known(account);
        }
        address[16] memory accounts = [
            CERTIFIER_CN,
            LABORATORY_CN,
            OPERATOR_CN,
            CUSTOMS_CN,
            REGULATOR_CN,
            ACCREDITOR_CN,
            CERTIFIER_KR,
            LABORATORY_KR,
            OPERATOR_KR,
            CUSTOMS_KR,
            REGULATOR_KR,
            ACCREDITOR_KR,
            STRANGER,
            CHINA,
            KOREA,
            BOTH
        ];
        return known(accounts[pick(16)]);
    }

    /// @dev The member gets other roles, is suspended, ends, or its account is withdrawn, ends, or is another of its accounts.
    function impair(Caller memory caller) private {
        if (caller.member == 0) return;
        uint256 how = pick(6);
        actAs(authorityOf(caller.shore));
        if (how == 0) {
            caller.roles = uint16(1 + pick(Role.ALL));
            ledger.renew(caller.member, caller.roles, uint40(START), 0);
        }
        if (how == 1) ledger.suspendMember(caller.member, INVESTIGATION);
        if (how == 2) ledger.renew(caller.member, caller.roles, uint40(START), uint40(START + 1));
        if (how == 3) ledger.withdrawAccount(caller.account);
        if (how == 4) ledger.authoriseAccount(caller.member, caller.account, uint40(START + 1));
        if (how == 5) {
            caller.account = address(uint160(0xC002));
            ledger.authoriseAccount(caller.member, caller.account, 0);
        }
        if (how > 0 && how < 5) caller.isLive = false;
        vm.warp(START + 1);
    }

    // ------------------------------------------------------------- the world

    function prepareCertificates() private {
        actAs(CHINA);
        clearance.authoriseBody(body, CK_FTA, ISSUED_ON, 0);
        for (uint256 n = FREE; n <= ANSWERED; ++n) {
            actAs(CERTIFIER_CN);
            clearance.register(draft(n, n, n));
            ledger.anchor(entry(n, NO_SUBJECT, Kind.CERTIFICATE_OF_ORIGIN, 0));
        }
        bytes32 answered = certificateId(ANSWERED);
        bytes32 asked = certificateId(ASKED);
        actAs(CUSTOMS_KR);
        clearance.requestVerification(asked, EVIDENCE);
        clearance.requestVerification(answered, EVIDENCE);
        actAs(CUSTOMS_CN);
        clearance.replyVerification(answered, numberOf[CERTIFIER_CN], leafOf(ANSWERED), EVIDENCE);
    }

    function prepareReports() private {
        accredit(ACCREDITED, 0);
        actAs(ACCREDITOR_CN);
        laboratories.accredit(object, PANEL, SCOPE, ACCREDITED, END, CERTIFICATE);
        address[2] memory regulators = [REGULATOR_CN, REGULATOR_KR];
        for (uint256 i = 0; i < 2; ++i) {
            actAs(regulators[i]);
            laboratories.designate(lab, PANEL, uint40(START), 0);
            laboratories.designate(object, PANEL, uint40(START), 0);
        }
        agree(termsOf(ARRANGEMENT));
        registerReport(4, factsOf(4));
        anchorReport(4);
    }

    function certificateId(uint256 n) private view returns (bytes32) {
        return idOf(numberOf[CERTIFIER_CN], leafOf(n));
    }

    function draft(uint256 n, uint256 number, uint256 goods) private pure returns (IOrigin.Registration memory) {
        return IOrigin.Registration(leafOf(n), digest("number", number), CK_FTA, KR, ISSUED_ON, linesOf(goods));
    }

    function goodsOf(uint256 n) private pure returns (IOrigin.Goods[] memory goods) {
        goods = new IOrigin.Goods[](1);
        goods[0] = IOrigin.Goods(lotKey(n), digest("detail", n));
    }

    function linesOf(uint256 n) private pure returns (bytes32[] memory lines) {
        lines = new bytes32[](1);
        lines[0] = pair(goodsOf(n)[0].lot, goodsOf(n)[0].detail);
    }
}
