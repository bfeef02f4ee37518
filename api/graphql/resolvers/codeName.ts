/** Name of a code in a table; null where the table has none, as of a later contract. */
export function codeName(table: Readonly<Record<string, number>>, code: number): string | null {
  return Object.keys(table).find((name) => table[name] === code) ?? null;
}
