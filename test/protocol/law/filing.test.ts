import { expect } from 'chai';
import { ProtocolError } from '../../../protocol/errors.ts';
import { readFiling } from '../../../protocol/law/filing.ts';

const NAME = { zh: '名', ko: '이름', en: 'Name' };
const PARTY = {
  ...{ gln: '9521001000000', name: NAME, country: 'KR', address: NAME, formerNames: [NAME] },
  registrations: [{ authority: 'GACC', number: 'DEMO-0001' }],
};
const PRODUCT = {
  ...{ gtin: '09521001001021', name: NAME, hs6: '200899', nationalLines: { CN: '2008993100', KR: '2008995010' } },
  ...{ producer: '9521001000000', shelfLifeDays: 365, labels: [{ shore: 'CN', language: 'zh', text: '海苔' }] },
};

describe('readFiling', () => {
  it('names a party by its GLN', () => {
    const text = JSON.stringify(PARTY);
    expect(readFiling(text)).to.deep.equal({ id: 'https://id.gs1.org/417/9521001000000', kind: 'PARTY', text });
  });

  it('names a product by its GTIN of 14 digits', () => {
    expect(readFiling(JSON.stringify(PRODUCT))).to.include({ id: 'https://id.gs1.org/01/09521001001021', kind: 'PRODUCT' });
    expect(readFiling(JSON.stringify({ ...PRODUCT, gtin: '9521001001021' })).id).to.equal('https://id.gs1.org/01/09521001001021');
  });

  it('asks only for what every party and product has', () => {
    expect(readFiling(JSON.stringify({ gln: PARTY.gln, name: NAME, country: 'CN' })).kind).to.equal('PARTY');
    expect(readFiling(JSON.stringify({ gtin: PRODUCT.gtin, name: NAME, hs6: '200899' })).kind).to.equal('PRODUCT');
  });

  for (const [value, code, pointer] of [
    [{}, 'REQUIRED', '/gln'],
    [[], 'WRONG_TYPE', ''],
    [{ ...PARTY, gln: '9521001000001' }, 'CHECK_DIGIT_WRONG', '/gln'],
    [{ ...PARTY, gln: '952100100000' }, 'WRONG_FORMAT', '/gln'],
    [{ ...PARTY, name: { en: 'Name' } }, 'REQUIRED', '/name/zh'],
    [{ ...PARTY, country: 'kr' }, 'WRONG_FORMAT', '/country'],
    [{ ...PARTY, phone: '1' }, 'UNEXPECTED', '/phone'],
    [{ ...PARTY, registrations: [] }, 'TOO_FEW', '/registrations'],
    [{ ...PARTY, registrations: [{ authority: 'GACC' }] }, 'REQUIRED', '/registrations/0/number'],
    [{ ...PRODUCT, gtin: '09521001001022' }, 'CHECK_DIGIT_WRONG', '/gtin'],
    [{ ...PRODUCT, hs6: '2008' }, 'WRONG_FORMAT', '/hs6'],
    [{ ...PRODUCT, nationalLines: { KR: '1212211010' } }, 'HS_DIFFERS', '/nationalLines/KR'],
    [{ ...PRODUCT, nationalLines: { JP: '200899' } }, 'UNEXPECTED', '/nationalLines/JP'],
    [{ ...PRODUCT, shelfLifeDays: 0 }, 'OUT_OF_RANGE', '/shelfLifeDays'],
    [{ ...PRODUCT, labels: [{ shore: 'JP', language: 'zh', text: 'x' }] }, 'NOT_ALLOWED', '/labels/0/shore'],
  ] as const) {
    it(`refuses ${code} at "${pointer}"`, () => {
      expect(refusalOf(JSON.stringify(value))).to.deep.equal([code, pointer]);
    });
  }

  it('refuses what two readers could read differently', () => {
    expect(refusalOf(`{"gln":"9521001000000","gln":"9521006000005"}`)).to.deep.equal(['DUPLICATE_NAME', '/gln']);
    expect(refusalOf('{"gln"')[0]).to.equal('JSON_SYNTAX');
    expect(refusalOf(`{"x":"${'x'.repeat(65_536)}"}`)[0]).to.equal('JSON_TOO_LARGE');
  });
});

function refusalOf(text: string): [string, string | undefined] {
  try {
    readFiling(text);
  } catch (error) {
    if (error instanceof ProtocolError) return [error.code, error.pointer];
    throw error;
  }
  return ['READ', undefined];
}
