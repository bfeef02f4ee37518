import { expect } from 'chai';
import { Interface } from 'ethers';
import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { toUint } from '../../protocol/encoding/uint.ts';
import { registryAbi } from '../../protocol/law/abi/registry.ts';
import { COMPANION_KIND } from '../../protocol/law/codes.ts';
import { readFiling } from '../../protocol/law/filing.ts';
import { filingVersionKey } from '../../protocol/law/ids.ts';
import { profileDigest } from '../../protocol/law/limitProfile.ts';
import { filingDigestSlot, filingSlot } from '../../protocol/law/slots.ts';
import { encodeFiling } from '../../protocol/law/words.ts';
import { subjectKey } from '../../protocol/ledger/ids.ts';
import { newestCompanionSlot } from '../../protocol/ledger/slots.ts';
import { fileSubject } from '../../sdk/law/file.ts';
import type { OpenMember } from '../../sdk/member/openMember.ts';
import type { StoredFiling } from '../../sdk/node/client.ts';
import type { OutboxCall } from '../../sdk/outbox/outbox.ts';

const REGISTRY: Hex = `0x${'e6'.repeat(20)}`;
const SALT: Hex = `0x${'5a'.repeat(16)}`;
const NAME = { zh: '名', ko: '이름', en: 'Name' };
const party = (country: string) => readFiling(JSON.stringify({ gln: '9521001000000', name: NAME, country }));
const face = new Interface(registryAbi);

describe('fileSubject', () => {
  let storage: Map<string, bigint>;
  let submitted: Map<string, OutboxCall>;
  let lie: Partial<StoredFiling>;

  beforeEach(() => {
    storage = new Map([[`${LEDGER} ${newestCompanionSlot(COMPANION_KIND.REGISTRY)}`, BigInt(REGISTRY)]]);
    submitted = new Map();
    lie = {};
  });

  it('stores the text and files its digest under the salted subject', async () => {
    const text = party('KR');
    const filed = await fileSubject(member(), text);
    const subject = subjectKey(text.id, SALT);
    expect(filed).to.deep.equal({ id: text.id, salt: SALT, subject, version: 1, digest: profileDigest(text.text), isNew: true });
    const [call] = submitted.values();
    expect(call?.to).to.equal(REGISTRY);
    expect([...face.decodeFunctionData('file', call?.data ?? '')]).to.deep.equal([subject, 1n, filed.digest]);
    expect(call?.effect).to.deep.equal({ slot: filingDigestSlot(filingVersionKey(subject, 1)), word: filed.digest, at: REGISTRY });
  });

  it('makes another text a new version, and no second one of the same', async () => {
    const [first, second] = [party('KR'), party('CN')];
    keep(first.id, 1, profileDigest(first.text));
    expect(await fileSubject(member(), first)).to.include({ version: 1, isNew: false });
    expect(submitted.size).to.equal(0);
    expect(await fileSubject(member(), second)).to.include({ version: 2, isNew: true });
    keep(second.id, 2, profileDigest(second.text));
    expect(await fileSubject(member(), first)).to.include({ version: 3, isNew: true });
    expect(submitted.size).to.equal(2);
  });

  it('goes on with a call that was submitted before', async () => {
    await fileSubject(member(), party('KR'));
    await fileSubject(member(), party('KR'));
    expect(submitted.size).to.equal(1);
  });

  for (const [what, answer] of [
    ['another digest', { digest: `0x${'00'.repeat(32)}` }],
    ['another subject', { subject: `0x${'00'.repeat(32)}` }],
    ['another identifier', { id: 'https://id.gs1.org/417/9521006000005' }],
  ] as const) {
    it(`files nothing where the node tells ${what}`, async () => {
      lie = answer;
      expect(await codeOf(fileSubject(member(), party('KR')))).to.equal('NODE_ANSWER_MALFORMED');
      expect(submitted.size).to.equal(0);
    });
  }

  it('needs the contract', async () => {
    storage.clear();
    expect(await codeOf(fileSubject(member(), party('KR')))).to.equal('NO_LAW');
  });

  /** What the contract keeps of a version. */
  function keep(id: string, version: number, digest: Hex): void {
    const subject = subjectKey(id, SALT);
    const word = encodeFiling({ kind: 1, shore: 2, version, member: 1, filedAt: 1, updatedAt: 1 });
    storage.set(`${REGISTRY} ${filingSlot(subject)}`, word);
    storage.set(`${REGISTRY} ${filingDigestSlot(filingVersionKey(subject, version))}`, BigInt(digest));
  }

  function member(): OpenMember {
    const send = async (method: string, [contract, slot]: [string, string]) =>
      method === 'eth_getStorageAt' ? toHex(toUint(storage.get(`${contract} ${slot}`) ?? 0n, 32)) : '0x';
    const outbox = {
      lane: `0x${'aa'.repeat(20)}`,
      has: (id: string) => submitted.has(id),
      submit: async (id: string, call: OutboxCall) => void submitted.set(id, call),
      wait: async () => ({ height: 1 }),
      close: async () => {},
    };
    const storeFiling = async ({ id, text }: { id: string; text: string }) => ({
      ...{ id, salt: SALT, subject: subjectKey(id, SALT), digest: profileDigest(text) },
      ...lie,
    });
    return {
      ledger: { provider: { send }, chainId: 1, contract: LEDGER },
      node: { url: 'http://node', storeFiling },
      outbox: async () => outbox,
    } as unknown as OpenMember;
  }
});

const LEDGER: Hex = `0x${'1e'.repeat(20)}`;

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'DONE',
    (error: { code?: unknown }) => error.code ?? error,
  );
}
