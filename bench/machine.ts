import { cpus } from 'node:os';

/** What a benchmark ran on. */
export function machine(): string {
  return `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
}
