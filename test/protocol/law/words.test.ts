import { expect } from 'chai';
import fc from 'fast-check';
import * as words from '../../../protocol/law/words.ts';
import { refusalOf } from '../codeOf.ts';

const ONES = 2n ** 256n - 1n;
const low = (bits: bigint) => ONES >> (256n - bits);

/** Each word, and the bits that its type leaves unused. */
const ROUND_TRIPS: readonly (readonly [name: string, again: (word: bigint) => bigint, unused: bigint])[] = [
  ['companion', (word) => words.encodeCompanion(words.decodeCompanion(word)), low(64n)],
  ['regime', (word) => words.encodeRegime(words.decodeRegime(word)), low(184n)],
  ['term', (word) => words.encodeTerm(words.decodeTerm(word)), low(56n)],
  ['certificate', (word) => words.encodeCertificate(words.decodeCertificate(word)), 0n],
  ['goods line', (word) => words.encodeGoodsLine(words.decodeGoodsLine(word)), 0n],
  ['inquiry', (word) => words.encodeInquiry(words.decodeInquiry(word)), low(48n)],
  ['course', (word) => words.encodeCourse(words.decodeCourse(word)), low(48n) << 208n],
  ['report', (word) => words.encodeReport(words.decodeReport(word)), 0n],
  ['arrangement', (word) => words.encodeArrangement(words.decodeArrangement(word)), low(96n)],
  ['lot', (word) => words.encodeLot(words.decodeLot(word)), 0n],
  ['alert', (word) => words.encodeAlert(words.decodeAlert(word)), low(16n)],
  ['recall', (word) => words.encodeRecall(words.decodeRecall(word)), low(48n)],
  ['movement', (word) => words.encodeMovement(words.decodeMovement(word)), low(176n) << 80n],
  ['filing', (word) => words.encodeFiling(words.decodeFiling(word)), low(96n)],
];

describe('law words', () => {
  for (const [name, again, unused] of ROUND_TRIPS) {
    it(`reads and writes every ${name}`, () => {
      fc.assert(
        fc.property(fc.bigInt({ min: 0n, max: ONES }), (word) => {
          expect(again(word)).to.equal(word & (ONES ^ unused));
        }),
      );
    });
  }

  it('packs a certificate from the most significant bit down', () => {
    const hex = `${'ab'.repeat(20)}010203040000000005000607`;
    const certificate = { lines: BigInt(`0x${'ab'.repeat(20)}`), regime: 1, destination: 2, form: 3, count: 4 };
    expect(words.decodeCertificate(BigInt(`0x${hex}`))).to.deep.equal({ ...certificate, issuedOn: 5, validDays: 6, corrected: 7 });
  });

  it('packs a course behind its unused bits', () => {
    const course = { panel: 1, sampledFrom: 2, sampledUntil: 3, analysedFrom: 4, analysedUntil: 5, sampledPeriod: 6, analysedPeriod: 7 };
    const hex = `${'0'.repeat(12)}0001${['2', '3', '4', '5'].map((digit) => digit.padStart(10, '0')).join('')}00060007`;
    expect(words.encodeCourse(course)).to.equal(BigInt(`0x${hex}`));
  });

  it('keeps a half of a lot for each shore', () => {
    const CN = { heldAt: 1, heldBy: 2, reason: 3, recalledAt: 4, recallClass: 5 };
    const KR = { heldAt: 6, heldBy: 7, reason: 8, recalledAt: 9, recallClass: 10 };
    const hex = '00000000010000000203000000000405' + '0000000006000000070800000000090a';
    expect(words.encodeLot({ CN, KR })).to.equal(BigInt(`0x${hex}`));
  });

  it('tells which actions are paused', () => {
    const companion = words.decodeCompanion(0b101n << 64n);
    expect([0, 1, 2, 128].map((action) => words.isPaused(companion, action))).to.deep.equal([true, false, true, false]);
  });

  it('refuses a value that its field cannot hold', () => {
    const line = { use: 1n, regime: 1, usedAt: 1, office: 1, registered: 1 };
    for (const use of [2n ** 168n, -1n]) {
      expect(refusalOf(() => words.encodeGoodsLine({ ...line, use }))).to.deep.equal({ code: 'OUT_OF_RANGE', pointer: '/use' });
    }
  });
});
