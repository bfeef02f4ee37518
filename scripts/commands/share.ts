import type { Command } from 'commander';
import { receiverOf, share } from '../../sdk/access/share.ts';
import { memberSlugs, readMember } from '../../sdk/home/home.ts';
import { EXIT } from './support/command.ts';
import { findLeaf } from './support/findLeaf.ts';
import { type MemberOptions, memberCommand, withMember } from './support/withMember.ts';

interface Options extends MemberOptions {
  to: string;
  basis: string;
}

/** `share TARGET...`: releases documents that stay in their country. */
export function shareCommand(): Command {
  return memberCommand(
    'share',
    'Release documents whose bodies stay in their country, as their issuer or an agency of its shore: the approval is recorded on the ledger. Withdraw it with revoke; what was read by then cannot be unread.',
    'share bundles/lab-report-import.bundle.json --to korea-food-safety --basis "Arrangement 1, article 5" --member qingdao-customs',
  )
    .argument('<target...>', 'bundle files, fingerprints, or numbers of the documents')
    .requiredOption('--to <member>', 'who may see them: a member by number or by its name on this machine, or "all"')
    .requiredOption('--basis <text>', 'law, contract or decision that the approval rests on')
    .action((targets: string[], options: Options) =>
      withMember(options, async (member) => {
        const documents = await Promise.all(targets.map((target) => findLeaf(target, member.node)));
        const to = receiverNamed(options);
        const shared = await share(member, { documents, to, basis: options.basis });
        const whom = to === 'ALL' ? 'everybody' : `member ${to}`;
        const what = `${shared.documents} document${shared.documents === 1 ? '' : 's'}`;
        return {
          exit: EXIT.DONE,
          lines: [`${what} released to ${whom}${shared.isNew ? '' : ' (released before)'}; withdraw with: revoke ${shared.leaf}`],
          json: { ...shared, to },
        };
      }),
    );
}

function receiverNamed({ home, to }: Options): number | 'ALL' {
  return memberSlugs(home).includes(to) ? readMember(home, to).member : receiverOf(to);
}
