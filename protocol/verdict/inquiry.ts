import type { Bundle, BundleDocument, RegisteredLines, RegisteredReport } from './bundle.ts';
import type { LawState } from './lawState.ts';
import type { LedgerState } from './ledgerState.ts';
import type { ReadDocument } from './readDocument.ts';

/** What the questions about one document are asked of. Moments are in Unix seconds. */
export interface Inquiry {
  bundle: Bundle;
  document: BundleDocument;
  read: ReadDocument;
  state: LedgerState;
  law: LawState;
  /** The moment asked about. */
  at: number;
  /** Whether the moment is later than the bundle can speak of. */
  isLater: boolean;
  /** Of the block. */
  timestamp: number;
}

/** What a bundle says was registered of a document, be it of the document's kind or not. */
export function registeredOf(document: BundleDocument): Partial<RegisteredLines & RegisteredReport> | undefined {
  return document.type === 'credential' ? document.law : undefined;
}

/** Whether there is a body and it cannot be relied on. Events carry no signature: their issuer is the account that anchored them. */
export function isBroken(document: BundleDocument, { judgement }: ReadDocument): boolean {
  return document.type !== 'withheld' && judgement.answer !== 'VALID';
}
