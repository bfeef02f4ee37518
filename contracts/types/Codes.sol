// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title Kind
/// @notice What is anchored.
library Kind {
    uint8 internal constant CERTIFICATE_OF_ORIGIN = 1;
    uint8 internal constant LABORATORY_REPORT = 2;
    uint8 internal constant EPCIS_EVENTS = 3;
    uint8 internal constant PRODUCT_PASSPORT = 4;
    /// @notice That bodies which stay in their country were released to somebody: by an agency of the home shore, or by whoever issued them.
    /// @dev Which documents, and whether they are the releaser's to release, is not on the ledger: every node that gives a body looks at it.
    uint8 internal constant RELEASE = 5;

    /// @notice Tells who may anchor a kind.
    /// @param kind Code of the kind
    /// @return roles Bits of the roles of which one is needed; 0 where no kind has the code
    function anchoredBy(uint16 kind) internal pure returns (uint16 roles) {
        if (kind == EPCIS_EVENTS) {
            return Role.CERTIFIER | Role.LABORATORY | Role.OPERATOR | Role.CUSTOMS | Role.REGULATOR;
        }
        if (kind == CERTIFICATE_OF_ORIGIN) return Role.CERTIFIER;
        if (kind == LABORATORY_REPORT) return Role.LABORATORY;
        if (kind == PRODUCT_PASSPORT) return Role.OPERATOR;
        if (kind == RELEASE) {
            return Role.CERTIFIER | Role.LABORATORY | Role.OPERATOR | Role.CUSTOMS | Role.REGULATOR;
        }
        return 0;
    }
}

/// @title Role
/// @notice What a member is accredited for, as bits.
library Role {
    uint16 internal constant CERTIFIER = 1;
    uint16 internal constant LABORATORY = 2;
    uint16 internal constant OPERATOR = 4;
    uint16 internal constant CUSTOMS = 8;
    uint16 internal constant REGULATOR = 16;
    uint16 internal constant NODE = 32;
    uint16 internal constant ACCREDITOR = 64;

    uint16 internal constant ALL = CERTIFIER | LABORATORY | OPERATOR | CUSTOMS | REGULATOR | NODE | ACCREDITOR;
}

/// @title Status
/// @notice Standing of a record; members and accounts use the first four.
/// @dev For records REVOKED and SUPERSEDED are final; for accounts REVOKED means withdrawn, and is final too.
library Status {
    uint8 internal constant NONE = 0;
    uint8 internal constant ACTIVE = 1;
    uint8 internal constant SUSPENDED = 2;
    uint8 internal constant REVOKED = 3;
    uint8 internal constant SUPERSEDED = 4;
}

/// @title Reason
/// @notice Why a standing was changed. The codes are listed in docs/spec/ledger.md; the ledger keeps them and attaches no rule to any.
library Reason {
    uint8 internal constant FIRST = 1;
    uint8 internal constant LAST = 9;

    /// @notice Tells whether a code may be given as the reason of a change.
    /// @param reason Code of the reason
    /// @return Whether it is one of the listed codes; 0, "none", is not
    function isGiven(uint16 reason) internal pure returns (bool) {
        // One comparison for both ends: 0 wraps round to the largest number.
        unchecked {
            return !(uint256(reason) - FIRST > LAST - FIRST);
        }
    }
}

/// @title Shore
/// @notice The two parties of the ledger, as bits.
library Shore {
    uint8 internal constant CN = 1;
    uint8 internal constant KR = 2;
    uint8 internal constant BOTH = CN | KR;

    /// @notice Tells whether a code is that of one shore.
    /// @param shore Code given
    /// @return Whether it is CN or KR
    function isOne(uint8 shore) internal pure returns (bool) {
        return shore == CN || shore == KR;
    }
}
