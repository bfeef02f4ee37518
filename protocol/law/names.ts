/**
 * Name of a code in one of the tables of `codes.ts`; the number itself where the table has none, as a later contract may write others.
 *
 * @example
 * nameOf(REGIME, 1); // 'CK_FTA'
 */
export function nameOf(table: Readonly<Record<string, number>>, code: number): string {
  return Object.keys(table).find((name) => table[name] === code) ?? String(code);
}
