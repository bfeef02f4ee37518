import { hash } from 'node:crypto';

/** SHA-256 in one native call: three hashes an event are most of a projection's cost, and `@noble/hashes` takes several times as long. */
export function sha256(bytes: Buffer): Buffer {
  return hash('sha256', bytes, 'buffer');
}
