import { expect } from 'chai';
import { comparePage, type PageText } from '../../web/client/comparePage.ts';

function page(basis: string, facts: Record<string, string>, sections: Record<string, string> = {}): PageText {
  return { basis, facts: new Map(Object.entries(facts)), sections: new Map(Object.entries(sections)) };
}

describe('page comparison', () => {
  describe('comparePage', () => {
    it('finds nothing where both say the same', () => {
      expect(
        comparePage(page('5', { 'what.lot': 'A' }, { what: 'Lot A' }), page('5', { 'what.lot': 'A' }, { what: 'Lot A' })),
      ).to.deep.equal([]);
    });

    it('finds a changed fact', () => {
      const found = comparePage(page('5', { 'report.1.number': 'X' }), page('5', { 'report.1.number': 'Y' }));
      expect(found).to.deep.equal([{ shown: 'X', proven: 'Y' }]);
    });

    it('finds an invented and a missing fact', () => {
      expect(comparePage(page('5', { 'report.9.number': 'X' }), page('5', {}))).to.deep.equal([{ shown: 'X', proven: '–' }]);
      expect(comparePage(page('5', {}), page('5', { 'report.1.number': 'Y' }))).to.deep.equal([{ shown: '–', proven: 'Y' }]);
    });

    it('finds words outside the facts', () => {
      const found = comparePage(page('5', {}, { title: 'Laver, organic, Lot A' }), page('5', {}, { title: 'Laver, Lot A' }));
      expect(found).to.deep.equal([{ shown: 'organic, ', proven: '–' }]);
    });

    it('allows a later block a new document and another standing', () => {
      const served = page('5', { 'what.origin': 'Korea', 'report.1.number': 'X' }, { what: 'a' });
      const proven = page('6', { 'what.origin': 'none', 'report.1.number': 'X', 'report.2.number': 'Z' }, { what: 'b' });
      expect(comparePage(served, proven)).to.deep.equal([]);
    });

    it('allows the same block a document that could not be fetched before', () => {
      const served = page('5', { 'party.1': 'Lab' }, { limits: 'not shown: one', what: 'a' });
      const proven = page('5', { 'party.1': 'Lab · tested it', 'report.1.number': 'X' }, { limits: '', what: 'b' });
      expect(comparePage(served, proven)).to.deep.equal([]);
    });

    it('finds changed words of a document whatever the block', () => {
      expect(comparePage(page('5', { 'report.1.number': 'X' }), page('6', { 'report.1.number': 'Y' }))).to.have.length(1);
    });
  });
});
