const GLN = /^https:\/\/id\.gs1\.org\/41[47]\/(\d{13})(?:\/|$)/;

/** A place by its GLN, whatever its part and whether it is named as a place or as a party. */
export function place(id: string): string {
  return GLN.exec(id)?.[1] ?? id;
}
