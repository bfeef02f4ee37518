/**
 * A process that the crash test kills: submits numbered requests to an outbox, a few at a time, and prints each number once it is acknowledged.
 * Arguments: URL of the chain, outbox file, key, address to send to, first number, count.
 */
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { FastProvider } from '../../../sdk/chain/provider.ts';
import { signerOf } from '../../../sdk/keys/accountKey.ts';
import { openOutbox } from '../../../sdk/outbox/outbox.ts';
import { CHAIN_ID } from './chain.ts';
import { numbered } from './numbered.ts';

async function submitAll([url, path, key, contract, first, count]: string[]): Promise<void> {
  const provider = new FastProvider(String(url), CHAIN_ID);
  const signer = signerOf(String(key));
  const outbox = await openOutbox({ path: String(path), provider, signer, chainId: CHAIN_ID, contract: contract as Hex, pollMs: 20 });
  process.stdout.write('open\n');
  const last = Number(first) + Number(count);
  for (let number = Number(first); number < last; number += 4) {
    const batch = [number, number + 1, number + 2, number + 3].filter((each) => each < last);
    await Promise.all(
      batch.map(async (each) => {
        await outbox.submit(`request-${each}`, { data: numbered(each), gasLimit: 100_000 });
        process.stdout.write(`${each}\n`);
      }),
    );
  }
  for (let number = 0; number < last; number++) await outbox.wait(`request-${number}`, 20_000);
  await outbox.close();
  provider.destroy();
  process.stdout.write('done\n');
}

if (import.meta.main) await submitAll(process.argv.slice(2));
