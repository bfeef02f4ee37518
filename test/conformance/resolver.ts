import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOT, startResolverScene } from '../api/support/resolverScene.ts';
import { startTlsFront } from '../api/support/tlsFront.ts';
import { type Check, RESOLVER_CHECKS } from './registry/resolverChecks.ts';
import { openResolverClient, type ResolverClient } from './registry/resolverClient.ts';
import type { Outcome } from './registry/suite.ts';

/** What the GS1 test suite for resolvers checks. */
export const corpus = 'gs1/gs1-resolver-testsuite/checks.json';

/** Its checks. */
export const cases = 31;

/** Runs each against a node behind TLS: a lot with a certificate and reports, at its Digital Link. */
export async function run(corpora: string): Promise<Outcome> {
  const { checks } = JSON.parse(readFileSync(join(corpora, corpus), 'utf8')) as { checks: { id: string; expect: string }[] };
  const front = await startTlsFront();
  const { node } = await startResolverScene(front.url);
  front.lead(node.url);
  try {
    const client = openResolverClient(front.url + LOT, front.cert, corpora);
    const outcome: Outcome = { passed: 0, total: 0, failures: [] };
    for (const { id, expect } of checks) {
      const problem = await problemOf(RESOLVER_CHECKS[id], client);
      outcome.total += 1;
      if (problem === undefined) outcome.passed += 1;
      else outcome.failures.push(`${id} (${expect}): ${problem}`);
    }
    return outcome;
  } finally {
    await node.close();
    front.close();
  }
}

async function problemOf(check: Check | undefined, client: ResolverClient): Promise<string | undefined> {
  if (check === undefined) return 'no such check here';
  try {
    return (await check(client)) ? undefined : 'not as expected';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
