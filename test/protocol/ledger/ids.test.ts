import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { EMPTY_HEAD, eventDocument, extendHead, headCount, pastRecordKey, recordId, subjectKey } from '../../../protocol/ledger/ids.ts';
import { codeOf } from '../codeOf.ts';

const LEAF: Hex = `0x${'ab'.repeat(32)}`;
const SALT: Hex = '0x000102030405060708090a0b0c0d0e0f';
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const word = (value: number) => value.toString(16).padStart(64, '0');
const digestOfHex = (text: string): Hex => `0x${sha256(Buffer.from(text, 'hex'))}`;

describe('recordId', () => {
  it('hashes the member as a word before the leaf', () => {
    expect(recordId(7, LEAF)).to.equal(digestOfHex(word(7) + LEAF.slice(2)));
    expect(recordId(7n, LEAF)).to.equal(recordId(7, LEAF));
    expect(recordId(8, LEAF)).not.to.equal(recordId(7, LEAF));
  });

  it('refuses what is no hash', () => {
    expect(codeOf(() => recordId(7, '0x01'))).to.equal('WRONG_LENGTH');
    expect(codeOf(() => recordId(-1, LEAF))).to.equal('OUT_OF_RANGE');
  });
});

describe('subjectKey', () => {
  it('hashes the text of link and salt', () => {
    const link = 'https://id.gs1.org/01/08801234567893/10/L1';
    expect(subjectKey(link, SALT)).to.equal(`0x${sha256(`tidemark-subject/1\n${link}\n000102030405060708090a0b0c0d0e0f`)}`);
    expect(codeOf(() => subjectKey(link, '0x00'))).to.equal('WRONG_LENGTH');
  });
});

describe('eventDocument', () => {
  const HASH = 'ni:///sha-256;00?ver=CBV2.0';
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

  it('writes hash, content and salt in a line each', () => {
    expect(text(eventDocument(HASH, LEAF, SALT))).to.equal(
      `tidemark-event/1\n${HASH}\n${'ab'.repeat(32)}\n000102030405060708090a0b0c0d0e0f`,
    );
  });

  it('refuses what is no digest or no salt', () => {
    expect(codeOf(() => eventDocument(HASH, SALT, SALT))).to.equal('WRONG_LENGTH');
    expect(codeOf(() => eventDocument(HASH, LEAF, LEAF))).to.equal('WRONG_LENGTH');
  });
});

describe('extendHead', () => {
  it('counts entries and chains the low 224 bits', () => {
    const first = extendHead(EMPTY_HEAD, LEAF);
    expect(first).to.equal(`0x00000001${digestOfHex('00'.repeat(32) + LEAF.slice(2)).slice(10)}`);
    const second = extendHead(first, LEAF);
    expect(second).to.equal(`0x00000002${digestOfHex(first.slice(2) + LEAF.slice(2)).slice(10)}`);
    expect([EMPTY_HEAD, first, second].map(headCount)).to.deep.equal([0, 1, 2]);
  });

  it('depends on the order of entries', () => {
    const other = recordId(1, LEAF);
    expect(extendHead(extendHead(EMPTY_HEAD, LEAF), other)).not.to.equal(extendHead(extendHead(EMPTY_HEAD, other), LEAF));
  });
});

describe('pastRecordKey', () => {
  it('hashes the id before the number of the change', () => {
    expect(pastRecordKey(LEAF, 2)).to.equal(digestOfHex(LEAF.slice(2) + word(2)));
  });
});
