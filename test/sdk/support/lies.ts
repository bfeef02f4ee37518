import type { Hex } from '../../../protocol/encoding/hex.ts';
import type { Bundle, BundleDocument } from '../../../protocol/verdict/bundle.ts';

/** What a liar has at hand. */
export interface LiarsStock {
  /** Bundle of the asked document from a moment ago, before it was revoked. */
  before: Bundle;
  /** The same, signed an hour ago, and a checkpoint of that time. */
  hourAgo: Bundle;
  checkpointHourAgo: string;
  /** Honest bundle of another document of another lot, on another block. */
  other: Bundle;
}

/** One way to lie about one document: what becomes of an answer that holds a bundle, and of a checkpoint. */
export interface Lie {
  name: string;
  bundle(honest: Bundle, stock: LiarsStock): unknown;
  checkpoint?(honest: string, stock: LiarsStock): string;
}

/** Ways in which a node, or whoever sits before it, can lie about one document. */
export const LIES: readonly Lie[] = [
  { name: 'drops a revocation', bundle: (_, { before }) => before },
  {
    name: 'serves the state of an hour ago, with its checkpoints',
    bundle: (_, { hourAgo }) => hourAgo,
    checkpoint: (_, { checkpointHourAgo }) => checkpointHourAgo,
  },
  { name: 'names another laboratory as issuer', bundle: (bundle) => withDocument(bundle, { issuer: 2 }) },
  {
    name: "gives another laboratory's profile",
    bundle: (bundle) => ({ ...bundle, members: { 1: bundle.members[1]?.replace('lab en', 'best lab') } }),
  },
  { name: "gives another product's proof", bundle: (_, { other }) => other },
  {
    name: "gives this document with another's proof",
    bundle: (bundle, { other }) => ({ ...bundle, block: { ...other.block, nodes: other.block.nodes } }),
  },
  { name: 'claims another chain', bundle: (bundle) => withBlock(bundle, { chainId: bundle.block.chainId + 1 }) },
  { name: 'claims another contract', bundle: (bundle) => withBlock(bundle, { contract: `0x${'7e'.repeat(20)}` }) },
  { name: 'forges the state root in the header', bundle: (bundle) => withBlock(bundle, { header: flip(bundle.block.header, 200) }) },
  {
    name: 'gives cosignatures of another block',
    bundle: (bundle, { other }) => withBlock(bundle, { cosignatures: other.block.cosignatures }),
  },
  {
    name: "leaves out one shore's cosignature",
    bundle: (bundle) => withBlock(bundle, { cosignatures: bundle.block.cosignatures.slice(0, 1) }),
    checkpoint: () => 'none',
  },
  { name: 'leaves out all cosignatures', bundle: (bundle) => withBlock(bundle, { cosignatures: [] }), checkpoint: () => 'none' },
  {
    name: 'alters a cosignature',
    bundle: (bundle) => withBlock(bundle, { cosignatures: bundle.block.cosignatures.map((jws) => `${jws.slice(0, -6)}AAAAAA`) }),
  },
  { name: 'leaves out proof nodes', bundle: (bundle) => withBlock(bundle, { nodes: bundle.block.nodes.slice(0, 1) }) },
  { name: 'alters a proof node', bundle: (bundle) => withBlock(bundle, { nodes: bundle.block.nodes.map((node) => flip(node, 20)) }) },
  {
    name: 'says the body is withheld and of another kind',
    bundle: (bundle) => ({
      ...bundle,
      documents: [{ type: 'withheld', reason: 'UNAVAILABLE', kind: 1, issuer: 1, anchor: { leaf: `0x${'00'.repeat(32)}` } }],
    }),
  },
  { name: 'answers with an empty bundle', bundle: (bundle) => ({ ...bundle, documents: [] }) },
  { name: 'answers with something that is no bundle', bundle: () => ['yes, valid'] },
  { name: 'answers with duplicate names', bundle: () => '{"format":"tidemark-bundle/1","format":"tidemark-bundle/1"}' },
];

/** Ways in which the file itself can be a lie. */
export const FORGERIES: readonly { name: string; forge(bundle: Bundle, other: Bundle): unknown }[] = [
  {
    name: 'a must-show field removed',
    forge: (bundle) => withPayload(bundle, (claims) => delete claims.credentialSubject.result[0].verdict),
  },
  {
    name: 'a failed result turned into a passed one',
    forge: (bundle) => withPayload(bundle, (claims) => (claims.credentialSubject.overall = 'NONCONFORM')),
  },
  { name: 'the lot changed', forge: (bundle) => withPayload(bundle, (claims) => (claims.credentialSubject.lot = 'X')) },
  { name: 'the expiry removed', forge: (bundle) => withPayload(bundle, (claims) => (claims.validUntil = '2099-01-01T00:00:00Z')) },
  { name: 'a number turned into a text', forge: (bundle) => withPayload(bundle, (claims) => (claims.credentialSubject.sample.size = '5')) },
  {
    name: "another document's body",
    forge: (bundle, other) => withDocument(bundle, { sdJwt: (other.documents[0] as { sdJwt: string }).sdJwt }),
  },
  {
    name: "another document's leaf",
    forge: (bundle, other) => withDocument(bundle, { anchor: (other.documents[0] as BundleDocument).anchor }),
  },
  {
    name: 'an inclusion path that leads nowhere',
    forge: (bundle) =>
      withDocument(bundle, {
        anchor: { leaf: leafOf(bundle), inclusion: { root: leafOf(bundle), size: 2, index: 0, path: [leafOf(bundle)] } },
      }),
  },
  {
    name: 'a disclosure that was never signed',
    forge: (bundle) =>
      withDocument(bundle, {
        sdJwt: `${(bundle.documents[0] as { sdJwt: string }).sdJwt}WyJhYWFhYWFhYWFhYWFhYWFhYWFhYWFhIiwiY2xpZW50IiwiTm9ib2R5Il0~`,
      }),
  },
];

// biome-ignore lint/suspicious/noExplicitAny: forged claims have any shape
type Claims = any;

function withPayload(bundle: Bundle, change: (claims: Claims) => void): unknown {
  const { sdJwt } = bundle.documents[0] as { sdJwt: string };
  const [header, payload, rest] = sdJwt.split('.') as [string, string, string];
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  change(claims);
  return withDocument(bundle, { sdJwt: [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), rest].join('.') });
}

function withDocument(bundle: Bundle, change: object): unknown {
  return { ...bundle, documents: [{ ...bundle.documents[0], ...change }] };
}

function withBlock(bundle: Bundle, change: Partial<Bundle['block']>): unknown {
  return { ...bundle, block: { ...bundle.block, ...change } };
}

function leafOf(bundle: Bundle): Hex {
  return (bundle.documents[0] as BundleDocument).anchor.leaf;
}

/** Changes one hex digit. */
function flip(hex: Hex, at: number): Hex {
  const index = Math.min(at, hex.length - 1);
  return `${hex.slice(0, index)}${hex[index] === '0' ? '1' : '0'}${hex.slice(index + 1)}` as Hex;
}
