import type { Hex } from '../../../protocol/encoding/hex.ts';
import type { Call } from '../../ledger/support/newCouncils.ts';

const DIGEST_AT = 0x400;
const STATUS_AT = 0x420;
const ANSWER_AT = 0x440;
const LONGEST_CALL = DIGEST_AT;

/**
 * Code that makes calls one after the other and answers a digest over all that they answered: a hundred reads in one. It runs from top to bottom, as the calls
 * are all known beforehand.
 */
export function readerOf(calls: readonly Call[]): Hex {
  return `0x${calls.map(readOne).join('')}${push(32)}${push(DIGEST_AT)}f3`; // RETURN
}

/** digest = keccak256(digest || status || answer) */
function readOne({ to, data }: Call): string {
  const bytes = data.slice(2);
  if (bytes.length / 2 > LONGEST_CALL) throw new RangeError(`a call of ${bytes.length / 2} bytes would reach into the digest`);
  const words = bytes.match(/.{1,64}/g) ?? [];
  return [
    ...words.map((word, index) => `7f${word.padEnd(64, '0')}${push(index * 32)}52`), // PUSH32, MSTORE
    `5f5f${push(bytes.length / 2)}5f73${to.slice(2)}5afa`, // STATICCALL(gas, to, 0, length, 0, 0)
    `${push(STATUS_AT)}52`, // MSTORE
    `3d5f${push(ANSWER_AT)}3e`, // RETURNDATACOPY(ANSWER_AT, 0, all)
    `3d${push(ANSWER_AT - DIGEST_AT)}01${push(DIGEST_AT)}20`, // KECCAK256(DIGEST_AT, 64 + all)
    `${push(DIGEST_AT)}52`, // MSTORE
  ].join('');
}

function push(value: number): string {
  return `61${value.toString(16).padStart(4, '0')}`; // PUSH2
}
