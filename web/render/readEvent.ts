import { listAt, textAt, valueAt } from './reading.ts';
import { readPlace } from './readPlace.ts';
import type { JourneyStep, Names, Party, Standing } from './view.ts';

/** The public facts of one EPCIS event: step, time and place, at the level of city and port. */
export function readEvent(event: unknown, standing: Standing, issuer: Party | undefined): JourneyStep {
  const step = textAt(event, 'bizStep');
  const disposition = textAt(event, 'disposition');
  const place = readPlace(textAt(event, 'bizLocation', 'id') ?? textAt(event, 'readPoint', 'id'), issuer?.place);
  return {
    ...standing,
    time: readTime(event),
    ...(step !== undefined && { step: bareWord(step) }),
    ...(disposition !== undefined && { disposition: bareWord(disposition) }),
    ...(place !== undefined && { place }),
    refersTo: listAt(event, 'bizTransactionList')
      .map((transaction) => bareWord(textAt(transaction, 'type') ?? ''))
      .filter((type) => type !== ''),
  };
}

/** The product's name as the maker gives it in the event's master data (`gs1:productName`); one language stands in for those that lack. */
export function namesOf(event: unknown): Names | undefined {
  const given = new Map<string, string>();
  for (const entry of listAt(event, 'ilmd', 'gs1:productName')) {
    const [language, text] = [textAt(entry, '@language'), textAt(entry, '@value')];
    if (language !== undefined && text !== undefined) given.set(language.slice(0, 2), text);
  }
  const any = given.get('en') ?? [...given.values()][0] ?? textAt(event, 'ilmd', 'gs1:productName');
  return any === undefined ? undefined : { zh: given.get('zh') ?? any, ko: given.get('ko') ?? any, en: given.get('en') ?? any };
}

/** True where the event is an EPCIS event at all. */
export function isEvent(value: unknown): boolean {
  return typeof valueAt(value, 'eventTime') === 'string';
}

// CBV 2.0 words come bare, as a CURIE, as a URN or as a web URI: `arriving`, `cbv:BizStep-arriving`, `urn:epcglobal:cbv:bizstep:arriving`.
function bareWord(word: string): string {
  return word.replace(/^.*[:/#]/, '').replace(/^(BizStep|Disp|BTT)-/, '');
}

/** The event's instant at the place's own clock, where the event gives it in another offset. */
function readTime(event: unknown): string {
  const time = textAt(event, 'eventTime') ?? '';
  const offset = textAt(event, 'eventTimeZoneOffset') ?? '';
  const instant = Date.parse(time);
  const match = /^([+-])(\d{2}):(\d{2})$/.exec(offset);
  if (!match || Number.isNaN(instant)) return time;
  const minutes = (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
  return `${new Date(instant + minutes * 60_000).toISOString().slice(0, 19)}${offset}`;
}
