import { expect } from 'chai';
import fc from 'fast-check';
import { compareTyped } from '../../../protocol/text/compareTyped.ts';
import { lookalikeForm, lookupForm } from '../../../protocol/text/lookupForm.ts';

const SAME: [typed: string, stored: string][] = [
  ['kr-2026-001', 'KR-2026-001'],
  ['ＫＲ－２０２６－００１', 'KR-2026-001'],
  ['KR\u20132026\u2011001', 'KR-2026-001'],
  ['KR\u22122026\u2014001', 'KR-2026-001'],
  [' KR 2026\u00a0001\t', 'KR2026001'],
  ['KR\u200b2026\ufeff001\u00ad', 'KR2026001'],
  ['K\u202eR1', 'KR1'],
  ['\u1100\u1161-1', '가-1'],
  ['ｶﾞ1', 'ガ1'],
  ['①', '1'],
];

describe('lookupForm', () => {
  it('is the same for typed variants', () => {
    for (const [typed, stored] of SAME) expect(lookupForm(typed), typed).to.equal(lookupForm(stored));
  });

  it('keeps what tells numbers apart', () => {
    expect(new Set(['A1', 'A-1', 'A/1', 'A.1', 'A_1', 'B1', 'A0', 'AO', 'AI', 'AL', '甲1', '乙1'].map(lookupForm)).size).to.equal(12);
  });

  it('changes nothing when applied twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => void expect(lookupForm(lookupForm(text))).to.equal(lookupForm(text))),
      { numRuns: 3000 },
    );
    for (let code = 0; code < 0x11_0000; code++) {
      const form = lookupForm(String.fromCodePoint(code));
      if (lookupForm(form) !== form) expect.fail(code.toString(16));
    }
  });

  it('takes time in proportion to the length', () => {
    const started = performance.now();
    lookupForm(`a${'\u0327\u0301'.repeat(500_000)}`);
    expect(performance.now() - started).to.be.below(5000);
  });
});

describe('lookalikeForm', () => {
  it('folds O with 0, and I and l with 1', () => {
    expect(lookalikeForm('o0OiI1lL')).to.equal('00011111');
  });
});

describe('compareTyped', () => {
  it('finds equal text exact', () => {
    expect(compareTyped('KR-001', 'KR-001')).to.deep.equal({ match: 'EXACT' });
  });

  it('says when only a normalised form matches', () => {
    for (const [typed, stored] of SAME) expect(compareTyped(typed, stored), typed).to.deep.equal({ match: 'NORMALIZED_MATCH' });
  });

  it('gives a hint and no match for lookalikes', () => {
    expect(compareTyped('KR-OO1', 'KR-001')).to.deep.equal({ match: 'NOT_FOUND', hint: 'LOOKALIKE_CHARACTERS' });
    expect(compareTyped('kr-00l', 'KR-001')).to.deep.equal({ match: 'NOT_FOUND', hint: 'LOOKALIKE_CHARACTERS' });
  });

  it('finds nothing in other text', () => {
    expect(compareTyped('KR-002', 'KR-001')).to.deep.equal({ match: 'NOT_FOUND' });
  });
});
