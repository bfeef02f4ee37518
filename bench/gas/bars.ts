/** Most gas that each of these rows may use. */
export const BARS = {
  anchor: 70_000,
  batch100PerDocument: 32_000,
  root: 68_000,
  revoke: 36_000,
  supersede: 105_000,
  consume: 55_000,
  accept: 60_000,
};
