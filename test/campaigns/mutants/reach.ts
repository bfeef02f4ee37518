import { basename } from 'node:path';
import type { Coverage } from '../coverage/measure.ts';
import type { Mutant } from './mutant.ts';

/** The test files that reach a mutant, the likeliest to notice it first. A constant has no line that is reached: all files are asked. */
export function testsFor(mutant: Mutant, coverage: Coverage, kills: ReadonlyMap<string, number>): string[] {
  const tags = statementsAt(mutant, coverage);
  const files = [...coverage.reached]
    .filter(([, reached]) => tags.length === 0 || tags.some((tag) => reached.has(tag)))
    .map(([file]) => file);
  const rank = (file: string) => nearness(mutant.file, file) + (kills.get(`${mutant.file} ${file}`) ?? 0) / 1000;
  return files.sort((a, b) => Number(isSlow(a)) - Number(isSlow(b)) || rank(b) - rank(a));
}

function statementsAt({ file, line }: Mutant, { points }: Coverage): string[] {
  return [...points]
    .filter(([, point]) => point.kind === 'statement' && point.file === file && point.firstLine <= line && line <= point.lastLine)
    .map(([tag]) => tag);
}

/** Where the words of types/ are tested. */
const TESTED_IN: Readonly<Record<string, string>> = {
  Account: 'Membership',
  Alert: 'SafetyAlerts',
  Arrangement: 'LaboratoriesArrangements',
  Certificate: 'OriginIssuing',
  Codes: 'Notary',
  Companion: 'Companions',
  Course: 'LaboratoriesReports',
  Filing: 'Registry',
  Fingerprint: 'Words',
  GoodsLine: 'OriginUse',
  Head: 'Notary',
  Inquiry: 'OriginVerification',
  Key: 'Membership',
  Lot: 'SafetyMovements',
  Member: 'Membership',
  Recall: 'SafetyRecalls',
  Record: 'Notary',
  Regime: 'OriginBodies',
  Report: 'LaboratoriesDecisions',
  Sha256: 'Words',
  Term: 'LaboratoriesAccreditation',
};

/** How many letters the names of contract and test have in common at their beginning: OriginUse.sol and OriginUse.t.sol nine. */
function nearness(contract: string, test: string): number {
  const [name, b] = [basename(contract, '.sol'), basename(test, '.t.sol')];
  const a = TESTED_IN[name] ?? name;
  const different = [...a].findIndex((letter, index) => letter !== b[index]);
  return different < 0 ? a.length : different;
}

/** Fuzz and invariant tests, and those that drive a contract and its kernel side by side. */
export function isSlow(file: string): boolean {
  return /\.(fuzz|invariant)\.t\.sol$|\/Kernel\w*\.t\.sol$/.test(file);
}
