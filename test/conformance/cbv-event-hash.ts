import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventHash } from '../../protocol/epcis/eventHash.ts';
import { eventsOf } from '../../protocol/epcis/eventsOf.ts';
import { type Case, type Outcome, runCases } from './registry/suite.ts';

/** Documents of the event hash's reference implementation, each with the hashes of its events. */
export const corpus = 'epcis/cbv-event-hash/tests/examples';

/** Hashes every event of every JSON-LD document and compares. */
export function run(corpora: string): Outcome {
  const folder = join(corpora, corpus);
  const documents = readdirSync(folder).filter((file) => file.endsWith('.jsonld'));
  return runCases(documents.flatMap((file) => casesOf(join(folder, file))));
}

function casesOf(file: string): Case[] {
  const events = eventsOf(JSON.parse(readFileSync(file, 'utf8')));
  const hashes = readFileSync(file.replace(/\.jsonld$/, '.hashes'), 'utf8')
    .trim()
    .split(/\s+/);
  if (events.length !== hashes.length) throw new Error(`${file}: ${events.length} events, ${hashes.length} hashes`);
  return events.map(({ event, pointer, context }, index) => [`${file}${pointer}`, () => eventHash(event, context) === hashes[index]]);
}
