import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { fromHex, type Hex } from '../../protocol/encoding/hex.ts';
import { subjectKey } from '../../protocol/ledger/ids.ts';
import { mappingSlot, SLOT } from '../../protocol/ledger/slots.ts';
import { FastProvider } from '../../sdk/chain/provider.ts';
import { bareDigestsOf, dictionary, digestsOf } from './onChain/guesses.ts';
import { wordsThatAreKeys } from './onChain/mappingKeys.ts';
import { formsAsHex, formsOfText, logsOf, MARKERS, markersIn, plantMarkers, type Refusal } from './onChain/markers.ts';
import { type Published, partsOfDigest, readPublished, storageIn, wordsOf } from './onChain/published.ts';
import { type RunningSystem, root, runningSystem } from './runningSystem.ts';

const LOT = 'https://id.gs1.org/01/09521001001021/10/HB260914A';
const LONG = 600_000;

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
    else if (entry.name.endsWith('.json')) collect(JSON.parse(readFileSync(path, 'utf8')));
  }
  return found;
}

/** As one text. */
function everything({ calldata, logs, state, errors }: Published): string {
  return [...calldata, ...logs, ...state.slots, ...state.values, ...errors].join(' ');
}

describe('what is on the chain', () => {
  let running: RunningSystem;
  let provider: FastProvider;
  let refusals: Refusal[];
  let published: Published;
  let chain: string;
  before('plant and read', async function () {
    this.timeout(LONG);
    running = await runningSystem();
    provider = new FastProvider(running.system.chain.url, running.system.deployment.chainId);
    refusals = await plantMarkers(running);
    published = await readPublished(provider);
    chain = everything(published);
  });
  after(() => provider?.destroy());

  it('is read as a whole: calls, logs, storage and refusals', () => {
    expect(published.calldata.length).to.be.greaterThan(100);
    expect(published.logs.length).to.be.greaterThan(300);
    expect(published.state.slots.size).to.be.greaterThan(300);
    // Kinds of refusals, by the selector of the error.
    expect(new Set(published.errors.map((data) => data.slice(0, 8))).size).to.be.greaterThan(10);
  });

  it('holds no text of any document, plain or hashed without salt', () => {
    const hits = [...texts()].filter((text) => formsAsHex(text).some((form) => chain.includes(form)));
    expect(hits).to.deep.equal([]);
  });

  it('confirms no guess of a dictionary of a million numbers, lots and products', async function () {
    this.timeout(LONG);
    const words = wordsOf(published);
    let tried = 0;
    const hits: string[] = [];
    /** Looks for the guesses among the words, and gives their digests on to be tried as keys. */
    function* bareDigests(): Generator<string> {
      for (const guess of dictionary()) {
        tried++;
        if (digestsOf(guess).some((digest) => partsOfDigest(digest).some((part) => words.has(part)))) hits.push(guess);
        yield* bareDigestsOf(guess);
      }
    }
    expect(await wordsThatAreKeys(provider, published.state.slots, bareDigests())).to.deep.equal([]);
    expect(tried).to.be.at.least(1_000_000);
    expect(hits).to.deep.equal([]);
  });

  it('would show a guess that stands there without salt', async () => {
    const guesses = [...dictionary()].slice(0, 1_000);
    const [digest] = digestsOf(guesses[500] as string) as [string];
    const calldata = [...published.calldata, `12345678${digest}`];
    expect(wordsOf({ ...published, calldata })).to.include(digest);
    // Of a word of lines, and as a key of successors.
    const dump = (await provider.send('anvil_dumpState', [])) as string;
    const slot = mappingSlot(SLOT.SUCCESSORS, fromHex(`0x${digest}`));
    const state = storageIn(withStorage(dump, slot, `0x${digest.slice(24)}${'01'.repeat(12)}`));
    expect(partsOfDigest(digest).filter((part) => wordsOf({ ...published, state }).has(part))).to.deep.equal([digest.slice(24)]);
    expect(await wordsThatAreKeys(provider, state.slots, guesses.flatMap(bareDigestsOf))).to.deep.equal([digest]);
  });

  it('holds nothing personal that a member wrote, and no refusal, answer or log repeats it', () => {
    const all = [{ what: 'chain', text: chain }, ...refusals, ...logsOf(running)];
    const found = all.map(({ what, text }) => ({ what, markers: markersIn(text) })).filter(({ markers }) => markers.length > 0);
    expect(found).to.deep.equal([]);
  });

  it('would show a marker, whichever way it is written', () => {
    for (const marker of MARKERS)
      for (const form of formsOfText(marker)) expect(markersIn(`{"detail":"x${form}y"}`), form).to.include(marker);
    const inside = Buffer.from(`before ${MARKERS[0]} behind`).toString('base64url');
    expect(markersIn(inside)).to.deep.equal([MARKERS[0]]);
  });

  it('names a lot only to those who have its salt', async () => {
    const answer = await fetch(`${running.system.nodes.korea.url}/subjects?id=${encodeURIComponent(LOT)}`);
    const { subject } = (await answer.json()) as { subject: { salt: Hex } };
    expect(chain).to.include(subjectKey(LOT, subject.salt).slice(2));
    expect(chain).not.to.include(subjectKey(LOT, `0x${'00'.repeat(16)}`).slice(2));
    expect(chain).not.to.include(subject.salt.slice(2));
  });
});

/** A state dump with one more word in a contract's storage. */
function withStorage(dump: string, slot: string, value: string): string {
  const state = JSON.parse(gunzipSync(Buffer.from(dump.slice(2), 'hex')).toString('utf8')) as {
    accounts: Record<string, { storage: Record<string, string> }>;
  };
  state.accounts[`0x${'01'.repeat(20)}`] = { ...Object.values(state.accounts)[0], storage: { [slot]: value } };
  return `0x${gzipSync(JSON.stringify(state)).toString('hex')}`;
}
