import { expect } from 'chai';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import type { Finding } from '../../protocol/verdict/verdict.ts';
import { productView } from '../../web/render/productView.ts';
import type { ProductView } from '../../web/render/view.ts';
import { demoBundle, demoVerdict, finding, SUBJECTS, superseded } from './demoBundle.ts';

function viewOf(
  product: 'laver' | 'kimchi',
  changes: (bundle: Bundle) => Finding[] = () => [],
  asked: string = SUBJECTS[product],
): ProductView {
  const bundle = demoBundle(product);
  return productView(bundle, demoVerdict(bundle, changes(bundle)), asked);
}

/** Index of the n-th credential in a bundle. */
function credential(bundle: Bundle, nth: number): number {
  return bundle.documents.map(({ type }, index) => (type === 'credential' ? index : -1)).filter((index) => index >= 0)[nth] ?? -1;
}

describe('product view', () => {
  describe('productView', () => {
    it('is green where everything stands', () => {
      const view = viewOf('laver');
      expect(view.glance).to.deep.equal({ colour: 'green', reasons: [] });
      expect(view.origin).to.equal('KR');
      expect(view.certificates).to.have.length(1);
      expect(view.reports).to.have.length(2);
      expect(view.unshown).to.have.length(0);
    });

    it('orders the journey by time of event', () => {
      const times = viewOf('laver').journey.map((step) => Date.parse(step.time));
      expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
    });

    it('is red for a revoked document, and names no origin', () => {
      const view = viewOf('laver', (bundle) => [finding('status', 'INVALID', 'REVOKED', credential(bundle, 1))]);
      expect(view.glance.colour).to.equal('red');
      expect(view.glance.reasons[0]?.code).to.equal('REVOKED');
      expect(view.origin).to.equal(undefined);
    });

    it('is amber where something cannot be checked', () => {
      const view = viewOf('laver', () => [finding('block', 'CANNOT_CHECK', 'WITNESS_MISSING')]);
      expect(view.glance.colour).to.equal('amber');
    });

    it('is amber for an expired certificate', () => {
      const view = viewOf('laver', (bundle) => [finding('status', 'INVALID', 'EXPIRED', credential(bundle, 1))]);
      expect(view.glance.colour).to.equal('amber');
    });

    it('counts a replaced certificate as past while the newer one stands', () => {
      const view = viewOf('kimchi', (bundle) => [superseded(bundle, credential(bundle, 1), credential(bundle, 2))]);
      expect(view.certificates.map(({ replaced }) => replaced)).to.deep.equal([true, false]);
      expect(view.glance.colour).to.equal('green');
    });

    it('is red where another document than the one at hand took its place', () => {
      const view = viewOf('kimchi', (bundle) => [superseded(bundle, credential(bundle, 1), 99)]);
      expect(view.certificates.map(({ replaced }) => replaced)).to.deep.equal([false, false]);
      expect(view.glance.colour).to.equal('red');
    });

    it('is red where the newer certificate falls too', () => {
      const view = viewOf('kimchi', (bundle) => [
        superseded(bundle, credential(bundle, 1), credential(bundle, 2)),
        finding('status', 'INVALID', 'REVOKED', credential(bundle, 2)),
      ]);
      expect(view.certificates.map(({ replaced }) => replaced)).to.deep.equal([false, false]);
      expect(view.glance.colour).to.equal('red');
    });

    it('is red for a test over its limit', () => {
      const bundle = demoBundle('laver', nonConforming);
      const view = productView(bundle, demoVerdict(bundle), SUBJECTS.laver);
      expect(view.glance.colour).to.equal('red');
      expect(view.glance.reasons.map(({ code }) => code)).to.include('TEST_FAILED');
    });

    it('tells documents of another lot apart', () => {
      const view = viewOf('laver', () => [], 'https://id.gs1.org/01/09521001001021/10/OTHER');
      expect(view.reports.every(({ concerns }) => !concerns)).to.equal(true);
      expect(view.glance.colour).to.equal('amber');
      expect(view.glance.reasons.map(({ code }) => code)).to.include('OTHER_PRODUCT');
    });

    for (const question of ['integrity', 'anchored', 'issuer'] as const) {
      it(`repeats no word of a document without proven ${question}`, () => {
        const view = viewOf('laver', (bundle) => [finding(question, 'INVALID', 'X', credential(bundle, 0))]);
        expect(view.reports).to.have.length(1);
        expect(view.unshown.map(({ reason }) => reason)).to.deep.equal(['NOT_PROVEN']);
        expect(view.glance.colour).to.equal('red');
      });
    }

    it('shows documents whose block cannot be checked, with that remark', () => {
      const view = viewOf('laver', (bundle) =>
        (['anchored', 'issuer', 'accreditation', 'status', 'superseded'] as const).map((question) =>
          finding(question, 'CANNOT_CHECK', 'BLOCK_UNPROVEN', credential(bundle, 0)),
        ),
      );
      expect(view.reports.map(({ answer }) => answer)).to.deep.equal(['CANNOT_CHECK', 'VALID']);
      expect(view.glance.colour).to.equal('amber');
    });

    it('counts a withheld document', () => {
      const bundle = demoBundle('laver');
      const at = credential(bundle, 1);
      const document = bundle.documents[at];
      if (document === undefined) throw new Error('no certificate in the demo');
      bundle.documents[at] = { type: 'withheld', reason: 'NOT_RELEASED', kind: 1, issuer: document.issuer, anchor: document.anchor };
      const view = productView(bundle, demoVerdict(bundle), SUBJECTS.laver);
      expect(view.unshown).to.have.length(1);
      expect(view.glance.colour).to.equal('amber');
      expect(view.unshown[0]).to.include({ kind: 'CERTIFICATE_OF_ORIGIN', reason: 'NOT_RELEASED' });
    });

    it('is amber where nothing is recorded', () => {
      const bundle = { ...demoBundle('laver'), documents: [] };
      expect(productView(bundle, demoVerdict(bundle), SUBJECTS.laver).glance).to.deep.equal({
        colour: 'amber',
        reasons: [{ code: 'NO_DOCUMENTS' }],
      });
    });
  });
});

function nonConforming(content: Record<string, unknown>): Record<string, unknown> {
  const subject = content.credentialSubject as Record<string, unknown> | undefined;
  return subject !== undefined && 'overall' in subject ? { ...content, credentialSubject: { ...subject, overall: 'NONCONFORM' } } : content;
}
