// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Companions} from "./Companions.sol";
import {Membership} from "./Membership.sol";
import {Notary} from "./Notary.sol";

/// @title Ledger
/// @notice What both shores must agree on, and no more: one contract without owner, proxy, pause or upgrade. It calls no other
/// contract; the rules of certificates, laboratories and safety stand in contracts beside it and ask it who may act.
contract Ledger is Membership, Notary, Companions {
    /// @notice Names the authorities, for good.
    /// @param china Authority of CN
    /// @param korea Authority of KR
    /// @param both Authority of both shores together
    constructor(address china, address korea, address both) Membership(china, korea, both) {}
}
