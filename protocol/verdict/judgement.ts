import type { Facts } from '../errors.ts';
import type { VerdictCode } from './codes.ts';
import type { Answer } from './verdict.ts';

/** The answer to a question, before it is known of which document. */
export interface Judgement {
  answer: Answer;
  code: VerdictCode;
  facts?: Facts;
}

/** VALID, perhaps with a note. */
export function valid(facts?: Facts, code: VerdictCode = 'OK'): Judgement {
  return judgement('VALID', code, facts);
}

/** INVALID: something is shown to be wrong. */
export function invalid(code: VerdictCode, facts?: Facts): Judgement {
  return judgement('INVALID', code, facts);
}

/** CANNOT_CHECK: nothing is shown either way. */
export function cannotCheck(code: VerdictCode, facts?: Facts): Judgement {
  return judgement('CANNOT_CHECK', code, facts);
}

function judgement(answer: Answer, code: VerdictCode, facts: Facts | undefined): Judgement {
  return facts === undefined ? { answer, code } : { answer, code, facts };
}

/** A moment of the ledger as people and programs read it: RFC 3339, UTC, whole seconds; empty where no calendar has it. */
export function toTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace('.000Z', 'Z');
}
