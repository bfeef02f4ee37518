import type { LogDescription } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import {
  alertLotKey,
  alertStageKey,
  bodyKey,
  designationKey,
  filingVersionKey,
  inquiryKey,
  panelKey,
  pastReportKey,
  periodKey,
  profileKey,
  profileVersionKey,
} from '../../protocol/law/ids.ts';
import * as slots from '../../protocol/law/slots.ts';
import { decodeAlert, decodeFiling, decodeReport } from '../../protocol/law/words.ts';

type Values = LogDescription['args'];

/**
 * Slots that the call which emitted an event has written, by the event's name: what a successor must take over. Some are named that were not written; none
 * that were written may be missing, which the storage roots show.
 */
const WRITTEN_BY: Readonly<Record<string, (values: Values) => Hex[]>> = {
  RegimeChanged: ({ regime }) => [slots.regimeSlot(Number(regime))],
  BodyChanged: ({ member, regime }) => [slots.bodySlot(bodyKey(Number(member), Number(regime)))],
  CertificateRegistered: ({ id, number, predecessor }) => [
    ...[slots.certificateSlot(id), slots.numberSlot(number), slots.predecessorSlot(id)],
    slots.certificateSlot(predecessor),
  ],
  LineRegistered: ({ line }) => [slots.lineSlot(line)],
  // The lines of a certificate are all registered.
  CertificateConsumed: () => [],
  InquiryChanged: ({ certificate, number }) => [
    slots.inquiryCountSlot(certificate),
    slots.inquirySlot(inquiryKey(certificate, Number(number))),
  ],
  AlertChanged: ({ alert, word }) => [
    slots.alertSlot(alert),
    slots.alertEvidenceSlot(alertStageKey(alert, decodeAlert(BigInt(word)).stage)),
  ],
  AlertLotNamed: ({ alert, lot }) => [slots.alertLotSlot(alertLotKey(alert, lot))],
  LotChanged: ({ lot }) => [slots.lotSlot(lot), slots.lotHeadSlot(lot)],
  LotMoved: ({ document }) => [slots.movementSlot(document)],
  RecallChanged: ({ recall, alert }) => [slots.recallSlot(recall), slots.alertSlot(alert)],
  PanelPublished: ({ panel }) => [slots.panelSlot(Number(panel))],
  ProfilePublished: ({ shore, profile, version }) => {
    const [of, code] = [Number(shore), Number(profile)];
    return [slots.profileVersionsSlot(profileKey(of, code)), slots.profileDigestSlot(profileVersionKey(of, code, Number(version)))];
  },
  AccreditationChanged: ({ laboratory, panel, period }) => {
    const [of, code] = [Number(laboratory), Number(panel)];
    const key = periodKey(of, code, Number(period));
    return [slots.periodCountSlot(panelKey(of, code)), slots.periodSlot(key), slots.scopeSlot(key)];
  },
  DesignationChanged: ({ laboratory, panel, shore }) => [
    slots.designationSlot(designationKey(Number(laboratory), Number(panel), Number(shore))),
  ],
  ReportRegistered: ({ id }) => [slots.reportSlot(id)],
  // Each decision but the last is kept under its time.
  ReportDecided: ({ id, word }) => [slots.reportSlot(id), slots.pastReportSlot(pastReportKey(id, decodeReport(BigInt(word)).decidedAt))],
  ArrangementChanged: ({ arrangement }) => [slots.arrangementSlot(Number(arrangement)), slots.coverageSlot(Number(arrangement))],
  Filed: ({ subject, word }) => [
    slots.filingSlot(subject),
    slots.filingDigestSlot(filingVersionKey(subject, decodeFiling(BigInt(word)).version)),
  ],
};

/** The slots that the call behind an event of a contract beside the ledger has written. @throws Error for an event that this program does not know */
export function slotsWrittenBy({ name, args }: LogDescription): Hex[] {
  const written = WRITTEN_BY[name];
  if (written === undefined) throw new Error(`it is not known what a call with the event ${name} writes`);
  return written(args);
}
