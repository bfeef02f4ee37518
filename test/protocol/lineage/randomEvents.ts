import type { Goods, LineageEvent } from '../../../protocol/lineage/lineageEvent.ts';
import { event, inError, lot, pallet, place, some, unit } from './events.ts';

/** A small random generator (mulberry32): the same numbers for a seed everywhere. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const LOTS = ['L', 'M', 'N'].map(lot);
const THINGS = ['A', 'B', 'C', 'D'].map(unit);
const PALLETS = [1, 2, 3].map(pallet);
const PLACES = [1, 2, 3].map(place);
const STEPS = ['shipping', 'receiving', 'storing', 'departing', 'returning', 'inspecting', 'arriving', 'accepting'];
const PAPERS = [1, 2].map((number) => ({ type: 'desadv', id: `urn:advice:${number}` }));

/** Goods that random events name: what a test may ask about. */
export const ASKED: readonly string[] = [...LOTS, ...THINGS, ...PALLETS];

/** Events at random, of every kind: units re-used and nested, lots at places, transformations, errors, captures late and twice. */
export function randomEvents(seed: number): LineageEvent[] {
  return new Draw(random(seed)).events();
}

class Draw {
  readonly #next: () => number;
  #number = 0;

  constructor(next: () => number) {
    this.#next = next;
  }

  events(): LineageEvent[] {
    const count = 1 + Math.floor(this.#next() ** 2 * 16);
    const records: LineageEvent[] = this.#chance(0.5) ? this.#journey() : [];
    while (records.length < count) records.push(this.#record(records));
    return records.sort(() => this.#next() - 0.5);
  }

  /** One lot on its way, packed or not, with some of the steps that people tell of it, and what each of them says. */
  #journey(): LineageEvent[] {
    const goods = this.#pick(LOTS);
    const units = this.#chance(0.6) ? this.#several(1, 2, () => this.#pick(PALLETS)) : [];
    const packed = units.filter(() => this.#chance(0.9)).map((unit) => this.#packing(unit, goods));
    const quantity = this.#quantity();
    const steps = ['shipping', 'departing', 'arriving', 'accepting', 'receiving'].filter(() => this.#chance(0.7));
    const told = steps.map((bizStep, step) => {
      const said = this.#chance(0.8) ? quantity : this.#quantity();
      return event({
        ...this.#about(Math.min(8, 1 + step + Math.floor(this.#next() * 3))),
        ...this.#consignment(0.3),
        bizStep,
        action: 'OBSERVE',
        objects: [...units.map((id) => ({ id })), some(goods, said)],
      });
    });
    const end = event({ ...this.#about(8), action: 'DELETE', bizStep: 'destroying', objects: [...units, some(goods, this.#quantity())] });
    return [...packed, ...told, ...(this.#chance(0.3) ? [end] : [])];
  }

  #packing(parent: string, goods: string): LineageEvent {
    const children = [some(goods, this.#quantity()), ...(this.#chance(0.2) ? [some(goods, '1', 'KGM')] : [])];
    // Sometimes in a case that is on the pallet.
    const outer = this.#chance(0.2) ? { parent, children: [this.#pick(PALLETS)] } : { parent, children };
    return event({ ...this.#about(Math.floor(this.#next() * 2)), ...outer, type: 'AggregationEvent', action: 'ADD' });
  }

  #record(records: LineageEvent[]): LineageEvent {
    const old = records.length > 0 && this.#chance(0.18) ? this.#pick(records) : undefined;
    const known = this.#minute() + this.#minute();
    if (old === undefined) return this.#event();
    if (this.#chance(0.3)) return { ...old, key: `again ${this.#number++} ${old.key}`, recordTime: known * 60_000 };
    const declaration = inError(old, known, this.#chance(0.5) ? [this.#pick(records).eventId] : [], this.#chance(0.8) ? old.issuer : 3);
    return { ...declaration, key: `declaration ${this.#number++} ${old.key}` };
  }

  #event(): LineageEvent {
    const about = this.#about(this.#minute());
    const kind = this.#next();
    if (kind < 0.25) return event({ ...about, ...this.#objects() });
    if (kind < 0.35) return event({ ...about, ...this.#objects(), objects: this.#besideUnits() });
    if (kind < 0.65) return event({ ...about, ...this.#aggregation() });
    if (kind < 0.9) return event({ ...about, ...this.#transformation() });
    if (kind < 0.95) return event({ ...about, ...this.#aggregation(), type: 'AssociationEvent' });
    const parent = this.#chance(0.5) ? { parent: this.#pick(PALLETS) } : {};
    return event({ ...about, ...this.#objects(), ...parent, type: 'TransactionEvent' });
  }

  /** Units, and goods that may be in them, in one list. */
  #besideUnits(): Goods[] {
    const units = this.#several(1, 2, () => ({ id: this.#pick(PALLETS) }));
    return [...units, ...this.#several(1, 2, () => some(this.#pick(LOTS), this.#quantity(), this.#pick([undefined, 'KGM'])))];
  }

  #about(minute: number) {
    return {
      minute,
      known: this.#chance(0.7) ? minute : minute + this.#minute(),
      issuer: 1 + Math.floor(this.#next() * 2),
      key: `event ${this.#number++}`,
      eventId: `urn:event:${this.#number}`,
      ...(this.#chance(0.75) ? { bizLocation: this.#pick(PLACES) } : {}),
      ...(this.#chance(0.2) ? { readPoint: this.#pick(PLACES) } : {}),
    };
  }

  #objects() {
    return {
      action: this.#pick(['ADD', 'OBSERVE', 'OBSERVE', 'OBSERVE', 'DELETE']),
      objects: this.#several(1, 2, () => this.#goods()),
      bizStep: this.#pick(STEPS),
      ...this.#consignment(0.5),
    };
  }

  /** What an event tells of the consignment: each thing as likely. */
  #consignment(probability: number) {
    return {
      documents: this.#chance(probability) ? [this.#pick(PAPERS)] : [],
      parties: (['source', 'destination'] as const).flatMap((role) =>
        this.#chance(probability) ? [{ role, type: this.#pick(['location', 'owning_party', 'other']), id: this.#pick(PLACES) }] : [],
      ),
      ...(this.#chance(0.1) ? { disposition: 'returned' } : {}),
    };
  }

  #aggregation() {
    const parent = this.#chance(0.95) ? { parent: this.#pick(PALLETS) } : {};
    const action = this.#pick(['ADD', 'ADD', 'OBSERVE', 'DELETE', 'DELETE']);
    return { type: 'AggregationEvent', action, ...parent, children: this.#several(action === 'DELETE' ? 0 : 1, 2, () => this.#goods()) };
  }

  #transformation() {
    const isSplit = this.#chance(0.3);
    return {
      type: 'TransformationEvent',
      ...(isSplit ? { transformationID: this.#pick(['urn:t:1', 'urn:t:2']) } : {}),
      inputs: this.#several(isSplit ? 0 : 1, 2, () => this.#goods()),
      outputs: this.#several(isSplit ? 0 : 1, 2, () => this.#goods()),
    };
  }

  #goods(): Goods {
    const kind = this.#next();
    if (kind < 0.25) return { id: this.#pick(PALLETS) };
    if (kind < 0.55) return { id: this.#pick(THINGS), ...(this.#chance(0.2) ? { lot: this.#pick(LOTS) } : {}) };
    return some(this.#pick(LOTS), this.#quantity(), this.#pick([undefined, undefined, 'KGM', 'GRM']));
  }

  #quantity(): string | undefined {
    return this.#chance(0.8) ? String(1 + Math.floor(this.#next() * 3)) : undefined;
  }

  #several<Value>(least: number, most: number, draw: () => Value): Value[] {
    return Array.from({ length: least + Math.floor(this.#next() * (most - least + 1)) }, draw);
  }

  #minute(): number {
    return Math.floor(this.#next() * 9);
  }

  #chance(probability: number): boolean {
    return this.#next() < probability;
  }

  #pick<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.#next() * values.length)] as Value;
  }
}
