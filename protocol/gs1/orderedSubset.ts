/** Whether qualifiers stand in the order of a sequence of the dictionary, which may have more. */
export function isOrderedSubset(ais: readonly string[], sequence: readonly string[]): boolean {
  let from = 0;
  return ais.every((ai) => {
    from = sequence.indexOf(ai, from) + 1;
    return from > 0;
  });
}
