import type { JsonObject } from '../../protocol/json/jsonValue.ts';

/** A record to load: an EPCIS 2.0 event as it is captured, who captured it and when. */
export interface Capture {
  readonly event: JsonObject;
  readonly issuer: number;
  readonly recordTime: number;
}

/** Layers of a family of lots, from raw material to product, and lots in each. */
const LAYERS = 21;
const WIDTH = 100;
/** The layer whose lots cross the sea on pallets. */
const CROSSING = 10;
/** How often one pallet is used. */
const USES = 20;
const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 1);

/**
 * Events of a supply chain of two countries, the same for a seed everywhere. Families of 2,100 lots: each lot is made of three of the layer before, one layer
 * crosses the sea on pallets that are used again by other families, a tenth of the lots move to another plant of their country under a despatch advice; one
 * event in a hundred was wrong, is declared in error later and captured anew. What follows from a lot lies in its family, so answers are of one size at any number
 * of events; its pallets carry the goods of others.
 */
export function* generate(count: number, seed = 1): Generator<Capture> {
  const next = random(seed);
  let left = count;
  for (let family = 0; left > 0; family++) {
    for (const capture of familyOf(family, next)) {
      yield capture;
      left--;
      if (left === 0) return;
    }
  }
}

/** A lot of a family. */
export function lotOf(family: number, layer: number, index: number): string {
  return `https://id.gs1.org/01/0952100${String(layer).padStart(3, '0')}0000/10/F${family}.${index}`;
}

/** Lots of which events are sure to be there, after so many events. */
export function familiesOf(count: number): number {
  return Math.max(1, Math.floor(count / 3000));
}

function* familyOf(family: number, next: () => number): Generator<Capture> {
  const start = START + family * 7 * MINUTE;
  for (let index = 0; index < WIDTH; index++) yield* withError(birth(family, index, start), start, next);
  for (let layer = 1; layer < LAYERS; layer++) {
    const time = start + layer * 1000 * MINUTE;
    for (let index = 0; index < WIDTH; index++) {
      if (layer === CROSSING) yield* crossing(family, index, time, next);
      else if (next() < 0.1) yield* move(family, layer - 1, index, time);
    }
    for (let index = 0; index < WIDTH; index++) yield* withError(make(family, layer, index, time + 500 * MINUTE), time, next);
  }
}

function birth(family: number, index: number, time: number): JsonObject {
  const goods = [{ epcClass: lotOf(family, 0, index), quantity: 1000, uom: 'KGM' }];
  return { type: 'ObjectEvent', ...at(time + index, placeOf(family, 0)), action: 'ADD', bizStep: 'commissioning', quantityList: goods };
}

function make(family: number, layer: number, index: number, time: number): JsonObject {
  const inputs = [index, (index + 1) % WIDTH, (index + 3) % WIDTH];
  return {
    type: 'TransformationEvent',
    ...at(time + index, placeOf(family, layer)),
    inputQuantityList: inputs.map((input) => ({ epcClass: lotOf(family, layer - 1, input), quantity: 300, uom: 'KGM' })),
    outputQuantityList: [{ epcClass: lotOf(family, layer, index), quantity: 900, uom: 'KGM' }],
  };
}

/** Goods that leave their plant and come back to where they are used: two movements of one lot under two advices. */
function* move(family: number, layer: number, index: number, time: number): Generator<Capture> {
  const goods = [{ epcClass: lotOf(family, layer, index), quantity: 100, uom: 'KGM' }];
  const [here, there] = [placeOf(family, layer), placeOf(family, layer, 1)];
  for (const [step, place, minute, leg] of [
    ['shipping', here, 0, 1],
    ['receiving', there, 100, 1],
    ['shipping', there, 200, 2],
    ['receiving', here, 300, 2],
  ] as const) {
    const advice = [{ type: 'desadv', bizTransaction: `urn:advice:${family}:${layer}:${index}:${leg}` }];
    const when = time + minute * MINUTE + index;
    yield captured(
      { type: 'ObjectEvent', ...at(when, place), action: 'OBSERVE', bizStep: step, quantityList: goods, bizTransactionList: advice },
      when,
    );
  }
}

function* crossing(family: number, index: number, time: number, next: () => number): Generator<Capture> {
  const pallet = `https://id.gs1.org/00/${String(95210000000000000 + Math.floor(family / USES) * WIDTH + index).padStart(18, '0')}`;
  const goods = [{ epcClass: lotOf(family, CROSSING - 1, index), quantity: 900, uom: 'KGM' }];
  const [from, to] = [placeOf(family, CROSSING - 1), placeOf(family, CROSSING)];
  const packed = time + index * 10;
  // Turns of one pallet must not overlap: a family starts seven minutes after the one before.
  const steps: JsonObject[] = [
    { type: 'AggregationEvent', ...at(packed, from), action: 'ADD', bizStep: 'packing', parentID: pallet, childQuantityList: goods },
    { type: 'ObjectEvent', ...at(packed + MINUTE, from), action: 'OBSERVE', bizStep: 'shipping', epcList: [pallet] },
    { type: 'ObjectEvent', ...at(packed + 2 * MINUTE, to), action: 'OBSERVE', bizStep: 'receiving', epcList: [pallet] },
    { type: 'AggregationEvent', ...at(packed + 3 * MINUTE, to), action: 'DELETE', bizStep: 'unpacking', parentID: pallet },
  ];
  for (const step of steps) yield captured(step, packed + Math.floor(next() * 10_000) * MINUTE);
}

/** An event; one in a hundred was wrong first, declared in error a day later, and captured right. */
function* withError(event: JsonObject, time: number, next: () => number): Generator<Capture> {
  if (next() >= 0.01) {
    yield captured(event, time + Math.floor(next() * 60) * MINUTE);
    return;
  }
  const wrong = { ...event, disposition: 'in_progress', eventID: `urn:uuid:wrong-${time}-${next()}` };
  const right = { ...event, eventID: `urn:uuid:right-${time}-${next()}` };
  const declaration = { declarationTime: instant(time + 1440 * MINUTE), reason: 'incorrect_data', correctiveEventIDs: [right.eventID] };
  yield captured(wrong, time);
  yield captured({ ...wrong, errorDeclaration: declaration }, time + 1440 * MINUTE);
  yield captured(right, time + 1441 * MINUTE);
}

/** One ingredient in 20,800 products, each in 17 more: 374,401 lots. */
export function* generateHub(): Generator<Capture> {
  const hub = 'https://id.gs1.org/01/09521009000008/10/HUB';
  const made = (product: number, item: number): JsonObject => ({
    epcClass: `https://id.gs1.org/01/09521009${String(item).padStart(5, '0')}0/10/${product}`,
    quantity: 1,
  });
  for (let product = 0; product < 20_800; product++) {
    const time = START + product * MINUTE;
    const middle = made(product, 0);
    const outputs = Array.from({ length: 17 }, (_, item) => made(product, item + 1));
    const place = placeOf(product % 50, 0);
    for (const [minute, inputs, results] of [
      [0, [{ epcClass: hub, quantity: 1 }], [middle]],
      [1, [middle], outputs],
    ] as const) {
      const when = time + minute * MINUTE;
      yield captured(
        { type: 'TransformationEvent', ...at(when, place), inputQuantityList: [...inputs], outputQuantityList: [...results] },
        when,
      );
    }
  }
}

/** The ingredient of `generateHub`. */
export const HUB = 'https://id.gs1.org/01/09521009000008/10/HUB';

function captured(event: JsonObject, recordTime: number): Capture {
  return { event, issuer: 1, recordTime };
}

function at(time: number, place: string): JsonObject {
  return { eventTime: instant(time), eventTimeZoneOffset: '+09:00', readPoint: { id: place }, bizLocation: { id: place } };
}

function instant(time: number): string {
  return new Date(time).toISOString();
}

/** A plant of a family: in one country up to the crossing, in the other from it on. */
function placeOf(family: number, layer: number, plant = 0): string {
  const country = layer < CROSSING ? 1 : 2;
  return `https://id.gs1.org/414/952${country}${String(family % 1000).padStart(6, '0')}${plant}00`;
}

/** A small random generator (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
