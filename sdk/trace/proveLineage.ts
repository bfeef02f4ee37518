import { setTimeout as sleep } from 'node:timers/promises';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { type LineageGraph, openLineageGraph } from '../../protocol/lineage/graph/lineageGraph.ts';
import { historiesBehind } from '../../protocol/lineage/historiesBehind.ts';
import type { Goods, LineageEvent } from '../../protocol/lineage/lineageEvent.ts';
import { type ProvenHistory, provenHistory } from '../../protocol/lineage/provenHistory.ts';
import type { TraceOptions } from '../../protocol/lineage/trace.ts';
import type { Direction } from '../../protocol/lineage/walk.ts';
import type { VerdictCode } from '../../protocol/verdict/codes.ts';
import { readBundle } from '../../protocol/verdict/readBundle.ts';
import type { Question, Trust } from '../../protocol/verdict/verdict.ts';
import { SdkError } from '../errors.ts';
import type { NodeClient } from '../node/client.ts';
import { type NewestCheckpoints, newestCheckpoints } from '../verify/newestCheckpoints.ts';
import { withCosignatures } from '../verify/withCosignatures.ts';
import { historiesOfEvent } from './historiesOfEvent.ts';
import { splitHistories } from './splitHistories.ts';

/** From where to walk, by whose words, and how far. */
export interface LineageWalk extends Pick<TraceOptions, 'asOf' | 'at' | 'maxDepth'> {
  /** Canonical identifiers. */
  ids: readonly string[];
  direction: Direction;
  trust: Trust;
  /** Asked in this order; what one keeps sealed, the next may show. */
  nodes: readonly NodeClient[];
  /** Gives the present, RFC 3339. */
  clock: () => string;
  /** Histories that are fetched at most. */
  most?: number;
  /** Milliseconds to wait, in all, for nodes that are behind the newest checkpoint. */
  patienceMs?: number;
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

/** Something that is proven neither right nor wrong. */
export interface Doubt {
  /**
   * A code of a verdict (docs/spec/bundle.md section 3), or: `HISTORY_SPLIT`, a node counts these goods, or this transformation, under another salt too, and no
   * node shows that history; `START_UNPROVEN`, no proven history holds the document whose number was asked about.
   */
  code: VerdictCode | 'HISTORY_SPLIT' | 'START_UNPROVEN';
  /** Of the goods, or as it was asked. */
  id: string;
  question?: Question;
  leaf?: Hex;
}

/** A history as one node gave it, that was not used or was not enough. */
export interface RejectedHistory {
  node: string;
  id: string;
  /** `HISTORY_UNPROVEN`: it is not what the ledger counts; `STALE`: it is from an older block than another node shows; else the code of the node's refusal. */
  code: string;
  /** Of what is not proven: the question and the code of the finding. */
  finding?: string;
}

/** Lineage that stands on proven histories alone. */
export interface ProvenLineage {
  graph: LineageGraph;
  /** How new the ledger was when the walk began. */
  newest: NewestCheckpoints;
  histories: ReadonlyMap<string, ProvenHistory>;
  /** Goods of which no document is recorded, or of which the nodes give none. */
  unknown: readonly string[];
  omissions: readonly Omission[];
  doubts: readonly Doubt[];
  rejected: readonly RejectedHistory[];
}

const MOST_HISTORIES = 2_000;
const AT_ONCE = 8;
const PATIENCE_MS = 8_000;
const PAUSE_MS = 250;

/**
 * Walks from goods to goods as a trace does, and fetches and proves the history of each: no answer of a node is taken for complete. The heads on the ledger show
 * that no history lacks an entry; since each event names its goods, a history that is not given at all is missed; and no history from an older block than any
 * node shows counts as of now.
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
  /** Histories by the id of the event that was looked for. */
  readonly #searched = new Map<string, readonly string[]>();
  readonly #unknown = new Set<string>();
  readonly #unproven: Omission[] = [];
  readonly #rejected: RejectedHistory[] = [];
  /** Until when nodes that are behind are waited for. */
  readonly #deadline: number;
  #newest: NewestCheckpoints = { height: 0, time: 0, disagree: false };
  #split: readonly string[] = [];

  constructor(walk: LineageWalk) {
    this.#walk = walk;
    this.#deadline = Date.now() + (walk.patienceMs ?? PATIENCE_MS);
  }

  async run(): Promise<void> {
    const { nodes, trust, clock } = this.#walk;
    this.#newest = await newestCheckpoints(nodes, trust, clock());
    await this.#follow();
    const [goods = [], transformations = []] = [false, true].map((isOne) =>
      [...this.#histories.values()].filter(({ id }) => this.#transformations.has(id) === isOne),
    );
    // One by one: the id of a transformation is any URI, and a node that refuses one would say nothing of the others.
    const split = await Promise.all([goods, ...transformations.map((one) => [one])].map((some) => splitHistories(nodes, some)));
    this.#split = split.flat();
  }

  async #follow(): Promise<void> {
    const { ids, direction, most = MOST_HISTORIES, onProgress } = this.#walk;
    const asked = new Set<string>();
    for (;;) {
      const goods = historiesBehind(this.#graph, ids, direction, this.#walk);
      const reached = new Set([...goods, ...this.#transformations, ...(await this.#correctives())]);
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

  /** Histories that hold what corrects an event that was declared in error: it may be about other goods. */
  async #correctives(): Promise<string[]> {
    const known = new Set([...this.#events.values()].map(({ eventId }) => eventId));
    const named = [...this.#events.values()].flatMap(({ declaration }) => declaration?.correctiveEventIds ?? []);
    for (const id of named)
      if (!known.has(id) && !this.#searched.has(id)) this.#searched.set(id, await historiesOfEvent(this.#walk.nodes, id));
    return [...this.#searched.values()].flat();
  }

  result(): ProvenLineage {
    const disagreement: Omission[] = this.#walk.ids
      .slice(0, 1)
      .map((id) => ({ code: 'HISTORY_UNPROVEN', id, finding: 'block WITNESSES_DISAGREE' }));
    return {
      graph: this.#graph,
      newest: this.#newest,
      histories: this.#histories,
      unknown: [...this.#unknown],
      omissions: [...(this.#newest.disagree ? disagreement : []), ...this.#unproven, ...this.#omitted()],
      doubts: this.#doubts(),
      rejected: this.#rejected,
    };
  }

  /** Asks one node after the other, until one leaves nothing open. */
  async #prove(id: string): Promise<void> {
    const failures: unknown[] = [];
    for (const node of this.#walk.nodes) {
      try {
        const history = await this.#newestBy(node, id);
        this.#keep(history);
        if (this.#isStale(history)) this.#rejected.push({ node: node.url, id, code: 'STALE' });
        else if (history.sealed === 0 && history.standing.doubts.length === 0) return;
      } catch (error) {
        failures.push(error);
        if (error instanceof ProtocolError)
          this.#rejected.push({ node: node.url, id, code: 'HISTORY_UNPROVEN', finding: findingOf(error) });
        else if (error instanceof SdkError) this.#rejected.push({ node: node.url, id, code: error.code });
      }
    }
    if (!this.#histories.has(id)) this.#miss(id, failures);
  }

  /** The shores' nodes are a moment apart: asks again until the history is as new as the newest checkpoint, or the time is over. */
  async #newestBy(node: NodeClient, id: string): Promise<ProvenHistory> {
    for (;;) {
      const history = await this.#historyBy(node, id);
      if (!this.#isStale(history) || Date.now() >= this.#deadline) return history;
      await sleep(PAUSE_MS);
    }
  }

  #isStale({ verdict }: ProvenHistory): boolean {
    return verdict.height < this.#newest.height;
  }

  async #historyBy(node: NodeClient, id: string): Promise<ProvenHistory> {
    const { nodes, trust, clock } = this.#walk;
    const bundle = readBundle(parseStrict(await node.subject(id)));
    const history = provenHistory(await withCosignatures(bundle, nodes, trust), trust, { now: clock() });
    if (history.id !== id)
      throw new ProtocolError('HISTORY_UNPROVEN', 'the answer is about something else', { facts: { code: 'ANSWER_OF_ANOTHER' } });
    return history;
  }

  /** Of two proven histories of the same goods, the one that leaves less open counts. */
  #keep(history: ProvenHistory): void {
    for (const event of history.events) {
      if (this.#events.has(event.key)) continue;
      this.#events.set(event.key, event);
      this.#graph.add(event);
      if (event.transformationID !== undefined) this.#transformations.add(event.transformationID);
    }
    const known = this.#histories.get(history.id);
    if (known === undefined || this.#openIn(history) < this.#openIn(known)) this.#histories.set(history.id, history);
  }

  #openIn(history: ProvenHistory): number {
    const { sealed, standing, leaves } = history;
    return sealed + standing.doubts.length + (this.#isStale(history) ? leaves.size + 1 : 0);
  }

  /** A history that is proven wrong tells more than a node that knows none or does not answer. */
  #miss(id: string, failures: readonly unknown[]): void {
    const wrong = failures.find((failure) => failure instanceof ProtocolError);
    const isUnknown = failures.some((failure) => failure instanceof SdkError && failure.code === 'UNKNOWN_SUBJECT');
    if (wrong !== undefined) this.#unproven.push({ code: 'HISTORY_UNPROVEN', id, finding: findingOf(wrong) });
    else if (isUnknown) this.#unknown.add(id);
    else throw failures[0];
  }

  #doubts(): Doubt[] {
    const histories = [...this.#histories.values()];
    return [
      ...histories.flatMap(({ id, standing }) => standing.doubts.map((doubt): Doubt => ({ id, ...doubt }))),
      ...histories.filter((history) => this.#isStale(history)).map(({ id }): Doubt => ({ code: 'STALE', id, question: 'block' })),
      ...this.#split.map((id): Doubt => ({ code: 'HISTORY_SPLIT', id })),
    ];
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

function findingOf({ code, facts = {} }: ProtocolError): string {
  const { question, code: finding } = facts;
  return question === undefined ? String(finding ?? code) : `${question} ${finding}`;
}

function goodsOf({ parent, objects, children, inputs, outputs }: LineageEvent): Goods[] {
  return [...(parent === undefined ? [] : [parent]), ...objects, ...children, ...inputs, ...outputs];
}

/** Identifiers under which an event is recorded. */
function subjectsOf(event: LineageEvent): Set<string> {
  const ids = goodsOf(event).flatMap(({ id, lot }) => (lot === undefined ? [id] : [id, lot]));
  return new Set(event.transformationID === undefined ? ids : [...ids, event.transformationID]);
}
