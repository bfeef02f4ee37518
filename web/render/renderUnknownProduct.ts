import { textsOf } from '../texts/textsOf.ts';
import { quoted, tag } from './markup.ts';
import { pageShell } from './pageShell.ts';
import { productKeys } from './productKeys.ts';
import { fact, facts } from './sections/fact.ts';
import type { Language, PageContext } from './view.ts';

/** The page of an identifier under which nothing is recorded: neither green nor a verdict of forgery. To be sent with status 404. */
export function renderUnknownProduct(id: string, page: PageContext, language: Language): string {
  const texts = textsOf(language);
  const { gtin, lot, serial, sscc } = productKeys(id);
  const keys = [
    [texts.what.gtin, gtin],
    [texts.what.lot, lot],
    [texts.what.serial, serial],
    [texts.what.sscc, sscc],
  ] as const;
  return pageShell({
    title: `${texts.unknownProduct.title} · Tidemark`,
    language,
    page: { ...page, assets: { style: page.assets.style } },
    main: [
      tag('h1', {}, texts.unknownProduct.title),
      tag('p', {}, texts.unknownProduct.text),
      tag('p', {}, texts.unknownProduct.advice),
      facts(...keys.map(([name, value]) => (value === undefined ? undefined : fact(name, name, quoted(value))))),
    ],
  });
}
