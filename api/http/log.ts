/** Writes one line of JSON an event. Holds codes, counts, durations and paths of routes: never bodies, numbers, names, addresses or tokens. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  event: string,
  facts?: Readonly<Record<string, string | number | boolean | undefined>>,
) => void;

/** A log to a stream, by default standard output. */
export function jsonLog(node: string, write: (line: string) => void = (line) => void process.stdout.write(line)): Log {
  return (level, event, facts = {}) => write(`${JSON.stringify({ time: new Date().toISOString(), level, node, event, ...facts })}\n`);
}

/** What of an error may be logged: its code, and the place where it was thrown, but no message that could repeat what was sent. */
export function errorFacts(error: unknown): Record<string, string | undefined> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as { code?: unknown };
  const at = error.stack
    ?.split('\n')
    .find((line) => line.trimStart().startsWith('at '))
    ?.trim();
  const cause = error.cause instanceof Error ? error.cause.message.slice(0, 200) : undefined;
  return { error: error.name, code: typeof code === 'string' ? code : undefined, at, cause };
}
