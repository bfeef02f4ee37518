import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { type NodeRequest, nodeOfRequest, signNodeRequest } from '../../../protocol/access/nodeRequest.ts';
import { CHECKPOINT_TYPE } from '../../../protocol/checkpoint/checkpoint.ts';
import { toUtf8 } from '../../../protocol/encoding/utf8.ts';
import { generateKeyPair, keyId, publicJwk } from '../../../protocol/jose/jwk.ts';
import { signJws } from '../../../protocol/jose/jws.ts';

const NOW = 1_795_000_000;
const [korea, stranger] = [generateKeyPair((length) => randomBytes(length)), generateKeyPair((length) => randomBytes(length))];
const NODES = [{ name: 'korea', jwk: publicJwk(korea) }];
const REQUEST: NodeRequest = { iss: 'korea', aud: 'qingdao', path: '/bodies/0x11', iat: NOW };
const ASKED = { name: 'qingdao', path: '/bodies/0x11', now: NOW };

describe('nodeOfRequest', () => {
  it('names the node that signed', () => {
    expect(nodeOfRequest(signNodeRequest(REQUEST, korea), NODES, ASKED)).to.equal(NODES[0]);
  });

  it('holds within a minute and no longer', () => {
    const signedAt = (iat: number) => outcome(signNodeRequest({ ...REQUEST, iat }, korea));
    expect([-50, 10].map((by) => signedAt(NOW + by))).to.deep.equal(['korea', 'korea']);
    expect([-51, 11].map((by) => signedAt(NOW + by))).to.deep.equal(['REQUEST_EXPIRED', 'REQUEST_EXPIRED']);
  });

  for (const [name, request] of [
    ['for another node', { aud: 'busan' }],
    ['for another leaf', { path: '/bodies/0x22' }],
    ['for another route', { path: '/releases/0x11' }],
    ['in the name of another node', { iss: 'busan' }],
  ] as const) {
    it(`refuses a request ${name}`, () => {
      expect(outcome(signNodeRequest({ ...REQUEST, ...request }, korea))).to.equal('REQUEST_OF_ANOTHER');
    });
  }

  it('refuses a key that is not trusted, and a foreign signature under a trusted one', () => {
    expect(outcome(signNodeRequest(REQUEST, stranger))).to.equal('SIGNATURE_WRONG');
    const [head, payload] = signNodeRequest(REQUEST, korea).split('.');
    const [, , signature] = signNodeRequest(REQUEST, stranger).split('.');
    expect(outcome([head, payload, signature].join('.'))).to.equal('SIGNATURE_WRONG');
  });

  it('refuses what the same key signed for something else', () => {
    const header = { typ: CHECKPOINT_TYPE, kid: keyId(korea) };
    expect(outcome(signJws(header, toUtf8(JSON.stringify(REQUEST)), korea))).to.equal('REQUEST_MALFORMED');
  });

  it('refuses what is no request', () => {
    const signed = (payload: string) => outcome(signJws({ typ: 'tidemark-request+jwt', kid: keyId(korea) }, toUtf8(payload), korea));
    expect(signed(JSON.stringify({ ...REQUEST, iat: '1795000000' }))).to.equal('REQUEST_MALFORMED');
    expect(signed('[]')).to.equal('REQUEST_MALFORMED');
    expect(outcome('x'.repeat(5_000))).to.equal('REQUEST_MALFORMED');
    expect(outcome('x.y')).to.equal('JWS_MALFORMED');
  });
});

function outcome(compact: string): string | undefined {
  try {
    return nodeOfRequest(compact, NODES, ASKED).name;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}
