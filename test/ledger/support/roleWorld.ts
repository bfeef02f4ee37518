import { decodeBytes32String, toBeHex } from 'ethers';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { ARRANGEMENT_LEVEL, ARRANGEMENT_STATUS, DECISION, FILING_KIND, INQUIRY_OUTCOME, REGIME } from '../../../protocol/law/codes.ts';
import { alertId, goodsLineKey } from '../../../protocol/law/ids.ts';
import { panelSlot } from '../../../protocol/law/slots.ts';
import { encodeCourse } from '../../../protocol/law/words.ts';
import { KIND, REASON, ROLE, SHORE, type ShoreName } from '../../../protocol/ledger/codes.ts';
import { recordId } from '../../../protocol/ledger/ids.ts';
import { errorNameOf, FACES } from './newCouncils.ts';
import { deployCompanions, type NewLaw, newLaw, OFFICIALS } from './newLaw.ts';
import { documentOf, NO_SUBJECT } from './newLedger.ts';
import { type Caller, newCallers, type Part, type Send, T } from './roleCallers.ts';

/** A ledger with one of everything to act on. */
export interface RoleWorld {
  readonly callers: readonly Caller[];
  /** Name of the error with which a call would be refused, with the field where it names one; or `done`. */
  attempt(part: Part, name: string, args: readonly unknown[], from: Hex): Promise<string>;
  /** The same of the contract in the ledger, where `attempt` calls the one that is to follow it. */
  attemptInOffice(part: Part, name: string, args: readonly unknown[], from: Hex): Promise<string>;
  /** Has both shores pause actions of a contract, and lets them go on after. */
  whilePaused(part: Part, actions: bigint, then: () => Promise<void>): Promise<void>;
  /** Arguments with which a rightful caller can do each function. */
  readonly args: Readonly<Record<Part, Readonly<Record<string, readonly unknown[]>>>>;
}

/** Shores of what the calls are about, as docs/ROLES.md names them; neither shore has them all. */
export const SHORES: Readonly<Record<string, ShoreName>> = {
  "the member's": 'CN',
  "the body's": 'KR',
  "the issuer's": 'KR',
  "the certificate's destination": 'CN',
  "the alert's": 'CN',
  "the laboratory's": 'KR',
  "the profile's": 'KR',
  "the arrangement's destination": 'CN',
  "the first filing's": 'KR',
};

/** The member that issued the certificates. */
export const ISSUER = OFFICIALS.certifier.member;

const START = T - 1_000;
const DAY = 86_400;
const EVER = 0;
const [PANEL, PROFILE, ARRANGEMENT, TESTS] = [3, 4, 5, 0b101n];
const LABORATORY = OFFICIALS.laboratory.member;
const OWNER = OFFICIALS.regulator.member;
const CARRYING = { carry: [[panelSlot(PANEL)]] };
const GAS = toBeHex(8_000_000);
const digest = (name: string): Hex => documentOf(name).leaf;
const ALERT = alertId(OWNER, digest('alert'));
const COURSE = encodeCourse({
  ...{ panel: PANEL, sampledFrom: T - 900, sampledUntil: T - 900, analysedFrom: T - 800, analysedUntil: T - 800 },
  ...{ sampledPeriod: 1, analysedPeriod: 1 },
});
const FACTS = { lot: digest('lot of the report'), tests: TESTS, course: COURSE };
const TERMS = {
  ...{ number: ARRANGEMENT, status: ARRANGEMENT_STATUS.IN_FORCE, level: ARRANGEMENT_LEVEL.WAIVER, destination: SHORE.CN },
  ...{ panel: PANEL, from: START, until: T + DAY, maxAgeDays: 30, needsDesignation: true, tests: TESTS, text: digest('terms') },
};

/** Builds it, and everybody who may call. */
export async function newRoleWorld(): Promise<RoleWorld> {
  const law = await newLaw();
  const addresses: Record<Part, Hex> = {
    ledger: law.address,
    clearance: (await law.clearance.getAddress()) as Hex,
    laboratories: (await law.laboratories.getAddress()) as Hex,
    registry: (await law.registry.getAddress()) as Hex,
  };
  const send: Send = async (from, part, name, args) => {
    await law.send('hardhat_impersonateAccount', [from]);
    const data = FACES[part].encodeFunctionData(name, args);
    await law.send('eth_sendTransaction', [{ from, to: addresses[part], data, gas: GAS, gasPrice: '0x0' }]);
  };
  await law.setTime(START);
  const callers = await newCallers(law, addresses.clearance, send);
  const governed = await govern(law, send);
  await certify(law, send);
  await analyse(law, send);
  await warn(law, send);
  await send(law.account('certifier').address, 'registry', 'file', [digest('party'), FILING_KIND.PARTY, digest('filing')]);
  await law.setTime(T);
  await law.send('evm_mine', []);
  const both = law.both.address;
  const next = await deployCompanions(law);
  const successors: Record<Part, Hex> = {
    ...{ ledger: law.address, clearance: (await next.clearance.getAddress()) as Hex },
    ...{ laboratories: (await next.laboratories.getAddress()) as Hex, registry: (await next.registry.getAddress()) as Hex },
  };
  const attemptAt = (to: Hex, part: Part, name: string, args: readonly unknown[], from: Hex) =>
    outcomeOf(law.send('eth_call', [{ from, to, data: FACES[part].encodeFunctionData(name, args), gas: GAS }, 'latest']));
  return {
    callers,
    args: argumentsFor(law, addresses, governed),
    attempt: (part, name, args, from) => attemptAt((name === 'carry' ? successors : addresses)[part], part, name, args, from),
    attemptInOffice: (part, name, args, from) => attemptAt(addresses[part], part, name, args, from),
    whilePaused: async (part, actions, then) => {
      await send(both, 'ledger', 'pause', [addresses[part], actions]);
      await then();
      await send(both, 'ledger', 'resume', [addresses[part], actions]);
    },
  };
}

// ---------------------------------------------------------------- the world

/** A member of CN to govern, with an account and a key, and behind it a suspended one; tells the first one's number. */
async function govern({ ledger, china, account }: NewLaw, send: Send): Promise<number> {
  const by = china.address;
  const member = Number(await ledger.membersEnrolled()) + 1;
  for (const profile of ['governed', 'suspended']) await send(by, 'ledger', 'enrol', [ROLE.NODE, 1, EVER, digest(profile)]);
  await send(by, 'ledger', 'authoriseAccount', [member, account('governed').address, EVER]);
  await send(by, 'ledger', 'registerKey', [member, digest('key'), 1, EVER]);
  await send(by, 'ledger', 'suspendMember', [member + 1, REASON.FRAUD]);
  return member;
}

/** A certificate that is free, one about which is asked, one about which was answered. */
async function certify({ both, korea, account }: NewLaw, send: Send): Promise<void> {
  const [issuer, office] = [account('certifier').address, account('customs').address];
  await send(both.address, 'clearance', 'setRegime', [REGIME.CK_FTA, 365, 180]);
  await send(korea.address, 'clearance', 'authoriseBody', [ISSUER, REGIME.CK_FTA, START, EVER]);
  for (const name of ['free', 'asked', 'answered']) {
    await send(issuer, 'clearance', 'register', [registration(name)]);
    await send(issuer, 'ledger', 'anchor', [entry(name, KIND.CERTIFICATE_OF_ORIGIN)]);
  }
  for (const name of ['asked', 'answered'])
    await send(office, 'clearance', 'requestVerification', [certificateId(name), digest('question')]);
  await send(issuer, 'clearance', 'replyVerification', [certificateId('answered'), ISSUER, digest('answered'), digest('answer')]);
}

/** A laboratory that is accredited, designated by both shores, and has a report that an arrangement covers. */
async function analyse({ both, korea, account }: NewLaw, send: Send): Promise<void> {
  const by = account('laboratory').address;
  await send(both.address, 'laboratories', 'publishPanel', [PANEL, digest('panel')]);
  await send(korea.address, 'laboratories', 'publishProfile', [SHORE.KR, PROFILE, T, digest('limits')]);
  await send(account('accreditor').address, 'laboratories', 'accredit', [
    LABORATORY,
    PANEL,
    TESTS,
    START,
    T + DAY,
    digest('accreditation'),
  ]);
  for (const shore of ['CN', 'KR']) {
    await send(account(`REGULATOR/${shore}/LIVE`).address, 'laboratories', 'designate', [LABORATORY, PANEL, START, EVER]);
  }
  await send(both.address, 'laboratories', 'setArrangement', [TERMS]);
  await send(by, 'laboratories', 'registerReport', [digest('report'), FACTS]);
  await send(by, 'ledger', 'anchor', [entry('report', KIND.LABORATORY_REPORT)]);
}

/** An alert of CN with an open recall, and a lot that both shores hold. */
async function warn({ account }: NewLaw, send: Send): Promise<void> {
  const lots = [digest('recalled lot'), digest('named lot')];
  const by = account('regulator').address;
  await send(by, 'clearance', 'raiseAlert', [digest('alert'), 2, OWNER, T + DAY, digest('finding'), lots]);
  await send(by, 'clearance', 'openRecall', [order('recall'), [digest('recalled lot')]]);
  for (const shore of ['CN', 'KR']) {
    await send(account(`REGULATOR/${shore}/LIVE`).address, 'clearance', 'hold', [digest('held lot'), REASON.UNDER_INVESTIGATION]);
  }
}

// ---------------------------------------------------------------- arguments

function argumentsFor(law: NewLaw, addresses: Record<Part, Hex>, governed: number): RoleWorld['args'] {
  return {
    ledger: { ...anchoring(), ...governing(law, governed), ...overCompanions(law, addresses) },
    clearance: { ...ofCertificates(), ...ofSafety(), ...CARRYING },
    laboratories: ofLaboratories(),
    registry: { file: [digest('party'), FILING_KIND.PARTY, digest('next filing')], ...CARRYING },
  };
}

function anchoring() {
  return {
    anchor: [entry('new', KIND.EPCIS_EVENTS)],
    anchorMany: [[entry('new', KIND.EPCIS_EVENTS)]],
    anchorRoot: [digest('root'), 2, KIND.EPCIS_EVENTS, EVER, []],
    supersede: [digest('old'), entry('new', KIND.EPCIS_EVENTS), REASON.REPLACED],
    revoke: [digest('old'), REASON.FRAUD],
    suspend: [digest('old'), REASON.FRAUD],
    reinstate: [digest('suspended'), REASON.INVESTIGATION_CLOSED],
  };
}

function governing({ account }: NewLaw, member: number) {
  return {
    enrol: [ROLE.NODE, 1, EVER, digest('profile')],
    renew: [member, ROLE.NODE, 1, EVER],
    suspendMember: [member, REASON.FRAUD],
    reinstateMember: [member + 1, REASON.INVESTIGATION_CLOSED],
    changeProfile: [member, digest('next profile')],
    authoriseAccount: [member, account('next').address, EVER],
    withdrawAccount: [account('governed').address],
    registerKey: [member, digest('next key'), 1, EVER],
    revokeKey: [digest('key'), 0],
  };
}

function overCompanions({ china, account }: NewLaw, { ledger, clearance }: Record<Part, Hex>) {
  return {
    // Anything that has code will do.
    addCompanion: [ledger, 9],
    pause: [clearance, 1],
    resume: [clearance, 1],
    enter: [account('customs').address, 0, 1, NO_SUBJECT],
    enterAsAuthority: [china.address, SHORE.CN, 1],
  };
}

function ofCertificates() {
  const [free, evidence] = [certificateId('free'), digest('evidence')];
  return {
    setRegime: [REGIME.RCEP, 365, 180],
    authoriseBody: [ISSUER, REGIME.CK_FTA, START, EVER],
    withdrawBody: [ISSUER, REGIME.CK_FTA, REASON.FRAUD],
    register: [registration('new')],
    correct: [free, [lineOf('free')], { ...registration('new'), number: digest('number of free') }],
    copy: [digest('free'), { ...registration('free'), leaf: digest('copy'), number: digest('number of copy') }],
    consume: [free, digest('declaration'), [{ lot: digest('lot of free'), detail: digest('detail') }]],
    requestVerification: [free, evidence],
    replyVerification: [certificateId('asked'), ISSUER, digest('asked'), evidence],
    concludeVerification: [certificateId('answered'), INQUIRY_OUTCOME.CONFIRMED, evidence],
  };
}

function ofSafety() {
  const lots = [digest('lot')];
  return {
    raiseAlert: [digest('next alert'), 2, OWNER, T + DAY, digest('finding'), lots],
    advanceAlert: [ALERT, 2, OWNER, T + DAY, digest('assessment')],
    openRecall: [order('next recall'), [digest('named lot')]],
    closeRecall: [ALERT, digest('recall'), digest('report of the recall'), [digest('recalled lot')]],
    hold: [digest('lot'), REASON.UNDER_INVESTIGATION],
    lift: [digest('held lot'), REASON.INVESTIGATION_CLOSED],
    release: [digest('release'), true, lots],
    writeOff: [digest('list'), lots],
  };
}

function ofLaboratories() {
  const judgement = digest('judgement');
  return {
    publishPanel: [PANEL, digest('next panel')],
    publishProfile: [SHORE.KR, PROFILE, T, digest('next limits')],
    setArrangement: [TERMS],
    suspendArrangement: [ARRANGEMENT],
    accredit: [LABORATORY, PANEL, TESTS, T + DAY, EVER, digest('next accreditation')],
    endAccreditation: [LABORATORY, PANEL, REASON.ADMINISTRATIVE],
    declareCompromised: [LABORATORY, PANEL, 1, START],
    designate: [LABORATORY, PANEL, START, EVER],
    endDesignation: [LABORATORY, PANEL, REASON.ADMINISTRATIVE],
    registerReport: [digest('next report'), FACTS],
    accept: [LABORATORY, digest('report'), FACTS, ARRANGEMENT, judgement],
    refuse: [recordId(LABORATORY, digest('report')), ARRANGEMENT, DECISION.DISCRETION, judgement],
    ...CARRYING,
  };
}

// ----------------------------------------------------------------- documents

function certificateId(name: string): Hex {
  return recordId(ISSUER, digest(name));
}

function lineOf(name: string): Hex {
  return goodsLineKey(digest(`lot of ${name}`), digest('detail'));
}

function registration(name: string) {
  const number = digest(`number of ${name}`);
  return { leaf: digest(name), number, regime: REGIME.CK_FTA, destination: SHORE.CN, issuedOn: START, lines: [lineOf(name)] };
}

function order(name: string) {
  const times = { startBy: T + DAY, completeBy: T + 2 * DAY };
  return { alert: ALERT, salt: digest(name), recallClass: 2, owner: OWNER, ...times, evidence: digest('order') };
}

function entry(name: string, kind: number) {
  const { sha256, sm3 } = documentOf(name);
  return { sha256Digest: sha256, sm3Digest: sm3, subject: NO_SUBJECT, kind, expiresAt: EVER };
}

async function outcomeOf(calling: Promise<unknown>): Promise<string> {
  try {
    await calling;
    return 'done';
  } catch (error) {
    const data = (error as { data?: unknown }).data;
    const answer = typeof data === 'string' ? data : (data as { data?: string } | undefined)?.data;
    if (answer === undefined) throw error;
    const refusal = FACES.clearance.parseError(answer);
    return refusal?.name === 'OriginFieldInvalid' ? `${refusal.name}: ${decodeBytes32String(refusal.args[0])}` : errorNameOf(answer);
  }
}
