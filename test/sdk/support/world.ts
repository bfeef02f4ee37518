import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RoleName, ShoreName } from '../../../protocol/ledger/codes.ts';
import type { LedgerAt } from '../../../sdk/chain/readState.ts';
import { adoptLedger, openCouncil } from '../../../sdk/govern/council.ts';
import { prepareSeats } from '../../../sdk/govern/seats.ts';
import { prepareMember } from '../../../sdk/member/prepareMember.ts';
import { startTestChain, type TestChain } from './chain.ts';
import { type FakeNodes, startFakeNodes } from './fakeNode.ts';
import { codeHashOf, deployTestLedger } from './ledger.ts';

const ROOT = dirname(dirname(dirname(import.meta.dirname)));

/** A whole small world: chain, ledger, two fake nodes, a laboratory `lab` (KR) and a certifier `chamber` (CN) with keys in `home`. */
export interface World {
  home: string;
  chain: TestChain;
  ledger: LedgerAt;
  nodes: FakeNodes;
  /** Writes a laboratory report with this number (and, if given, lot) as form data and returns the file's path. */
  report(number: string, lot?: string): string;
  /** Writes a certificate of origin with this number as form data and returns the file's path. */
  certificate(number: string): string;
  stop(): Promise<void>;
}

/** Builds the world; needs the compiled contracts. */
export async function startWorld(): Promise<World> {
  const home = mkdtempSync(join(tmpdir(), 'tidemark-world-'));
  const chain = await startTestChain();
  const addresses = (shore: ShoreName) => prepareSeats(home, shore).map(({ address }) => address);
  const ledger = await deployTestLedger(chain, { CN: addresses('CN'), KR: addresses('KR') });
  const councils = { CN: await openCouncil(home, 'CN', ledger), KR: await openCouncil(home, 'KR', ledger) };
  for (const council of Object.values(councils)) await adoptLedger(council, ledger);
  const nodes = await startFakeNodes(ledger);
  const deployment = {
    chainId: ledger.chainId,
    rpcUrl: chain.url,
    contract: ledger.contract,
    deployedAt: 1,
    codeHash: await codeHashOf(ledger),
  };
  writeFileSync(join(home, 'deployment.json'), JSON.stringify(deployment));
  writeFileSync(join(home, 'trust.json'), JSON.stringify(nodes.trust));
  const enrol = async (slug: string, shore: ShoreName, role: RoleName, gln: string, nodeUrl: string) => {
    const profile = { name: { en: `${slug} en`, ko: `${slug} ko`, zh: `${slug} zh` }, gln };
    const { member } = await prepareMember({ home, slug, profile, shore, roles: [role], nodeUrl, council: councils[shore], ledger });
    nodes.profiles.set(member, readFileSync(join(home, 'profiles', `${slug}.json`), 'utf8'));
    writeFileSync(join(home, 'members', slug, 'token'), `token-${member}`);
  };
  await enrol('lab', 'KR', 'LABORATORY', '9521006000005', nodes.urls[1]);
  await enrol('chamber', 'CN', 'CERTIFIER', '9521009000002', nodes.urls[0]);
  for (const council of Object.values(councils)) await council.close();
  const write = (file: string, number: string, change: (subject: Record<string, unknown>) => void) => {
    const form = JSON.parse(readFileSync(join(ROOT, 'deploy', 'demo', file), 'utf8'));
    change(form.credentialSubject);
    const path = join(home, `${number}.json`);
    writeFileSync(path, JSON.stringify(form));
    return path;
  };
  return {
    home,
    chain,
    ledger,
    nodes,
    report: (number, lot) =>
      write('laver/lab-report-import.json', number, (subject) => {
        subject.reportNumber = number;
        subject.lot = lot ?? subject.lot;
      }),
    certificate: (number) =>
      write('laver/certificate-of-origin.json', number, (subject) => {
        subject.certificateNumber = number;
      }),
    async stop() {
      await nodes.close();
      await chain.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
