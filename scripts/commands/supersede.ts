import type { Command } from 'commander';
import { openMember } from '../../sdk/member/openMember.ts';
import { supersede } from '../../sdk/notarise/supersede.ts';
import { REASONS, reasonOf } from './support/choice.ts';
import { type CommonOptions, describeCommand, EXIT, run } from './support/command.ts';
import { findLeaf } from './support/findLeaf.ts';
import { memberOption } from './support/member.ts';

interface Options extends CommonOptions {
  member?: string;
  reason: string;
  out: string;
}

/** `supersede TARGET FILE`: puts a corrected document in the place of an earlier one. */
export function supersedeCommand(): Command {
  return describeCommand(
    'supersede',
    'Put a corrected document in the place of an earlier one of yours. Both stay readable; the earlier one points to the later.',
    'supersede bundles/certificate-v1.bundle.json certificate-v2.json --member qingdao-customs',
  )
    .argument('<target>', 'the earlier document: bundle file, fingerprint, or number')
    .argument('<file>', 'form data of the corrected document, .json')
    .option('--member <slug>', 'whose document it is; may be left out where only one member is on this machine')
    .option('--reason <reason>', `one of ${REASONS.join(', ')}`, 'DATA_INCORRECT')
    .option('--out <folder>', 'where the new bundle goes', 'bundles')
    .action((target: string, file: string, options: Options) =>
      run(options, async () => {
        const member = openMember(options.home, memberOption(options));
        try {
          const old = await findLeaf(target, member.node, member.file.member);
          const written = await supersede({ member, old, input: file, out: options.out, reason: reasonOf(options.reason) });
          return {
            exit: EXIT.DONE,
            lines: [`${old} is superseded by`, `${written.leaf}  ${written.file}`],
            json: { superseded: old, ...written },
          };
        } finally {
          member.close();
        }
      }),
    );
}
