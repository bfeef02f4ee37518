import { type LineageGraph, openLineageGraph } from '../../../protocol/lineage/graph/lineageGraph.ts';
import type { Goods, LineageEvent } from '../../../protocol/lineage/lineageEvent.ts';

const PRODUCT = 'https://id.gs1.org/01/09521001001021';

/** A lot of a product. */
export function lot(name: string): string {
  return `${PRODUCT}/10/${name}`;
}

/** A serial number of a product. */
export function unit(serial: string): string {
  return `${PRODUCT}/21/${serial}`;
}

/** A logistic unit. */
export function pallet(number: number): string {
  return `https://id.gs1.org/00/${String(number).padStart(18, '0')}`;
}

/** A place. */
export function place(number: number): string {
  return `https://id.gs1.org/414/${String(number).padStart(13, '0')}`;
}

/** Goods of a class, so many. */
export function some(id: string, quantity?: string, unitCode?: string): Goods {
  return { id, class: true, ...(quantity === undefined ? {} : { quantity }), ...(unitCode === undefined ? {} : { unit: unitCode }) };
}

/** Goods as a test writes them: ids of single things as texts. */
type Written = readonly (string | Goods)[];

interface Draft extends Partial<Omit<LineageEvent, 'parent' | 'objects' | 'children' | 'inputs' | 'outputs' | 'eventTime' | 'recordTime'>> {
  readonly parent?: string;
  readonly objects?: Written;
  readonly children?: Written;
  readonly inputs?: Written;
  readonly outputs?: Written;
  /** Minutes since an arbitrary start; `known` the same by default. */
  readonly minute: number;
  readonly known?: number;
}

/** An event of a test, with what it leaves out filled in; its key is its hash unless it says otherwise. */
export function event({ minute, known = minute, parent, objects, children, inputs, outputs, ...rest }: Draft): LineageEvent {
  const hash = rest.hash ?? `hash of ${JSON.stringify([minute, parent, objects, children, inputs, outputs, rest])}`;
  return {
    key: `${rest.declaration === undefined ? '' : 'declaration of '}${hash}`,
    issuer: 1,
    eventId: hash,
    hash,
    type: 'ObjectEvent',
    ...(parent === undefined ? {} : { parent: { id: parent } }),
    objects: goods(objects),
    children: goods(children),
    inputs: goods(inputs),
    outputs: goods(outputs),
    parties: [],
    documents: [],
    certificationInfo: [],
    ...rest,
    eventTime: minute * 60_000,
    recordTime: known * 60_000,
  };
}

export const born = (minute: number, objects: Written, more: Partial<Draft> = {}): LineageEvent =>
  event({ minute, objects, action: 'ADD', bizStep: 'commissioning', ...more });
export const seen = (minute: number, objects: Written, more: Partial<Draft> = {}): LineageEvent =>
  event({ minute, objects, action: 'OBSERVE', ...more });
export const gone = (minute: number, objects: Written, more: Partial<Draft> = {}): LineageEvent =>
  event({ minute, objects, action: 'DELETE', bizStep: 'destroying', ...more });
export const pack = (minute: number, parent: string, children: Written, more: Partial<Draft> = {}): LineageEvent =>
  event({ type: 'AggregationEvent', minute, parent, children, action: 'ADD', bizStep: 'packing', ...more });
export const unpack = (minute: number, parent: string, children: Written = [], more: Partial<Draft> = {}): LineageEvent =>
  event({ type: 'AggregationEvent', minute, parent, children, action: 'DELETE', bizStep: 'unpacking', ...more });
export const peek = (minute: number, parent: string, children: Written, more: Partial<Draft> = {}): LineageEvent =>
  event({ type: 'AggregationEvent', minute, parent, children, action: 'OBSERVE', ...more });
export const made = (minute: number, inputs: Written, outputs: Written, more: Partial<Draft> = {}): LineageEvent =>
  event({ type: 'TransformationEvent', minute, inputs, outputs, ...more });

/** The declaration of an event in error, known at a minute. */
export function inError(declared: LineageEvent, known: number, correctiveEventIds: string[] = [], issuer = declared.issuer): LineageEvent {
  return {
    ...declared,
    key: `declaration ${known} by ${issuer} of ${declared.hash}`,
    issuer,
    recordTime: known * 60_000,
    declaration: { time: known * 60_000, reason: 'incorrect_data', correctiveEventIds },
  };
}

function goods(written: Written = []): Goods[] {
  return written.map((one) => (typeof one === 'string' ? { id: one } : one));
}

/** A graph of events. */
export function graphOf(events: Iterable<LineageEvent>): LineageGraph {
  const graph = openLineageGraph();
  for (const one of events) graph.add(one);
  return graph;
}
