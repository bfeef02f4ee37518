// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice What is registered of a certificate of origin, in one word, from the most significant bit:
/// `lines 160, regime 8, destination 8, form 8, count 8, issuedOn 40, validDays 16, corrected 8`.
/// `lines` is the low part of the chain over its goods lines (see `CertificateLib.linesOf`).
type Certificate is uint256;

using CertificateLib for Certificate global;

/// @title CertificateLib
/// @notice Reads and derives the words of `certificates`.
library CertificateLib {
    uint256 private constant LINES = 96;
    uint256 private constant REGIME = 88;
    uint256 private constant DESTINATION = 80;
    uint256 private constant FORM = 72;
    uint256 private constant COUNT = 64;
    uint256 private constant ISSUED_ON = 24;
    uint256 private constant VALID_DAYS = 8;

    /// @notice Issued by itself.
    uint8 internal constant ORIGINAL = 1;
    /// @notice Issued in the place of one that was wrong.
    uint8 internal constant CORRECTION = 2;
    /// @notice Certified true copy: it shares the one use of its original.
    uint8 internal constant COPY = 3;

    /// @notice A certificate newly registered; `naming` adds its goods lines.
    /// @param underRegime Code of the agreement
    /// @param to Shore of the importing customs
    /// @param asForm ORIGINAL, CORRECTION or COPY
    /// @param on Date of issue, Unix seconds
    /// @param daysValid Days from the date of issue on which it may be used
    /// @return The word, without goods lines
    function registered(uint8 underRegime, uint8 to, uint8 asForm, uint40 on, uint16 daysValid)
        internal
        pure
        returns (Certificate)
    {
        return Certificate.wrap(
            uint256(underRegime) << REGIME | uint256(to) << DESTINATION | uint256(asForm) << FORM | uint256(on)
                << ISSUED_ON | uint256(daysValid) << VALID_DAYS
        );
    }

    /// @notice The certificate with its goods lines.
    /// @param self The word, without them
    /// @param chain Chain over the lines
    /// @param lineCount Number of the lines
    /// @return The word with them
    function naming(Certificate self, bytes32 chain, uint256 lineCount) internal pure returns (Certificate) {
        uint256 fields = uint256(uint160(uint256(chain))) << LINES | lineCount << COUNT;
        return Certificate.wrap(Certificate.unwrap(self) | fields);
    }

    /// @notice The certificate after another was registered in its place.
    /// @param self The word before
    /// @return The word after
    function corrected(Certificate self) internal pure returns (Certificate) {
        return Certificate.wrap(Certificate.unwrap(self) | 1);
    }

    /// @notice Whether it was registered at all.
    /// @param self The word
    /// @return False for one that no authorised body registered
    function exists(Certificate self) internal pure returns (bool) {
        return Certificate.unwrap(self) != 0;
    }

    /// @notice Whether another was registered in its place.
    /// @param self The word
    /// @return Whether it was
    function isCorrected(Certificate self) internal pure returns (bool) {
        return uint8(Certificate.unwrap(self)) != 0;
    }

    /// @notice Whether goods lines are those that it was registered for, in their order.
    /// @param self The word
    /// @param chain Chain over the lines
    /// @param lineCount Number of the lines
    /// @return Whether they are
    function covers(Certificate self, bytes32 chain, uint256 lineCount) internal pure returns (bool) {
        return Certificate.unwrap(self) >> LINES == uint160(uint256(chain))
            && uint8(Certificate.unwrap(self) >> COUNT) == lineCount;
    }

    /// @notice The agreement under which it claims preference.
    /// @param self The word
    /// @return Code of the regime
    function regime(Certificate self) internal pure returns (uint8) {
        return uint8(Certificate.unwrap(self) >> REGIME);
    }

    /// @notice Where it may be used.
    /// @param self The word
    /// @return Code of the shore
    function destination(Certificate self) internal pure returns (uint8) {
        return uint8(Certificate.unwrap(self) >> DESTINATION);
    }

    /// @notice How it came to be.
    /// @param self The word
    /// @return ORIGINAL, CORRECTION or COPY
    function form(Certificate self) internal pure returns (uint8) {
        return uint8(Certificate.unwrap(self) >> FORM);
    }

    /// @notice Date of issue.
    /// @param self The word
    /// @return Unix seconds
    function issuedOn(Certificate self) internal pure returns (uint40) {
        return uint40(Certificate.unwrap(self) >> ISSUED_ON);
    }

    /// @notice Days from the date of issue on which it may be used.
    /// @param self The word
    /// @return The days
    function validDays(Certificate self) internal pure returns (uint16) {
        return uint16(Certificate.unwrap(self) >> VALID_DAYS);
    }

    /// @notice From when on it may no longer be used.
    /// @param self The word
    /// @return Unix seconds
    function validUntil(Certificate self) internal pure returns (uint256) {
        return self.issuedOn() + uint256(self.validDays()) * 1 days;
    }
}
