import { blockHash, decodeHeader } from '../../../protocol/chain/header.ts';
import { type Checkpoint, signCheckpoint } from '../../../protocol/checkpoint/checkpoint.ts';
import { seal } from '../../../protocol/credentials/seal.ts';
import { type Hex, toHex } from '../../../protocol/encoding/hex.ts';
import { eventsOf } from '../../../protocol/epcis/eventsOf.ts';
import { subjectsOf } from '../../../protocol/epcis/subjectsOf.ts';
import { validateEvent } from '../../../protocol/epcis/validateDocument.ts';
import type { JsonObject } from '../../../protocol/json/jsonValue.ts';
import { lotSlot } from '../../../protocol/law/slots.ts';
import { REASON, STATUS } from '../../../protocol/ledger/codes.ts';
import { EMPTY_HEAD, extendHead, recordId, subjectKey } from '../../../protocol/ledger/ids.ts';
import { recordSlot } from '../../../protocol/ledger/slots.ts';
import { type LineageGraph, openLineageGraph } from '../../../protocol/lineage/graph/lineageGraph.ts';
import { type LineageEvent, lineageEventOf } from '../../../protocol/lineage/lineageEvent.ts';
import type { Bundle, BundleBlock, BundleDocument } from '../../../protocol/verdict/bundle.ts';
import { demoClaims, withField } from '../../fixtures/demoClaims.ts';
import { factsOf, LawFixture, LINES, PANEL } from '../../fixtures/lawFixture.ts';
import {
  CERTIFICATE_OF_ORIGIN,
  CONTRACT,
  credentialDocument,
  EPCIS_EVENTS,
  eventDocumentOf,
  issuerIn,
  KEYS,
  LABORATORY_REPORT,
  MEMBER,
  PROFILES,
  sealReport,
  seededRandom,
  TIME,
  TRUST,
} from '../../fixtures/ledgerFixture.ts';
import { lot } from '../../protocol/lineage/events.ts';
import { random, randomEvents } from '../../protocol/lineage/randomEvents.ts';
import { epcisOf, MINUTE_ZERO } from './epcisOf.ts';

/** A document on the ledger, as its nodes keep it. */
export interface LedgerDocument {
  document: BundleDocument;
  kind: number;
  anchoredAt: number;
  /** Goods that it names. */
  goods: readonly string[];
  /** Of a certificate or report. */
  number?: string;
  /** Of a report. */
  overall?: 'CONFORM' | 'NONCONFORM';
  /** Its body is not for readers. */
  sealed: boolean;
}

/** What the ledger and its nodes hold at one block. */
export interface LedgerState {
  documents: readonly LedgerDocument[];
  block: BundleBlock;
  height: number;
  timestamp: number;
  hash: Hex;
  /** Salts of goods: the first is that under which nodes know them. */
  salts: ReadonlyMap<string, readonly Hex[]>;
  /** Leaves of documents that were revoked, and goods that are stopped. */
  revoked: ReadonlySet<Hex>;
  stops: ReadonlyMap<string, 'recall' | 'hold'>;
  /** The storage behind the proofs. */
  law: LawFixture;
  graph: LineageGraph;
  /** Events of the graph by their leaves. */
  events: ReadonlyMap<string, LineageEvent>;
}

/** A ledger with two blocks: `older` lacks the newest change. */
export interface SyntheticLedger {
  older: LedgerState;
  newest: LedgerState;
}

type Change = 'event' | 'stop' | 'status';

/** A step of the draw: what is on the ledger at all. */
interface Draft {
  documents: readonly LedgerDocument[];
  revoked: ReadonlySet<Hex>;
  stops: ReadonlyMap<string, 'recall' | 'hold'>;
  salts: ReadonlyMap<string, readonly Hex[]>;
}

const LOTS = ['L', 'M', 'N'].map(lot);
const SECONDS_A_BLOCK = 20;

/** Events, certificates, reports of which some failed, revocations, holds and recalls at random, on a ledger whose every proof is a real one. */
export function syntheticLedger(seed: number): SyntheticLedger {
  const next = random(seed);
  const bytes = seededRandom(seed);
  const chance = (probability: number) => next() < probability;
  const events = randomEvents(seed).flatMap((event) => drawEvent(event, bytes, chance(0.03)));
  const credentials = LOTS.flatMap((id) => [
    ...(chance(0.5) ? [drawReport(id, seed, chance(0.5), chance(0.05))] : []),
    ...(chance(0.4) ? [drawCertificate([id, ...(chance(0.3) ? [LOTS[0] as string] : [])], seed, bytes)] : []),
  ]);
  const documents = [...events, ...credentials].sort((a, b) => a.anchoredAt - b.anchoredAt);
  const goods = [...new Set(documents.flatMap((document) => document.goods))];
  const revoked = new Set(credentials.filter(() => chance(0.3)).map(({ document }) => document.anchor.leaf));
  const stops = new Map(goods.filter(() => chance(0.25)).map((id) => [id, chance(0.5) ? ('recall' as const) : ('hold' as const)]));
  const salts = new Map(goods.map((id) => [id, [toHex(bytes(16)), toHex(bytes(16))]]));
  const draft: Draft = { documents, revoked, stops, salts };
  const changes: Change[] = ['event', ...(stops.size > 0 ? ['stop' as const] : []), ...(revoked.size > 0 ? ['status' as const] : [])];
  const change = changes[Math.floor(next() * changes.length)] as Change;
  return {
    older: stateOf(withoutNewest(draft, change), 122, TIME.seen - 10 - SECONDS_A_BLOCK),
    newest: stateOf(draft, 123, TIME.seen - 10),
  };
}

/** The ledger before its newest change. */
function withoutNewest(draft: Draft, change: Change): Draft {
  if (change === 'stop') return { ...draft, stops: new Map([...draft.stops].slice(1)) };
  if (change === 'status') return { ...draft, revoked: new Set([...draft.revoked].slice(1)) };
  return { ...draft, documents: draft.documents.slice(0, -1) };
}

/** The document of an event; none where a capture refuses it, such as what is taken out of no unit. */
function drawEvent(event: LineageEvent, bytes: (length: number) => Uint8Array, sealed: boolean): LedgerDocument[] {
  const epcis = epcisOf(event);
  if (validateEvent(epcis).length > 0) return [];
  const document = eventDocumentOf(epcis, toHex(bytes(16)), event.issuer);
  const anchoredAt = (MINUTE_ZERO + event.recordTime) / 1_000;
  return [{ document, kind: EPCIS_EVENTS, anchoredAt, goods: subjectsOf(epcis), sealed }];
}

function drawReport(id: string, seed: number, failed: boolean, sealed: boolean): LedgerDocument {
  const number = `NAI-${seed}-${lotIn(id)}`;
  const fields: [string, unknown][] = [
    ['/credentialSubject/reportNumber', number],
    ['/credentialSubject/lot', lotIn(id)],
    ...(failed
      ? ([
          ['/credentialSubject/result/0/values', ['210000', '4800', '3300', '9600', '1700']],
          ['/credentialSubject/result/0/verdict', 'FAIL'],
          ['/credentialSubject/overall', 'NONCONFORM'],
        ] as [string, unknown][])
      : []),
  ];
  const claims = fields.reduce((before, [path, value]) => withField(before, path, value), demoClaims('laver/lab-report-export'));
  const { sdJwt, leaf } = sealReport(claims);
  const document = credentialDocument(sdJwt, MEMBER.laboratory, { leaf });
  return {
    document,
    kind: LABORATORY_REPORT,
    anchoredAt: TIME.anchored,
    goods: [id],
    number,
    overall: failed ? 'NONCONFORM' : 'CONFORM',
    sealed,
  };
}

function drawCertificate(lots: readonly string[], seed: number, bytes: (length: number) => Uint8Array): LedgerDocument {
  const goods = [...new Set(lots)];
  const number = `DEMO-KR-${seed}-${goods.map(lotIn).join('')}`;
  const draft = withField(demoClaims('laver/certificate-of-origin'), '/credentialSubject/certificateNumber', number);
  const [line] = (draft.credentialSubject as { lineItem: JsonObject[] }).lineItem;
  const lineItem = goods.map((id, index) => ({ ...line, sequence: index + 1, lot: lotIn(id) }));
  const claims = withField(draft, '/credentialSubject/lineItem', lineItem);
  const { sdJwt, leaf } = seal({ claims, issuer: issuerIn(MEMBER.certifier), key: KEYS.certifier, random: bytes });
  const document = credentialDocument(sdJwt, MEMBER.certifier, { leaf });
  return { document, kind: CERTIFICATE_OF_ORIGIN, anchoredAt: TIME.anchored, goods, number, sealed: false };
}

function lotIn(id: string): string {
  return id.split('/').at(-1) as string;
}

function stateOf({ documents, revoked, stops, salts }: Draft, height: number, timestamp: number): LedgerState {
  const law = new LawFixture();
  Object.assign(law, { height, timestamp });
  const anchored = documents.map((each, index) => anchor(law, each, revoked.has(each.document.anchor.leaf), index, salts));
  for (const [index, [id, [salt, other]]] of [...salts].entries()) {
    const entries = entriesOf(anchored, id);
    law.subject(id, salt as Hex, entries);
    // A second, favourable history of the same goods, that a member wrote together with a node.
    law.subject(id, other as Hex, entries.slice(0, 1));
    const stop = stops.get(id);
    const since = TIME.changed + index;
    if (stop === 'recall') law.lot(subjectKey(id, salt as Hex), { CN: { recalledAt: since, recallClass: 1 } });
    if (stop === 'hold') law.lot(subjectKey(id, salt as Hex), { KR: { heldAt: since, heldBy: 8, reason: REASON.UNDER_INVESTIGATION } });
  }
  const { block } = law.bundle([]);
  const { graph, events } = lineageOf(anchored);
  return { documents: anchored, block, height, timestamp, hash: blockHash(block.header), salts, revoked, stops, law, graph, events };
}

/** Every third document is anchored in a batch. */
function anchor(law: LawFixture, each: LedgerDocument, isRevoked: boolean, index: number, salts: Draft['salts']): LedgerDocument {
  const { issuer, anchor: alone } = each.document;
  const { leaf } = alone;
  const { kind, anchoredAt } = each;
  const change = { status: STATUS.REVOKED, reason: REASON.DATA_INCORRECT, changes: 1, changedAt: TIME.changed };
  const isBatched = index % 3 === 2 && kind === EPCIS_EVENTS;
  const word = { anchoredAt, position: index + 1 };
  const [place = alone] = isBatched ? law.batch(issuer, [leaf, toHex(new Uint8Array(32).fill(index))], kind, word) : [];
  if (!isBatched) law.record(issuer, leaf, kind, { ...word, ...(isRevoked && change) });
  const document = { ...each.document, anchor: place };
  if (kind === EPCIS_EVENTS) return { ...each, document };
  const [id] = each.goods as [string];
  const facts = factsOf({}, { lot: subjectKey(id, salts.get(id)?.[0] as Hex) });
  if (kind === LABORATORY_REPORT) law.report(leaf, facts);
  else law.certificate(leaf, {}, LINES.slice(0, each.goods.length));
  const told = kind === LABORATORY_REPORT ? { facts, panel: PANEL.text } : { lines: LINES.slice(0, each.goods.length) };
  return { ...each, document: { ...document, law: told } as BundleDocument };
}

function lineageOf(documents: readonly LedgerDocument[]): Pick<LedgerState, 'graph' | 'events'> {
  const graph = openLineageGraph();
  const events = new Map<string, LineageEvent>();
  for (const { document, anchoredAt, sealed } of documents) {
    if (document.type !== 'event' || sealed) continue;
    const { issuer, anchor: place } = document;
    const [found] = eventsOf(JSON.parse(document.event) as JsonObject);
    if (found === undefined) throw new Error('no event');
    const event = lineageEventOf(found.event, found.context, { key: place.leaf, issuer, recordTime: anchoredAt * 1_000 });
    graph.add(event);
    events.set(event.key, event);
  }
  return { graph, events };
}

/** Record ids of a subject's history. */
export function entriesOf(documents: readonly LedgerDocument[], id: string): Hex[] {
  return documents.filter(({ goods }) => goods.includes(id)).map(({ document: { issuer, anchor: place } }) => recordId(issuer, place.leaf));
}

/** The bundle of a subject as an honest node gives it; under the second salt, the second history. */
export function bundleOf({ documents, block, salts }: LedgerState, id: string, history = 0): Bundle {
  const all = documents.filter(({ goods }) => goods.includes(id));
  const named = history === 0 ? all : all.slice(0, 1);
  const shown = named.map(shownDocument);
  return {
    format: 'tidemark-bundle/1',
    documents: shown,
    subject: { id, salt: salts.get(id)?.[history] as Hex, entries: entriesOf(named, id) },
    members: Object.fromEntries(shown.map(({ issuer }) => [issuer, PROFILES[issuer] as string])),
    block,
  };
}

/** A document as a reader is shown it. */
function shownDocument({ document, kind, sealed }: LedgerDocument): BundleDocument {
  const { issuer, anchor: place } = document;
  return sealed ? { type: 'withheld', reason: 'NOT_RELEASED', kind, issuer, anchor: place } : document;
}

/** Subject and head of a history on the ledger. */
export function headOf({ documents, salts }: LedgerState, id: string, history = 0): { subject: Hex; head: Hex; entries: number } {
  const all = entriesOf(documents, id);
  const entries = history === 0 ? all : all.slice(0, 1);
  return {
    subject: subjectKey(id, salts.get(id)?.[history] as Hex),
    head: entries.reduce<Hex>(extendHead, EMPTY_HEAD),
    entries: entries.length,
  };
}

/** The word of the record that anchors a document, as it stands in the leaf of the ledger's trie. */
export function recordWord({ law }: LedgerState, { issuer, anchor: { leaf, inclusion } }: BundleDocument): string {
  return hexOf(law.words.get(recordSlot(recordId(issuer, inclusion?.root ?? leaf))));
}

/** The word that says what stops goods. */
export function lotWord(state: LedgerState, id: string): string {
  return hexOf(state.law.clearance.get(lotSlot(headOf(state, id).subject)));
}

function hexOf(word: bigint | undefined): string {
  const digits = (word ?? 0n).toString(16);
  return digits.padStart(digits.length + (digits.length % 2), '0');
}

/** A checkpoint of a block by one of the two witnesses. */
export function checkpointOf({ block, height, hash }: LedgerState, witness: 'qingdao' | 'korea', iat = TIME.seen): string {
  const { timestamp } = decodeHeader(block.header);
  const counts = { sequence: 7, indexDigest: `0x${'11'.repeat(32)}` as Hex };
  const checkpoint: Checkpoint = { iss: witness, iat, chainId: TRUST.chainId, contract: CONTRACT, height, hash, timestamp, ...counts };
  return signCheckpoint(checkpoint, KEYS[witness]);
}
