/** Two words that only who keeps the names knows, so that nobody can make up names that fall together. */
export type HashKey = readonly [number, number];

/** For names that nobody made up: tests, benchmarks, a reader's own few. */
export const PLAIN_KEY: HashKey = [0, 0];

/** Rounds after the last word. */
const LAST_ROUNDS = 3;

/**
 * 32 bits of a text by two units of it at a time: HalfSipHash-1-3 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012), with the length in the
 * place of its last word. For tables in memory: its values are never kept nor sent.
 */
export function keyedHash(text: string, [k0, k1]: HashKey): number {
  let v0 = k0;
  let v1 = k1 ^ text.length;
  let v2 = k0 ^ 0x6c796765;
  let v3 = k1 ^ 0x74656462;
  const words = (text.length + 1) >> 1;
  for (let at = 0; at < words + LAST_ROUNDS; at++) {
    const word = at < words ? text.charCodeAt(2 * at) | (text.charCodeAt(2 * at + 1) << 16) : 0;
    if (at === words) v2 ^= 0xff;
    v3 ^= word;
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= word;
  }
  return (v1 ^ v3) >>> 0;
}
