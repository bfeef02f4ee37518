/** Writes a path of keys and indices as a JSON Pointer (RFC 6901 sections 3 and 4); the whole document is the empty text. */
export function toPointer(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
