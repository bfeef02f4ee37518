import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { LineageGraph } from '../../../protocol/lineage/graph/lineageGraph.ts';
import type { LineageEvent } from '../../../protocol/lineage/lineageEvent.ts';
import { type Trace, type TraceOptions, traceDestination, traceSource } from '../../../protocol/lineage/trace.ts';
import { differences, VIEWS } from './compareWithOracle.ts';
import { graphOf } from './events.ts';
import { ASKED, randomEvents } from './randomEvents.ts';

/** What CI compares; `npm run campaign:lineage` compares more. */
const GRAPHS = 300;

function answers(events: readonly LineageEvent[], options: TraceOptions | ((graph: LineageGraph) => TraceOptions) = {}): Trace[] {
  const graph = graphOf(events);
  const asked = typeof options === 'function' ? options(graph) : options;
  return ASKED.flatMap((id) => [traceSource(graph, [id], asked), traceDestination(graph, [id], asked)]);
}

/** The same events of other goods: nothing that the originals name. */
function elsewhere(events: readonly LineageEvent[]): LineageEvent[] {
  const text = JSON.stringify(events).replaceAll('/01/0952', '/01/0953').replaceAll('/00/0000', '/00/0001').replaceAll('urn:t:', 'urn:u:');
  return JSON.parse(text.replaceAll(/"(key|hash|eventId)":"/g, '"$1":"other '));
}

describe('lineage of random events', () => {
  it('is what brute force finds', () => {
    for (let seed = 1; seed <= GRAPHS; seed++) {
      expect(differences(randomEvents(seed), ASKED, VIEWS).slice(0, 1).join('\n'), `seed ${seed}`).to.equal('');
    }
  }).timeout(120_000);

  it('does not depend on the order in which events come', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const events = randomEvents(seed);
      expect(answers(events.toReversed()), `seed ${seed}`).to.deep.equal(answers(events));
    }
  });

  it('is changed by no event of other goods', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const events = randomEvents(seed);
      const others = elsewhere(randomEvents(seed + 1));
      expect(answers([...others, ...events]), `seed ${seed}`).to.deep.equal(answers(events));
    }
  });

  it('as of a time is what was answered then', () => {
    const asOf = 6 * 60_000;
    for (let seed = 1; seed <= 100; seed++) {
      const events = randomEvents(seed);
      const then = events.filter(({ recordTime }) => recordTime <= asOf);
      expect(answers(events, { asOf }), `seed ${seed}`).to.deep.equal(answers(then));
    }
  });

  it('for a reader is what it would be without the events that he may not see', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const events = randomEvents(seed);
      const isHidden = ({ key }: LineageEvent) => Number(createHash('sha256').update(`${seed} ${key}`).digest()[0]) < 64;
      const hidden = new Set(events.filter(isHidden).map(({ key }) => key));
      const seen = events.filter((event) => !isHidden(event));
      const answer = answers(events, (graph) => ({ shows: (event: number) => !hidden.has(graph.key(event)) }));
      expect(answer, `seed ${seed}`).to.deep.equal(answers(seen));
    }
  });

  it('to a depth is that of the goods so near', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const events = randomEvents(seed);
      const near = (traces: Trace[]): unknown[] =>
        traces.map(({ goods }) => goods.filter(({ depth }) => depth <= 1).map(({ id, where, depth }) => [id, where, depth]));
      const shallow = answers(events, { maxDepth: 1 });
      const whole = answers(events);
      expect(near(shallow), `seed ${seed}`).to.deep.equal(near(whole));
      for (const [index, { truncated }] of shallow.entries()) {
        if (whole[index]?.goods.some(({ depth }) => depth > 1)) expect(truncated, `seed ${seed}, ${index}`).to.equal(true);
      }
    }
  });
});
