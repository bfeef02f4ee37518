import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ITEM, LOT, PLACE, PRODUCT, startResolverScene, UNIT } from '../api/support/resolverScene.ts';
import { linksetSchema } from './registry/resolverClient.ts';
import { type Case, type Outcome, runCases } from './registry/suite.ts';

/** GS1's schema of linksets, with its examples. */
export const corpus = 'gs1/gs1-linkset';

/** The four examples of the schemas, the linkset of the resolvers' test suite, and five of a node. */
export const cases = 10;

const EXAMPLES = [
  ['linkset-schema.json', 'gs1-linkset/valid-basic-example.json', true],
  ['linkset-schema.json', 'gs1-linkset/invalid-basic-example.json', false],
  ['gs1-linkset-schema.json', 'gs1-linkset/valid-gs1-example.json', true],
  ['gs1-linkset-schema.json', 'gs1-linkset/invalid-gs1-example.json', false],
  ['gs1-linkset-schema.json', 'gs1-resolver-testsuite/modelLinkset.json', true],
] as const;

/** Judges the examples as their names say, and every linkset that a node with all kinds of links gives. */
export async function run(corpora: string): Promise<Outcome> {
  const read = (file: string) => JSON.parse(readFileSync(join(corpora, 'gs1', file), 'utf8')) as unknown;
  const examples = EXAMPLES.map(([schema, file, valid]): Case => [file, () => linksetSchema(corpora, schema)(read(file)) === valid]);
  const { node } = await startResolverScene();
  try {
    const isValid = linksetSchema(corpora, 'gs1-linkset-schema.json');
    const own = await Promise.all(
      [PRODUCT, LOT, ITEM, UNIT, PLACE].map(async (path): Promise<Case> => {
        const linkset: unknown = await (await fetch(`${node.url}${path}?linkType=linkset`)).json();
        return [path, () => isValid(linkset)];
      }),
    );
    return runCases([...examples, ...own]);
  } finally {
    await node.close();
  }
}
