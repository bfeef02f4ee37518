import type { Direction } from '../../../protocol/lineage/walk.ts';
import type { Language } from '../view.ts';
import { traceAddress, withQuery } from './traceAddress.ts';
import type { TraceView } from './traceView.ts';
import { isoOf } from './traceWords.ts';

/** The page of other goods, at the times of this one. */
export function traceOf({ time }: Pick<TraceView, 'time'>, id: string, language: Language): string {
  return traceAddress({ id, ...timesOf(time), lang: language });
}

/** This page, with changes; undefined takes a parameter away. */
export function samePage({ asked, time }: TraceView, language: Language, changes: Readonly<Record<string, string | undefined>>): string {
  return traceAddress({ id: asked, ...timesOf(time), ...changes, lang: language });
}

/** The answer of one direction in another form. */
export function exportOf({ asked, time }: TraceView, direction: Direction, format: string): string {
  return withQuery(`/trace/${direction}`, { id: asked, ...timesOf(time), format });
}

function timesOf({ at, asOf }: TraceView['time']): { at?: string; asOf?: string } {
  return { ...(at !== undefined && { at: isoOf(at * 1_000) }), ...(asOf !== undefined && { asOf: isoOf(asOf * 1_000) }) };
}
