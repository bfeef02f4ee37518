import { createHash } from 'node:crypto';

/** Documents, goods and digests that are always the same for a name, so that their zero bytes are too. */

/** A line of goods: its lot, and the digest of what else makes it. */
export interface Goods {
  lot: string;
  detail: string;
}

/** Goods that are always the same for a name, in the order of their keys. */
export function goodsOf(name: string, count: number): Goods[] {
  const goods = Array.from({ length: count }, (_, n) => ({ lot: digest(`lot ${name} ${n}`), detail: digest(`detail ${name} ${n}`) }));
  return goods.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Key of a line. */
export function keyOf({ lot, detail }: Goods): string {
  return pair(lot, detail);
}

/** contracts/types/Course.sol: sampled and analysed on one day each, within the first period. */
export function packCourse(panel: number, sampled: number, analysed: number): bigint {
  const [from, until] = [BigInt(sampled), BigInt(analysed)];
  return (BigInt(panel) << 192n) | (from << 152n) | (from << 112n) | (until << 72n) | (until << 32n) | (1n << 16n) | 1n;
}

/** A document of a name, as `anchor` takes it. */
export function entryOf(name: string, kind: number) {
  const { sha256, sm3 } = digestsOf(name);
  return { sha256Digest: sha256, sm3Digest: sm3, subject: word(0n), kind, expiresAt: 0 };
}

/** Leaf of a document's name. */
export function leafOf(name: string): string {
  const { sha256, sm3 } = digestsOf(name);
  return hash(Buffer.concat([Buffer.of(0), bytes(sha256), bytes(sm3)]));
}

function digestsOf(name: string): { sha256: string; sm3: string } {
  return { sha256: digest(`bench document ${name}`), sm3: digest(`bench document ${name}, other digest`) };
}

/** Digest that stands for one of anything. */
export function digest(text: string): string {
  return hash(Buffer.from(text));
}

/** SHA-256 of two words, as the contracts make their keys. */
export function pair(a: string, b: string): string {
  return hash(Buffer.concat([bytes(a), bytes(b)]));
}

function hash(input: Buffer): string {
  return `0x${createHash('sha256').update(input).digest('hex')}`;
}

function bytes(hex: string): Buffer {
  return Buffer.from(hex.slice(2), 'hex');
}

/** A number as a word. */
export function word(value: bigint): string {
  return `0x${value.toString(16).padStart(64, '0')}`;
}

/** The numbers from 0 on. */
export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}
