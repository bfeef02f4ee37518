const held = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Does work while nobody else of the same owner does work on any of the same keys; waits for who does. */
export async function exclusively<Result>(owner: object, keys: readonly string[], work: () => Promise<Result>): Promise<Result> {
  const busy = held.get(owner) ?? new Map<string, Promise<unknown>>();
  held.set(owner, busy);
  for (let others = busyWith(busy, keys); others.length > 0; others = busyWith(busy, keys)) await Promise.allSettled(others);
  const done = work();
  for (const key of keys) busy.set(key, done);
  try {
    return await done;
  } finally {
    for (const key of keys) busy.delete(key);
  }
}

function busyWith(busy: ReadonlyMap<string, Promise<unknown>>, keys: readonly string[]): Promise<unknown>[] {
  return [...new Set(keys.flatMap((key) => busy.get(key) ?? []))];
}
