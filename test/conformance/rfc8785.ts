import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromUtf8, toUtf8 } from '../../protocol/encoding/utf8.ts';
import { canonicalJson } from '../../protocol/json/canonicalJson.ts';
import { parseJson } from '../../protocol/json/parseJson.ts';
import { type Case, type Outcome, runCases } from './registry/suite.ts';

/** The examples of RFC 8785, and the hashes of its number generator's first lines. */
export const corpus = 'credentials/rfc8785';

// Lines of the number generator that are hashed here; the corpus has hashes for more, at ten times the time each.
const LINES = ['1000', '10000', '100000'];

/** Compares documents byte for byte, and numbers by hash. */
export function run(corpora: string): Outcome {
  const folder = join(corpora, corpus);
  return runCases([...documentCases(folder), ...numberCases(folder)]);
}

function documentCases(folder: string): Case[] {
  return readdirSync(join(folder, 'input')).map((file) => [
    file,
    () => {
      const written = toUtf8(canonicalJson(parseJson(fromUtf8(readFileSync(join(folder, 'input', file))), { maxDepth: 64 })));
      return Buffer.compare(written, readFileSync(join(folder, 'output', file))) === 0;
    },
  ]);
}

function numberCases(folder: string): Case[] {
  const { sha256 } = JSON.parse(readFileSync(join(folder, 'es6-number-hashes.json'), 'utf8')) as { sha256: Record<string, string> };
  return LINES.map((lines) => [`${lines} numbers`, () => hashOfNumbers(Number(lines)) === sha256[lines]]);
}

// Thirds of powers of ten from 10^22 down, as the generator computes them: correctly rounded but for these differences in the last place.
const LAST_PLACES = [0, 0, 1, 1, 1, 2, 1, 1, 3, 1, 2, 2, 1, 1, 1, 0, 0, 0, -1, ...new Array<number>(30).fill(0), 1];
const SMALLEST_NORMAL = 0x0010000000000000n;

/** SHA-256 of the generator's first lines: each the bits of a double in hex, and its canonical form. */
function hashOfNumbers(lines: number): string {
  const hash = createHash('sha256');
  let left = lines;
  for (const number of numbers()) {
    hash.update(`${bitsOf(number).toString(16)},${canonicalJson(number)}\n`);
    if (--left === 0) break;
  }
  return hash.digest('hex');
}

/** The corpus' sequence of doubles: edge cases, the smallest normal numbers, then a chain of SHA-256 read as doubles. */
function* numbers(): Generator<number> {
  yield* edgeCases();
  for (let serial = 0n; serial < 2000n; serial++) yield doubleOf(SMALLEST_NORMAL + serial);
  for (let block = Buffer.alloc(32); ; ) {
    block = createHash('sha256').update(block).digest();
    for (let at = 0; at < block.length; at += 8) {
      const number = block.readDoubleLE(at);
      if (Number.isFinite(number) && number !== 0) yield number;
    }
  }
}

function edgeCases(): number[] {
  const thirds = LAST_PLACES.map((places, index) => doubleOf(bitsOf(Number(`3.${'3'.repeat(40)}e${21 - index}`)) + BigInt(places)));
  const halves = [10, ...[0, -1, -2, -3, -4, -5, -6, -7, -8, -9].map((exponent) => Number(`5e${exponent}`))];
  const besideHalf = Array.from({ length: 14 }, (_, zeros) => Number(`5.${'0'.repeat(zeros + 1)}6e-6`));
  return [
    ...[0, -0, Number.MIN_VALUE, -Number.MIN_VALUE],
    ...[...thirds.map((third) => -third), ...thirds],
    ...[...halves, ...besideHalf, 5e-6, 1, -1],
    ...[beside(-1, -6), beside(-1, -5), beside(1, -6), beside(1, -5), beside(1, -4), beside(1, -2)],
    ...[beside(-1, -1), beside(-1, -1), beside(1, -1), beside(1, -1)],
    ...[beside(0.3, -1), 0.3, beside(0.3, 1)],
    ...[doubleOf(SMALLEST_NORMAL), doubleOf(SMALLEST_NORMAL - 3n), doubleOf(SMALLEST_NORMAL - 1n)],
    ...[Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53, -(2 ** 53), 2 ** 68],
    ...[beside(1e23, -1), 1e23, beside(1e23, 1), beside(1e21, -2), beside(1e21, -1), 1e21, beside(1e-6, -1), 1e-6],
    ...[-2, -1, 0, 1, 2].map((places) => beside(1e9 / 3, places)),
    ...[Number(`-3.${'3'.repeat(40)}e-6`), 1424953923781206.2],
  ];
}

/** The double that lies `places` away, counted from zero outward. */
function beside(number: number, places: number): number {
  return doubleOf(bitsOf(number) + BigInt(places));
}

function bitsOf(number: number): bigint {
  const buffer = Buffer.alloc(8);
  buffer.writeDoubleBE(number);
  return buffer.readBigUInt64BE();
}

function doubleOf(bits: bigint): number {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64BE(bits);
  return buffer.readDoubleBE();
}
