import type { Hex } from '../../../protocol/encoding/hex.ts';
import * as codes from '../../../protocol/law/codes.ts';
import * as ids from '../../../protocol/law/ids.ts';
import * as words from '../../../protocol/law/words.ts';
import { KIND, REASON, SHORE } from '../../../protocol/ledger/codes.ts';
import { recordId } from '../../../protocol/ledger/ids.ts';
import { type NewLaw, OFFICIALS } from './newLaw.ts';
import { documentOf, NO_SUBJECT } from './newLedger.ts';

export const T = 2_000_000_000;
export const DAY = 86_400;
export const [PANEL, PROFILE, ARRANGEMENT, REGIME] = [3, 4, 5, codes.REGIME.CK_FTA];
export const TESTS = 0b101n;
const { certifier, laboratory, regulator } = OFFICIALS;

export const digest = (name: string): Hex => documentOf(name).leaf;
export const low = (bits: number, hash: Hex) => BigInt.asUintN(bits, BigInt(hash));
export const certificateId = (name: string) => recordId(certifier.member, digest(name));

export const LOT = digest('lot');
export const LINE = ids.goodsLineKey(LOT, digest('detail'));
export const OTHER_LINE = ids.goodsLineKey(LOT, digest('other detail'));
export const REPORT = recordId(laboratory.member, digest('report'));
export const ALERT = ids.alertId(regulator.member, digest('alert'));
export const RECALL = ids.recallId(ALERT, digest('recall'));
export const COURSE = words.encodeCourse({
  ...{ panel: PANEL, sampledFrom: T - 30, sampledUntil: T - 30, analysedFrom: T - 20, analysedUntil: T - 10 },
  ...{ sampledPeriod: 1, analysedPeriod: 1 },
});

/** A history that fills every variable of the contracts beside the ledger. */
export async function fillLaw(law: NewLaw): Promise<void> {
  await certify(law);
  await analyse(law);
  await warn(law);
  await file(law);
}

/** Sends at second `T + second`. */
async function at(law: NewLaw, second: number, send: () => Promise<unknown>): Promise<void> {
  await law.setTime(T + second);
  await send();
}

async function certify(law: NewLaw): Promise<void> {
  const { clearance, ledger, both, korea, account } = law;
  const body = clearance.connect(account('certifier'));
  const office = clearance.connect(account('customs'));
  const registration = (name: string, lines: Hex[]) => ({
    ...{ leaf: digest(name), number: digest('number'), regime: REGIME, destination: SHORE.CN, issuedOn: T, lines },
  });
  const lines = [LINE, OTHER_LINE].sort();
  const goods = lines.map((line) => ({ lot: LOT, detail: digest(line === LINE ? 'detail' : 'other detail') }));
  const id = certificateId('right');
  await at(law, 1, () => clearance.connect(both).setRegime(REGIME, 365, 180));
  await at(law, 2, () => clearance.connect(korea).authoriseBody(certifier.member, REGIME, T - 100, T + DAY));
  await at(law, 3, () => body.register(registration('wrong', [LINE])));
  await body.correct(certificateId('wrong'), [LINE], registration('right', lines));
  const { sha256, sm3 } = documentOf('right');
  const document = { sha256Digest: sha256, sm3Digest: sm3, subject: NO_SUBJECT, kind: KIND.CERTIFICATE_OF_ORIGIN, expiresAt: 0 };
  await ledger.connect(account('certifier')).anchor(document);
  await at(law, 6, () => office.consume(id, digest('declaration'), goods));
  await at(law, 7, () => office.requestVerification(id, digest('request')));
  await at(law, 8, () => body.replyVerification(id, certifier.member, digest('right'), digest('reply')));
  await at(law, 9, () => office.concludeVerification(id, codes.INQUIRY_OUTCOME.CONFIRMED, digest('conclusion')));
}

async function analyse(law: NewLaw): Promise<void> {
  const { laboratories, ledger, china, both, account } = law;
  const [body, authority] = [laboratories.connect(account('accreditor')), laboratories.connect(account('regulator'))];
  const facts = { lot: LOT, tests: TESTS, course: COURSE };
  const { sha256, sm3 } = documentOf('report');
  const document = { sha256Digest: sha256, sm3Digest: sm3, subject: LOT, kind: KIND.LABORATORY_REPORT, expiresAt: 0 };
  await at(law, 10, () => laboratories.connect(both).publishPanel(PANEL, digest('panel')));
  await laboratories.connect(china).publishProfile(SHORE.CN, PROFILE, T, digest('profile'));
  await body.accredit(laboratory.member, PANEL, TESTS, T - 100, T + DAY, digest('accreditation'));
  await authority.designate(laboratory.member, PANEL, T - 50, 0);
  await laboratories.connect(both).setArrangement({
    ...{ number: ARRANGEMENT, status: codes.ARRANGEMENT_STATUS.IN_FORCE, level: codes.ARRANGEMENT_LEVEL.WAIVER, destination: SHORE.CN },
    ...{ panel: PANEL, from: T - 50, until: T + DAY, maxAgeDays: 30, needsDesignation: true, tests: TESTS, text: digest('terms') },
  });
  await laboratories.connect(account('laboratory')).registerReport(digest('report'), facts);
  await ledger.connect(account('laboratory')).anchor(document);
  await at(law, 17, () => authority.accept(laboratory.member, digest('report'), facts, ARRANGEMENT, digest('judgement')));
  await at(law, 18, () => authority.refuse(REPORT, ARRANGEMENT, codes.DECISION.DISCRETION, digest('other judgement')));
  await at(law, 19, () => body.endAccreditation(laboratory.member, PANEL, REASON.ADMINISTRATIVE));
  await body.declareCompromised(laboratory.member, PANEL, 1, T - 5);
  await laboratories.connect(both).suspendArrangement(ARRANGEMENT);
}

async function warn(law: NewLaw): Promise<void> {
  const { clearance, account } = law;
  const authority = clearance.connect(account('regulator'));
  const order = {
    ...{ alert: ALERT, salt: digest('recall'), recallClass: 2, owner: certifier.member },
    ...{ startBy: T + DAY, completeBy: T + 2 * DAY, evidence: digest('order') },
  };
  await at(law, 29, () => clearance.connect(account('customs')).release(digest('release'), true, [LOT]));
  await at(law, 30, () => authority.raiseAlert(digest('alert'), 2, certifier.member, T + DAY, digest('finding'), [LOT]));
  await at(law, 31, () => authority.advanceAlert(ALERT, 2, certifier.member, T + 2 * DAY, digest('assessment')));
  await at(law, 32, () => authority.hold(LOT, REASON.UNDER_INVESTIGATION));
  await at(law, 33, () => authority.openRecall(order, [LOT]));
}

/** Filings, and at last the end of the body and a pause, which stop what came before. */
async function file(law: NewLaw): Promise<void> {
  const { clearance, ledger, both, korea } = law;
  const filer = law.registry.connect(law.account('certifier'));
  await at(law, 40, () => filer.file(digest('party'), codes.FILING_KIND.PARTY, digest('first filing')));
  await at(law, 41, () => filer.file(digest('party'), codes.FILING_KIND.PARTY, digest('second filing')));
  await at(law, 90, () => clearance.connect(korea).withdrawBody(certifier.member, REGIME, REASON.FRAUD));
  await ledger.connect(both).pause(clearance, 1n << BigInt(codes.ACTION.CLEARANCE.CONSUME));
}
