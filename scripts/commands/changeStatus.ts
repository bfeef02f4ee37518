import type { Command } from 'commander';
import type { StatusChange } from '../../sdk/chain/calls.ts';
import { openMember } from '../../sdk/member/openMember.ts';
import { changeStatus } from '../../sdk/notarise/changeStatus.ts';
import { REASONS, reasonOf } from './support/choice.ts';
import { type CommonOptions, describeCommand, EXIT, run } from './support/command.ts';
import { findLeaf } from './support/findLeaf.ts';
import { memberOption } from './support/member.ts';

interface Options extends CommonOptions {
  member?: string;
  reason: string;
}

const WORDS: Readonly<Record<StatusChange, { description: string; done: string; reason: string }>> = {
  revoke: { description: 'End the validity of a document of yours, for good.', done: 'revoked', reason: 'ISSUED_IN_ERROR' },
  suspend: {
    description: 'Stop the validity of a document of yours until it is reinstated or revoked.',
    done: 'suspended',
    reason: 'UNDER_INVESTIGATION',
  },
  reinstate: { description: 'Let a suspended document of yours stand again.', done: 'reinstated', reason: 'INVESTIGATION_CLOSED' },
};

/** `revoke`, `suspend`, `reinstate` TARGET: changes the standing of a document of the member. */
export function changeStatusCommand(change: StatusChange): Command {
  const { description, done, reason } = WORDS[change];
  return describeCommand(change, description, `${change} bundles/lab-report-export.bundle.json --member namhae --reason ${reason}`)
    .argument('<target>', 'bundle file, fingerprint, or number of the document')
    .option('--member <slug>', 'whose document it is; may be left out where only one member is on this machine')
    .option('--reason <reason>', `one of ${REASONS.join(', ')}`, reason)
    .action((target: string, options: Options) =>
      run(options, async () => {
        const member = openMember(options.home, memberOption(options));
        try {
          const leaf = await findLeaf(target, member.node, member.file.member);
          const { height, hash } = await changeStatus({ member, leaf, change, reason: reasonOf(options.reason) });
          return {
            exit: EXIT.DONE,
            lines: [`${leaf} is ${done}, in block ${height} at the latest`],
            json: { leaf, change, height, transaction: hash },
          };
        } finally {
          member.close();
        }
      }),
    );
}
