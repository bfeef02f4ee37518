import { type Command, InvalidArgumentError } from 'commander';
import type { ReleasesSince } from '../../sdk/node/client.ts';
import { momentOf } from './support/choice.ts';
import { EXIT } from './support/command.ts';
import { type MemberOptions, memberCommand, withMember } from './support/withMember.ts';

interface Options extends MemberOptions {
  since?: string;
  threshold?: number;
}

/** `releases`: who released how many documents to whom. */
export function releasesCommand(): Command {
  return memberCommand(
    'releases',
    "Count what was released across the shores, from this year's first day where no other is named: an agency sees its shore's releases, others those that they gave or were given.",
    'releases --since 2026-01-01 --threshold 100000 --member qingdao-customs',
  )
    .option('--since <date>', 'a date, or a time with offset')
    .option('--threshold <count>', 'different documents from which on the exit code is 1', countOf)
    .action((options: Options) =>
      withMember(options, async (member) => {
        const answer = await member.node.releases(options.since === undefined ? undefined : fullMoment(options.since));
        const isReached = options.threshold !== undefined && answer.documents >= options.threshold;
        return { exit: isReached ? EXIT.REFUSED : EXIT.DONE, lines: linesOf(answer, options.threshold), json: { ...answer, isReached } };
      }),
    );
}

function linesOf({ since, counts, documents }: ReleasesSince, threshold: number | undefined): string[] {
  const pairs = counts.map(({ by, to, documents: count, releases, first, last }) => {
    const whom = to === 'ALL' ? 'everybody' : `member ${to}`;
    return `member ${by} to ${whom}: ${count} documents in ${releases} releases, ${first} to ${last}`;
  });
  const limit = threshold === undefined ? '' : ` (threshold ${threshold}${documents >= threshold ? ': reached' : ''})`;
  return [...pairs, `${documents} different documents since ${since}${limit}`];
}

function countOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number');
}

/** The node reads seconds too. @throws SdkError `DATE_MALFORMED` */
function fullMoment(text: string): string {
  return new Date(momentOf(text)).toISOString();
}
