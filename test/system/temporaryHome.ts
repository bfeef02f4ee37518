import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder for one system, to be removed after use. Others may pass through it: as root, the database runs as another user, and would else keep its files
 * outside of it (indexer/store/postgresPlace.ts).
 */
export function temporaryHome(prefix: string): string {
  const home = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(home, 0o755);
  return home;
}
