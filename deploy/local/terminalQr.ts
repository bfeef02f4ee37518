import bwipjs from 'bwip-js/node';

/** Modules of white around the code that readers need (ISO/IEC 18004). */
const QUIET = 4;

/**
 * A QR code (error correction M) as text for a terminal: two modules a character by half blocks, dark on light whatever the terminal's colours are.
 */
export function terminalQr(text: string): string {
  const [symbol] = bwipjs.raw({ bcid: 'qrcode', text, eclevel: 'M' } as never) as unknown as [
    { pixs: number[]; pixx: number; pixy: number },
  ];
  const dark = (x: number, y: number) => x >= 0 && y >= 0 && x < symbol.pixx && y < symbol.pixy && symbol.pixs[y * symbol.pixx + x] === 1;
  const lines: string[] = [];
  for (let y = -QUIET; y < symbol.pixy + QUIET; y += 2) {
    let line = '';
    for (let x = -QUIET; x < symbol.pixx + QUIET; x++) line += block(dark(x, y), dark(x, y + 1));
    // Black on white is set explicitly: on a dark terminal the blocks alone would be a negative, which many readers refuse.
    lines.push(`\x1b[30;107m${line}\x1b[0m`);
  }
  return lines.join('\n');
}

function block(upper: boolean, lower: boolean): string {
  if (upper) return lower ? '█' : '▀';
  return lower ? '▄' : ' ';
}
