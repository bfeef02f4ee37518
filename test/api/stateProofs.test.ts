import { expect } from 'chai';
import { openStateProofs } from '../../api/bundles/stateProofs.ts';
import { blockHash, encodeHeader } from '../../protocol/chain/header.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { FastProvider } from '../../sdk/chain/provider.ts';
import { rejection } from './support/outcomes.ts';

const [LEDGER, CLEARANCE, LABORATORIES] = ['c0', 'c1', '1a'].map((byte): Hex => `0x${byte.repeat(20)}`) as [Hex, Hex, Hex];
const hash = (digit: string): Hex => `0x${digit.repeat(64)}`;
const slotOf = (number: number): Hex => `0x${number.toString(16).padStart(64, '0')}`;
const FIELDS = {
  ...{ parentHash: hash('1'), sha3Uncles: hash('2'), miner: `0x${'33'.repeat(20)}`, stateRoot: hash('3'), transactionsRoot: hash('4') },
  ...{ receiptsRoot: hash('5'), logsBloom: `0x${'00'.repeat(256)}`, difficulty: '0x0', number: '0x7', gasLimit: '0x1c9c380' },
  ...{ gasUsed: '0x0', timestamp: '0x64', extraData: '0x', mixHash: hash('0'), nonce: '0x0000000000000000' },
};
const HEADER = encodeHeader(FIELDS);
const BLOCK = { height: 7, hash: blockHash(HEADER) };

/** A chain that names contract and slot in the nodes that it gives, and notes what it is asked for. */
function chain() {
  const asked: { contract: Hex; slots: number }[] = [];
  let isAway = false;
  const send = async (method: string, [contract, slots, height]: [Hex, Hex[], Hex]) => {
    if (isAway) throw new Error('away');
    if (method === 'eth_getBlockByNumber') return FIELDS;
    expect(height).to.equal('0x7');
    asked.push({ contract, slots: slots.length });
    return { accountProof: [`${contract}ac`], storageProof: slots.map((slot) => ({ proof: [`${contract}${slot.slice(2)}`] })) };
  };
  const setAway = (away: boolean) => {
    isAway = away;
  };
  return { provider: { send } as unknown as FastProvider, asked, setAway };
}

describe('openStateProofs', () => {
  it('proves slots of several contracts with one request each', async () => {
    const { provider, asked } = chain();
    const proofs = openStateProofs(provider);
    const one = proofs.prove(
      BLOCK,
      new Map([
        [LEDGER, [slotOf(1), slotOf(2)]],
        [CLEARANCE, [slotOf(1)]],
      ]),
    );
    const other = proofs.prove(
      BLOCK,
      new Map([
        [LEDGER, [slotOf(2), slotOf(3)]],
        [LABORATORIES, [slotOf(9)]],
      ]),
    );
    expect((await one).header).to.equal(HEADER);
    const node = (contract: Hex, slot: number) => `${contract}${slotOf(slot).slice(2)}`;
    expect((await one).nodes).to.have.members([`${LEDGER}ac`, node(LEDGER, 1), node(LEDGER, 2), `${CLEARANCE}ac`, node(CLEARANCE, 1)]);
    expect((await other).nodes).to.have.members([
      ...[`${LEDGER}ac`, node(LEDGER, 2), node(LEDGER, 3)],
      ...[`${LABORATORIES}ac`, node(LABORATORIES, 9)],
    ]);
    expect(asked).to.have.deep.members([
      { contract: LEDGER, slots: 3 },
      { contract: CLEARANCE, slots: 1 },
      { contract: LABORATORIES, slots: 1 },
    ]);
  });

  it('asks nothing twice of one block', async () => {
    const { provider, asked } = chain();
    const proofs = openStateProofs(provider);
    const slots = new Map([
      [LEDGER, [slotOf(1)]],
      [CLEARANCE, [slotOf(1)]],
    ]);
    const first = await proofs.prove(BLOCK, slots);
    expect(await proofs.prove(BLOCK, slots)).to.deep.equal(first);
    expect(asked).to.have.length(2);
  });

  it('splits what is too much for one request', async () => {
    const { provider, asked } = chain();
    const slots = Array.from({ length: 450 }, (_, index) => slotOf(index));
    const { nodes } = await openStateProofs(provider).prove(BLOCK, new Map([[CLEARANCE, slots]]));
    expect(nodes).to.have.length(451);
    expect(asked.map((each) => each.slots)).to.deep.equal([200, 200, 50]);
  });

  it('asks nothing of a contract without slots', async () => {
    const { provider, asked } = chain();
    expect((await openStateProofs(provider).prove(BLOCK, new Map([[LEDGER, []]]))).nodes).to.deep.equal([]);
    expect(asked).to.deep.equal([]);
  });

  it('asks anew after the chain was away', async () => {
    const { provider, setAway } = chain();
    const proofs = openStateProofs(provider);
    const slots = new Map([
      [LEDGER, [slotOf(1)]],
      [CLEARANCE, [slotOf(1)]],
    ]);
    setAway(true);
    expect(await rejection(proofs.prove(BLOCK, slots))).to.be.instanceOf(Error);
    setAway(false);
    expect((await proofs.prove(BLOCK, slots)).nodes).to.have.length(4);
  });

  it('proves no block that the chain does not have', async () => {
    const { provider } = chain();
    const gone = { ...BLOCK, hash: hash('9') };
    expect(await rejection(openStateProofs(provider).prove(gone, new Map([[LEDGER, [slotOf(1)]]])))).to.equal('INDEX_BEHIND');
  });
});
