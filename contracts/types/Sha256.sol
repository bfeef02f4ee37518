// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title Sha256
/// @notice SHA-256 of two words, by the precompile at address 2.
library Sha256 {
    /// @notice The same as `sha256(bytes.concat(a, b))`, in scratch space instead of new memory: 210 gas less for each of the three
    /// or four hashes that a write takes.
    /// @param a First word
    /// @param b Second word
    /// @return digest The hash
    function ofPair(bytes32 a, bytes32 b) internal view returns (bytes32 digest) {
        assembly ("memory-safe") {
            mstore(0x00, a)
            mstore(0x20, b)
            if iszero(staticcall(gas(), 0x02, 0x00, 0x40, 0x00, 0x20)) { revert(0, 0) }
            digest := mload(0x00)
        }
    }
}
