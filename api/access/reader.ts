import { ROLE } from '../../protocol/ledger/codes.ts';
import type { LedgerMember } from '../../protocol/ledger/words.ts';
import type { View } from '../catalogue/view.ts';
import type { ApiNode } from '../node.ts';

/** Who asks. Nothing at all: whoever has no token. */
export interface Reader {
  /** Member that the token speaks for: it sees its own credentials whole, everybody else their public presentation. */
  member?: number;
  /** Whether that member is in good standing now: only then does it see what was released to it. */
  isLive?: boolean;
  /** Shore (code) whose customs or regulator it is: it sees what stays in that country. */
  agencyOf?: number;
  /** Shore (code) whose node asks, with a proof of it: it is given what was released to a member of that shore. */
  nodeOf?: number;
}

const AGENCIES = ROLE.CUSTOMS | ROLE.REGULATOR;

/**
 * The reader behind a request, found once for each.
 *
 * @param authorization the header `Authorization`; without one anybody may read what is public
 * @throws ApiError `NO_TOKEN`
 */
export async function readerOf(node: ApiNode, authorization: string | undefined): Promise<Reader> {
  return authorization === undefined ? {} : memberReader(node, node.tokens.holderOf(authorization).member);
}

/** A member as a reader, as it stands now. */
export async function memberReader({ index, clock }: ApiNode, member: number): Promise<Reader> {
  const standing = (await index.member(member))?.standing;
  // One that is suspended, or whose time is over, still sees what it issued, and no more.
  if (standing === undefined || !isLive(standing, Math.floor(clock() / 1000))) return { member };
  return { member, isLive: true, ...(isAgency(standing) && { agencyOf: standing.shore }) };
}

/** Whether a member is a customs or regulator that is not suspended. */
export function isAgency(standing: LedgerMember): boolean {
  return (standing.roles & AGENCIES) !== 0 && !isSuspended(standing);
}

function isLive(standing: LedgerMember, now: number): boolean {
  const { validFrom, validUntil } = standing;
  return validFrom <= now && (validUntil === 0 || now < validUntil) && !isSuspended(standing);
}

function isSuspended({ suspendedAt, reinstatedAt }: LedgerMember): boolean {
  return suspendedAt > reinstatedAt;
}

/** The reader's view of the catalogue. */
export function viewOf({ member, agencyOf, nodeOf }: Reader): View {
  return agencyOf === undefined && nodeOf === undefined ? { member: member ?? null } : 'ALL';
}
