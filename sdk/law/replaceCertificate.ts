import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { KIND, REASON, type ReasonName } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { anchorCall, supersedeCall } from '../chain/calls.ts';
import { SdkError } from '../errors.ts';
import type { OpenMember } from '../member/openMember.ts';
import { entryOf } from '../notarise/anchorBatches.ts';
import { assertOwn, changesOf, submitChecked } from '../notarise/changeStatus.ts';
import { type Journal, openJournal, type RunDocument, type StoredDocument } from '../notarise/journal.ts';
import { inputDigest, sealerOf, sealInput } from '../notarise/sealInput.ts';
import { storeDocuments } from '../notarise/storeDocuments.ts';
import { type Notarised, writeBundles } from '../notarise/writeBundles.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { companionOf } from './companions.ts';
import { linesOf, type Predecessor, registerCall } from './registerCertificate.ts';

/** A certificate that takes the place of an earlier one, or is its certified true copy. */
export interface CertificateRequest {
  member: OpenMember;
  /** Leaf of the earlier certificate. */
  leaf: Hex;
  /** Path of the form data of the new one. */
  input: string;
  /** Folder for the new bundle. */
  out: string;
}

/**
 * Corrects a certificate: the new one is registered in its place, takes over its number, and supersedes it. Asked again after a crash, it goes on.
 *
 * @throws SdkError `NOT_YOURS`, the codes of the law's refusals, an input that is refused, and those of node and outbox
 */
export async function correctCertificate(request: CertificateRequest & { reason: ReasonName }): Promise<Notarised> {
  const { member, leaf, reason } = request;
  await assertOwn(member, leaf);
  const record = recordId(member.file.member, leaf);
  return seal(request, async (outbox, document, journal) => {
    await register(member, outbox, document, { form: 'CORRECTION', record, lines: linesOf(ownDocument(journal, leaf)) });
    const id = `supersede:${record}:${document.leaf}`;
    if (outbox.has(id)) return void (await outbox.wait(id));
    const call = supersedeCall(member.file.member, leaf, entryOf(document), REASON[reason], await changesOf(member, leaf));
    await submitChecked(member, outbox, id, call);
  });
}

/**
 * Makes a certified true copy of an unused certificate: it has a number of its own, and shares the one use.
 *
 * @throws SdkError `NOT_YOURS`, the codes of the law's refusals, an input that is refused, and those of node and outbox
 */
export async function copyCertificate(request: CertificateRequest): Promise<Notarised> {
  const { member, leaf } = request;
  await assertOwn(member, leaf);
  return seal(request, async (outbox, document) => {
    await register(member, outbox, document, { form: 'COPY', leaf });
    const call = anchorCall(member.file.member, entryOf(document));
    await outbox.submit(`anchor:${call.record}`, call);
    await outbox.wait(`anchor:${call.record}`);
  });
}

/** The public presentation hides what the lines are made of; the issuer's own copy does not. @throws SdkError `NOT_HERE` */
function ownDocument(journal: Journal, leaf: Hex): StoredDocument {
  const found = journal.findLeaf(leaf);
  if (found !== undefined) return found;
  throw new SdkError('NOT_HERE', `the certificate ${leaf} was not issued from this machine`, {
    advice: 'correct it where its journal is, or bring the journal here',
  });
}

async function register(member: OpenMember, outbox: Outbox, document: RunDocument, predecessor: Predecessor): Promise<void> {
  const call = registerCall(member, await companionOf(member.ledger, 'CLEARANCE'), document, predecessor);
  const id = `register:${call.record}`;
  if (outbox.has(id)) await outbox.wait(id);
  else await submitChecked(member, outbox, id, call);
}

/** Seals and stores the document, lets it be put on the ledger, and writes its bundle. */
async function seal(
  { member, leaf, input, out }: CertificateRequest,
  record: (outbox: Outbox, document: RunDocument, journal: Journal) => Promise<void>,
): Promise<Notarised> {
  const journal = openJournal(join(member.folder, 'journal.sqlite'));
  try {
    const stored = await store(member, journal, input, leaf);
    const outbox = await member.outbox();
    try {
      await record(outbox, stored, journal);
    } finally {
      await outbox.close();
    }
    const [written] = await writeBundles(member.node, [stored], out);
    return written as Notarised;
  } finally {
    journal.close();
  }
}

async function store(member: OpenMember, journal: Journal, input: string, replaces: Hex): Promise<RunDocument> {
  const text = readFileSync(input, 'utf8');
  const name = basename(input, extname(input));
  const document = journal.find(inputDigest(text)) ?? sealInput({ name, source: input, text }, sealerOf(member));
  if (document.kind !== KIND.CERTIFICATE_OF_ORIGIN)
    throw new SdkError('KIND_MISMATCH', `${input} is no certificate of origin`, { pointer: '/type' });
  journal.add([{ name, document }]);
  const unstored = journal.unstored(0, 1);
  if (unstored.length > 0) await storeDocuments(member.node, journal, unstored, { replaces });
  // A batch of its own: a later notarisation of the same form finds it anchored.
  journal.group(document.leaf, [document.leaf]);
  return journal.page(0, 1)[0] as RunDocument;
}
