import { computeAddress, concat, encodeRlp, keccak256, type RlpStructuredData, SigningKey, toBeHex } from 'ethers';
import type { Hex } from '../../../protocol/encoding/hex.ts';

/** A header to be sealed as QBFT validators do; built and signed with ethers, apart from the code under test. */
export interface Sealing {
  number: number;
  /** Test keys of the set that the header names. */
  validators: readonly number[];
  /** Test keys that seal, in this order; by default all of the set. */
  signers?: readonly number[];
  round?: number;
  vote?: RlpStructuredData;
  stateRoot?: Hex;
}

/** Address of the test key `n`, whose private key is the number itself. */
export function addressOf(key: number): Hex {
  return computeAddress(signingKey(key)).toLowerCase() as Hex;
}

/** Builds a Cancun header with seals: its RLP, the hash of its block, and the digest that was signed. */
export function sealedHeader(sealing: Sealing): { header: Hex; hash: Hex; digest: Hex } {
  const { number, validators, signers = validators, round = 0, vote = [], stateRoot = keccak256('0x01') as Hex } = sealing;
  const withSeals = (writtenRound: number, seals: string[]) => {
    const extraData = encodeRlp([`0x${'00'.repeat(32)}`, validators.map(addressOf).sort(), vote, scalar(writtenRound), seals]);
    return encodeRlp(headerFields(number, stateRoot, extraData)) as Hex;
  };
  const digest = keccak256(withSeals(round, [])) as Hex;
  const header = withSeals(
    round,
    signers.map((key) => sealOf(key, digest)),
  );
  return { header, digest, hash: keccak256(withSeals(0, [])) as Hex };
}

/** A validator's seal over a digest: `r || s || v`, v being 0 or 1. */
export function sealOf(key: number, digest: Hex): Hex {
  const { r, s, yParity } = signingKey(key).sign(digest);
  return concat([r, s, toBeHex(yParity, 1)]) as Hex;
}

function headerFields(number: number, stateRoot: Hex, extraData: string): string[] {
  const word = (digit: string) => `0x${digit.repeat(64)}`;
  return [
    ...[word('1'), word('2'), `0x${'33'.repeat(20)}`, stateRoot, word('4'), word('5'), `0x${'00'.repeat(256)}`],
    // difficulty, number, gas limit, gas used, timestamp
    ...[scalar(1), scalar(number), scalar(30_000_000), scalar(0), scalar(1_763_900_000 + 2 * number)],
    ...[extraData, '0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365', '0x0000000000000000'],
    // base fee, withdrawals root, blob gas used, excess blob gas
    ...[scalar(0), word('6'), scalar(0), scalar(0)],
  ];
}

function scalar(value: number): string {
  return value === 0 ? '0x' : toBeHex(value);
}

function signingKey(key: number): SigningKey {
  return new SigningKey(toBeHex(key, 32));
}
