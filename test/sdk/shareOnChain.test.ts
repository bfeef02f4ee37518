import { expect } from 'chai';
import { readRelease, releaseFingerprint } from '../../protocol/access/release.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { KIND, STATUS } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { receiverOf, share } from '../../sdk/access/share.ts';
import { readRecord } from '../../sdk/chain/readState.ts';
import { SdkError } from '../../sdk/errors.ts';
import { type OpenMember, openMember } from '../../sdk/member/openMember.ts';
import { changeStatus } from '../../sdk/notarise/changeStatus.ts';
import { hasArtifact } from './support/ledger.ts';
import { startWorld, type World } from './support/world.ts';

const ONE: Hex = `0x${'11'.repeat(32)}`;
const TWO: Hex = `0x${'22'.repeat(32)}`;

describe('share on a chain', () => {
  let world: World;
  let lab: OpenMember;
  const texts: string[] = [];

  before(async function () {
    if (!hasArtifact) this.skip();
    world = await startWorld();
    lab = keeping(openMember(world.home, 'lab'));
  });
  after(async () => {
    lab?.close();
    await world?.stop();
  });

  const request = { documents: [TWO, ONE, TWO], to: 7, basis: 'Arrangement 3, article 5 (DEMO)' };
  const recordOf = (leaf: Hex) => readRecord(world.ledger, recordId(lab.file.member, leaf));

  it('records a release by its salted text, once', async () => {
    const { leaf, documents, isNew } = await share(lab, request);
    expect({ documents, isNew }).to.deep.equal({ documents: 2, isNew: true });
    expect(readRelease(texts.at(-1) ?? '')).to.deep.include({ by: lab.file.member, to: 7, documents: [ONE, TWO] });
    expect(await recordOf(leaf)).to.include({ kind: KIND.RELEASE, status: STATUS.ACTIVE, size: 1 });
    expect(await share(lab, request)).to.deep.equal({ leaf, documents: 2, isNew: false });
  });

  it('is another record for another ground or receiver', async () => {
    const { leaf } = await share(lab, request);
    const others = [await share(lab, { ...request, to: 'ALL' }), await share(lab, { ...request, basis: 'Decision 12 (DEMO)' })];
    expect(new Set([leaf, ...others.map((other) => other.leaf)]).size).to.equal(3);
  });

  it('is withdrawn by revoking it, and can be given anew', async () => {
    const { leaf } = await share(lab, request);
    await changeStatus({ member: lab, leaf, change: 'revoke', reason: 'ADMINISTRATIVE' });
    expect(await recordOf(leaf)).to.include({ status: STATUS.REVOKED });
    const again = await share(lab, request);
    expect(again.isNew).to.equal(true);
    expect(again.leaf).to.not.equal(leaf);
  });

  it('believes no node that stored something else', async () => {
    const lying = { ...lab, node: { ...lab.node, storeRelease: async () => ({ leaf: ONE }) } };
    const refused = await share(lying, { ...request, basis: 'Decision 13 (DEMO)' }).catch((error: SdkError) => error);
    expect(refused).to.be.instanceOf(SdkError).and.include({ code: 'NODE_ANSWER_MALFORMED' });
  });

  function keeping(member: OpenMember): OpenMember {
    const storeRelease = async (text: string) => {
      texts.push(text);
      return { leaf: releaseFingerprint(text).leaf };
    };
    return { ...member, node: { ...member.node, storeRelease } };
  }
});

describe('receiverOf', () => {
  it('reads a member or everybody', () => {
    expect([receiverOf('7'), receiverOf('all')]).to.deep.equal([7, 'ALL']);
    for (const text of ['0', '-1', 'everybody', '']) expect(() => receiverOf(text), text).to.throw(SdkError);
  });
});
