import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { languageOf, RULE_CODES, ruleTexts } from '../../../protocol/law/ruleTexts.ts';
import { LANGUAGES } from '../../../protocol/verdict/texts.ts';
import { refusedBy } from '../../../sdk/law/refusal.ts';

const ABI = ['clearance', 'laboratories', 'registry'].map((name) =>
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'protocol', 'law', 'abi', `${name}.ts`), 'utf8'),
);

/** Errors of deploying, of succession, and of a history of 2^64 entries: no command of a member meets them. */
const NOT_ASKED_BY_PEOPLE = ['CompanionLedgerInvalid', 'CompanionNoSuccessor', 'HeadFull'];

describe('ruleTexts', () => {
  it('speaks each language of its own, about every rule', () => {
    for (const code of RULE_CODES) {
      const texts = ruleTexts(code);
      expect(new Set(LANGUAGES.map((language) => texts?.[language])).size, code).to.equal(LANGUAGES.length);
      expect(texts?.zh, code).to.match(/\p{Script=Han}/u);
      expect(texts?.ko, code).to.match(/\p{Script=Hangul}/u);
    }
    expect(ruleTexts('constructor')).to.equal(undefined);
  });

  it('has a sentence for every code that a refusal of a contract gets', () => {
    const errors = ABI.flatMap((text) => [...text.matchAll(/'error (\w+)\(/g)].map(([, name]) => name as string));
    const codes = new Set(errors.map((name) => refusedBy(`${name}(0x00)`).code));
    codes.delete('LEDGER_REFUSES');
    expect([...new Set(errors.filter((name) => refusedBy(`${name}(0x00)`).code === 'LEDGER_REFUSES'))]).to.have.members(
      NOT_ASKED_BY_PEOPLE,
    );
    expect(codes.size).to.be.greaterThan(10);
    for (const code of codes) expect(RULE_CODES).to.include(code);
  });

  it('never says forgery of what is not found', () => {
    const { en, zh, ko } = ruleTexts('NOT_FOUND') as { en: string; zh: string; ko: string };
    expect([en, zh, ko].map((text) => /no sign of forgery|并不表示证书是伪造|위조를 뜻하지 않습니다/.test(text))).to.deep.equal([
      true,
      true,
      true,
    ]);
  });

  it('takes the language from the locale', () => {
    expect(['zh_CN.UTF-8', 'ko', 'ko-KR', 'en_GB', 'C', undefined, ''].map(languageOf)).to.deep.equal([
      'zh',
      'ko',
      'ko',
      'en',
      'en',
      'en',
      'en',
    ]);
  });
});
