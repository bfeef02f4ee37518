import { decodeHeader } from '../../protocol/chain/header.ts';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import { trustedCheckpoint } from './judge.ts';
import { fetchCheckpoint, type PageTrust } from './nodes.ts';

/** The newest count of state changes that any witness signs now; 0 where none answers. */
export async function newestSequence(trust: PageTrust): Promise<number> {
  const heads = await Promise.all(trust.witnesses.map(({ url }) => fetchCheckpoint(url)));
  return Math.max(0, ...heads.map((jws) => (jws === undefined ? 0 : (trustedCheckpoint(jws, trust)?.sequence ?? 0))));
}

/** A bundle, with the checkpoint of its block from every witness that the node left out: asked of that witness itself. */
export async function gatherBundle(trust: PageTrust, fetched: Promise<unknown>): Promise<unknown> {
  const bundle = (await fetched) as Bundle;
  const signed = new Set(bundle.block.cosignatures.map((jws) => trustedCheckpoint(jws, trust)?.witness.name));
  const { number: height } = decodeHeader(bundle.block.header);
  const missing = trust.witnesses.filter((witness) => !signed.has(witness.name));
  const signatures = await Promise.all(missing.map(({ url }) => fetchCheckpoint(url, height)));
  const added = signatures.filter((jws) => jws !== undefined);
  return { ...bundle, block: { ...bundle.block, cosignatures: [...bundle.block.cosignatures, ...added] } };
}
