import { expect } from 'chai';
import fc from 'fast-check';
import { chooseLinks } from '../../api/resolver/chooseLinks.ts';
import { forwardQuery } from '../../api/resolver/forwardQuery.ts';
import type { Link } from '../../api/resolver/links.ts';
import type { Linkset } from '../../api/resolver/linkset.ts';
import { linkTypeName } from '../../api/resolver/linkTypes.ts';
import { REASON } from '../../protocol/ledger/codes.ts';
import { ITEM, LOT, PLACE, PRODUCT, type ResolverScene, startResolverScene, UNIT } from './support/resolverScene.ts';

const ROOT = 'https://node.example';
const VOCABULARY = 'https://ref.gs1.org/voc/';
const canonical = (path: string) => encodeURIComponent(`https://id.gs1.org${path}`);

describe('resolver', () => {
  let scene: ResolverScene;
  before(async () => {
    scene = await startResolverScene(ROOT);
  });
  after(() => scene.node.close());

  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(scene.node.url + path, { method, headers, redirect: 'manual' });
  const locationOf = async (path: string, headers?: Record<string, string>) => {
    const answer = await ask(path, headers);
    return answer.status === 307 ? answer.headers.get('location')?.replace(ROOT, '') : answer.status;
  };
  const linkset = async (path: string, headers?: Record<string, string>) =>
    (await (await ask(`${path}?linkType=linkset`, headers)).json()) as Linkset;
  const problemOf = async (path: string) => {
    const answer = await ask(path);
    return { status: answer.status, ...((await answer.json()) as { code: string; detail: string }) };
  };

  describe('default link', () => {
    for (const path of [PRODUCT, LOT, ITEM, UNIT, PLACE])
      it(`leads from ${path} to its page`, async () => {
        expect(await locationOf(path)).to.equal(`/page${path}`);
        expect(await locationOf(`${path}/`)).to.equal(`/page${path}`);
      });

    it('follows the language of the reader by weight', async () => {
      expect(await locationOf(LOT, { 'accept-language': 'fr, zh-CN;q=0.4, ko;q=0.7' })).to.equal(`/page${LOT}?lang=ko`);
      expect(await locationOf(LOT, { 'accept-language': 'fr' })).to.equal(`/page${LOT}`);
      expect(await locationOf(`${LOT}?lang=zh`, { 'accept-language': 'ko' })).to.equal(`/page${LOT}?lang=zh`);
    });

    it('takes the query along', async () => {
      expect(await locationOf(`${LOT}?17=271231&a=%20b&c`)).to.equal(`/page${LOT}?17=271231&a=%20b&c`);
    });

    it('leads from an item that nobody recorded to its lot', async () => {
      expect(await locationOf(`${LOT}/21/S9`)).to.equal(`/page${LOT}`);
      expect(await locationOf(`${PLACE}/254/X`)).to.equal(`/page${PLACE}`);
    });

    it('leads from a lot that nobody recorded to its product, which says so', async () => {
      const location = `/page${PRODUCT}?unknown=%2F10%2FFAKE`;
      expect(await locationOf(`${PRODUCT}/10/FAKE`)).to.equal(location);
      expect(await locationOf(`${PRODUCT}/10/FAKE?unknown=`)).to.equal(location);
      const page = await (await ask(`${location}&lang=en`, { accept: 'text/html' })).text();
      expect(page).to.include('Nothing is recorded for this code').and.include('FAKE').and.include(`/page${LOT}`);
      expect(page).to.not.match(/data-colour="green"/);
    });

    it('is none where nothing is known', async () => {
      expect(await problemOf('/01/09521003003023/10/X')).to.include({ status: 404, code: 'UNKNOWN_SUBJECT' });
    });

    it('is told with the linkset, also to HEAD', async () => {
      for (const method of ['GET', 'HEAD']) {
        const { status, headers } = await ask(LOT, {}, method);
        expect(status).to.equal(307);
        expect(headers.get('link')).to.equal(`<${ROOT}${LOT}?linkType=linkset>; rel="linkset"; type="application/linkset+json"`);
      }
    });
  });

  describe('link type', () => {
    for (const [name, path, target] of [
      ['pip', LOT, `/page${LOT}`],
      ['traceability', LOT, `/page${LOT}#journey`],
      ['epcis', LOT, `/epcis/v2/events?MATCH_anyEPCClass=${canonical(LOT)}`],
      ['epcis', UNIT, `/epcis/v2/events?MATCH_anyEPC=${canonical(UNIT)}`],
      ['epcis', ITEM, `/epcis/v2/events?MATCH_anyEPC=${canonical(ITEM)}`],
      ['recallStatus', LOT, `/recalls?id=${canonical(LOT)}`],
      ['safetyInfo', LOT, `/page${LOT}#tests`],
      ['verificationService', LOT, `/subjects?id=${canonical(LOT)}`],
      ['masterData', LOT, `/filings?id=${canonical(PRODUCT)}`],
    ] as const)
      it(`${name} of ${path} leads to what it names, in every spelling`, async () => {
        for (const spelling of [
          `gs1:${name}`,
          `${VOCABULARY}${name}`,
          `https://gs1.org/voc/${name}`,
          encodeURIComponent(VOCABULARY + name),
        ])
          expect((await locationOf(`${path}?linkType=${spelling}`))?.toString().replace(/\?linkType=[^#]*/, '')).to.equal(target);
      });

    it('never leads to the default where it is not there', async () => {
      for (const type of ['gs1:nosuchlt', 'gs1:dpp', 'gs1:', '', 'pip', 'schema:url', 'https://example.com/voc/pip', 'gs1:PIP'])
        expect(await problemOf(`${LOT}?linkType=${type}`), type).to.include({ status: 404, code: 'UNKNOWN_LINK' });
      expect(await problemOf(`${LOT}?linkType=gs1:pip&linkType=gs1:epcis`)).to.include({ status: 400, code: 'BAD_REQUEST' });
    });

    it('gives a choice of several, of which context tells some apart', async () => {
      const answer = await ask(`${LOT}?linkType=gs1:certificationInfo`);
      const [context] = ((await answer.json()) as Linkset).linkset;
      expect(answer.status).to.equal(300);
      expect(context?.[`${VOCABULARY}certificationInfo`]).to.have.lengthOf(3);
      expect(await locationOf(`${LOT}?linkType=gs1:certificationInfo&context=CN`)).to.match(/^\/bundles\/0x[0-9a-f]{64}$/);
      expect((await ask(`${LOT}?linkType=gs1:certificationInfo&context=KR`)).status).to.equal(300);
    });

    it('gives people their choice as a page', async () => {
      const answer = await ask(`${LOT}?linkType=gs1:certificationInfo`, { accept: 'text/html', 'accept-language': 'ko' });
      expect(answer.status).to.equal(300);
      expect(await answer.text()).to.include('원산지증명서 DEMO-KR-26-000417');
    });
  });

  describe('linkset', () => {
    it('has an anchor for each depth, and what is there only', async () => {
      const { linkset: contexts } = await linkset(`${LOT}/21/S9`);
      expect(contexts.map(({ anchor }) => anchor)).to.deep.equal([ROOT + LOT, ROOT + PRODUCT]);
      expect(Object.keys(contexts[1] ?? {}).map((name) => name.replace(VOCABULARY, ''))).to.deep.equal([
        ...['anchor', 'itemDescription', 'defaultLink', 'defaultLinkMulti', 'pip', 'masterData'],
      ]);
    });

    it('describes in the language of the reader', async () => {
      for (const [language, words] of [
        ['zh', '产品 09521001001021, 批次 HB260914A'],
        ['ko', '제품 09521001001021, 로트 HB260914A'],
        ['en', 'Product 09521001001021, lot HB260914A'],
      ] as const)
        expect((await linkset(LOT, { 'accept-language': language })).linkset[0]?.itemDescription).to.equal(words);
    });

    it('is given to who accepts it, and not to who likes a page better', async () => {
      expect((await ask(LOT, { accept: 'application/linkset+json' })).status).to.equal(200);
      expect((await ask(LOT, { accept: 'application/linkset+json;q=0.3, text/html' })).status).to.equal(307);
    });

    it('links to addresses of this node only', async () => {
      for (const path of [PRODUCT, LOT, ITEM, UNIT, PLACE]) {
        for (const context of (await linkset(path)).linkset)
          for (const links of Object.values(context)) {
            if (typeof links === 'string') continue;
            for (const { href } of links) expect(new URL(href).origin).to.equal(ROOT);
          }
      }
    });
  });

  it('says what it is at its well-known address', async () => {
    const file = (await (await ask('/.well-known/gs1resolver')).json()) as Record<string, unknown>;
    expect(file).to.include({ resolverRoot: ROOT });
    expect(file.supportedPrimaryKeys).to.include.members(['00', '01', '414', '417', '8003']);
  });

  it('answers other origins, and names its methods', async () => {
    const options = await ask(LOT, { origin: 'https://elsewhere.example' }, 'OPTIONS');
    expect(options.status).to.equal(204);
    expect(options.headers.get('allow')).to.equal('GET, HEAD, OPTIONS');
    for (const path of [LOT, `${LOT}/foo`, '/01/09521003003023', '/recalls?id=x', '/.well-known/gs1resolver'])
      expect((await ask(path)).headers.get('access-control-allow-origin'), path).to.equal('*');
    expect((await ask(LOT, {}, 'POST')).status).to.equal(405);
  });

  it('refuses a compressed link by name', async () => {
    expect(await problemOf('/ARFKk4XB0CDKWcnpq')).to.include({ status: 404, code: 'COMPRESSED_LINK' });
  });

  it('tells a hold and a recall of the lot, and none by name', async () => {
    const status = async () => (await (await ask(`/recalls?id=${canonical(LOT)}`)).json()) as object;
    expect(await status()).to.deep.include({ status: 'NONE', holds: [], recalls: [] });
    const free = { heldAt: 0, heldBy: 0, reason: 0, recalledAt: 0, recallClass: 0 };
    scene.stop({ CN: { ...free, heldAt: 1_795_000_000, heldBy: 2, reason: REASON.UNDER_INVESTIGATION } });
    const hold = { shore: 'CN', since: '2026-11-18T11:06:40.000Z', reason: 'UNDER_INVESTIGATION' };
    expect(await status()).to.deep.include({ status: 'HELD', holds: [hold], recalls: [] });
    scene.stop({ KR: { ...free, recalledAt: 1_795_000_000, recallClass: 1 } });
    expect(await status()).to.deep.include({ status: 'RECALLED', recalls: [{ shore: 'KR', since: hold.since, class: 1 }] });
    expect(await problemOf(`/recalls?id=${canonical('/01/09521003003023')}`)).to.include({ status: 404, code: 'UNKNOWN_SUBJECT' });
  });
});

describe('chooseLinks', () => {
  const link = (part: Partial<Link>): Link => ({ linkType: 'pip', target: '/x', title: { about: 'pip' }, forwards: true, ...part });
  const wish = (accept?: string, acceptLanguage?: string, context?: string) => ({ accept, acceptLanguage, context });

  it('chooses by media type', () => {
    const [html, json] = [link({ type: 'text/html' }), link({ type: 'application/json' })];
    expect(chooseLinks([html, json], wish('application/json, text/html;q=0.5'))).to.deep.equal([json]);
    expect(chooseLinks([html, json], wish('text/*'))).to.deep.equal([html]);
    expect(chooseLinks([html, json], wish('image/png'))).to.deep.equal([html, json]);
  });

  it('takes no weight of zero for a wish', () => {
    const [zh, ko] = [link({ language: 'zh' }), link({ language: 'ko' })];
    expect(chooseLinks([zh, ko], wish(undefined, 'zh;q=0, ko;q=0.1'))).to.deep.equal([ko]);
  });

  it('always answers some of what it was given', () => {
    const some = fc.constantFrom<Partial<Link>>(
      {},
      { language: 'ko' },
      { type: 'text/html' },
      { context: 'CN' },
      { language: 'zh', type: 'text/html' },
    );
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 1 }),
        fc.string(),
        fc.string(),
        fc.option(fc.string(), { nil: undefined }),
        (parts, accept, language, context) => {
          const links = parts.map(link);
          const chosen = chooseLinks(links, wish(accept, language, context));
          expect(chosen.length).to.be.greaterThan(0);
          expect(links).to.include.members(chosen);
        },
      ),
    );
  });
});

describe('forwardQuery', () => {
  const link = (target: string, forwards = true): Link => ({ linkType: 'pip', target, title: { about: 'pip' }, forwards });

  it('keeps what the link says itself, and its fragment', () => {
    expect(forwardQuery(link('/p?a=1#f'), 'a=2&b=3')).to.equal('/p?a=1&b=3#f');
    expect(forwardQuery(link('/p#f'), 'b=3')).to.equal('/p?b=3#f');
    expect(forwardQuery(link('/p?a=1', false), 'b=3')).to.equal('/p?a=1');
  });

  it('never changes the address', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (query) => {
        expect(new URL(forwardQuery(link('/page/01/1'), query), ROOT)).to.include({ origin: ROOT, pathname: '/page/01/1' });
      }),
    );
  });
});

describe('linkTypeName', () => {
  it('reads each spelling of the namespace and no other', () => {
    for (const spelling of ['gs1:pip', 'https://ref.gs1.org/voc/pip', 'https://gs1.org/voc/pip', 'http://www.gs1.org/voc/pip'])
      expect(linkTypeName(spelling)).to.equal('pip');
    for (const other of ['pip', 'GS1:pip', 'https://ref.gs1.org.example/voc/pip', 'https://ref.gs1.org/voc/pip/x', 'gs1:pip\n'])
      expect(linkTypeName(other)).to.equal(undefined);
  });
});
