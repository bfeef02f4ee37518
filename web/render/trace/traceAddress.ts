import type { Language } from '../view.ts';

/** Where the page of a trace stands. */
export const TRACE_PAGE = '/page/trace';

/** An address of the page of a trace; what is undefined is left out. */
export function traceAddress(parameters: Readonly<Record<string, string | undefined>>): string {
  return withQuery(TRACE_PAGE, parameters);
}

export function withQuery(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${path}?${new URLSearchParams(given)}`;
}

/** The page of a product, lot, item or unit; undefined where it is none that has one. */
export function productPage(id: string, language: Language): string | undefined {
  return /^https:\/\/id\.gs1\.org\/0[01]\//.test(id) ? `/page${id.slice('https://id.gs1.org'.length)}?lang=${language}` : undefined;
}
