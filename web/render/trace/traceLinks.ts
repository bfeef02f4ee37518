import type { Direction } from '../../../protocol/lineage/walk.ts';
import type { Language } from '../view.ts';
import type { TraceView } from './traceView.ts';
import { isoOf } from './traceWords.ts';

/** Where the page of a trace stands. */
export const TRACE_PAGE = '/page/trace';

/** The page of other goods, at the times of this one. */
export function traceOf({ time }: Pick<TraceView, 'time'>, id: string, language: Language): string {
  return address(TRACE_PAGE, { id, ...timesOf(time), lang: language });
}

/** This page, with changes; undefined takes a parameter away. */
export function samePage({ asked, time }: TraceView, language: Language, changes: Readonly<Record<string, string | undefined>>): string {
  return address(TRACE_PAGE, { id: asked, ...timesOf(time), ...changes, lang: language });
}

/** The answer of one direction in another form. */
export function exportOf({ asked, time }: TraceView, direction: Direction, format: string): string {
  return address(`/trace/${direction}`, { id: asked, ...timesOf(time), format });
}

/** The page of a product, lot, item or unit; undefined where it is none that has one. */
export function productPage(id: string, language: Language): string | undefined {
  return /^https:\/\/id\.gs1\.org\/0[01]\//.test(id) ? `/page${id.slice('https://id.gs1.org'.length)}?lang=${language}` : undefined;
}

function timesOf({ at, asOf }: TraceView['time']): { at?: string; asOf?: string } {
  return { ...(at !== undefined && { at: isoOf(at * 1_000) }), ...(asOf !== undefined && { asOf: isoOf(asOf * 1_000) }) };
}

function address(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${path}?${new URLSearchParams(given)}`;
}
