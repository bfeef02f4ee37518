const BITS = 2 ** 23;

/**
 * Remembers which subjects were seen, in one megabyte: a Bloom filter. It may take a new subject for a known one (5 in a million at 100,000 subjects, 2 in a
 * hundred at a million), never the other way round. Saves looking up the heads of subjects that have none, nearly all while an index is made.
 */
export class SubjectFilter {
  readonly #bits = new Uint8Array(BITS / 8);

  /** Adds a subject; returns whether it may have been there. */
  add(subject: Buffer): boolean {
    let known = true;
    for (let at = 0; at < 16; at += 4) {
      const bit = bitAt(subject, at);
      const bits = this.#bits[bit >>> 3] as number;
      const mask = 1 << (bit & 7);
      known &&= (bits & mask) !== 0;
      this.#bits[bit >>> 3] = bits | mask;
    }
    return known;
  }
}

/** Subjects are SHA-256, so four of their own words serve as the four hash functions. */
function bitAt(subject: Buffer, at: number): number {
  return subject.readUInt32LE(at) % BITS;
}
