import { expect } from 'chai';
import { judge } from '../../../protocol/law/judge.ts';
import type { JudgedReport, ReportLine } from '../../../protocol/law/report.ts';
import { demoReport } from './demoReport.ts';
import { profileOf } from './lawFiles.ts';

/** Scenarios S1 to S4 of the demo: what a report says for each destination. */

function answer(report: JudgedReport, profile: string) {
  const { code, reason, confidence } = judge(report, profileOf(profile));
  return { code, reason, confidence };
}

const conforming = (reason: string) => ({ code: 'CONFORM', reason, confidence: 'confirmed' });

describe('S1 laver', () => {
  for (const name of ['laver/lab-report-export', 'laver/lab-report-import'] as const) {
    it(`conforms in China by ${name}`, () => {
      expect(answer(demoReport(name), 'cn-laver')).to.deep.equal(conforming('WITHIN_PLAN'));
    });
  }
});

describe('S2 serum', () => {
  const figure = (code: string, value: string, unit = 'mg/kg'): ReportLine => ({
    analyte: { name: code, code },
    kind: 'NUMERIC',
    value,
    unit,
  });
  const below = (code: string, loq: string, unit = 'mg/kg'): ReportLine => ({
    analyte: { name: code, code },
    kind: 'BELOW_LOQ',
    loq,
    unit,
  });
  const serum = (lead: ReportLine): JudgedReport => ({
    issuedOn: '2026-09-04',
    result: [lead, figure('As', '0.2'), below('Hg', '0.01'), below('Cd', '0.05'), figure('DIOXANE', '1.1'), below('APC', '10', 'CFU/g')],
  });

  it('conforms in both countries', () => {
    for (const profile of ['cn-cosmetics', 'kr-cosmetics'])
      expect(answer(serum(below('Pb', '0.5')), profile), profile).to.deep.equal(conforming('WITHIN_LIMIT'));
  });

  it('conforms in Korea and not in China with lead 14.0', () => {
    const report = serum(figure('Pb', '14.0'));
    expect(answer(report, 'kr-cosmetics')).to.deep.equal(conforming('WITHIN_LIMIT'));
    expect(answer(report, 'cn-cosmetics')).to.deep.equal({ code: 'NONCONFORM', reason: 'ABOVE_LIMIT', confidence: 'confirmed' });
    expect(judge(report, profileOf('cn-cosmetics')).lines[0]).to.deep.equal({
      code: 'NONCONFORM',
      reason: 'ABOVE_LIMIT',
      analyte: 'Pb',
      line: 0,
      value: '14.0',
      unit: 'mg/kg',
      limit: '10',
      limitUnit: 'mg/kg',
      confidence: 'confirmed',
    });
  });
});

describe('S3 kimchi', () => {
  it('conforms in Korea', () => {
    expect(answer(demoReport('kimchi/lab-report'), 'kr-kimchi')).to.deep.equal(conforming('WITHIN_LIMIT'));
  });

  it('does not conform with Yersinia, by an unconfirmed limit', () => {
    const report = demoReport('kimchi/lab-report');
    const result = report.result.map((line) => (line.analyte.code === 'YENT' ? { ...line, kind: 'DETECTED' as const } : line));
    expect(answer({ ...report, result }, 'kr-kimchi')).to.deep.equal({
      code: 'NONCONFORM',
      reason: 'DETECTED',
      confidence: 'unconfirmed',
    });
  });
});

describe('S4 laver to be recalled', () => {
  const report = demoReport('laver/lab-report-import');

  it('does not conform with one sample above M', () => {
    const result = report.result.map((line) => ({ ...line, values: ['18000', '42000', '61000', '150000', '9500'] }));
    expect(answer({ ...report, result }, 'cn-laver')).to.deep.equal({
      code: 'NONCONFORM',
      reason: 'ABOVE_PLAN_MAXIMUM',
      confidence: 'confirmed',
    });
  });

  it('lacks what China asks in a Korean report', () => {
    const result = [{ analyte: { name: '타르색소', code: 'TAR' }, kind: 'NOT_DETECTED', unit: 'C62' } as const];
    expect(answer({ ...report, result }, 'cn-laver')).to.deep.equal({
      code: 'MISSING_ITEM',
      reason: 'ITEM_MISSING',
      confidence: 'confirmed',
    });
  });
});
