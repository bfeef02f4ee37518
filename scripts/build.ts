/** `npm run build`: builds what runs from `dist/`, the node and the files of its pages. */

import { LANGUAGES } from '../web/texts/textsOf.ts';
import { buildNode } from './buildNode.ts';
import { buildWeb } from './buildWeb.ts';

const [size, { assets, gzipped }] = await Promise.all([buildNode(), buildWeb()]);
process.stdout.write(`dist/node ${size} bytes\n`);
const files: [string, number][] = [
  [assets.style, gzipped.style],
  ...LANGUAGES.map((language): [string, number] => [assets.scripts[language], gzipped.scripts[language]]),
  [assets.trace.style, gzipped.trace.style],
  [assets.trace.script, gzipped.trace.script],
];
process.stdout.write(files.map(([address, bytes]) => `${address} ${bytes} bytes gzipped\n`).join(''));
