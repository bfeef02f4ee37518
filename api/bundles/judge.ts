import type { Bundle } from '../../protocol/verdict/bundle.ts';
import type { Verdict } from '../../protocol/verdict/verdict.ts';
import { verifyBundle } from '../../protocol/verdict/verifyBundle.ts';
import type { ApiNode } from '../node.ts';

/** The node's own run of the verifier, for reading; who relies on an answer checks the bundle. */
export function judge(node: ApiNode, bundle: Bundle, at?: string): Verdict {
  const now = new Date(node.clock()).toISOString();
  return verifyBundle(bundle, node.trust, { now, ...(at !== undefined && { at }) });
}
