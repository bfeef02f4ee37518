/** Generated from protocol/ledger/abi.ts and protocol/law/abi by scripts/generateDecoders.ts: do not edit. */
import { address, type EventBytes, expectShape, uint, UnknownEvent, word } from './eventBytes.ts';

/** `event AccountChanged(address indexed account, uint256 indexed member, uint256 word, uint256 sequence)` */
export interface AccountChanged {
  readonly name: 'AccountChanged';
  readonly account: Buffer;
  readonly member: bigint;
  readonly word: bigint;
  readonly sequence: bigint;
}

/** `event CompanionChanged(address indexed companion, uint256 word, uint256 sequence)` */
export interface CompanionChanged {
  readonly name: 'CompanionChanged';
  readonly companion: Buffer;
  readonly word: bigint;
  readonly sequence: bigint;
}

/** `event DocumentAnchored(bytes32 indexed id, bytes32 indexed subject, bytes32 sha256Digest, bytes32 sm3Digest, uint256 record, uint256 sequence)` */
export interface DocumentAnchored {
  readonly name: 'DocumentAnchored';
  readonly id: Buffer;
  readonly subject: Buffer;
  readonly sha256Digest: Buffer;
  readonly sm3Digest: Buffer;
  readonly record: bigint;
  readonly sequence: bigint;
}

/** `event DocumentSuperseded(bytes32 indexed id, bytes32 indexed successor, uint256 sequence)` */
export interface DocumentSuperseded {
  readonly name: 'DocumentSuperseded';
  readonly id: Buffer;
  readonly successor: Buffer;
  readonly sequence: bigint;
}

/** `event KeyChanged(bytes32 indexed thumbprint, uint256 indexed member, uint256 word, uint256 sequence)` */
export interface KeyChanged {
  readonly name: 'KeyChanged';
  readonly thumbprint: Buffer;
  readonly member: bigint;
  readonly word: bigint;
  readonly sequence: bigint;
}

/** `event MemberChanged(uint256 indexed member, uint256 word, bytes32 profile, uint256 sequence)` */
export interface MemberChanged {
  readonly name: 'MemberChanged';
  readonly member: bigint;
  readonly word: bigint;
  readonly profile: Buffer;
  readonly sequence: bigint;
}

/** `event MemberEnrolled(uint256 indexed member, uint256 word, bytes32 profile, uint256 sequence)` */
export interface MemberEnrolled {
  readonly name: 'MemberEnrolled';
  readonly member: bigint;
  readonly word: bigint;
  readonly profile: Buffer;
  readonly sequence: bigint;
}

/** `event RootAnchored(bytes32 indexed id, bytes32 root, uint256 record, uint256 sequence)` */
export interface RootAnchored {
  readonly name: 'RootAnchored';
  readonly id: Buffer;
  readonly root: Buffer;
  readonly record: bigint;
  readonly sequence: bigint;
}

/** `event StatusChanged(bytes32 id, uint256 change)` */
export interface StatusChanged {
  readonly name: 'StatusChanged';
  readonly id: Buffer;
  readonly change: bigint;
}

/** `event SubjectExtended(bytes32 indexed subject, bytes32 indexed root, bytes32 leaf, uint256 issuer, uint256 sequence)` */
export interface SubjectExtended {
  readonly name: 'SubjectExtended';
  readonly subject: Buffer;
  readonly root: Buffer;
  readonly leaf: Buffer;
  readonly issuer: bigint;
  readonly sequence: bigint;
}

/** `event AlertChanged(bytes32 indexed alert, bytes32 evidence, uint256 word, uint256 sequence)` */
export interface AlertChanged {
  readonly name: 'AlertChanged';
  readonly alert: Buffer;
  readonly evidence: Buffer;
  readonly word: bigint;
  readonly sequence: bigint;
}

/** `event AlertLotNamed(bytes32 indexed alert, bytes32 indexed lot, uint256 sequence)` */
export interface AlertLotNamed {
  readonly name: 'AlertLotNamed';
  readonly alert: Buffer;
  readonly lot: Buffer;
  readonly sequence: bigint;
}

/** `event BodyChanged(uint256 indexed member, uint256 indexed regime, uint256 word, uint256 sequence)` */
export interface BodyChanged {
  readonly name: 'BodyChanged';
  readonly member: bigint;
  readonly regime: bigint;
  readonly word: bigint;
  readonly sequence: bigint;
}

/** `event CertificateConsumed(bytes32 indexed id, bytes32 declaration, uint256 use, uint256 sequence)` */
export interface CertificateConsumed {
  readonly name: 'CertificateConsumed';
  readonly id: Buffer;
  readonly declaration: Buffer;
  readonly use: bigint;
  readonly sequence: bigint;
}

/** `event CertificateRegistered(bytes32 indexed id, bytes32 indexed number, bytes32 predecessor, uint256 word, uint256 sequence)` */
export interface CertificateRegistered {
  readonly name: 'CertificateRegistered';
  readonly id: Buffer;
  readonly number: Buffer;
  readonly predecessor: Buffer;
  readonly word: bigint;
  readonly sequence: bigint;
}

/** `event InquiryChanged(bytes32 indexed certificate, uint256 number, bytes32 evidence, uint256 word, uint256 sequence)` */
export interface InquiryChanged {
  readonly name: 'InquiryChanged';
  readonly certificate: Buffer;
  readonly number: bigint;
  readonly evidence: Buffer;
  readonly word: bigint;
  readonly sequence: bigint;
}

/** `event LineRegistered(bytes32 indexed line, bytes32 indexed certificate, uint256 sequence)` */
export interface LineRegistered {
  readonly name: 'LineRegistered';
  readonly line: Buffer;
  readonly certificate: Buffer;
  readonly sequence: bigint;
}

/** `event LotChanged(bytes32 indexed lot, bytes32 indexed cause, uint256 by, uint256 reason, uint256 word, uint256 sequence)` */
export interface LotChanged {
  readonly name: 'LotChanged';
  readonly lot: Buffer;
  readonly cause: Buffer;
  readonly by: bigint;
  readonly reason: bigint;
  readonly word: bigint;
  readonly sequence: bigint;
}

/** `event LotMoved(bytes32 indexed lot, bytes32 indexed document, uint256 movement, uint256 by, uint256 sequence)` */
export interface LotMoved {
  readonly name: 'LotMoved';
  readonly lot: Buffer;
  readonly document: Buffer;
  readonly movement: bigint;
  readonly by: bigint;
  readonly sequence: bigint;
}

/** `event RecallChanged(bytes32 indexed recall, bytes32 indexed alert, bytes32 evidence, uint256 word, uint256 sequence)` */
export interface RecallChanged {
  readonly name: 'RecallChanged';
  readonly recall: Buffer;
  readonly alert: Buffer;
  readonly evidence: Buffer;
  readonly word: bigint;
  readonly sequence: bigint;
}

/** `event RegimeChanged(uint256 indexed regime, uint256 word, uint256 sequence)` */
export interface RegimeChanged {
  readonly name: 'RegimeChanged';
  readonly regime: bigint;
  readonly word: bigint;
  readonly sequence: bigint;
}

/** `event AccreditationChanged(uint256 indexed laboratory, uint256 indexed panel, uint256 period, uint256 tests, bytes32 certificate, uint256 word, uint256 sequence)` */
export interface AccreditationChanged {
  readonly name: 'AccreditationChanged';
  readonly laboratory: bigint;
  readonly panel: bigint;
  readonly period: bigint;
  readonly tests: bigint;
  readonly certificate: Buffer;
  readonly word: bigint;
  readonly sequence: bigint;
}

/** `event ArrangementChanged(uint256 indexed arrangement, uint256 tests, bytes32 text, uint256 word, uint256 sequence)` */
export interface ArrangementChanged {
  readonly name: 'ArrangementChanged';
  readonly arrangement: bigint;
  readonly tests: bigint;
  readonly text: Buffer;
  readonly word: bigint;
  readonly sequence: bigint;
}

/** `event DesignationChanged(uint256 indexed laboratory, uint256 indexed panel, uint256 shore, uint256 word, uint256 sequence)` */
export interface DesignationChanged {
  readonly name: 'DesignationChanged';
  readonly laboratory: bigint;
  readonly panel: bigint;
  readonly shore: bigint;
  readonly word: bigint;
  readonly sequence: bigint;
}

/** `event PanelPublished(uint256 indexed panel, bytes32 digest, uint256 sequence)` */
export interface PanelPublished {
  readonly name: 'PanelPublished';
  readonly panel: bigint;
  readonly digest: Buffer;
  readonly sequence: bigint;
}

/** `event ProfilePublished(uint256 indexed shore, uint256 indexed profile, uint256 version, uint256 effectiveFrom, bytes32 digest, uint256 sequence)` */
export interface ProfilePublished {
  readonly name: 'ProfilePublished';
  readonly shore: bigint;
  readonly profile: bigint;
  readonly version: bigint;
  readonly effectiveFrom: bigint;
  readonly digest: Buffer;
  readonly sequence: bigint;
}

/** `event ReportDecided(bytes32 indexed id, bytes32 judgement, uint256 word, uint256 sequence)` */
export interface ReportDecided {
  readonly name: 'ReportDecided';
  readonly id: Buffer;
  readonly judgement: Buffer;
  readonly word: bigint;
  readonly sequence: bigint;
}

/** `event ReportRegistered(bytes32 indexed id, uint256 indexed laboratory, bytes32 lot, uint256 tests, uint256 course, uint256 sequence)` */
export interface ReportRegistered {
  readonly name: 'ReportRegistered';
  readonly id: Buffer;
  readonly laboratory: bigint;
  readonly lot: Buffer;
  readonly tests: bigint;
  readonly course: bigint;
  readonly sequence: bigint;
}

/** `event Filed(bytes32 indexed subject, bytes32 digest, uint256 word, uint256 sequence)` */
export interface Filed {
  readonly name: 'Filed';
  readonly subject: Buffer;
  readonly digest: Buffer;
  readonly word: bigint;
  readonly sequence: bigint;
}

/** An event of the contract Ledger. */
export type LedgerEvent = AccountChanged | CompanionChanged | DocumentAnchored | DocumentSuperseded | KeyChanged | MemberChanged | MemberEnrolled | RootAnchored | StatusChanged | SubjectExtended;

/** An event of the contract Clearance. */
export type ClearanceEvent = AlertChanged | AlertLotNamed | BodyChanged | CertificateConsumed | CertificateRegistered | InquiryChanged | LineRegistered | LotChanged | LotMoved | RecallChanged | RegimeChanged;

/** An event of the contract Laboratories. */
export type LaboratoriesEvent = AccreditationChanged | ArrangementChanged | DesignationChanged | PanelPublished | ProfilePublished | ReportDecided | ReportRegistered;

/** An event of the contract Registry. */
export type RegistryEvent = Filed;

/** An event of the ledger or of a contract beside it, decoded. */
export type IndexedEvent = LedgerEvent | ClearanceEvent | LaboratoriesEvent | RegistryEvent;

/**
 * Decodes a log.
 *
 * @param kind of the companion that emitted it, 0: the ledger itself
 * @throws UnknownEvent, MisshapenEvent
 */
export function decodeEvent(kind: number, log: EventBytes): IndexedEvent {
  switch (kind) {
    case 0:
      return decodeOfLedger(log);
    case 1:
      return decodeOfClearance(log);
    case 2:
      return decodeOfLaboratories(log);
    case 3:
      return decodeOfRegistry(log);
    default:
      throw new UnknownEvent(log);
  }
}

function decodeOfLedger(log: EventBytes): LedgerEvent {
  switch (log.topics.toString('latin1', 0, 32)) {
    case TOPIC_AccountChanged:
      return decodeAccountChanged(log);
    case TOPIC_CompanionChanged:
      return decodeCompanionChanged(log);
    case TOPIC_DocumentAnchored:
      return decodeDocumentAnchored(log);
    case TOPIC_DocumentSuperseded:
      return decodeDocumentSuperseded(log);
    case TOPIC_KeyChanged:
      return decodeKeyChanged(log);
    case TOPIC_MemberChanged:
      return decodeMemberChanged(log);
    case TOPIC_MemberEnrolled:
      return decodeMemberEnrolled(log);
    case TOPIC_RootAnchored:
      return decodeRootAnchored(log);
    case TOPIC_StatusChanged:
      return decodeStatusChanged(log);
    case TOPIC_SubjectExtended:
      return decodeSubjectExtended(log);
    default:
      throw new UnknownEvent(log);
  }
}

function decodeOfClearance(log: EventBytes): ClearanceEvent {
  switch (log.topics.toString('latin1', 0, 32)) {
    case TOPIC_AlertChanged:
      return decodeAlertChanged(log);
    case TOPIC_AlertLotNamed:
      return decodeAlertLotNamed(log);
    case TOPIC_BodyChanged:
      return decodeBodyChanged(log);
    case TOPIC_CertificateConsumed:
      return decodeCertificateConsumed(log);
    case TOPIC_CertificateRegistered:
      return decodeCertificateRegistered(log);
    case TOPIC_InquiryChanged:
      return decodeInquiryChanged(log);
    case TOPIC_LineRegistered:
      return decodeLineRegistered(log);
    case TOPIC_LotChanged:
      return decodeLotChanged(log);
    case TOPIC_LotMoved:
      return decodeLotMoved(log);
    case TOPIC_RecallChanged:
      return decodeRecallChanged(log);
    case TOPIC_RegimeChanged:
      return decodeRegimeChanged(log);
    default:
      throw new UnknownEvent(log);
  }
}

function decodeOfLaboratories(log: EventBytes): LaboratoriesEvent {
  switch (log.topics.toString('latin1', 0, 32)) {
    case TOPIC_AccreditationChanged:
      return decodeAccreditationChanged(log);
    case TOPIC_ArrangementChanged:
      return decodeArrangementChanged(log);
    case TOPIC_DesignationChanged:
      return decodeDesignationChanged(log);
    case TOPIC_PanelPublished:
      return decodePanelPublished(log);
    case TOPIC_ProfilePublished:
      return decodeProfilePublished(log);
    case TOPIC_ReportDecided:
      return decodeReportDecided(log);
    case TOPIC_ReportRegistered:
      return decodeReportRegistered(log);
    default:
      throw new UnknownEvent(log);
  }
}

function decodeOfRegistry(log: EventBytes): RegistryEvent {
  switch (log.topics.toString('latin1', 0, 32)) {
    case TOPIC_Filed:
      return decodeFiled(log);
    default:
      throw new UnknownEvent(log);
  }
}

const TOPIC_AccountChanged = Buffer.from('074db1986c3133dac17537b0b899121c4630b9be3b8ac7be488aee8baaab9f4e', 'hex').toString('latin1');
const TOPIC_CompanionChanged = Buffer.from('3a5d8f7f23168dfbe6104b0ee17128b5d7de4fafc2b132e2764995c3289f797e', 'hex').toString('latin1');
const TOPIC_DocumentAnchored = Buffer.from('4833cf57ef5be32e638975827a321ce9c320ea2b3a8f4ceadcd48d1676fafdd4', 'hex').toString('latin1');
const TOPIC_DocumentSuperseded = Buffer.from('6e7150788c5b181965a831343296a888ad777faac7733ae04c0fa7fef13c438d', 'hex').toString('latin1');
const TOPIC_KeyChanged = Buffer.from('c715c98f61dae22ba97a7fe38f0c5b922b71810ce6bf583044ec132acdb363d7', 'hex').toString('latin1');
const TOPIC_MemberChanged = Buffer.from('60a89e823f0f81148d3ff912898ad893cac14a07f930c2ae366b2564a14362b8', 'hex').toString('latin1');
const TOPIC_MemberEnrolled = Buffer.from('7936520b507ecd46f04b9cf11f2348460d2751c7cac88b316dab2ae8172e0f21', 'hex').toString('latin1');
const TOPIC_RootAnchored = Buffer.from('5cc37def922a1c300b06e0c9bb1bc3dc3cd35b265d04e953145f87285e0b99d2', 'hex').toString('latin1');
const TOPIC_StatusChanged = Buffer.from('e266be45f94476aff4029c028baff4e48fba43dbe7323a3415a3230823267c08', 'hex').toString('latin1');
const TOPIC_SubjectExtended = Buffer.from('b53f42089845764e9a1ef6bd94c838ad2d0df7e050f696370c4835d653b86284', 'hex').toString('latin1');
const TOPIC_AlertChanged = Buffer.from('21b24a10e16a5e0cb320741652be41e423c4461e4deb380a9f2f1f556d649417', 'hex').toString('latin1');
const TOPIC_AlertLotNamed = Buffer.from('d41b7674dcd486952db4deec3cdf588573a39d4c83c270566014c1e814378ab8', 'hex').toString('latin1');
const TOPIC_BodyChanged = Buffer.from('2792e9ae06379837990b769fa6f30c736e82dde89c5df7fd6faba9a7211927df', 'hex').toString('latin1');
const TOPIC_CertificateConsumed = Buffer.from('119491a8b1c42eeee11d287624c24ab6f024bcf401fb7532f0b7279f9f47c3cf', 'hex').toString('latin1');
const TOPIC_CertificateRegistered = Buffer.from('011defe23589d03c891f18b43ed9e624ad009285cb8f1ab5d27cb92561fe5422', 'hex').toString('latin1');
const TOPIC_InquiryChanged = Buffer.from('eaad639768475a21e8c4f18094bffd1d5aacc2674af16f738dead748c7c02aca', 'hex').toString('latin1');
const TOPIC_LineRegistered = Buffer.from('322fe655f0ff03b275f10de55e145b9cbd2e8127bb2a415797c810f57f968676', 'hex').toString('latin1');
const TOPIC_LotChanged = Buffer.from('b34d963dcd578abdb83e3231becf6f6badd97e3675ea71c6a382b6a90b3584d7', 'hex').toString('latin1');
const TOPIC_LotMoved = Buffer.from('a18ac23e1da196429e2f44ad51e1a8d6729ebc4824138b64d3916c07caa4165d', 'hex').toString('latin1');
const TOPIC_RecallChanged = Buffer.from('b7f9cd60301a62cd8c5a5f05a9532cfc44984f1ffe7fb2c3cdbc1f47185f3f23', 'hex').toString('latin1');
const TOPIC_RegimeChanged = Buffer.from('3434f89115407957a136cff72322bb05e59f67510244dcf359f256f1d266d8da', 'hex').toString('latin1');
const TOPIC_AccreditationChanged = Buffer.from('10efa21e612f1ac888da75f7293e94d259ddd7ee568abab57f2e22e1b8de673b', 'hex').toString('latin1');
const TOPIC_ArrangementChanged = Buffer.from('228bf5db79b8fe7e0c3301941d400f47914b04d7ac69bd764c65d3ff7e3ad955', 'hex').toString('latin1');
const TOPIC_DesignationChanged = Buffer.from('b96c8d9473530db3002f758662aca393084a4f60ce19a39facc5e35df90ea674', 'hex').toString('latin1');
const TOPIC_PanelPublished = Buffer.from('e77bcd64290360ab0d85113d0bbe589698315be50c0daee73872492545453153', 'hex').toString('latin1');
const TOPIC_ProfilePublished = Buffer.from('c1e3f011536f5f6611bebaf17274c19d7322e6941c362b9ead64fbf94195d1bd', 'hex').toString('latin1');
const TOPIC_ReportDecided = Buffer.from('84fd01d937b3fc394e082e90b57400b8b912774ba890b3ca191b45e87c481d4b', 'hex').toString('latin1');
const TOPIC_ReportRegistered = Buffer.from('1684f1b01418cf5bca8f1c4207450b8b1ed6f2aa9821164d21f221086000ab44', 'hex').toString('latin1');
const TOPIC_Filed = Buffer.from('565baecb763c13d8978c611da77ad52307b4021e00dc82f933b9a565329c2b82', 'hex').toString('latin1');

function decodeAccountChanged(log: EventBytes): AccountChanged {
  expectShape(log, 3, 2);
  return {
    name: 'AccountChanged',
    account: address(log.topics, 32),
    member: uint(log.topics, 64),
    word: uint(log.data, 0),
    sequence: uint(log.data, 32),
  };
}

function decodeCompanionChanged(log: EventBytes): CompanionChanged {
  expectShape(log, 2, 2);
  return {
    name: 'CompanionChanged',
    companion: address(log.topics, 32),
    word: uint(log.data, 0),
    sequence: uint(log.data, 32),
  };
}

function decodeDocumentAnchored(log: EventBytes): DocumentAnchored {
  expectShape(log, 3, 4);
  return {
    name: 'DocumentAnchored',
    id: word(log.topics, 32),
    subject: word(log.topics, 64),
    sha256Digest: word(log.data, 0),
    sm3Digest: word(log.data, 32),
    record: uint(log.data, 64),
    sequence: uint(log.data, 96),
  };
}

function decodeDocumentSuperseded(log: EventBytes): DocumentSuperseded {
  expectShape(log, 3, 1);
  return {
    name: 'DocumentSuperseded',
    id: word(log.topics, 32),
    successor: word(log.topics, 64),
    sequence: uint(log.data, 0),
  };
}

function decodeKeyChanged(log: EventBytes): KeyChanged {
  expectShape(log, 3, 2);
  return {
    name: 'KeyChanged',
    thumbprint: word(log.topics, 32),
    member: uint(log.topics, 64),
    word: uint(log.data, 0),
    sequence: uint(log.data, 32),
  };
}

function decodeMemberChanged(log: EventBytes): MemberChanged {
  expectShape(log, 2, 3);
  return {
    name: 'MemberChanged',
    member: uint(log.topics, 32),
    word: uint(log.data, 0),
    profile: word(log.data, 32),
    sequence: uint(log.data, 64),
  };
}

function decodeMemberEnrolled(log: EventBytes): MemberEnrolled {
  expectShape(log, 2, 3);
  return {
    name: 'MemberEnrolled',
    member: uint(log.topics, 32),
    word: uint(log.data, 0),
    profile: word(log.data, 32),
    sequence: uint(log.data, 64),
  };
}

function decodeRootAnchored(log: EventBytes): RootAnchored {
  expectShape(log, 2, 3);
  return {
    name: 'RootAnchored',
    id: word(log.topics, 32),
    root: word(log.data, 0),
    record: uint(log.data, 32),
    sequence: uint(log.data, 64),
  };
}

function decodeStatusChanged(log: EventBytes): StatusChanged {
  expectShape(log, 1, 2);
  return {
    name: 'StatusChanged',
    id: word(log.data, 0),
    change: uint(log.data, 32),
  };
}

function decodeSubjectExtended(log: EventBytes): SubjectExtended {
  expectShape(log, 3, 3);
  return {
    name: 'SubjectExtended',
    subject: word(log.topics, 32),
    root: word(log.topics, 64),
    leaf: word(log.data, 0),
    issuer: uint(log.data, 32),
    sequence: uint(log.data, 64),
  };
}

function decodeAlertChanged(log: EventBytes): AlertChanged {
  expectShape(log, 2, 3);
  return {
    name: 'AlertChanged',
    alert: word(log.topics, 32),
    evidence: word(log.data, 0),
    word: uint(log.data, 32),
    sequence: uint(log.data, 64),
  };
}

function decodeAlertLotNamed(log: EventBytes): AlertLotNamed {
  expectShape(log, 3, 1);
  return {
    name: 'AlertLotNamed',
    alert: word(log.topics, 32),
    lot: word(log.topics, 64),
    sequence: uint(log.data, 0),
  };
}

function decodeBodyChanged(log: EventBytes): BodyChanged {
  expectShape(log, 3, 2);
  return {
    name: 'BodyChanged',
    member: uint(log.topics, 32),
    regime: uint(log.topics, 64),
    word: uint(log.data, 0),
    sequence: uint(log.data, 32),
  };
}

function decodeCertificateConsumed(log: EventBytes): CertificateConsumed {
  expectShape(log, 2, 3);
  return {
    name: 'CertificateConsumed',
    id: word(log.topics, 32),
    declaration: word(log.data, 0),
    use: uint(log.data, 32),
    sequence: uint(log.data, 64),
  };
}

function decodeCertificateRegistered(log: EventBytes): CertificateRegistered {
  expectShape(log, 3, 3);
  return {
    name: 'CertificateRegistered',
    id: word(log.topics, 32),
    number: word(log.topics, 64),
    predecessor: word(log.data, 0),
    word: uint(log.data, 32),
    sequence: uint(log.data, 64),
  };
}

function decodeInquiryChanged(log: EventBytes): InquiryChanged {
  expectShape(log, 2, 4);
  return {
    name: 'InquiryChanged',
    certificate: word(log.topics, 32),
    number: uint(log.data, 0),
    evidence: word(log.data, 32),
    word: uint(log.data, 64),
    sequence: uint(log.data, 96),
  };
}

function decodeLineRegistered(log: EventBytes): LineRegistered {
  expectShape(log, 3, 1);
  return {
    name: 'LineRegistered',
    line: word(log.topics, 32),
    certificate: word(log.topics, 64),
    sequence: uint(log.data, 0),
  };
}

function decodeLotChanged(log: EventBytes): LotChanged {
  expectShape(log, 3, 4);
  return {
    name: 'LotChanged',
    lot: word(log.topics, 32),
    cause: word(log.topics, 64),
    by: uint(log.data, 0),
    reason: uint(log.data, 32),
    word: uint(log.data, 64),
    sequence: uint(log.data, 96),
  };
}

function decodeLotMoved(log: EventBytes): LotMoved {
  expectShape(log, 3, 3);
  return {
    name: 'LotMoved',
    lot: word(log.topics, 32),
    document: word(log.topics, 64),
    movement: uint(log.data, 0),
    by: uint(log.data, 32),
    sequence: uint(log.data, 64),
  };
}

function decodeRecallChanged(log: EventBytes): RecallChanged {
  expectShape(log, 3, 3);
  return {
    name: 'RecallChanged',
    recall: word(log.topics, 32),
    alert: word(log.topics, 64),
    evidence: word(log.data, 0),
    word: uint(log.data, 32),
    sequence: uint(log.data, 64),
  };
}

function decodeRegimeChanged(log: EventBytes): RegimeChanged {
  expectShape(log, 2, 2);
  return {
    name: 'RegimeChanged',
    regime: uint(log.topics, 32),
    word: uint(log.data, 0),
    sequence: uint(log.data, 32),
  };
}

function decodeAccreditationChanged(log: EventBytes): AccreditationChanged {
  expectShape(log, 3, 5);
  return {
    name: 'AccreditationChanged',
    laboratory: uint(log.topics, 32),
    panel: uint(log.topics, 64),
    period: uint(log.data, 0),
    tests: uint(log.data, 32),
    certificate: word(log.data, 64),
    word: uint(log.data, 96),
    sequence: uint(log.data, 128),
  };
}

function decodeArrangementChanged(log: EventBytes): ArrangementChanged {
  expectShape(log, 2, 4);
  return {
    name: 'ArrangementChanged',
    arrangement: uint(log.topics, 32),
    tests: uint(log.data, 0),
    text: word(log.data, 32),
    word: uint(log.data, 64),
    sequence: uint(log.data, 96),
  };
}

function decodeDesignationChanged(log: EventBytes): DesignationChanged {
  expectShape(log, 3, 3);
  return {
    name: 'DesignationChanged',
    laboratory: uint(log.topics, 32),
    panel: uint(log.topics, 64),
    shore: uint(log.data, 0),
    word: uint(log.data, 32),
    sequence: uint(log.data, 64),
  };
}

function decodePanelPublished(log: EventBytes): PanelPublished {
  expectShape(log, 2, 2);
  return {
    name: 'PanelPublished',
    panel: uint(log.topics, 32),
    digest: word(log.data, 0),
    sequence: uint(log.data, 32),
  };
}

function decodeProfilePublished(log: EventBytes): ProfilePublished {
  expectShape(log, 3, 4);
  return {
    name: 'ProfilePublished',
    shore: uint(log.topics, 32),
    profile: uint(log.topics, 64),
    version: uint(log.data, 0),
    effectiveFrom: uint(log.data, 32),
    digest: word(log.data, 64),
    sequence: uint(log.data, 96),
  };
}

function decodeReportDecided(log: EventBytes): ReportDecided {
  expectShape(log, 2, 3);
  return {
    name: 'ReportDecided',
    id: word(log.topics, 32),
    judgement: word(log.data, 0),
    word: uint(log.data, 32),
    sequence: uint(log.data, 64),
  };
}

function decodeReportRegistered(log: EventBytes): ReportRegistered {
  expectShape(log, 3, 4);
  return {
    name: 'ReportRegistered',
    id: word(log.topics, 32),
    laboratory: uint(log.topics, 64),
    lot: word(log.data, 0),
    tests: uint(log.data, 32),
    course: uint(log.data, 64),
    sequence: uint(log.data, 96),
  };
}

function decodeFiled(log: EventBytes): Filed {
  expectShape(log, 2, 3);
  return {
    name: 'Filed',
    subject: word(log.topics, 32),
    digest: word(log.data, 0),
    word: uint(log.data, 32),
    sequence: uint(log.data, 64),
  };
}
