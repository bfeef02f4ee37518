import type { Command } from 'commander';
import { type OpenMember, openMember } from '../../../sdk/member/openMember.ts';
import { type CommonOptions, describeCommand, type Outcome, run } from './command.ts';
import { memberOption } from './member.ts';

/** Options of commands that a member gives. */
export interface MemberOptions extends CommonOptions {
  member?: string;
}

/** Begins a command that a member gives. */
export function memberCommand(name: string, description: string, example: string): Command {
  return describeCommand(name, description, example).option(
    '--member <slug>',
    'who acts; may be left out where only one member is on this machine',
  );
}

/** Opens the member that a command is for, lets it work, and closes it. */
export function withMember(options: MemberOptions, work: (member: OpenMember) => Promise<Outcome>): Promise<void> {
  return run(options, async () => {
    const member = openMember(options.home, memberOption(options));
    try {
      return await work(member);
    } finally {
      member.close();
    }
  });
}
