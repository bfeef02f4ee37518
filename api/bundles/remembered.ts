const MOST_AT_ONCE = 1_000;

/** As `remembered`, where many can be read at once: those that are asked for in one turn of the event loop are. */
export function rememberedInBulk<Key, Value>(readAll: (keys: readonly Key[]) => Promise<readonly Value[]>): (key: Key) => Promise<Value> {
  let waiting: Waiting<Key, Value>[] = [];
  const flush = () => {
    const all = waiting;
    waiting = [];
    for (let at = 0; at < all.length; at += MOST_AT_ONCE) void answer(readAll, all.slice(at, at + MOST_AT_ONCE));
  };
  return remembered(
    (key) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ key, resolve, reject });
      }),
  );
}

interface Waiting<Key, Value> {
  key: Key;
  resolve: (value: Value) => void;
  reject: (error: unknown) => void;
}

async function answer<Key, Value>(
  readAll: (keys: readonly Key[]) => Promise<readonly Value[]>,
  asked: readonly Waiting<Key, Value>[],
): Promise<void> {
  try {
    const values = await readAll(asked.map(({ key }) => key));
    asked.forEach(({ resolve }, index) => {
      resolve(values[index] as Value);
    });
  } catch (error) {
    for (const { reject } of asked) reject(error);
  }
}

/** Asks once for each key, while one answer is put together: documents of one batch ask for the same rows, and a history may hold hundreds. */
export function remembered<Key, Value>(read: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const known = new Map<Key, Promise<Value>>();
  return (key) => {
    const answer = known.get(key) ?? read(key);
    known.set(key, answer);
    return answer;
  };
}
