// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Membership} from "./Membership.sol";
import {Notary} from "./Notary.sol";

/// @title Ledger
/// @notice What both shores must agree on, and no more: one contract without owner, proxy, pause or upgrade. It calls no other
/// contract; rules that come later stand in contracts beside it and read it.
contract Ledger is Membership, Notary {
    /// @notice Names the two authorities, for good.
    /// @param china Authority of CN
    /// @param korea Authority of KR
    constructor(address china, address korea) Membership(china, korea) {}
}
