import { SdkError } from '../../../sdk/errors.ts';
import { memberSlugs } from '../../../sdk/home/home.ts';

/** The member that a command is for: the one named, or the only one on this machine. @throws SdkError `MEMBER_UNNAMED` */
export function memberOption({ home, member }: { home: string; member?: string }): string {
  if (member !== undefined) return member;
  const slugs = memberSlugs(home);
  if (slugs.length === 1) return slugs[0] as string;
  throw new SdkError('MEMBER_UNNAMED', 'which member is this for?', {
    advice: slugs.length === 0 ? 'start the ledger first: npm start' : `name one with --member: ${slugs.join(', ')}`,
  });
}
