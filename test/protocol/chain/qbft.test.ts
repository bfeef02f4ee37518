import { expect } from 'chai';
import { encodeRlp, decodeRlp as ethersDecode } from 'ethers';
import fc from 'fast-check';
import { qbftBlockHash, quorum, signersOf, verifyFinality, verifySeals } from '../../../protocol/chain/qbft.ts';
import { type Hex, toHex } from '../../../protocol/encoding/hex.ts';
import vectors from '../../vectors/qbft.json' with { type: 'json' };
import { codeOf } from '../codeOf.ts';
import { addressOf, sealedHeader, sealOf } from './sealedHeader.ts';

const keys = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);
const addresses = (...of: number[]) => of.map(addressOf);
const FOUR = keys(4);
const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

describe('quorum', () => {
  it('is two thirds of the validators, rounded up', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 10].map(quorum)).to.deep.equal([1, 2, 2, 3, 4, 4, 5, 7]);
  });
});

describe('qbftBlockHash', () => {
  it('does not depend on round and seals', () => {
    const one = sealedHeader({ number: 9, validators: FOUR });
    const other = sealedHeader({ number: 9, validators: FOUR, round: 3, signers: [1, 2, 3] });
    expect(one.header).not.to.equal(other.header);
    expect([qbftBlockHash(one.header), qbftBlockHash(other.header)]).to.deep.equal([one.hash, one.hash]);
  });

  it('refuses a header of another engine', () => {
    const items = ethersDecode(sealedHeader({ number: 9, validators: FOUR }).header) as string[];
    for (const extraData of ['0x', '0xc0', '0x00', `0x${'00'.repeat(32)}`]) {
      const header = encodeRlp(items.with(12, extraData)) as Hex;
      expect(codeOf(() => qbftBlockHash(header))).to.be.oneOf(['EXTRA_DATA_MALFORMED', 'RLP_MALFORMED']);
    }
    expect(codeOf(() => qbftBlockHash('0xc0'))).to.equal('HEADER_MALFORMED');
  });
});

describe('verifySeals', () => {
  for (const size of [1, 2, 3, 4, 7, 10]) {
    it(`takes a quorum of ${size}, and nothing less`, () => {
      const validators = keys(size);
      const needed = quorum(size);
      const enough = sealedHeader({ number: 1, validators, signers: validators.slice(-needed), round: 2 });
      expect(verifySeals(enough.header, addresses(...validators))).to.deep.equal(addresses(...validators.slice(-needed)));
      const tooFew = sealedHeader({ number: 1, validators, signers: validators.slice(0, needed - 1) });
      expect(codeOf(() => verifySeals(tooFew.header, addresses(...validators)))).to.equal('TOO_FEW_SEALS');
    });
  }

  it('knows the votes that a header may carry', () => {
    for (const vote of [
      [addressOf(9), '0xff'],
      [addressOf(9), '0x'],
    ]) {
      const { header, hash } = sealedHeader({ number: 1, validators: FOUR, vote });
      expect(verifySeals(header, addresses(...FOUR))).to.have.length(4);
      expect(qbftBlockHash(header)).to.equal(hash);
    }
  });

  it('refuses a signer that is no validator', () => {
    const { header } = sealedHeader({ number: 1, validators: FOUR, signers: [1, 2, 3, 9] });
    expect(codeOf(() => verifySeals(header, addresses(...FOUR)))).to.equal('SIGNER_UNKNOWN');
  });

  it('refuses a signer that is counted twice', () => {
    const { header } = sealedHeader({ number: 1, validators: FOUR, signers: [1, 2, 2] });
    expect(codeOf(() => verifySeals(header, addresses(...FOUR)))).to.equal('SIGNER_TWICE');
  });

  it('refuses a signer twice under the other form of its signature', () => {
    const { header, digest } = sealedHeader({ number: 1, validators: FOUR, signers: [1, 2] });
    const twin = highS(sealOf(2, digest));
    expect(
      codeOf(() =>
        verifySeals(
          withSeals(header, (seals) => [...seals, twin]),
          addresses(...FOUR),
        ),
      ),
    ).to.equal('SIGNER_TWICE');
  });

  it('refuses a header that names other validators than trusted', () => {
    const { header } = sealedHeader({ number: 1, validators: [5, 6, 7, 8] });
    expect(codeOf(() => verifySeals(header, addresses(...FOUR)))).to.equal('VALIDATORS_DIFFER');
    const { header: more } = sealedHeader({ number: 1, validators: keys(5), signers: FOUR });
    expect(codeOf(() => verifySeals(more, addresses(...FOUR)))).to.equal('VALIDATORS_DIFFER');
  });

  it('refuses an empty set of validators', () => {
    const { header } = sealedHeader({ number: 1, validators: [] });
    expect(codeOf(() => verifySeals(header, []))).to.equal('TOO_FEW_SEALS');
  });

  it('refuses extra data of a wrong shape', () => {
    const items = ethersDecode(sealedHeader({ number: 1, validators: FOUR }).header) as string[];
    const extraData = ethersDecode(items[12] as string) as string[];
    for (const wrong of [
      extraData.with(0, '0x00'),
      extraData.with(1, '0x'),
      extraData.with(2, '0x'),
      extraData.slice(0, 4),
      [...extraData, '0x'],
    ]) {
      const header = encodeRlp(items.with(12, encodeRlp(wrong))) as Hex;
      expect(codeOf(() => verifySeals(header, addresses(...FOUR)))).to.equal('EXTRA_DATA_MALFORMED');
    }
  });

  it('refuses malformed seals', () => {
    const { header } = sealedHeader({ number: 1, validators: FOUR });
    for (const seal of [`0x${'00'.repeat(65)}`, `0x${'ff'.repeat(64)}00`, `0x${'01'.repeat(64)}02`, `0x${'01'.repeat(64)}1b`]) {
      expect(
        codeOf(() =>
          verifySeals(
            withSeals(header, (seals) => [...seals.slice(0, 3), seal]),
            addresses(...FOUR),
          ),
        ),
      ).to.be.oneOf(['SEAL_MALFORMED', 'SIGNER_UNKNOWN']);
    }
    expect(
      codeOf(() =>
        verifySeals(
          withSeals(header, (seals) => [...seals, '0x00']),
          addresses(...FOUR),
        ),
      ),
    ).to.equal('EXTRA_DATA_MALFORMED');
  });

  it('refuses a header with any single byte altered', () => {
    const { header } = sealedHeader({ number: 1, validators: FOUR, signers: [1, 2, 3] });
    const bytes = Buffer.from(header.slice(2), 'hex');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
        const altered = Uint8Array.from(bytes);
        altered[index] = (altered[index] as number) ^ change;
        expect(() => verifySeals(toHex(altered), addresses(...FOUR))).to.throw();
      }),
      { numRuns: 300 },
    );
  });
});

describe('verifyFinality', () => {
  const grown = sealedHeader({ number: 100, validators: keys(5), signers: [1, 2, 3, 5] }).header;
  const shrunk = sealedHeader({ number: 200, validators: keys(4, 2) }).header;

  it('follows changes of the validators', () => {
    const { header } = sealedHeader({ number: 300, validators: keys(4, 2), signers: [3, 4, 5] });
    verifyFinality(header, addresses(...FOUR), [grown, shrunk]);
    verifyFinality(shrunk, addresses(...FOUR), [grown, shrunk]);
    verifyFinality(grown, addresses(...FOUR), [grown]);
  });

  it('refuses a history with a change left out', () => {
    const { header } = sealedHeader({ number: 300, validators: keys(4, 4) });
    expect(codeOf(() => verifyFinality(header, addresses(...FOUR), [grown, shrunk]))).to.equal('VALIDATORS_DIFFER');
    expect(codeOf(() => verifyFinality(header, addresses(...FOUR)))).to.equal('VALIDATORS_DIFFER');
  });

  it('refuses a change that a minority of the old set sealed', () => {
    const seized = sealedHeader({ number: 100, validators: [1, 2, 8, 9], signers: [1, 2, 8, 9] }).header;
    const { header } = sealedHeader({ number: 101, validators: [1, 2, 8, 9] });
    expect(codeOf(() => verifyFinality(header, addresses(...FOUR), [seized]))).to.equal('TOO_FEW_SEALS');
  });

  it('refuses a change that a minority of the new set sealed', () => {
    const stuffed = sealedHeader({ number: 100, validators: keys(10), signers: FOUR }).header;
    expect(codeOf(() => verifyFinality(stuffed, addresses(...FOUR), [stuffed]))).to.equal('TOO_FEW_SEALS');
  });

  it('refuses a history that does not go up to the block', () => {
    const { header: early } = sealedHeader({ number: 150, validators: keys(4, 2) });
    expect(codeOf(() => verifyFinality(shrunk, addresses(...FOUR), [shrunk, grown]))).to.be.oneOf(['HISTORY_UNORDERED', 'TOO_FEW_SEALS']);
    expect(codeOf(() => verifyFinality(shrunk, addresses(...FOUR), [grown, grown]))).to.equal('HISTORY_UNORDERED');
    expect(codeOf(() => verifyFinality(early, addresses(...FOUR), [grown, shrunk]))).to.equal('HISTORY_UNORDERED');
  });
});

describe('QBFT vectors', () => {
  for (const vector of vectors) {
    it(vector.name, () => {
      expect(qbftBlockHash(vector.header as Hex)).to.equal(vector.blockHash);
      expect(signersOf(vector.header as Hex)).to.deep.equal(vector.signers);
    });
  }
});

function withSeals(header: Hex, change: (seals: string[]) => string[]): Hex {
  const items = ethersDecode(header) as string[];
  const extraData = ethersDecode(items[12] as string) as string[];
  const seals = extraData[4] as unknown as string[];
  return encodeRlp(items.with(12, encodeRlp([...extraData.slice(0, 4), change(seals)]))) as Hex;
}

/** The same signature with `n - s` for `s` and the other recovery bit: it recovers to the same signer. */
function highS(seal: Hex): Hex {
  const s = SECP256K1_ORDER - BigInt(`0x${seal.slice(66, 130)}`);
  return `${seal.slice(0, 66)}${s.toString(16).padStart(64, '0')}${seal.endsWith('00') ? '01' : '00'}` as Hex;
}
