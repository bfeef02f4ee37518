import { KIND } from '../../protocol/ledger/codes.ts';
import { buildTree } from '../../protocol/merkle/tree.ts';
import { anchorCall, anchorRootCall, type Entry, type LedgerCall, MOST_LINKS, NO_SUBJECT } from '../chain/calls.ts';
import { registrationOf } from '../law/registration.ts';
import type { OpenMember } from '../member/openMember.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { submitUnrefused } from './changeStatus.ts';
import type { Batch, Journal, RunDocument, StoredDocument } from './journal.ts';

const MOST_LEAVES = 1_000;

/**
 * Puts stored documents into batches of one kind: at most 1,000 leaves and 512 subject links each. A certificate of origin is one by itself: it is used by
 * itself, and the ledger must have a record of it.
 */
export function groupDocuments(journal: Journal): void {
  for (const kind of Object.values(KIND)) {
    const most = kind === KIND.CERTIFICATE_OF_ORIGIN ? 1 : MOST_LEAVES;
    for (let group = fitting(journal.ungrouped(kind, 0, most)); group.length > 0; ) {
      const leaves = group.map(({ leaf }) => leaf);
      journal.group(buildTree(leaves).root, leaves);
      group = fitting(journal.ungrouped(kind, (group.at(-1) as RunDocument).sequence + 1, most));
    }
  }
}

/** The first documents that one call can anchor. One with more than 512 subjects of its own would fit in none; profiles allow far fewer lines. */
function fitting(documents: readonly RunDocument[]): RunDocument[] {
  let links = 0;
  const tooMany = documents.findIndex(({ subjectKeys }) => {
    links += subjectKeys.length;
    return links > MOST_LINKS;
  });
  return tooMany === -1 ? [...documents] : documents.slice(0, Math.max(1, tooMany));
}

/**
 * Registers every batch of the run where a rule asks for it, then anchors all, and waits until all have their effect; what the outbox already did is not done
 * again. What the law refuses is not anchored.
 *
 * @returns number of records
 * @throws SdkError `LEDGER_REFUSES`, `REVERTED`, those of the outbox and of the node
 */
export async function anchorBatches(member: OpenMember, journal: Journal, tell: (done: number, total: number) => void): Promise<number> {
  const roots = journal.roots();
  tell(0, roots.length);
  const outbox = await member.outbox();
  try {
    await registerAll(
      member,
      outbox,
      roots.map((root) => journal.batch(root)),
    );
    const ids: string[] = [];
    for (const root of roots) ids.push(await submit(member, outbox, journal.batch(root)));
    for (const [index, id] of ids.entries()) {
      await outbox.wait(id);
      tell(index + 1, roots.length);
    }
    return roots.length;
  } finally {
    await outbox.close();
  }
}

/** The node knows a batch's leaves before the chain knows their root, so that what is anchored can always be shown. */
async function submit({ file, node }: OpenMember, outbox: Outbox, batch: Batch): Promise<string> {
  if (!isSingle(batch)) await node.storeBatch(batch.documents.map(({ leaf }) => leaf));
  const call = callOf(file.member, batch);
  const id = `anchor:${call.record}`;
  await outbox.submit(id, call);
  return id;
}

/** Asks the law about each batch before anything is sent, so that a refusal leaves nothing behind. */
async function registerAll(member: OpenMember, outbox: Outbox, batches: readonly Batch[]): Promise<void> {
  const ids: string[] = [];
  for (const batch of batches) {
    const registration = await registrationOf(member, batch);
    if (registration === undefined) continue;
    const id = `register:${registration.record}`;
    if (!outbox.has(id)) await submitUnrefused(member, outbox, id, registration);
    ids.push(id);
  }
  for (const id of ids) await outbox.wait(id);
}

function callOf(member: number, batch: Batch): LedgerCall {
  const [first] = batch.documents as [StoredDocument];
  if (isSingle(batch)) return anchorCall(member, entryOf(first));
  const { kind, expiresAt } = first;
  const links = batch.documents.flatMap(({ leaf, subjectKeys }) => subjectKeys.map((subject) => ({ subject, leaf })));
  // Each document's own expiry is among its signed claims; the batch has one only where all agree.
  const common = batch.documents.every((document) => document.expiresAt === expiresAt) ? expiresAt : 0;
  return anchorRootCall(member, { root: batch.root, size: batch.documents.length, kind, expiresAt: common, links });
}

/** A document as `anchor` and `supersede` take it, with its first subject. */
export function entryOf({ sha256, sm3, subjectKeys, kind, expiresAt }: StoredDocument): Entry {
  return { sha256Digest: sha256, sm3Digest: sm3, subject: subjectKeys[0] ?? NO_SUBJECT, kind, expiresAt };
}

/** `anchor` takes one document with one subject at most. */
function isSingle({ documents }: Batch): boolean {
  return documents.length === 1 && (documents[0] as StoredDocument).subjectKeys.length <= 1;
}
