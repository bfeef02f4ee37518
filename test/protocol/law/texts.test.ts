import { expect } from 'chai';
import { REASONS, type Reason } from '../../../protocol/law/judgement.ts';
import { judgementTexts } from '../../../protocol/law/texts.ts';
import { LANGUAGES } from '../../../protocol/verdict/texts.ts';

const ALL = Object.keys(REASONS) as Reason[];

describe('judgementTexts', () => {
  for (const language of LANGUAGES) {
    it(`has a sentence for everything in ${language}`, () => {
      const texts = judgementTexts(language);
      const sentences = [
        ...new Set(Object.values(REASONS).map(texts.code)),
        ...ALL.map(texts.reason),
        ...(['confirmed', 'unconfirmed'] as const).map(texts.confidence),
      ];
      for (const sentence of sentences) expect(sentence).to.be.a('string').and.have.length.above(1);
      expect(new Set(sentences).size).to.equal(5 + ALL.length + 2);
    });
  }

  it('differs between the languages', () => {
    for (const reason of ALL) expect(new Set(LANGUAGES.map((language) => judgementTexts(language).reason(reason))).size).to.equal(3);
  });
});
