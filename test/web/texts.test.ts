import { expect } from 'chai';
import { LANGUAGES, textsOf } from '../../web/texts/textsOf.ts';

/** Paths of all texts, by name. */
function pathsOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, item]) => pathsOf(item, `${path}/${name}`));
}

describe('texts', () => {
  describe('textsOf', () => {
    it('has the same texts in each language', () => {
      // English names analytes as the reports do.
      const paths = LANGUAGES.map((language) =>
        pathsOf(textsOf(language))
          .filter((path) => !path.startsWith('/report/analytes'))
          .sort(),
      );
      expect(paths[0]).to.deep.equal(paths[1]);
      expect(paths[1]).to.deep.equal(paths[2]);
    });

    it('has the same analytes in Chinese and Korean', () => {
      expect(Object.keys(textsOf('zh').report.analytes)).to.deep.equal(Object.keys(textsOf('ko').report.analytes));
    });

    it('has no empty text', () => {
      for (const language of LANGUAGES) expect(JSON.stringify(textsOf(language))).not.to.contain('""');
    });

    it('is written in the language', () => {
      expect(JSON.stringify(textsOf('zh')))
        .to.match(/[\u4e00-\u9fff]/)
        .and.not.match(/[\uac00-\ud7af]{2}/);
      expect(JSON.stringify(textsOf('ko')))
        .to.match(/[\uac00-\ud7af]/)
        .and.not.match(/[\u4e00-\u9fff]/);
    });
  });
});
