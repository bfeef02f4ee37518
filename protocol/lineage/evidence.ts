import type { Interval } from './containment.ts';
import { NONE } from './graph/none.ts';
import type { LineageView } from './lineageView.ts';
import type { LotEntry } from './lotHistory.ts';
import type { Step, Witness } from './walk.ts';

/** What the records leave open. Codes are stable; `TraceGap` says what they mean. */
export type GapCode = 'NOT_RECEIVED' | 'UNKNOWN_CONTENTS' | 'UNKNOWN_START' | 'UNKNOWN_ORIGIN' | 'CORRECTIVE_MISSING';

/** What a walk tells, collected: each event, step and gap once. */
export class Evidence implements Witness {
  readonly view: LineageView;
  readonly events = new Set<number>();
  readonly gaps = new Map<string, { code: GapCode; node: number; event: number }>();
  readonly #steps: Step[] = [];
  /** By the hash of a step, the last one with it; each leads to the one before. */
  readonly #lastOf = new Map<number, number>();
  readonly #before: number[] = [];

  constructor(view: LineageView) {
    this.view = view;
  }

  event(event: number): void {
    this.events.add(event);
  }

  /** Steps in the order in which they were told first. */
  get steps(): readonly Step[] {
    return this.#steps;
  }

  /** A step that was possible becomes certain where it is told again as such. An answer has thousands: names of text for them cost as much as the walk. */
  step(step: Step): void {
    const hash = hashOf(step);
    const last = this.#lastOf.get(hash);
    for (let at = last; at !== undefined; at = this.#before[at]) {
      const known = this.#steps[at] as Step;
      if (!isSame(known, step)) continue;
      if (step.certain && !known.certain) this.#steps[at] = step;
      return;
    }
    const added = this.#steps.push(step) - 1;
    this.#lastOf.set(hash, added);
    if (last !== undefined) this.#before[added] = last;
  }

  unknownContents(node: number): void {
    this.#gap('UNKNOWN_CONTENTS', node, NONE);
  }

  unknownStart({ child, sure }: Interval): void {
    this.#gap('UNKNOWN_START', child, sure);
  }

  unknownOrigin(node: number, { event }: LotEntry): void {
    this.#gap('UNKNOWN_ORIGIN', node, event);
  }

  notReceived(node: number, event: number): void {
    this.#gap('NOT_RECEIVED', node, event);
  }

  correctiveMissing(node: number, event: number): void {
    this.#gap('CORRECTIVE_MISSING', node, event);
  }

  #gap(code: GapCode, node: number, event: number): void {
    this.gaps.set(`${code} ${node} ${event}`, { code, node, event });
  }
}

/** In 30 bits: what V8 keeps without a box. */
function hashOf({ from, to, event }: Step): number {
  return (Math.imul(from, 0x9e3779b1) ^ Math.imul(to, 0x85ebca6b) ^ Math.imul(event, 0xc2b2ae35)) >>> 2;
}

function isSame(a: Step, b: Step): boolean {
  return a.event === b.event && a.kind === b.kind && a.from === b.from && a.to === b.to;
}
