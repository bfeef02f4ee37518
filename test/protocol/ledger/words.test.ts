import { expect } from 'chai';
import fc from 'fast-check';
import {
  decodeAccount,
  decodeKey,
  decodeMember,
  decodeRecord,
  encodeAccount,
  encodeKey,
  encodeMember,
  encodeRecord,
  type LedgerRecord,
} from '../../../protocol/ledger/words.ts';
import { refusalOf } from '../codeOf.ts';

const RECORD: LedgerRecord = {
  issuer: 1,
  kind: 2,
  status: 3,
  reason: 4,
  changes: 5,
  anchoredAt: 6,
  expiresAt: 7,
  changedAt: 8,
  position: 9,
  size: 10,
};

describe('words', () => {
  it('packs a record from the most significant bit down', () => {
    const hex = ['00000001', '02', '03', '04', '0005', '0000000006', '0000000007', '0000000008', '00000009', '0000000a'].join('');
    expect(encodeRecord(RECORD)).to.equal(BigInt(`0x${hex}`));
    expect(decodeRecord(BigInt(`0x${hex}`))).to.deep.equal(RECORD);
  });

  it('leaves the unused low bits zero', () => {
    const member = { shore: 1, roles: 2, validFrom: 3, validUntil: 4, suspendedAt: 5, reinstatedAt: 6, reason: 7, accounts: 8, state: 9 };
    expect(encodeMember(member)).to.equal(
      BigInt(`0x01${'0002'}${['3', '4', '5', '6'].map((digit) => digit.padStart(10, '0')).join('')}070809${'0'.repeat(12)}`),
    );
    const account = { member: 1, roles: 2, validFrom: 3, validUntil: 4, shore: 5, state: 6 };
    expect(encodeAccount(account)).to.equal(BigInt(`0x00000001${'0002'}00000000030000000004${'0506'}${'0'.repeat(28)}`));
    const key = { member: 1, validFrom: 2, validUntil: 3, revokedAt: 4, compromisedSince: 5 };
    expect(encodeKey(key)).to.equal(
      BigInt(`0x00000001${['2', '3', '4', '5'].map((digit) => digit.padStart(10, '0')).join('')}${'0'.repeat(16)}`),
    );
  });

  for (const [what, decode, encode, unused] of [
    ['record', decodeRecord, (word: bigint) => encodeRecord(decodeRecord(word)), 0n],
    ['member', decodeMember, (word: bigint) => encodeMember(decodeMember(word)), 48n],
    ['account', decodeAccount, (word: bigint) => encodeAccount(decodeAccount(word)), 112n],
    ['key', decodeKey, (word: bigint) => encodeKey(decodeKey(word)), 64n],
  ] as const) {
    it(`reads and writes every ${what}`, () => {
      fc.assert(
        fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), (word) => {
          expect(encode(word)).to.equal((word >> unused) << unused);
          expect(Object.values(decode(word)).every(Number.isSafeInteger)).to.equal(true);
        }),
      );
    });
  }

  it('refuses a value that its field cannot hold', () => {
    for (const kind of [256, -1, 0.5, Number.NaN]) {
      expect(refusalOf(() => encodeRecord({ ...RECORD, kind }))).to.deep.equal({ code: 'OUT_OF_RANGE', pointer: '/kind' });
    }
  });
});
