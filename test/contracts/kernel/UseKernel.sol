// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title UseKernel
/// @notice The one use of a certificate of origin and of the goods line that it names, as `OriginUse` rules it.
contract UseKernel {
    mapping(uint256 id => uint256 regime) public regimeOf;
    mapping(uint256 id => uint256 line) public lineOf;
    mapping(uint256 line => uint256 regime) public usedUnder;

    // Any certificate and any line: what holds of them holds of all.
    uint256 private immutable certificate;
    uint256 private immutable line;

    // What happened to them, counted beside the rules.
    uint256 private usesOfCertificate;
    uint256 private preferences;
    uint256 private firstRegime;

    constructor(uint256 certificate_, uint256 line_) {
        certificate = certificate_;
        line = line_;
    }

    function register(uint256 id, uint256 regime, uint256 named) external {
        require(regime != 0);
        require(regimeOf[id] == 0);
        regimeOf[id] = regime;
        lineOf[id] = named;
    }

    function use(uint256 id) external {
        uint256 regime = regimeOf[id];
        uint256 named = lineOf[id];
        require(regime != 0);
        require(usedUnder[named] == 0); // guards U1 U2
        usedUnder[named] = regime;
        if (id == certificate) ++usesOfCertificate;
        if (named == line) {
            ++preferences;
            if (preferences == 1) firstRegime = regime;
        }
    }

    function holds() external view {
        // U1: A certificate is used at most once.
        assert(usesOfCertificate <= 1);
        // U2: A goods line has one preference, and under one agreement.
        assert(preferences <= 1 && (preferences == 0 || usedUnder[line] == firstRegime));
    }
}
