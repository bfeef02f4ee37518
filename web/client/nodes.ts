import { parseStrict } from '../../protocol/json/parseStrict.ts';
import type { Trust, Witness } from '../../protocol/verdict/verdict.ts';

/** What the page trusts, as the node publishes it: each witness with the address at which it answers. */
export interface PageTrust extends Trust {
  witnesses: (Witness & { url: string })[];
}

const PATIENCE_MS = 5000;
const BUNDLE_TYPE = 'application/vnd.tidemark.bundle+json';

/** The trust list of this page's node. @throws where it cannot be had */
export async function fetchTrust(): Promise<PageTrust> {
  return parseStrict(await fetchText('/assets/trust.json', 'application/json')) as unknown as PageTrust;
}

/** The bundle of the page's subject, from the address of the page itself. @throws where it cannot be had */
export async function fetchBundle(): Promise<unknown> {
  return parseStrict(await fetchText(location.pathname, BUNDLE_TYPE));
}

/** The bundle of other goods, from the page's node. @throws where it cannot be had */
export async function fetchBundleOf(id: string): Promise<unknown> {
  return parseStrict(await fetchText(`/subjects?id=${encodeURIComponent(id)}`, BUNDLE_TYPE));
}

/** A node's signed checkpoint, newest or at a height; undefined where the node does not answer: that is a finding, not an error. */
export async function fetchCheckpoint(node: string, height?: number): Promise<string | undefined> {
  const path = height === undefined ? '/checkpoint' : `/checkpoint/${height}`;
  try {
    return (await fetchText(new URL(path, node).href, '*/*')).trim();
  } catch {
    return undefined;
  }
}

async function fetchText(address: string, accept: string): Promise<string> {
  const answer = await fetch(address, { headers: { accept }, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}
