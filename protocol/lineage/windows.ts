import type { LineageView } from './lineageView.ts';

/** A stretch of events; bounds as those of an interval, both belong to it. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Stretches of time in which goods were visited already, merged where they touch, so that one of a thousand units on a pallet is enough to follow the pallet. */
export class Windows {
  readonly #byNode = new Map<number, Window[]>();

  /** Adds a stretch. */
  add(view: LineageView, node: number, window: Window): void {
    const known = this.#byNode.get(node);
    if (known === undefined) {
      this.#byNode.set(node, [window]);
      return;
    }
    if (this.covers(view, node, window)) return;
    const apart = known.filter((one) => !touches(view, one, window));
    const merged = known.filter((one) => touches(view, one, window)).reduce((a, b) => hull(view, a, b), window);
    this.#byNode.set(node, [...apart, merged]);
  }

  /** The stretches of goods. */
  of(node: number): readonly Window[] {
    return this.#byNode.get(node) ?? [];
  }

  covers(view: LineageView, node: number, window: Window): boolean {
    return this.of(node).some((one) => view.compare(one.from, window.from) <= 0 && view.compare(window.to, one.to) <= 0);
  }
}

/** Whether an event is in a stretch. */
export function isWithin(view: LineageView, event: number, { from, to }: Window): boolean {
  return view.compare(from, event) <= 0 && view.compare(event, to) <= 0;
}

/** Whether two stretches have an event in common, or a bound. */
export function touches(view: LineageView, a: Window, b: Window): boolean {
  return view.compare(a.from, b.to) <= 0 && view.compare(b.from, a.to) <= 0;
}

function hull(view: LineageView, a: Window, b: Window): Window {
  return { from: view.earlier(a.from, b.from), to: view.later(a.to, b.to) };
}
