import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import * as ids from '../../../protocol/law/ids.ts';
import { codeOf } from '../codeOf.ts';

const [A, B]: [Hex, Hex] = [`0x${'ab'.repeat(32)}`, `0x${'cd'.repeat(32)}`];
const word = (value: number | bigint | Hex) => (typeof value === 'string' ? value.slice(2) : value.toString(16).padStart(64, '0'));
/** SHA-256 of words, by node:crypto alone. */
const digest = (...words: (number | bigint | Hex)[]): Hex =>
  `0x${createHash('sha256')
    .update(Buffer.from(words.map(word).join(''), 'hex'))
    .digest('hex')}`;

describe('law ids', () => {
  it('hash what the interfaces say, in that order', () => {
    expect(ids.numberKey(7, A)).to.equal(digest(7, A));
    expect(ids.bodyKey(7, 1)).to.equal(digest(7, 1));
    expect(ids.goodsLineKey(A, B)).to.equal(digest(A, B));
    expect(ids.useDigest(A, B)).to.equal(digest(A, B));
    expect(ids.inquiryKey(A, 2)).to.equal(digest(A, 2));
    expect(ids.profileKey(2, 9)).to.equal(digest(2, 9));
    expect(ids.profileVersionKey(2, 9, 3)).to.equal(digest(digest(2, 9), 3));
    expect(ids.panelKey(7, 4)).to.equal(digest(7, 4));
    expect(ids.periodKey(7, 4, 3)).to.equal(digest(digest(7, 4), 3));
    expect(ids.designationKey(7, 4, 2)).to.equal(digest(digest(7, 4), 2));
    expect(ids.reportFacts(A, 5n, 6n)).to.equal(digest(A, 5, 6));
    expect(ids.pastReportKey(A, 1_800_000_000)).to.equal(digest(A, 1_800_000_000));
    expect(ids.alertId(7, A)).to.equal(digest(7, A));
    expect(ids.alertStageKey(A, 2)).to.equal(digest(A, 2));
    expect(ids.alertLotKey(A, B)).to.equal(digest(A, B));
    expect(ids.recallId(A, B)).to.equal(digest(A, B));
    expect(ids.filingVersionKey(A, 2)).to.equal(digest(A, 2));
  });

  it('chain goods lines in their order, from zero', () => {
    expect(ids.linesChain([])).to.equal(`0x${'00'.repeat(32)}`);
    expect(ids.linesChain([A, B])).to.equal(digest(digest(0, A), B));
    expect(ids.linesChain([B, A])).not.to.equal(ids.linesChain([A, B]));
  });

  it('refuse what is no digest or no number', () => {
    expect(codeOf(() => ids.goodsLineKey(A, '0x00'))).to.equal('WRONG_LENGTH');
    expect(codeOf(() => ids.numberKey(-1, A))).to.equal('OUT_OF_RANGE');
  });
});
