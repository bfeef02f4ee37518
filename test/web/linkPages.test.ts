import { expect } from 'chai';
import { renderChoices } from '../../web/render/renderChoices.ts';
import { renderProductLots } from '../../web/render/renderProductLots.ts';
import { renderRefusedLink } from '../../web/render/renderRefusedLink.ts';
import type { PageContext } from '../../web/render/view.ts';
import { linkTexts } from '../../web/texts/linkTexts.ts';
import { LANGUAGES, textsOf } from '../../web/texts/textsOf.ts';

const PAGE: PageContext = { path: '/page/01/1', node: 'korea', assets: { style: '/assets/page.css', script: '/assets/page.js' } };
const KEY = [{ ai: '01', value: '09521001001021' }];
const LOT = [...KEY, { ai: '10', value: '"><img src=x>' }];
const LOTS = [{ lot: 'A&B', path: '/page/01/1/10/A%26B' }];

/** Every text behind an object's members. */
function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

describe('pages about links', () => {
  for (const language of LANGUAGES) {
    it(`have all their words in ${language}`, () => {
      expect(leavesOf(linkTexts(language)))
        .to.have.lengthOf(leavesOf(linkTexts('en')).length)
        .and.not.include('');
      const script = { zh: /[\u4e00-\u9fff]/, ko: /[\uac00-\ud7af]/, en: /^[\x20-\x7e]*$/ }[language];
      for (const text of leavesOf(linkTexts(language))) expect(text).to.match(script);
      expect(linkTexts(language).item(KEY)).to.match(script).and.include('09521001001021');
    });

    it(`say in ${language} of an unknown lot that nothing is recorded`, () => {
      const html = renderProductLots({ key: KEY, lots: LOTS, more: true, unknown: LOT }, PAGE, language);
      expect(html)
        .to.include(`<h1>${textsOf(language).unknownProduct.title}</h1>`)
        .and.include(linkTexts(language).lots.more);
      expect(html).to.include(`href="/page/01/1/10/A%26B?lang=${language}"`).and.include('A&amp;B');
    });
  }

  it('ask which lot it is where none was asked for', () => {
    const html = renderProductLots({ key: KEY, lots: LOTS, more: false }, PAGE, 'en');
    expect(html).to.include('<h1>Which lot is it?</h1>').and.not.include(linkTexts('en').lots.more);
  });

  it('keep what is unknown when the language is changed', () => {
    const html = renderProductLots(
      { key: KEY, lots: LOTS, more: false, unknown: LOT },
      { ...PAGE, path: '/page/01/1?unknown=%2F10%2FX' },
      'en',
    );
    expect(html).to.include('href="/page/01/1?unknown=%2F10%2FX&amp;lang=ko"');
  });

  it('show what others wrote as text', () => {
    for (const html of [
      renderProductLots({ key: KEY, lots: LOTS, more: false, unknown: LOT }, PAGE, 'en'),
      renderChoices(LOT, [{ href: '/bundles/1', title: '<b>1</b>' }], PAGE, 'en'),
    ])
      expect(html).to.not.match(/<img|<b>/);
  });

  it('load no script', () => {
    for (const html of [renderChoices(KEY, [], PAGE, 'en'), renderRefusedLink('BAD_ESCAPE', PAGE, 'en')])
      expect(html).to.not.include('<script');
  });

  it('name the code of a refusal, and no address', () => {
    const html = renderRefusedLink('BAD_ESCAPE', PAGE, 'en');
    expect(html).to.include('<code>BAD_ESCAPE</code>').and.include('href="?lang=zh"').and.not.include(PAGE.path);
  });
});
