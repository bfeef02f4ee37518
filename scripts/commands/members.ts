import { Command } from 'commander';
import { roleNames, shoreName, statusName } from '../../protocol/ledger/codes.ts';
import { FastProvider } from '../../sdk/chain/provider.ts';
import { SdkError } from '../../sdk/errors.ts';
import { memberSlugs, readDeployment, readMember } from '../../sdk/home/home.ts';
import { listMembers, type MemberListing } from '../../sdk/member/listMembers.ts';
import { type CommonOptions, describeCommand, EXIT, run } from './support/command.ts';

/** `members list|show`: who is enrolled, as the ledger itself has it. */
export function membersCommand(): Command {
  return new Command('members')
    .description('Members of the ledger')
    .addCommand(
      describeCommand('list', 'List all members with shore, roles and standing.', 'members list').action((options: CommonOptions) =>
        run(options, async () => {
          const members = await readMembers(options.home);
          return { exit: EXIT.DONE, lines: members.map(lineOf), json: members.map(jsonOf) };
        }),
      ),
    )
    .addCommand(
      describeCommand('show', 'Show one member.', 'members show namhae')
        .argument('<member>', 'number on the ledger, or the slug of a member on this machine')
        .action((which: string, options: CommonOptions) =>
          run(options, async () => {
            const number = /^\d+$/.test(which) ? Number(which) : readMember(options.home, which).member;
            const member = (await readMembers(options.home)).find((each) => each.member === number);
            if (member === undefined)
              throw new SdkError('UNKNOWN_MEMBER', `the ledger has no member ${which}`, { advice: 'see "members list"' });
            const json = jsonOf(member);
            return { exit: EXIT.DONE, lines: Object.entries(json).map(([name, value]) => `${name.padEnd(14)} ${textOf(value)}`), json };
          }),
        ),
    );
}

async function readMembers(home: string): Promise<(MemberListing & { slug: string | undefined })[]> {
  const { rpcUrl, chainId, contract } = readDeployment(home);
  const provider = new FastProvider(rpcUrl, chainId);
  try {
    const slugs = new Map(memberSlugs(home).map((slug) => [readMember(home, slug).member, slug]));
    const members = await listMembers(home, { provider, chainId, contract });
    return members.map((member) => ({ ...member, slug: slugs.get(member.member) }));
  } finally {
    provider.destroy();
  }
}

function jsonOf({ member, slug, standing, records, profile }: MemberListing & { slug: string | undefined }) {
  const { shore, roles, state, validFrom, validUntil } = standing;
  return {
    member,
    slug: slug ?? null,
    name: profile?.name ?? null,
    shore: shoreName(shore) ?? shore,
    roles: roleNames(roles),
    state: statusName(state) ?? state,
    validFrom: timeOf(validFrom),
    validUntil: timeOf(validUntil),
    records,
  };
}

function lineOf(listing: MemberListing & { slug: string | undefined }): string {
  const { member, slug, name, shore, roles, state, records } = jsonOf(listing);
  return `${String(member).padStart(4)}  ${shore}  ${String(state).padEnd(9)}  ${roles.join('+').padEnd(18)}  ${String(records).padStart(6)}  ${(slug ?? '').padEnd(16)}  ${name?.en ?? '(profile text not on this machine)'}`;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object' && value !== null) return Object.values(value).join(' · ');
  return value === null ? '-' : String(value);
}

function timeOf(seconds: number): string | null {
  return seconds === 0 ? null : new Date(seconds * 1000).toISOString();
}
