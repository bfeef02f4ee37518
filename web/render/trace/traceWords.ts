import type { LineageWords } from '../../../protocol/lineage/texts/words.ts';
import { lineageTexts } from '../../../protocol/lineage/texts.ts';
import { textsOf } from '../../texts/textsOf.ts';
import { type TraceTexts, traceTexts } from '../../texts/traceTexts.ts';
import { formatInstant } from '../format.ts';
import { placeName as nameOfPlace, stepName as nameOfStep } from '../pageWords.ts';
import type { Language, Place } from '../view.ts';
import { goodsName } from './goodsName.ts';
import type { GoodsFacts, PartyName, Stop, TraceView } from './traceView.ts';

/** What every part of the page of a trace needs. */
export interface TraceWords {
  readonly view: TraceView;
  readonly language: Language;
  readonly texts: TraceTexts;
  readonly lineage: LineageWords;
  /** When events of the view happened, by their keys. */
  readonly times: ReadonlyMap<string, number>;
  /** Identifiers of the goods of the view. */
  readonly goods: ReadonlySet<string>;
}

export function traceWords(view: TraceView, language: Language): TraceWords {
  const times = new Map(view.events.map(({ key, time }) => [key, time]));
  const goods = new Set([...view.source.goods, ...view.destination.goods].map(({ id }) => id));
  return { view, language, texts: traceTexts(language), lineage: lineageTexts(language), times, goods };
}

/** Kind and short name of goods: "Lot HB260914A". */
export function goodsTitle({ texts }: Pick<TraceWords, 'texts'>, id: string): string {
  const { kind, name } = goodsName(id);
  return `${texts.kinds[kind]} ${name}`;
}

/** A place in the page's language, with its location number where that says more. */
export function placeWords({ language }: Pick<TraceWords, 'language'>, place: Place): string {
  return nameOfPlace({ language }, place);
}

export function whereWords(words: TraceWords, { unit, where }: Pick<GoodsFacts, 'unit' | 'where'>): string | undefined {
  if (unit !== undefined) return `${words.texts.goods.inUnit} ${goodsTitle(words, unit)}`;
  if (where === undefined) return undefined;
  return where === 'UNKNOWN' ? words.lineage.words.unknownPlace : placeWords(words, where);
}

/** A party in the page's language, else by its number. */
export function partyWords({ language }: Pick<TraceWords, 'language'>, { id, names }: PartyName): string {
  return names?.[language] ?? id.replace(/^https:\/\/id\.gs1\.org\/41[47]\//, 'GLN ');
}

/** A member in the page's language, else by its number. */
export function memberWords({ view, texts, language }: TraceWords, member: number): string {
  return view.members.get(member)?.names[language] ?? texts.member(member);
}

export function stepWords({ language }: Pick<TraceWords, 'language'>, step: string | undefined): string {
  return nameOfStep(textsOf(language), step);
}

export function stopWords({ texts }: Pick<TraceWords, 'texts'>, { kind, shore, recallClass = 0 }: Stop): string {
  return texts.stops[kind](texts.shores[shore], recallClass);
}

/** A moment of an event, in milliseconds since 1970. */
export function momentWords({ language }: Pick<TraceWords, 'language'>, time: number): string {
  return formatInstant(isoOf(time), language);
}

/** RFC 3339 without fractions. */
export function isoOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
