/**
 * Runs the public test corpora against this implementation: `npm run -s conformance -- [--json] [SUITE...]`.
 *
 * Exit code 0: every suite that ran is whole; 1: some case failed; 64: usage. A suite whose corpora are absent is skipped and counts as neither.
 */
import { parseArgs } from 'node:util';
import { runSuite, type SuiteResult, suiteKeys } from '../test/conformance/registry/runSuites.ts';

const { values, positionals } = readArguments();
const known = suiteKeys();
const unknown = positionals.filter((key) => !known.includes(key));
if (unknown.length > 0) usage(`no suite ${unknown.join(', ')}; suites: ${known.join(', ')}`);

const results: Record<string, SuiteResult> = {};
for (const key of positionals.length > 0 ? positionals : known) {
  const result = await runSuite(key);
  results[key] = result;
  if (!values.json) process.stdout.write(line(key, result));
}
if (values.json)
  process.stdout.write(`${JSON.stringify(Object.fromEntries(Object.entries(results).map(([key, result]) => [key, figures(result)])))}\n`);
process.exitCode = Object.values(results).some(
  (result) => 'failures' in result && (result.passed !== result.total || result.failures.length > 0),
)
  ? 1
  : 0;

function readArguments() {
  try {
    return parseArgs({ options: { json: { type: 'boolean', default: false } }, allowPositionals: true });
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
}

function usage(problem: string): never {
  process.stderr.write(`${problem}\nusage: conformance [--json] [SUITE...]\n`);
  process.exit(64);
}

function line(key: string, result: SuiteResult): string {
  if ('skipped' in result) return `${key}: skipped: ${result.skipped}\n`;
  return [
    `${key}: ${result.passed} of ${result.total}`,
    ...[...(result.notes ?? []), ...result.failures].map((text) => `  ${text}`),
    '',
  ].join('\n');
}

/** Only counts go into the JSON, so that two runs can be compared as texts. */
function figures(result: SuiteResult): object {
  return 'skipped' in result ? { passed: 0, total: 0, skipped: result.skipped } : { passed: result.passed, total: result.total };
}
