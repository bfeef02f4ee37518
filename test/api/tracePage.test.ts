import { expect } from 'chai';
import { LANGUAGES } from '../../web/texts/textsOf.ts';
import { traceTexts } from '../../web/texts/traceTexts.ts';
import { KIMCHI, LAVER, PALLETS, PARCELS, RAW, startTraceScene, type TraceScene } from './support/traceScene.ts';

describe('trace page route', function () {
  this.timeout(60_000);
  let scene: TraceScene;
  before(async () => {
    scene = await startTraceScene({ config: { publicUrl: 'https://node.example' } });
  });
  after(() => scene?.node.close());

  const open = async (query: Record<string, string>, accept = 'text/html') => {
    const response = await fetch(`${scene.node.url}/page/trace?${new URLSearchParams({ lang: 'en', ...query })}`, { headers: { accept } });
    return { response, html: await response.text() };
  };
  const titles = (html: string) => [...html.matchAll(/<p class="trace__what"><strong><bdi>([^<]*)/g)].map(([, title]) => title);

  it('shows both directions on one page, in each language', async () => {
    for (const lang of LANGUAGES) {
      const { response, html } = await open({ id: PALLETS[0] as string, lang });
      expect(response.status).to.equal(200);
      expect(html).to.contain('id="source"').and.contain('id="destination"').and.contain(traceTexts(lang).log.heading);
    }
    const { html } = await open({ id: LAVER });
    expect(titles(html)).to.include.members(['Lot HB260914A', 'Lot WANDO-0910', 'Logistic unit 095210010000009010', 'Item P001']);
  });

  it('lets forms go to this node only, and runs no inline code', async () => {
    const { response, html } = await open({ id: LAVER });
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).to.contain("form-action 'self'").and.contain("script-src 'self'").and.contain("default-src 'none'");
    expect(html).not.to.match(/style="|<style|javascript:| on\w+=/);
    const product = await fetch(`${scene.node.url}/page/01/09521001001021/10/NONE`, { headers: { accept: 'text/html' } });
    expect(product.headers.get('content-security-policy')).to.contain("form-action 'none'");
  });

  it('is a form where nothing is asked', async () => {
    for (const query of [{}, { id: '' }] as Record<string, string>[]) {
      const { response, html } = await open(query);
      expect(response.status).to.equal(200);
      expect(html).to.contain('<form class="trace__ask"').and.not.contain('id="source"');
    }
  });

  it('says on the form what was not found or cannot be right', async () => {
    const cases: [string, number, string][] = [
      ['DEMO-0', 404, traceTexts('en').notFound],
      ['https://id.gs1.org/01/09521001001022', 400, '<code>CHECK_DIGIT_WRONG</code>'],
      ['(01)09521001001022', 400, '<code>CHECK_DIGIT_WRONG</code>'],
    ];
    for (const [id, status, words] of cases) {
      const { response, html } = await open({ id });
      expect(response.status, id).to.equal(status);
      expect(html).to.contain(words).and.contain('aria-invalid="true"');
    }
  });

  it('says that nothing is recorded of goods that can be right', async () => {
    const { response, html } = await open({ id: 'https://id.gs1.org/01/09521001001021/10/NONE' });
    expect(response.status).to.equal(200);
    expect(html).to.contain(traceTexts('en').nothing);
  });

  it('names who recorded each step, from whom goods went to whom, and where', async () => {
    const { html } = await open({ id: LAVER });
    const row = html.match(/<tr>(?:(?!<\/tr>).)*Sent off(?:(?!<\/tr>).)*<\/tr>/)?.[0] ?? '';
    expect(row).to.contain('Hanbada Seaweed Foods (DEMO)</bdi> → <bdi>Jiaowan').and.contain('Wando');
  });

  it('strikes out what was declared in error', async () => {
    const { html } = await open({ id: RAW });
    expect(html).to.contain('<del>Stored</del>').and.contain('class="trace__struck"');
    expect((await open({ id: KIMCHI })).html).not.to.contain('class="trace__struck"');
  });

  it('counts sealed documents and names gaps', async () => {
    const { html } = await open({ id: RAW });
    expect(html).to.contain('1 sealed document · recorded by Namhae');
    expect((await open({ id: PARCELS[0] as string })).html).to.contain('data-code="NOT_RECEIVED"');
  });

  it('shows what had happened by a day, a second or an instant', async () => {
    for (const at of ['2026-10-12', '1791849599', '2026-10-13T08:59:59+09:00']) {
      const { html } = await open({ id: LAVER, at });
      expect(titles(html), at).to.include('Logistic unit 095210010000001014').and.not.include('Item P001');
    }
    const { html } = await open({ id: LAVER, at: '', asOf: '2020-01-01' });
    expect(html).to.contain(traceTexts('en').nothing).and.contain(traceTexts('en').time.now);
  });

  it('keeps the whole span on the slider, whatever time is shown', async () => {
    const slider = (html: string) => html.match(/<input id="slide"[^>]*>/)?.[0].replace(/ value="\d+"/, '');
    const now = slider((await open({ id: LAVER })).html);
    expect(now).to.contain('type="range"');
    expect(slider((await open({ id: LAVER, at: '2026-10-12' })).html)).to.equal(now);
  });

  it('links to its other forms at the same times', async () => {
    const { html } = await open({ id: LAVER, at: '2026-10-12' });
    const links = [...html.matchAll(/href="(\/trace\/[^"]*)"/g)].map(([, href]) => (href ?? '').replaceAll('&amp;', '&'));
    expect(links).to.have.length(8);
    for (const link of links) {
      const answer = await fetch(scene.node.url + link);
      expect(answer.status, link).to.equal(200);
      expect(await answer.text()).not.to.contain('/21/P001');
    }
  });

  it('puts its address on paper', async () => {
    const { html } = await open({ id: LAVER });
    expect(html).to.contain('class="trace__code"').and.contain('https://node.example/page/trace?id=https');
  });

  it('turns red with words where goods are recalled', async () => {
    expect((await open({ id: LAVER })).html).not.to.contain('Recalled');
    scene.recall(RAW);
    const { html } = await open({ id: LAVER });
    expect(html).to.contain('class="trace__banner"').and.contain('Recalled in China, class 2').and.contain('trace__node--stopped');
  });

  it('refuses what it cannot read, by field', async () => {
    for (const [query, pointer] of [
      [{ at: 'yesterday' }, '/at'],
      [{ asOf: '2026-13-01' }, '/asOf'],
      [{ sourceAfter: 'x' }, '/sourceAfter'],
    ] as [Record<string, string>, string][]) {
      const { response, html } = await open({ id: LAVER, ...query }, 'application/json');
      expect(response.status).to.equal(400);
      expect(JSON.parse(html).pointer).to.equal(pointer);
    }
  });
});
