import type { Hex } from '../../protocol/encoding/hex.ts';
import { alertId, inquiryKey, panelKey, periodKey, profileKey } from '../../protocol/law/ids.ts';
import {
  alertSlot,
  arrangementSlot,
  filingSlot,
  inquiryCountSlot,
  inquirySlot,
  lotHeadSlot,
  periodCountSlot,
  periodSlot,
  profileVersionsSlot,
} from '../../protocol/law/slots.ts';
import { decodeAlert, decodeArrangement, decodeFiling, encodeAlert, encodeArrangement, encodeFiling } from '../../protocol/law/words.ts';
import { REASON } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { issuerHeadSlot, recordSlot, subjectHeadSlot } from '../../protocol/ledger/slots.ts';
import { decodeRecord, encodeRecord } from '../../protocol/ledger/words.ts';
import type { Ledger } from '../../types/ethers-contracts/index.ts';
import type { GasBench } from '../gas/bench.ts';
import { digest, entryOf, leafOf, word } from '../gas/documents.ts';
import { ALL_TESTS, DAY, type Law, SHORES } from '../gas/law.ts';
import { type GasRows, gasOf } from '../gas/measure.ts';

/** Numbers of 16 bits end here, whatever n is: changes of a record, periods, lots and recalls of an alert, versions of an arrangement. */
const MOST_OF_16_BITS = 65_530;
const CHAIN_OF_A_HEAD = 12_345n;

/** Name of the row of `anchorOnLongHistory`. */
export const ANCHOR_ON_LONG_HISTORY = 'anchor, issuer and subject with n records';

/** A document about the subject that the histories are of. */
export function anchorOnLongHistory(ledger: Ledger): Promise<number> {
  return gasOf(ledger.anchor({ ...entryOf('one more', 1), subject: digest('subject of n records') }));
}

/** Acts on single things that have n entries behind them: an issuer, a subject, a record, a lot. What is behind them is put into the storage. */
export async function measureHistories(bench: GasBench, law: Law, n: number): Promise<GasRows> {
  return {
    ...(await measureLedger(bench, law, n)),
    ...(await measureClearance(bench, law, n)),
    ...(await measureLaboratories(bench, law, n)),
    ...(await measureRegistry(bench, law, n)),
  };
}

async function measureLedger(bench: GasBench, { anchoring, members }: Law, n: number): Promise<GasRows> {
  const certifier = Number(members.certifier);
  const { put, edit } = storageOf(bench, await bench.ledger.getAddress());
  await put(issuerHeadSlot(certifier), headOf(n));
  await put(subjectHeadSlot(digest('subject of n records') as Hex), headOf(n));
  const anchor = await anchorOnLongHistory(anchoring.certifier);
  const changes = Math.min(n, MOST_OF_16_BITS);
  const leaf = leafOf('one more') as Hex;
  await edit(recordSlot(recordId(certifier, leaf)), (record) => encodeRecord({ ...decodeRecord(record), changes }));
  return {
    [ANCHOR_ON_LONG_HISTORY]: anchor,
    'suspend, record with n changes': await gasOf(anchoring.certifier.suspend(leaf, REASON.UNDER_INVESTIGATION)),
    'reinstate, record with n changes': await gasOf(anchoring.certifier.reinstate(leaf, REASON.INVESTIGATION_CLOSED)),
    'revoke, record with n changes': await gasOf(anchoring.certifier.revoke(leaf, REASON.FRAUD)),
  };
}

async function measureClearance(bench: GasBench, { customs, safety, members, now }: Law, n: number): Promise<GasRows> {
  const { put, read, edit } = storageOf(bench, await bench.clearance.getAddress());
  const lot = digest('lot with n changes') as Hex;
  await put(lotHeadSlot(lot), headOf(n));
  const hold = await gasOf(safety.hold(lot, REASON.UNDER_INVESTIGATION));
  const lift = await gasOf(safety.lift(lot, REASON.INVESTIGATION_CLOSED));

  const certificate = recordId(Number(members.certifier), leafOf('in question') as Hex);
  await put(inquiryCountSlot(certificate), BigInt(n));
  await put(inquirySlot(inquiryKey(certificate, n)), await read(inquirySlot(inquiryKey(certificate, 1))));
  const request = await gasOf(customs.requestVerification(certificate, digest('one more question')));

  const salt = digest('alert with n lots and recalls') as Hex;
  const alert = alertId(Number(members.regulator), salt);
  await gasOf(safety.raiseAlert(salt, 3, 1, now + 10 * DAY, digest('finding'), [digest('first lot')]));
  const count = Math.min(n, MOST_OF_16_BITS);
  await edit(alertSlot(alert), (before) => encodeAlert({ ...decodeAlert(before), lots: count, recalls: count }));
  const order = {
    ...{ alert, salt: digest('one more recall'), recallClass: 2, owner: 1, startBy: now + 2 * DAY, completeBy: now + 28 * DAY },
    evidence: digest('order'),
  };
  return {
    ...{ 'hold, lot with n changes': hold, 'lift, lot with n changes': lift },
    'requestVerification, certificate with n inquiries': request,
    'advanceAlert, alert with n lots and recalls': await gasOf(safety.advanceAlert(alert, 2, 1, now + 10 * DAY, digest('assessment'))),
    'openRecall, alert with n lots and recalls': await gasOf(safety.openRecall(order, [digest('first lot')])),
  };
}

async function measureLaboratories(bench: GasBench, { accreditor, members, now }: Law, n: number): Promise<GasRows> {
  const { china, both, laboratories } = bench;
  const { put, read, edit } = storageOf(bench, await laboratories.getAddress());
  const [profile, panel, arrangement] = [2, 2, 2];
  await put(profileVersionsSlot(profileKey(SHORES.CN, profile)), BigInt(n));
  const publish = await gasOf(laboratories.connect(china).publishProfile(SHORES.CN, profile, now, digest('one more profile')));

  const laboratory = Number(members.laboratory);
  const periods = Math.min(n, MOST_OF_16_BITS);
  await put(periodCountSlot(panelKey(laboratory, panel)), BigInt(periods));
  await put(periodSlot(periodKey(laboratory, panel, periods)), await read(periodSlot(periodKey(laboratory, panel, 1))));
  const accredit = await gasOf(accreditor.accredit(laboratory, panel, ALL_TESTS, now + DAY, 0, digest('one more accreditation')));

  const version = Math.min(n, MOST_OF_16_BITS);
  await edit(arrangementSlot(arrangement), (before) => encodeArrangement({ ...decodeArrangement(before), version }));
  const terms = {
    ...{ number: arrangement, status: 1, level: 2, destination: SHORES.CN, panel, from: now - DAY, until: 0 },
    ...{ maxAgeDays: 365, needsDesignation: true, tests: ALL_TESTS, text: digest('one more arrangement') },
  };
  return {
    'publishProfile, profile with n versions': publish,
    'accredit, laboratory with n periods': accredit,
    'setArrangement, arrangement with n versions': await gasOf(laboratories.connect(both).setArrangement(terms)),
  };
}

async function measureRegistry(bench: GasBench, { registrar }: Law, n: number): Promise<GasRows> {
  const product = digest('product') as Hex;
  const { edit } = storageOf(bench, await bench.registry.getAddress());
  await edit(filingSlot(product), (before) => encodeFiling({ ...decodeFiling(before), version: n }));
  return { 'file, subject with n versions': await gasOf(registrar.file(product, 2, digest('one more filing'))) };
}

/** Reads and writes words of a contract's storage. */
function storageOf({ provider }: GasBench, address: string) {
  const put = async (slot: Hex, value: bigint) => {
    await provider.send('anvil_setStorageAt', [address, slot, word(value)]);
  };
  const read = async (slot: Hex) => {
    const found = BigInt(await provider.getStorage(address, slot));
    if (found === 0n) throw new Error(`nothing stands in slot ${slot}`);
    return found;
  };
  const edit = async (slot: Hex, change: (before: bigint) => bigint) => put(slot, change(await read(slot)));
  return { put, read, edit };
}

function headOf(count: number): bigint {
  return (BigInt(count) << 224n) | CHAIN_OF_A_HEAD;
}
