import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Hex, toHex } from '../../../protocol/encoding/hex.ts';

/** One proof file: `claim` has the fields that are particular to the kind of proof. */
export interface ProofFile<Claim> {
  name: string;
  proof: Hex[];
  claim: Claim;
  holds: boolean;
}

/** Reads all proof files under a folder of the corpora. */
export function readProofs<Claim>(corpora: string, folder: string): ProofFile<Claim>[] {
  const files = readdirSync(join(corpora, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => {
    const text = readFileSync(join(corpora, folder, file), 'utf8');
    const { proof, wantErr, ...claim } = JSON.parse(text) as Claim & { proof: string[] | null; wantErr: boolean };
    return { name: `${folder}/${file}`, proof: (proof ?? []).map(hex), claim: claim as Claim, holds: !wantErr };
  });
}

/** Hex of the corpora's base64. */
export function hex(base64: string): Hex {
  return toHex(Buffer.from(base64, 'base64'));
}
