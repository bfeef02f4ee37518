/** How fast each side was on the same inputs in the same process, and how often each was right. */
export interface Race {
  ours: number;
  rival: number;
  ratio: number;
  right: { ours: number; rival: number; of: number };
}

/** One side of a race: what it does with an input, and how many inputs are timed in a round. */
export interface Side<Input> {
  act: (input: Input) => unknown;
  times: number;
}

const ROUNDS = 9;

/** Inputs a second of both sides, of the best of some rounds each, turn about and of about one length: others who use the machine only make a round slower. */
export function race<Input>(inputs: readonly Input[], ours: Side<Input>, rival: Side<Input>): Omit<Race, 'right'> {
  const best = { ours: 0, rival: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    best.ours = Math.max(best.ours, rate(inputs, ours));
    best.rival = Math.max(best.rival, rate(inputs, rival));
  }
  return { ours: Math.round(best.ours), rival: Math.round(best.rival), ratio: Math.round(best.ours / best.rival) };
}

/** How many answers are as expected; a side that throws is wrong. */
export function countRight<Case>(cases: readonly Case[], isRight: (one: Case) => boolean): number {
  return cases.filter((one) => {
    try {
      return isRight(one);
    } catch {
      return false;
    }
  }).length;
}

function rate<Input>(inputs: readonly Input[], { act, times }: Side<Input>): number {
  const started = performance.now();
  for (let index = 0; index < times; index++) act(inputs[index % inputs.length] as Input);
  return times / ((performance.now() - started) / 1000);
}
