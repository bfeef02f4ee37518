import type { IndexCheckpoint, Place, SubjectEntryRow } from '../../indexer/store/rows.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { memberSlot, profileSlot, subjectHeadSlot } from '../../protocol/ledger/slots.ts';
import { BUNDLE_FORMAT, type Bundle, type BundleDocument } from '../../protocol/verdict/bundle.ts';
import type { Reader } from '../access/reader.ts';
import type { CatalogueSubject } from '../catalogue/catalogue.ts';
import { ApiError } from '../errors.ts';
import type { ApiNode } from '../node.ts';
import { acquireBatch } from '../peer/acquire.ts';
import { type FoundBody, findBody } from './bodies.ts';
import { documentSlots, standingSlots } from './documentSlots.ts';
import { type LawPart, lawAt } from './lawAt.ts';
import { type Location, locate, locateOrWait } from './locate.ts';
import { remembered, rememberedInBulk } from './remembered.ts';
import type { Slots } from './stateProofs.ts';

/** Most entries in the bundle of one subject. */
export const MOST_ENTRIES = 1_000;
const PEER_PATIENCE_MS = 1_000;

/**
 * The bundle of one document.
 *
 * @param waitMs how long to wait until it is indexed
 * @throws ApiError `UNKNOWN_DOCUMENT`, `NOT_YET_ANCHORED`, `INDEX_BEHIND`
 */
export async function documentBundle(node: ApiNode, leaf: Hex, reader: Reader = {}, waitMs = 0): Promise<Bundle> {
  const location = await locateOrWait(node, leaf, waitMs, reader);
  // Read before anything else: what is read later can only be newer, and so is proven at this block or absent there.
  const block = await indexedBlock(node);
  return assemble(node, block, { locations: [location], reader });
}

/**
 * The bundle of a subject: all documents that its history on the ledger names, in its order.
 *
 * @param id canonical Digital Link URI
 * @throws ApiError `UNKNOWN_SUBJECT`, `TOO_MANY`, `INDEX_BEHIND`
 */
export async function subjectBundle(node: ApiNode, id: string, reader: Reader = {}): Promise<Bundle> {
  const block = await indexedBlock(node);
  const histories = await Promise.all((await knownSubjects(node, id)).map((subject) => historyOf(node, subject, block.height)));
  const longest = histories.sort((a, b) => b.entries.length - a.entries.length)[0];
  if (longest === undefined || longest.entries.length === 0)
    throw new ApiError('UNKNOWN_SUBJECT', 'no document is recorded of this identifier');
  const { subject, entries } = longest;
  const leaves = new Map(entries.map((entry) => [entry.id, entry]));
  const reads = { record: rememberedInBulk(node.index.records), recordsByRoot: rememberedInBulk(node.index.recordsByRoots) };
  const locations = await Promise.all([...leaves.values()].map((entry) => locateEntry(node, entry, reads)));
  const bundle = await assemble(node, block, { locations, reader, slots: [subjectHeadSlot(subject.key)], lot: subject.key });
  return { ...bundle, subject: { id: subject.id, salt: subject.salt, entries: entries.map((entry) => entry.id) } };
}

/**
 * The state proof of a member's standing and profile, as it stands in bundles.
 *
 * @throws ApiError `INDEX_BEHIND`
 */
export async function memberProof(node: ApiNode, member: number): Promise<Bundle['block']> {
  const slots = [memberSlot(member), profileSlot(member)];
  const { block } = await assemble(node, await indexedBlock(node), { locations: [], reader: {}, slots });
  return block;
}

/** What a bundle is to prove. */
interface Asked {
  locations: readonly Location[];
  reader: Reader;
  /** Slots of the ledger beside those of the documents. */
  slots?: readonly Hex[];
  /** Subject key of the lot that it is about. */
  lot?: Hex;
}

async function assemble(node: ApiNode, block: IndexCheckpoint, { locations, reader, slots = [], lot }: Asked): Promise<Bundle> {
  const cosignatures = cosign(node, block.height);
  const { chainId, contract } = node.deployment;
  const law = await lawAt(node, block.height);
  const changes = rememberedInBulk(node.index.statusChangesOf);
  const standing = remembered((id: Hex) => standingSlots(node, id, changes));
  const documents = await Promise.all(
    locations.map(async (location) => {
      const [body, part] = await Promise.all([findBody(node, location.leaf, location.record, reader), law.ofDocument(location)]);
      return { location, body, law: part, slots: await documentSlots(location, body, standing) };
    }),
  );
  const asked: [contract: Hex, slots: readonly Hex[]][] = [
    [contract, slots],
    ...(lot === undefined ? [] : law.ofLot(lot).slots),
    ...documents.flatMap((document): [Hex, readonly Hex[]][] => [[contract, document.slots], ...document.law.slots]),
  ];
  const [proof, members, signed] = await Promise.all([
    node.proofs.prove({ height: block.height, hash: block.hash }, byContract(asked)),
    profilesOf(node, new Set(locations.map(({ issuer }) => issuer))),
    cosignatures,
  ]);
  return {
    format: BUNDLE_FORMAT,
    documents: documents.map(({ location, body, law }) => documentOf(location, body, law)),
    members,
    block: { chainId, contract, ...proof, cosignatures: signed },
  };
}

function byContract(asked: Iterable<readonly [contract: Hex, slots: readonly Hex[]]>): Slots {
  const slots = new Map<Hex, Set<Hex>>();
  for (const [contract, of] of asked) {
    const known = slots.get(contract) ?? new Set();
    for (const slot of of) known.add(slot);
    slots.set(contract, known);
  }
  return slots;
}

function documentOf({ issuer, anchor, record }: Location, body: FoundBody, { told }: LawPart): BundleDocument {
  if (typeof body === 'string') return { type: 'withheld', reason: body, kind: record.kind, issuer, anchor };
  if (body.type === 'event') return { type: 'event', event: body.event, salt: body.salt, issuer, anchor };
  return { type: 'credential', sdJwt: body.sdJwt, issuer, anchor, ...(told !== undefined && { law: told }) };
}

/** @throws ApiError `INDEX_BEHIND` */
export async function indexedBlock(node: ApiNode): Promise<IndexCheckpoint> {
  const block = await node.index.checkpoint();
  if (block === undefined) throw new ApiError('INDEX_BEHIND', 'nothing is indexed yet');
  return block;
}

/** Both nodes' signatures on the block; the peer's is left out where it does not come in time. */
async function cosign(node: ApiNode, height: number): Promise<string[]> {
  const signatures = await Promise.all([node.checkpoints.sign(height), node.peer?.checkpoint(height, PEER_PATIENCE_MS)]);
  return signatures.filter((signature) => signature !== undefined);
}

async function profilesOf(node: ApiNode, issuers: ReadonlySet<number>): Promise<Record<string, string>> {
  const found = await Promise.all(
    [...issuers].map(async (issuer) => {
      const member = await node.index.member(issuer);
      return [String(issuer), member === undefined ? undefined : await node.profiles.find(member.profile)] as const;
    }),
  );
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Subjects with this identifier, also where only the peer has heard of it yet. */
export async function knownSubjects(node: ApiNode, id: string): Promise<CatalogueSubject[]> {
  const known = node.catalogue.subjects(id);
  if (known.length > 0) return known;
  const salt = await node.peer?.salt(id);
  if (salt !== undefined) node.catalogue.keepSubjects([{ id, salt }]);
  return node.catalogue.subjects(id);
}

async function historyOf(
  node: ApiNode,
  subject: CatalogueSubject,
  height: number,
): Promise<{ subject: CatalogueSubject; entries: SubjectEntryRow[] }> {
  const entries: SubjectEntryRow[] = [];
  for (let after: Place | undefined; ; ) {
    const page = await node.index.subjectEntries(subject.key, { first: MOST_ENTRIES, ...(after !== undefined && { after }) });
    entries.push(...page.rows.filter(({ block }) => block <= height));
    if (entries.length > MOST_ENTRIES) throw new ApiError('TOO_MANY', `the history has more than ${MOST_ENTRIES} entries`);
    after = page.rows.at(-1);
    if (!page.hasNext || after === undefined) return { subject, entries };
  }
}

/** Where an entry of a history is anchored. Its batch is fetched from the peer where this node does not know it. */
async function locateEntry(
  node: ApiNode,
  { leaf, record: id, issuer }: SubjectEntryRow,
  reads: Pick<ApiNode['index'], 'record' | 'recordsByRoot'>,
): Promise<Location> {
  const record = await reads.record(id);
  if (record === undefined) throw new ApiError('INDEX_BEHIND', 'the record of an entry is not indexed');
  if (record.leafOrRoot !== leaf) await acquireBatch(node, record);
  const location = await locate(node, leaf, reads.recordsByRoot);
  // Without its batch a leaf's place in the tree cannot be shown: the reader sees an entry that cannot be checked.
  return location ?? { leaf, issuer, record, anchor: { leaf } };
}
