import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalId, canonicalIds } from '../../../protocol/gs1/canonicalId.ts';
import { checkDigit } from '../../../protocol/gs1/checkDigit.ts';

const PREFIX = '8801234';
// What an EPC URN writes as it is, and a Digital Link too.
const plain = fc.string({ unit: fc.constantFrom(...'ABCXYZabcxyz0189-_'), minLength: 1, maxLength: 20 });
const item = fc.stringMatching(/^\d{6}$/);
const domain = fc.constantFrom('https://id.gs1.org', 'https://example.com', 'http://a.example:8080/some/stem', 'https://example.kr/01');

function gtinOf(reference: string): string {
  const body = reference.slice(0, 1) + PREFIX + reference.slice(1);
  return body + checkDigit(body);
}

describe('canonicalId', () => {
  it('is one for all spellings of a serial number', () => {
    fc.assert(
      fc.property(item, plain, domain, (reference, serial, stem) => {
        const id = `https://id.gs1.org/01/${gtinOf(reference)}/21/${serial}`;
        expect(canonicalId(`urn:epc:id:sgtin:${PREFIX}.${reference}.${serial}`)).to.equal(id);
        expect(canonicalId(`${stem}/01/${gtinOf(reference)}/21/${serial}`)).to.equal(id);
        expect(canonicalId(`${stem}/gtin/${gtinOf(reference)}/cpv/2A/lot/L1/ser/${serial}?17=271231#x`)).to.equal(id);
        expect(canonicalId(id)).to.equal(id);
      }),
    );
  });

  it('is one for all spellings of a lot', () => {
    fc.assert(
      fc.property(item, plain, domain, (reference, lot, stem) => {
        const id = `https://id.gs1.org/01/${gtinOf(reference)}/10/${lot}`;
        expect(canonicalId(`urn:epc:class:lgtin:${PREFIX}.${reference}.${lot}`)).to.equal(id);
        expect(canonicalId(`${stem}/01/${gtinOf(reference)}/22/v/10/${lot}`)).to.equal(id);
      }),
    );
  });

  it('writes one form of escapes', () => {
    const id = 'https://id.gs1.org/01/08801234567893/10/A%2FB';
    expect(canonicalId('https://example.com/01/08801234567893/10/A%2fB')).to.equal(id);
    expect(canonicalId('https://example.com/01/08801234567893/10/%41%2F%42')).to.equal(id);
    expect(canonicalId('urn:epc:class:lgtin:8801234.056789.A%2FB')).to.equal(id);
  });

  it('keeps full stops in serial numbers', () => {
    expect(canonicalId('urn:epc:id:sgtin:8801234.056789.1.2.3')).to.equal('https://id.gs1.org/01/08801234567893/21/1.2.3');
    expect(canonicalId('urn:epc:id:itip:4012345.011111.01.02.9.8')).to.equal('https://id.gs1.org/8006/040123451111180102/21/9.8');
  });

  it('is nothing for other texts', () => {
    const others = [
      'urn:epc:id:sgtin:8801234.05678.1', // one digit short
      'urn:epc:id:sgtin:8801234.056789.', // no serial number
      'urn:epc:idpat:sgtin:8801234.056789.1',
      'urn:epc:id:sscc:8801234.12345',
      'urn:epc:id:toString:8801234.056789.1',
      'urn:epc:id:gid:95100000.12345.400', // no GS1 key
      'urn:epcglobal:cbv:bizstep:shipping',
      'https://id.gs1.org/01/08801234567893/10/', // empty lot
      'https://id.gs1.org/01/08801234567893/21/x/10/y', // out of order
      'https://id.gs1.org/01/08801234567893/10/%E2%80%8B',
      'https://id.gs1.org/8018/385888700111111111/8019/1', // not named by the rules
      'https://example.com/01/',
      'https:///01/08801234567893',
      'https://example.com/constructor/08801234567893',
      '',
    ];
    for (const text of others) expect(canonicalId(text), text).to.equal(undefined);
  });

  it('gives the lot of a serial number too', () => {
    expect(canonicalIds('https://example.com/01/08801234567893/10/L1/21/S1')).to.deep.equal([
      'https://id.gs1.org/01/08801234567893/21/S1',
      'https://id.gs1.org/01/08801234567893/10/L1',
    ]);
    expect(canonicalIds('urn:epc:id:sscc:8801234.0000000001')).to.have.length(1);
    expect(canonicalIds('nothing')).to.deep.equal([]);
  });
});
