import type { Hex } from '../../../protocol/encoding/hex.ts';
import { KIND } from '../../../protocol/ledger/codes.ts';
import { openLineageGraph } from '../../../protocol/lineage/graph/lineageGraph.ts';
import type { Bundle, BundleDocument } from '../../../protocol/verdict/bundle.ts';
import { SdkError } from '../../../sdk/errors.ts';
import type { NodeClient } from '../../../sdk/node/client.ts';
import type { TraceClaim } from '../../../sdk/trace/checkTrace.ts';
import { TIME } from '../../fixtures/ledgerFixture.ts';
import { honestNode } from './honestNode.ts';
import { bundleOf, checkpointOf, headOf, type LedgerState, lotWord, recordWord, type SyntheticLedger } from './syntheticLedger.ts';

/** What a liar has at hand: the ledger, its own honest answers, and a question that will be asked of it. */
export interface Liar {
  ledger: SyntheticLedger;
  honest: NodeClient;
  /** The honest answer to a trace; undefined where something else is asked. */
  claim: TraceClaim | undefined;
  /** Goods whose histories the reader will ask for. */
  reached: readonly string[];
  /** One of many at random; undefined of none. */
  pick<Item>(items: readonly Item[]): Item | undefined;
}

/** One way to withhold something. */
export interface Omission {
  kind: string;
  /**
   * Whether the reader asks the liar alone, or the other shore's node too. `both`: only another node can tell. `alone`: another node would show what this one
   * withholds, so that nothing is withheld from the reader.
   */
  reader: 'alone' | 'both' | 'either';
  /** The node that lies; undefined where there is nothing of this kind to withhold. */
  lie(liar: Liar): NodeClient | undefined;
}

type Claim = TraceClaim & { cursor?: string };
type Part = 'goods' | 'events' | 'edges' | 'gaps' | 'findings' | 'declared' | 'histories';

/** All places where a node could withhold one thing. */
export const OMISSIONS: readonly Omission[] = [
  ...(['goods', 'events', 'edges', 'gaps', 'findings', 'declared', 'histories'] as const).map(
    (part): Omission => ({ kind: `trace: one of its ${part}`, reader: 'either', lie: (liar) => withoutOneOf(liar, part) }),
  ),
  { kind: 'trace: an event with all that follows from it', reader: 'either', lie: withoutEvent },
  { kind: 'trace: goods after the first page', reader: 'either', lie: firstPageAlone },
  { kind: 'trace: goods that were asked about', reader: 'either', lie: (liar) => changedClaim(liar, ({ ids }) => ({ ids: ids.slice(1) })) },
  { kind: 'trace: what was recorded last', reader: 'either', lie: (liar) => changedClaim(liar, () => asOfTheOlder(liar)) },
  { kind: 'trace: entries of a history, in its count', reader: 'either', lie: shorterCount },
  ...(['event', 'certificate', 'report', 'failed report'] as const).flatMap((what): Omission[] => [
    { kind: `bundle: ${what}, with its entry`, reader: 'either', lie: (liar) => withoutDocument(liar, what, true) },
    { kind: `bundle: ${what}, its entry kept`, reader: 'either', lie: (liar) => withoutDocument(liar, what, false) },
    { kind: `bundle: ${what}, said to be sealed`, reader: 'alone', lie: (liar) => withoutBody(liar, what, ({ kind }) => kind) },
    {
      kind: `bundle: ${what}, said to be sealed and another`,
      reader: 'either',
      lie: (liar) => withoutBody(liar, what, () => KIND.PRODUCT_PASSPORT),
    },
    { kind: `bundle: proof of the record of a ${what}`, reader: 'alone', lie: (liar) => withoutRecord(liar, what) },
  ]),
  { kind: 'bundle: what was registered of a document', reader: 'alone', lie: withoutRegistration },
  { kind: 'bundle: profile of an issuer', reader: 'alone', lie: withoutProfile },
  { kind: 'bundle: change of a status', reader: 'alone', lie: (liar) => withoutRecord(liar, 'revoked') },
  { kind: 'bundle: recall, its proof left out', reader: 'alone', lie: (liar) => withoutStop(liar, 'recall', 'drop') },
  { kind: 'bundle: recall, its word emptied', reader: 'alone', lie: (liar) => withoutStop(liar, 'recall', 'empty') },
  { kind: 'bundle: hold, its proof left out', reader: 'alone', lie: (liar) => withoutStop(liar, 'hold', 'drop') },
  { kind: 'bundle: hold, its word emptied', reader: 'alone', lie: (liar) => withoutStop(liar, 'hold', 'empty') },
  { kind: 'bundle: the whole history, as unknown', reader: 'alone', lie: unknownHistory },
  { kind: "bundle: another event's share in a transformation", reader: 'alone', lie: unknownTransformation },
  { kind: 'bundle: the history, for one of other goods', reader: 'either', lie: historyOfOthers },
  { kind: 'bundle: the history, for one under another salt', reader: 'both', lie: historyUnderAnotherSalt },
  { kind: 'everywhere: one event', reader: 'either', lie: (liar) => eventNowhere(liar, 'drop') },
  { kind: 'everywhere: one event, said to be sealed', reader: 'alone', lie: (liar) => eventNowhere(liar, 'seal') },
  { kind: 'everywhere: the last change, by an old block', reader: 'either', lie: (liar) => olderBlock(liar, TIME.seen - 3_600) },
  { kind: 'everywhere: the last change, by the block before', reader: 'both', lie: (liar) => olderBlock(liar, TIME.seen - 10) },
  { kind: "everywhere: the other shore's signature", reader: 'alone', lie: oneShoreAlone },
];

function withClaim({ honest }: Liar, change: (claim: Claim) => Claim): NodeClient {
  return {
    ...honest,
    trace: async <Answer>(of: string, parameters: URLSearchParams) => change(await honest.trace(of, parameters)) as Answer,
  };
}

function changedClaim(liar: Liar, change: (claim: Claim) => Partial<Claim>): NodeClient | undefined {
  if (liar.claim === undefined) return undefined;
  return withClaim(liar, (claim) => ({ ...claim, ...change(claim) }));
}

function withoutOneOf(liar: Liar, part: Part): NodeClient | undefined {
  const items: readonly unknown[] = liar.claim?.[part] ?? [];
  const gone = JSON.stringify(liar.pick(items));
  if (gone === undefined) return undefined;
  return changedClaim(liar, (claim) => ({ [part]: (claim[part] as readonly unknown[]).filter((item) => JSON.stringify(item) !== gone) }));
}

/** The answer of a node that never heard of the event. */
function withoutEvent(liar: Liar): NodeClient | undefined {
  const key = liar.pick(liar.claim?.events ?? []);
  return key === undefined ? undefined : { ...liar.honest, trace: forgetful(liar, key).trace };
}

function forgetful({ ledger: { newest } }: Liar, key: string): NodeClient {
  const graph = openLineageGraph();
  for (const event of newest.events.values()) if (event.key !== key) graph.add(event);
  return honestNode({ ...newest, graph }, 'korea');
}

function firstPageAlone(liar: Liar): NodeClient | undefined {
  if ((liar.claim?.goods.length ?? 0) < 2) return undefined;
  const trace = async <Answer>(of: string, parameters: URLSearchParams) => {
    const short = new URLSearchParams(parameters);
    short.set('first', '1');
    const { cursor: _, ...page } = await liar.honest.trace<Claim>(of, short);
    return { ...page, truncated: false } as Answer;
  };
  return { ...liar.honest, trace };
}

/** The answer of the block before, with its time. */
function asOfTheOlder({ ledger: { older } }: Liar): Partial<Claim> {
  return { asOf: new Date(older.timestamp * 1_000).toISOString() };
}

function shorterCount(liar: Liar): NodeClient | undefined {
  const id = liar.pick(liar.claim?.histories.filter(({ entries }) => entries > 1).map((history) => history.id) ?? []);
  if (id === undefined) return undefined;
  return changedClaim(liar, ({ histories }) => ({
    histories: histories.map((history) => (history.id === id ? { ...history, entries: history.entries - 1 } : history)),
  }));
}

function withBundle({ honest }: Liar, change: (bundle: Bundle, id: string) => Bundle | undefined): NodeClient {
  return {
    ...honest,
    async subject(id) {
      const changed = change(JSON.parse(await honest.subject(id)) as Bundle, id);
      if (changed === undefined) throw new SdkError('UNKNOWN_SUBJECT', 'no document is recorded of this identifier');
      return JSON.stringify(changed);
    },
  };
}

type What = 'event' | 'certificate' | 'report' | 'failed report';
type Target = { id: string; leaf: Hex; kind: number };

function target({ ledger: { newest }, reached, pick }: Liar, what: What | 'revoked'): Target | undefined {
  const isMeant = ({ document, kind, overall }: LedgerState['documents'][number]): boolean => {
    if (what === 'event') return kind === KIND.EPCIS_EVENTS;
    if (what === 'certificate') return kind === KIND.CERTIFICATE_OF_ORIGIN;
    if (what === 'revoked') return newest.revoked.has(document.anchor.leaf);
    return kind === KIND.LABORATORY_REPORT && (what === 'report' || overall === 'NONCONFORM');
  };
  return pick(
    newest.documents
      .filter(isMeant)
      .flatMap(({ document, kind, goods }) =>
        goods.filter((id) => reached.includes(id)).map((id) => ({ id, leaf: document.anchor.leaf, kind })),
      ),
  );
}

function withoutDocument(liar: Liar, what: What, withEntry: boolean): NodeClient | undefined {
  const meant = target(liar, what);
  return meant && withBundle(liar, (bundle, id) => (id === meant.id ? without(bundle, meant.leaf, withEntry) : bundle));
}

function without(bundle: Bundle, leaf: Hex, withEntry: boolean): Bundle {
  const index = bundle.documents.findIndex(({ anchor }) => anchor.leaf === leaf);
  if (index < 0 || bundle.subject === undefined) return bundle;
  const documents = bundle.documents.toSpliced(index, 1);
  const issuers = new Set(documents.map(({ issuer }) => String(issuer)));
  const members = Object.fromEntries(Object.entries(bundle.members).filter(([member]) => issuers.has(member)));
  const subject = withEntry ? { ...bundle.subject, entries: bundle.subject.entries.toSpliced(index, 1) } : bundle.subject;
  return { ...bundle, documents, members, subject };
}

function withoutBody(liar: Liar, what: What, kindOf: (target: Target) => number): NodeClient | undefined {
  const meant = target(liar, what);
  return meant && withBundle(liar, (bundle, id) => (id === meant.id ? seal(bundle, meant.leaf, kindOf(meant)) : bundle));
}

function seal(bundle: Bundle, leaf: Hex, kind: number): Bundle {
  const documents = bundle.documents.map((document): BundleDocument => {
    const { issuer, anchor } = document;
    return anchor.leaf === leaf ? { type: 'withheld', reason: 'NOT_RELEASED', kind, issuer, anchor } : document;
  });
  return { ...bundle, documents };
}

function withoutRecord(liar: Liar, what: What | 'revoked'): NodeClient | undefined {
  const meant = target(liar, what);
  const document = liar.ledger.newest.documents.find(({ document: { anchor } }) => anchor.leaf === meant?.leaf)?.document;
  if (meant === undefined || document === undefined) return undefined;
  const word = recordWord(liar.ledger.newest, document);
  return withBundle(liar, (bundle, id) => (id === meant.id ? withNodes(bundle, (node) => (node.includes(word) ? [] : [node])) : bundle));
}

function withNodes(bundle: Bundle, change: (node: Hex) => Hex[]): Bundle {
  return { ...bundle, block: { ...bundle.block, nodes: bundle.block.nodes.flatMap(change) } };
}

function withoutRegistration(liar: Liar): NodeClient | undefined {
  const meant = target(liar, 'certificate') ?? target(liar, 'report');
  if (meant === undefined) return undefined;
  return withBundle(liar, (bundle, id) => {
    if (id !== meant.id) return bundle;
    return {
      ...bundle,
      documents: bundle.documents.map((document) => (document.anchor.leaf === meant.leaf ? unregistered(document) : document)),
    };
  });
}

function unregistered(document: BundleDocument): BundleDocument {
  if (document.type !== 'credential') return document;
  const { law: _, ...rest } = document;
  return rest;
}

function withoutProfile(liar: Liar): NodeClient | undefined {
  const id = liar.pick(liar.reached);
  return withBundle(liar, (bundle, asked) => (asked === id ? { ...bundle, members: {} } : bundle));
}

function withoutStop(liar: Liar, what: 'recall' | 'hold', how: 'drop' | 'empty'): NodeClient | undefined {
  const { newest } = liar.ledger;
  const id = liar.pick(liar.reached.filter((each) => newest.stops.get(each) === what));
  if (id === undefined) return undefined;
  const word = lotWord(newest, id);
  const empty = '0'.repeat(word.length);
  const change = (node: Hex) => (!node.includes(word) ? [node] : how === 'drop' ? [] : [node.replace(word, empty) as Hex]);
  return withBundle(liar, (bundle, asked) => (asked === id ? withNodes(bundle, change) : bundle));
}

function unknownHistory(liar: Liar): NodeClient | undefined {
  const id = liar.pick(liar.reached);
  return id === undefined ? undefined : withBundle(liar, (bundle, asked) => (asked === id ? undefined : bundle));
}

function unknownTransformation(liar: Liar): NodeClient | undefined {
  const id = liar.pick(liar.reached.filter((each) => each.startsWith('urn:t:')));
  return id === undefined ? undefined : withBundle(liar, (bundle, asked) => (asked === id ? undefined : bundle));
}

function historyOfOthers(liar: Liar): NodeClient | undefined {
  const { newest } = liar.ledger;
  const id = liar.pick(liar.reached);
  const other = liar.pick([...newest.salts.keys()].filter((each) => each !== id));
  if (other === undefined) return undefined;
  return withBundle(liar, (bundle, asked) => (asked === id ? bundleOf(newest, other) : bundle));
}

/** A member and a node wrote a second, favourable history; the node answers consistently with it, and its claim leaves out what is not in it. */
function historyUnderAnotherSalt(liar: Liar): NodeClient | undefined {
  const { newest } = liar.ledger;
  const id = liar.pick(liar.reached.filter((each) => headOf(newest, each).entries > 1));
  if (id === undefined) return undefined;
  const { subject, head, entries } = headOf(newest, id, 1);
  const shown = bundleOf(newest, id, 1).documents.map(({ anchor }) => anchor.leaf as string);
  const graph = openLineageGraph();
  const mentions = new Set(bundleOf(newest, id).documents.map(({ anchor }) => anchor.leaf as string));
  for (const event of newest.events.values()) if (!mentions.has(event.key) || shown.includes(event.key)) graph.add(event);
  const node = honestNode({ ...newest, graph }, 'korea');
  const lying = withClaim({ ...liar, honest: node }, (claim) => ({
    ...claim,
    histories: claim.histories.map((history) => (history.id === id ? { ...history, entries, heads: [{ subject, head }] } : history)),
  }));
  return { ...lying, subject: async (asked) => (asked === id ? JSON.stringify(bundleOf(newest, id, 1)) : liar.honest.subject(asked)) };
}

/** Out of the trace and out of every bundle. */
function eventNowhere(liar: Liar, how: 'drop' | 'seal'): NodeClient | undefined {
  const meant = target(liar, 'event');
  if (meant === undefined) return undefined;
  const change = (bundle: Bundle) => (how === 'drop' ? without(bundle, meant.leaf, true) : seal(bundle, meant.leaf, meant.kind));
  return { ...withBundle(liar, change), trace: forgetful(liar, meant.leaf).trace };
}

/** All answers from the block before the last change, the node's own checkpoint signed as now. @param iat of the other shore's signature, which cannot be made anew */
function olderBlock({ ledger: { older } }: Liar, iat: number): NodeClient {
  const cosignatures = [checkpointOf(older, 'qingdao', iat), checkpointOf(older, 'korea')];
  return honestNode({ ...older, block: { ...older.block, cosignatures } }, 'korea');
}

function oneShoreAlone(liar: Liar): NodeClient {
  return withBundle(liar, (bundle) => ({ ...bundle, block: { ...bundle.block, cosignatures: bundle.block.cosignatures.slice(1) } }));
}
