import { expect } from 'chai';
import fc from 'fast-check';
import { nextTime, readSchedule, type Schedule } from '../../../protocol/epcis/schedule.ts';
import { refusalOf } from '../codeOf.ts';

const at = (text: string) => Date.parse(text);

describe('schedule', () => {
  const NEXT: readonly (readonly [schedule: Record<string, string>, after: string, next: string | undefined])[] = [
    [{ hour: '1', minute: '5' }, '2026-11-28T01:04:59.999Z', '2026-11-28T01:05:00Z'],
    [{ hour: '1', minute: '5' }, '2026-11-28T01:05:00Z', '2026-11-29T01:05:00Z'],
    [{ second: '0/30' }, '2026-11-28T01:05:10Z', '2026-11-28T01:05:30Z'],
    [{ second: '0/30' }, '2026-12-31T23:59:30Z', '2027-01-01T00:00:00Z'],
    [{ hour: '6', dayOfWeek: '[1-5]' }, '2026-11-27T06:00:00Z', '2026-11-30T06:00:00Z'],
    [{ dayOfMonth: '1,15' }, '2026-11-15T00:00:00Z', '2026-12-01T00:00:00Z'],
    [{ month: '2', dayOfMonth: '29' }, '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
    [{ month: '2', dayOfMonth: '31' }, '2026-01-01T00:00:00Z', undefined],
  ];
  for (const [schedule, after, next] of NEXT) {
    it(`${JSON.stringify(schedule)} after ${after}`, () =>
      expect(nextTime(readSchedule(schedule), at(after))).to.equal(next === undefined ? undefined : at(next)));
  }

  it('names the first second that every part has', () => {
    const part = (least: number, most: number) =>
      fc.uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 4 }).map((values) => values.join(','));
    fc.assert(
      fc.property(fc.record({ second: part(0, 59), minute: part(0, 59) }), fc.integer({ min: 0, max: 10_000 }), (given, second) => {
        const schedule = readSchedule(given);
        let expected = second * 1_000 + 1_000;
        while (!has(schedule, expected)) expected += 1_000;
        expect(nextTime(schedule, second * 1_000)).to.equal(expected);
      }),
      { numRuns: 50 },
    );
  });

  const REFUSED: readonly (readonly [value: never, pointer: string])[] = (
    [
      [[], ''],
      [{}, ''],
      [{ year: '2026' }, '/year'],
      [{ hour: '24' }, '/hour'],
      [{ hour: '[5-1]' }, '/hour'],
      [{ hour: '1,' }, '/hour'],
      [{ minute: '0/0' }, '/minute'],
      [{ dayOfWeek: '0' }, '/dayOfWeek'],
      [{ month: ['1'] }, '/month'],
    ] as const
  ).map(([value, pointer]) => [value as never, pointer]);
  for (const [value, pointer] of REFUSED) {
    it(`refuses ${JSON.stringify(value)}`, () =>
      expect(refusalOf(() => readSchedule(value))).to.deep.equal({ code: 'SCHEDULE_INVALID', pointer }));
  }
});

function has({ second, minute }: Schedule, time: number): boolean {
  const date = new Date(time);
  return second.has(date.getUTCSeconds()) && minute.has(date.getUTCMinutes());
}
