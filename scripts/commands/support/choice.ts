import { REASON, type ReasonName } from '../../../protocol/ledger/codes.ts';
import { SdkError } from '../../../sdk/errors.ts';

/** Names of the reasons that can be given. */
export const REASONS = Object.keys(REASON).filter((name) => name !== 'NONE') as ReasonName[];

/** Reads the name of a reason, in any case. @throws SdkError `CHOICE_UNKNOWN` */
export function reasonOf(text: string): ReasonName {
  const name = text.toUpperCase().replaceAll('-', '_') as ReasonName;
  if (REASONS.includes(name)) return name;
  throw new SdkError('CHOICE_UNKNOWN', `there is no reason "${text}"`, { advice: `use one of: ${REASONS.join(', ')}` });
}

/** Reads a date (its first moment, UTC) or a time with offset. @throws SdkError `DATE_MALFORMED` */
export function momentOf(text: string): string {
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(full) && !Number.isNaN(Date.parse(full))) return full;
  throw new SdkError('DATE_MALFORMED', `"${text}" is neither a date nor a time with offset`, {
    advice: 'write 2026-11-01 or 2026-11-01T12:00:00+09:00',
  });
}
