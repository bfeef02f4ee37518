import { expect } from 'chai';
import { convert, portionOf, UNITS, unitOf } from '../../../protocol/law/units.ts';

const between = (figure: string, from: string, to: string) => convert(figure, unitOf(from), unitOf(to));

describe('units', () => {
  it('convert exactly within one quantity', () => {
    for (const unit of ['mg/kg', 'ppm', '59', 'ug/g', 'NA']) expect(between('0.30', unit, 'NA'), unit).to.equal('0.30');
    expect(between('80', 'ug/100g', 'NA')).to.equal('0.80');
    expect(between('1', 'ug/kg', 'NA')).to.equal('0.001');
    expect(between('0.3', 'g/kg', 'NA')).to.equal('300');
    expect(between('0.3', 'GK', 'H64')).to.equal('0.3');
    expect(between('0.01', '%w/w', 'NA')).to.equal('100');
    expect(between('0.2', 'VP', 'L19')).to.equal('2');
    expect(between('-0.5', 'NA', 'J33')).to.equal('-500');
    expect(between('0', 'NA', 'M29')).to.equal('0.000000');
  });

  it('do not convert between quantities', () => {
    for (const [from, to] of [
      ['CFU/g', 'CFU/mL'],
      ['%v/v', 'NA'],
      ['%', '%w/w'],
      ['C62', 'CFU/g'],
      ['MPN/g', 'CFU/g'],
      ['CFU/g', 'MPN/g'],
    ] as const)
      expect(between('1', from, to), `${from} to ${to}`).to.equal(undefined);
  });

  it('are each found by one text only', () => {
    const texts = UNITS.flatMap(({ code, symbol, aliases = [] }) => [...new Set([code, symbol, ...aliases])]);
    expect(new Set(texts).size).to.equal(texts.length);
  });

  it('name the portion looked at', () => {
    expect(['/25g', 'CFU/25g', '/0.5g', '/g', 'CFU/g', '/025g', '25g'].map(portionOf)).to.deep.equal([
      '25',
      '25',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
