import type { Companion } from '../../../protocol/lineage/travels.ts';

/** Whether what stands against other goods stands against these, too: not of what carried them, nor of what they carried once. */
export function bearsOn({ role }: Pick<Companion, 'role'>): boolean {
  return role !== 'unit' && role !== 'carried';
}
