import { expect } from 'chai';
import { type Indexer, startIndexer } from '../../indexer/run.ts';
import { leafOf } from '../../protocol/hash/fingerprint.ts';
import { REASON, STATUS } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { until } from './support/indexing.ts';
import { free, LAB_REPORT, type LocalLedger, startLocalLedger } from './support/localLedger.ts';
import { usePostgres } from './support/postgres.ts';
import { Random } from './support/random.ts';

describe('reader of a real ledger', () => {
  const postgres = usePostgres();
  const random = new Random(11);
  const subject = random.hex(32);
  let chain: LocalLedger;
  let indexer: Indexer;

  before(async () => {
    chain = await startLocalLedger();
    indexer = await startIndexer({
      ...{ name: 'test', rpcUrl: chain.rpcUrl, contract: chain.address, startBlock: chain.startBlock, database: postgres.url('reader') },
    });
  });

  after(async () => {
    await indexer.stop();
    await chain.stop();
  });

  async function send(name: string, ...args: unknown[]): Promise<number> {
    await chain.ledger.getFunction(name)(...args, free);
    const sequence = Number(await chain.ledger.getFunction('sequence')());
    expect(await indexer.reader.waitForSequence(sequence, 5_000)).to.equal(true);
    return sequence;
  }

  function entry(named = subject) {
    const [d1, d2] = [random.hex(32), random.hex(32)];
    return { call: [d1, d2, named, LAB_REPORT, 0], d1, d2, id: recordId(chain.member, leafOf(d1, d2)), leaf: leafOf(d1, d2) };
  }

  it('finds a document by id, leaf and either digest', async () => {
    const { call, id, leaf, d1, d2 } = entry();
    await send('anchor', call);
    const record = await indexer.reader.record(id);
    expect(record).to.include({ id, issuer: chain.member, kind: LAB_REPORT, leafOrRoot: leaf, sha256: d1, sm3: d2, subject });
    expect(await indexer.reader.recordsByRoot(leaf)).to.deep.equal([record]);
    expect(await indexer.reader.recordsByDigest(d1)).to.deep.equal([record]);
    expect(await indexer.reader.recordsByDigest(d2)).to.deep.equal([record]);
    expect(await indexer.reader.records([random.hex(32), id])).to.deep.equal([undefined, record]);
  });

  it('has the heads that the contract has', async () => {
    await send('anchorMany', [entry().call, entry(random.hex(32)).call]);
    const leaf = random.hex(32);
    await send('anchorRoot', random.hex(32), 3, LAB_REPORT, 0, [[subject, leaf]]);
    const issued = await indexer.reader.issuerEntries(chain.member, { first: 1_000 });
    const head = await chain.ledger.getFunction('issuerHeads')(chain.member);
    expect(BigInt(issued.rows.at(-1)?.issuerHead ?? 0)).to.equal(BigInt(head));
    const entries = await indexer.reader.subjectEntries(subject, { first: 1_000 });
    expect(BigInt(entries.rows.at(-1)?.head ?? 0)).to.equal(BigInt(await chain.ledger.getFunction('subjectHeads')(subject)));
    expect(await indexer.reader.entriesByLeaf(leaf)).to.deep.equal([entries.rows.at(-1)]);
    const heads = await indexer.reader.subjectHeads([random.hex(32), subject]);
    expect([...heads]).to.deep.equal([[subject, { entries: entries.rows.length, head: entries.rows.at(-1)?.head }]]);
  });

  it('tells the standing after each change', async () => {
    const { call, id, leaf } = entry();
    await send('anchor', call);
    await send('suspend', leaf, REASON.UNDER_INVESTIGATION);
    await send('reinstate', leaf, REASON.INVESTIGATION_CLOSED);
    const successor = entry();
    await send('supersede', leaf, successor.call, REASON.REPLACED);
    const record = await indexer.reader.record(id);
    expect(record?.anchored.status).to.equal(STATUS.ACTIVE);
    expect(record?.current).to.include({ status: STATUS.SUPERSEDED, reason: REASON.REPLACED, changes: 3 });
    const changes = await indexer.reader.statusChanges(id);
    expect(changes.map((change) => change.record.status)).to.deep.equal([STATUS.SUSPENDED, STATUS.ACTIVE, STATUS.SUPERSEDED]);
    expect(await indexer.reader.successor(id)).to.equal(successor.id);
    expect(await indexer.reader.successor(successor.id)).to.equal(undefined);
  });

  it('tells the standing of one document of a batch', async () => {
    const leaf = random.hex(32);
    await send('anchorRoot', random.hex(32), 2, LAB_REPORT, 0, []);
    await send('revoke', leaf, REASON.FRAUD);
    const id = recordId(chain.member, leaf);
    expect(await indexer.reader.record(id)).to.equal(undefined);
    expect((await indexer.reader.statusChanges(id)).map(({ record }) => record.status)).to.deep.equal([STATUS.REVOKED]);
  });

  it('pages through a history by keyset', async () => {
    const all = (await indexer.reader.issuerEntries(chain.member, { first: 1_000 })).rows;
    const seen = [];
    let after: { block: number; logIndex: number } | undefined;
    for (;;) {
      const page = await indexer.reader.issuerEntries(chain.member, { first: 2, ...(after && { after }) });
      seen.push(...page.rows);
      after = page.rows.at(-1);
      if (!page.hasNext) break;
    }
    expect(seen).to.deep.equal(all);
    expect(all.length).to.be.greaterThan(4);
  });

  it('knows members, accounts and keys as they stand', async () => {
    const thumbprint = random.hex(32);
    const { authority, member } = chain;
    await (await authority.getFunction('registerKey')(member, thumbprint, 10, 4_000_000_000, free)).wait();
    await (await authority.getFunction('revokeKey')(thumbprint, 0, free)).wait();
    await (await authority.getFunction('changeProfile')(member, `0x${'cd'.repeat(32)}`, free)).wait();
    await indexer.reader.waitForSequence(Number(await chain.ledger.getFunction('sequence')()), 5_000);
    const key = await indexer.reader.key(thumbprint);
    expect(key?.standing.revokedAt).to.be.greaterThan(0);
    expect(await indexer.reader.keysOf(member)).to.deep.equal([key]);
    const account = await indexer.reader.account(chain.account);
    expect(account).to.deep.include({ account: chain.account, member });
    const row = await indexer.reader.member(member);
    expect(row).to.include({ member, profile: `0x${'cd'.repeat(32)}`, sequence: 1 });
    expect((await indexer.reader.members({ first: 10 }, 1)).rows).to.deep.equal([row]);
    expect((await indexer.reader.members({ first: 10 }, 2)).rows).to.deep.equal([]);
  });

  it('stands at the counter of the contract', async () => {
    await until(indexer, ({ complete, lagBlocks }) => complete && lagBlocks === 0);
    const checkpoint = await indexer.reader.checkpoint();
    expect(checkpoint).to.include({ complete: true, chainId: 880_016, contract: chain.address });
    expect(checkpoint?.sequence).to.equal(Number(await chain.ledger.getFunction('sequence')()));
    expect(await indexer.reader.blockAt(checkpoint?.height ?? 0)).to.include({ digest: checkpoint?.digest, hash: checkpoint?.hash });
  });

  it('gives up waiting for what does not come', async () => {
    expect(await indexer.reader.waitForRecord(random.hex(32), 50)).to.equal(false);
  });
});
