import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openCatalogue } from '../../api/catalogue/catalogue.ts';
import { recordDueEvents } from '../../api/recording/recordEvents.ts';
import type { LedgerRecord } from '../../protocol/ledger/words.ts';
import { buildTree } from '../../protocol/merkle/tree.ts';
import { capturedDocument } from './support/events.ts';
import { AUTHORIZED, startTestNode, type TestNode } from './support/testNode.ts';
import { trustEachOther } from './support/twoShores.ts';

const SECOND = 1_794_000_000;

describe('recorded events', () => {
  let node: TestNode;
  beforeEach(async () => {
    node = await startTestNode();
  });
  afterEach(() => node.close());

  const capture = (...minutes: number[]) => node.post('/epcis/v2/capture', capturedDocument(...minutes), AUTHORIZED);
  const roots = () => [...node.submitted.keys()].map((id) => id.slice('batch-'.length) as `0x${string}`);
  const anchor = (leafOrRoot: `0x${string}`, second: number, block = 5) =>
    node.index.addRecord({ leafOrRoot, issuer: 1, block, anchored: { anchoredAt: second } as LedgerRecord });
  const recorded = () => node.node.catalogue.recordedEvents(0, 100);
  const untilRecorded = async (count: number) => {
    const deadline = Date.now() + 3_000;
    while (recorded().length < count && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    return recorded();
  };

  it('records nothing that is not anchored', async () => {
    await capture(1);
    await recordDueEvents({ ...node.node, clock: () => Date.now() + 60_000 });
    expect(recorded()).to.deep.equal([]);
  });

  it('records a batch at the time of its block, in its order', async () => {
    await capture(1, 2, 3);
    const [root] = roots();
    anchor(root as `0x${string}`, SECOND);
    expect((await untilRecorded(3)).map(({ seq, leaf, recordedAt }) => [seq, leaf, recordedAt])).to.deep.equal(
      node.node.catalogue.leavesOf(root as `0x${string}`).map((leaf, at) => [at + 1, leaf, SECOND * 1_000]),
    );
  });

  it('takes the oldest of several records', async () => {
    await capture(1, 2);
    const [root] = roots();
    const leaf = node.node.catalogue.leavesOf(root as `0x${string}`)[0] as `0x${string}`;
    anchor(root as `0x${string}`, SECOND + 60, 6);
    anchor(leaf, SECOND, 4);
    expect((await untilRecorded(2))[0]).to.include({ leaf, recordedAt: SECOND * 1_000 });
  });

  it('keeps place and time of what is recorded', async () => {
    await capture(1);
    anchor(roots()[0] as `0x${string}`, SECOND);
    const before = await untilRecorded(1);
    node.node.catalogue.record([{ leaf: before[0]?.leaf ?? '0x', recordedAt: 1 }]);
    expect(recorded()).to.deep.equal(before);
  });

  it('gives what comes after a place, a part at a time', async () => {
    await capture(1, 2, 3);
    anchor(roots()[0] as `0x${string}`, SECOND);
    await untilRecorded(3);
    expect(node.node.catalogue.recordedEvents(1, 1).map(({ seq }) => seq)).to.deep.equal([2]);
    expect(node.node.catalogue.recordedEvents(3, 10)).to.deep.equal([]);
  });

  it('tells its followers once there is more', async () => {
    let told = 0;
    node.node.catalogue.news.on('recorded', () => told++);
    await capture(1, 2);
    anchor(roots()[0] as `0x${string}`, SECOND);
    await untilRecorded(2);
    expect(told).to.equal(1);
  });

  it('has nothing to do when all is recorded', async () => {
    await capture(1);
    anchor(roots()[0] as `0x${string}`, SECOND);
    await untilRecorded(1);
    expect(node.node.catalogue.nextDue()).to.equal(undefined);
    expect(await recordDueEvents({ ...node.node, index: {} as TestNode['index'] })).to.equal(false);
  });

  it('records after a restart what was anchored meanwhile', async () => {
    await capture(1);
    await node.halt();
    const again = await startTestNode({ folder: node.folder });
    again.index.addRecord({ leafOrRoot: roots()[0] as `0x${string}`, issuer: 1 });
    node = again;
    expect(await untilRecorded(1)).to.have.lengthOf(1);
  });

  it('records again after the catalogue is lost', async () => {
    await capture(1, 2);
    const [root] = roots();
    anchor(root as `0x${string}`, SECOND);
    const before = await untilRecorded(2);
    await node.halt();
    for (const end of ['', '-wal', '-shm']) rmSync(join(node.folder, `catalogue.sqlite${end}`), { force: true });
    node = await startTestNode({ folder: node.folder });
    anchor(root as `0x${string}`, SECOND);
    expect(await untilRecorded(2)).to.deep.equal(before);
  });

  it('looks for the events of a catalogue of before', async () => {
    await capture(1);
    await node.halt();
    const file = join(node.folder, 'catalogue.sqlite');
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(file);
    database.exec('DROP TABLE waiting_events; DROP TABLE recorded_events; PRAGMA user_version = 0');
    database.close();
    const catalogue = openCatalogue(file);
    expect(catalogue.waitingEvents(Date.now(), 10)).to.have.lengthOf(1);
    catalogue.close();
    node = await startTestNode();
  });

  it('records what is fetched from the peer', async () => {
    await capture(1);
    const [root] = roots();
    const leaves = node.node.catalogue.leavesOf(root as `0x${string}`);
    expect(buildTree(leaves).root).to.equal(root);
    const { acquireBatch, acquireBody } = await import('../../api/peer/acquire.ts');
    const reader = await startTestNode({ config: { name: 'qingdao', shore: 'CN', peer: { name: 'korea', url: node.url } } });
    trustEachOther(node, reader);
    const record = reader.index.addRecord({ leafOrRoot: root as `0x${string}`, issuer: 1 });
    await acquireBatch(reader.node, record);
    expect(await acquireBody(reader.node, leaves[0] as `0x${string}`, record)).to.equal('KEPT');
    const deadline = Date.now() + 3_000;
    while (reader.node.catalogue.recordedEvents(0, 1).length === 0 && Date.now() < deadline)
      await new Promise((done) => setTimeout(done, 10));
    expect(reader.node.catalogue.recordedEvents(0, 10)).to.have.lengthOf(1);
    await reader.close();
  });
});
