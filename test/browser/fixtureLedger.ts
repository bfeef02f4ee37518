import { randomBytes } from 'node:crypto';
import { blockHash, encodeHeader } from '../../protocol/chain/header.ts';
import { type Checkpoint, signCheckpoint } from '../../protocol/checkpoint/checkpoint.ts';
import { issuerOf, readMemberProfile } from '../../protocol/credentials/issuer.ts';
import { seal } from '../../protocol/credentials/seal.ts';
import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { toUint } from '../../protocol/encoding/uint.ts';
import { toUtf8 } from '../../protocol/encoding/utf8.ts';
import { contentDigest } from '../../protocol/epcis/contentDigest.ts';
import { eventHash } from '../../protocol/epcis/eventHash.ts';
import { fingerprint } from '../../protocol/hash/fingerprint.ts';
import { sha256 } from '../../protocol/hash/sha256.ts';
import { generateKeyPair, type PrivateJwk, publicJwk, thumbprint } from '../../protocol/jose/jwk.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { COMPANION_KIND } from '../../protocol/law/codes.ts';
import { certificateSlot, lotSlot } from '../../protocol/law/slots.ts';
import { encodeCompanion, encodeLot } from '../../protocol/law/words.ts';
import { KIND, REASON, ROLE, SHORE, STATUS } from '../../protocol/ledger/codes.ts';
import { EMPTY_HEAD, eventDocument, extendHead, recordId, subjectKey } from '../../protocol/ledger/ids.ts';
import {
  companionSlot,
  keySlot,
  memberSlot,
  newestCompanionSlot,
  profileSlot,
  recordSlot,
  sequenceSlot,
  subjectHeadSlot,
  successorSlot,
} from '../../protocol/ledger/slots.ts';
import { encodeKey, encodeMember, encodeRecord, type LedgerRecord } from '../../protocol/ledger/words.ts';
import type { Bundle, BundleDocument } from '../../protocol/verdict/bundle.ts';
import type { Trust } from '../../protocol/verdict/verdict.ts';
import { startAnvil } from '../protocol/chain/anvil.ts';
import { demoDocuments, demoProfile, SUBJECTS } from '../web/demoBundle.ts';

/**
 * A ledger for browser tests: the demo's documents, sealed and signed, and the ledger's words written straight into the storage of one account of a
 * chain of its own, so that every proof is a real one. It knows nothing of contracts, nodes or databases.
 */
export interface FixtureLedger {
  readonly trust: Trust;
  /** The moment of the ledger, Unix milliseconds: it begins on a fixed day and runs as fast as the clock. */
  now(): number;
  /** Bundle of a product at the newest block, with both witnesses' checkpoints. */
  bundle(product: Product): Promise<Bundle>;
  /** The same of any goods by their identifier; undefined where nothing is recorded of them. */
  bundleOf(id: string): Promise<Bundle | undefined>;
  /** Signs the newest block, or an older one, as a witness. */
  checkpoint(witness: string, height?: number): Promise<string>;
  /** Signs whatever it is told to, as a witness. */
  sign(witness: string, checkpoint: Checkpoint): string;
  /** A state change that does not touch either product, in a new block. */
  advance(): Promise<void>;
  /** Revokes a document of a product, by its place in the history, in a new block. */
  revoke(product: Product, document: number): Promise<void>;
  /** Recalls the lot of a product in Korea, by a contract of the law that is added now, in a new block. */
  recall(product: Product): Promise<void>;
  stop(): Promise<void>;
}

/** A product of the demo. */
export type Product = keyof typeof SUBJECTS;

const CONTRACT: Hex = `0x${'7d'.repeat(20)}`;
const CLEARANCE: Hex = `0x${'c1'.repeat(20)}`;
// After the last event of the demo, within the year of its certificates.
const DAY_ONE = Date.parse('2026-11-23T04:00:00Z');
const ENROLLED = Date.parse('2026-01-01T00:00:00Z') / 1000;
const MEMBERS = 9;
const ROLES = ROLE.CERTIFIER | ROLE.LABORATORY | ROLE.OPERATOR | ROLE.CUSTOMS;
const WITNESSES = [
  ['qingdao', 'CN'],
  ['korea', 'KR'],
] as const;

const random = (length: number) => new Uint8Array(randomBytes(length));

interface Entry {
  id: Hex;
  record: LedgerRecord;
  document: BundleDocument;
  /** Logistic units that an event names. */
  units: string[];
  key?: Hex;
}

const UNIT = /https:\/\/id\.gs1\.org\/00\/\d{18}/g;
/** A container in which the laver's pallets crossed the sea. Its events name the pallets or itself, and not the lot. */
export const CONTAINER = 'https://id.gs1.org/00/095210010000009010';
const PALLETS = ['https://id.gs1.org/00/095210010000001014', 'https://id.gs1.org/00/095210010000001021'];
const CONTAINER_EVENTS: readonly (readonly [issuer: number, event: JsonObject])[] = [
  [1, containerEvent('2026-10-13T20:00:00+09:00', 'loading', 'KRPUS', { type: 'AggregationEvent', action: 'ADD', ...filled() })],
  [
    1,
    containerEvent('2026-10-14T09:00:00+09:00', 'transporting', 'KRPUS', { type: 'ObjectEvent', action: 'OBSERVE', epcList: [CONTAINER] }),
  ],
  [9, containerEvent('2026-10-15T12:00:00+08:00', 'unloading', 'CNQDG', { type: 'AggregationEvent', action: 'DELETE', ...filled() })],
  // What the container carried afterwards is no part of the laver's way.
  [9, containerEvent('2026-10-20T12:00:00+08:00', 'departing', 'CNQDG', { type: 'ObjectEvent', action: 'OBSERVE', epcList: [CONTAINER] })],
];

function filled(): JsonObject {
  return { parentID: CONTAINER, childEPCs: [...PALLETS] };
}

function containerEvent(eventTime: string, bizStep: string, port: string, more: JsonObject): JsonObject {
  const readPoint = { id: `https://vocabulary.uncefact.org/unlocode#${port}` };
  return { ...more, eventTime, eventTimeZoneOffset: eventTime.slice(-6), bizStep, readPoint };
}

function unitsOf(content: JsonObject): string[] {
  return 'eventTime' in content ? [...new Set(JSON.stringify(content).match(UNIT))] : [];
}

interface Block {
  number: number;
  hash: Hex;
  timestamp: number;
  sequence: number;
}

/** Starts a fixture ledger with both demo products. */
export async function startFixtureLedger(): Promise<FixtureLedger> {
  const anvil = await startAnvil('cancun');
  const started = Date.now();
  const now = () => DAY_ONE + Date.now() - started;
  const witnessKeys = new Map<string, PrivateJwk>(WITNESSES.map(([name]) => [name, generateKeyPair(random)]));
  const memberKeys = Array.from({ length: MEMBERS }, () => generateKeyPair(random));
  /** By identifier. */
  const histories = new Map<string, Entry[]>();
  const salts = new Map<string, Hex>();
  const sequences = new Map<number, number>();
  let sequence = 0;

  const store = (slot: Hex, value: bigint | Hex, contract = CONTRACT) =>
    anvil.rpc('anvil_setStorageAt', contract, slot, typeof value === 'bigint' ? toHex(toUint(value, 32)) : value);

  async function mine(): Promise<void> {
    await store(sequenceSlot(), BigInt(sequence));
    await anvil.rpc('anvil_mine', '0x1');
    sequences.set((await blockAt('latest')).number, sequence);
  }

  async function blockAt(height: number | 'latest'): Promise<Block & { header: Hex }> {
    const tag = height === 'latest' ? height : `0x${height.toString(16)}`;
    const block = await anvil.rpc<{ number: Hex; hash: Hex; timestamp: Hex } & Record<string, unknown>>('eth_getBlockByNumber', tag, false);
    const header = encodeHeader(block);
    if (blockHash(header) !== block.hash) throw new Error('the header does not give its hash');
    const number = Number(block.number);
    return { number, hash: block.hash, timestamp: Number(block.timestamp), sequence: sequences.get(number) ?? 0, header };
  }

  async function enrolMembers(): Promise<void> {
    for (let member = 1; member <= MEMBERS; member++) {
      const shore = JSON.parse(demoProfile(member)).country === 'CN' ? SHORE.CN : SHORE.KR;
      const dates = { validFrom: ENROLLED, validUntil: 0, suspendedAt: 0, reinstatedAt: 0 };
      await store(memberSlot(member), encodeMember({ shore, roles: ROLES, ...dates, reason: 0, accounts: 1, state: STATUS.ACTIVE }));
      await store(profileSlot(member), toHex(sha256(toUtf8(demoProfile(member)))));
      const key = { member, validFrom: ENROLLED, validUntil: 0, revokedAt: 0, compromisedSince: 0 };
      await store(keySlot(thumbprint(keyOf(member))), encodeKey(key));
      sequence += 2;
    }
  }

  const keyOf = (member: number) => memberKeys[member - 1] as PrivateJwk;

  async function anchorProduct(product: Product): Promise<void> {
    const entries = demoDocuments(product).map(({ issuer, content }, position) => entryOf(content as JsonObject, issuer, position));
    supersedeFirstCertificate(product, entries);
    const travel = product === 'laver' ? CONTAINER_EVENTS.map(([issuer, event], position) => entryOf(event, issuer, position)) : [];
    for (const { id, record } of [...entries, ...travel]) {
      await store(recordSlot(id), encodeRecord(record));
      sequence += 1;
    }
    const [first, second] = certificatesOf(entries);
    if (product === 'kimchi' && first !== undefined && second !== undefined) await store(successorSlot(first.id), second.id);
    await anchorSubject(SUBJECTS[product], entries);
    const units = new Set([...entries, ...travel].flatMap(({ units }) => units));
    for (const unit of units)
      await anchorSubject(
        unit,
        [...entries, ...travel].filter((entry) => entry.units.includes(unit)),
      );
  }

  async function anchorSubject(id: string, entries: Entry[]): Promise<void> {
    const salt = toHex(random(16));
    const head = entries.reduce((head, entry) => extendHead(head, entry.id), EMPTY_HEAD);
    await store(subjectHeadSlot(subjectKey(id, salt)), head);
    histories.set(id, entries);
    salts.set(id, salt);
  }

  function entryOf(content: JsonObject, issuer: number, position: number): Entry {
    const { document, kind, at, key } = 'eventTime' in content ? eventOf(content, issuer) : credentialOf(content, issuer);
    const anchoredAt = Math.floor(Date.parse(at) / 1000) + 60;
    const times = { anchoredAt, expiresAt: 0, changedAt: 0 };
    const record = { issuer, kind, status: STATUS.ACTIVE, reason: 0, changes: 0, ...times, position, size: 1 };
    return { id: recordId(issuer, document.anchor.leaf), record, document, units: unitsOf(content), ...(key !== undefined && { key }) };
  }

  function eventOf(event: JsonObject, issuer: number): { document: BundleDocument; kind: number; at: string; key?: Hex } {
    const salt = toHex(random(16));
    const { leaf } = fingerprint(eventDocument(eventHash(event), contentDigest(event), salt));
    const document = { type: 'event', event: JSON.stringify(event), salt, issuer, anchor: { leaf } } as const;
    return { document, kind: KIND.EPCIS_EVENTS, at: String(event.eventTime) };
  }

  function credentialOf(claims: JsonObject, issuer: number): { document: BundleDocument; kind: number; at: string; key?: Hex } {
    const key = keyOf(issuer);
    const { sdJwt, leaf } = seal({ claims, issuer: issuerOf(issuer, readMemberProfile(demoProfile(issuer))), key, random });
    const kind = claims.type === 'LabTestReport' ? KIND.LABORATORY_REPORT : KIND.CERTIFICATE_OF_ORIGIN;
    return { document: { type: 'credential', sdJwt, issuer, anchor: { leaf } }, kind, at: String(claims.validFrom), key: thumbprint(key) };
  }

  /** The kimchi's first certificate is replaced by its second, as in the demo. */
  function supersedeFirstCertificate(product: Product, entries: Entry[]): void {
    const [first, second] = certificatesOf(entries);
    if (product !== 'kimchi' || first === undefined || second === undefined) return;
    first.record = { ...first.record, status: STATUS.SUPERSEDED, reason: REASON.REPLACED, changes: 1, changedAt: second.record.anchoredAt };
  }

  const certificatesOf = (entries: readonly Entry[]) => entries.filter(({ record }) => record.kind === KIND.CERTIFICATE_OF_ORIGIN);

  function signBlock(witness: string, { number: height, hash, timestamp, sequence: count }: Block): string {
    const indexDigest = toHex(sha256(toUtf8(`index at ${height}`)));
    const iat = Math.floor(now() / 1000);
    return sign(witness, { iss: witness, iat, chainId: 31337, contract: CONTRACT, height, hash, timestamp, sequence: count, indexDigest });
  }

  function sign(witness: string, checkpoint: Checkpoint): string {
    return signCheckpoint(checkpoint, witnessKeys.get(witness) as PrivateJwk);
  }

  async function bundleOf(id: string): Promise<Bundle | undefined> {
    const entries = histories.get(id);
    return entries === undefined ? undefined : bundleWith(id, entries);
  }

  async function bundleWith(subjectId: string, entries: readonly Entry[]): Promise<Bundle> {
    const salt = salts.get(subjectId) as Hex;
    const block = await blockAt('latest');
    const slots = entries.flatMap(({ id, record: { issuer }, key }) => [
      recordSlot(id),
      successorSlot(id),
      memberSlot(issuer),
      profileSlot(issuer),
      ...(key === undefined ? [] : [keySlot(key)]),
    ]);
    const subject = subjectKey(subjectId, salt);
    // Which contracts of the law stand beside this ledger, or that none does, is proven too.
    const law = [...[COMPANION_KIND.CLEARANCE, COMPANION_KIND.LABORATORIES].map(newestCompanionSlot), companionSlot(CLEARANCE)];
    const nodes = [
      ...(await nodesOf(CONTRACT, [...new Set([...slots, ...law, subjectHeadSlot(subject)])], block.number)),
      ...(await nodesOf(CLEARANCE, [lotSlot(subject), ...entries.map(({ id }) => certificateSlot(id))], block.number)),
    ];
    return {
      format: 'tidemark-bundle/1',
      documents: entries.map(({ document }) => document),
      subject: { id: subjectId, salt, entries: entries.map(({ id }) => id) },
      members: Object.fromEntries(entries.map(({ record: { issuer } }) => [issuer, demoProfile(issuer)])),
      block: {
        chainId: 31337,
        contract: CONTRACT,
        header: block.header,
        nodes: [...new Set(nodes)],
        cosignatures: WITNESSES.map(([name]) => signBlock(name, block)),
      },
    };
  }

  async function nodesOf(contract: Hex, slots: readonly Hex[], height: number): Promise<Hex[]> {
    type Proof = { accountProof: Hex[]; storageProof: { proof: Hex[] }[] };
    const { accountProof, storageProof } = await anvil.rpc<Proof>('eth_getProof', contract, slots, `0x${height.toString(16)}`);
    return [...accountProof, ...storageProof.flatMap(({ proof }) => proof)];
  }

  await anvil.rpc('evm_setTime', DAY_ONE / 1000);
  await anvil.rpc('anvil_setCode', CONTRACT, '0xfe');
  await enrolMembers();
  await anchorProduct('laver');
  await anchorProduct('kimchi');
  await mine();

  return {
    trust: {
      chainId: 31337,
      contract: CONTRACT,
      witnesses: WITNESSES.map(([name, shore]) => ({ name, shore, jwk: publicJwk(witnessKeys.get(name) as PrivateJwk) })),
      maxAge: 60,
    },
    now,
    bundle: async (product) => (await bundleOf(SUBJECTS[product])) as Bundle,
    bundleOf,
    checkpoint: async (witness, height) => signBlock(witness, await blockAt(height ?? 'latest')),
    sign,
    async advance() {
      sequence += 1;
      await mine();
    },
    async revoke(product, document) {
      const entry = histories.get(SUBJECTS[product])?.[document];
      if (entry === undefined) throw new Error(`${product} has no document ${document}`);
      const changedAt = Math.floor(now() / 1000);
      entry.record = { ...entry.record, status: STATUS.REVOKED, reason: REASON.DATA_INCORRECT, changes: 1, changedAt };
      await store(recordSlot(entry.id), encodeRecord(entry.record));
      sequence += 1;
      await mine();
    },
    async recall(product) {
      const addedAt = Math.floor(now() / 1000);
      const kind = COMPANION_KIND.CLEARANCE;
      const none = { heldAt: 0, heldBy: 0, reason: 0, recalledAt: 0, recallClass: 0 };
      const word = encodeLot({ CN: none, KR: { ...none, recalledAt: addedAt, recallClass: 1 } });
      await anvil.rpc('anvil_setCode', CLEARANCE, '0xfe');
      await store(lotSlot(subjectKey(SUBJECTS[product], salts.get(SUBJECTS[product]) as Hex)), word, CLEARANCE);
      await store(companionSlot(CLEARANCE), encodeCompanion({ kind, version: 1, addedAt, paused: 0n }));
      await store(newestCompanionSlot(kind), BigInt(CLEARANCE));
      sequence += 2;
      await mine();
    },
    stop: () => anvil.stop(),
  };
}
