import { randomInt } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { KIND } from '../../protocol/ledger/codes.ts';
import { type LineageGraph, openLineageGraph } from '../../protocol/lineage/graph/lineageGraph.ts';
import { type LineageEvent, lineageEventOf } from '../../protocol/lineage/lineageEvent.ts';
import { doubtfulPages } from '../access/doubtfulDocuments.ts';
import type { CatalogueDocument } from '../catalogue/catalogue.ts';
import type { LineageRow } from '../catalogue/lineageEvents.ts';
import type { RecordedEvent } from '../catalogue/recordedEvents.ts';
import { errorFacts } from '../http/log.ts';
import { inParallel } from '../inParallel.ts';
import type { ApiNode } from '../node.ts';
import { readRecordedEvent } from '../recording/readRecordedEvent.ts';

/** The lineage of all events that this node knows and the ledger holds, whoever may see them. */
export interface LineageIndex {
  readonly graph: LineageGraph;
  /** Those of its events that stay in their country, by their number in the graph. */
  readonly domestic: ReadonlyMap<number, DomesticEvent>;
  /** Resolves when all that is recorded now is in the graph. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

/** Whose an event is, and whether this node was given it by its issuer. */
export type DomesticEvent = Pick<CatalogueDocument, 'issuer' | 'own'>;

/** What the index reads from. */
export type LineageNode = Pick<ApiNode, 'catalogue' | 'vault' | 'log'>;

/** Changes with the form of `LineageEvent`: rows in another form are read anew from the bodies. */
export const LINEAGE_FORM = '1';
const ROWS_AT_ONCE = 500;
const BODIES_AT_ONCE = 16;
const LONGEST_TURN_MS = 10;
const WORD = 2 ** 32;

/** Loads the graph from the catalogue, then follows what is recorded. Others get their turn every ten milliseconds. */
export function followLineage(node: LineageNode): LineageIndex {
  const follower = new LineageFollower(node);
  follower.start();
  return follower;
}

class LineageFollower implements LineageIndex {
  readonly graph = openLineageGraph([randomInt(WORD), randomInt(WORD)]);
  readonly domestic = new Map<number, DomesticEvent>();
  /** By leaf, also of events that are not in the graph yet. */
  readonly #atHome = new Map<string, DomesticEvent>();
  readonly #node: LineageNode;
  /** The last recorded event that is in the graph. */
  #seq = 0;
  #stopped = false;
  #working: Promise<void> = Promise.resolve();
  readonly #look = () => void this.caughtUp().catch((error) => this.#node.log('error', 'lineage failed', errorFacts(error)));

  constructor(node: LineageNode) {
    this.#node = node;
  }

  start(): void {
    this.#node.catalogue.startLineage(LINEAGE_FORM);
    for (const part of doubtfulPages(this.#node.catalogue, KIND.EPCIS_EVENTS, { view: 'ALL', own: true }))
      for (const document of part) this.#keepAtHome(document);
    this.#node.catalogue.news.on('recorded', this.#look);
    this.#look();
  }

  caughtUp(): Promise<void> {
    const done = this.#working.then(() => this.#advance());
    this.#working = done.catch(() => {});
    return done;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#node.catalogue.news.off('recorded', this.#look);
    await this.#working;
  }

  async #advance(): Promise<void> {
    while (!this.#stopped) {
      const kept = this.#node.catalogue.lineageRows(this.#seq, ROWS_AT_ONCE);
      const rows = kept.length > 0 ? kept : await this.#readNew();
      if (rows.length === 0) return;
      await this.#add(rows);
    }
  }

  async #add(rows: readonly LineageRow[]): Promise<void> {
    let began = performance.now();
    for (const { seq, event } of rows) {
      if (event !== undefined) this.#addEvent(JSON.parse(event) as LineageEvent);
      this.#seq = seq;
      if (performance.now() - began < LONGEST_TURN_MS) continue;
      await breathe();
      began = performance.now();
    }
    await breathe();
  }

  #addEvent(event: LineageEvent): void {
    this.graph.add(event);
    const atHome = this.#atHome.get(event.key);
    const number = this.graph.eventOf(event.key);
    if (atHome !== undefined && number !== undefined) this.domestic.set(number, atHome);
  }

  #keepAtHome({ leaf, visibility, issuer, own }: CatalogueDocument): void {
    if (visibility === 'DOMESTIC') this.#atHome.set(leaf, { issuer, own });
  }

  async #readNew(): Promise<LineageRow[]> {
    const recorded = this.#node.catalogue.recordedEvents(this.#seq, ROWS_AT_ONCE);
    const rows = await inParallel(BODIES_AT_ONCE, recorded, (event) => this.#read(event));
    this.#node.catalogue.keepLineageRows(rows);
    return rows;
  }

  async #read({ seq, leaf, recordedAt }: RecordedEvent): Promise<LineageRow> {
    try {
      const document = this.#node.catalogue.document(leaf);
      if (document !== undefined) this.#keepAtHome(document);
      const reading = await readRecordedEvent(this.#node, leaf);
      if (reading === undefined) throw new Error('no event');
      const { issuer, event, context, hash } = reading;
      return { seq, event: JSON.stringify(lineageEventOf(event, context, { key: leaf, issuer, recordTime: recordedAt, hash })) };
    } catch (error) {
      // A lost body: the ledger still counts the event, and answers show it as sealed.
      this.#node.log('error', 'event not in lineage', errorFacts(error));
      return { seq, event: undefined };
    }
  }
}
