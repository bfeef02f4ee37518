import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { AbiCoder } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { COMPANION_KIND } from '../../protocol/law/codes.ts';
import { readFiling } from '../../protocol/law/filing.ts';
import { profileDigest } from '../../protocol/law/limitProfile.ts';
import { subjectKey } from '../../protocol/ledger/ids.ts';
import { encode } from '../../sdk/chain/calls.ts';
import { SdkError } from '../../sdk/errors.ts';
import { readAuthority } from '../../sdk/govern/council.ts';
import { fileSubject } from '../../sdk/law/file.ts';
import { type OpenMember, openMember } from '../../sdk/member/openMember.ts';
import { hasArtifact } from './support/ledger.ts';
import { startWorld, type World } from './support/world.ts';

const ARTIFACT = join(import.meta.dirname, '../../artifacts/contracts/Registry.sol/Registry.json');
const SALT: Hex = `0x${'5a'.repeat(16)}`;
const party = (country: string) =>
  readFiling(JSON.stringify({ gln: '9521001000000', name: { zh: '名', ko: '이름', en: 'Name' }, country }));

describe('fileSubject on a chain', () => {
  let world: World;
  let chamber: OpenMember;
  let lab: OpenMember;

  before(async function () {
    if (!hasArtifact) this.skip();
    world = await startWorld();
    chamber = keeping(openMember(world.home, 'chamber'));
    lab = keeping(openMember(world.home, 'lab'));
    await addRegistry();
  });
  after(async () => {
    chamber?.close();
    lab?.close();
    await world?.stop();
  });

  it('files a party, and every other text of it as a new version', async () => {
    const [first, second] = [party('KR'), party('CN')];
    expect(await fileSubject(chamber, first)).to.include({ version: 1, isNew: true, digest: profileDigest(first.text) });
    expect(await fileSubject(chamber, first)).to.include({ version: 1, isNew: false });
    expect(await fileSubject(chamber, second)).to.include({ version: 2, isNew: true });
    expect(await fileSubject(chamber, first)).to.include({ version: 3, isNew: true });
    expect(await fileSubject(chamber, first)).to.include({ version: 3, isNew: false });
  });

  it('is refused to who may not file', async () => {
    const refused = await fileSubject(lab, party('JP')).catch((error: SdkError) => error);
    expect(refused).to.be.instanceOf(SdkError).and.include({ code: 'ROLE_MISSING' });
  });

  /** Both shores add the contract; on this chain anybody may speak for them. */
  async function addRegistry(): Promise<void> {
    const { provider, contract } = world.ledger;
    const both = await readAuthority(world.ledger, 'BOTH');
    const { bytecode } = JSON.parse(readFileSync(ARTIFACT, 'utf8')) as { bytecode: string };
    const send = async (data: string, to?: Hex) => {
      await provider.send('anvil_impersonateAccount', [both]);
      const gas = '0x989680';
      const hash = await provider.send('eth_sendTransaction', [{ from: both, data, gas, gasPrice: '0x0', ...(to && { to }) }]);
      for (;;) {
        const receipt = (await provider.send('eth_getTransactionReceipt', [hash])) as { status: Hex; contractAddress: Hex } | null;
        if (receipt === null) continue;
        expect(receipt.status).to.equal('0x1');
        return receipt.contractAddress;
      }
    };
    const registry = await send(bytecode + AbiCoder.defaultAbiCoder().encode(['address'], [contract]).slice(2));
    await send(encode('addCompanion', [registry, COMPANION_KIND.REGISTRY]), contract);
  }

  /** The member with a node that keeps texts. */
  function keeping(member: OpenMember): OpenMember {
    const storeFiling = async ({ id, text }: { id: string; text: string }) => ({
      ...{ id, salt: SALT, subject: subjectKey(id, SALT), digest: profileDigest(text) },
    });
    return { ...member, node: { ...member.node, storeFiling } };
  }
});
