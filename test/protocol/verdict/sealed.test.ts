import { expect } from 'chai';
import { type Hex, toHex } from '../../../protocol/encoding/hex.ts';
import type { Bundle } from '../../../protocol/verdict/bundle.ts';
import { verifyBundle } from '../../../protocol/verdict/verifyBundle.ts';
import { demoClaims } from '../../fixtures/demoClaims.ts';
import {
  CODE_HASH,
  CONTRACT,
  credentialDocument,
  LABORATORY_REPORT,
  LedgerFixture,
  MEMBER,
  sealReport,
  TRUST,
} from '../../fixtures/ledgerFixture.ts';
import { stateTrie, storageTrie } from '../../fixtures/stateTrie.ts';
import { addressOf, sealedHeader } from '../chain/sealedHeader.ts';

const VALIDATORS = [1, 2, 3, 4];
const HEIGHT = 15_000_000;
// The header's time, as `sealedHeader` makes it.
const TIMESTAMP = 1_763_900_000 + 2 * HEIGHT;
const NOW = new Date((TIMESTAMP + 30) * 1000).toISOString();
const trust = { ...TRUST, validators: VALIDATORS.map(addressOf) };

function sealedBundle(signers: number[], validators = VALIDATORS): Bundle {
  const report = sealReport(demoClaims('laver/lab-report-export'));
  const ledger = new LedgerFixture().record(MEMBER.laboratory, report.leaf, LABORATORY_REPORT);
  const bundle = ledger.bundle([credentialDocument(report.sdJwt, MEMBER.laboratory, { leaf: report.leaf })]);
  const storage = storageTrie(ledger.words);
  const state = stateTrie(
    new Map<Hex, { storageRoot: Hex; codeHash: Hex }>([
      [CONTRACT, { storageRoot: storage.root, codeHash: CODE_HASH }],
      [toHex(new Uint8Array(20).fill(7)), { storageRoot: storage.root, codeHash: CODE_HASH }],
    ]),
  );
  const { header } = sealedHeader({ number: HEIGHT, validators, signers, stateRoot: state.root });
  return { ...bundle, block: { ...bundle.block, header, nodes: [...state.nodes, ...storage.nodes], cosignatures: [] } };
}

describe('verifyBundle with pinned validators', () => {
  it('takes the seals of a quorum, without witnesses', () => {
    const verdict = verifyBundle(sealedBundle([1, 2, 3]), trust, { now: NOW });
    expect(verdict.findings.filter(({ answer }) => answer !== 'VALID')).to.deep.equal([]);
    expect(verdict).to.include({ answer: 'VALID', finality: 'sealed', height: HEIGHT });
  });

  it('refuses too few seals, and those of others', () => {
    const judge = (bundle: Bundle) => verifyBundle(bundle, trust, { now: NOW }).findings[0]?.code;
    expect(judge(sealedBundle([1, 2]))).to.equal('BLOCK_FORGED');
    expect(judge(sealedBundle([5, 6, 7], [5, 6, 7]))).to.equal('BLOCK_FORGED');
  });

  it('is stale a while after the block', () => {
    const now = new Date((TIMESTAMP + 61) * 1000).toISOString();
    expect(verifyBundle(sealedBundle([1, 2, 3]), trust, { now }).answer).to.equal('CANNOT_CHECK');
  });
});
