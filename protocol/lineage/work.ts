/** Work in small pieces, between which whoever runs it may let others have their turn. */
export type Work<Result> = Generator<void, Result, void>;

/** Does all of it. */
export function finish<Result>(work: Work<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
