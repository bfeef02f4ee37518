import { createHash, hash } from 'node:crypto';
import { keccak256 } from 'ethers';

/** What somebody who knows the trade would try: the demo's certificate numbers, invoices, lots and products are among them. */
export function* dictionary(): Generator<string> {
  for (let serial = 0; serial < 300_000; serial++) yield `DEMO-KR-26-${String(serial).padStart(6, '0')}`;
  for (let serial = 0; serial < 300_000; serial++) yield `DEMO-CN-26-${String(serial).padStart(6, '0')}`;
  for (let day = 1; day <= 31; day++)
    for (let month = 1; month <= 12; month++)
      for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
        for (const prefix of ['HB', 'LW', 'SB'])
          yield `${prefix}26${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}${letter}`;
  for (let month = 1; month <= 12; month++)
    for (let day = 1; day <= 31; day++) yield `HB-INV-26-${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
  for (let item = 0; item < 400_000; item++) yield `0952${String(item * 10 + 1).padStart(10, '0')}`;
}

/** Digests of a guess as it stands, as hex: what a contract or a program without salts would use as a key. */
export function bareDigestsOf(guess: string): string[] {
  return [hash('sha256', guess), keccak256(Buffer.from(guess)).slice(2)];
}

/** Digests of a guess, as hex: as it stands, and as the ledger's own formulas would have it if there were no salt. */
export function digestsOf(guess: string): string[] {
  return [
    ...bareDigestsOf(guess),
    createHash('sm3').update(guess).digest('hex'),
    hash('sha256', `tidemark-subject/1\nhttps://id.gs1.org/01/09521001001021/10/${guess}\n`),
    hash('sha256', `tidemark-subject/1\nhttps://id.gs1.org/01/${guess}\n`),
    hash('sha256', `tidemark-declaration/1\n${guess}\n`),
  ];
}
