import type { BaseContract, ContractTransactionResponse } from 'ethers';
import { REASON, ROLE } from '../../protocol/ledger/codes.ts';
import type { GasBench } from '../gas/bench.ts';
import { digest, entryOf, goodsOf, keyOf, leafOf, numbers, packCourse, word } from '../gas/documents.ts';
import { ALL_TESTS, addCompanions, CK_FTA, DAY, PANEL, SHORES } from '../gas/law.ts';
import { gasOf } from '../gas/measure.ts';

const ENTRIES = 250;
const CERTIFICATE = 1;
const PRODUCT = 2;
const UNDER_WAY = 50;
const GAS_LIMIT = 1_000_000;

/** Who acts in the n calls: the first members, by name of their account. */
const OFFICIALS = [
  ['certifier', 'KR', ROLE.CERTIFIER],
  ['laboratory', 'KR', ROLE.LABORATORY],
  ['accreditor', 'KR', ROLE.ACCREDITOR],
  ['customs', 'CN', ROLE.CUSTOMS],
  ['regulator', 'CN', ROLE.REGULATOR],
] as const;

/**
 * Makes n of everything by the contracts' own functions: members with account and key, records of one issuer and one subject, certificates and their lines,
 * reports, lots on hold, alerts, filings.
 */
export async function makeByCalls(bench: GasBench, n: number): Promise<void> {
  const { ledger, clearance, laboratories, registry, korea, both, account } = bench;
  const by = <Contract extends BaseContract>(contract: Contract, name: string) => contract.connect(account(`real ${name}`)) as Contract;
  await addCompanions(bench);
  await makeMembers(bench, n);
  const now = await bench.now();
  await gasOf(clearance.connect(both).setRegime(CK_FTA, 365, 180));
  await gasOf(clearance.connect(korea).authoriseBody(1, CK_FTA, now - 100 * DAY, 0));
  await gasOf(laboratories.connect(both).publishPanel(PANEL, digest('panel')));
  await gasOf(by(laboratories, 'accreditor').accredit(2, PANEL, ALL_TESTS, now - 100 * DAY, 0, digest('accreditation')));

  const certifier = by(ledger, 'certifier');
  const subject = digest('subject of n records');
  for (let first = 0; first < n; first += ENTRIES) {
    const entries = numbers(Math.min(ENTRIES, n - first)).map((i) => ({ ...entryOf(`real ${first + i}`, CERTIFICATE), subject }));
    await gasOf(certifier.anchorMany(entries));
  }
  const course = packCourse(PANEL, now - 20 * DAY, now - 15 * DAY);
  const terms = { regime: CK_FTA, destination: SHORES.CN, issuedOn: now - 10 * DAY };
  const [issuing, reporting, stopping, filing] = [
    by(clearance, 'certifier'),
    by(laboratories, 'laboratory'),
    by(clearance, 'regulator'),
    by(registry, 'customs'),
  ];
  await repeat(bench, 'certifier', n, (i, options) => {
    const lines = goodsOf(`real ${i}`, 1).map(keyOf);
    return issuing.register({ leaf: leafOf(`real ${i}`), number: digest(`number real ${i}`), ...terms, lines }, options);
  });
  await repeat(bench, 'laboratory', n, (i, options) =>
    reporting.registerReport(leafOf(`real ${i}`), { lot: digest(`lot of real ${i}`), tests: ALL_TESTS, course }, options),
  );
  await repeat(bench, 'regulator', n, (i, options) => stopping.hold(digest(`real lot ${i}`), REASON.UNDER_INVESTIGATION, options));
  await repeat(bench, 'regulator', n, (i, options) =>
    stopping.raiseAlert(digest(`real alert ${i}`), 3, 1, now + 10 * DAY, digest('finding'), [digest(`real lot ${i}`)], options),
  );
  await repeat(bench, 'customs', n, (i, options) => filing.file(digest(`real product ${i}`), PRODUCT, digest('filing'), options));
}

async function makeMembers(bench: GasBench, n: number): Promise<void> {
  const { ledger, china, korea, account } = bench;
  const shoreOf = (i: number) => OFFICIALS[i]?.[1] ?? 'CN';
  for (const shore of ['KR', 'CN'] as const) {
    const authority = ledger.connect(shore === 'CN' ? china : korea);
    const own = numbers(n).filter((i) => shoreOf(i) === shore);
    const name = `authority of ${shore}`;
    const calls = own.flatMap((i) => [
      (options: Options) => authority.enrol(OFFICIALS[i]?.[2] ?? ROLE.OPERATOR, 1, 0, digest(`real member ${i}`), options),
      (options: Options) => authority.authoriseAccount(i + 1, account(`real ${OFFICIALS[i]?.[0] ?? i}`), 0, options),
      (options: Options) => authority.registerKey(i + 1, word(BigInt(i + 1)), 1, 0, options),
    ]);
    await sendAll(bench, account(name).address, calls);
  }
}

interface Options {
  nonce: number;
  gasLimit: number;
  gasPrice: number;
}

function repeat(
  bench: GasBench,
  name: string,
  n: number,
  call: (i: number, options: Options) => Promise<ContractTransactionResponse>,
): Promise<void> {
  const calls = numbers(n).map((i) => (options: Options) => call(i, options));
  return sendAll(bench, bench.account(`real ${name}`).address, calls);
}

/** Sends one account's calls, several at a time, and sees that each was done. */
async function sendAll(
  { provider }: GasBench,
  sender: string,
  calls: readonly ((options: Options) => Promise<ContractTransactionResponse>)[],
): Promise<void> {
  const first = await provider.getTransactionCount(sender);
  for (let from = 0; from < calls.length; from += UNDER_WAY) {
    const sendings = calls
      .slice(from, from + UNDER_WAY)
      .map((call, i) => call({ nonce: first + from + i, gasLimit: GAS_LIMIT, gasPrice: 0 }));
    await Promise.all(sendings.map(gasOf));
  }
}
