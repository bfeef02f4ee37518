import type { Hex } from '../../protocol/encoding/hex.ts';
import type { ApiNode } from '../node.ts';

/** Resolves with true when queries find an event, with false after `timeoutMs`. */
export async function waitIndexed({ catalogue }: Pick<ApiNode, 'catalogue'>, leaf: Hex, timeoutMs: number): Promise<boolean> {
  if (catalogue.isIndexed(leaf)) return true;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const look = () => {
    if (catalogue.isIndexed(leaf)) resolve(true);
  };
  catalogue.news.on('indexed', look);
  const timer = setTimeout(() => resolve(false), timeoutMs);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    catalogue.news.off('indexed', look);
  }
}
