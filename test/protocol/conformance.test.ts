import { expect } from 'chai';
import { runSuite, suiteKeys, whole } from '../conformance/registry/runSuites.ts';

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

  it('has as many cases of each suite as were counted when it was written', () => {
    const suite = { corpus: '', cases: 2, run: () => ({ passed: 1, total: 1, failures: [] }) };
    expect(whole(suite, suite.run())).to.deep.equal({ passed: 0, total: 1, failures: ['1 cases in the place of 2'] });
  });

  it('says where it looked for corpora that are absent', async () => {
    expect(await runSuite('sm3', '/nowhere')).to.deep.equal({ skipped: 'no corpora at /nowhere/credentials/sm-vectors/sm2-sm3.json' });
  });
});
