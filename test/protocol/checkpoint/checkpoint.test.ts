import { expect } from 'chai';
import { CHECKPOINT_TYPE, type Checkpoint, readCheckpoint, signCheckpoint } from '../../../protocol/checkpoint/checkpoint.ts';
import { toUtf8 } from '../../../protocol/encoding/utf8.ts';
import { keyId } from '../../../protocol/jose/jwk.ts';
import { signJws } from '../../../protocol/jose/jws.ts';
import type { JsonObject } from '../../../protocol/json/jsonValue.ts';
import { KEYS, TRUST } from '../../fixtures/ledgerFixture.ts';
import { codeOf } from '../codeOf.ts';

const checkpoint: Checkpoint = {
  iss: 'qingdao',
  iat: 1_763_900_000,
  chainId: 31337,
  contract: `0x${'c0'.repeat(20)}`,
  height: 123,
  hash: `0x${'aa'.repeat(32)}`,
  timestamp: 1_763_899_999,
  sequence: 456,
  indexDigest: `0x${'bb'.repeat(32)}`,
};

function signed(payload: unknown, header: JsonObject = { typ: CHECKPOINT_TYPE, kid: keyId(KEYS.qingdao) }): string {
  return signJws(header, toUtf8(JSON.stringify(payload)), KEYS.qingdao);
}

describe('checkpoint', () => {
  describe('readCheckpoint', () => {
    it('reads what was signed and names the witness', () => {
      const { witness, ...rest } = readCheckpoint(signCheckpoint(checkpoint, KEYS.qingdao), TRUST.witnesses);
      expect(rest).to.deep.equal(checkpoint);
      expect(witness.shore).to.equal('CN');
    });

    it('refuses a key that is not trusted', () => {
      expect(codeOf(() => readCheckpoint(signCheckpoint(checkpoint, KEYS.stranger), TRUST.witnesses))).to.equal('WITNESS_UNKNOWN');
    });

    it('refuses the name of another witness', () => {
      expect(codeOf(() => readCheckpoint(signCheckpoint({ ...checkpoint, iss: 'korea' }, KEYS.qingdao), TRUST.witnesses))).to.equal(
        'WITNESS_UNKNOWN',
      );
    });

    it('refuses a signature by another than kid says', () => {
      const forged = signJws({ typ: CHECKPOINT_TYPE, kid: keyId(KEYS.qingdao) }, toUtf8(JSON.stringify(checkpoint)), KEYS.stranger);
      expect(codeOf(() => readCheckpoint(forged, TRUST.witnesses))).to.equal('SIGNATURE_WRONG');
    });

    it('refuses another type of token', () => {
      expect(codeOf(() => readCheckpoint(signed(checkpoint, { typ: 'vc+sd-jwt', kid: keyId(KEYS.qingdao) }), TRUST.witnesses))).to.equal(
        'CHECKPOINT_MALFORMED',
      );
    });

    for (const field of Object.keys(checkpoint)) {
      it(`refuses a missing or odd ${field}`, () => {
        const { [field as keyof Checkpoint]: _, ...rest } = checkpoint;
        expect(codeOf(() => readCheckpoint(signed(rest), TRUST.witnesses))).to.equal('CHECKPOINT_MALFORMED');
        expect(codeOf(() => readCheckpoint(signed({ ...checkpoint, [field]: -1 }), TRUST.witnesses))).to.equal('CHECKPOINT_MALFORMED');
      });
    }
  });
});
