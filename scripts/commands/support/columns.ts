/** Columns of a line that people read without losing their place. */
const WIDTH = 100;
// Letters of East Asian scripts and full-width forms take two columns (UAX #11, wide and full-width).
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/gu;

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

/** Parts of one statement, on as many lines as they need: the first begins with `indent`, the others stand two columns further in. */
export function joinWithin(parts: readonly string[], indent: string): string[] {
  const lines: string[] = [];
  for (const part of parts.filter((one) => one !== '')) {
    const last = lines.at(-1);
    const longer = last === undefined ? undefined : `${last} · ${part}`;
    if (longer !== undefined && widthOf(longer) <= WIDTH) lines[lines.length - 1] = longer;
    else lines.push(`${indent}${last === undefined ? '' : '  '}${part}`);
  }
  return lines;
}

/** Names to the left, figures to the right, under one another. */
export function table(rows: readonly (readonly [name: string, figure: string])[], indent: string): string[] {
  const names = Math.max(...rows.map(([name]) => widthOf(name)));
  const figures = Math.max(...rows.map(([, figure]) => figure.length));
  return rows.map(([name, figure]) => `${indent}${name}${' '.repeat(names - widthOf(name))}  ${figure.padStart(figures)}`);
}

/** An exact decimal with its thousands apart, as all three languages write them. */
export function grouped(decimal: string): string {
  const [whole = '', ...fraction] = decimal.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.');
}
