/**
 * `npm run -s bench:identifiers -- [--json]`: event hashes beside epcis2.js and Digital Links beside digital-link.js, on one core: speed on what trade writes, both
 * sides on the same inputs in this process, and how many of the standards' own vectors each gets right. Exit code 1 where a bar is missed: ten times
 * as fast and right on all, a thousand times as fast and right on all. Without the vectors only speed is measured.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventHash } from '../protocol/epcis/eventHash.ts';
import { type ContextualEvent, eventsOf } from '../protocol/epcis/eventsOf.ts';
import { type DigitalLink, parseDigitalLink } from '../protocol/gs1/parseDigitalLink.ts';
import type { JsonObject, JsonValue } from '../protocol/json/jsonValue.ts';
import { countRight, type Race, race } from './identifiers/race.ts';
import { rivalHash, rivalParse, versionOf } from './identifiers/rivals.ts';
import { tradeDocument } from './identifiers/tradeDocument.ts';
import { tradeLinks } from './identifiers/tradeLinks.ts';
import { machine } from './machine.ts';

const CORPORA = join(import.meta.dirname, '..', '..', 'shared', 'vectors');
const HASHES = join(CORPORA, 'epcis', 'cbv-event-hash', 'tests', 'examples');
const LINKS = join(CORPORA, 'gs1', 'gs1-syntax-engine', 'dl-parse-vectors.json');
const BARS = { hash: 10, link: 1000 };

/** An event with what each side needs of its document. */
interface HashInput extends ContextualEvent {
  documentContext: JsonValue | undefined;
}

interface LinkVector {
  uri: string;
  valid: boolean;
  unbracketedAI: string | null;
  flags: object;
}

const hash = hashRace();
const link = linkRace();
const misses = [...missesOf('hash', hash), ...missesOf('link', link)];
process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify({ machine: machine(), hash, link, misses })}\n` : text());
process.exitCode = misses.length === 0 ? 0 : 1;

function hashRace(): Race {
  const inputs = inputsOf(tradeDocument());
  const ours = ({ event, context }: HashInput) => eventHash(event, context);
  const rival = ({ event, documentContext }: HashInput) => rivalHash(event, documentContext);
  const cases = existsSync(HASHES) ? hashVectors() : [];
  return {
    ...race(inputs, { act: ours, times: 10_000 }, { act: rival, times: 1_000 }),
    right: {
      ours: countRight(cases, ({ input, expected }) => ours(input) === expected),
      rival: countRight(cases, ({ input, expected }) => rival(input) === expected),
      of: cases.length,
    },
  };
}

function linkRace(): Race {
  const cases = existsSync(LINKS) ? linkVectors() : [];
  return {
    ...race(tradeLinks(), { act: parseDigitalLink, times: 50_000 }, { act: rivalParse, times: 50 }),
    right: {
      ours: countRight(cases, ({ uri, expected }) => refusedOr(() => parsed(uri)) === expected),
      rival: countRight(cases, ({ uri }) => refusedOr(() => rivalParse(uri)) === refusedOr(() => sorted(parseDigitalLink(uri)))),
      of: cases.length,
    },
  };
}

function parsed(uri: string): string {
  const { path, attributes } = parseDigitalLink(uri);
  return [...path, ...attributes].map(({ ai, value }) => ai + value).join('');
}

/** What the other side is held to: the same element strings, in whatever order; it keeps none. The vectors run them together, so ours, which are compared with them, stand for them. */
function sorted({ path, attributes }: DigitalLink): string {
  return [...path, ...attributes]
    .map(({ ai, value }) => ai + value)
    .sort()
    .join(' ');
}

function refusedOr(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function inputsOf(document: JsonObject): HashInput[] {
  return eventsOf(document).map((event) => ({ ...event, documentContext: document['@context'] }));
}

function hashVectors(): { input: HashInput; expected: string | undefined }[] {
  const files = readdirSync(HASHES).filter((file) => file.endsWith('.jsonld'));
  return files.flatMap((file) => {
    const hashes = readFileSync(join(HASHES, file.replace(/\.jsonld$/, '.hashes')), 'utf8').trim();
    const inputs = inputsOf(JSON.parse(readFileSync(join(HASHES, file), 'utf8')) as JsonObject);
    return inputs.map((input, index) => ({ input, expected: hashes.split(/\s+/)[index] }));
  });
}

/** The vectors for the standard as it stands, without settings. */
function linkVectors(): { uri: string; expected: string | undefined }[] {
  const vectors = JSON.parse(readFileSync(LINKS, 'utf8')) as LinkVector[];
  return vectors
    .filter(({ flags }) => Object.keys(flags).length === 0)
    .map(({ uri, valid, unbracketedAI }) => ({ uri, expected: valid ? (unbracketedAI ?? '').replaceAll('^', '') : undefined }));
}

function missesOf(name: keyof typeof BARS, { ratio, right }: Race): string[] {
  return [
    ...(ratio < BARS[name] ? [`${name}: ${ratio} times as fast, not ${BARS[name]}`] : []),
    ...(right.ours < right.of ? [`${name}: right on ${right.ours} of ${right.of}`] : []),
  ];
}

function text(): string {
  return [
    ...lines('event hashes', 'epcis2.js', hash, BARS.hash),
    ...lines('Digital Links read', 'digital-link.js', link, BARS.link),
    ...misses.map((miss) => `missed: ${miss}`),
    `one core of ${machine()}; best of 9 rounds`,
    '',
  ].join('\n');
}

function lines(name: string, rival: 'epcis2.js' | 'digital-link.js', result: Race, bar: number): string[] {
  const { right } = result;
  const line = (who: string, rate: number, count: number) =>
    `  ${who.padEnd(24)}${rate.toLocaleString('en').padStart(10)}/s${right.of === 0 ? '' : `   right on ${count} of ${right.of}`}`;
  return [
    `${name}: ${result.ratio.toLocaleString('en')} times as fast (bar ${bar.toLocaleString('en')})`,
    line('ours', result.ours, right.ours),
    line(versionOf(rival), result.rival, right.rival),
  ];
}
