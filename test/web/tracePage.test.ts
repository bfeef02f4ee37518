import { expect } from 'chai';
import fc from 'fast-check';
import { clip, clipStart, widthOf, wrap } from '../../web/render/trace/fitText.ts';
import { goodsName } from '../../web/render/trace/goodsName.ts';
import { type Box, layOut } from '../../web/render/trace/layOut.ts';
import { pictureOf } from '../../web/render/trace/pictureOf.ts';
import { renderTracePage, renderTraceSearch } from '../../web/render/trace/renderTracePage.ts';
import type { GoodsFacts, TraceSide, TraceView } from '../../web/render/trace/traceView.ts';
import type { PageContext } from '../../web/render/view.ts';
import { LANGUAGES } from '../../web/texts/textsOf.ts';
import { traceTexts } from '../../web/texts/traceTexts.ts';

const PAGE: PageContext = { path: '/page/trace?id=x', node: 'korea', assets: { style: '/assets/trace.css', script: '/assets/trace.js' } };
const LOT = 'https://id.gs1.org/01/09521001001021/10/HB260914A';
const unit = (at: number) => `https://id.gs1.org/00/${String(at).padStart(18, '0')}`;

const EMPTY: TraceSide = { goods: [], steps: [], gaps: [], findings: [], reached: { count: 0, more: false } };
const goods = (id: string, depth: number, more: Partial<GoodsFacts> = {}): GoodsFacts => ({
  ...{ id, depth, certain: true, entries: 1, sealed: [], stops: [] },
  ...more,
});

function view(more: Partial<TraceView> = {}): TraceView {
  return {
    ...{ asked: LOT, ids: [LOT], events: [], members: new Map(), address: 'https://node.example/page/trace?id=x', time: {} },
    ...{ source: { ...EMPTY, goods: [goods(LOT, 0)] }, destination: { ...EMPTY, goods: [goods(LOT, 0)] } },
    block: { height: 7, time: '2026-11-18T11:06:40Z' },
    ...more,
  };
}

/** A trace in which a text stands wherever a document or a reader can put one. */
function hostile(text: string): TraceView {
  const names = { zh: text, ko: text, en: text };
  const party = { id: text, names };
  const place = { registered: text };
  const lastSeen = { time: 1_790_000_000_000, step: text, place, holder: party, member: 1, disposition: text };
  const steps = [{ from: text, to: LOT, event: 'e1', kind: 'transformation' as const, certain: false, quantity: text, unit: text }];
  const side = {
    ...{ steps, findings: [{ code: 'REAPPEARED' as const, id: text }], gaps: [{ code: 'NOT_RECEIVED' as const, id: text }] },
    goods: [
      goods(LOT, 0, { where: place, lastSeen, sealed: [{ member: 1 }] }),
      goods(text, 1, { unit: text, lastSeen: { ...lastSeen, holder: { id: text } } }),
    ],
    ...{ reached: { count: 2, more: false }, cursor: text, after: text },
  };
  const event = { key: 'e1', time: 1_790_000_000_000, step: text, place, member: 1, goods: [text, LOT], declared: true };
  return view({
    ...{ asked: text, ids: [text], source: side, destination: side, address: text },
    events: [
      {
        ...event,
        parties: [
          { role: 'source', party },
          { role: 'destination', party: { id: text } },
        ],
      },
    ],
    members: new Map([[1, { names }]]),
    time: { at: 1_790_000_000, asOf: 1_790_000_000, span: { first: 1_780_000_000, last: 1_790_000_000 } },
  });
}

describe('trace page', () => {
  describe('renderTracePage', () => {
    it('writes a whole document in each language', () => {
      for (const language of LANGUAGES) {
        const html = renderTracePage(view(), PAGE, language);
        expect(html.match(/<h1/g)).to.have.length(1);
        expect(html).to.contain('role="search"').and.contain(traceTexts(language).picture.label);
      }
    });

    for (const payload of [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "'-alert(1)-'",
      '</text></svg><svg/onload=alert(1)>',
      'javascript:alert(1)',
    ]) {
      it(`shows ${JSON.stringify(payload).slice(0, 30)} as text in every field`, () => {
        const tagsOf = (html: string) => (html.match(/<[^>]*>/g) ?? []).map((markup) => markup.replace(/="[^"]*"/g, '=""'));
        // As many letters, so that lines break alike.
        const harmless = renderTracePage(hostile(payload.replace(/[^\s]/g, 'x')), PAGE, 'en');
        const html = renderTracePage(hostile(payload), PAGE, 'en');
        expect(tagsOf(html)).to.deep.equal(tagsOf(harmless));
        expect(html.match(/href="[^"]*"/g)?.every((href) => /^href="(\/|#|data:,)/.test(href))).to.equal(true);
      });
    }

    it('says where a stop stands in words', () => {
      const stops = [{ kind: 'RECALL', shore: 'CN', since: '2026-11-12T10:05:00Z', recallClass: 2 }] as const;
      const html = renderTracePage(view({ destination: { ...EMPTY, goods: [goods(LOT, 0, { stops })] } }), PAGE, 'ko');
      expect(html.match(/중국에서 회수 중\(2등급\)/g)?.length).to.be.at.least(2);
    });

    it('claims no check of its own', () => {
      expect(renderTracePage(view(), PAGE, 'en'))
        .to.contain(traceTexts('en').notProven('korea'))
        .and.not.contain('data-verified');
    });
  });

  describe('renderTraceSearch', () => {
    it('repeats what was typed as text', () => {
      const html = renderTraceSearch('"><b>x', { code: 'UNKNOWN_SUBJECT', refused: false }, PAGE, 'zh');
      expect(html).to.contain('value="&quot;&gt;&lt;b&gt;x"').and.not.contain('<b>');
    });
  });

  describe('traceTexts', () => {
    it('says everything in every language, in its own script', () => {
      const pathsOf = (value: unknown, path = ''): string[] =>
        typeof value === 'object' && value !== null
          ? Object.entries(value).flatMap(([name, item]) => pathsOf(item, `${path}/${name}`))
          : [path];
      const [zh, ko, en] = LANGUAGES.map((language) => pathsOf(traceTexts(language)));
      expect(zh).to.deep.equal(ko).and.deep.equal(en);
      expect(JSON.stringify(traceTexts('zh'))).not.to.match(/[\uac00-\ud7af]/);
      expect(JSON.stringify(traceTexts('ko'))).not.to.match(/[\u4e00-\u9fff]/);
    });
  });

  describe('pictureOf', () => {
    const many = Array.from({ length: 30 }, (_, at) => goods(unit(at), 1));

    it('draws so many of a layer and counts the rest', () => {
      const { nodes, left } = pictureOf(view({ destination: { ...EMPTY, goods: [goods(LOT, 0), ...many] } }));
      expect(nodes.filter(({ layer }) => layer === 1)).to.have.length(5);
      expect(left.get(1)).to.equal(25);
    });

    it('draws what is stopped or open before what is plain', () => {
      const last = goods(unit(99), 1, { stops: [{ kind: 'HOLD', shore: 'KR', since: '' }] });
      const side = { ...EMPTY, goods: [...many, last], gaps: [{ code: 'NOT_RECEIVED' as const, id: unit(20) }] };
      const drawn = pictureOf(view({ destination: side })).nodes.map(({ id }) => id);
      expect(drawn).to.include.members([unit(99), unit(20)]);
    });

    it('draws goods of both directions once, where they are nearer', () => {
      const both = view({
        source: { ...EMPTY, goods: [goods(LOT, 0), goods(unit(1), 3)] },
        destination: { ...EMPTY, goods: [goods(unit(1), 2)] },
      });
      expect(
        pictureOf(both)
          .nodes.filter(({ id }) => id === unit(1))
          .map(({ layer }) => layer),
      ).to.deep.equal([2]);
    });

    it('puts a transformation between its inputs and outputs', () => {
      const steps = [
        { from: 'a', to: 't1', event: 'e', kind: 'transformation' as const, certain: true },
        { from: 't1', to: LOT, event: 'e', kind: 'transformation' as const, certain: true },
      ];
      const { nodes } = pictureOf(view({ source: { ...EMPTY, goods: [goods(LOT, 0), goods('a', 1)], steps } }));
      expect(nodes.find(({ id }) => id === 't1')?.layer).to.equal(-0.5);
    });
  });

  describe('layOut', () => {
    const boxes = fc.uniqueArray(
      fc.record({
        id: fc.string(),
        layer: fc.integer({ min: -4, max: 4 }),
        width: fc.integer({ min: 1, max: 200 }),
        height: fc.integer({ min: 1, max: 90 }),
      }),
      { selector: ({ id }) => id, maxLength: 25 },
    );
    const links = fc.array(fc.tuple(fc.nat(24), fc.nat(24)), { maxLength: 40 });
    const between = (all: readonly Box[], pairs: readonly (readonly [number, number])[]) =>
      pairs.flatMap(([a, b]) => (all[a] === undefined || all[b] === undefined ? [] : [{ from: all[a].id, to: all[b].id }]));

    it('lets no boxes overlap, and keeps all within the picture', () => {
      fc.assert(
        fc.property(boxes, links, (all, pairs) => {
          const { places, width, height } = layOut(all, between(all, pairs));
          const frames = all.map((box) => ({ ...box, ...(places.get(box.id) as { x: number; y: number }) }));
          for (const [at, a] of frames.entries()) {
            expect(a.x).to.be.at.least(0);
            expect(a.x + a.width).to.be.at.most(width);
            expect(a.y + a.height).to.be.at.most(height);
            for (const b of frames.slice(at + 1))
              expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).to.equal(true);
          }
        }),
      );
    });

    it('gives one picture whatever the order of boxes and links', () => {
      fc.assert(
        fc.property(boxes, links, (all, pairs) => {
          const lines = between(all, pairs);
          const sorted = (layout: ReturnType<typeof layOut>) => [...layout.places].sort(([a], [b]) => (a < b ? -1 : 1));
          expect(sorted(layOut(all.toReversed(), lines.toReversed()))).to.deep.equal(sorted(layOut(all, lines)));
        }),
      );
    });
  });

  describe('fitText', () => {
    it('cuts to the width and marks the cut', () => {
      expect(clip('조미김 12×4 g', 4)).to.equal('조미김…');
      expect(clipStart('095210010000001014', 6)).to.equal('…00001014');
      fc.assert(
        fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 30 }), (text, ems) => widthOf(clip(text, ems)) <= ems),
      );
    });

    it('wraps between words, and Chinese anywhere but before its points', () => {
      expect(wrap('Shipped, and nobody says that it arrived.', 12)).to.deep.equal(['Shipped, and nobody', 'says that it', 'arrived.']);
      expect(wrap('已发货，无人确认收到。', 3)).to.deep.equal(['已发', '货，无', '人确认', '收到。']);
    });
  });

  describe('goodsName', () => {
    it('reads the usual keys', () => {
      expect(goodsName(LOT)).to.deep.equal({ kind: 'lot', name: 'HB260914A', gtin: '09521001001021' });
      expect(goodsName('https://id.gs1.org/00/095210010000001014')).to.deep.equal({ kind: 'unit', name: '095210010000001014' });
      expect(goodsName('urn:x:y')).to.deep.equal({ kind: 'other', name: 'urn:x:y' });
    });
  });
});
