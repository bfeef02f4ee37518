import { expect } from 'chai';
import { type RunningSystem, runningSystem } from './runningSystem.ts';

describe('demo ledger', () => {
  let running: RunningSystem;
  before('start', async () => {
    running = await runningSystem();
  });

  it('gives both nodes equal index digests at one height', async () => {
    const heads = await Promise.all(
      (['qingdao', 'korea'] as const).map((node) =>
        running.query<{ ledger: Ledger }>(node, '{ ledger { height sequence indexDigest complete } }'),
      ),
    );
    const [qingdao, korea] = heads.map(({ ledger }) => ledger);
    expect(qingdao).to.deep.equal(korea);
    expect(qingdao?.complete).to.equal(true);
  });

  for (const [node, number] of [
    ['qingdao', 'DEMO-KR-26-000417'],
    ['korea', 'DEMO-KR-26-000417'],
    ['qingdao', 'DEMO-CN-26-008231'],
    ['korea', 'DEMO-CN-26-008231'],
  ] as const) {
    it(`answers for certificate ${number} at ${node}`, async () => {
      const query = 'query($number: String!) { certificate(number: $number) { match certificate { number verdict { answer } } } }';
      const { certificate } = await running.query<{
        certificate: { match: string; certificate: { number: string; verdict: { answer: string } } };
      }>(node, query, { number });
      expect(certificate.match).to.equal('EXACT');
      expect(certificate.certificate.verdict.answer).to.equal('VALID');
    });
  }

  for (const [language, words] of [
    ['zh', '调味海苔'],
    ['ko', '조미김'],
    ['en', 'Roasted seasoned laver'],
  ] as const) {
    it(`serves the laver's page in ${language} without script`, async () => {
      const response = await fetch(`${running.system.nodes.qingdao.url}/01/09521001001021/10/HB260914A`, {
        headers: { accept: 'text/html', 'accept-language': language },
      });
      const page = await response.text();
      expect(response.status).to.equal(200);
      expect(page).to.include(`lang="${language}`);
      expect(page).to.include(words);
      expect(page).to.include('DEMO-KR-26-000417');
    });
  }

  it('has every step of the laver in its history', async () => {
    const { lot } = await running.query<{ lot: { entries: { totalCount: number } } }>(
      'korea',
      '{ lot(gtin: "09521001001021", lot: "HB260914A") { entries(first: 1) { totalCount } } }',
    );
    // 6 events of the producer, 2 of customs, 5 of the importer, 2 reports, 1 certificate.
    expect(lot.entries.totalCount).to.equal(16);
  });
});

interface Ledger {
  height: number;
  sequence: string;
  indexDigest: string;
  complete: boolean;
}
