import type { Party } from '../epcis/members.ts';
import type { Goods, LineageDeclaration, LineageEvent } from './lineageEvent.ts';
import { InstantRows, NumberRows } from './rows.ts';
import { TextPool } from './textPool.ts';

/** The role of goods in an event. */
export const ROLE = { parent: 0, object: 1, child: 2, input: 3, output: 4 } as const;

const NODE = { thing: 1, class: 2, classWithMembers: 3 } as const;

/** The end of a chain. */
export const NONE = 0xffffffff;

/** Kinds of events that lineage tells apart. */
export const KIND = { object: 0, aggregation: 1, association: 2, transaction: 3, transformation: 4, other: 5 } as const;
const KINDS: ReadonlyMap<string, number> = new Map([
  ['ObjectEvent', KIND.object],
  ['AggregationEvent', KIND.aggregation],
  ['AssociationEvent', KIND.association],
  ['TransactionEvent', KIND.transaction],
  ['TransformationEvent', KIND.transformation],
]);
export const ACTION = { none: 0, add: 1, observe: 2, delete: 3 } as const;
const ACTIONS: ReadonlyMap<string, number> = new Map([
  ['ADD', ACTION.add],
  ['OBSERVE', ACTION.observe],
  ['DELETE', ACTION.delete],
]);

/** Fields of an event's row: numbers of texts, of rows of other kinds, and chains of events. */
const EVENT = {
  ...{ flags: 0, issuer: 1, bizLocation: 2, readPoint: 3, bizStep: 4, disposition: 5, hash: 6, eventId: 7, transformation: 8 },
  ...{ mentions: 9, parties: 10, documents: 11, sameHash: 12, sameId: 13, sameTransformation: 14 },
} as const;
/** In `flags`, from the lowest bit: kind, action, whether it is a declaration, whether another record has its hash or id. */
const FLAG = { kinds: 0b111, action: 3, actions: 0b11, declared: 1 << 5, shared: 1 << 6 } as const;
const TIME = { event: 0, record: 1, place: 2 } as const;
const MENTION = { node: 0, event: 1, role: 2, quantity: 3, unit: 4, lot: 5, next: 6 } as const;
const GOODS = { kind: 0, head: 1 } as const;

/**
 * Events by the goods that they name, in rows of numbers: events and goods are numbered as they come, whatever their order in time, so that adding one
 * touches only what it names. What follows from what is worked out by the readers (`LineageView`), which look at the goods of an answer and no others.
 */
export class LineageGraph {
  readonly texts = new TextPool();
  readonly #nodes = new Map<string, number>();
  readonly #nodeIds: string[] = [];
  readonly #goods = new NumberRows(2);
  readonly #memberHead = new Map<number, number[]>();

  readonly #keys: string[] = [];
  readonly #keyIndex = new Map<string, number>();
  readonly #events = new NumberRows(16);
  readonly #times = new InstantRows(4);
  readonly #mentions = new NumberRows(8);
  /** Role, type and identifier. */
  readonly #parties = new NumberRows(4);
  /** Type and identifier. */
  readonly #documents = new NumberRows(2);
  readonly #hashHead = new Map<number, number>();
  readonly #idHead = new Map<number, number>();
  readonly #transformationHead = new Map<number, number>();
  readonly #transformationFirst = new Map<number, number>();
  readonly #declarations = new Map<number, LineageDeclaration>();
  readonly #persistent = new Map<number, NonNullable<LineageEvent['persistentDisposition']>>();

  /** Number of records. */
  get size(): number {
    return this.#keys.length;
  }

  /** Number of goods named. */
  get goods(): number {
    return this.#nodeIds.length;
  }

  /** Bytes of the rows, without the texts. */
  get bytes(): number {
    return [this.#goods, this.#events, this.#times, this.#mentions, this.#parties, this.#documents].reduce(
      (sum, { bytes }) => sum + bytes,
      0,
    );
  }

  /** Adds a record, in any order; a key that is there already is left as it is. Answers whether it was new. */
  add(event: LineageEvent): boolean {
    if (this.#keyIndex.has(event.key)) return false;
    const number = this.#keys.push(event.key) - 1;
    this.#keyIndex.set(event.key, number);
    this.#addRow(event, number);
    for (const { type, id } of event.documents) this.#documents.push(this.texts.intern(type), this.texts.intern(id));
    for (const { role, type, id } of event.parties)
      this.#parties.push(role === 'source' ? 0 : 1, this.texts.intern(type), this.texts.intern(id));
    if (event.parent !== undefined) this.#addMention(event.parent, number, ROLE.parent);
    for (const goods of event.objects) this.#addMention(goods, number, ROLE.object);
    for (const goods of event.children) this.#addMention(goods, number, ROLE.child);
    for (const goods of event.inputs) this.#addMention(goods, number, ROLE.input);
    for (const goods of event.outputs) this.#addMention(goods, number, ROLE.output);
    return true;
  }

  #addRow(event: LineageEvent, number: number): void {
    const { texts } = this;
    const kind = KINDS.get(event.type) ?? KIND.other;
    const action = ACTIONS.get(event.action ?? '') ?? ACTION.none;
    const hash = texts.intern(event.hash);
    const eventId = texts.intern(event.eventId);
    const transformation = texts.intern(event.transformationID);
    this.#events.push(
      kind | (action << FLAG.action) | (event.declaration === undefined ? 0 : FLAG.declared),
      event.issuer,
      ...[event.bizLocation, event.readPoint, event.bizStep, event.disposition].map((text) => texts.intern(text)),
      ...[hash, eventId, transformation],
      ...[this.#mentions.length, this.#parties.length, this.#documents.length],
      chain(this.#hashHead, hash, number),
      eventId === hash ? NONE : chain(this.#idHead, eventId, number),
      transformation === 0 ? NONE : chain(this.#transformationHead, transformation, number),
    );
    // Exact: instants of four-digit years take 48 bits.
    this.#times.push(event.eventTime, event.recordTime, event.eventTime * 8 + rankOf(kind, action));
    this.#markShared(number, hash, eventId);
    if (transformation !== 0 && !this.#transformationFirst.has(transformation)) this.#transformationFirst.set(transformation, number);
    if (event.declaration !== undefined) this.#declarations.set(number, event.declaration);
    if (event.persistentDisposition !== undefined) this.#persistent.set(number, event.persistentDisposition);
  }

  /** Notes records that belong together as they come: nearly none do, and those that do not need no look at others. */
  #markShared(event: number, hash: number, eventId: number): void {
    const others = [EVENT.sameHash, EVENT.sameId].map((field) => this.#events.at(event, field)).filter((other) => other !== NONE);
    // An id that is written as a hash may be another record's hash, and a hash another's id.
    if (eventId !== hash) others.push(...this.#chain(this.#hashHead.get(eventId) ?? NONE, EVENT.sameHash));
    else if (this.#idHead.has(hash)) others.push(...this.#chain(this.#idHead.get(hash) ?? NONE, EVENT.sameId));
    for (const other of others.length === 0 ? [] : [event, ...others])
      this.#events.set(other, EVENT.flags, this.#flags(other) | FLAG.shared);
  }

  #flags(event: number): number {
    return this.#events.at(event, EVENT.flags);
  }

  #addMention(goods: Goods, event: number, role: number): void {
    const node = this.#node(goods.id, goods.class === true);
    const lot = goods.lot === undefined ? NONE : this.#node(goods.lot, true);
    const [quantity, unit] = [this.texts.intern(goods.quantity), this.texts.intern(goods.unit)];
    const number = this.#mentions.push(node, event, role, quantity, unit, lot, this.#goods.at(node, GOODS.head));
    this.#goods.set(node, GOODS.head, number);
    if (lot !== NONE) this.#addMember(lot, node);
  }

  #addMember(lot: number, serial: number): void {
    const members = this.#memberHead.get(lot);
    this.#goods.set(lot, GOODS.kind, NODE.classWithMembers);
    if (members === undefined) this.#memberHead.set(lot, [serial]);
    // A serial number is said to be of its lot again and again, mostly in a row; who reads the list removes what is left of that.
    else if (members.at(-1) !== serial) members.push(serial);
  }

  #node(id: string, isClass: boolean): number {
    const name = isClass ? `*${id}` : id;
    const known = this.#nodes.get(name);
    if (known !== undefined) return known;
    const node = this.#nodeIds.push(id) - 1;
    this.#nodes.set(name, node);
    this.#goods.push(isClass ? NODE.class : NODE.thing, NONE);
    return node;
  }

  // What readers ask. Events, goods and mentions are named by their numbers.

  /** The goods of an id: as one thing, as a class, or both. */
  nodesOf(id: string): number[] {
    return [this.#nodes.get(id), this.#nodes.get(`*${id}`)].filter((node) => node !== undefined);
  }

  idOf(node: number): string {
    return this.#nodeIds[node] as string;
  }

  isClass(node: number): boolean {
    return this.#goods.at(node, GOODS.kind) !== NODE.thing;
  }

  /** Whether some record says of a serial number that it is of a lot. */
  hasMembers(lot: number): boolean {
    return this.#goods.at(lot, GOODS.kind) === NODE.classWithMembers;
  }

  /** Serial numbers that some record says to be of a lot; may name one twice. */
  membersOf(lot: number): readonly number[] {
    return this.#memberHead.get(lot) ?? [];
  }

  firstMention(node: number): number {
    return this.#goods.at(node, GOODS.head);
  }

  nextMention(mention: number): number {
    return this.#mentions.at(mention, MENTION.next);
  }

  mentionEvent(mention: number): number {
    return this.#mentions.at(mention, MENTION.event);
  }

  mentionNode(mention: number): number {
    return this.#mentions.at(mention, MENTION.node);
  }

  mentionRole(mention: number): number {
    return this.#mentions.at(mention, MENTION.role);
  }

  /** The lot that a mention says, or `NONE`. */
  mentionLot(mention: number): number {
    return this.#mentions.at(mention, MENTION.lot);
  }

  /** Number of the text of a mention's quantity; 0: unknown. */
  quantityNumber(mention: number): number {
    return this.#mentions.at(mention, MENTION.quantity);
  }

  /** The quantity that a mention says; undefined: unknown. */
  mentionQuantity(mention: number): string | undefined {
    const quantity = this.quantityNumber(mention);
    return quantity === 0 ? undefined : this.texts.text(quantity);
  }

  /** Number of the text of its unit. */
  unitNumber(mention: number): number {
    return this.#mentions.at(mention, MENTION.unit);
  }

  /** The unit of a mention's quantity; empty: a count. */
  mentionUnit(mention: number): string {
    return this.texts.text(this.unitNumber(mention));
  }

  /** The mentions of an event: numbers from the first to before the second. */
  mentionsOf(event: number): [number, number] {
    return [this.#events.at(event, EVENT.mentions), this.#end(EVENT.mentions, event, this.#mentions.length)];
  }

  key(event: number): string {
    return this.#keys[event] as string;
  }

  /** The event of a key. */
  eventOf(key: string): number | undefined {
    return this.#keyIndex.get(key);
  }

  eventTimeOf(event: number): number {
    return this.#times.at(event, TIME.event);
  }

  recordTimeOf(event: number): number {
    return this.#times.at(event, TIME.record);
  }

  issuerOf(event: number): number {
    return this.#events.at(event, EVENT.issuer);
  }

  kindOf(event: number): number {
    return this.#flags(event) & FLAG.kinds;
  }

  actionOf(event: number): number {
    return (this.#flags(event) >>> FLAG.action) & FLAG.actions;
  }

  /** Where an event stands in the order of events, by its instant and by what it says; events of one place are in the order of their records. */
  placeOf(event: number): number {
    return this.#times.at(event, TIME.place);
  }

  /** The event's hash as a number: that of its text. */
  hashNumber(event: number): number {
    return this.#events.at(event, EVENT.hash);
  }

  text(
    name: 'bizStep' | 'disposition' | 'readPoint' | 'bizLocation' | 'hash' | 'eventId' | 'transformation',
    event: number,
  ): string | undefined {
    const number = this.#events.at(event, EVENT[name]);
    return number === 0 ? undefined : this.texts.text(number);
  }

  /** Where an event was: its business location, else its read point. */
  whereOf(event: number): string | undefined {
    const number = this.whereNumber(event);
    return number === 0 ? undefined : this.texts.text(number);
  }

  /** Number of that text; 0: absent. */
  whereNumber(event: number): number {
    return this.#events.at(event, EVENT.bizLocation) || this.#events.at(event, EVENT.readPoint);
  }

  partiesOf(event: number): Party[] {
    const end = this.#end(EVENT.parties, event, this.#parties.length);
    const parties: Party[] = [];
    for (let at = this.#events.at(event, EVENT.parties); at < end; at++) {
      const role = this.#parties.at(at, 0) === 0 ? 'source' : 'destination';
      parties.push({ role, type: this.texts.text(this.#parties.at(at, 1)), id: this.texts.text(this.#parties.at(at, 2)) });
    }
    return parties;
  }

  documentsOf(event: number): { type: string; id: string }[] {
    const end = this.#end(EVENT.documents, event, this.#documents.length);
    const documents: { type: string; id: string }[] = [];
    for (let at = this.#events.at(event, EVENT.documents); at < end; at++) {
      documents.push({ type: this.texts.text(this.#documents.at(at, 0)), id: this.texts.text(this.#documents.at(at, 1)) });
    }
    return documents;
  }

  isDeclaration(event: number): boolean {
    return (this.#flags(event) & FLAG.declared) !== 0;
  }

  declaration(event: number): LineageDeclaration | undefined {
    return this.#declarations.get(event);
  }

  persistent(event: number): LineageEvent['persistentDisposition'] {
    return this.#persistent.get(event);
  }

  /** The records of an event hash, newest number first. */
  recordsOfHash(event: number): number[] {
    return this.#chain(this.#hashHead.get(this.#events.at(event, EVENT.hash)) ?? NONE, EVENT.sameHash);
  }

  /** The records of an event id. */
  recordsNamed(eventId: string): number[] {
    const name = this.texts.find(eventId);
    const named = this.#chain(this.#idHead.get(name) ?? NONE, EVENT.sameId);
    const hashed = this.#chain(this.#hashHead.get(name) ?? NONE, EVENT.sameHash);
    return [...named, ...hashed.filter((event) => this.#events.at(event, EVENT.eventId) === name)];
  }

  /** Whether no other record has the hash or the id of an event: there is nothing to compare it with. */
  isAlone(event: number): boolean {
    return (this.#flags(event) & FLAG.shared) === 0;
  }

  /** The events of one transformation: those of its `transformationID`, or the one. */
  transformationOf(event: number): number[] {
    const id = this.#events.at(event, EVENT.transformation);
    return id === 0 ? [event] : this.#chain(this.#transformationHead.get(id) ?? NONE, EVENT.sameTransformation);
  }

  /** The one of them that came first: it stands for all. */
  firstOfTransformation(event: number): number {
    return this.#transformationFirst.get(this.#events.at(event, EVENT.transformation)) ?? event;
  }

  #chain(head: number, next: number): number[] {
    const events: number[] = [];
    for (let at = head; at !== NONE; at = this.#events.at(at, next)) events.push(at);
    return events;
  }

  #end(starts: number, event: number, length: number): number {
    return event + 1 < this.#events.length ? this.#events.at(event + 1, starts) : length;
  }
}

/** Puts an event before the head of its chain; answers the former head. */
function chain(heads: Map<number, number>, name: number, event: number): number {
  const former = heads.get(name) ?? NONE;
  heads.set(name, event);
  return former;
}

/** At one instant what begins comes first (objects, then transformations, then aggregations), then what is seen, then what ends. */
function rankOf(kind: number, action: number): number {
  if (kind === KIND.transformation) return 1;
  if (action === ACTION.add) return kind === KIND.aggregation || kind === KIND.association ? 2 : 0;
  return action === ACTION.delete ? 4 : 3;
}

/** An empty graph; add events in any order. */
export function openLineageGraph(): LineageGraph {
  return new LineageGraph();
}
