import { expect } from 'chai';
import fc from 'fast-check';
import { checkCharacters, hasCheckCharacters } from '../../../protocol/gs1/checkCharacters.ts';
import { checkDigit, hasCheckDigit } from '../../../protocol/gs1/checkDigit.ts';
import { gtin14 } from '../../../protocol/gs1/gtin14.ts';
import { codeOf } from '../codeOf.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

describe('check digits', () => {
  describe('checkDigit', () => {
    it('agrees with published examples', () => {
      // GS1 General Specifications section 7.9.1: GTIN-13 and SSCC.
      expect(checkDigit('629104150021')).to.equal('3');
      expect(checkDigit('37610425002123456')).to.equal('9');
    });

    it('finds every wrong digit', () => {
      fc.assert(
        fc.property(digits(13), fc.nat(13), fc.integer({ min: 1, max: 9 }), (body, at, shift) => {
          const key = body + checkDigit(body);
          const wrong = key.slice(0, at) + ((Number(key[at]) + shift) % 10) + key.slice(at + 1);
          return hasCheckDigit(key) && !hasCheckDigit(wrong);
        }),
      );
    });

    it('refuses what is not digits', () => {
      expect(codeOf(() => checkDigit('12a'))).to.equal('NOT_DIGITS');
      expect(codeOf(() => checkDigit(''))).to.equal('NOT_DIGITS');
      expect(hasCheckDigit('１２３')).to.equal(false);
    });
  });

  describe('gtin14', () => {
    it('fills short forms with zeros', () => {
      expect(gtin14('96385074')).to.equal('00000096385074');
      expect(gtin14('614141000036')).to.equal('00614141000036');
      expect(gtin14('6291041500213')).to.equal('06291041500213');
      expect(gtin14('06291041500213')).to.equal('06291041500213');
    });

    it('refuses other lengths and wrong check digits', () => {
      expect(codeOf(() => gtin14('123456789'))).to.equal('NOT_A_GTIN');
      expect(codeOf(() => gtin14('6291041500214'))).to.equal('CHECK_DIGIT_WRONG');
    });
  });

  describe('checkCharacters', () => {
    it('agrees with the published example', () => {
      // GS1 General Specifications section 7.9.5.
      expect(checkCharacters('1987654Ad4X4bL5ttr2310c')).to.equal('2K');
      expect(hasCheckCharacters('1987654Ad4X4bL5ttr2310c2K')).to.equal(true);
      expect(hasCheckCharacters('1987654Ad4X4bL5ttr2310cXK')).to.equal(false);
    });

    it('refuses other characters and too many', () => {
      expect(codeOf(() => checkCharacters('a b'))).to.equal('WRONG_CHARACTER');
      expect(codeOf(() => checkCharacters('1'.repeat(98)))).to.equal('WRONG_LENGTH');
    });
  });
});
