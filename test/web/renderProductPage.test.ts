import { expect } from 'chai';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import type { Finding } from '../../protocol/verdict/verdict.ts';
import { productView } from '../../web/render/productView.ts';
import { renderErrorPage } from '../../web/render/renderErrorPage.ts';
import { renderProductPage } from '../../web/render/renderProductPage.ts';
import { renderUnknownProduct } from '../../web/render/renderUnknownProduct.ts';
import type { Language, PageContext } from '../../web/render/view.ts';
import { LANGUAGES } from '../../web/texts/textsOf.ts';
import { demoBundle, demoVerdict, SUBJECTS } from './demoBundle.ts';

const PAGE: PageContext = { path: '/01/1/10/2', node: 'korea', assets: { style: '/assets/page.css', script: '/assets/page.js' } };

function render(bundle: Bundle, language: Language = 'en', changes: readonly Finding[] = [], asked: string = SUBJECTS.laver): string {
  return renderProductPage(productView(bundle, demoVerdict(bundle, changes), asked), PAGE, language);
}

/** Tags, comments and declarations of a page, so that what is left is text. */
function tagsOf(html: string): string[] {
  return html.match(/<[^>]*>/g) ?? [];
}

describe('product page', () => {
  describe('renderProductPage', () => {
    it('writes a whole document in each language', () => {
      const tags = { zh: 'zh-Hans', ko: 'ko', en: 'en' } as const;
      for (const language of LANGUAGES) {
        const html = render(demoBundle('laver'), language);
        expect(html)
          .to.match(/^<!doctype html><html lang="/)
          .and.contain(`<html lang="${tags[language]}"`);
        expect(html.match(/<h1/g)).to.have.length(1);
        expect(html).to.contain('<main').and.contain('<footer').and.contain('<nav');
      }
    });

    it('names the product in the language of the page', () => {
      expect(render(demoBundle('laver'), 'ko')).to.contain('조미김');
      expect(render(demoBundle('laver'), 'zh')).to.contain('调味海苔');
      expect(render(demoBundle('laver'), 'en')).to.contain('Roasted seasoned laver');
    });

    it('marks demonstration data', () => {
      expect(render(demoBundle('laver'))).to.contain('class="demo"');
    });

    it('loads one style and one deferred script', () => {
      const html = render(demoBundle('laver'));
      expect(html.match(/<script/g)).to.have.length(1);
      expect(html).to.contain('<script src="/assets/page.js" defer></script>');
      expect(html.match(/rel="stylesheet"/g)).to.have.length(1);
      expect(html).not.to.match(/style="|<style|javascript:| on\w+=/);
    });

    it('never claims that a phone checked', () => {
      expect(render(demoBundle('laver')))
        .to.contain('data-checked-by="node"')
        .and.not.contain('data-verified="yes"');
    });

    it('shows results against their limits', () => {
      const html = render(demoBundle('laver'));
      expect(html).to.contain('2,100 · 4,800 · 3,300 · 9,600 · 1,700 CFU/g');
      expect(html).to.contain('Of 5 samples at most 2 may lie between 30,000 and 100,000 CFU/g; none may exceed 100,000 CFU/g.');
    });

    it('shows a result below the limit of quantification', () => {
      const bundle = demoBundle('kimchi', (content) => replaceResult(content, { kind: 'BELOW_LOQ', loq: '0.005', value: undefined }));
      expect(render(bundle, 'en', [], SUBJECTS.kimchi)).to.contain('&lt; 0.005 mg/kg (LOQ)');
    });

    it('keeps names, prices and invoices of the certificate to itself', () => {
      const html = render(demoBundle('laver'));
      for (const hidden of ['HB-INV', '5520', 'Haean-ro', 'USD']) expect(html).not.to.contain(hidden);
    });

    for (const payload of [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "'-alert(1)-'",
      '</title><svg/onload=alert(1)>',
      '&lt;b&gt;',
      'javascript:alert(1)',
      '</bdi></main>',
      '{{7*7}}',
    ]) {
      it(`shows ${JSON.stringify(payload).slice(0, 30)} as text in every field`, () => {
        const harmless = tagsOf(render(hostileBundle('x'))).map(withoutValues);
        const html = render(hostileBundle(payload));
        expect(tagsOf(html).map(withoutValues)).to.deep.equal(harmless);
        expect(html).to.contain(
          payload
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;')
            .replaceAll('>', '&gt;')
            .replaceAll('"', '&quot;')
            .replaceAll("'", '&#39;'),
        );
      });
    }

    it('repeats nothing of documents whose text turns the direction of writing', () => {
      expect(render(hostileBundle('\u202Egnp.exe'))).not.to.contain('gnp');
    });
  });

  describe('renderUnknownProduct', () => {
    it('is no verdict of forgery in any language', () => {
      for (const language of LANGUAGES) {
        const html = renderUnknownProduct('https://id.gs1.org/01/09521001001021/10/%3Cb%3E', PAGE, language);
        expect(html).to.contain('09521001001021').and.contain('&lt;b&gt;').and.not.contain('data-colour');
      }
    });
  });

  describe('renderErrorPage', () => {
    it('names the code and nothing else', () => {
      expect(renderErrorPage('NOT_READY', PAGE, 'en'))
        .to.contain('<code>NOT_READY</code>')
        .and.not.contain('<script');
    });
  });
});

function hostileBundle(payload: string): Bundle {
  const bundle = demoBundle('laver', (content) => hostile(content, payload));
  const profile = JSON.stringify({ name: { zh: payload, ko: payload, en: payload }, country: payload, place: payload, gln: payload });
  return { ...bundle, members: Object.fromEntries(Object.keys(bundle.members).map((member) => [member, profile])) };
}

// What decides how a page is built, and so is not for free text.
const STRUCTURAL = ['type', 'eventTime', 'eventTimeZoneOffset', 'kind', 'verdict', 'overall', '@language', 'gtin', 'lot', 'gln', 'id'];

function hostile(value: unknown, payload: string, name = ''): Record<string, unknown> {
  if (typeof value === 'string') return (STRUCTURAL.includes(name) ? value : payload) as never;
  if (Array.isArray(value)) return value.map((item) => hostile(item, payload, name)) as never;
  if (typeof value !== 'object' || value === null) return value as never;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hostile(item, payload, key)]));
}

function withoutValues(markup: string): string {
  return markup.replace(/="[^"]*"/g, '=""');
}

function replaceResult(content: Record<string, unknown>, change: Record<string, unknown>): Record<string, unknown> {
  const subject = content.credentialSubject as { result?: Record<string, unknown>[] } | undefined;
  const [first, ...rest] = subject?.result ?? [];
  return first === undefined ? content : { ...content, credentialSubject: { ...subject, result: [{ ...first, ...change }, ...rest] } };
}
