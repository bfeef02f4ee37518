/** A time of the ledger, in Unix seconds, as answers write it: RFC 3339. */
export function instant(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}
