import { expect } from 'chai';
import { REGIME } from '../../../protocol/law/codes.ts';
import { nameOf } from '../../../protocol/law/names.ts';

describe('nameOf', () => {
  it('names a code, and answers one that it does not know with itself', () => {
    expect(nameOf(REGIME, 2)).to.equal('RCEP');
    expect(nameOf(REGIME, 9)).to.equal('9');
  });
});
