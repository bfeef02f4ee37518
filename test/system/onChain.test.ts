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

/** All that a member of the chain sees of the members' doing: calldata and logs of every block, as one text of hex. The contracts' own code is public text. */
async function everythingOnChain({ system }: RunningSystem): Promise<string> {
  const provider = new FastProvider(system.chain.url, system.deployment.chainId);
  const parts: string[] = [];
  const head = await provider.getBlockNumber();
  for (let height = 0; height <= head; height++) {
    const block = (await provider.send('eth_getBlockByNumber', [`0x${height.toString(16)}`, true])) as {
      transactions: { to: string | null; input: string }[];
    };
    parts.push(...block.transactions.filter(({ to }) => to !== null).map(({ input }) => input));
  }
  const logs = (await provider.send('eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest' }])) as { topics: string[]; data: string }[];
  parts.push(...logs.flatMap(({ topics, data }) => [...topics, data]));
  provider.destroy();
  return parts.join(' ');
}

const WORD = 64;
const SELECTOR = 8;

function wordsOf(hex: string): string[] {
  const words: string[] = [];
  for (const start of [0, SELECTOR]) for (let at = start; at + WORD <= hex.length; at += WORD) words.push(hex.slice(at, at + WORD));
  return words;
}

/** What somebody who knows the trade would try: the demo's certificate numbers, invoices, lots and products are among them. */
function* dictionary(): Generator<string> {
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

/** As they stand, and as the ledger's own formulas would have them if there were no salt. */
function formsOf(guess: string): [name: string, text: string][] {
  return [
    ['sha256', guess],
    ['sm3', guess],
    ['sha256', `tidemark-subject/1\nhttps://id.gs1.org/01/09521001001021/10/${guess}\n`],
    ['sha256', `tidemark-subject/1\nhttps://id.gs1.org/01/${guess}\n`],
    ['sha256', `tidemark-declaration/1\n${guess}\n`],
  ];
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

  it('confirms no guess of a dictionary of a million numbers, lots and products', function () {
    this.timeout(120_000);
    // Every 32 bytes that begin where a word can: behind selectors, in topics and in data.
    const words = new Set(chain.split(' ').flatMap((part) => wordsOf(part.slice(2))));
    expect(words.size).to.be.greaterThan(1_000);
    let tried = 0;
    const hits: string[] = [];
    for (const guess of dictionary()) {
      tried++;
      for (const [name, text] of formsOf(guess)) if (words.has(createHash(name).update(text).digest('hex'))) hits.push(`${name} ${text}`);
    }
    expect(tried).to.be.at.least(1_000_000);
    expect(hits).to.deep.equal([]);
  });

  it('would find a guess that stands there without salt', () => {
    const [guess] = dictionary();
    const planted = `0x12345678${createHash('sha256')
      .update(guess as string)
      .digest('hex')}`;
    const words = new Set(wordsOf(planted.slice(2)));
    expect(formsOf(guess as string).some(([name, text]) => words.has(createHash(name).update(text).digest('hex')))).to.equal(true);
  });

  it('names a lot only to those who have its salt', async () => {
    const answer = await fetch(`${running.system.nodes.korea.url}/subjects?id=${encodeURIComponent(LOT)}`);
    const { subject } = (await answer.json()) as { subject: { salt: Hex } };
    expect(chain).to.include(subjectKey(LOT, subject.salt).slice(2));
    expect(chain).not.to.include(subjectKey(LOT, `0x${'00'.repeat(16)}`).slice(2));
    expect(chain).not.to.include(subject.salt.slice(2));
  });
});
