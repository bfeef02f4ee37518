import { REASON } from '../../protocol/ledger/codes.ts';
import type { Clearance, Laboratories, Ledger, Registry } from '../../types/ethers-contracts/index.ts';
import { digest, entryOf, type Goods, goodsOf, keyOf, leafOf, packCourse, pair, word } from './documents.ts';
import { type GasRows, gasOf, type Measurable } from './measure.ts';

const COMPANIONS = { CLEARANCE: 1, LABORATORIES: 2, REGISTRY: 3 } as const;
/** As in contracts/types/Codes.sol. */
const ROLES = { CERTIFIER: 1, LABORATORY: 2, CUSTOMS: 8, REGULATOR: 16, ACCREDITOR: 64 } as const;
export const SHORES = { CN: 1, KR: 2 } as const;
export const CK_FTA = 1;
export const PANEL = 1;
const ARRANGEMENT = 1;
export const ALL_TESTS = 0x3fn;
export const DAY = 86_400;
const MOST_LINES = 20;

/** The contracts as the officials of the bench call them. */
export interface Law {
  certifier: Clearance;
  customs: Clearance;
  laboratory: Laboratories;
  accreditor: Laboratories;
  regulator: Laboratories;
  safety: Clearance;
  registrar: Registry;
  anchoring: { certifier: Ledger; laboratory: Ledger };
  /** Numbers of the members, as words. */
  members: { certifier: string; laboratory: string; regulator: string };
  now: number;
}

/** Runs every kind of rule's write once, in steady state, and reads what each used. */
export async function measureLaw(bench: Measurable): Promise<GasRows> {
  return measureRules(await prepareLaw(bench));
}

/** The same, with officials who are ready. */
export async function measureRules(law: Law): Promise<GasRows> {
  return {
    ...(await measureOrigin(law)),
    ...(await measureLaboratories(law)),
    ...(await measureSafety(law)),
    ...(await measureRegistry(law)),
  };
}

/** Adds the contracts beside the ledger that are not there yet. */
export async function addCompanions({ ledger, clearance, laboratories, registry, both }: Measurable): Promise<void> {
  const companions = [
    [clearance, COMPANIONS.CLEARANCE],
    [laboratories, COMPANIONS.LABORATORIES],
    [registry, COMPANIONS.REGISTRY],
  ] as const;
  for (const [contract, kind] of companions) {
    const address = await contract.getAddress();
    if ((await ledger.companions(address)) === 0n) await gasOf(ledger.connect(both).addCompanion(address, kind));
  }
}

/** Adds the companions where that was not done, enrols the officials, and agrees on what they need. */
export async function prepareLaw(bench: Measurable): Promise<Law> {
  const { ledger, clearance, laboratories, registry, china, korea, both, account } = bench;
  await addCompanions(bench);
  const enrol = async (name: string, shore: keyof typeof SHORES, roles: number) => {
    const authority = ledger.connect(shore === 'CN' ? china : korea);
    await gasOf(authority.enrol(roles, 1, 0, digest(name)));
    const member = await ledger.membersEnrolled();
    await gasOf(authority.authoriseAccount(member, account(name), 0));
    return word(member);
  };
  const body = await enrol('KR certifier', 'KR', ROLES.CERTIFIER);
  const laboratory = await enrol('KR laboratory', 'KR', ROLES.LABORATORY);
  await enrol('KR accreditor', 'KR', ROLES.ACCREDITOR);
  await enrol('CN customs', 'CN', ROLES.CUSTOMS);
  const authority = await enrol('CN regulator', 'CN', ROLES.REGULATOR);
  const now = await bench.now();
  await gasOf(clearance.connect(both).setRegime(CK_FTA, 365, 180));
  await gasOf(clearance.connect(korea).authoriseBody(body, CK_FTA, now - 400 * DAY, 0));
  await gasOf(laboratories.connect(both).publishPanel(PANEL, digest('panel')));
  const accreditor = laboratories.connect(account('KR accreditor'));
  await gasOf(accreditor.accredit(laboratory, PANEL, ALL_TESTS, now - 400 * DAY, 0, digest('accreditation')));
  await gasOf(
    laboratories.connect(both).setArrangement({
      ...{ number: ARRANGEMENT, status: 1, level: 2, destination: SHORES.CN, panel: PANEL, from: now - 100 * DAY, until: 0 },
      ...{ maxAgeDays: 365, needsDesignation: true, tests: ALL_TESTS, text: digest('arrangement') },
    }),
  );
  const regulator = laboratories.connect(account('CN regulator'));
  await gasOf(regulator.designate(laboratory, PANEL, now - 100 * DAY, 0));
  return {
    certifier: clearance.connect(account('KR certifier')),
    customs: clearance.connect(account('CN customs')),
    laboratory: laboratories.connect(account('KR laboratory')),
    ...{ accreditor, regulator, now },
    members: { certifier: body, laboratory, regulator: authority },
    safety: clearance.connect(account('CN regulator')),
    registrar: registry.connect(account('CN customs')),
    anchoring: { certifier: ledger.connect(account('KR certifier')), laboratory: ledger.connect(account('KR laboratory')) },
  };
}

async function measureOrigin({ certifier, customs, anchoring, members, now }: Law): Promise<GasRows> {
  const registration = (name: string, goods: readonly Goods[]) => ({
    ...{ leaf: leafOf(name), number: digest(`number ${name}`), regime: CK_FTA, destination: SHORES.CN, issuedOn: now - 10 * DAY },
    lines: goods.map(keyOf),
  });
  const issue = async (name: string, count = 1) => {
    const goods = goodsOf(name, count);
    const gas = await gasOf(certifier.register(registration(name, goods)));
    await gasOf(anchoring.certifier.anchor(entryOf(name, 1)));
    return { gas, goods };
  };
  const idOf = (name: string) => pair(members.certifier, leafOf(name));
  const use = async (name: string, goods: readonly Goods[]) =>
    gasOf(customs.consume(idOf(name), digest(`declaration ${name}`), [...goods]));
  const first = await issue('first');
  await use('first', first.goods);
  const one = await issue('one line');
  const consume = await use('one line', one.goods);
  const twenty = await issue('twenty lines', MOST_LINES);
  const consumeTwenty = await use('twenty lines', twenty.goods);
  const wrong = await issue('wrong');
  const correct = await gasOf(
    certifier.correct(idOf('wrong'), wrong.goods.map(keyOf), { ...registration('right', wrong.goods), number: digest('number wrong') }),
  );
  const original = await issue('original');
  const copy = await gasOf(certifier.copy(leafOf('original'), registration('copy', original.goods)));
  await gasOf(anchoring.certifier.anchor(entryOf('copy', 1)));
  const consumeCopy = await use('copy', original.goods);
  const request = await gasOf(customs.requestVerification(idOf('one line'), digest('request')));
  return {
    consume,
    'consume, of twenty lines, each': Math.ceil((consumeTwenty - consume) / (MOST_LINES - 1)),
    'consume, a certified copy': consumeCopy,
    'register, certificate of one line': one.gas,
    'register, of twenty lines, each': Math.ceil((twenty.gas - one.gas) / (MOST_LINES - 1)),
    ...{ correct, copy, requestVerification: request },
  };
}

async function measureLaboratories({ laboratory, regulator, anchoring, members, now }: Law): Promise<GasRows> {
  const course = packCourse(PANEL, now - 20 * DAY, now - 15 * DAY);
  const factsOf = (name: string) => ({ lot: digest(`lot of ${name}`), tests: ALL_TESTS, course });
  const report = async (name: string) => {
    const gas = await gasOf(laboratory.registerReport(leafOf(name), factsOf(name)));
    await gasOf(anchoring.laboratory.anchor(entryOf(name, 2)));
    return gas;
  };
  const member = members.laboratory;
  const accept = (name: string) =>
    gasOf(regulator.accept(member, leafOf(name), factsOf(name), ARRANGEMENT, digest(`judgement of ${name}`)));
  await report('first report');
  await accept('first report');
  const registerReport = await report('report');
  const accepted = await accept('report');
  await report('refused report');
  const refuse = await gasOf(regulator.refuse(pair(member, leafOf('refused report')), ARRANGEMENT, 2, digest('judgement')));
  const acceptLater = await accept('refused report');
  return { accept: accepted, registerReport, refuse, 'accept, after a refusal': acceptLater };
}

async function measureSafety({ safety, customs, members, now }: Law): Promise<GasRows> {
  const lots = [digest('unsafe lot')];
  const owner = 1;
  const alert = pair(members.regulator, digest('alert salt'));
  const raise = await gasOf(safety.raiseAlert(digest('alert salt'), 3, owner, now + 10 * DAY, digest('finding'), lots));
  const hold = await gasOf(safety.hold(digest('unsafe lot'), REASON.UNDER_INVESTIGATION));
  const assess = await gasOf(safety.advanceAlert(alert, 2, owner, now + 10 * DAY, digest('assessment')));
  const order = {
    ...{ alert, salt: digest('recall salt'), recallClass: 2, owner, startBy: now + 2 * DAY, completeBy: now + 28 * DAY },
    evidence: digest('order'),
  };
  const recall = await gasOf(safety.openRecall(order, lots));
  const close = await gasOf(safety.closeRecall(alert, digest('recall salt'), digest('report'), []));
  const lift = await gasOf(safety.lift(digest('unsafe lot'), REASON.INVESTIGATION_CLOSED));
  const release = await gasOf(customs.release(digest('plain declaration'), false, [digest('good lot')]));
  return { raiseAlert: raise, hold, advanceAlert: assess, openRecall: recall, closeRecall: close, lift, release };
}

async function measureRegistry({ registrar }: Law): Promise<GasRows> {
  const file = await gasOf(registrar.file(digest('product'), 2, digest('filing 1')));
  const again = await gasOf(registrar.file(digest('product'), 2, digest('filing 2')));
  return { file, 'file, a later version': again };
}
