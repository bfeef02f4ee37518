import type { Party } from '../../epcis/members.ts';
import type { Goods, LineageDeclaration, LineageEvent } from '../lineageEvent.ts';
import { Column } from './column.ts';
import { GoodsNumbers } from './goodsNumbers.ts';
import { type HashKey, PLAIN_KEY } from './keyedHash.ts';
import { NamePool } from './namePool.ts';
import { NONE } from './none.ts';
import { SameRecords } from './sameRecords.ts';
import { TextPool } from './textPool.ts';
import { Transformations } from './transformations.ts';

/** The role of goods in an event. */
export const ROLE = { parent: 0, object: 1, child: 2, input: 3, output: 4 } as const;

const NODE = { thing: 1, class: 2, classWithMembers: 3 } as const;

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

/**
 * Events by the goods that they name, in columns of numbers: events and goods are numbered as they come, whatever their order in time, so that adding one
 * touches only what it names. What follows from what is worked out by the readers (`LineageView`), which look at the goods of an answer and no others.
 */
export class LineageGraph {
  /** Words that many events use. */
  readonly texts = new TextPool();
  readonly #keys: NamePool;
  readonly #goods: GoodsNumbers;
  readonly #records: SameRecords;
  readonly #transformations: Transformations;
  readonly #documents: NamePool;
  readonly #goodsKind = new Column('u8');
  readonly #goodsHead = new Column('u32');
  readonly #memberHead = new Map<number, number[]>();
  readonly #columns = {
    eventTime: new Column('f64'),
    recordTime: new Column('f64'),
    place: new Column('f64'),
    issuer: new Column('u32'),
    kind: new Column('u8'),
    action: new Column('u8'),
    declared: new Column('u8'),
    bizStep: new Column('u32'),
    disposition: new Column('u32'),
    readPoint: new Column('u32'),
    bizLocation: new Column('u32'),
    mentions: new Column('u32'),
    parties: new Column('u32'),
    documents: new Column('u32'),
  };
  readonly #mention = {
    node: new Column('u32'),
    event: new Column('u32'),
    role: new Column('u8'),
    quantity: new Column('u32'),
    unit: new Column('u32'),
    lot: new Column('u32'),
    next: new Column('u32'),
  };
  readonly #party = { role: new Column('u8'), type: new Column('u32'), id: new Column('u32') };
  readonly #document = { type: new Column('u32'), id: new Column('u32') };
  readonly #declarations = new Map<number, LineageDeclaration>();
  readonly #persistent = new Map<number, NonNullable<LineageEvent['persistentDisposition']>>();

  /** @param key known to nobody else where the names are those of strangers (`HashKey`) */
  constructor(key: HashKey = PLAIN_KEY) {
    this.#keys = new NamePool(key);
    this.#goods = new GoodsNumbers(key);
    this.#records = new SameRecords(key);
    this.#transformations = new Transformations(key);
    this.#documents = new NamePool(key);
  }

  /** Number of records. */
  get size(): number {
    return this.#columns.eventTime.length;
  }

  /** Number of goods named. */
  get goods(): number {
    return this.#goods.size;
  }

  /** Bytes outside the heap: columns and names. */
  get bytes(): number {
    const columns = [this.#columns, this.#mention, this.#party, this.#document].flatMap((group) => Object.values(group));
    const names = [this.#keys, this.#goods, this.#records, this.#transformations, this.#documents];
    return [...columns, ...names, this.#goodsKind, this.#goodsHead].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Adds a record, in any order; a key that is there already is left as it is. Answers whether it was new. */
  add(event: LineageEvent): boolean {
    const number = this.#keys.intern(event.key);
    if (number < this.size) return false;
    this.#addColumns(event, number);
    this.#records.add(event.hash, event.eventId);
    this.#transformations.add(event.transformationID);
    for (const { type, id } of event.documents) {
      this.#document.type.push(this.texts.intern(type));
      this.#document.id.push(this.#documents.intern(id));
    }
    for (const { role, type, id } of event.parties) {
      this.#party.role.push(role === 'source' ? 0 : 1);
      this.#party.type.push(this.texts.intern(type));
      this.#party.id.push(this.texts.intern(id));
    }
    if (event.parent !== undefined) this.#addMention(event.parent, number, ROLE.parent);
    for (const goods of event.objects) this.#addMention(goods, number, ROLE.object);
    for (const goods of event.children) this.#addMention(goods, number, ROLE.child);
    for (const goods of event.inputs) this.#addMention(goods, number, ROLE.input);
    for (const goods of event.outputs) this.#addMention(goods, number, ROLE.output);
    return true;
  }

  #addColumns(event: LineageEvent, number: number): void {
    const columns = this.#columns;
    const { texts } = this;
    columns.eventTime.push(event.eventTime);
    columns.recordTime.push(event.recordTime);
    columns.issuer.push(event.issuer);
    const kind = KINDS.get(event.type) ?? KIND.other;
    const action = ACTIONS.get(event.action ?? '') ?? ACTION.none;
    columns.kind.push(kind);
    columns.action.push(action);
    // Exact: instants of four-digit years take 48 bits.
    columns.place.push(event.eventTime * 8 + rankOf(kind, action));
    columns.declared.push(event.declaration === undefined ? 0 : 1);
    columns.bizStep.push(texts.intern(event.bizStep));
    columns.disposition.push(texts.intern(event.disposition));
    columns.readPoint.push(texts.intern(event.readPoint));
    columns.bizLocation.push(texts.intern(event.bizLocation));
    columns.mentions.push(this.#mention.node.length);
    columns.parties.push(this.#party.id.length);
    columns.documents.push(this.#document.id.length);
    if (event.declaration !== undefined) this.#declarations.set(number, event.declaration);
    if (event.persistentDisposition !== undefined) this.#persistent.set(number, event.persistentDisposition);
  }

  #addMention(goods: Goods, event: number, role: number): void {
    const node = this.#node(goods.id, goods.class === true);
    const mention = this.#mention;
    const lot = goods.lot === undefined ? NONE : this.#node(goods.lot, true);
    const number = mention.node.push(node);
    mention.event.push(event);
    mention.role.push(role);
    mention.quantity.push(this.texts.intern(goods.quantity));
    mention.unit.push(this.texts.intern(goods.unit));
    mention.lot.push(lot);
    mention.next.push(this.#goodsHead.at(node));
    this.#goodsHead.set(node, number);
    if (lot !== NONE) this.#addMember(lot, node);
  }

  #addMember(lot: number, serial: number): void {
    const members = this.#memberHead.get(lot);
    this.#goodsKind.set(lot, NODE.classWithMembers);
    if (members === undefined) this.#memberHead.set(lot, [serial]);
    // A serial number is said to be of its lot again and again, mostly in a row; who reads the list removes what is left of that.
    else if (members.at(-1) !== serial) members.push(serial);
  }

  #node(id: string, isClass: boolean): number {
    const node = this.#goods.intern(id, isClass);
    if (node < this.#goodsKind.length) return node;
    this.#goodsKind.push(isClass ? NODE.class : NODE.thing);
    this.#goodsHead.push(NONE);
    return node;
  }

  // What readers ask. Events, goods and mentions are named by their numbers.

  /** The goods of an id: as one thing, as a class, or both. */
  nodesOf(id: string): number[] {
    return this.#goods.find(id);
  }

  idOf(node: number): string {
    return this.#goods.idOf(node);
  }

  /** Their ids, each on a line. */
  linesOf(nodes: readonly number[]): string {
    return this.#goods.lines(nodes);
  }

  isClass(node: number): boolean {
    return this.#goodsKind.at(node) !== NODE.thing;
  }

  /** Whether some record says of a serial number that it is of a lot. */
  hasMembers(lot: number): boolean {
    return this.#goodsKind.at(lot) === NODE.classWithMembers;
  }

  /** Serial numbers that some record says to be of a lot; may name one twice. */
  membersOf(lot: number): readonly number[] {
    return this.#memberHead.get(lot) ?? [];
  }

  firstMention(node: number): number {
    return this.#goodsHead.at(node);
  }

  nextMention(mention: number): number {
    return this.#mention.next.at(mention);
  }

  mentionEvent(mention: number): number {
    return this.#mention.event.at(mention);
  }

  mentionNode(mention: number): number {
    return this.#mention.node.at(mention);
  }

  mentionRole(mention: number): number {
    return this.#mention.role.at(mention);
  }

  /** The lot that a mention says, or `NONE`. */
  mentionLot(mention: number): number {
    return this.#mention.lot.at(mention);
  }

  /** Number of the text of a mention's quantity; 0: unknown. */
  quantityNumber(mention: number): number {
    return this.#mention.quantity.at(mention);
  }

  /** The quantity that a mention says; undefined: unknown. */
  mentionQuantity(mention: number): string | undefined {
    const quantity = this.quantityNumber(mention);
    return quantity === 0 ? undefined : this.texts.text(quantity);
  }

  /** Number of the text of its unit. */
  unitNumber(mention: number): number {
    return this.#mention.unit.at(mention);
  }

  /** The unit of a mention's quantity; empty: a count. */
  mentionUnit(mention: number): string {
    return this.texts.text(this.unitNumber(mention));
  }

  /** The mentions of an event: numbers from the first to before the second. */
  mentionsOf(event: number): [number, number] {
    return [this.#columns.mentions.at(event), this.#end(this.#columns.mentions, event, this.#mention.node.length)];
  }

  key(event: number): string {
    return this.#keys.text(event);
  }

  /** The event of a key. */
  eventOf(key: string): number | undefined {
    return this.#keys.find(key);
  }

  eventTimeOf(event: number): number {
    return this.#columns.eventTime.at(event);
  }

  recordTimeOf(event: number): number {
    return this.#columns.recordTime.at(event);
  }

  issuerOf(event: number): number {
    return this.#columns.issuer.at(event);
  }

  kindOf(event: number): number {
    return this.#columns.kind.at(event);
  }

  actionOf(event: number): number {
    return this.#columns.action.at(event);
  }

  /** Where an event stands in the order of events, by its instant and by what it says; events of one place are in the order of their records. */
  placeOf(event: number): number {
    return this.#columns.place.at(event);
  }

  /** The event's hash as a number. */
  hashNumber(event: number): number {
    return this.#records.hashNumber(event);
  }

  /** The `eventID` given, else the event hash. */
  eventIdOf(event: number): string {
    return this.#records.eventIdOf(event);
  }

  text(name: 'bizStep' | 'disposition' | 'readPoint' | 'bizLocation', event: number): string | undefined {
    const number = this.#columns[name].at(event);
    return number === 0 ? undefined : this.texts.text(number);
  }

  /** Where an event was: its business location, else its read point. */
  whereOf(event: number): string | undefined {
    const number = this.whereNumber(event);
    return number === 0 ? undefined : this.texts.text(number);
  }

  /** Number of that text; 0: absent. */
  whereNumber(event: number): number {
    return this.#columns.bizLocation.at(event) || this.#columns.readPoint.at(event);
  }

  partiesOf(event: number): Party[] {
    const end = this.#end(this.#columns.parties, event, this.#party.id.length);
    const parties: Party[] = [];
    for (let at = this.#columns.parties.at(event); at < end; at++) {
      const role = this.#party.role.at(at) === 0 ? 'source' : 'destination';
      parties.push({ role, type: this.texts.text(this.#party.type.at(at)), id: this.texts.text(this.#party.id.at(at)) });
    }
    return parties;
  }

  documentsOf(event: number): { type: string; id: string }[] {
    const end = this.#end(this.#columns.documents, event, this.#document.id.length);
    const documents: { type: string; id: string }[] = [];
    for (let at = this.#columns.documents.at(event); at < end; at++) {
      documents.push({ type: this.texts.text(this.#document.type.at(at)), id: this.#documents.text(this.#document.id.at(at)) });
    }
    return documents;
  }

  isDeclaration(event: number): boolean {
    return this.#columns.declared.at(event) === 1;
  }

  declaration(event: number): LineageDeclaration | undefined {
    return this.#declarations.get(event);
  }

  persistent(event: number): LineageEvent['persistentDisposition'] {
    return this.#persistent.get(event);
  }

  /** The records of an event's hash, the newest first. */
  recordsOfHash(event: number): number[] {
    return this.#records.ofHash(event);
  }

  /** The records of an event's id. */
  recordsOfId(event: number): number[] {
    return this.#records.ofId(event);
  }

  /** The records of an event id. */
  recordsNamed(eventId: string): number[] {
    return this.#records.named(eventId);
  }

  /** Whether no other record has the hash or the id of an event: there is nothing to compare it with. */
  isAlone(event: number): boolean {
    return this.#records.isAlone(event);
  }

  /** The `transformationID` of an event. */
  transformationIdOf(event: number): string | undefined {
    return this.#transformations.idOf(event);
  }

  /** The events of one transformation: those of its `transformationID`, or the one. */
  transformationOf(event: number): number[] {
    return this.#transformations.of(event);
  }

  /** The one of them that came first: it stands for all. */
  firstOfTransformation(event: number): number {
    return this.#transformations.firstOf(event);
  }

  #end(starts: Column, event: number, length: number): number {
    return event + 1 < starts.length ? starts.at(event + 1) : length;
  }
}

/** At one instant what begins comes first (objects, then transformations, then aggregations), then what is seen, then what ends. */
function rankOf(kind: number, action: number): number {
  if (kind === KIND.transformation) return 1;
  if (action === ACTION.add) return kind === KIND.aggregation || kind === KIND.association ? 2 : 0;
  return action === ACTION.delete ? 4 : 3;
}

/** An empty graph; add events in any order. */
export function openLineageGraph(key?: HashKey): LineageGraph {
  return new LineageGraph(key);
}
