/** Text in a picture, which does not wrap by itself. Widths are estimates, wide enough for the fonts of both shores: a picture must come out the same everywhere. */

// Ideographs, syllables and full-width forms take a whole em, anything else is taken for the average of Latin letters and digits.
const WIDE = /[\u1100-\u11ff\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;
const NARROW = 0.58;

/** Width of a text in em. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += (character.codePointAt(0) ?? 0) > 0xffff || WIDE.test(character) ? 1 : NARROW;
  return width;
}

/** The beginning of a text that fits, with a mark where it was cut. */
export function clip(text: string, ems: number): string {
  if (widthOf(text) <= ems) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character) > ems - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The end of a text that fits: of a long number the last digits tell it from its neighbours. */
export function clipStart(text: string, ems: number): string {
  if (widthOf(text) <= ems) return text;
  return `…${[...clip([...text].reverse().join(''), ems)].slice(0, -1).reverse().join('')}`;
}

/** A text in lines that fit; between words where there are any, else anywhere, as Chinese is written. */
export function wrap(text: string, ems: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of piecesOf(text)) {
    if (line !== '' && widthOf((line + word).trimEnd()) > ems) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

// Closing punctuation stays with what it closes.
function piecesOf(text: string): string[] {
  return text.match(/[\u3041-\u9fff][、。，；：！？）”]*|[^\s\u3041-\u9fff]+\s*|\s+/gu) ?? [];
}
