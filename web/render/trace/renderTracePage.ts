import { traceTexts } from '../../texts/traceTexts.ts';
import { formatDecimal, formatInstant } from '../format.ts';
import { type Markup, quoted, type Tag, tag } from '../markup.ts';
import { pageShell } from '../pageShell.ts';
import type { Language, PageContext } from '../view.ts';
import { eventSection } from './eventSection.ts';
import { exportSection } from './exportSection.ts';
import { goodsSection } from './goodsSection.ts';
import { pictureOf } from './pictureOf.ts';
import { searchSection } from './searchSection.ts';
import { timeSection } from './timeSection.ts';
import { TRACE_PAGE } from './traceAddress.ts';
import { tracePicture } from './tracePicture.ts';
import type { TraceView } from './traceView.ts';
import { goodsTitle, stopWords, type TraceWords, traceWords } from './traceWords.ts';

/** The page of a trace: complete without a script, and said to be what one node says. @param code a QR code of the page's address, for print */
export function renderTracePage(view: TraceView, page: PageContext, language: Language, code?: Tag): string {
  const words = traceWords(view, language);
  const { texts } = words;
  const names = view.ids.map((id) => goodsTitle(words, id));
  return pageShell({
    title: [names[0] ?? texts.title, texts.title, 'Tidemark'].join(' · '),
    language,
    page,
    main: [
      tag(
        'header',
        { class: 'title' },
        isDemo(view) ? tag('p', { class: 'demo' }, tag('strong', {}, 'DEMO'), ' ', texts.demoNote) : undefined,
        tag('h1', {}, texts.title),
        tag('p', { class: 'trace__subject' }, ...names.flatMap((name, index) => [index === 0 ? '' : ', ', quoted(name)])),
        tag(
          'p',
          { class: 'quiet' },
          texts.block(formatDecimal(String(view.block.height)), formatInstant(view.block.time, language)),
          ' ',
          texts.notProven(page.node),
        ),
      ),
      searchSection(view.asked, language),
      ...(isEmpty(view) ? [tag('p', { class: 'trace__none' }, texts.nothing)] : []),
      stopBanner(words),
      timeSection(words),
      ...(isEmpty(view)
        ? []
        : [
            pictureSection(words),
            goodsSection(words, 'source'),
            goodsSection(words, 'destination'),
            eventSection(words),
            exportSection(words),
          ]),
      printed(words, code),
    ],
  });
}

/** The page before anything is asked, or where what was asked is not known. */
export function renderTraceSearch(
  asked: string,
  problem: { code: string; refused: boolean } | undefined,
  page: PageContext,
  language: Language,
): string {
  const texts = traceTexts(language);
  const why: readonly (Tag | string)[] | undefined =
    problem === undefined ? undefined : problem.refused ? [`${texts.refused} `, tag('code', {}, problem.code)] : [texts.notFound];
  return pageShell({
    title: `${texts.title} · Tidemark`,
    language,
    page: { ...page, path: asked === '' ? TRACE_PAGE : `${TRACE_PAGE}?${new URLSearchParams({ id: asked })}` },
    main: [tag('h1', {}, texts.title), tag('p', {}, texts.intro), searchSection(asked, language, why)],
  });
}

function isEmpty({ source, destination }: TraceView): boolean {
  return source.goods.length + destination.goods.length === 0;
}

// Demonstration data say so in every name.
function isDemo({ members }: TraceView): boolean {
  return [...members.values()].some(({ names }) => names.en.includes('DEMO'));
}

/** What was asked about is stopped: said before anything else. */
function stopBanner(words: TraceWords): Markup {
  const { view, texts, lineage } = words;
  const stopped = new Map(
    [...view.source.goods, ...view.destination.goods].filter(({ stops }) => stops.length > 0).map((goods) => [goods.id, goods]),
  );
  if (stopped.size === 0) return undefined;
  const some = [...stopped.values()].slice(0, 10);
  return tag(
    'section',
    { class: 'trace__banner', 'data-colour': 'red', 'aria-labelledby': 'stops-title' },
    tag('h2', { id: 'stops-title' }, texts.stopped),
    tag(
      'ul',
      {},
      ...some.map(({ id, stops }) =>
        tag('li', {}, quoted(goodsTitle(words, id)), ': ', tag('strong', {}, stops.map((stop) => stopWords(words, stop)).join('; '))),
      ),
      stopped.size > some.length ? tag('li', {}, `+${stopped.size - some.length} ${lineage.words.more}`) : undefined,
    ),
  );
}

function pictureSection(words: TraceWords): Tag {
  const { texts, view } = words;
  const { picture } = texts;
  const drawn = pictureOf(view);
  const left = [...drawn.left.values()].reduce((sum, count) => sum + count, 0);
  const legend = [
    ['certain', picture.legend.certain],
    ['possible', picture.legend.possible],
    ['gap', picture.legend.gap],
    ['sealed', picture.legend.sealed],
    ['declared', picture.legend.declared],
  ] as const;
  return tag(
    'section',
    { id: 'picture', 'aria-labelledby': 'picture-title' },
    tag('h2', { id: 'picture-title' }, picture.heading),
    tag('div', { class: 'trace__scroll', tabindex: 0, role: 'region', 'aria-label': picture.scroll }, tracePicture(words, drawn)),
    tag('ul', { class: 'trace__legend' }, ...legend.map(([name, text]) => tag('li', { class: `trace__legend--${name}` }, text))),
    left === 0 ? undefined : tag('p', {}, picture.left(formatDecimal(String(left)))),
  );
}

/** Shown on paper only: the way back to the living page. */
function printed({ view, texts }: TraceWords, code: Tag | undefined): Tag {
  return tag(
    'div',
    { class: 'trace__print', 'aria-hidden': 'true' },
    code,
    tag('p', {}, texts.exports.printed),
    tag('p', {}, quoted(view.address)),
  );
}
