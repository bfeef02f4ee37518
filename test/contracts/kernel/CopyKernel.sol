// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title CopyKernel
/// @notice The use that a certified copy shares with its original, as `OriginIssuing` and `OriginUse` rule it.
contract CopyKernel {
    mapping(uint256 id => uint256 line) public lineOf;
    mapping(uint256 line => bool) public isUsed;

    // Any certificate and any copy of it: what holds of them holds of all.
    uint256 private immutable original;
    uint256 private immutable copied;

    // What happened to them, noted beside the rules.
    uint256 private line;
    bool private isCopied;
    bool private isOriginalUsed;
    bool private isCopyUsed;

    constructor(uint256 original_, uint256 copied_) {
        require(original_ != copied_);
        original = original_;
        copied = copied_;
    }

    function register(uint256 id, uint256 named) external {
        require(named != 0);
        require(lineOf[id] == 0);
        lineOf[id] = named;
        if (id == original) line = named;
    }

    function copy(uint256 id, uint256 of_) external {
        uint256 named = lineOf[of_];
        require(named != 0);
        require(!isUsed[named]);
        require(lineOf[id] == 0);
        lineOf[id] = named;
        if (id == copied && of_ == original) isCopied = true;
        if (id == original) line = named;
    }

    function use(uint256 id) external {
        uint256 named = lineOf[id];
        require(named != 0);
        require(!isUsed[named]); // guards U3
        isUsed[named] = true;
        if (id == original) isOriginalUsed = true;
        if (id == copied && isCopied) isCopyUsed = true;
    }

    function holds() external view {
        // That both have the same line helps the proof to its end.
        // U3: A certificate and a copy of it are not both used.
        assert(
            !(isOriginalUsed && isCopyUsed) && line == lineOf[original] && (!isCopied || lineOf[copied] == line)
                && (!(isOriginalUsed || isCopyUsed) || isUsed[line])
        );
    }
}
