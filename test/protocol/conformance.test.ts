import { expect } from 'chai';
import { runSuite, suiteKeys } from '../conformance/registry/runSuites.ts';

describe('conformance', () => {
  for (const key of suiteKeys()) {
    it(`passes every case of ${key}`, async function () {
      const result = await runSuite(key);
      if ('skipped' in result) {
        console.log(`      skipped: ${result.skipped}`);
        return this.skip();
      }
      expect(result.failures).to.deep.equal([]);
      expect(result.passed).to.equal(result.total).and.above(0);
    });
  }
});
