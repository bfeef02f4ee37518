import type { DocumentAnchored, IndexedEvent, MemberChanged, MemberEnrolled, RootAnchored, SubjectExtended } from './events.generated.ts';
import { type Heads, headCount } from './heads.ts';
import { noLawRows, projectLaw } from './projectLaw.ts';
import type { FromEvent, Rows } from './rows.ts';
import { sha256 } from './sha256.ts';

/** A decoded event and its place. */
export interface PlacedEvent {
  readonly block: number;
  readonly logIndex: number;
  /** The event's number in the ledger's own count. */
  readonly sequence: number;
  readonly event: IndexedEvent;
}

const NO_SUBJECT = Buffer.alloc(32);
const CARRIED_BITS = 64;
const LEAF_PREFIX = Buffer.of(0);
/** What a record's id is the hash of; used again, as most events have one. */
const MEMBER_AND_LEAF = Buffer.alloc(64);

/**
 * Makes rows of events: a function of the events and of the heads that stood before them, so that replay gives the same rows.
 *
 * @param heads of every issuer, subject and lot of `headsOf(events)`; holds the heads after the events when it returns
 */
export function project(events: readonly PlacedEvent[], heads: Heads): Rows {
  const rows: Rows = {
    ...{ record: [], status_change: [], succession: [], subject_entry: [], member: [], account: [], credential_key: [] },
    ...noLawRows(),
  };
  for (const placed of events) projectOne(placed, heads, rows);
  return rows;
}

/** Whose histories events extend. */
export interface NeededHeads {
  readonly issuers: readonly number[];
  readonly subjects: readonly Buffer[];
  readonly lots: readonly Buffer[];
}

/** The issuers, subjects and lots whose histories the events extend. */
export function headsOf(events: readonly PlacedEvent[]): NeededHeads {
  const issuers = new Set<number>();
  const subjects: Buffer[] = [];
  const lots: Buffer[] = [];
  for (const { event } of events) {
    if (event.name === 'DocumentAnchored' || event.name === 'RootAnchored') issuers.add(issuerOf(event.record));
    if (event.name === 'SubjectExtended' || (event.name === 'DocumentAnchored' && hasSubject(event))) subjects.push(event.subject);
    if (event.name === 'LotChanged') lots.push(event.lot);
  }
  return { issuers: [...issuers], subjects, lots };
}

/** The number that an event carries. */
export function sequenceOf(event: IndexedEvent): number {
  // docs/spec/ledger.md section 3: a change carries it in the low 64 bits of its word.
  return Number(event.name === 'StatusChanged' ? BigInt.asUintN(CARRIED_BITS, event.change) : event.sequence);
}

function projectOne({ block, logIndex, sequence, event }: PlacedEvent, heads: Heads, rows: Rows): void {
  const at: FromEvent = { block, logIndex, sequence };
  switch (event.name) {
    case 'DocumentAnchored':
      projectDocument(at, event, heads, rows);
      return;
    case 'RootAnchored':
      projectRoot(at, event, heads, rows);
      return;
    case 'SubjectExtended':
      projectLink(at, event, heads, rows);
      return;
    case 'StatusChanged':
      rows.status_change.push({ ...at, id: event.id, word: (event.change >> BigInt(CARRIED_BITS)) << BigInt(CARRIED_BITS) });
      return;
    case 'DocumentSuperseded':
      rows.succession.push({ ...at, id: event.id, successor: event.successor });
      return;
    case 'MemberEnrolled':
    case 'MemberChanged':
      projectMember(at, event, rows);
      return;
    case 'AccountChanged':
      rows.account.push({ ...at, account: event.account, member: Number(event.member), word: event.word });
      return;
    case 'KeyChanged':
      rows.credential_key.push({ ...at, thumbprint: event.thumbprint, member: Number(event.member), word: event.word });
      return;
    default:
      projectLaw(at, event, rows, heads);
  }
}

function projectDocument(at: FromEvent, event: DocumentAnchored, heads: Heads, rows: Rows): void {
  const issuer = issuerOf(event.record);
  // RFC 9162 section 2.1.1 over both digests: docs/spec/ledger.md section 1.
  const leaf = sha256(Buffer.concat([LEAF_PREFIX, event.sha256Digest, event.sm3Digest], 65));
  const subject = hasSubject(event) ? event.subject : null;
  rows.record.push({
    ...at,
    id: event.id,
    issuer,
    kind: kindOf(event.record),
    leafOrRoot: leaf,
    sha256: event.sha256Digest,
    sm3: event.sm3Digest,
    subject,
    issuerHead: heads.extendIssuer(issuer, event.id),
    word: event.record,
  });
  if (subject !== null) extendSubject(at, { subject, id: event.id, leaf, record: event.id, issuer }, heads, rows);
}

function projectRoot(at: FromEvent, event: RootAnchored, heads: Heads, rows: Rows): void {
  const issuer = issuerOf(event.record);
  rows.record.push({
    ...at,
    id: event.id,
    issuer,
    kind: kindOf(event.record),
    leafOrRoot: event.root,
    sha256: null,
    sm3: null,
    subject: null,
    issuerHead: heads.extendIssuer(issuer, event.id),
    word: event.record,
  });
}

function projectLink(at: FromEvent, { subject, root, leaf, issuer }: SubjectExtended, heads: Heads, rows: Rows): void {
  const member = Number(issuer);
  extendSubject(at, { subject, id: recordId(member, leaf), leaf, record: root, issuer: member }, heads, rows);
}

function projectMember(at: FromEvent, event: MemberEnrolled | MemberChanged, rows: Rows): void {
  const { member, word, profile } = event;
  rows.member.push({
    ...at,
    member: Number(member),
    shore: Number(word >> 248n),
    enrolled: event.name === 'MemberEnrolled',
    word,
    profile,
  });
}

interface Link {
  readonly subject: Buffer;
  readonly id: Buffer;
  readonly leaf: Buffer;
  readonly record: Buffer;
  readonly issuer: number;
}

function extendSubject({ block, logIndex, sequence }: FromEvent, link: Link, heads: Heads, rows: Rows): void {
  const { subject, id, leaf, record, issuer } = link;
  const head = heads.extendSubject(subject, id);
  rows.subject_entry.push({ block, logIndex, sequence, subject, position: headCount(head), id, leaf, record, issuer, head });
}

/** docs/spec/ledger.md section 1: `SHA-256(uint256(issuer member) || root or leaf)`. */
function recordId(member: number, leaf: Buffer): Buffer {
  MEMBER_AND_LEAF.writeUInt32BE(member, 28);
  MEMBER_AND_LEAF.set(leaf, 32);
  return sha256(MEMBER_AND_LEAF);
}

function hasSubject({ subject }: DocumentAnchored): boolean {
  return !subject.equals(NO_SUBJECT);
}

/** The first two fields of a record's word: `issuer 32, kind 8`. */
function issuerOf(record: bigint): number {
  return Number(record >> 224n);
}

function kindOf(record: bigint): number {
  return Number((record >> 216n) & 0xffn);
}
