import { expect } from 'chai';
import type { Bundle, BundleDocument } from '../../protocol/verdict/bundle.ts';
import type { Verdict } from '../../protocol/verdict/verdict.ts';
import { type Along, gatherAlong, type JudgedBundle } from '../../web/render/along/alongOf.ts';
import { productView } from '../../web/render/productView.ts';
import { renderProductPage } from '../../web/render/renderProductPage.ts';
import type { PageContext, ProductView } from '../../web/render/view.ts';
import { LANGUAGES, textsOf } from '../../web/texts/textsOf.ts';
import { demoBundle, demoVerdict, finding, SUBJECTS } from './demoBundle.ts';

const PAGE: PageContext = { path: '/page/01/1/10/2', node: 'korea', assets: { style: '/assets/page.css', script: '/assets/page.js' } };
const RAW = 'https://id.gs1.org/01/09521001000994/10/RAW';
const PALLET = 'https://id.gs1.org/00/095210010000001014';
const CONTAINER = 'https://id.gs1.org/00/095210010000009010';

let count = 0;
/** A document that holds an event. */
function eventDocument(event: Record<string, unknown>, issuer = 1): BundleDocument {
  const leaf = `0x${String(++count).padStart(64, '0')}` as const;
  const time = { eventTime: '2026-10-14T09:00:00+09:00', eventTimeZoneOffset: '+09:00' };
  return { type: 'event', event: JSON.stringify({ ...time, ...event }), salt: `0x${'00'.repeat(16)}`, issuer, anchor: { leaf } };
}

function bundleOf(id: string, documents: BundleDocument[]): Bundle {
  const bundle = demoBundle('laver');
  return { ...bundle, documents, subject: { ...bundle.subject, id } as NonNullable<Bundle['subject']> };
}

function judged(bundle: Bundle, ...changes: Parameters<typeof finding>[]): JudgedBundle {
  const verdict = demoVerdict(bundle);
  const free = changes.map((change) => finding(...change));
  return { bundle, verdict: { ...verdict, findings: [...verdict.findings, ...free] } as Verdict };
}

const made = eventDocument({
  type: 'TransformationEvent',
  eventTime: '2026-09-14T09:00:00+09:00',
  inputQuantityList: [{ epcClass: RAW, quantity: 280, uom: 'KGM' }],
  outputQuantityList: [{ epcClass: SUBJECTS.laver, quantity: 4800 }],
});
const loaded = eventDocument({
  type: 'AggregationEvent',
  action: 'ADD',
  eventTime: '2026-10-13T20:00:00+09:00',
  bizStep: 'loading',
  parentID: CONTAINER,
  childEPCs: [PALLET],
});
const sailed = eventDocument({ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'transporting', epcList: [CONTAINER] });
const demo = demoBundle('laver');
const own = () =>
  judged(bundleOf(SUBJECTS.laver, [...demo.documents.filter(({ type }) => type === 'credential'), ...eventsWithoutCommissioning(), made]));

/** A lot has one origin: that it was made, or what it was made of. */
function eventsWithoutCommissioning(): BundleDocument[] {
  return demo.documents.filter((document) => document.type === 'event' && !document.event.includes('commissioning'));
}

function viewWith(...beside: [id: string, judged: JudgedBundle | undefined][]): ProductView {
  const { bundle, verdict } = own();
  return productView(bundle, verdict, SUBJECTS.laver, new Map(beside));
}

describe('what goods travelled in and were made of, on their page', () => {
  const raw = (...changes: Parameters<typeof finding>[]): [string, JudgedBundle] => [RAW, judged(bundleOf(RAW, [made]), ...changes)];

  describe('gatherAlong', () => {
    it('asks for a unit, and then for what the unit was in', async () => {
      const asked: string[] = [];
      const known: Record<string, JudgedBundle> = {
        [PALLET]: judged(bundleOf(PALLET, [loaded])),
        [CONTAINER]: judged(bundleOf(CONTAINER, [loaded, sailed])),
      };
      const along = await gatherAlong(own(), SUBJECTS.laver, async (id) => {
        asked.push(id);
        return known[id];
      });
      expect(asked).to.include.members([RAW, PALLET, CONTAINER]);
      expect(new Set(asked).size).to.equal(asked.length);
      expect(along.get(RAW)).to.equal(undefined);
      expect(along.get(CONTAINER)).to.equal(known[CONTAINER]);
    });

    it('asks for no more than six', async () => {
      const kimchi = demoBundle('kimchi');
      const asked: string[] = [];
      await gatherAlong({ bundle: kimchi, verdict: demoVerdict(kimchi) }, SUBJECTS.kimchi, async (id) => void asked.push(id) as undefined);
      expect(asked).to.have.length(6);
      expect(productView(kimchi, demoVerdict(kimchi), SUBJECTS.kimchi).alongLeft).to.equal(14);
    });
  });

  it('calls a unit what it is, and says nothing of tests where there is none', () => {
    const { bundle, verdict } = judged(bundleOf(PALLET, [loaded]));
    const view = productView(bundle, verdict, PALLET);
    expect(view.glance.colour).to.equal('green');
    for (const language of LANGUAGES) {
      const { glance, untested, what } = textsOf(language);
      expect(renderProductPage(view, PAGE, language))
        .to.contain(untested)
        .and.contain(what.unnamedUnit)
        .and.not.contain(glance.green.text);
    }
    const laver = demoBundle('laver');
    const tested = renderProductPage(productView(laver, demoVerdict(laver), SUBJECTS.laver), PAGE, 'en');
    expect(tested).to.contain(textsOf('en').glance.green.text).and.not.contain(textsOf('en').untested);
  });

  it('puts what happened to a unit meanwhile into the journey, with the unit', () => {
    const view = viewWith([PALLET, judged(bundleOf(PALLET, [loaded]))], [CONTAINER, judged(bundleOf(CONTAINER, [loaded, sailed]))], raw());
    expect(view.meanwhile.map(({ step, unit }) => [step, unit])).to.deep.equal([
      ['loading', PALLET],
      ['transporting', CONTAINER],
    ]);
    const html = renderProductPage(view, PAGE, 'en');
    expect(html).to.contain('inside unit 095210010000009010').and.contain('href="/page/00/095210010000009010?lang=en"');
  });

  it('tells nothing of an event whose content is not proven', () => {
    const container = bundleOf(CONTAINER, [loaded, sailed]);
    const bad = { bundle: container, verdict: demoVerdict(container, [finding('integrity', 'INVALID', 'CONTENT_MISMATCH', 1)]) };
    const view = viewWith([PALLET, judged(bundleOf(PALLET, [loaded]))], [CONTAINER, bad], raw());
    expect(view.meanwhile.map(({ step }) => step)).to.deep.equal(['loading']);
    expect(view.along.find(({ id }) => id === CONTAINER)?.answer).to.equal('INVALID');
  });

  it('is amber where what it was made of could not be checked, whatever a unit is', () => {
    expect(viewWith(raw()).glance.colour).to.equal('green');
    expect(viewWith().glance.reasons).to.deep.equal([{ code: 'INPUT_UNCHECKED' }]);
    expect(
      viewWith(raw())
        .along.filter(({ role }) => role === 'unit')
        .map(({ answer }) => answer),
    ).to.deep.equal(['CANNOT_CHECK', 'CANNOT_CHECK']);
  });

  it('is red, with a banner in each language, where what it was made of is recalled', () => {
    const view = viewWith(raw(['free', 'INVALID', 'RECALLED']));
    expect(view.glance).to.deep.include({ colour: 'red', reasons: [{ code: 'INPUT_STOPPED' }] });
    for (const language of LANGUAGES) {
      const { stops, along, codes } = textsOf(language);
      const html = renderProductPage(view, PAGE, language);
      const banner = html.match(/<section id="stops".*?<\/section>/)?.[0] ?? '';
      expect(banner).to.contain(stops.heading.RECALLED).and.contain(along.roles.input).and.contain('RAW');
      expect(html).to.contain(codes.INPUT_STOPPED);
    }
  });

  it('is as red as what a unit holds, and not for what it carried once', () => {
    const event = { type: 'AggregationEvent', parentID: PALLET, childQuantityList: [{ epcClass: RAW, quantity: 2 }] };
    const packed = eventDocument({ ...event, action: 'ADD', eventTime: '2026-10-13T20:00:00+09:00' });
    const taken = eventDocument({ ...event, action: 'DELETE', eventTime: '2026-10-14T20:00:00+09:00' });
    const view = (documents: BundleDocument[], along: Along) => {
      const { bundle, verdict } = judged(bundleOf(PALLET, documents));
      return productView(bundle, verdict, PALLET, along);
    };
    const recalled = new Map([raw(['free', 'INVALID', 'RECALLED'])]);
    const laden = view([packed], recalled);
    expect(laden.glance).to.deep.include({ colour: 'red', reasons: [{ code: 'CONTENT_STOPPED' }] });
    expect(view([packed], new Map()).glance).to.deep.include({ colour: 'amber', reasons: [{ code: 'CONTENT_UNCHECKED' }] });
    const empty = view([packed, taken], recalled);
    expect(empty.glance.colour).to.equal('green');
    for (const language of LANGUAGES) {
      const { along, codes, stops } = textsOf(language);
      const html = renderProductPage(laden, PAGE, language);
      expect(html).to.contain(codes.CONTENT_STOPPED).and.contain(along.roles.content).and.contain(along.headingOfUnit);
      expect(html.match(/<section id="stops".*?<\/section>/)?.[0]).to.contain(stops.heading.RECALLED);
      expect(renderProductPage(empty, PAGE, language))
        .to.contain(along.roles.carried)
        .and.not.contain('id="stops"');
    }
  });

  it('has no banner where nothing is stopped, or only what may be in it', () => {
    const html = (along: Along) => renderProductPage(productView(own().bundle, own().verdict, SUBJECTS.laver, along), PAGE, 'en');
    expect(html(new Map([raw()]))).not.to.contain('id="stops"');
    const both = bundleOf(SUBJECTS.laver, [
      made,
      eventDocument({
        type: 'TransformationEvent',
        inputQuantityList: [{ epcClass: `${RAW}2` }],
        outputQuantityList: [{ epcClass: SUBJECTS.laver }],
      }),
    ]);
    const view = productView(both, demoVerdict(both), SUBJECTS.laver, new Map([raw(['free', 'INVALID', 'RECALLED'])]));
    expect(view.glance.reasons).to.deep.include({ code: 'INPUT_MAYBE_STOPPED' });
    expect(renderProductPage(view, PAGE, 'en')).not.to.contain('id="stops"');
  });

  it('puts papers at the day on which they were issued', () => {
    const html = renderProductPage(viewWith(raw()), PAGE, 'en');
    const journey = html.match(/<section id="journey".*?<\/section>/)?.[0] ?? '';
    const order = ['Sample taken', '#tests', 'Packed', '#certificate', 'Sent off'].map((word) => journey.indexOf(word));
    expect(order)
      .to.deep.equal([...order].sort((a, b) => a - b))
      .and.not.include(-1);
  });

  it('strikes out a step that was declared in error, and tells the declaration once', () => {
    const wrong = {
      type: 'ObjectEvent',
      action: 'OBSERVE',
      bizStep: 'storing',
      eventID: 'urn:uuid:1',
      quantityList: [{ epcClass: SUBJECTS.laver, quantity: 1 }],
    };
    const declaration = { ...wrong, errorDeclaration: { declarationTime: '2026-10-14T10:00:00+09:00', reason: 'did_not_occur' } };
    const bundle = bundleOf(SUBJECTS.laver, [eventDocument(wrong), eventDocument(declaration)]);
    const view = productView(bundle, demoVerdict(bundle), SUBJECTS.laver);
    expect(view.journey.map(({ declared }) => declared)).to.deep.equal([true]);
    expect(renderProductPage(view, PAGE, 'en')).to.match(/<del><span data-fact="step.0.step">Stored/);
  });

  it('names gaps in plain words', () => {
    const bundle = bundleOf(SUBJECTS.laver, [
      eventDocument({ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', quantityList: [{ epcClass: SUBJECTS.laver }] }),
    ]);
    for (const language of LANGUAGES) {
      const html = renderProductPage(productView(bundle, demoVerdict(bundle), SUBJECTS.laver), PAGE, language);
      expect(html).to.contain(textsOf(language).journey.gaps.NOT_RECEIVED);
    }
  });

  for (const payload of ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>'])
    it(`shows ${payload.slice(0, 12)} of a unit's event as text`, () => {
      const hostile = eventDocument({
        type: 'ObjectEvent',
        action: 'OBSERVE',
        bizStep: payload,
        epcList: [CONTAINER],
        readPoint: { id: payload },
      });
      const view = viewWith(
        [PALLET, judged(bundleOf(PALLET, [loaded]))],
        [CONTAINER, judged(bundleOf(CONTAINER, [loaded, hostile]))],
        raw(),
      );
      expect(view.meanwhile).to.have.length(2);
      const html = renderProductPage(view, PAGE, 'en');
      expect(html).not.to.match(/<script>|<img/);
    });
});
