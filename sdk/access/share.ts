import { EVERYBODY, RELEASE_FORMAT, type Release, releaseFingerprint } from '../../protocol/access/release.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { Fingerprint } from '../../protocol/hash/fingerprint.ts';
import { KIND, STATUS } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { anchorCall, NO_SUBJECT } from '../chain/calls.ts';
import { readRecord } from '../chain/readState.ts';
import { SdkError } from '../errors.ts';
import { actAs } from '../law/act.ts';
import { releaseSalt } from '../law/commitment.ts';
import type { OpenMember } from '../member/openMember.ts';

/** What a member releases. */
export interface ShareRequest {
  /** Leaves, at most 1,000. */
  documents: readonly Hex[];
  /** Member that may see them from then on, or everybody. */
  to: Release['to'];
  /** Law, contract or decision that it rests on. */
  basis: string;
}

/** A release as it stands on the ledger. */
export interface Shared {
  leaf: Hex;
  /** Different documents. */
  documents: number;
  /** False where this very release stood already. */
  isNew: boolean;
}

interface Draft {
  text: string;
  print: Fingerprint;
  isNew: boolean;
}

/**
 * Releases documents whose bodies stay in their country: the node keeps the text, the ledger its salted fingerprint. Asked again, it is the same release; asked
 * again after it was withdrawn, it is a new one. It is withdrawn like any record, by `changeStatus`.
 *
 * @throws SdkError those of the node (`FORBIDDEN`, `UNKNOWN_DOCUMENT`, `NOT_DOMESTIC`, …), of the ledger and of the outbox
 *
 * @example
 * await share(regulator, { documents: [leaf], to: 7, basis: 'Arrangement 3, article 5' });
 */
export async function share(member: OpenMember, request: ShareRequest): Promise<Shared> {
  const documents = [...new Set(request.documents)].sort();
  const { text, print, isNew } = await draftOf(member, { ...request, documents });
  const { leaf } = await member.node.storeRelease(text);
  if (leaf !== print.leaf)
    throw new SdkError('NODE_ANSWER_MALFORMED', `the node at ${member.node.url} stored something else than it was given`);
  if (isNew) {
    const { sha256, sm3 } = print;
    const entry = { sha256Digest: sha256, sm3Digest: sm3, subject: NO_SUBJECT, kind: KIND.RELEASE, expiresAt: 0 };
    await actAs(member, anchorCall(member.file.member, entry));
  }
  return { leaf, documents: documents.length, isNew };
}

/** The text of the release, with the first salt of its row under which no such release was withdrawn. */
async function draftOf({ file, folder, ledger }: OpenMember, { documents, to, basis }: ShareRequest): Promise<Draft> {
  const fields = { format: RELEASE_FORMAT, by: file.member, to, documents, basis };
  for (let round = 0; ; round++) {
    const text = JSON.stringify({ ...fields, salt: releaseSalt(folder, `${round}\n${JSON.stringify(fields)}`) });
    const print = releaseFingerprint(text);
    const record = await readRecord(ledger, recordId(file.member, print.leaf));
    if (record === undefined) return { text, print, isNew: true };
    if (record.status === STATUS.ACTIVE) return { text, print, isNew: false };
  }
}

/** Reads to whom something is released: `all`, or a member's number. @throws SdkError `CHOICE_UNKNOWN` */
export function receiverOf(text: string): Release['to'] {
  if (text.toUpperCase() === EVERYBODY) return EVERYBODY;
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new SdkError('CHOICE_UNKNOWN', `"${text}" is neither a member's number nor "all"`, { advice: 'list them: members' });
}
