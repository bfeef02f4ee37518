import { expect } from 'chai';
import hre from 'hardhat';
import { KIND, REASON } from '../../protocol/ledger/codes.ts';
import { documentOf, enrolLaboratory, type NewLedger, newLedger, reportOf } from './support/newLedger.ts';

const PUSH1 = 0x60;
const PUSH32 = 0x7f;
const FORBIDDEN = new Map([
  [0xf0, 'CREATE'],
  [0xf1, 'CALL'],
  [0xf2, 'CALLCODE'],
  [0xf4, 'DELEGATECALL'],
  [0xf5, 'CREATE2'],
  [0xff, 'SELFDESTRUCT'],
]);
/** EIP-170. */
const LARGEST_CODE = 24_576;
const SHA_256 = 2n;

describe('Ledger', () => {
  describe('bytecode', () => {
    it('holds no call, creation or self-destruction', async () => {
      const names = opcodesOf(await deployedCode()).flatMap((opcode) => FORBIDDEN.get(opcode) ?? []);
      expect(names).to.deep.equal([]);
    });

    it('finds a forbidden opcode where there is one', () => {
      expect(opcodesOf(Uint8Array.of(PUSH1, 0xf4, 0xff, 0, 0)).map((opcode) => FORBIDDEN.get(opcode))).to.deep.equal([
        undefined,
        'SELFDESTRUCT',
      ]);
    });

    it('is within the size of a contract', async () => {
      expect((await deployedCode()).length).to.be.at.most(LARGEST_CODE);
    });
  });

  describe('execution', () => {
    it('calls nothing but the SHA-256 precompile', async () => {
      const chain = await newLedger();
      const { laboratory } = await enrolLaboratory(chain);
      const { leaf } = documentOf('a');
      const sent = [
        await laboratory.anchor(reportOf('a', leaf)),
        await laboratory.anchorMany([reportOf('b')]),
        await laboratory.anchorRoot(documentOf('root').leaf, 2, KIND.LABORATORY_REPORT, 0, [{ subject: leaf, leaf }]),
        await laboratory.suspend(leaf, REASON.UNDER_INVESTIGATION),
        await laboratory.reinstate(leaf, REASON.INVESTIGATION_CLOSED),
        await laboratory.supersede(leaf, reportOf('c'), REASON.REPLACED),
        await laboratory.revoke(documentOf('b').leaf, REASON.FRAUD),
      ];
      const called = await Promise.all(sent.map(({ hash }) => calledBy(chain, hash)));
      for (const addresses of called) expect(addresses).to.not.be.empty;
      expect(new Set(called.flat())).to.deep.equal(new Set([SHA_256]));
    });
  });
});

async function deployedCode(): Promise<Uint8Array> {
  const { deployedBytecode } = await hre.artifacts.readArtifact('Ledger');
  return Buffer.from(deployedBytecode.slice(2), 'hex');
}

/** The opcodes of a contract's code, without what is pushed, and without the metadata whose length the last two bytes give. */
function opcodesOf(code: Uint8Array): number[] {
  const metadata = ((code.at(-2) ?? 0) << 8) + (code.at(-1) ?? 0) + 2;
  const opcodes: number[] = [];
  for (let at = 0; at < code.length - metadata; at++) {
    const opcode = code[at] as number;
    opcodes.push(opcode);
    if (opcode >= PUSH1 && opcode <= PUSH32) at += opcode - PUSH1 + 1;
  }
  return opcodes;
}

interface Step {
  op: string;
  stack: string[];
}

/** Addresses that a transaction's code called, by any of the call opcodes: the second word of the stack. */
async function calledBy({ send }: NewLedger, hash: string): Promise<bigint[]> {
  const { structLogs } = (await send('debug_traceTransaction', [hash, { disableStorage: true, disableMemory: true }])) as {
    structLogs: Step[];
  };
  return structLogs.filter(({ op }) => op.endsWith('CALL')).map(({ stack }) => BigInt(`0x${(stack.at(-2) as string).replace('0x', '')}`));
}
