// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title NumberKernel
/// @notice The numbers of certificates, as `OriginIssuing` rules them. A number is one of an issuer.
contract NumberKernel {
    mapping(uint256 id => uint256 number) public numberOf;
    mapping(uint256 number => uint256 id) public certificateOf;

    /// @dev Any number: what holds of it holds of all.
    uint256 private immutable number;

    /// @dev Certificates with that number that were not corrected, counted beside the rules.
    uint256 private live;

    constructor(uint256 number_) {
        number = number_;
    }

    function register(uint256 id, uint256 wanted) external {
        require(certificateOf[wanted] == 0); // guards N1
        if (wanted == number) ++live;
        _write(id, wanted);
    }

    /// @dev Takes the number over from the one that was wrong.
    function correct(uint256 id, uint256 wrong, uint256 wanted) external {
        require(wrong != 0);
        require(certificateOf[wanted] == wrong);
        _write(id, wanted);
    }

    function _write(uint256 id, uint256 wanted) private {
        require(id != 0 && wanted != 0);
        require(numberOf[id] == 0);
        numberOf[id] = wanted;
        certificateOf[wanted] = id;
    }

    function holds() external view {
        // N1: At most one certificate of a number is not corrected.
        assert(live <= 1);
    }
}
