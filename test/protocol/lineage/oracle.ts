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
  /** Of a lot that is asked about: what moved, by movement and dimension. */
  readonly sums: Record<string, number>;
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
  /** What is said of the goods; none of an emptied unit. */
  readonly goods?: Goods;
  /** What of it moves; undefined: all. */
  readonly loose?: number;
  /** Order of the movement that this is a step of, and whether that is at the same place. */
  readonly main?: { readonly order: number; readonly isThere: boolean };
}

interface Move {
  readonly move: string;
  readonly unit?: string;
  readonly goods?: Goods;
  readonly loose?: number;
}

type Fact = [kind: 'own' | 'hold' | 'cont' | 'enter' | 'stay' | 'up', name: string, a: number, b: number, certain: boolean];

const COMES = ['birth', 'output', 'receive', 'unpack', 'arrive', 'depart'];
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
  readonly entries = new Map<string, Entry[]>();
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
      sums: starts.reduce<Record<string, number>>((sums, start) => this.sum(start, sums), {}),
    };
  }

  /** What moved of a lot; what is told to be at its end in a unit, too. */
  sum(lot: string, sums: Record<string, number>): Record<string, number> {
    const count = (move: string, dimension: string, amount: number): void => {
      sums[`${move} ${dimension}`] = (sums[`${move} ${dimension}`] ?? 0) + amount;
    };
    const words: Record<string, string> = {
      birth: 'produced',
      output: 'produced',
      send: 'shipped',
      receive: 'received',
      input: 'consumed',
    };
    for (const { move, goods, loose } of this.entriesOf(lot)) {
      if (goods?.quantity === undefined) continue;
      const word = move === 'delete' ? 'destroyed' : words[move];
      if (word !== undefined) count(word, kilos(goods)[0], loose ?? kilos(goods)[1]);
    }
    this.events.forEach((event, at) => {
      if (objectMove(event) !== 'delete') return;
      const named = event.objects.filter((goods) => nameOf(goods) === lot);
      const moved = this.objectMoves(event, at, named);
      const stays = named.length === 0 ? [] : this.staysBeside(event, at, lot);
      for (const goods of stays.length === 0 ? [] : named) {
        const isKnown = goods.quantity !== undefined && stays.every((stay) => this.held(stay, at, kilos(goods)[0]) !== undefined);
        const loose = moved.find((one) => one.goods === goods)?.loose ?? 0;
        if (isKnown) count('destroyed', kilos(goods)[0], kilos(goods)[1] - loose);
      }
    });
    return sums;
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
    const known = this.entries.get(lot) ?? this.withSteps(this.movements(lot));
    this.entries.set(lot, known);
    return known;
  }

  movements(lot: string): Entry[] {
    return this.events.flatMap((event, at) => {
      const moves = this.movesOf(event, at, lot);
      const emptied = this.stays.filter(({ child, to }) => child === lot && to === at);
      if (event.children.every((goods) => nameOf(goods) !== lot)) moves.unshift(...emptied.map(({ unit }) => ({ move: 'unpack', unit })));
      return moves.map((one, index): Entry => ({ ...one, at, order: at * 1000 + index, place: placeOf(event, one.move) }));
    });
  }

  movesOf(event: LineageEvent, at: number, lot: string): Move[] {
    const unit = event.type === 'AggregationEvent' && event.parent && !event.parent.class ? event.parent.id : undefined;
    const named = (list: readonly Goods[]): Goods[] => list.filter((goods) => nameOf(goods) === lot);
    const inUnit = { ADD: 'pack', DELETE: 'unpack' }[event.action ?? ''];
    const child = (): Move[] => (inUnit === undefined ? [] : [{ move: inUnit, unit: unit as string }]);
    return [
      ...named(event.parent === undefined ? [] : [event.parent]).map(() => ({ move: 'seen' })),
      ...this.objectMoves(event, at, named(event.objects)),
      ...named(event.children).flatMap((goods) => (unit === undefined ? [{ move: 'seen' }] : child()).map((one) => ({ ...one, goods }))),
      ...named(event.inputs).map((goods) => ({ move: 'input', goods })),
      ...named(event.outputs).map((goods) => ({ move: 'output', goods })),
    ];
  }

  // Goods named beside the units that hold them: L26

  objectMoves(event: LineageEvent, at: number, named: readonly Goods[]): Move[] {
    const move = objectMove(event);
    const stays = named[0] === undefined || move === 'birth' ? [] : this.staysBeside(event, at, nameOf(named[0]));
    if (stays.length === 0) return named.map((goods) => ({ move, goods }));
    const left: Record<string, number> = {};
    return named.flatMap((goods) => {
      if (goods.quantity === undefined) return [];
      const [dimension, amount] = kilos(goods);
      const held = stays.map((stay) => this.held(stay, at, dimension));
      if (held.includes(undefined)) return [];
      const room = left[dimension] ?? held.reduce<number>((sum, one) => sum + (one ?? 0), 0);
      left[dimension] = Math.max(0, room - amount);
      return amount > room ? [{ move, goods, loose: amount - room }] : [];
    });
  }

  /** Stays of a lot, at a moment, in units that an event names or that are, whichever way, in one of them. */
  staysBeside(event: LineageEvent, at: number, lot: string): Stay[] {
    const units = new Set(goodsOf(event).flatMap(({ id, class: isClass }) => (isClass ? [] : [id])));
    const now = this.stays.filter(({ from, to }) => from <= at && at <= to);
    for (let before = -1; before !== units.size; ) {
      before = units.size;
      for (const { child, unit } of now) if (units.has(unit) && !child.startsWith('*')) units.add(child);
    }
    return now.filter(({ child, unit }) => child === lot && units.has(unit));
  }

  held({ child, unit, from, sure }: Stay, until: number, dimension: string): number | undefined {
    if (from !== sure) return undefined;
    const said = this.events.slice(from, until).flatMap(({ type, action, parent, children }) => {
      const isThere = type === 'AggregationEvent' && parent?.id === unit && !parent.class;
      return isThere ? children.filter((goods) => nameOf(goods) === child).map((goods) => ({ action, goods })) : [];
    });
    const put = said.filter(({ action }) => action === 'ADD').map(({ goods }) => goods);
    if (put.some((goods) => goods.quantity === undefined || kilos(goods)[0] !== dimension)) return undefined;
    const taken = said.filter(({ action, goods }) => action === 'DELETE' && goods.quantity !== undefined && kilos(goods)[0] === dimension);
    return put.reduce((sum, goods) => sum + kilos(goods)[1], 0) - taken.reduce((sum, { goods }) => sum + kilos(goods)[1], 0);
  }

  // Steps of one movement: L27

  withSteps(entries: Entry[]): Entry[] {
    const mains = new Map<Entry, Entry>();
    const stepOf = ({ at }: Entry): string => this.events[at]?.bizStep ?? '';
    const rank = (entry: Entry): number => (entry.move === 'receive' ? ['arriving', 'accepting'].indexOf(stepOf(entry)) : -2);
    const find = (step: Entry, candidates: Entry[]): void => {
      const there = candidates.filter(
        (main) => step.place === '' || step.place === main.place || this.onlyPasses(entries, step, main.order),
      );
      const main =
        there.find((one) => this.papers([step]).some((id) => this.papers([one]).includes(id))) ??
        there.find((one) => this.isSame(step, one));
      if (main !== undefined) mains.set(step, main);
    };
    for (const entry of entries) {
      if (entry.move !== 'send' || stepOf(entry) !== 'departing') continue;
      find(entry, entries.filter((one) => one.move === 'send' && stepOf(one) === 'shipping' && one.at < entry.at).reverse());
    }
    for (const level of [1, 0]) {
      for (const entry of entries.filter((one) => rank(one) === level)) {
        const fuller = entries.filter((one) => one.at > entry.at && (rank(one) === -1 || rank(one) > level) && !mains.has(one));
        find(entry, fuller);
      }
    }
    return entries.map((entry) => {
      const main = mains.get(entry);
      if (main === undefined) return entry;
      return {
        ...entry,
        move: entry.move === 'send' ? 'depart' : 'arrive',
        main: { order: main.order, isThere: main.place === entry.place },
      };
    });
  }

  /** Whether on the far side of a step, seen from its movement, nothing but passing happens at its place. */
  onlyPasses(entries: Entry[], step: Entry, main: number): boolean {
    const beyond = entries.filter(
      ({ place, order }) => place === step.place && (main < step.order ? order < step.order : order > step.order),
    );
    return beyond.every(({ move, at }) => {
      const isPassing = ['departing', 'arriving', 'accepting'].includes(this.events[at]?.bizStep ?? '');
      return move === 'seen' || (isPassing && (move === 'send' || move === 'receive'));
    });
  }

  isSame(step: Entry, main: Entry): boolean {
    const [a, b] = [this.events[step.at], this.events[main.at]] as [LineageEvent, LineageEvent];
    if (this.papers([step]).length > 0 && this.papers([main]).length > 0) return false;
    const roles = ['source', 'destination'].map((role) => [partiesOf(a, role), partiesOf(b, role)] as const);
    const said = roles.filter(([one, other]) => one.length > 0 && other.length > 0);
    if (said.some(([one, other]) => !one.some((id) => other.includes(id)))) return false;
    const things = (event: LineageEvent): string[] => goodsOf(event).flatMap(({ id, class: isClass }) => (isClass ? [] : [id]));
    if (said.length > 0 || things(a).some((id) => things(b).includes(id))) return true;
    if (step.place !== '' && step.place === main.place) return true;
    if (step.goods?.quantity === undefined || main.goods?.quantity === undefined) return false;
    return kilos(step.goods).join() === kilos(main.goods).join();
  }

  papers(entries: readonly Entry[]): string[] {
    const documents = entries.flatMap(({ at }) => this.events[at]?.documents ?? []);
    return documents.filter(({ type }) => type === 'desadv' || type === 'bol').map(({ id }) => id);
  }

  poolOf(lot: string, place: string): Entry[] {
    return this.entriesOf(lot).filter((entry) => entry.place === place);
  }

  isUnexplained(lot: string, entry: Entry): boolean {
    if (['receive', 'arrive'].includes(entry.move)) return this.transfers(lot).every(({ received }) => received.order !== entry.order);
    return !COMES.includes(entry.move) && this.poolOf(lot, entry.place)[0]?.order === entry.order;
  }

  comingsBefore(lot: string, entry: Entry): number {
    return this.poolOf(lot, entry.place).filter(
      (earlier) =>
        earlier.order < entry.order && earlier.main?.isThere !== true && (COMES.includes(earlier.move) || this.isUnexplained(lot, earlier)),
    ).length;
  }

  transfers(lot: string): { sent: Entry; received: Entry; certain: boolean }[] {
    const entries = this.entriesOf(lot);
    const withMain = (entry: Entry): Entry[] => {
      const order = entry.main?.order ?? entry.order;
      return entries.filter((one) => one.order === order || one.main?.order === order);
    };
    const arrivals = entries
      .filter(({ move }) => move === 'send')
      .flatMap((sent) =>
        entries
          .filter(({ move, at }) => ['receive', 'arrive'].includes(move) && at > sent.at)
          .flatMap((received) => {
            const certain = this.matches(withMain(sent), withMain(received));
            return certain === undefined ? [] : [{ sent, received, certain }];
          }),
      );
    const departures = entries
      .filter(({ move }) => move === 'depart')
      .map((received) => {
        const sent = entries.find(({ order }) => order === received.main?.order) as Entry;
        return { sent, received, certain: this.papers([sent]).some((id) => this.papers([received]).includes(id)) };
      });
    return [...arrivals, ...departures];
  }

  matches(sent: readonly Entry[], received: readonly Entry[]): boolean | undefined {
    const events = (entries: readonly Entry[]): LineageEvent[] => entries.map(({ at }) => this.events[at] as LineageEvent);
    const parties = (entries: readonly Entry[], role: string): string[] => events(entries).flatMap((event) => partiesOf(event, role));
    const places = (entries: readonly Entry[]): string[] => entries.map(({ place }) => place).filter((place) => place !== '');
    const isBack = events(received.filter(({ main }) => main === undefined)).some(
      ({ bizStep, disposition }) => bizStep === 'returning' || disposition === 'returned',
    );
    const [a, b] = [this.papers(sent), this.papers(received)];
    if (a.some((id) => b.includes(id))) return true;
    const to = parties(sent, 'destination');
    if (isBack && to.some((id) => parties(received, 'source').includes(id))) return false;
    if (a.length > 0 && b.length > 0) return undefined;
    const there = [...parties(received, 'destination'), ...places(received)];
    if (to.length > 0 && there.length > 0) return to.some((id) => there.includes(id)) ? false : undefined;
    const here = [...parties(sent, 'source'), ...places(sent)];
    return parties(received, 'source').some((id) => here.includes(id)) ? false : undefined;
  }

  /** L28: a unit with such goods in it was said last to be at this place. */
  isOutOfUnit(lot: string, { move, place, at }: Entry): boolean {
    if (['receive', 'arrive'].includes(move) || place === '') return false;
    return this.stays.some((stay) => stay.child === lot && stay.from < at && at <= stay.to && this.whereIs(stay, at) === place);
  }

  whereIs({ unit, from: since }: Stay, until: number): string | undefined {
    const said = new Set<number>(this.events.flatMap((event, at) => (at <= until && namedBy(event).includes(unit) ? [at] : [])));
    const collect = (thing: string, from: number, to: number, path: readonly string[]): void => {
      this.events.forEach((event, at) => {
        if (at >= from && at <= to && namedBy(event).includes(thing)) said.add(at);
      });
      if (path.includes(thing)) return;
      for (const stay of this.stays.filter(({ child }) => child === thing)) {
        const [a, b] = [Math.max(from, stay.from), Math.min(to, stay.to)];
        if (a > b) continue;
        if (stay.to < this.end && stay.to <= to) said.add(stay.to);
        collect(stay.unit, a, b, [...path, thing]);
      }
    };
    collect(unit, since, until, []);
    const places = [...said].sort((a, b) => a - b).map((at) => this.events[at]?.bizLocation ?? this.events[at]?.readPoint);
    const last = places.findLast((one) => one !== undefined);
    return last === undefined ? undefined : bare(last);
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
    if (!this.isOutOfUnit(lot, entry)) this.gaps.add(`UNKNOWN_ORIGIN ${lot.replace('*', '')}`);
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

function partiesOf({ parties }: LineageEvent, role: string): string[] {
  return parties.filter((party) => party.role === role).map(({ id }) => bare(id));
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
