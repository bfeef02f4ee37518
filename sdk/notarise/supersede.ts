import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { REASON, type ReasonName } from '../../protocol/ledger/codes.ts';
import { supersedeCall } from '../chain/calls.ts';
import type { OpenMember } from '../member/openMember.ts';
import { readBundle } from '../verify/readBundle.ts';
import { entryOf } from './anchorBatches.ts';
import { assertOwn, changesOf, submitChecked } from './changeStatus.ts';
import { openJournal, type RunDocument } from './journal.ts';
import { inputDigest, sealerOf, sealInput } from './sealInput.ts';
import { storeDocuments } from './storeDocuments.ts';
import { type Notarised, writeBundles } from './writeBundles.ts';

/** A corrected document that takes the place of an earlier one. */
export interface SupersedeRequest {
  member: OpenMember;
  /** The earlier document: path of its bundle, or its fingerprint. */
  old: string;
  /** Path of the corrected form data. */
  input: string;
  /** Folder for the new bundle. */
  out: string;
  reason: ReasonName;
}

/**
 * Seals and stores a corrected document, and puts it in the place of an earlier one in one call of the ledger. Asked again after a crash, it goes on and
 * doubles nothing.
 *
 * @throws SdkError `NOT_YOURS`, `LEDGER_REFUSES`, an input that is refused, and those of node and outbox
 */
export async function supersede({ member, old, input, out, reason }: SupersedeRequest): Promise<Notarised> {
  const leaf = leafOf(old);
  await assertOwn(member, leaf);
  const journal = openJournal(join(member.folder, 'journal.sqlite'));
  try {
    const text = readFileSync(input, 'utf8');
    const name = basename(input, extname(input));
    const document = journal.find(inputDigest(text)) ?? sealInput({ name, source: input, text }, sealerOf(member));
    journal.add([{ name, document }]);
    const unstored = journal.unstored(0, 1);
    if (unstored.length > 0) await storeDocuments(member.node, journal, unstored, { replaces: leaf });
    // A batch of its own: a later notarisation of the same form finds it anchored.
    journal.group(document.leaf, [document.leaf]);
    const [stored] = journal.page(0, 1) as [RunDocument];
    await replace(member, leaf, stored, REASON[reason]);
    const [written] = await writeBundles(member.node, [stored], out);
    return written as Notarised;
  } finally {
    journal.close();
  }
}

async function replace(member: OpenMember, leaf: Hex, document: RunDocument, reason: number): Promise<void> {
  const outbox = await member.outbox();
  try {
    const changes = await changesOf(member, leaf);
    const call = supersedeCall(member.file.member, leaf, entryOf(document), reason, changes);
    const id = `supersede:${call.record}:${document.leaf}`;
    // Done before a crash that cut off what comes after it: the ledger would refuse a second time.
    if (outbox.has(id)) await outbox.wait(id);
    else await submitChecked(member, outbox, id, call);
  } finally {
    await outbox.close();
  }
}

function leafOf(old: string): Hex {
  if (/^0x[0-9a-f]{64}$/.test(old)) return old as Hex;
  return readBundle(old).documents[0].anchor.leaf;
}
