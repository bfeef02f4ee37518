import { join, relative } from 'node:path';
import type { DemoScenario } from './demo.ts';
import type { System } from './system.ts';
import { terminalQr } from './terminalQr.ts';

/** Says what runs where, shows a code for a product of each scenario, and three commands to try. */
export function printWelcome(stream: NodeJS.WritableStream, system: System, scenarios: readonly DemoScenario[]): void {
  const { qingdao, korea } = system.nodes;
  const lines = [
    '',
    'Tidemark is running (Ctrl-C stops it). Everything is on this machine only; every company in the demo is fictional.',
    '',
    `  node qingdao   ${qingdao.url}   explore: ${qingdao.url}/graphiql`,
    `  node korea     ${korea.url}   explore: ${korea.url}/graphiql`,
    `  chain          ${system.chain.url}   ledger ${system.deployment.contract}`,
    `  kept in        ${system.home}`,
  ];
  for (const { name, page, node } of scenarios) {
    const url = system.nodes[node as 'qingdao' | 'korea'].url + page;
    lines.push('', `  ${name}: ${url}`, terminalQr(url));
  }
  if (scenarios.length > 0) {
    const bundle = relative(process.cwd(), join(system.home, 'demo', 'laver', 'certificate-of-origin.bundle.json'));
    lines.push(
      '',
      'Try, in another terminal:',
      '  npm run -s tidemark -- show DEMO-KR-26-000417',
      `  npm run -s tidemark -- verify ${bundle}`,
      `  npm run -s tidemark -- disclose ${bundle} --only /credentialSubject/consignee/name --out shown.json`,
    );
  }
  stream.write(`${lines.join('\n')}\n`);
}
