import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Response as ExpressResponse, Request } from 'express';
import { rateLimit } from '../../api/epcis/rateLimit.ts';
import { validateDocument } from '../../protocol/epcis/validateDocument.ts';
import type { JsonObject, JsonValue } from '../../protocol/json/jsonValue.ts';
import { anEvent, documentWith } from './support/events.ts';
import { AUTHORIZED, FIRST_SECOND, startTestNode, type TestNode } from './support/testNode.ts';

const SERIAL = 'https://id.gs1.org/01/09521001001021/21/';
const BASE = '/epcis/v2';
const PREFIXES = join(tmpdir(), `tidemark-prefixes-${process.pid}.json`);

describe('EPCIS query interface', () => {
  let node: TestNode;
  before(async () => {
    writeFileSync(PREFIXES, JSON.stringify({ GCPPrefixFormatList: { entry: [{ prefix: '952', gcpLength: 7 }] } }));
    node = await startTestNode({ anchors: true, config: { companyPrefixes: PREFIXES } });
    for (const minute of [0, 1, 2, 3, 4]) {
      const answer = await node.post(
        `${BASE}/events`,
        {
          '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { mine: 'https://ns.example.com/' }],
          ...anEvent(minute, {
            epcList: [minute % 2 === 0 ? `${SERIAL}S${minute}` : `urn:epc:id:sgtin:9521001.000102.S${minute}`],
            bizStep: minute < 3 ? 'shipping' : 'receiving',
            readPoint: { id: 'urn:epc:id:sgln:9521001.00001.dock' },
            'mine:truck': `K-${minute}`,
          }),
        },
        AUTHORIZED,
      );
      expect(answer.status).to.equal(201);
    }
  });
  after(() => node.close());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${node.url}${BASE}${path}`, { headers });
  const eventsIn = async (answer: Response) => {
    expect(answer.status).to.equal(200);
    const document = (await answer.json()) as QueryDocument;
    return document.epcisBody.queryResults.resultsBody.eventList;
  };
  const minutesOf = async (answer: Response) => (await eventsIn(answer)).map(({ eventTime }) => Number(String(eventTime).slice(14, 16)));
  const problemOf = async (answer: Response) => {
    const { type, code, pointer } = (await answer.json()) as Record<string, string>;
    return [answer.status, type, code, pointer];
  };

  describe('GET /events', () => {
    it('answers a valid document, the newest event first, each with the time of its block', async () => {
      const answer = await get('/events');
      const document = (await answer.clone().json()) as JsonValue;
      expect(validateDocument(document)).to.deep.equal([]);
      const events = await eventsIn(answer);
      expect(events.map(({ recordTime }) => recordTime)).to.deep.equal(
        [5, 4, 3, 2, 1].map((second) => new Date((FIRST_SECOND + second) * 1_000).toISOString()),
      );
      expect(events.every(({ eventID }) => String(eventID).startsWith('ni:///sha-256;'))).to.equal(true);
    });

    it('filters by parameters of the address', async () => {
      expect(await minutesOf(await get('/events?EQ_bizStep=shipping%7Cpacking&GE_eventTime=2026-10-01T00:01:00Z'))).to.deep.equal([2, 1]);
      expect(await minutesOf(await get('/events?MATCH_epc=urn:epc:id:sgtin:9521001.000102.S2'))).to.deep.equal([2]);
      expect(
        await minutesOf(await get(`/events?MATCH_anyEPC=${encodeURIComponent('https://shop.example/01/09521001001021/21/S3')}`)),
      ).to.deep.equal([3]);
      expect(await minutesOf(await get('/events?GE_recordTime=2026-11-06T21:20:04Z&orderBy=recordTime&orderDirection=ASC'))).to.deep.equal([
        3, 4,
      ]);
    });

    it('reads prefixes of extensions from the request', async () => {
      const headers = { 'gs1-extensions': 'ex=https://ns.example.com/' };
      expect(await minutesOf(await get('/events?EQ_ex:truck=K-4', headers))).to.deep.equal([4]);
      expect(await problemOf(await get('/events?EQ_ex:truck=K-4'))).to.deep.equal([
        ...[400, 'epcisException:QueryParameterException', 'QUERY_PREFIX_UNKNOWN', '/EQ_ex:truck'],
      ]);
    });

    it('parts the answer into pages that link to each other', async () => {
      const pages: number[][] = [];
      for (let path: string | undefined = '/events?perPage=2'; path !== undefined; ) {
        const answer: Response = await get(path);
        pages.push(await minutesOf(answer.clone()));
        path = nextOf(answer);
        expect(answer.headers.has('gs1-next-page-token-expires')).to.equal(path !== undefined);
      }
      expect(pages).to.deep.equal([[4, 3], [2, 1], [0]]);
    });

    it('gives the first events only where eventCountLimit says so, over pages too', async () => {
      const first = await get('/events?orderBy=eventTime&orderDirection=ASC&eventCountLimit=3&perPage=2');
      expect(await minutesOf(first.clone())).to.deep.equal([0, 1]);
      const second = await get(nextOf(first) ?? '');
      expect([await minutesOf(second.clone()), nextOf(second)]).to.deep.equal([[2], undefined]);
    });

    it('refuses a result of more than maxEventCount', async () => {
      expect(await problemOf(await get('/events?maxEventCount=4'))).to.deep.equal([
        413,
        'epcisException:QueryTooLargeException',
        'QUERY_RESULT_TOO_LARGE',
        '/maxEventCount',
      ]);
      expect(await minutesOf(await get('/events?maxEventCount=5'))).to.have.lengthOf(5);
    });

    it('refuses tokens of other requests, and made up ones', async () => {
      const next = nextOf(await get('/events?perPage=2')) ?? '';
      const bad = [400, 'epcisException:QueryParameterException', 'BAD_CURSOR', '/nextPageToken'];
      expect(await problemOf(await get(`${next}&EQ_action=OBSERVE`))).to.deep.equal(bad);
      for (const token of ['x', 'e30', '%22', Buffer.from('{"place":{"time":1}}').toString('base64url'), 'x'.repeat(5_000)])
        expect(await problemOf(await get(`/events?nextPageToken=${token}`))).to.deep.equal(bad);
    });

    it('releases a token', async () => {
      const token = new URL(nextOf(await get('/events?perPage=2')) ?? '', 'http://x').searchParams.get('nextPageToken');
      const remove = (text: string) => fetch(`${node.url}${BASE}/nextPageToken/${text}`, { method: 'DELETE' });
      expect([(await remove(String(token))).status, (await remove('none')).status]).to.deep.equal([204, 400]);
    });
  });

  describe('GS1-EPC-Format', () => {
    const idsIn = async (path: string, format?: string) => {
      const events = await eventsIn(await get(path, format === undefined ? {} : { 'gs1-epc-format': format }));
      return events.map(({ epcList }) => (epcList as string[])[0]);
    };

    it('writes Digital Links where nothing is said', async () => {
      expect(await idsIn('/events?perPage=2')).to.deep.equal([`${SERIAL}S4`, `${SERIAL}S3`]);
    });

    it('writes URNs where the length of the company prefix is known', async () => {
      expect(await idsIn('/events?perPage=2', 'Always_EPC_URN')).to.deep.equal([
        'urn:epc:id:sgtin:9521001.000102.S4',
        'urn:epc:id:sgtin:9521001.000102.S3',
      ]);
    });

    it('leaves identifiers as they were captured', async () => {
      for (const format of ['Never_Translates', 'No_Preference'])
        expect(await idsIn('/events?perPage=2', format)).to.deep.equal([`${SERIAL}S4`, 'urn:epc:id:sgtin:9521001.000102.S3']);
    });

    it('refuses another format', async () => {
      expect((await problemOf(await get('/events', { 'gs1-epc-format': 'Always_Barcode' })))[2]).to.equal('BAD_REQUEST');
    });
  });

  describe('versions and media types', () => {
    it('stand in every answer', async () => {
      for (const path of ['', '/events', '/epcs', '/bizSteps/shipping/events', '/none']) {
        const { headers } = await get(path);
        expect([headers.get('gs1-epcis-version'), headers.get('gs1-cbv-version')], path).to.deep.equal(['2.0.0', '2.0.0']);
      }
    });

    it('are refused where they cannot be given', async () => {
      const refused: Record<string, string>[] = [
        { 'gs1-epcis-min': '2.1' },
        { 'gs1-epcis-max': '1.2.0' },
        { 'gs1-cbv-max': '1.2' },
        { 'gs1-epcis-version': '1.2' },
        { accept: 'application/xml' },
      ];
      for (const headers of refused)
        expect((await problemOf(await get('/events', headers))).slice(0, 2)).to.deep.equal([406, 'epcisException:NotAcceptableException']);
      expect((await get('/events', { 'gs1-epcis-min': 'two' })).status).to.equal(400);
      expect((await get('/events', { 'gs1-epcis-min': '1.0.0', 'gs1-epcis-max': '2.0.0', accept: 'application/ld+json' })).status).to.equal(
        200,
      );
    });

    it('are told by OPTIONS of each resource', async () => {
      const paths = [
        '',
        '/capture',
        '/capture/1',
        '/events',
        '/events/x',
        '/eventTypes',
        '/epcs/x',
        '/epcs/x/events',
        '/bizSteps',
        '/bizLocations',
        '/readPoints',
        '/dispositions/y/events',
        '/nextPageToken/x',
      ];
      for (const path of paths) {
        const { status, headers } = await fetch(`${node.url}${BASE}${path}`, { method: 'OPTIONS' });
        expect([status, headers.get('gs1-epcis-min'), headers.get('gs1-cbv-max'), headers.get('gs1-epc-format')], path).to.deep.equal([
          204,
          '2.0.0',
          '2.0.0',
          'Always_GS1_Digital_Link',
        ]);
        expect(headers.get('allow'), path).to.include('OPTIONS');
        expect((await fetch(`${node.url}${BASE}${path}`, { method: 'PATCH' })).status, path).to.equal(405);
      }
    });
  });

  describe('top-level resources', () => {
    const membersOf = async (path: string, headers: Record<string, string> = {}) =>
      ((await (await get(path, headers)).json()) as { member: string[] }).member;

    it('are listed', async () => {
      expect(await membersOf('')).to.have.members([
        'events',
        'eventTypes',
        'epcs',
        'bizSteps',
        'bizLocations',
        'readPoints',
        'dispositions',
        'capture',
        'queries',
      ]);
      expect(await membersOf('/eventTypes')).to.deep.equal([
        'AggregationEvent',
        'AssociationEvent',
        'ObjectEvent',
        'TransactionEvent',
        'TransformationEvent',
      ]);
      expect(await membersOf('/bizSteps')).to.deep.equal(['receiving', 'shipping']);
      expect(await membersOf('/readPoints')).to.deep.equal(['https://id.gs1.org/414/9521001000017/254/dock']);
      expect(await membersOf('/epcs', { 'gs1-epc-format': 'Always_EPC_URN' })).to.include('urn:epc:id:sgtin:9521001.000102.S0');
    });

    it('are listed page by page', async () => {
      const first = await get('/epcs?perPage=3');
      const { member } = (await first.clone().json()) as { member: string[] };
      expect([...member, ...(await membersOf(nextOf(first) ?? ''))]).to.deep.equal([0, 1, 2, 3, 4].map((serial) => `${SERIAL}S${serial}`));
    });

    it('have sub-resources and events, under each spelling of their value', async () => {
      expect(await membersOf('/bizSteps/shipping')).to.deep.equal(['events']);
      expect(await minutesOf(await get('/bizSteps/urn:epcglobal:cbv:bizstep:receiving/events'))).to.deep.equal([4, 3]);
      expect(await minutesOf(await get(`/epcs/${encodeURIComponent(`${SERIAL}S1`)}/events`))).to.deep.equal([1]);
      expect(await minutesOf(await get(`/epcs/${SERIAL}S1/events`))).to.deep.equal([1]);
      expect(
        await minutesOf(await get('/readPoints/urn:epc:id:sgln:9521001.00001.dock/events?EQ_bizStep=receiving&perPage=1')),
      ).to.deep.equal([4]);
      expect(await minutesOf(await get('/eventTypes/AggregationEvent/events'))).to.deep.equal([]);
    });

    it('are 404 where no event says them', async () => {
      for (const path of ['/bizSteps/packing', '/bizSteps/packing/events', '/epcs/urn:x:1/events', '/epcs/urn:x:1%7Curn:x:2/events'])
        expect((await problemOf(await get(path))).slice(0, 2), path).to.deep.equal([404, 'epcisException:NoSuchNameException']);
    });

    it('refuse their own parameter a second time', async () => {
      expect((await problemOf(await get('/bizSteps/shipping/events?EQ_bizStep=packing')))[2]).to.equal('QUERY_PARAMETER_CONFLICT');
    });
  });

  describe('hostile input', () => {
    const long = 'x'.repeat(1_100);
    const HOSTILE: readonly (readonly [path: string, status: number, code: string])[] = [
      ['/events?__proto__=1', 400, 'QUERY_PARAMETER_UNKNOWN'],
      ['/events?constructor=1', 400, 'QUERY_PARAMETER_UNKNOWN'],
      ['/events?toString', 400, 'QUERY_PARAMETER_UNKNOWN'],
      ['/events?EQ_bizStep=%ff', 400, 'BAD_REQUEST'],
      ['/events?EQ_bizStep=%', 400, 'BAD_REQUEST'],
      ['/events?EQ_stringValue=a%E2%80%AEb', 400, 'BIDI_CONTROL'],
      ['/events?EQ_stringValue=a%00b', 400, 'CONTROL_CHARACTER'],
      [`/events?EQ_stringValue=${long}`, 400, 'QUERY_TOO_LARGE'],
      [`/events?EQ_bizStep=${Array.from({ length: 300 }, () => 'a').join('|')}`, 400, 'QUERY_TOO_LARGE'],
      [`/events?${Array.from({ length: 1_000 }, (_, index) => `a${index}=1`).join('&')}`, 400, 'QUERY_TOO_LARGE'],
      [`/events?EQ_stringValue=${'x'.repeat(9_000)}`, 414, 'URI_TOO_LONG'],
      ['/events?perPage=0', 400, 'BAD_REQUEST'],
      ['/events?perPage=1&perPage=2', 400, 'BAD_REQUEST'],
      ['/events?perPage=-1', 400, 'BAD_REQUEST'],
      ['/events?GE_eventTime=2026-02-30T00:00:00Z', 400, 'QUERY_VALUE_INVALID'],
      ['/events?GT_quantity=NaN', 400, 'QUERY_VALUE_INVALID'],
      ['/events?GT_quantity=1e999', 400, 'QUERY_VALUE_INVALID'],
      ['/epcs?MATCH_epc=x', 400, 'BAD_REQUEST'],
      ['/epcs/%ff/events', 400, 'BAD_REQUEST'],
      ['/bizSteps/two%20words/events', 400, 'QUERY_VALUE_INVALID'],
      ['/eventTypes/__proto__', 400, 'QUERY_VALUE_INVALID'],
      ['/capture/__proto__', 401, 'NO_TOKEN'],
    ];
    for (const [path, status, code] of HOSTILE) {
      it(`${path.slice(0, 60)} is answered ${status} within 50 ms`, async () => {
        await get('/events?perPage=1');
        const started = performance.now();
        const answer = await get(path);
        const text = await answer.text();
        const took = performance.now() - started;
        expect([answer.status, (JSON.parse(text) as { code: string }).code]).to.deep.equal([status, code]);
        expect(text.length).to.be.below(2_000);
        expect(took).to.be.below(50 * SLOWNESS);
      });
    }

    it('parts what is large into pages', async () => {
      const large = Array.from({ length: 4 }, (_, minute) =>
        anEvent(30 + minute, { bizStep: 'loading', 'https://ns.example.com/note': `${minute}`.repeat(90_000) }),
      );
      const answer = await node.post(`${BASE}/capture`, documentWith(...large), AUTHORIZED);
      expect(answer.status).to.equal(202);
      const sizes: number[] = [];
      let found = 0;
      await untilFound(4);
      for (let path: string | undefined = '/events?EQ_bizStep=loading&perPage=100'; path !== undefined; ) {
        const page: Response = await get(path);
        path = nextOf(page);
        const text = await page.text();
        sizes.push(text.length);
        found += (JSON.parse(text) as QueryDocument).epcisBody.queryResults.resultsBody.eventList.length;
      }
      expect([found, sizes.length]).to.deep.equal([4, 2]);
    });

    const untilFound = async (count: number) => {
      for (let tries = 0; tries < 200; tries++) {
        const { member } = (await (await get('/bizSteps')).json()) as { member: string[] };
        if (member.includes('loading') && (await eventsIn(await get(`/events?EQ_bizStep=loading&perPage=${count}`))).length > 0) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
  });
});

describe('rateLimit', () => {
  it('lets an address ask so many times at once, and again after a rest', () => {
    let now = 0;
    let passed = 0;
    const limit = rateLimit(() => now, 2, 3);
    const ask = (remoteAddress: string) => {
      try {
        limit({ socket: { remoteAddress } } as Request, { setHeader: () => {} } as unknown as ExpressResponse, () => passed++);
      } catch (error) {
        expect(error).to.include({ code: 'TOO_MANY_REQUESTS', status: 429 });
      }
    };
    for (let times = 0; times < 5; times++) ask('1');
    expect(passed).to.equal(3);
    ask('2');
    now += 500;
    for (let times = 0; times < 2; times++) ask('1');
    expect(passed).to.equal(5);
  });
});

/** The machine may be busy with other tests: a bound is for telling 50 ms from seconds. */
const SLOWNESS = 4;

interface QueryDocument {
  epcisBody: { queryResults: { resultsBody: { eventList: JsonObject[] } } };
}

function nextOf(answer: Response): string | undefined {
  return /^<\/epcis\/v2([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
}
