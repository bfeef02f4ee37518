import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { eventsOf } from '../../../protocol/epcis/eventsOf.ts';
import { type LineageEvent, lineageEventOf } from '../../../protocol/lineage/lineageEvent.ts';
import { CORPORA } from '../../conformance/registry/runSuites.ts';
import { differences } from './compareWithOracle.ts';

const FOLDERS = ['gs1-epcis/JSON', 'openepcis-test-resources/core/src/main/resources/2.0/EPCIS/JSON', 'cbv-event-hash/tests/examples'];

/** The events of a published document, each in its place. */
function chainOf(file: string, recordTime: number): LineageEvent[] {
  return eventsOf(JSON.parse(readFileSync(file, 'utf8'))).map(({ event, context }, index) =>
    lineageEventOf(event, context, { key: `${file} ${index}`, issuer: 1, recordTime }),
  );
}

function idsOf(events: readonly LineageEvent[]): string[] {
  const goods = events.flatMap(({ parent, objects, children, inputs, outputs }) => [
    ...(parent === undefined ? [] : [parent]),
    ...objects,
    ...children,
    ...inputs,
    ...outputs,
  ]);
  return [...new Set(goods.map(({ id }) => id))];
}

describe('lineage of published events', () => {
  for (const folder of FOLDERS) {
    it(`is what brute force finds, of ${folder}`, function () {
      this.timeout(120_000);
      const path = join(CORPORA, 'epcis', folder);
      if (!existsSync(path)) {
        console.log(`      skipped: no corpora at ${path}`);
        return this.skip();
      }
      const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(
        (name) => /\.json(ld)?$/.test(name) && !/Invalid|Queries/.test(name),
      );
      const chains = files.map((name, index) => chainOf(join(path, name), index)).filter((events) => events.length > 0);
      expect(chains).to.have.length.above(10);
      for (const events of [...chains, chains.flat()]) {
        expect(differences(events, idsOf(events), [{}]).slice(0, 1).join('\n'), events[0]?.key as string).to.equal('');
      }
    });
  }
});
