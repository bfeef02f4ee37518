import type { Command } from 'commander';
import { commit } from '../../sdk/law/commitment.ts';
import { moveLots } from '../../sdk/law/consume.ts';
import { lotKey } from '../../sdk/law/goodsOfBundle.ts';
import { EXIT } from './support/command.ts';
import { type MemberOptions, memberCommand, withMember } from './support/withMember.ts';

interface Options extends MemberOptions {
  document: string;
}

const WORDS = {
  release: [
    'Release lots to free circulation without a claim of preference; "origin consume" releases with one.',
    'are released',
    'number of the declaration',
  ],
  'write-off': ['Write lots off from a bonded account.', 'are written off', 'number of the list'],
} as const;

/** `release LOT...` and `write-off LOT...`: movements of goods, which a hold or recall of either shore stops. */
export function moveCommand(name: keyof typeof WORDS): Command {
  const [description, done, document] = WORDS[name];
  return memberCommand(
    name,
    description,
    `${name} https://id.gs1.org/01/09521002002010/10/SB2608-07 --document 4200-2026-1-000000512 --member qingdao-customs`,
  )
    .argument('<lot...>', 'GS1 Digital Links of the lots')
    .requiredOption('--document <number>', `${document}; only a salted commitment to it goes to the ledger`)
    .action((lots: string[], options: Options) =>
      withMember(options, async (member) => {
        const keys = await Promise.all(lots.map(async (lot) => (await lotKey(member.node, lot)).key));
        const { commitment, salt } = commit(member.folder, 'declaration', options.document);
        const { height } = await moveLots(member, name === 'release' ? 'release' : 'writeOff', commitment, keys);
        return {
          exit: EXIT.DONE,
          lines: [`${lots.join(', ')} ${done}, in block ${height} at the latest`],
          json: { lots, commitment, salt, height },
        };
      }),
    );
}
