import { createHash } from 'node:crypto';
import { Interface } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { clearanceAbi } from '../../protocol/law/abi/clearance.ts';
import { laboratoriesAbi } from '../../protocol/law/abi/laboratories.ts';
import { COMPANION_KIND, type CompanionKindName, REGIME } from '../../protocol/law/codes.ts';
import { bodyKey, profileVersionKey } from '../../protocol/law/ids.ts';
import { readLimitProfile } from '../../protocol/law/limitProfile.ts';
import { bodySlot, panelSlot, profileDigestSlot, regimeSlot } from '../../protocol/law/slots.ts';
import { SHORE, type ShoreName } from '../../protocol/ledger/codes.ts';
import { companionSlot } from '../../protocol/ledger/slots.ts';
import { encode } from '../../sdk/chain/calls.ts';
import { type LedgerAt, readWord } from '../../sdk/chain/readState.ts';
import { actForBoth, type JointCall } from '../../sdk/govern/bothShores.ts';
import { adoptLedger, type Council, openCouncil, readAuthority } from '../../sdk/govern/council.ts';
import { encodeCouncil } from '../../sdk/govern/councilCalls.ts';
import { lawTexts } from '../../sdk/law/lawTexts.ts';
import type { OutboxCall } from '../../sdk/outbox/outbox.ts';

/** Both shores' councils, open. */
export type Councils = Readonly<Record<ShoreName, Council>>;

/** Addresses of the contracts beside the ledger. */
export type Companions = Readonly<Record<CompanionKindName, Hex>>;

const GAS = 500_000;
/** A certificate is valid one year from its day of issue (CK-FTA article 3.15), to the hour by the ledger's own expiry: here the most days that a year, and a day, have. */
const VALID_DAYS = 367;
/** Six months for the reply to a verification; the article's text was not at hand (law/timers.json says: unconfirmed). */
const REPLY_DAYS = 184;
const FROM = 1_700_000_000;

const clearance = new Interface(clearanceAbi);
const laboratories = new Interface(laboratoriesAbi);

/** Opens both councils, whose seats are all on this machine. */
export async function openCouncils(home: string, ledger: LedgerAt): Promise<Councils & { close(): Promise<void> }> {
  const [CN, KR] = [await openCouncil(home, 'CN', ledger), await openCouncil(home, 'KR', ledger)];
  return { CN, KR, close: async () => void (await Promise.all([CN.close(), KR.close()])) };
}

/** Lets the councils adopt the ledger and make its law: contracts, agreements on origin, panels, limits, the demo's arrangement. What is done is skipped. */
export async function establishLaw(home: string, { CN, KR }: Councils, companions: Companions, ledger: LedgerAt): Promise<void> {
  const both = await readAuthority(ledger, 'BOTH');
  await Promise.all([CN, KR].map((council) => adoptLedger(council, ledger)));
  // A council can be told of nothing but itself before it has a ledger, and of no contract that does not stand beside it yet.
  const phases: JointCall[][] = [
    [{ id: 'adopt-of-both', to: both, data: encodeCouncil('adoptLedger', [ledger.contract]), gasLimit: GAS }],
    Object.entries(companions).map(([kind, address]) => addCompanion(kind as CompanionKindName, address)),
    [
      ...Object.entries(REGIME).map(([name, code]) => setRegime(companions, name, code)),
      ...lawTexts(home, 'panels').map((text) => publishPanel(companions, text)),
    ],
  ];
  for (const calls of phases) await actForBoth(calls, [CN, KR], ledger);
  await Promise.all(lawTexts(home, 'profiles').map((text) => publishProfile({ CN, KR }, companions, text)));
}

/** Authorises a certifier of a shore under every agreement. */
export async function authoriseBody(council: Council, companions: Companions, member: number, ledger: LedgerAt): Promise<void> {
  for (const [name, regime] of Object.entries(REGIME)) {
    const key = bodyKey(member, regime);
    if ((await readWord({ ...ledger, contract: companions.CLEARANCE }, bodySlot(key))) !== 0n) continue;
    const data = clearance.encodeFunctionData('authoriseBody', [member, regime, FROM, 0]) as Hex;
    await actOnce(council, `body:${member}:${name}`, { to: companions.CLEARANCE, data, gasLimit: GAS, effect: { slot: bodySlot(key) } });
  }
}

async function actOnce(council: Council, id: string, call: OutboxCall): Promise<void> {
  await council.submit(id, call);
  await council.wait(id);
}

function addCompanion(kind: CompanionKindName, address: Hex): JointCall {
  const data = encode('addCompanion', [address, COMPANION_KIND[kind]]);
  return { id: `companion:${address}`, data, gasLimit: GAS, effect: { slot: companionSlot(address) } };
}

function setRegime({ CLEARANCE }: Companions, name: string, code: number): JointCall {
  const data = clearance.encodeFunctionData('setRegime', [code, VALID_DAYS, REPLY_DAYS]) as Hex;
  return { id: `regime:${name}`, to: CLEARANCE, data, gasLimit: GAS, effect: { slot: regimeSlot(code) } };
}

function publishPanel({ LABORATORIES }: Companions, text: string): JointCall {
  const { code } = JSON.parse(text) as { code: number };
  const digest = sha256(text);
  const data = laboratories.encodeFunctionData('publishPanel', [code, digest]) as Hex;
  return { id: `panel:${digest}`, to: LABORATORIES, data, gasLimit: GAS, effect: { slot: panelSlot(code), word: digest } };
}

async function publishProfile(councils: Councils, { LABORATORIES }: Companions, text: string): Promise<void> {
  const { code, destination, version } = readLimitProfile(JSON.parse(text));
  const shore = SHORE[destination];
  const digest = sha256(text);
  const data = laboratories.encodeFunctionData('publishProfile', [shore, code, FROM, digest]) as Hex;
  const effect = { slot: profileDigestSlot(profileVersionKey(shore, code, version)), word: digest };
  await actOnce(councils[destination], `profile:${digest}`, { to: LABORATORIES, data, gasLimit: GAS, effect });
}

function sha256(text: string): Hex {
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}
