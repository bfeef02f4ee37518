// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IOrigin} from "../../../contracts/interfaces/IOrigin.sol";
import {ISafety} from "../../../contracts/interfaces/ISafety.sol";
import {Certificate} from "../../../contracts/types/Certificate.sol";
import {Kind} from "../../../contracts/types/Codes.sol";
import {GoodsLine} from "../../../contracts/types/GoodsLine.sol";
import {LawTest} from "./LawTest.sol";

/// @title OriginTest
/// @notice Short ways to issue and use certificates. Unless told otherwise they are CN's, for KR, under CK_FTA, of two goods lines, and
/// issued a day ago. Certificate `n` has its leaf, number and goods from `n` alone.
abstract contract OriginTest is LawTest {
    uint8 internal constant REGISTER = 0;
    uint8 internal constant CONSUME = 1;

    uint8 internal constant ORIGINAL = 1;
    uint8 internal constant CORRECTION = 2;
    uint8 internal constant COPY = 3;

    uint256 internal constant MAX_LINES = 100;
    uint40 internal constant ISSUED_ON = uint40(START - 1 days);
    bytes32 internal constant DECLARATION = bytes32(uint256(0xdec1));

    // ---------------------------------------------------------------- drafts

    /// @dev Goods in ascending order of their lines' keys.
    function goodsOf(uint256 n, uint256 count) internal pure returns (IOrigin.Goods[] memory goods) {
        goods = new IOrigin.Goods[](count);
        for (uint256 i = 0; i < count; ++i) {
            goods[i] = IOrigin.Goods(lotKey(n * 1000 + i), digest("detail", n * 1000 + i));
        }
        sortByKey(goods);
    }

    function goodsOf(uint256 n) internal pure returns (IOrigin.Goods[] memory) {
        return goodsOf(n, 2);
    }

    function linesOf(IOrigin.Goods[] memory goods) internal pure returns (bytes32[] memory keys) {
        keys = new bytes32[](goods.length);
        for (uint256 i = 0; i < goods.length; ++i) {
            keys[i] = pair(goods[i].lot, goods[i].detail);
        }
    }

    function draft(uint256 n) internal pure returns (IOrigin.Registration memory) {
        return IOrigin.Registration(leafOf(n), digest("number", n), CK_FTA, KR, ISSUED_ON, linesOf(goodsOf(n)));
    }

    /// @dev Certificate `n` with the goods of certificate `of_`.
    function draftWithGoods(uint256 n, uint256 of_) internal pure returns (IOrigin.Registration memory drafted) {
        drafted = draft(n);
        drafted.lines = linesOf(goodsOf(of_));
    }

    /// @dev Certificate `n` with the number of certificate `of_`.
    function draftWithNumber(uint256 n, uint256 of_) internal pure returns (IOrigin.Registration memory drafted) {
        drafted = draft(n);
        drafted.number = digest("number", of_);
    }

    // --------------------------------------------------------------- actions

    function registerAs(address certifier, IOrigin.Registration memory drafted) internal returns (bytes32) {
        actAs(certifier);
        return clearance.register(drafted);
    }

    function anchorAs(address certifier, uint256 n, uint40 expiresAt) internal {
        actAs(certifier);
        ledger.anchor(entry(n, NO_SUBJECT, Kind.CERTIFICATE_OF_ORIGIN, expiresAt));
    }

    /// @dev Certificate `n`, registered and anchored.
    function issue(uint256 n) internal returns (bytes32) {
        return issue(n, draft(n));
    }

    function issue(uint256 n, IOrigin.Registration memory drafted) internal returns (bytes32 id) {
        id = registerAs(CERTIFIER_CN, drafted);
        anchorAs(CERTIFIER_CN, n, 0);
    }

    /// @dev Certified copy `n` of certificate `of_`, registered and anchored.
    function issueCopy(uint256 n, uint256 of_) internal returns (bytes32 id) {
        actAs(CERTIFIER_CN);
        id = clearance.copy(leafOf(of_), draftWithGoods(n, of_));
        anchorAs(CERTIFIER_CN, n, 0);
    }

    /// @dev Certificate `n` in the place of certificate `of_`, with goods of its own, registered and anchored.
    function issueCorrection(uint256 n, uint256 of_) internal returns (bytes32 id) {
        bytes32 wrong = certificateId(of_);
        actAs(CERTIFIER_CN);
        id = clearance.correct(wrong, linesOf(goodsOf(of_)), draftWithNumber(n, of_));
        anchorAs(CERTIFIER_CN, n, 0);
    }

    function consumeAs(address customs, bytes32 id, IOrigin.Goods[] memory goods) internal {
        actAs(customs);
        clearance.consume(id, DECLARATION, goods);
    }

    // ---------------------------------------------------- what is to be found

    /// @dev Id of certificate `n` of CN's certifier.
    function certificateId(uint256 n) internal view returns (bytes32) {
        return idOf(numberOf[CERTIFIER_CN], leafOf(n));
    }

    /// @dev Key of a number of CN's certifier.
    function numberKey(bytes32 number) internal view returns (bytes32) {
        return pair(bytes32(uint256(numberOf[CERTIFIER_CN])), number);
    }

    /// @dev `lines 160, regime 8, destination 8, form 8, count 8, issuedOn 40, validDays 16, corrected 8`.
    function certificateWord(IOrigin.Registration memory of_, uint256 form, uint256 validDays)
        internal
        pure
        returns (uint256)
    {
        bytes32 chain;
        for (uint256 i = 0; i < of_.lines.length; ++i) {
            chain = pair(chain, of_.lines[i]);
        }
        return uint256(uint160(uint256(chain))) << 96 | uint256(of_.regime) << 88 | uint256(of_.destination) << 80
            | form << 72 | of_.lines.length << 64 | uint256(of_.issuedOn) << 24 | validDays << 8;
    }

    /// @dev `use 168, regime 8, usedAt 40, office 32, registered 8`, used now.
    function useWord(bytes32 id, bytes32 declaration, uint256 regime, uint256 office) internal view returns (uint256) {
        uint256 use = uint256(uint168(uint256(pair(id, declaration))));
        return use << 88 | regime << 80 | block.timestamp << 40 | office << 8 | 1;
    }

    function foundCertificate(bytes32 id) internal view returns (uint256) {
        return Certificate.unwrap(clearance.certificates(id));
    }

    function foundLine(bytes32 key) internal view returns (uint256) {
        return GoodsLine.unwrap(clearance.lines(key));
    }

    // ------------------------------------------------------------ assertions

    function assertRegisterRefused(IOrigin.Registration memory drafted, bytes memory error) internal {
        assertRefused(address(clearance), abi.encodeCall(IOrigin.register, (drafted)), error);
    }

    function assertConsumeRefused(bytes32 id, IOrigin.Goods[] memory goods, bytes memory error) internal {
        assertRefused(address(clearance), abi.encodeCall(IOrigin.consume, (id, DECLARATION, goods)), error);
    }

    // -------------------------------------------------------------- refusals

    function fieldInvalid(bytes32 field_) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginFieldInvalid.selector, field_);
    }

    function linesInvalid(uint256 count) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginLinesInvalid.selector, count);
    }

    function regimeUnknown(uint8 regime) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginRegimeUnknown.selector, regime);
    }

    function notAuthorised(uint256 member, uint8 regime, uint40 issuedOn) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginIssuerNotAuthorised.selector, member, regime, issuedOn);
    }

    function alreadyRegistered(bytes32 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginAlreadyRegistered.selector, id);
    }

    function numberTaken(bytes32 key, bytes32 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginNumberTaken.selector, key, id);
    }

    function notFound(bytes32 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginNotFound.selector, id);
    }

    function notStanding(bytes32 id, uint8 status) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginNotStanding.selector, id, status);
    }

    function superseded(bytes32 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginSuperseded.selector, id);
    }

    function expired(bytes32 id, uint256 until) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginExpired.selector, id, until);
    }

    function alreadyUsed(bytes32 id, bytes32 line) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginAlreadyUsed.selector, id, foundLine(line));
    }

    function doublePreference(bytes32 id, bytes32 line) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IOrigin.OriginDoublePreference.selector, id, foundLine(line));
    }

    function onHold(bytes32 lot) internal view returns (bytes memory) {
        return abi.encodeWithSelector(ISafety.SafetyLotOnHold.selector, lot, clearance.lots(lot));
    }

    // -------------------------------------------------------------- internal

    function sortByKey(IOrigin.Goods[] memory goods) private pure {
        for (uint256 i = 1; i < goods.length; ++i) {
            for (uint256 j = i; j > 0 && keyOf(goods[j]) < keyOf(goods[j - 1]); --j) {
                (goods[j], goods[j - 1]) = (goods[j - 1], goods[j]);
            }
        }
    }

    function keyOf(IOrigin.Goods memory goods) private pure returns (bytes32) {
        return pair(goods.lot, goods.detail);
    }
}
