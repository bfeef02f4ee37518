import type { Hex } from '../../protocol/encoding/hex.ts';
import { KIND } from '../../protocol/ledger/codes.ts';
import type { OpenMember } from '../member/openMember.ts';
import type { Batch } from '../notarise/journal.ts';
import type { OutboxCall } from '../outbox/outbox.ts';
import { certificateRegistration } from './registerCertificate.ts';
import { reportRegistration } from './registerReport.ts';

/** A call that registers what is to be anchored next. */
export interface Registration extends OutboxCall {
  /** Id of the record that the anchor will make. */
  record: Hex;
}

/**
 * How a batch is registered before it is anchored; undefined where no rule asks for it, or where the ledger has no law of that kind.
 *
 * @throws SdkError where the document cannot be registered as it is
 */
export function registrationOf(member: OpenMember, batch: Batch): Promise<Registration | undefined> {
  const kind = batch.documents[0]?.kind;
  if (kind === KIND.CERTIFICATE_OF_ORIGIN) return certificateRegistration(member, batch);
  if (kind === KIND.LABORATORY_REPORT) return reportRegistration(member, batch);
  return Promise.resolve(undefined);
}
