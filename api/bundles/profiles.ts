import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { sha256 } from '../../protocol/hash/sha256.ts';
import { writeDurably } from '../../sdk/files/writeDurably.ts';
import type { Peer } from '../peer/peer.ts';

/** Public texts - profiles of members, panels of tests - by the digest that the ledger holds of each. */
export interface Profiles {
  /** Exact text of the one with this SHA-256, here or at the peer; undefined where neither has it. */
  find(digest: Hex): Promise<string | undefined>;
  /** The same, here only. */
  findHere(digest: Hex): string | undefined;
}

const RETRY_MS = 5_000;

/** Reads the texts in a folder (any `*.json`); files that appear later are found too. What the peer gives is kept under its digest. */
export function openProfiles(folder: string, peer: Peer | undefined, clock: () => number): Profiles {
  const texts = new Map<Hex, string>();
  const askedAt = new Map<Hex, number>();
  const findHere = (digest: Hex) => {
    if (!texts.has(digest)) for (const text of readAll(folder)) texts.set(digestOf(text), text);
    return texts.get(digest);
  };
  return {
    findHere,
    async find(digest) {
      const here = findHere(digest);
      if (here !== undefined || peer === undefined || clock() - (askedAt.get(digest) ?? -RETRY_MS) < RETRY_MS) return here;
      askedAt.set(digest, clock());
      const text = await peer.profile(digest);
      if (text === undefined || digestOf(text) !== digest) return undefined;
      writeDurably(join(folder, `${digest.slice(2)}.json`), text);
      texts.set(digest, text);
      return text;
    },
  };
}

function readAll(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));
  } catch {
    return [];
  }
}

function digestOf(text: string): Hex {
  return toHex(sha256(new TextEncoder().encode(text)));
}
