import { type ContractTransactionResponse, type Interface, isError } from 'ethers';

const LONG_HEX = /0x[0-9a-f]{16,}/gi;

/** The work that every system does, by key. */
export const WORK = {
  one: 'anchor one document',
  hundred: 'anchor 100 documents in one transaction, each',
  root: 'anchor one root of 1,000 documents',
  revoke: 'revoke a document',
  revokeUnderRoot: 'revoke a document under a root',
  replace: 'replace a document',
  status: 'read the status (eth_estimateGas; two calls of the OpenAttestation store)',
  deployment: 'deploy what is needed',
} as const;

/** What is tried with every system, by key. */
export const ATTEMPTS = {
  squat: "an outsider anchors the laboratory's document before the laboratory does",
  foreignRevocation: "somebody else revokes the laboratory's document",
  twice: 'the laboratory issues one document twice',
  again: 'a revoked document is issued again',
  innerNode: 'an inner node of the tree is shown as a document',
  afterRevocation: 'what a reader is told after the revocation',
  why: 'when and why it was revoked, by the state',
  successor: 'from a replaced document to its successor',
  completeness: "one document is left out of the issuer's history",
  scope: 'a report on a test that its issuer is not accredited for',
  use: 'a certificate is used for one declaration, then for another',
  acceptance: 'the destination accepts a report, then one that no arrangement covers',
} as const;

export type WorkName = keyof typeof WORK;
export type AttemptName = keyof typeof ATTEMPTS;

/** A system to notarise documents with, as the comparison drives it. */
export interface System {
  readonly name: string;
  /** Where its code comes from. */
  readonly source: string;
  /** How it does the work, for the reader of the table. */
  readonly means: string;
  /** Gas of the work; left out is what it cannot do. */
  measure(): Promise<Partial<Record<WorkName, number>>>;
  /** What became of each attempt, as the contracts answered. */
  attempt(): Promise<Record<AttemptName, string>>;
}

/** What became of a transaction: `done`, or which error of the contracts' faces, or text, refused it. */
export async function outcomeOf(sending: Promise<ContractTransactionResponse>, ...faces: readonly Interface[]): Promise<string> {
  try {
    await (await sending).wait();
    return 'done';
  } catch (error) {
    if (!isError(error, 'CALL_EXCEPTION')) throw error;
    const parsed = faces.map((face) => face.parseError(error.data ?? '0x')).find((found) => found !== null);
    const text = parsed === undefined || parsed.name === 'Error' ? error.reason?.replaceAll(LONG_HEX, '…') : parsed.name;
    return `refused (${text ?? 'no reason'})`;
  }
}

/** Says that a contract has nothing of a kind, having looked through its functions. */
export function noneOf(face: Interface, kind: RegExp, what: string): string {
  const functions = face.fragments
    .filter(({ type }) => type === 'function')
    .map((fragment) => ('name' in fragment ? String(fragment.name) : ''));
  const found = functions.filter((name) => kind.test(name));
  return found.length === 0 ? `${what}: none among ${functions.length} functions` : `${what}: ${found.join(', ')}`;
}
