import { traceJson } from '../../../api/lineage/traceJson.ts';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { traceDestination, traceSource } from '../../../protocol/lineage/trace.ts';
import type { Direction } from '../../../protocol/lineage/walk.ts';
import { SdkError } from '../../../sdk/errors.ts';
import type { NodeClient } from '../../../sdk/node/client.ts';
import { identifierIn } from '../../../sdk/trace/goodsAsked.ts';
import { bundleOf, checkpointOf, headOf, type LedgerState } from './syntheticLedger.ts';

type Witness = 'qingdao' | 'korea';

/** A node that answers from a synthetic ledger, with the functions of the API: what readers ask of it, without a network. */
export function honestNode(state: LedgerState, witness: Witness): NodeClient {
  const checkpoint = checkpointOf(state, witness);
  const isKnown = (id: string) => state.documents.some(({ goods }) => goods.includes(id));
  return {
    ...REFUSALS,
    url: `http://${witness}.example`,
    subject: async (id) => {
      if (!isKnown(id)) throw new SdkError('UNKNOWN_SUBJECT', 'no document is recorded of this identifier');
      return JSON.stringify(bundleOf(state, id));
    },
    trace: async <Answer>(of: string, parameters: URLSearchParams) =>
      JSON.parse(JSON.stringify(answerTrace(state, of as Direction, parameters))) as Answer,
    checkpoint: async () => checkpoint,
    query: async <Data>(_: string, { id }: Record<string, unknown> = {}) => ({ event: eventNamed(state, id) }) as Data,
  };
}

function answerTrace(state: LedgerState, direction: Direction, parameters: URLSearchParams) {
  const ids = [...new Set(parameters.getAll('id').flatMap((text) => identifierIn(text) ?? goodsNamed(state, text)))];
  const { height, hash, timestamp } = state;
  const asOf = Math.min(Date.parse(parameters.get('asOf') ?? '') || Number.POSITIVE_INFINITY, timestamp * 1_000);
  const after = parameters.get('after');
  const options = {
    asOf,
    maxDepth: Number(parameters.get('depth') ?? 100),
    limit: Number(parameters.get('first') ?? 100),
    ...(after !== null && { cursor: after }),
  };
  const trace = (direction === 'source' ? traceSource : traceDestination)(state.graph, ids, options);
  const goods = new Set([...ids, ...trace.goods.map(({ id }) => id)]);
  const histories = new Map([...goods].map((id) => [id, historyOf(state, id)]));
  const { chainId, contract } = state.block;
  const block = { chainId, contract, height, hash, timestamp, sequence: 7, complete: true, digest: `0x${'11'.repeat(32)}` as Hex };
  return traceJson({ ids, direction, block, asOf, at: undefined, trace, shows: () => true, histories });
}

function historyOf(state: LedgerState, id: string) {
  const about = state.documents.filter(({ goods }) => goods.includes(id));
  if (about.length === 0) return { id, heads: [], entries: 0, sealed: [] };
  const { subject, head, entries } = headOf(state, id);
  const heads = [{ subject, head, entries, salt: state.salts.get(id)?.[0] as Hex }];
  const sealed = about.filter((document) => document.sealed);
  return {
    id,
    heads,
    entries,
    sealed: sealed.map(({ document: { issuer, anchor }, kind }) => ({ leaf: anchor.leaf, kind, issuer, reason: 'NOT_RELEASED' as const })),
  };
}

function eventNamed({ documents, events }: LedgerState, id: unknown): { subjects: readonly string[] } | null {
  const found = documents.find(({ document }) => events.get(document.anchor.leaf)?.eventId === id);
  return found === undefined ? null : { subjects: found.goods };
}

function goodsNamed({ documents }: LedgerState, text: string): readonly string[] {
  const named = documents.filter(({ number, document }) => number === text || document.anchor.leaf === text);
  if (named.length === 0) throw new SdkError('UNKNOWN_SUBJECT', 'neither an identifier of goods nor a document that names any');
  return named.flatMap(({ goods }) => goods);
}

const refuse = async (): Promise<never> => {
  throw new SdkError('QUERY_REFUSED', 'not asked of this node');
};
const REFUSALS: Omit<NodeClient, 'url' | 'subject' | 'trace' | 'checkpoint' | 'query'> = {
  storeDocuments: refuse,
  storeBatch: refuse,
  storeFiling: refuse,
  storeRelease: refuse,
  releases: refuse,
  capture: refuse,
  captureJob: refuse,
  bundle: refuse,
  bundles: refuse,
};
