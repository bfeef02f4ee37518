// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice What is known of a goods line, in one word, from the most significant bit:
/// `use 168, regime 8, usedAt 40, office 32, registered 8`. `use` is the low part of `SHA-256(certificate id || declaration)`.
type GoodsLine is uint256;

using GoodsLineLib for GoodsLine global;

/// @title GoodsLineLib
/// @notice Reads and derives the words of `lines`.
library GoodsLineLib {
    uint256 private constant USE = 88;
    uint256 private constant REGIME = 80;
    uint256 private constant USED_AT = 40;
    uint256 private constant OFFICE = 8;

    /// @notice A line that a certificate names and that no declaration has used. The word is written at issue so that a use, which
    /// customs wait for, rewrites it instead of making it: 17,100 gas less.
    GoodsLine internal constant REGISTERED = GoodsLine.wrap(1);

    /// @notice A line used under a certificate.
    /// @param use `SHA-256(certificate id || declaration)`
    /// @param underRegime Code of the agreement
    /// @param at Unix seconds
    /// @param office Member number of the customs office
    /// @return The word
    function used(bytes32 use, uint8 underRegime, uint256 at, uint256 office) internal pure returns (GoodsLine) {
        return GoodsLine.wrap(
            uint256(uint168(uint256(use))) << USE | uint256(underRegime) << REGIME | at << USED_AT | office << OFFICE
                | GoodsLine.unwrap(REGISTERED)
        );
    }

    /// @notice Whether a certificate names the line.
    /// @param self The word
    /// @return Whether one does
    function exists(GoodsLine self) internal pure returns (bool) {
        return GoodsLine.unwrap(self) != 0;
    }

    /// @notice Whether a preference was claimed for the line.
    /// @param self The word
    /// @return Whether one was
    function isUsed(GoodsLine self) internal pure returns (bool) {
        return GoodsLine.unwrap(self) > GoodsLine.unwrap(REGISTERED);
    }

    /// @notice The agreement under which preference was claimed.
    /// @param self The word
    /// @return Code of the regime; 0: not used
    function regime(GoodsLine self) internal pure returns (uint8) {
        return uint8(GoodsLine.unwrap(self) >> REGIME);
    }
}
