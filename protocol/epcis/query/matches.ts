import type { EventFacts } from './eventFacts.ts';
import type { Comparison, Condition, EventQuery, TermFact, TermRange, TimeWindow } from './eventQuery.ts';

/**
 * Whether a query takes an event: every condition holds for some value that the event says. What an index answers is measured by this.
 *
 * @param recordTime of the event, milliseconds since 1970
 */
export function matches(query: EventQuery, facts: EventFacts, recordTime: number): boolean {
  return (
    isWithin(facts.eventTime, query.eventTime) &&
    isWithin(recordTime, query.recordTime) &&
    query.conditions.every((condition) => holds(condition, facts))
  );
}

/** Whether a number compares with a bound as asked. */
export function compares(number: number, comparison: Comparison, bound: number): boolean {
  if (comparison === 'GT') return number > bound;
  if (comparison === 'GE') return number >= bound;
  return comparison === 'LT' ? number < bound : number <= bound;
}

/** Whether a time lies in a window. */
export function isWithin(time: number, { from, before }: TimeWindow): boolean {
  return (from === undefined || time >= from) && (before === undefined || time < before);
}

function holds(condition: Condition, { terms, numbers }: EventFacts): boolean {
  switch (condition.kind) {
    case 'terms':
      return terms.some(
        (fact) => condition.exact.some((asked) => isSame(fact, asked)) || condition.ranges.some((range) => lies(fact, range)),
      );
    case 'numbers':
      return numbers.some(({ name, number }) => name === condition.name && condition.numbers.includes(number));
    case 'comparison':
      return numbers.some(({ name, number }) => name === condition.name && compares(number, condition.comparison, condition.bound));
    case 'never':
      return false;
  }
}

function isSame(fact: TermFact, asked: TermFact): boolean {
  return fact.name === asked.name && fact.term === asked.term;
}

function lies({ name, term }: TermFact, range: TermRange): boolean {
  return name === range.name && term >= range.from && term < range.before;
}
