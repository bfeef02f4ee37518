/** `npm run build`: builds what runs from `dist/`, the node and the files of its pages. */
import { buildNode } from './buildNode.ts';
import { buildWeb } from './buildWeb.ts';

const [size, { assets, gzipped }] = await Promise.all([buildNode(), buildWeb()]);
process.stdout.write(`dist/node ${size} bytes\n`);
for (const [files, sizes] of [
  [assets, gzipped],
  [assets.trace, gzipped.trace],
] as const)
  process.stdout.write(`${files.script} ${sizes.script} bytes gzipped\n${files.style} ${sizes.style} bytes gzipped\n`);
