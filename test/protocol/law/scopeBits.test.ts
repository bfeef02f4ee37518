import { expect } from 'chai';
import { type ScopedReport, scopeOf } from '../../../protocol/law/scopeBits.ts';
import { demoReport } from './demoReport.ts';
import { panelOf } from './lawFiles.ts';

const line = (analyte: string, method: string, matrix?: string) => ({
  analyte: { name: analyte, code: analyte },
  method: { code: method },
  ...(matrix === undefined ? {} : { matrix }),
});
const scope = (result: ScopedReport['result']) => scopeOf({ result }, panelOf('cosmetics'));

describe('scopeOf', () => {
  it('maps each line of the demo to one bit', () => {
    expect(scopeOf(demoReport('laver/lab-report-export'), panelOf('laver'))).to.deep.equal({ bits: 1n, unknown: [] });
    expect(scopeOf(demoReport('laver/lab-report-import'), panelOf('laver'))).to.deep.equal({ bits: 1n, unknown: [] });
    expect(scopeOf(demoReport('kimchi/lab-report'), panelOf('pickled-vegetables'))).to.deep.equal({ bits: 0b111111n, unknown: [] });
  });

  it('names each test that the panel lacks once', () => {
    const lines = [line('Pb', 'GB 1'), line('Pb', 'GB 1'), line('Zn', 'MFDS Cosmetics Annex 4'), line('APC', 'STSC 2015 chapter 5')];
    expect(scope(lines)).to.deep.equal({ bits: 1n << 11n, unknown: ['Pb: GB 1', 'Zn: MFDS Cosmetics Annex 4'] });
  });

  it('takes a line of another matrix for another test', () => {
    expect(scope([line('Pb', 'MFDS Cosmetics Annex 4', 'cosmetic product')])).to.deep.equal({ bits: 1n, unknown: [] });
    expect(scope([line('Pb', 'MFDS Cosmetics Annex 4', 'soil')])).to.deep.equal({ bits: 0n, unknown: ['Pb: MFDS Cosmetics Annex 4'] });
  });

  it('goes by the name where a line has no code', () => {
    expect(scope([{ analyte: { name: 'Cd' }, method: { code: 'MFDS Cosmetics Annex 4' } }]).bits).to.equal(1n << 3n);
  });
});
