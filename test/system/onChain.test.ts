import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { keccak256 } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { subjectKey } from '../../protocol/ledger/ids.ts';
import { FastProvider } from '../../sdk/chain/provider.ts';
import { type RunningSystem, root, runningSystem } from './runningSystem.ts';

const LOT = 'https://id.gs1.org/01/09521001001021/10/HB260914A';

/** Every text of four characters or more in the demo's documents: names, numbers, lots, addresses, links. */
function texts(folder = join(root, 'deploy', 'demo')): Set<string> {
  const found = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && value.length >= 4) found.add(value);
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collect(part);
  };
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) for (const text of texts(path)) found.add(text);
    else collect(JSON.parse(readFileSync(path, 'utf8')));
  }
  return found;
}

/** All that a member of the chain sees: calldata and logs of every block, as one text of hex. */
async function everythingOnChain({ system }: RunningSystem): Promise<string> {
  const provider = new FastProvider(system.chain.url, system.deployment.chainId);
  const parts: string[] = [];
  const head = await provider.getBlockNumber();
  for (let height = 0; height <= head; height++) {
    const block = (await provider.send('eth_getBlockByNumber', [`0x${height.toString(16)}`, true])) as {
      transactions: { input: string }[];
    };
    parts.push(...block.transactions.map(({ input }) => input));
  }
  const logs = (await provider.send('eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest' }])) as { topics: string[]; data: string }[];
  parts.push(...logs.flatMap(({ topics, data }) => [...topics, data]));
  provider.destroy();
  return parts.join(' ');
}

describe('what is on the chain', () => {
  let chain: string;
  let running: RunningSystem;
  before('read', async () => {
    running = await runningSystem();
    chain = await everythingOnChain(running);
  });

  it('holds no text of any document, plain or hashed without salt', () => {
    const hits = [...texts()].filter((text) => {
      const bytes = Buffer.from(text, 'utf8');
      const forms = [
        bytes.toString('hex'),
        ...['sha256', 'sm3'].map((name) => createHash(name).update(bytes).digest('hex')),
        keccak256(bytes).slice(2),
      ];
      return forms.some((form) => chain.includes(form));
    });
    expect(hits).to.deep.equal([]);
  });

  it('names a lot only to those who have its salt', async () => {
    const answer = await fetch(`${running.system.nodes.korea.url}/subjects?id=${encodeURIComponent(LOT)}`);
    const { subject } = (await answer.json()) as { subject: { salt: Hex } };
    expect(chain).to.include(subjectKey(LOT, subject.salt).slice(2));
    expect(chain).not.to.include(subjectKey(LOT, `0x${'00'.repeat(16)}`).slice(2));
    expect(chain).not.to.include(subject.salt.slice(2));
  });
});
