import type { Command } from 'commander';
import { openMember } from '../../sdk/member/openMember.ts';
import { notarise } from '../../sdk/notarise/notarise.ts';
import { readInputs } from '../../sdk/notarise/readInputs.ts';
import type { Notarised } from '../../sdk/notarise/writeBundles.ts';
import { type CommonOptions, describeCommand, EXIT, run } from './support/command.ts';
import { memberOption } from './support/member.ts';
import { withProgress } from './support/progress.ts';

interface Options extends CommonOptions {
  member?: string;
  out: string;
  domestic?: true;
}

const MOST_LISTED = 20;

/** `notarise FILE...`: seals, stores, registers and anchors documents, and writes a bundle for each. Also under the names of its occasions. */
export function notariseCommand(
  name = 'notarise',
  description = 'Seal, store and anchor documents; write a bundle for each.',
  example = 'notarise deploy/demo/laver/lab-report-export.json --member namhae --out bundles',
): Command {
  return describeCommand(name, `${description} Run again after a crash, it goes on where it stopped.`, example)
    .argument('<file...>', 'form data: .json (one), .jsonl (one a line), or a folder of them')
    .option('--member <slug>', 'who notarises; may be left out where only one member is on this machine')
    .option('--out <folder>', 'where the bundles go', 'bundles')
    .option('--domestic', "keep the bodies in the member's country until they are released (share); their count and standing stay public")
    .action((files: string[], options: Options) =>
      run(options, async () => {
        const member = openMember(options.home, memberOption(options));
        const documents: Notarised[] = [];
        try {
          const summary = await withProgress((show) =>
            notarise({
              member,
              inputs: readInputs(files),
              out: options.out,
              ...(options.domestic === true && { visibility: 'DOMESTIC' as const }),
              onProgress: ({ phase, done, total }) => show(phase, done, total),
              onDocument: (document) => void documents.push(document),
            }),
          );
          return { exit: EXIT.DONE, lines: linesOf(documents, summary.records, options.out), json: { ...summary, bundles: documents } };
        } finally {
          member.close();
        }
      }),
    );
}

function linesOf(documents: readonly Notarised[], records: number, out: string): string[] {
  const listed = documents.slice(0, MOST_LISTED).map(({ leaf, file }) => `${leaf}  ${file}`);
  const more = documents.length > MOST_LISTED ? [`… and ${documents.length - MOST_LISTED} more in ${out}`] : [];
  return [
    ...listed,
    ...more,
    `${documents.length} document${documents.length === 1 ? '' : 's'} notarised in ${records} record${records === 1 ? '' : 's'} of the ledger`,
  ];
}
