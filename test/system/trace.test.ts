import { expect } from 'chai';
import { type RunningSystem, runningSystem } from './runningSystem.ts';

const LAVER = 'https://id.gs1.org/01/09521001001021/10/HB260914A';
const KIMCHI = 'https://id.gs1.org/01/09521003003023/10/LW261026K';

/** The demo's goods, followed on the command line against both nodes, each answer proven against the ledger. */
describe('trace', () => {
  let running: RunningSystem;
  before('start', async () => {
    running = await runningSystem();
  });

  const trace = async (...words: string[]) => {
    const { code, stdout, stderr } = await running.tidemark('trace', ...words, '--json');
    return { exit: code, json: stdout === '' ? undefined : JSON.parse(stdout), stderr };
  };

  for (const [name, lot] of [
    ['laver', LAVER],
    ['kimchi', KIMCHI],
  ] as const) {
    for (const direction of ['source', 'destination'] as const) {
      it(`proves the ${direction} of the ${name}`, async () => {
        const { exit, json, stderr } = await trace(direction, lot);
        expect(json?.check, JSON.stringify(json ?? stderr)).to.include({ answer: 'VALID', sealed: 0 });
        expect(exit).to.equal(0);
        expect(json.goods[0].id).to.equal(lot);
        expect(json.check.proven).to.be.greaterThan(0);
      });
    }
  }

  it('answers alike on both nodes', async () => {
    const answers = await Promise.all(
      Object.values(running.system.nodes).map(async ({ url }) => (await trace('destination', LAVER, '--node', url)).json),
    );
    const [one, other] = answers.map(({ goods, events, edges, gaps, findings }) => ({ goods, events, edges, gaps, findings }));
    expect(one).to.deep.equal(other);
  });

  it('starts from a certificate of origin', async () => {
    const { json } = await trace('source', 'DEMO-KR-26-000417');
    expect(json.ids).to.include(LAVER);
    expect(json.check.answer).to.equal('VALID');
  });

  it('names goods that nothing is recorded of', async () => {
    const { exit, json } = await trace('source', 'https://id.gs1.org/01/09521001001021/10/NONE');
    expect({ exit, answer: json.check.answer, unknown: json.check.unknown }).to.deep.equal({
      exit: 2,
      answer: 'CANNOT_CHECK',
      unknown: ['https://id.gs1.org/01/09521001001021/10/NONE'],
    });
  });
});
