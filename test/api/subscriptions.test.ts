import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { GraphQLError } from 'graphql';
import { LIMITS } from '../../api/graphql/graphqlRoutes.ts';
import { subscriptionLimit } from '../../api/graphql/limits/subscriptionLimit.ts';
import { openNews } from '../../api/news/news.ts';
import type { Hint } from '../../indexer/store/hints.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { ALERT_STAGE, REGIME } from '../../protocol/law/codes.ts';
import { KIND, REASON, SHORE, STATUS } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { HEAD } from './support/fakeIndex.ts';
import { at, type LawIndex, lawIndex, lawMember } from './support/lawIndex.ts';
import { sealedCertificate } from './support/sealed.ts';
import { AUTHORIZED, startTestNode, type TestNode } from './support/testNode.ts';

const LOT = 'https://id.gs1.org/01/09521001001021/10/HB260914A';
const PATIENCE_MS = 5_000;

/** A subscription over Server-Sent Events. */
class Subscriber {
  readonly status: number;
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = '';

  constructor(response: Response) {
    this.status = response.status;
    this.#reader = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(new TextDecoderStream()).getReader();
  }

  /** The next event's data; undefined where the stream ends. */
  async next(): Promise<{ data?: Record<string, unknown>; errors?: { extensions: { code: string } }[] } | undefined> {
    for (;;) {
      const [event, ...rest] = this.#text.split('\n\n');
      if (rest.length > 0) {
        this.#text = rest.join('\n\n');
        const line = event?.split('\n').find((each) => each.startsWith('data:'));
        const data = line?.slice('data:'.length).trim() ?? '';
        if (data !== '') return JSON.parse(data);
        continue;
      }
      const { done, value } = await Promise.race([
        this.#reader.read(),
        sleep(PATIENCE_MS, { done: true, value: 'late' } as const, { ref: false }),
      ]);
      if (value === 'late') throw new Error('nothing came');
      if (done) return undefined;
      this.#text += value;
    }
  }

  leave(): Promise<void> {
    return this.#reader.cancel();
  }
}

describe('subscriptions', () => {
  let index: LawIndex;
  let node: TestNode;
  const open: Subscriber[] = [];

  beforeEach(async () => {
    index = lawIndex();
    index.law.members.push(lawMember(1, 'KR', 'CERTIFIER'), lawMember(3, 'CN', 'REGULATOR'), lawMember(7, 'CN', 'CUSTOMS'));
    node = await startTestNode({ index });
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((subscriber) => subscriber.leave().catch(() => undefined)));
    await node.close();
  });

  async function subscribe(selection: string): Promise<Subscriber> {
    const answer = await node.post('/graphql', { query: `subscription { ${selection} }` }, { accept: 'text/event-stream' });
    const subscriber = new Subscriber(answer);
    open.push(subscriber);
    return subscriber;
  }

  function alert(block: number, id: Hex, shore: number, stage: number = ALERT_STAGE.RAISED): void {
    const word = { stage, grade: 1, shore, raiser: 3, owner: 3, raisedAt: 1, changedAt: 1, dueAt: 2, lots: 0, recalls: 0 };
    index.law.alerts.push({ ...at(block), alert: id, evidence: id, word });
    index.tell({ about: 'ALERT', id });
  }

  /** A document of a batch has no record of its own. */
  async function inBatch(): Promise<Hex> {
    const { sdJwt, leaf } = sealedCertificate();
    await node.post('/documents', { documents: [{ sdJwt, subjects: [{ id: LOT }] }] }, AUTHORIZED);
    return leaf;
  }

  async function certificate(): Promise<Hex> {
    const leaf = await inBatch();
    index.addRecord({ leafOrRoot: leaf, issuer: 1, kind: KIND.CERTIFICATE_OF_ORIGIN });
    return leaf;
  }

  it('tell of alerts of a shore, as they are when they are told', async () => {
    const all = await subscribe('alertChanged { id shore stage owner { id } }');
    const korean = await subscribe('alertChanged(shore: KR) { id stage }');
    alert(1, idOf(1), SHORE.CN);
    alert(2, idOf(2), SHORE.KR);
    expect(await all.next()).to.deep.equal({ data: { alertChanged: { id: idOf(1), shore: 'CN', stage: 'RAISED', owner: { id: 3 } } } });
    expect(await korean.next()).to.deep.equal({ data: { alertChanged: { id: idOf(2), stage: 'RAISED' } } });
    alert(3, idOf(2), SHORE.KR, ALERT_STAGE.ASSESSED);
    expect(await korean.next()).to.deep.equal({ data: { alertChanged: { id: idOf(2), stage: 'ASSESSED' } } });
  });

  it('tell of one lot, and read what stops it anew each time', async () => {
    await certificate();
    const key = node.node.catalogue.subjects(LOT)[0]?.key as Hex;
    const held = await subscribe(`lotChanged(lot: "${LOT}") { lot stops { shore hold { reason } } }`);
    const free = { heldAt: 0, heldBy: 0, reason: 0, recalledAt: 0, recallClass: 0 };
    for (const [block, heldAt] of [
      [1, 5],
      [2, 0],
    ] as const) {
      const word = { CN: { ...free, heldAt, heldBy: 3, reason: REASON.FRAUD }, KR: free };
      index.law.lotChanges.push({ ...at(block), lot: key, cause: null, by: 3, reason: 0, position: block, head: idOf(0), word });
      index.tell({ about: 'LOT', id: idOf(99) });
      index.tell({ about: 'LOT', id: key });
      const stops = heldAt === 0 ? [] : [{ shore: 'CN', hold: { reason: 'FRAUD' } }];
      expect(await held.next()).to.deep.equal({ data: { lotChanged: { lot: 'HB260914A', stops } } });
    }
  });

  it('tell of changes of status, with the document where it is here, be it of a batch', async () => {
    const leaf = await inBatch();
    const news = await subscribe('statusChanged { id status reason document { leaf } }');
    for (const id of [recordId(1, leaf), idOf(5)]) {
      const record = { issuer: 1, kind: 1, status: STATUS.REVOKED, reason: REASON.FRAUD, anchoredAt: 1, expiresAt: 0, changedAt: 2 };
      index.law.statusChanges.push({ ...at(1), id, record: { ...record, changes: 1, position: 0, size: 1 } });
      index.tell({ about: 'STATUS', id });
      expect(await news.next()).to.deep.equal({
        data: { statusChanged: { id, status: 'REVOKED', reason: 'FRAUD', document: id === idOf(5) ? null : { leaf } } },
      });
    }
  });

  it('tell of certificates that are used', async () => {
    const leaf = await certificate();
    const id = recordId(1, leaf);
    const news = await subscribe('certificateConsumed { id use { office { id } regime own } certificate { number } }');
    const use = { use: 1n, regime: REGIME.RCEP, usedAt: 1, office: 7, registered: 1 };
    index.law.consumptions.push({ ...at(1), certificate: id, declaration: idOf(1), use });
    index.tell({ about: 'CONSUMPTION', id });
    expect(await news.next()).to.deep.equal({
      data: {
        certificateConsumed: { id, use: { office: { id: 7 }, regime: 'RCEP', own: true }, certificate: { number: 'DEMO-KR-26-000417' } },
      },
    });
  });

  it('read the hints once for all, and no longer than somebody listens', async () => {
    const first = await subscribe('statusChanged { id }');
    const second = await subscribe('statusChanged { id }');
    expect([index.readers, node.node.news.listeners]).to.deep.equal([1, 2]);
    await Promise.all([first.leave(), second.leave()]);
    for (let tries = 0; index.readers > 0 && tries < 100; tries++) await sleep(20);
    expect([index.readers, node.node.news.listeners]).to.deep.equal([0, 0]);
  });

  it('end with the node', async () => {
    const news = await subscribe('statusChanged { id }');
    node.node.news.close();
    expect((await news.next())?.data).to.equal(undefined);
  });

  it('cost as a hundred answers', async () => {
    const refused = await subscribe(
      `statusChanged { id ${Array.from({ length: 9 }, (_, at) => `d${at}: document { verdict { answer } }`).join(' ')} }`,
    );
    expect((await refused.next())?.errors?.[0]?.extensions.code).to.equal('QUERY_TOO_COSTLY');
    expect(node.node.news.listeners).to.equal(0);
  });

  it('refuse what is no lot', async () => {
    const refused = await subscribe('lotChanged(lot: "https://id.gs1.org/01/09521001001021") { id }');
    expect((await refused.next())?.errors?.[0]?.extensions.code).to.equal('BAD_ARGUMENTS');
  });

  it('are at most so many at once', async () => {
    const all = await Promise.all(Array.from({ length: LIMITS.subscriptions.subscribers }, () => subscribe('statusChanged { id }')));
    expect(new Set(all.map(({ status }) => status))).to.deep.equal(new Set([200]));
    const refused = await subscribe('statusChanged { id }');
    expect((await refused.next())?.errors?.[0]?.extensions.code).to.equal('TOO_MANY_SUBSCRIBERS');
    await all[0]?.leave();
    for (let tries = 0; node.node.news.listeners >= LIMITS.subscriptions.subscribers && tries < 100; tries++) await sleep(20);
    expect((await subscribe('statusChanged { id }')).status).to.equal(200);
  });
});

describe('subscriptionLimit', () => {
  const begin = (plugin: ReturnType<typeof subscriptionLimit>, signal: AbortSignal) => {
    const contextValue = { signal };
    let refused: string | undefined;
    const setResultAndStopExecution = ({ errors }: { errors: GraphQLError[] }) => {
      refused = String(errors[0]?.extensions.code);
    };
    plugin.onSubscribe?.({ args: { contextValue }, setResultAndStopExecution } as never);
    return { refused, signal: contextValue.signal };
  };

  it('ends a subscription when its time is over, and lets the next one begin', async () => {
    const plugin = subscriptionLimit({ subscribers: 1, milliseconds: 20 });
    const forever = new AbortController().signal;
    const { signal } = begin(plugin, forever);
    expect(begin(plugin, forever).refused).to.equal('TOO_MANY_SUBSCRIBERS');
    while (!signal.aborted) await sleep(5);
    expect(begin(plugin, forever).refused).to.equal(undefined);
  });

  it('counts nobody who left', () => {
    const plugin = subscriptionLimit({ subscribers: 1, milliseconds: 60_000 });
    const reader = new AbortController();
    begin(plugin, reader.signal);
    reader.abort();
    const next = new AbortController();
    expect(begin(plugin, next.signal).refused).to.equal(undefined);
    next.abort();
  });
});

describe('openNews', () => {
  const hint = (sequence: number): Hint => ({ ...at(sequence), about: 'ALERT', id: idOf(sequence) });

  it('goes on after the last hint when reading fails', async () => {
    const asked: number[] = [];
    const news = openNews(
      {
        checkpoint: async () => HEAD,
        async *hints(after) {
          asked.push(after);
          yield hint(after + 1);
          if (asked.length === 1) throw new Error('the database is away');
        },
      },
      () => {},
    );
    const listener = news.listen(new AbortController().signal);
    const told = [await listener.next(), await listener.next()].map(({ value }) => value?.sequence);
    expect([told, asked]).to.deep.equal([
      [HEAD.sequence + 1, HEAD.sequence + 2],
      [HEAD.sequence, HEAD.sequence + 1],
    ]);
    news.close();
  });

  it('ends a listener that is too far behind, and nobody else', async () => {
    const index = lawIndex();
    const news = openNews(index, () => {});
    const [slow, quick] = [news.listen(new AbortController().signal), news.listen(new AbortController().signal)];
    while (index.readers === 0) await sleep(1);
    for (let told = 0; told < 1_001; told++) {
      index.tell({ about: 'LOT', id: idOf(told) });
      expect((await quick.next()).done).to.equal(false);
    }
    expect((await slow.next()).done).to.equal(true);
    expect(news.listeners).to.equal(1);
    news.close();
    expect((await quick.next()).done).to.equal(true);
  });
});

function idOf(value: number): Hex {
  return `0x${value.toString(16).padStart(64, '0')}`;
}
