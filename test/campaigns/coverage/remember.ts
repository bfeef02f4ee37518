import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { digestOf, type Sources } from '../solidity/sources.ts';
import type { Point } from './instrument.ts';
import type { Coverage } from './measure.ts';

interface Kept {
  readonly digest: string;
  readonly points: readonly (readonly [tag: string, point: Point])[];
  readonly reached: readonly (readonly [file: string, tags: readonly string[]])[];
}

/** What was measured of exactly these sources before, or what is measured now. */
export async function remembered(path: string, sources: Sources, measure: () => Promise<Coverage>): Promise<Coverage> {
  const digest = digestOf(sources);
  const kept = read(path);
  if (kept?.digest === digest)
    return { points: new Map(kept.points), reached: new Map(kept.reached.map(([file, tags]) => [file, new Set(tags)])) };
  const { points, reached } = await measure();
  const keeping: Kept = { digest, points: [...points], reached: [...reached].map(([file, tags]) => [file, [...tags]]) };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(keeping));
  return { points, reached };
}

function read(path: string): Kept | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Kept;
  } catch {
    return undefined;
  }
}
