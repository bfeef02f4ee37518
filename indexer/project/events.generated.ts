/** Generated from protocol/ledger/abi.ts by scripts/generateDecoders.ts: do not edit. */
import { address, type EventBytes, expectShape, uint, UnknownEvent, word } from './eventBytes.ts';

/** `event AccountChanged(address indexed account, uint256 indexed member, uint256 word, uint256 sequence)` */
export interface AccountChanged {
  readonly name: 'AccountChanged';
  readonly account: Buffer;
  readonly member: bigint;
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

/** An event of the ledger, decoded. */
export type LedgerEvent = AccountChanged | DocumentAnchored | DocumentSuperseded | KeyChanged | MemberChanged | MemberEnrolled | RootAnchored | StatusChanged | SubjectExtended;

/** Decodes a log of the ledger. @throws UnknownEvent, MisshapenEvent */
export function decodeEvent(log: EventBytes): LedgerEvent {
  switch (log.topics.toString('latin1', 0, 32)) {
    case TOPIC_AccountChanged:
      return decodeAccountChanged(log);
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

const TOPIC_AccountChanged = Buffer.from('074db1986c3133dac17537b0b899121c4630b9be3b8ac7be488aee8baaab9f4e', 'hex').toString('latin1');
const TOPIC_DocumentAnchored = Buffer.from('4833cf57ef5be32e638975827a321ce9c320ea2b3a8f4ceadcd48d1676fafdd4', 'hex').toString('latin1');
const TOPIC_DocumentSuperseded = Buffer.from('6e7150788c5b181965a831343296a888ad777faac7733ae04c0fa7fef13c438d', 'hex').toString('latin1');
const TOPIC_KeyChanged = Buffer.from('c715c98f61dae22ba97a7fe38f0c5b922b71810ce6bf583044ec132acdb363d7', 'hex').toString('latin1');
const TOPIC_MemberChanged = Buffer.from('60a89e823f0f81148d3ff912898ad893cac14a07f930c2ae366b2564a14362b8', 'hex').toString('latin1');
const TOPIC_MemberEnrolled = Buffer.from('7936520b507ecd46f04b9cf11f2348460d2751c7cac88b316dab2ae8172e0f21', 'hex').toString('latin1');
const TOPIC_RootAnchored = Buffer.from('5cc37def922a1c300b06e0c9bb1bc3dc3cd35b265d04e953145f87285e0b99d2', 'hex').toString('latin1');
const TOPIC_StatusChanged = Buffer.from('e266be45f94476aff4029c028baff4e48fba43dbe7323a3415a3230823267c08', 'hex').toString('latin1');
const TOPIC_SubjectExtended = Buffer.from('b53f42089845764e9a1ef6bd94c838ad2d0df7e050f696370c4835d653b86284', 'hex').toString('latin1');

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
