import { type Command, Option } from 'commander';
import { LANGUAGES, type Language } from '../../protocol/verdict/texts.ts';
import type { Verdict } from '../../protocol/verdict/verdict.ts';
import { verifyBundle } from '../../protocol/verdict/verifyBundle.ts';
import { readBundle } from '../../sdk/verify/readBundle.ts';
import { verifyOnline } from '../../sdk/verify/verifyOnline.ts';
import { momentOf } from './support/choice.ts';
import { type CommonOptions, describeCommand, EXIT, run } from './support/command.ts';
import { collect, nodesOf, trustOf } from './support/trust.ts';
import { verdictLines } from './support/verdictLines.ts';

interface Options extends CommonOptions {
  at?: string;
  offline?: boolean;
  trust?: string;
  node?: string[];
  lang: Language;
}

const EXITS: Readonly<Record<Verdict['answer'], 0 | 1 | 2>> = { VALID: EXIT.DONE, INVALID: EXIT.REFUSED, CANNOT_CHECK: EXIT.CANNOT };

/** Exit code of a verdict. */
export function exitOfVerdict({ answer }: Verdict): 0 | 1 | 2 {
  return EXITS[answer];
}

/** `verify BUNDLE`: judges a bundle, on the newest state of the ledger or with nothing but the file. */
export function verifyCommand(): Command {
  return describeCommand(
    'verify',
    'Judge a bundle question by question. Online, no node is believed: each must prove its answer; offline, only file and trust are used.',
    'verify bundles/lab-report-export.bundle.json --at 2026-11-01 --lang ko',
  )
    .argument('<bundle>', 'bundle file')
    .option('--at <date>', 'as of a date (its first moment, UTC) or a time with offset; default now')
    .option('--offline', 'use no network')
    .option('--trust <file>', 'what to trust; default trust.json of the home folder')
    .option('--node <url>', 'ask this node; may be repeated; default the nodes of the trust file', collect)
    .addOption(new Option('--lang <language>', 'language of the answer').choices([...LANGUAGES]).default('en'))
    .action((file: string, options: Options) =>
      run(options, async () => {
        const bundle = readBundle(file);
        const trust = trustOf(options);
        const at = options.at === undefined ? {} : { at: momentOf(options.at) };
        if (options.offline === true) {
          // A checkpoint is allowed to be a little old where a newer one can be asked for; from the file alone, nothing is known of what came after it.
          const verdict = verifyBundle(bundle, { ...trust, maxAge: 0 }, { ...at, now: clock() });
          return { exit: exitOfVerdict(verdict), lines: verdictLines(verdict, options.lang), json: verdict };
        }
        const { verdict, node, rejected } = await verifyOnline({ bundle, trust, nodes: nodesOf(trust, options.node), clock, ...at });
        const lines = [...verdictLines(verdict, options.lang), ...rejected.map((answer) => `  ! ${answer.node}: ${answer.code}`)];
        return { exit: exitOfVerdict(verdict), lines, json: { ...verdict, node: node ?? null, rejected } };
      }),
    );
}

function clock(): string {
  return new Date().toISOString();
}
