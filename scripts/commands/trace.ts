import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { Direction } from '../../protocol/lineage/walk.ts';
import { LANGUAGES, type Language } from '../../protocol/verdict/texts.ts';
import type { Answer } from '../../protocol/verdict/verdict.ts';
import { SdkError } from '../../sdk/errors.ts';
import { askTrace, checkTrace, type TraceRequest } from '../../sdk/trace/checkTrace.ts';
import { momentOf } from './support/choice.ts';
import { type CommonOptions, describeCommand, EXIT, type Outcome, run } from './support/command.ts';
import { progressTo } from './support/progress.ts';
import { checkLines, claimLines } from './support/traceLines.ts';
import { collect, nodesOf, trustOf } from './support/trust.ts';

interface Options extends CommonOptions {
  trust?: string;
  node?: string[];
  lang: Language;
  asOf?: string;
  at?: string;
  depth?: string;
  out?: string;
  check: boolean;
}

const EXITS: Readonly<Record<Answer, 0 | 1 | 2>> = { VALID: EXIT.DONE, INVALID: EXIT.REFUSED, CANNOT_CHECK: EXIT.CANNOT };

/** `trace source|destination ID...`: where goods came from or went to, proven history by history. */
export function traceCommand(): Command {
  return new Command('trace')
    .description('Follow goods: where they came from, and where they went')
    .addCommand(
      directionCommand('source', 'Where goods came from: what they were made of, taken out of, or travelled with, back to their origins.'),
    )
    .addCommand(directionCommand('destination', 'Where goods went: what was made of them or holds them, and where each was seen last.'));
}

function directionCommand(direction: Direction, description: string): Command {
  return describeCommand(
    direction,
    `${description} The answer is proven: the history of each of the goods is fetched, checked against the ledger, and the answer worked out anew.`,
    `trace ${direction} https://id.gs1.org/01/09521001001021/10/HB260914A --lang zh`,
  )
    .argument('<id...>', 'GS1 Digital Link or EPC URN of goods; number or fingerprint of a document that names goods')
    .option('--as-of <date>', 'by what was recorded by then')
    .option('--at <date>', 'by what had happened by then')
    .option('--depth <steps>', 'follow at most so many steps')
    .option('--no-check', 'believe the node')
    .option('--out <file>', 'write the answer with its check as JSON')
    .option('--trust <file>', 'what to trust; default trust.json of the home folder')
    .option('--node <url>', 'ask this node; may be repeated; default the nodes of the trust file', collect)
    .addOption(new Option('--lang <language>', 'language of the answer').choices([...LANGUAGES]).default('en'))
    .action((ids: string[], options: Options) => run(options, () => trace(direction, ids, options)));
}

async function trace(direction: Direction, ids: readonly string[], options: Options): Promise<Outcome> {
  const trust = trustOf(options);
  const request: TraceRequest = {
    ...{ direction, ids, trust, nodes: nodesOf(trust, options.node), clock: () => new Date().toISOString() },
    ...(options.asOf !== undefined && { asOf: momentOf(options.asOf) }),
    ...(options.at !== undefined && { at: momentOf(options.at) }),
    ...(options.depth !== undefined && { maxDepth: stepsOf(options.depth) }),
  };
  if (!options.check) {
    const { claim, node } = await askTrace(request);
    return { exit: EXIT.CANNOT, lines: claimLines(claim, options.lang), json: kept(options, { ...claim, node, check: null }) };
  }
  const progress = progressTo(process.stderr);
  const { claim, node, ...check } = await checkTrace({ ...request, onProgress: (done, total) => progress.show('prove', done, total) });
  progress.end();
  const lines = [...claimLines(claim, options.lang), ...checkLines(check, options.lang)];
  return { exit: EXITS[check.answer], lines, json: kept(options, { ...claim, node, check }) };
}

function kept<Json>({ out }: Options, json: Json): Json {
  if (out !== undefined) writeFileSync(out, `${JSON.stringify(json, undefined, 2)}\n`);
  return json;
}

function stepsOf(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new SdkError('CHOICE_UNKNOWN', `"${text}" is no number of steps`, { advice: 'write 0 to 100' });
}
