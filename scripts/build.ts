/** `npm run build`: builds what runs from `dist/`, the node and the files of its pages. */
import { buildNode } from './buildNode.ts';
import { buildWeb } from './buildWeb.ts';

const [size, { assets, gzipped }] = await Promise.all([buildNode(), buildWeb()]);
process.stdout.write(`dist/node ${size} bytes\n`);
process.stdout.write(`${assets.script} ${gzipped.script} bytes gzipped\n${assets.style} ${gzipped.style} bytes gzipped\n`);
