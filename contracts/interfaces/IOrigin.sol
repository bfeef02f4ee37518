// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Certificate} from "../types/Certificate.sol";
import {GoodsLine} from "../types/GoodsLine.sol";
import {Inquiry} from "../types/Inquiry.sol";
import {Regime} from "../types/Regime.sol";
import {Term} from "../types/Term.sol";
import {ICompanion} from "./ICompanion.sol";

/// @title IOrigin
/// @notice Certificates of origin: who may issue them, one for each number, and one preference for each goods line.
///
/// A certificate is registered here first, by which the rules are checked, and anchored in the ledger next; customs can consume it once both
/// are done. A registration that is refused therefore leaves no document behind.
///
/// What holds, whoever calls:
/// - a (issuer, number) leads to one certificate, ever; a correction takes over the number of what it corrects;
/// - a goods line is used at most once, under one agreement, by one declaration; a certificate is used whole or not at all;
/// - a certified copy has the goods lines of its original, so both share one use;
/// - what was corrected, revoked, suspended or expired, and goods on hold, cannot be used;
/// - only customs of the importing shore use a certificate.
///
/// What readers must know:
/// - numbers, goods lines and declarations are salted digests: nothing here can be guessed from outside;
/// - a refusal for want of a registration says that none has arrived, not that the paper is forged.
interface IOrigin is ICompanion {
    /// @notice A certificate to be registered.
    /// @param leaf Leaf of the document
    /// @param number Salted digest of its number
    /// @param regime Code of the agreement: 1 CK_FTA, 2 RCEP, 3 APTA
    /// @param destination Shore of the importing customs
    /// @param issuedOn Date of issue, Unix seconds
    /// @param lines Keys of its goods lines, each `SHA-256(lot || detail)`, in ascending order, 1 to 100
    struct Registration {
        bytes32 leaf;
        bytes32 number;
        uint8 regime;
        uint8 destination;
        uint40 issuedOn;
        bytes32[] lines;
    }

    /// @notice A goods line as customs know it.
    /// @param lot Subject key of the lot
    /// @param detail Salted digest of what else makes the line: docs/spec/law.md section 2
    struct Goods {
        bytes32 lot;
        bytes32 detail;
    }

    // ---------------------------------------------------------------- events

    /// @notice Both shores agreed the terms of an agreement on origin.
    /// @param regime Code of the agreement
    /// @param word Its terms
    /// @param sequence Number of this event
    event RegimeChanged(uint256 indexed regime, Regime word, uint256 sequence);

    /// @notice A body was authorised to issue under an agreement, or its authorisation ended.
    /// @param member Number of the member
    /// @param regime Code of the agreement
    /// @param word Its term from now on
    /// @param sequence Number of this event
    event BodyChanged(uint256 indexed member, uint256 indexed regime, Term word, uint256 sequence);

    /// @notice A certificate was registered.
    /// @param id Id of its record
    /// @param number Key of its number
    /// @param predecessor Id of what it corrects or is a copy of; 0: an original
    /// @param word What is registered of it
    /// @param sequence Number of this event
    event CertificateRegistered(
        bytes32 indexed id, bytes32 indexed number, bytes32 predecessor, Certificate word, uint256 sequence
    );

    /// @notice A goods line belongs to a certificate. Follows the certificate's own event, a line an event, in order.
    /// @param line Key of the line
    /// @param certificate Id of the certificate's record
    /// @param sequence Number of this event
    event LineRegistered(bytes32 indexed line, bytes32 indexed certificate, uint256 sequence);

    /// @notice A certificate was used, with all its goods lines.
    /// @param id Id of its record
    /// @param declaration Salted commitment to the declaration
    /// @param use The word that each of its lines has from now on
    /// @param sequence Number of this event
    event CertificateConsumed(bytes32 indexed id, bytes32 declaration, GoodsLine use, uint256 sequence);

    /// @notice A verification after clearance was requested, answered or concluded.
    /// @param certificate Id of the certificate's record
    /// @param number Number of the verification among the certificate's, the first being 1
    /// @param evidence Digest of the paper that goes with it
    /// @param word Its state from now on
    /// @param sequence Number of this event
    event InquiryChanged(bytes32 indexed certificate, uint256 number, bytes32 evidence, Inquiry word, uint256 sequence);

    // ---------------------------------------------------------------- errors

    /// @notice The agreement has no terms that both shores agreed, or the terms given are not terms.
    /// @param regime Code given
    error OriginRegimeUnknown(uint8 regime);

    /// @notice The term ends before it starts, or does not start.
    /// @param from Start given
    /// @param until End given
    error OriginTermInvalid(uint40 from, uint40 until);

    /// @notice The member is not one that can certify, or has no authorisation to end.
    /// @param member Number given
    error OriginBodyInvalid(uint32 member);

    /// @notice The member is not authorised for the agreement on the date of issue and now. (S5: ISSUER_NOT_AUTHORISED)
    /// @param member Number of the member
    /// @param regime Code of the agreement
    /// @param issuedOn Date of issue given
    error OriginIssuerNotAuthorised(uint256 member, uint8 regime, uint40 issuedOn);

    /// @notice The issuer has given the number away already.
    /// @param number Key of the number
    /// @param certificate Id of the record that has it
    error OriginNumberTaken(bytes32 number, bytes32 certificate);

    /// @notice The document is registered already.
    /// @param id Id of its record
    error OriginAlreadyRegistered(bytes32 id);

    /// @notice A leaf, number, date, destination, declaration, evidence or reason is missing or cannot be; `issuer`: the id is not made of
    /// it; `caller`: it is neither the issuer nor customs of its shore.
    /// @param field Name of the parameter
    error OriginFieldInvalid(bytes32 field);

    /// @notice The goods lines are none, too many, not in ascending order, or not those of the certificate.
    /// @param count Number given, or index of the line that is out of order
    error OriginLinesInvalid(uint256 count);

    /// @notice The certificate must have this of what it corrects or copies: number, agreement or date; `form`: it must be no copy.
    /// @param field Name of the parameter
    error OriginPredecessorDiffers(bytes32 field);

    /// @notice No certificate was registered under this id. (S5: NOT_FOUND; it may not have arrived, which is no proof of forgery)
    /// @param id Id asked for
    error OriginNotFound(bytes32 id);

    /// @notice The certificate, or the original of a copy, was revoked, suspended, or not anchored as a certificate.
    /// @param id Id of the record
    /// @param status Its status in the ledger
    error OriginNotStanding(bytes32 id, uint8 status);

    /// @notice Another certificate took its place. (S5: SUPERSEDED)
    /// @param id Id of the record
    error OriginSuperseded(bytes32 id);

    /// @notice The certificate is no longer valid. (S5: EXPIRED)
    /// @param id Id of the record
    /// @param validUntil Unix seconds
    error OriginExpired(bytes32 id, uint256 validUntil);

    /// @notice The certificate, or its original, has been used. (S5: ALREADY_USED)
    /// @param id Id of the record
    /// @param line The use: when, by which office, under which agreement
    error OriginAlreadyUsed(bytes32 id, GoodsLine line);

    /// @notice Preference was claimed for a goods line under another agreement. (S5: DOUBLE_PREFERENCE)
    /// @param id Id of the record
    /// @param line The use: when, by which office, under which agreement
    error OriginDoublePreference(bytes32 id, GoodsLine line);

    /// @notice The verification is not in a state in which this can be done.
    /// @param id Id of the certificate's record
    /// @param state State of its newest verification
    error OriginInquiryConflict(bytes32 id, uint8 state);

    // ----------------------------------------------------------------- views

    /// @notice Terms of an agreement on origin.
    /// @param regime Its code
    /// @return word The packed word; zero: none agreed
    function regimes(uint256 regime) external view returns (Regime word);

    /// @notice A body's authorisation under an agreement.
    /// @param key `SHA-256(uint256(member) || uint256(regime))`
    /// @return word The packed word; zero: never authorised
    function bodies(bytes32 key) external view returns (Term word);

    /// @notice Which certificate has a number.
    /// @param key `SHA-256(uint256(issuer) || number)`
    /// @return certificate Id of its record; zero: none
    function numbers(bytes32 key) external view returns (bytes32 certificate);

    /// @notice What is registered of a certificate.
    /// @param id Id of its record
    /// @return word The packed word; zero: not registered
    function certificates(bytes32 id) external view returns (Certificate word);

    /// @notice What a certificate corrects or is a copy of.
    /// @param id Id of its record
    /// @return predecessor Id of the record; zero: an original
    function predecessors(bytes32 id) external view returns (bytes32 predecessor);

    /// @notice What is known of a goods line.
    /// @param line Its key
    /// @return word The packed word; zero: no certificate names it
    function lines(bytes32 line) external view returns (GoodsLine word);

    /// @notice How often a certificate was verified after clearance.
    /// @param id Id of its record
    /// @return count The count
    function inquiryCounts(bytes32 id) external view returns (uint256 count);

    /// @notice A verification after clearance.
    /// @param key `SHA-256(id || uint256(number))`
    /// @return word The packed word; zero: none
    function inquiries(bytes32 key) external view returns (Inquiry word);

    // ------------------------------------------------------------ governance

    /// @notice Both shores agree the terms of an agreement; certificates registered before keep theirs.
    /// @param regime Its code
    /// @param validDays Days from its date of issue on which a certificate may be used
    /// @param replyDays Days for the reply to a verification
    function setRegime(uint8 regime, uint16 validDays, uint16 replyDays) external;

    /// @notice A shore authorises a member of its own, as it notifies the other party before the body issues (CK-FTA Article 3.16).
    /// @param member Number of the member
    /// @param regime Code of the agreement
    /// @param from Start, Unix seconds
    /// @param until End, Unix seconds; 0: no end
    function authoriseBody(uint32 member, uint8 regime, uint40 from, uint40 until) external;

    /// @notice A shore ends the authorisation of a member of its own, from now on. Cannot be paused.
    /// @param member Number of the member
    /// @param regime Code of the agreement
    /// @param reason Code of the reason
    function withdrawBody(uint32 member, uint8 regime, uint8 reason) external;

    // --------------------------------------------------------------- issuing

    /// @notice Registers a certificate of the caller's member.
    /// @param registration What is registered
    /// @return id Id of its record
    function register(Registration calldata registration) external returns (bytes32 id);

    /// @notice Registers a certificate in the place of one of the caller's that is unused. It takes over the number.
    /// @param wrong Id of the record that was wrong
    /// @param wrongLines Goods lines of that certificate, in order
    /// @param registration What is registered
    /// @return id Id of its record
    function correct(bytes32 wrong, bytes32[] calldata wrongLines, Registration calldata registration)
        external
        returns (bytes32 id);

    /// @notice Registers a certified true copy of an unused original of the caller's (CK-FTA Article 3.15: only while unused).
    /// It has the original's goods lines, agreement, destination, date and validity, and a number of its own.
    /// @param leaf Leaf of the original
    /// @param registration What is registered
    /// @return id Id of its record
    function copy(bytes32 leaf, Registration calldata registration) external returns (bytes32 id);

    // ----------------------------------------------------------------- using

    /// @notice Uses a certificate whole, for one declaration, by customs of the importing shore. Goods on hold: `ISafety.SafetyLotOnHold`.
    /// @param id Id of its record
    /// @param declaration Salted commitment to the declaration
    /// @param goods All its goods lines, in ascending order of their keys
    function consume(bytes32 id, bytes32 declaration, Goods[] calldata goods) external;

    /// @notice Customs of the importing shore ask the issuer whether a certificate is right. Cannot be paused.
    /// @param id Id of its record
    /// @param evidence Digest of the request
    function requestVerification(bytes32 id, bytes32 evidence) external;

    /// @notice The issuer, or customs of its shore, answers the newest request. Cannot be paused.
    /// @param id Id of the certificate's record
    /// @param issuer Number of the issuer, and its leaf: what the id is made of
    /// @param leaf Leaf of the certificate
    /// @param evidence Digest of the reply
    function replyVerification(bytes32 id, uint32 issuer, bytes32 leaf, bytes32 evidence) external;

    /// @notice Customs of the importing shore conclude: with a reply CONFIRMED (1) or DENIED (2), without one in time NO_REPLY (3). Cannot be paused.
    /// @param id Id of the certificate's record
    /// @param outcome Code of the outcome
    /// @param evidence Digest of the conclusion
    function concludeVerification(bytes32 id, uint8 outcome, bytes32 evidence) external;
}
