import { setImmediate as breathe } from 'node:timers/promises';

/** Long enough that going on costs nothing, short enough that nobody notices the wait. */
const LONGEST_TURN_MS = 10;

/** Does work that comes in small pieces, and lets others have their turn every ten milliseconds. */
export async function inTurns<Result>(work: Iterator<unknown, Result>): Promise<Result> {
  for (let began = performance.now(); ; ) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < LONGEST_TURN_MS) continue;
    await breathe();
    began = performance.now();
  }
}
