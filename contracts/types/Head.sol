// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Sha256} from "./Sha256.sol";

/// @notice A history in one word, `count 32 || chain 224`; empty: zero. It shows that an answer listing the history left nothing out.
type Head is bytes32;

using HeadLib for Head global;

/// @title HeadLib
/// @notice Extends histories.
library HeadLib {
    uint256 private constant COUNT = 224;
    uint256 private constant CHAIN = type(uint224).max;

    /// @notice A history holds as many entries as its 32 bits can count.
    /// @param count Entries it has
    error HeadFull(uint256 count);

    /// @notice The head after one more entry: its count plus one, its chain the low bits of `SHA-256(head || id)`.
    /// @param self The head before
    /// @param id Record id of the entry
    /// @return The head after
    function extended(Head self, bytes32 id) internal view returns (Head) {
        uint256 entries = self.count();
        if (entries == type(uint32).max) revert HeadFull(entries);
        uint256 chain = uint256(Sha256.ofPair(Head.unwrap(self), id)) & CHAIN;
        return Head.wrap(bytes32((entries + 1) << COUNT | chain));
    }

    /// @notice Number of entries.
    /// @param self The head
    /// @return The count
    function count(Head self) internal pure returns (uint256) {
        return uint256(Head.unwrap(self)) >> COUNT;
    }
}
