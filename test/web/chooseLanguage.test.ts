import { expect } from 'chai';
import { chooseLanguage } from '../../web/render/chooseLanguage.ts';

describe('language', () => {
  describe('chooseLanguage', () => {
    const cases: [string | undefined, string | undefined, string][] = [
      [undefined, undefined, 'en'],
      [undefined, 'ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
      [undefined, 'fr,zh-CN;q=0.5,en;q=0.4', 'zh'],
      [undefined, 'en;q=0.2,ko;q=0.9', 'ko'],
      [undefined, 'ko;q=0,en', 'en'],
      [undefined, 'ja', 'en'],
      ['zh', 'ko', 'zh'],
      ['tlh', 'ko', 'ko'],
      [undefined, ';;;q=x,,', 'en'],
    ];
    for (const [chosen, header, language] of cases) {
      it(`takes ${language} for ${chosen ?? 'no choice'} and ${header ?? 'no header'}`, () => {
        expect(chooseLanguage(chosen, header)).to.equal(language);
      });
    }
  });
});
