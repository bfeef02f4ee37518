/**
 * Lineage by brute force, from the rules of docs/spec/lineage.md and nothing else: events are put in order and named by their place in it, and every fact that
 * follows is derived until no new one does. It shares no code with the graph but the type of an event.
 */
import type { Goods, LineageEvent } from '../../../protocol/lineage/lineageEvent.ts';

export interface OracleAnswer {
  /** Name of goods to whether they are certain, and their depth. */
  readonly goods: Record<string, [certain: boolean, depth: number]>;
  readonly events: string[];
  /** Step to whether it is certain. */
  readonly edges: Record<string, boolean>;
  readonly gaps: string[];
}

interface View {
  readonly asOf?: number;
  readonly at?: number;
}

interface Stay {
  readonly child: string;
  readonly unit: string;
  readonly from: number;
  readonly sure: number;
  readonly to: number;
}

interface Entry {
  readonly at: number;
  readonly move: string;
  readonly place: string;
  readonly unit?: string;
  readonly order: number;
}

type Fact = [kind: 'own' | 'hold' | 'cont' | 'enter' | 'stay' | 'up', name: string, a: number, b: number, certain: boolean];

const COMES = ['birth', 'output', 'receive', 'unpack'];
const LEAVES = ['input', 'pack', 'send', 'delete'];

const nameOf = ({ id, class: isClass }: Goods): string => (isClass ? `*${id}` : id);
const bare = (id: string): string => /^https:\/\/id\.gs1\.org\/41[47]\/(\d{13})/.exec(id)?.[1] ?? id;
const sameRecord = (a: LineageEvent, b: LineageEvent): boolean => a.issuer === b.issuer && (a.hash === b.hash || a.eventId === b.eventId);
const byRecord = (a: LineageEvent, b: LineageEvent): number => a.recordTime - b.recordTime || (a.key < b.key ? -1 : 1);

/** The events that count as of a view, in their order. */
function counted(records: readonly LineageEvent[], { asOf = Infinity, at = Infinity }: View): LineageEvent[] {
  const known = records.filter((record) => record.recordTime <= asOf && record.eventTime <= at);
  const standing = known.filter((record) => {
    const latest = known
      .filter((other) => sameRecord(record, other))
      .sort(byRecord)
      .at(-1);
    return record.declaration === undefined && latest?.declaration === undefined;
  });
  const first = standing.filter(
    (record) => !standing.some((other) => other.issuer === record.issuer && other.hash === record.hash && byRecord(other, record) < 0),
  );
  return first.sort((a, b) => a.eventTime - b.eventTime || rank(a) - rank(b) || byRecord(a, b));
}

function rank({ type, action }: LineageEvent): number {
  if (type === 'TransformationEvent') return 1;
  if (action === 'ADD') return type === 'AggregationEvent' || type === 'AssociationEvent' ? 2 : 0;
  return action === 'DELETE' ? 4 : 3;
}

const goodsOf = (event: LineageEvent): Goods[] => [
  ...(event.parent === undefined ? [] : [event.parent]),
  ...event.objects,
  ...event.children,
  ...event.inputs,
  ...event.outputs,
];

export function oracle(records: readonly LineageEvent[], id: string, direction: 'source' | 'destination', view: View = {}): OracleAnswer {
  return new Oracle(counted(records, view), direction === 'destination').answer(
    [id, `*${id}`].filter((name) =>
      records.some(
        (record) =>
          record.recordTime <= (view.asOf ?? Infinity) && record.eventTime <= (view.at ?? Infinity) && namedBy(record).includes(name),
      ),
    ),
  );
}

const namedBy = (record: LineageEvent): string[] => goodsOf(record).map(nameOf);

class Oracle {
  readonly events: LineageEvent[];
  readonly down: boolean;
  readonly end: number;
  readonly stays: Stay[];
  readonly emptied = new Map<string, number[]>();
  readonly found = new Map<string, { fact: Fact; depth: number }>();
  readonly goods: OracleAnswer['goods'] = {};
  readonly seen = new Set<string>();
  readonly edges: OracleAnswer['edges'] = {};
  readonly gaps = new Set<string>();
  /** Whether anything is known of the contents of a unit that were asked for. */
  readonly asked = new Map<string, boolean>();
  queue: { fact: Fact; depth: number }[] = [];

  constructor(events: LineageEvent[], down: boolean) {
    this.events = events;
    this.down = down;
    this.end = events.length;
    const units = new Set(
      events.flatMap(({ type, parent }) => (type === 'AggregationEvent' && parent && !parent.class ? [parent.id] : [])),
    );
    this.stays = [...units].flatMap((unit) => this.staysIn(unit));
  }

  answer(starts: string[]): OracleAnswer {
    for (const start of starts) this.start(start);
    while (this.queue.length > 0) {
      const { fact, depth } = this.queue.shift() as { fact: Fact; depth: number };
      this.derive(fact, depth);
    }
    for (const [unit, isKnown] of this.asked) {
      if (!isKnown && (unit.startsWith('https://id.gs1.org/00/') || this.emptied.has(unit))) this.gaps.add(`UNKNOWN_CONTENTS ${unit}`);
    }
    return {
      goods: this.goods,
      events: this.events.filter(({ key }) => this.seen.has(key)).map(({ key }) => key),
      edges: this.edges,
      gaps: [...this.gaps].sort(),
    };
  }

  // What was in a unit when: R10 to R15

  staysIn(unit: string): Stay[] {
    const all = this.events.flatMap((event, at) =>
      event.type === 'AggregationEvent' && event.parent?.id === unit && !event.parent.class ? [{ event, at }] : [],
    );
    const children = [...new Set(all.flatMap(({ event }) => event.children.map(nameOf)))];
    const stays = children.flatMap((child) => this.staysOf(unit, child, all));
    const emptied = all
      .filter(({ event, at }) => event.action === 'DELETE' && !stays.some(({ from, to }) => from < at && at < to))
      .map(({ at }) => at);
    this.emptied.set(unit, emptied);
    return stays;
  }

  staysOf(unit: string, child: string, all: { event: LineageEvent; at: number }[]): Stay[] {
    const stays: Stay[] = [];
    let open: { from: number; sure: number; put: Goods[]; taken: Goods[] } | undefined;
    let out = -1;
    const close = (to: number): void => {
      if (open !== undefined) stays.push({ child, unit, from: open.from, sure: open.sure, to });
      open = undefined;
      out = to;
    };
    for (const { event, at } of all) {
      const named = event.children.filter((goods) => nameOf(goods) === child);
      if (event.action === 'DELETE' && event.children.length === 0) close(at);
      for (const goods of named) {
        if (event.action === 'ADD') {
          open ??= { from: at, sure: at, put: [], taken: [] };
          open.put.push(goods);
        } else if (event.action === 'DELETE') {
          open ??= { from: out, sure: at, put: [], taken: [] };
          open.taken.push(goods);
          if (open.sure === at && open.put.length === 0) close(at);
          else if (isAllOut(open, goods)) close(at);
        } else open ??= { from: out, sure: at, put: [{ id: '?' }], taken: [] };
      }
    }
    if (open !== undefined) close(this.end);
    return stays;
  }

  // Lots: R20 to R29

  entriesOf(lot: string): Entry[] {
    return this.events.flatMap((event, at) => {
      const moves = this.movesOf(event, lot);
      const emptied = this.stays.filter(({ child, to }) => child === lot && to === at);
      if (event.children.every((goods) => nameOf(goods) !== lot))
        moves.unshift(...emptied.map(({ unit }) => ['unpack', unit] as [string, string]));
      return moves.map(
        ([move, unit], index): Entry => ({
          at,
          move,
          order: at * 1000 + index,
          place: placeOf(event, move),
          ...(unit === undefined ? {} : { unit }),
        }),
      );
    });
  }

  movesOf(event: LineageEvent, lot: string): [string, string?][] {
    const unit = event.type === 'AggregationEvent' && event.parent && !event.parent.class ? event.parent.id : undefined;
    const times = (list: readonly Goods[], move: [string, string?] | undefined): [string, string?][] =>
      move === undefined ? [] : list.filter((goods) => nameOf(goods) === lot).map(() => move);
    const inUnit = { ADD: 'pack', DELETE: 'unpack' }[event.action ?? ''];
    let child: [string, string?] | undefined = ['seen'];
    if (unit !== undefined) child = inUnit === undefined ? undefined : [inUnit, unit];
    return [
      ...times(event.parent === undefined ? [] : [event.parent], ['seen']),
      ...times(event.objects, [objectMove(event)]),
      ...times(event.children, child),
      ...times(event.inputs, ['input']),
      ...times(event.outputs, ['output']),
    ];
  }

  poolOf(lot: string, place: string): Entry[] {
    return this.entriesOf(lot).filter((entry) => entry.place === place);
  }

  isUnexplained(lot: string, entry: Entry): boolean {
    if (entry.move === 'receive') return this.transfers(lot).every(({ received }) => received.order !== entry.order);
    return !COMES.includes(entry.move) && this.poolOf(lot, entry.place)[0]?.order === entry.order;
  }

  comingsBefore(lot: string, entry: Entry): number {
    return this.poolOf(lot, entry.place).filter(
      (earlier) => earlier.order < entry.order && (COMES.includes(earlier.move) || this.isUnexplained(lot, earlier)),
    ).length;
  }

  transfers(lot: string): { sent: Entry; received: Entry; certain: boolean }[] {
    const entries = this.entriesOf(lot);
    return entries
      .filter(({ move }) => move === 'send')
      .flatMap((sent) =>
        entries
          .filter(({ move, at }) => move === 'receive' && at > sent.at)
          .flatMap((received) => {
            const certain = this.matches(sent, received);
            return certain === undefined ? [] : [{ sent, received, certain }];
          }),
      );
  }

  matches(sent: Entry, received: Entry): boolean | undefined {
    const [a, b] = [this.events[sent.at], this.events[received.at]] as [LineageEvent, LineageEvent];
    const papers = (event: LineageEvent): string[] =>
      event.documents.filter(({ type }) => type === 'desadv' || type === 'bol').map(({ id }) => id);
    const parties = (event: LineageEvent, role: string): string[] =>
      event.parties.filter((party) => party.role === role).map(({ id }) => bare(id));
    const known = (place: string): string[] => (place === '' ? [] : [place]);
    if (papers(a).some((id) => papers(b).includes(id))) return true;
    if (papers(a).length > 0 && papers(b).length > 0) return undefined;
    const there = [...parties(b, 'destination'), ...known(received.place)];
    const to = parties(a, 'destination');
    if (to.length > 0 && there.length > 0) return to.some((id) => there.includes(id)) ? false : undefined;
    const here = [...parties(a, 'source'), ...known(sent.place)];
    return parties(b, 'source').some((id) => here.includes(id)) ? false : undefined;
  }

  origins(lot: string): Entry[] {
    return this.entriesOf(lot).filter(({ move }) => move === 'birth' || move === 'output');
  }

  // Derivation

  start(name: string): void {
    if (!name.startsWith('*')) {
      this.put(['own', name, -1, this.end, true], 0);
      this.put(['cont', name, -1, this.end, true], 0);
      return;
    }
    for (const entry of this.entriesOf(name)) this.reach(`${name} @${entry.place}`, true, 0);
    this.stays.forEach((stay, index) => {
      if (stay.child === name) this.put(['stay', name, index, this.down ? -1 : this.end, true], 0);
    });
    for (const entry of this.entriesOf(name)) {
      this.see(entry.at);
      if (this.down) this.leave(name, entry, true, 0);
      else this.arrive(name, entry, true, 0);
    }
    for (const serial of this.members(name, -1)) this.toMember(name, serial, -1, true, 1);
  }

  put(fact: Fact, depth: number): void {
    const [kind, name, a, b, certain] = fact;
    if (['own', 'hold', 'cont'].includes(kind) && a > b) return;
    if (this.found.has(JSON.stringify(fact))) return;
    this.found.set(JSON.stringify(fact), { fact, depth });
    this.queue.push({ fact, depth });
    if (kind === 'own' || kind === 'hold') this.reach(name, certain, depth);
    if (kind === 'stay') this.reach(`${name} @${this.stays[a]?.unit}`, certain, depth);
    if (kind === 'enter') this.reach(`${name} @${this.entriesOf(name)[a]?.place}`, certain, depth);
    if (kind === 'up') this.reach(`${name} @${this.entriesOf(name)[a]?.place}`, certain, depth);
  }

  reach(goods: string, certain: boolean, depth: number): void {
    const known = this.goods[goods];
    this.goods[goods] = known === undefined ? [certain, depth] : [known[0] || certain, known[1]];
  }

  see(at: number): void {
    this.seen.add((this.events[at] as LineageEvent).key);
  }

  edge(from: string, to: string, at: number, kind: string, certain: boolean): void {
    const name = `${from} ${to} ${this.events[at]?.key} ${kind}`.replaceAll('*', '');
    this.edges[name] = (this.edges[name] ?? false) || certain;
  }

  derive([kind, name, a, b, certain]: Fact, depth: number): void {
    if (kind === 'own' || kind === 'hold') this.thing(kind, name, a, b, certain, depth);
    if (kind === 'cont') this.contents(name, a, b, certain, depth);
    if (kind === 'stay') this.stay(this.stays[a] as Stay, b, certain, depth);
    const entry = this.entriesOf(name)[a];
    if (kind === 'up' && entry !== undefined) this.ascend(name, entry.place, entry.order + 1, false, depth);
    if (kind !== 'enter' || entry === undefined) return;
    this.see(entry.at);
    if (this.down) this.descend(name, entry, certain, depth);
    else if (COMES.includes(entry.move)) this.arrive(name, entry, certain, depth);
    else {
      if (this.isUnexplained(name, entry)) this.unexplained(name, entry, depth);
      this.ascend(name, entry.place, entry.order, certain && this.comingsBefore(name, entry) <= 1, depth);
    }
  }

  thing(kind: string, name: string, a: number, b: number, certain: boolean, depth: number): void {
    this.events.forEach((event, at) => {
      if (at < a || at > b || !goodsOf(event).some((goods) => nameOf(goods) === name)) return;
      this.see(at);
      const turning = this.down ? event.inputs : event.outputs;
      if (turning.some((goods) => nameOf(goods) === name)) this.transform(at, name, certain, depth);
      if (event.type === 'AssociationEvent' && event.parent !== undefined) {
        const parent = nameOf(event.parent);
        for (const child of event.children.map(nameOf))
          if (parent === name || child === name) this.edge(child, parent, at, 'association', certain);
      }
      if (this.down || kind !== 'own') return;
      for (const { lot } of goodsOf(event).filter((goods) => nameOf(goods) === name)) {
        if (lot === undefined) continue;
        const origins = this.origins(`*${lot}`);
        for (const origin of origins.filter((one) => one.at <= b)) {
          this.edge(lot, name, at, 'membership', certain && origins.length <= 1);
          this.enter(`*${lot}`, origin, certain && origins.length <= 1, depth + 1);
        }
      }
    });
    for (const stay of this.stays) if (stay.child === name) this.follow(stay, a, b, certain, depth);
  }

  follow({ child, unit, from, sure, to }: Stay, a: number, b: number, certain: boolean, depth: number): void {
    if (Math.max(from, a) > Math.min(to, b)) return;
    this.put(['hold', unit, Math.max(from, a), Math.min(to, b), false], depth + 1);
    const isSure = certain && Math.max(sure, a) <= Math.min(to, b);
    if (isSure) this.put(['hold', unit, Math.max(sure, a), Math.min(to, b), true], depth + 1);
    this.edge(child, unit, sure, 'aggregation', isSure);
    if (from !== sure) this.gaps.add(`UNKNOWN_START ${child.replace('*', '')}`);
    if (to < this.end && to <= b) this.see(to);
  }

  contents(unit: string, a: number, b: number, certain: boolean, depth: number): void {
    const stays = this.stays
      .map((stay, index) => ({ ...stay, index }))
      .filter((stay) => stay.unit === unit && Math.max(stay.from, a) <= Math.min(stay.to, b));
    this.asked.set(unit, (this.asked.get(unit) ?? false) || stays.length > 0);
    for (const { index, child, from, sure, to } of stays) {
      const isSure = certain && Math.max(sure, a) <= Math.min(to, b);
      this.edge(unit, child, sure, 'aggregation', isSure);
      if (from !== sure) this.gaps.add(`UNKNOWN_START ${child.replace('*', '')}`);
      this.content(index, child, Math.max(from, a), Math.min(to, b), false, depth);
      if (isSure) this.content(index, child, Math.max(sure, a), Math.min(to, b), true, depth);
    }
  }

  content(index: number, child: string, a: number, b: number, certain: boolean, depth: number): void {
    if (child.startsWith('*')) this.put(['stay', child, index, this.down ? a : b, certain], depth + 1);
    else {
      this.put(['own', child, ...this.life(child, a, b), certain], depth + 1);
      this.put(['cont', child, a, b, certain], depth + 1);
    }
  }

  life(unit: string, a: number, b: number): [number, number] {
    const emptied = this.emptied.get(unit) ?? [];
    if (this.down) return [a, Math.min(this.end, ...emptied.filter((at) => at >= b))];
    return [Math.max(-1, ...emptied.filter((at) => at < a)), b];
  }

  transform(at: number, name: string, certain: boolean, depth: number): void {
    const { transformationID: id, key } = this.events[at] as LineageEvent;
    const transformation = id ?? key;
    if (this.down) this.edge(name, transformation, at, 'transformation', certain);
    else this.edge(transformation, name, at, 'transformation', certain);
    this.events.forEach((event, other) => {
      if (id === undefined ? other !== at : event.transformationID !== id) return;
      for (const goods of this.down ? event.outputs : event.inputs) {
        const far = nameOf(goods);
        this.see(other);
        if (this.down) this.edge(transformation, far, other, 'transformation', certain);
        else this.edge(far, transformation, other, 'transformation', certain);
        if (goods.class) {
          for (const entry of this.entriesOf(far)) {
            if (entry.at === other && entry.move === (this.down ? 'output' : 'input')) this.enter(far, entry, certain, depth + 1);
          }
          continue;
        }
        const life = this.life(far, other, other);
        this.put(['own', far, ...life, certain], depth + 1);
        this.put(['cont', far, other, other, certain], depth + 1);
        if (this.down) this.put(['cont', far, ...life, false], depth + 1);
      }
    });
  }

  enter(lot: string, entry: Entry, certain: boolean, depth: number): void {
    const index = this.entriesOf(lot).findIndex(({ order }) => order === entry.order);
    this.put(['enter', lot, index, 0, certain], depth);
  }

  descend(lot: string, entry: Entry, certain: boolean, depth: number): void {
    if (!COMES.includes(entry.move)) this.leave(lot, entry, certain, depth);
    for (const later of this.poolOf(lot, entry.place)) {
      if (later.order <= entry.order || COMES.includes(later.move)) continue;
      this.leave(lot, later, certain && this.comingsBefore(lot, later) <= 1, depth);
    }
    this.toUnexplained(lot, entry.at, entry.place, depth);
    for (const serial of this.members(lot, entry.at))
      this.toMember(lot, serial, entry.at, certain && this.origins(lot).length <= 1, depth + 1);
  }

  toUnexplained(lot: string, since: number, place: string | undefined, depth: number): void {
    for (const entry of this.entriesOf(lot)) {
      if (entry.place !== place && entry.at > since && this.isUnexplained(lot, entry)) this.enter(lot, entry, false, depth + 1);
    }
  }

  leave(lot: string, entry: Entry, certain: boolean, depth: number): void {
    this.see(entry.at);
    if (entry.move === 'input') this.transform(entry.at, lot, certain, depth);
    if (entry.move === 'pack') this.toStays(lot, entry, certain, depth);
    if (entry.move !== 'send') return;
    for (const transfer of this.transfers(lot).filter(({ sent }) => sent.order === entry.order)) {
      this.edge(lot, lot, transfer.received.at, 'transfer', certain && transfer.certain);
      this.enter(lot, transfer.received, certain && transfer.certain, depth + 1);
    }
  }

  toStays(lot: string, entry: Entry, certain: boolean, depth: number): void {
    this.stays.forEach((stay, index) => {
      if (isIn(lot, entry, stay)) this.put(['stay', lot, index, entry.at, certain], depth + 1);
    });
  }

  stay(stay: Stay, moment: number, certain: boolean, depth: number): void {
    const lot = stay.child;
    const [a, b] = this.down ? [moment, this.end] : [-1, moment];
    this.follow(stay, a, b, certain, depth);
    const inside = this.entriesOf(lot).filter((entry) => isIn(lot, entry, stay));
    const packs = inside.filter(({ move }) => move === 'pack').length;
    for (const entry of inside.filter(({ move }) => move === (this.down ? 'unpack' : 'pack'))) {
      if (entry.at >= a && entry.at <= b) this.enter(lot, entry, certain && packs <= 1, depth + 1);
    }
    if (this.down) this.toUnexplained(lot, Math.max(moment, stay.from), undefined, depth);
  }

  members(lot: string, since: number): string[] {
    const all = this.events.flatMap((event) => goodsOf(event).filter((goods) => goods.lot !== undefined && `*${goods.lot}` === lot));
    const names = [...new Set(all.map(nameOf))];
    return names.filter((name) => this.events.some((event, at) => at >= since && goodsOf(event).some((goods) => nameOf(goods) === name)));
  }

  toMember(lot: string, serial: string, since: number, certain: boolean, depth: number): void {
    const first = this.events.findIndex((event) => goodsOf(event).some((goods) => nameOf(goods) === serial && `*${goods.lot}` === lot));
    if (this.down) this.edge(lot, serial, first, 'membership', certain);
    else this.edge(serial, lot, first, 'membership', certain);
    this.put(['own', serial, since, this.end, certain], depth);
  }

  ascend(lot: string, place: string, before: number, certain: boolean, depth: number): void {
    for (const entry of this.poolOf(lot, place)) {
      if (entry.order >= before) continue;
      if (COMES.includes(entry.move)) this.arrive(lot, entry, certain, depth);
      else if (!LEAVES.includes(entry.move)) this.see(entry.at);
      if (!COMES.includes(entry.move) && this.isUnexplained(lot, entry)) this.unexplained(lot, entry, depth);
    }
  }

  arrive(lot: string, entry: Entry, certain: boolean, depth: number): void {
    this.see(entry.at);
    if (entry.move === 'output') this.transform(entry.at, lot, certain, depth);
    if (entry.move === 'unpack') this.toStays(lot, entry, certain, depth);
    for (const transfer of this.transfers(lot).filter(({ received }) => received.order === entry.order)) {
      this.edge(lot, lot, entry.at, 'transfer', certain && transfer.certain);
      this.enter(lot, transfer.sent, certain && transfer.certain, depth + 1);
    }
    if (this.isUnexplained(lot, entry)) this.unexplained(lot, entry, depth);
  }

  unexplained(lot: string, entry: Entry, depth: number): void {
    this.gaps.add(`UNKNOWN_ORIGIN ${lot.replace('*', '')}`);
    const entries = this.entriesOf(lot);
    for (const place of new Set(entries.map((one) => one.place))) {
      const last = entries.findLastIndex((one) => one.place === place && one.at < entry.at);
      if (place !== entry.place && last >= 0) this.put(['up', lot, last, 0, false], depth + 1);
    }
    this.stays.forEach((stay, index) => {
      if (stay.child === lot && stay.from < entry.at) this.put(['stay', lot, index, entry.at, false], depth + 1);
    });
  }
}

function isIn(lot: string, { unit, at }: Entry, stay: Stay): boolean {
  return stay.child === lot && unit === stay.unit && stay.from <= at && at <= stay.to;
}

function isAllOut({ put, taken }: { put: Goods[]; taken: Goods[] }, { class: isClass, quantity }: Goods): boolean {
  if (!isClass || quantity === undefined) return true;
  if (put.some((goods) => goods.quantity === undefined)) return false;
  const left: Record<string, number> = {};
  for (const goods of put) left[kilos(goods)[0]] = (left[kilos(goods)[0]] ?? 0) + kilos(goods)[1];
  for (const goods of taken)
    if (goods.quantity !== undefined && kilos(goods)[0] in left)
      left[kilos(goods)[0]] = (left[kilos(goods)[0]] as number) - kilos(goods)[1];
  return (
    kilos({ id: '', quantity, ...(taken.at(-1)?.unit === undefined ? {} : { unit: taken.at(-1)?.unit as string }) })[0] in left &&
    Object.values(left).every((one) => one <= 0)
  );
}

/** Units of the generator, counts, kilograms and grams, all whole; other units for themselves. */
function kilos({ quantity, unit }: Goods): [string, number] {
  if (unit === 'KGM') return ['mass', Number(quantity) * 1000];
  return unit === 'GRM' ? ['mass', Number(quantity)] : [`unit ${unit}`, Number(quantity)];
}

function objectMove({ type, action, bizStep = '' }: LineageEvent): string {
  if (type === 'ObjectEvent' && action === 'ADD') return 'birth';
  if (type === 'ObjectEvent' && action === 'DELETE') return 'delete';
  if (['shipping', 'departing'].includes(bizStep)) return 'send';
  return ['receiving', 'arriving', 'accepting', 'returning'].includes(bizStep) ? 'receive' : 'seen';
}

function placeOf({ bizLocation, readPoint, parties }: LineageEvent, move: string): string {
  const said = bizLocation ?? readPoint;
  if (said !== undefined) return bare(said);
  const role = move === 'receive' ? 'destination' : 'source';
  const types = ['location', 'possessing_party', 'owning_party'];
  const best = parties
    .filter((party) => party.role === role && types.includes(party.type))
    .sort((a, b) => types.indexOf(a.type) - types.indexOf(b.type))[0];
  return best === undefined ? '' : bare(best.id);
}
