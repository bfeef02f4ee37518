import { expect } from 'chai';
import { localDay, secondsOf } from '../../../protocol/law/localDay.ts';
import { SHORE } from '../../../protocol/ledger/codes.ts';

const seconds = (time: string) => Date.parse(time) / 1000;

describe('localDay', () => {
  it('begins the day eight hours before UTC in China, nine in Korea', () => {
    for (const [shore, first] of [
      [SHORE.CN, '2026-10-11T16:00:00Z'],
      [SHORE.KR, '2026-10-11T15:00:00Z'],
    ] as const) {
      expect(localDay(shore, seconds(first))).to.equal('2026-10-12');
      expect(localDay(shore, seconds(first) - 1)).to.equal('2026-10-11');
      expect(secondsOf(shore, '2026-10-12')).to.deep.equal({ first: seconds(first), last: seconds(first) + 86_399 });
    }
  });
});
