/**
 * Whose view a look-up is for. What a member can never see is left out before anything is counted; what was ever released to it is found, and still has to be
 * judged (`maySee`): the ledger tells whether a release stands, the catalogue does not. `null`: whoever has no token.
 */
export type View = 'ALL' | { member: number | null };

/** Of a row of `documents`: whether it is in a view. EXISTS, not IN: it costs one look-up a document, however much was released. */
export const SEEN = `(visibility = 'PUBLIC' OR issuer = ? OR EXISTS (
  SELECT 1 FROM released JOIN releases ON releases.leaf = released.release WHERE released.document = documents.leaf AND (receiver IS NULL OR receiver = ?)
))`;

const NOBODY = -1;

/** What the question marks of `SEEN` stand for. */
export function seenBy(view: View): number[] {
  if (view === 'ALL') return [];
  return [issuerOf(view), issuerOf(view)];
}

/** The member whose own documents are in a view; of nobody a number that no member has. */
export function issuerOf(view: View): number {
  return view === 'ALL' ? NOBODY : (view.member ?? NOBODY);
}
