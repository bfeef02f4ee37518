import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { Direction } from '../../protocol/lineage/walk.ts';
import { LANGUAGES, type Language } from '../../protocol/verdict/texts.ts';
import type { Answer } from '../../protocol/verdict/verdict.ts';
import { SdkError } from '../../sdk/errors.ts';
import { askTrace, checkTrace, type TraceClaim, type TraceRequest } from '../../sdk/trace/checkTrace.ts';
import { type GoodsRequest, proveParties, proveScope } from '../../sdk/trace/proveGoods.ts';
import { readNames } from '../../sdk/trace/readNames.ts';
import { momentOf } from './support/choice.ts';
import { type CommonOptions, describeCommand, EXIT, type Outcome, run } from './support/command.ts';
import { withProgress } from './support/progress.ts';
import { checkLines, claimLines, partyLines, proofLines, scopeLines } from './support/traceLines.ts';
import { TraceWords } from './support/traceWords.ts';
import { collect, nodesOf, trustOf } from './support/trust.ts';

interface Options extends CommonOptions {
  trust?: string;
  node?: string[];
  lang: Language;
  asOf?: string;
  at?: string;
  depth?: string;
  out?: string;
  step?: string;
  check: boolean;
}

const EXITS: Readonly<Record<Answer, 0 | 1 | 2>> = { VALID: EXIT.DONE, INVALID: EXIT.REFUSED, CANNOT_CHECK: EXIT.CANNOT };

/** `trace source|destination|parties|scope ID...`: the three questions of goods and what a recall must reach, proven history by history. */
export function traceCommand(): Command {
  return new Command('trace')
    .description('Follow goods: where they came from, where they went, who answers for them, and what a recall must reach')
    .addCommand(
      directionCommand('source', 'Where goods came from: what they were made of, taken out of, or travelled with, back to their origins.'),
    )
    .addCommand(directionCommand('destination', 'Where goods went: what was made of them or holds them, and where each was seen last.'))
    .addCommand(partiesCommand())
    .addCommand(scopeCommand());
}

function directionCommand(direction: Direction, description: string): Command {
  return goodsCommand(
    direction,
    `${description} The answer is proven: the history of each of the goods is fetched, checked against the ledger, and the answer worked out anew.`,
    `trace ${direction} https://id.gs1.org/01/09521001001021/10/HB260914A --lang zh`,
  )
    .option('--at <date>', 'by what had happened by then')
    .option('--depth <steps>', 'follow at most so many steps')
    .option('--no-check', 'believe the node')
    .action((ids: string[], options: Options) => run(options, () => trace(direction, ids, options)));
}

function partiesCommand(): Command {
  return goodsCommand(
    'parties',
    'Who answers for goods at each step: who gave, who took, and who captured it. Worked out from histories that are proven against the ledger.',
    'trace parties https://id.gs1.org/01/09521001001021/10/HB260914A --step shipping --lang zh',
  )
    .option('--step <step>', 'one business step, such as shipping')
    .action((ids: string[], options: Options) =>
      run(options, async () => {
        const step = options.step === undefined ? {} : { step: options.step };
        const { parties, ...proof } = await proving((onProgress) => proveParties({ ...goodsRequest(ids, options), ...step, onProgress }));
        const words = await wordsFor(
          options,
          parties.flatMap((each) => each.steps.flatMap(({ parties: named }) => named.map(({ id }) => id))),
        );
        const lines = [...partyLines(parties, words), ...proofLines(proof, words)];
        return { exit: EXITS[proof.answer], lines, json: kept(options, { parties, check: proof }) };
      }),
    );
}

function scopeCommand(): Command {
  return goodsCommand(
    'scope',
    'What a recall must reach: every affected lot and unit, who has it, what was shipped, came back, was destroyed and is open. Worked out from proven histories.',
    'trace scope https://id.gs1.org/01/09521001001021/10/HB260921B --lang ko',
  ).action((ids: string[], options: Options) =>
    run(options, async () => {
      const { scope, ids: goods, ...proof } = await proving((onProgress) => proveScope({ ...goodsRequest(ids, options), onProgress }));
      const words = await wordsFor(
        options,
        scope.shipments.flatMap(({ destinations }) => destinations),
      );
      const lines = [...scopeLines(scope, words), ...proofLines(proof, words)];
      return { exit: EXITS[proof.answer], lines, json: kept(options, { ids: goods, ...scope, check: proof }) };
    }),
  );
}

/** Options that all questions about goods have. */
function goodsCommand(name: string, description: string, example: string): Command {
  return describeCommand(name, description, example)
    .argument('<id...>', 'GS1 Digital Link or EPC URN of goods; number or fingerprint of a document that names goods')
    .option('--as-of <date>', 'by what was recorded by then')
    .option('--out <file>', 'write the answer with its check as JSON')
    .option('--trust <file>', 'what to trust; default trust.json of the home folder')
    .option('--node <url>', 'ask this node; may be repeated; default the nodes of the trust file', collect)
    .addOption(new Option('--lang <language>', 'language of the answer').choices([...LANGUAGES]).default('en'));
}

function goodsRequest(ids: readonly string[], options: Options): GoodsRequest {
  const trust = trustOf(options);
  const asOf = options.asOf === undefined ? {} : { asOf: Date.parse(momentOf(options.asOf)) };
  return { ids, trust, nodes: nodesOf(trust, options.node), clock: () => new Date().toISOString(), ...asOf };
}

/** Shows how many histories are proven while the work goes on. */
function proving<Result>(work: (onProgress: (done: number, total: number) => void) => Promise<Result>): Promise<Result> {
  return withProgress((show) => work((done, total) => show('prove', done, total)));
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
    return {
      exit: EXIT.CANNOT,
      lines: claimLines(claim, await wordsOf(claim, options)),
      json: kept(options, { ...claim, node, check: null }),
    };
  }
  const { claim, node, ...check } = await proving((onProgress) => checkTrace({ ...request, onProgress }));
  const words = await wordsOf(claim, options);
  const lines = [...claimLines(claim, words), ...checkLines(check, words)];
  return { exit: EXITS[check.answer], lines, json: kept(options, { ...claim, node, check }) };
}

function wordsOf({ goods, gaps }: TraceClaim, options: Options): Promise<TraceWords> {
  return wordsFor(options, [...goods.flatMap(({ lastSeen }) => lastSeen?.holder ?? []), ...gaps.flatMap(({ to = [] }) => to)]);
}

/** The words of the reader, with the names of parties as the nodes tell them; whoever wants JSON wants no names. */
async function wordsFor(options: Options, parties: readonly string[]): Promise<TraceWords> {
  const nodes = options.json === true ? [] : nodesOf(trustOf(options), options.node);
  return new TraceWords(options.lang, await readNames(nodes, options.lang, parties));
}

function kept<Json>({ out }: Options, json: Json): Json {
  if (out !== undefined) writeFileSync(out, `${JSON.stringify(json, undefined, 2)}\n`);
  return json;
}

function stepsOf(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new SdkError('CHOICE_UNKNOWN', `"${text}" is no number of steps`, { advice: 'write 0 to 100' });
}
