import { expect } from 'chai';
import { compareTrace } from '../../../protocol/lineage/compareTrace.ts';
import type { Finding } from '../../../protocol/lineage/findings.ts';
import type { Trace } from '../../../protocol/lineage/trace.ts';

const nothing: Trace = { goods: [], events: [], edges: [], gaps: [], findings: [], declared: [], truncated: false };

function excess(unit: string, output = '2'): Finding {
  return { code: 'OUTPUT_EXCEEDS_INPUT', id: 'lot', unit, input: '1', output, event: 'e' };
}

function codes(recomputed: Finding[], claimed: Finding[]): string[] {
  return compareTrace({ ...nothing, findings: recomputed }, { ...nothing, findings: claimed }).map(({ code }) => code);
}

describe('compareTrace', () => {
  it('misses one of several items about the same thing', () => {
    expect(codes([excess('KGM'), excess('')], [excess('')])).to.deep.equal(['MISSING']);
    expect(codes([excess('KGM'), excess('')], [excess('KGM')])).to.deep.equal(['MISSING']);
    expect(codes([excess('')], [excess('KGM'), excess('')])).to.deep.equal(['ADDED']);
  });

  it('finds one of several items changed, in any order', () => {
    expect(codes([excess('KGM'), excess('')], [excess('KGM', '9'), excess('')])).to.deep.equal(['CHANGED']);
    expect(codes([excess('KGM'), excess('')], [excess(''), excess('KGM')])).to.deep.equal([]);
  });
});
