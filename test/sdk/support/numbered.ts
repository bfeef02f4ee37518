import type { Hex } from '../../../protocol/encoding/hex.ts';

/** Call data that carries a number. */
export function numbered(number: number): Hex {
  return `0x${number.toString(16).padStart(64, '0')}`;
}
