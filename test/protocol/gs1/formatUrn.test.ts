import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { canonicalId } from '../../../protocol/gs1/canonicalId.ts';
import { formatUrn } from '../../../protocol/gs1/formatUrn.ts';

const VECTORS = join(import.meta.dirname, '../../../../shared/vectors/epcis/cbv-event-hash/urn-to-digitallink-vectors.json');
const seven = () => 7;

describe('formatUrn', () => {
  const CASES: readonly (readonly [uri: string, urn: string | undefined])[] = [
    ['https://id.gs1.org/01/04012345123456/21/S1', 'urn:epc:id:sgtin:4012345.012345.S1'],
    ['https://shop.example/01/4012345123456/10/L1/21/a%2Fb', 'urn:epc:id:sgtin:4012345.012345.a%2Fb'],
    ['https://id.gs1.org/01/04012345123456/10/L1', 'urn:epc:class:lgtin:4012345.012345.L1'],
    ['https://id.gs1.org/01/04012345123456', 'urn:epc:idpat:sgtin:4012345.012345.*'],
    ['https://id.gs1.org/00/340123450000000012', undefined],
    ['https://id.gs1.org/414/4012345000016', 'urn:epc:id:sgln:4012345.00001.0'],
    ['https://id.gs1.org/414/4012345000016/254/dock', 'urn:epc:id:sgln:4012345.00001.dock'],
    ['https://id.gs1.org/8004/4012345A%2FB', 'urn:epc:id:giai:4012345.A%2FB'],
    ['https://id.gs1.org/01/04012345123457/21/S1', undefined],
    ['https://example.com/things/1', undefined],
    ['urn:epc:id:sgtin:4012345.012345.S1', 'urn:epc:id:sgtin:4012345.012345.S1'],
  ];
  for (const [uri, urn] of CASES) it(`${uri}`, () => expect(formatUrn(uri, seven)).to.equal(urn));

  it('does not guess the length of a company prefix', () => {
    expect(formatUrn('https://id.gs1.org/01/04012345123456/21/S1', () => undefined)).to.equal(undefined);
  });

  it('gives each URN of the published vectors back', function () {
    if (!existsSync(VECTORS)) {
      process.stdout.write(`      skipped: no corpora at ${VECTORS}\n`);
      this.skip();
    }
    const text = readFileSync(VECTORS, 'utf8');
    const urns = [...new Set(text.match(/urn:epc:(?:id|idpat|class):[^"]+/g) ?? [])].filter((urn) => canonicalId(urn) !== undefined);
    expect(urns.length).to.be.greaterThan(30);
    for (const urn of urns) {
      const company = /:(\d+)\./.exec(urn)?.[1] ?? '';
      expect(
        formatUrn(canonicalId(urn) ?? '', () => company.length),
        urn,
      ).to.equal(
        // The pattern of a UPUI identifies the GTIN, as that of an SGTIN does.
        urn.replace('idpat:upui', 'idpat:sgtin'),
      );
    }
  });
});
