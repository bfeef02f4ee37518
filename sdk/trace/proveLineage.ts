import { ProtocolError } from '../../protocol/errors.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import type { LineageEvent } from '../../protocol/lineage/lineageEvent.ts';
import { type LineageGraph, openLineageGraph } from '../../protocol/lineage/lineageGraph.ts';
import { type ProvenHistory, provenHistory } from '../../protocol/lineage/provenHistory.ts';
import { reach } from '../../protocol/lineage/trace.ts';
import type { Direction } from '../../protocol/lineage/walk.ts';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import type { Trust } from '../../protocol/verdict/verdict.ts';
import { SdkError } from '../errors.ts';
import type { NodeClient } from '../node/client.ts';
import { withCosignatures } from '../verify/withCosignatures.ts';

/** From where to walk, by whose words, and how far. */
export interface LineageWalk {
  /** Canonical identifiers. */
  ids: readonly string[];
  direction: Direction;
  asOf?: number;
  at?: number;
  maxDepth?: number;
  trust: Trust;
  /** Asked in this order; what one keeps sealed, the next may show. */
  nodes: readonly NodeClient[];
  /** Gives the present, RFC 3339. */
  clock: () => string;
  /** Histories that are fetched at most. */
  most?: number;
  onProgress?: (done: number, total: number) => void;
}

/** Something that the ledger shows was left out. */
export interface Omission {
  /** `HISTORY_OMITTED`: a proven event names the goods, and no history with it was given. `HISTORY_UNPROVEN`: what was given is not what the ledger counts. */
  code: 'HISTORY_OMITTED' | 'HISTORY_UNPROVEN';
  id: string;
  /** Of a history that is not proven: the question and the code of the finding. */
  finding?: string;
}

/** Lineage that stands on proven histories alone. */
export interface ProvenLineage {
  graph: LineageGraph;
  histories: ReadonlyMap<string, ProvenHistory>;
  /** Goods of which no document is recorded, or of which the nodes give none. */
  unknown: readonly string[];
  omissions: readonly Omission[];
}

const MOST_HISTORIES = 2_000;
const AT_ONCE = 8;

/**
 * Walks from goods to goods as a trace does, and fetches and proves the history of each: no answer of a node is taken for complete. The heads on the ledger show
 * that no history lacks an entry; and since each event names its goods, a history that is not given at all is missed.
 *
 * @throws SdkError `TOO_MANY`, and those of the client where no node answers
 */
export async function proveLineage(walk: LineageWalk): Promise<ProvenLineage> {
  const prover = new Prover(walk);
  await prover.run();
  return prover.result();
}

class Prover {
  readonly #walk: LineageWalk;
  readonly #graph = openLineageGraph();
  readonly #events = new Map<string, LineageEvent>();
  readonly #histories = new Map<string, ProvenHistory>();
  /** Ids of transformations: events that share one belong together, whatever goods each of them names. */
  readonly #transformations = new Set<string>();
  readonly #unknown = new Set<string>();
  readonly #unproven: Omission[] = [];

  constructor(walk: LineageWalk) {
    this.#walk = walk;
  }

  async run(): Promise<void> {
    const { ids, direction, most = MOST_HISTORIES, onProgress, asOf, at, maxDepth } = this.#walk;
    const asked = new Set<string>();
    const options = { ...(asOf !== undefined && { asOf }), ...(at !== undefined && { at }), ...(maxDepth !== undefined && { maxDepth }) };
    for (;;) {
      const reached = new Set([...ids, ...reach(this.#graph, ids, direction, options), ...this.#transformations]);
      const next = [...reached].filter((id) => !asked.has(id));
      if (next.length === 0) return;
      if (reached.size > most)
        throw new SdkError('TOO_MANY', `the answer reaches more than ${most} goods: ask for fewer steps with --depth`);
      for (let from = 0; from < next.length; from += AT_ONCE) {
        await Promise.all(next.slice(from, from + AT_ONCE).map((id) => this.#prove(id)));
        onProgress?.(asked.size + Math.min(from + AT_ONCE, next.length), reached.size);
      }
      for (const id of next) asked.add(id);
    }
  }

  result(): ProvenLineage {
    return {
      graph: this.#graph,
      histories: this.#histories,
      unknown: [...this.#unknown],
      omissions: [...this.#unproven, ...this.#omitted()],
    };
  }

  async #prove(id: string): Promise<void> {
    const { nodes } = this.#walk;
    let failure: unknown;
    for (const node of nodes) {
      try {
        const history = await this.#historyBy(node, id);
        this.#keep(history);
        if (history.sealed === 0) return;
      } catch (error) {
        failure ??= error;
      }
    }
    if (!this.#histories.has(id)) this.#miss(id, failure);
  }

  async #historyBy(node: NodeClient, id: string): Promise<ProvenHistory> {
    const { nodes, trust, clock } = this.#walk;
    const bundle = parseStrict(await node.subject(id)) as unknown as Bundle;
    const history = provenHistory(await withCosignatures(bundle, nodes, trust), trust, { now: clock() });
    if (history.id !== id)
      throw new ProtocolError('HISTORY_UNPROVEN', 'the answer is about something else', { facts: { code: 'ANSWER_OF_ANOTHER' } });
    return history;
  }

  /** Of two proven histories of the same goods, the one that shows more counts. */
  #keep(history: ProvenHistory): void {
    for (const event of history.events) {
      if (this.#events.has(event.key)) continue;
      this.#events.set(event.key, event);
      this.#graph.add(event);
      if (event.transformationID !== undefined) this.#transformations.add(event.transformationID);
    }
    const known = this.#histories.get(history.id);
    if (known === undefined || history.sealed < known.sealed) this.#histories.set(history.id, history);
  }

  #miss(id: string, failure: unknown): void {
    if (failure instanceof ProtocolError) {
      const { question, code } = failure.facts ?? {};
      this.#unproven.push({ code: 'HISTORY_UNPROVEN', id, finding: question === undefined ? failure.code : `${question} ${code}` });
    } else if (failure instanceof SdkError && failure.code === 'UNKNOWN_SUBJECT') this.#unknown.add(id);
    else throw failure;
  }

  /** Goods that proven events name, and of which no history with these events was given. */
  #omitted(): Omission[] {
    const named = new Map<string, string[]>();
    for (const event of this.#events.values()) for (const id of subjectsOf(event)) named.set(id, [...(named.get(id) ?? []), event.key]);
    const asked = new Set([...this.#histories.keys(), ...this.#unknown]);
    return [...asked].flatMap((id): Omission[] => {
      const leaves = this.#histories.get(id)?.leaves;
      const isWhole = (named.get(id) ?? []).every((key) => leaves?.has(key as `0x${string}`) === true);
      return isWhole ? [] : [{ code: 'HISTORY_OMITTED', id }];
    });
  }
}

/** Identifiers under which an event is recorded. */
function subjectsOf({ parent, objects, children, inputs, outputs, transformationID }: LineageEvent): Set<string> {
  const goods = [...(parent === undefined ? [] : [parent]), ...objects, ...children, ...inputs, ...outputs];
  const ids = goods.flatMap(({ id, lot }) => (lot === undefined ? [id] : [id, lot]));
  return new Set(transformationID === undefined ? ids : [...ids, transformationID]);
}
