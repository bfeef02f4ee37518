import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recallFiles } from '../demo/recall/recallFiles.ts';

/** Writes the documents of the recall where `tidemark capture` finds them, and returns their folder. Written again, they are the same. */
export function writeRecall(home: string): string {
  const folder = join(home, 'demo', 'recall');
  mkdirSync(folder, { recursive: true });
  for (const { name, document } of recallFiles()) writeFileSync(join(folder, name), `${JSON.stringify(document, undefined, 2)}\n`);
  return folder;
}
