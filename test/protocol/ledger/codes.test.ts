import { expect } from 'chai';
import {
  KIND,
  kindName,
  REASON,
  ROLE,
  reasonName,
  roleNames,
  SHORE,
  STATUS,
  shoreName,
  statusName,
} from '../../../protocol/ledger/codes.ts';

describe('codes', () => {
  for (const [what, table, nameOf] of [
    ['kind', KIND, kindName],
    ['status', STATUS, statusName],
    ['reason', REASON, reasonName],
    ['shore', { CN: SHORE.CN, KR: SHORE.KR }, shoreName],
  ] as const) {
    it(`names every ${what} and no other`, () => {
      for (const [name, code] of Object.entries(table)) expect(nameOf(code)).to.equal(name);
      for (const code of [-1, 10, 255, 1.5]) expect(nameOf(code)).to.equal(undefined);
    });
  }

  it('names no shore for both', () => {
    expect(shoreName(SHORE.BOTH)).to.equal(undefined);
  });

  it('names the roles of a set', () => {
    expect(roleNames(0)).to.deep.equal([]);
    expect(roleNames(ROLE.LABORATORY | ROLE.NODE)).to.deep.equal(['LABORATORY', 'NODE']);
    expect(roleNames(0xffff)).to.deep.equal(Object.keys(ROLE));
  });
});
