import { expect } from 'chai';
import { VERDICT_CODES } from '../../../protocol/verdict/codes.ts';
import { LANGUAGES, verdictTexts } from '../../../protocol/verdict/texts.ts';
import { QUESTIONS } from '../../../protocol/verdict/verdict.ts';

describe('verdictTexts', () => {
  for (const language of LANGUAGES) {
    it(`has a sentence for everything in ${language}`, () => {
      const texts = verdictTexts(language);
      const sentences = [
        ...QUESTIONS.map(texts.question),
        ...(['VALID', 'INVALID', 'CANNOT_CHECK'] as const).map(texts.answer),
        ...VERDICT_CODES.map(texts.code),
      ];
      for (const sentence of sentences) expect(sentence).to.be.a('string').and.have.length.above(1);
      expect(new Set(sentences).size).to.equal(sentences.length);
    });
  }

  it('differs between the languages', () => {
    for (const code of VERDICT_CODES) expect(new Set(LANGUAGES.map((language) => verdictTexts(language).code(code))).size).to.equal(3);
  });

  it('answers a code that it does not know with itself', () => {
    expect(verdictTexts('en').code('LATER')).to.equal('LATER');
    expect(verdictTexts('en').code('toString')).to.equal('toString');
  });
});
