import type { Language } from './view.ts';

const DEFAULT: Language = 'en';
const LONGEST_HEADER = 1000;

/** The language of a page: `?lang=` where it is one of ours, else the best of Accept-Language (RFC 9110 section 12.5.4), else English. */
export function chooseLanguage(chosen: string | undefined, acceptLanguage: string | undefined): Language {
  const asked = chosen === undefined ? undefined : languageOf(chosen);
  if (asked !== undefined) return asked;
  const ranges = (acceptLanguage ?? '').slice(0, LONGEST_HEADER).split(',').map(readRange);
  const best = ranges
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ range }) => languageOf(range))
    .find((language) => language !== undefined);
  return best ?? DEFAULT;
}

function readRange(item: string): { range: string; weight: number } {
  const [range = '', ...parameters] = item.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return { range, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
}

function languageOf(tag: string): Language | undefined {
  const primary = tag.toLowerCase().split('-')[0];
  return primary === 'zh' || primary === 'ko' || primary === 'en' ? primary : undefined;
}
