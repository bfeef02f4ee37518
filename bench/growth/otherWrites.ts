import { LOCAL_CHAIN_ID } from '../../deploy/local/chain.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { filingSlot, panelSlot, regimeSlot } from '../../protocol/law/slots.ts';
import { REASON } from '../../protocol/ledger/codes.ts';
import { type Act, approvalMessage, encodeCouncil, NEVER, proposalOf } from '../../sdk/govern/councilCalls.ts';
import { type GasBench, SEATS, THRESHOLD } from '../gas/bench.ts';
import { digest, entryOf, goodsOf, keyOf, leafOf, pair } from '../gas/documents.ts';
import { ALL_TESTS, CK_FTA, DAY, type Law, SHORES } from '../gas/law.ts';
import { type GasRows, gasOf } from '../gas/measure.ts';

const RCEP = 2;
const PANEL = 2;
const ARRANGEMENT = 2;
const PROFILE = 2;
const CERTIFICATE = 1;
const CONFIRMED = 1;
const SPARE_KIND = 9;

/** The writing functions that `bench:gas` has no row for: what authorities and councils do now and then. */
export async function measureOtherWrites(bench: GasBench, law: Law): Promise<GasRows> {
  return {
    ...(await measureCompanions(bench)),
    ...(await measureSuccession(bench)),
    ...(await measureOriginRules(bench, law)),
    ...(await measureInquiry(law)),
    ...(await measureLaboratoryRules(bench, law)),
    ...(await measureCouncil(bench)),
  };
}

async function measureCompanions({ ledger, council, both }: GasBench): Promise<GasRows> {
  const authority = ledger.connect(both);
  const companion = await council.getAddress(); // any contract can be added
  return {
    addCompanion: await gasOf(authority.addCompanion(companion, SPARE_KIND)),
    pause: await gasOf(authority.pause(companion, 3)),
    resume: await gasOf(authority.resume(companion, 3)),
  };
}

/** What a new version of a companion takes over, a word of each. */
async function measureSuccession({ successors, account }: GasBench): Promise<GasRows> {
  const { clearance, laboratories, registry } = successors;
  const by = account('anybody');
  return {
    'carry, Clearance, one word': await gasOf(clearance.connect(by).carry([regimeSlot(CK_FTA)])),
    'carry, Laboratories, one word': await gasOf(laboratories.connect(by).carry([panelSlot(1)])),
    'carry, Registry, one word': await gasOf(registry.connect(by).carry([filingSlot(digest('product') as Hex)])),
  };
}

async function measureOriginRules({ clearance, both, korea }: GasBench, { customs, members, now }: Law): Promise<GasRows> {
  const authority = clearance.connect(korea);
  return {
    setRegime: await gasOf(clearance.connect(both).setRegime(RCEP, 365, 180)),
    authoriseBody: await gasOf(authority.authoriseBody(members.certifier, RCEP, now - DAY, 0)),
    withdrawBody: await gasOf(authority.withdrawBody(members.certifier, RCEP, REASON.ADMINISTRATIVE)),
    writeOff: await gasOf(customs.writeOff(digest('list'), [digest('written off')])),
  };
}

async function measureInquiry({ certifier, customs, anchoring, members, now }: Law): Promise<GasRows> {
  const name = 'in question';
  const id = pair(members.certifier, leafOf(name));
  await gasOf(
    certifier.register({
      ...{ leaf: leafOf(name), number: digest(`number ${name}`), regime: CK_FTA, destination: SHORES.CN, issuedOn: now - DAY },
      lines: goodsOf(name, 1).map(keyOf),
    }),
  );
  await gasOf(anchoring.certifier.anchor(entryOf(name, CERTIFICATE)));
  await gasOf(customs.requestVerification(id, digest('question')));
  return {
    replyVerification: await gasOf(certifier.replyVerification(id, members.certifier, leafOf(name), digest('reply'))),
    concludeVerification: await gasOf(customs.concludeVerification(id, CONFIRMED, digest('conclusion'))),
  };
}

async function measureLaboratoryRules({ laboratories, both, china }: GasBench, law: Law): Promise<GasRows> {
  const { accreditor, regulator, now } = law;
  const laboratory = law.members.laboratory;
  const joint = laboratories.connect(both);
  const terms = {
    ...{ number: ARRANGEMENT, status: 1, level: 2, destination: SHORES.CN, panel: PANEL, from: now - DAY, until: 0 },
    ...{ maxAgeDays: 365, needsDesignation: true, tests: ALL_TESTS, text: digest('arrangement 2') },
  };
  return {
    publishPanel: await gasOf(joint.publishPanel(PANEL, digest('panel 2'))),
    publishProfile: await gasOf(laboratories.connect(china).publishProfile(SHORES.CN, PROFILE, now, digest('profile'))),
    setArrangement: await gasOf(joint.setArrangement(terms)),
    suspendArrangement: await gasOf(joint.suspendArrangement(ARRANGEMENT)),
    accredit: await gasOf(accreditor.accredit(laboratory, PANEL, ALL_TESTS, now - DAY, 0, digest('accreditation 2'))),
    endAccreditation: await gasOf(accreditor.endAccreditation(laboratory, PANEL, REASON.ADMINISTRATIVE)),
    declareCompromised: await gasOf(accreditor.declareCompromised(laboratory, PANEL, 1, now - DAY)),
    designate: await gasOf(regulator.designate(laboratory, PANEL, now - DAY, 0)),
    endDesignation: await gasOf(regulator.endDesignation(laboratory, PANEL, REASON.ADMINISTRATIVE)),
  };
}

/** A council with the most seats that there can be, acting on itself. */
async function measureCouncil({ council, ledger, account }: GasBench): Promise<GasRows> {
  const target = (await council.getAddress()) as Hex;
  const seat = (n: number) => account(`seat ${n}`);
  const actOf = (name: string, args: readonly unknown[]): Act => ({
    ...{ target, data: encodeCouncil(name, args), salt: digest(`act ${name}`) as Hex, expiresAt: NEVER },
  });
  const at = { chainId: LOCAL_CHAIN_ID, council: target };
  /** Proposes, gets as many approvals as an act needs, and does it. */
  const carryOut = async (act: Act, seats: readonly number[]) => {
    const proposal = proposalOf(at, act);
    const [first, ...others] = seats.slice(0, THRESHOLD);
    const propose = await gasOf(council.connect(seat(first as number)).propose(act));
    const approvals: number[] = [];
    for (const n of others) approvals.push(await gasOf(council.connect(seat(n)).approve(proposal)));
    const execute = await gasOf(council.connect(seat(first as number)).execute(act));
    return { propose, approve: Math.max(...approvals), execute };
  };
  const seats = Array.from({ length: SEATS }, (_, n) => n);
  const adopt = await carryOut(actOf('adoptLedger', [await ledger.getAddress()]), seats);
  const replace = await carryOut(actOf('replaceSeat', [seat(15).address, seat(16).address]), seats);
  const remove = await carryOut(actOf('removeSeat', [seat(16).address, THRESHOLD - 1]), seats);
  const add = await carryOut(actOf('addSeat', [seat(17).address, THRESHOLD]), seats);
  const open = actOf('removeSeat', [seat(14).address, THRESHOLD - 1]);
  const proposal = proposalOf(at, open);
  await gasOf(council.connect(seat(0)).propose(open));
  const signature = await seat(1).signTypedData(...signed(at, proposal));
  return {
    'propose, 16 seats': adopt.propose,
    'approve, 16 seats': adopt.approve,
    'approveBySignature, 16 seats': await gasOf(council.connect(seat(0)).approveBySignature(proposal, seat(1), NEVER, signature)),
    'withdrawApproval, 16 seats': await gasOf(council.connect(seat(0)).withdrawApproval(proposal)),
    ...{ 'execute, adoptLedger': adopt.execute, 'execute, replaceSeat': replace.execute },
    ...{ 'execute, removeSeat': remove.execute, 'execute, addSeat': add.execute },
  };
}

function signed(...args: [at: { chainId: number; council: Hex }, proposal: Hex]) {
  const { domain, types, value } = approvalMessage(...args, NEVER);
  return [domain, types, value] as const;
}
