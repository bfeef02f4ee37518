import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A row of docs/ROLES.md. */
export interface RoleRow {
  readonly name: string;
  readonly who: string;
  readonly shore: string;
  readonly pausable: string;
}

/** The table of each contract in docs/ROLES.md, by the contract's name. */
export function readRoleTables(): Map<string, readonly RoleRow[]> {
  const text = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'ROLES.md'), 'utf8');
  const sections = text.split(/^## /m).slice(1);
  return new Map(sections.map((section) => [section.slice(0, section.indexOf('\n')), rowsOf(section)]));
}

function rowsOf(section: string): RoleRow[] {
  const lines = section.split('\n').filter((line) => line.startsWith('| `'));
  return lines.map((line) => {
    const cells = /^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/.exec(line);
    if (cells === null) throw new Error(`no row of four cells: ${line}`);
    const [, name, who, shore, pausable] = cells as unknown as [string, string, string, string, string];
    return { name, who, shore, pausable };
  });
}
