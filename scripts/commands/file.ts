import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { readFiling } from '../../protocol/law/filing.ts';
import { SdkError } from '../../sdk/errors.ts';
import { fileSubject } from '../../sdk/law/file.ts';
import { EXIT } from './support/command.ts';
import { type MemberOptions, memberCommand, withMember } from './support/withMember.ts';

/** `file FILE`: files a party or product once for both shores, or a new version of it. */
export function fileCommand(): Command {
  return memberCommand(
    'file',
    'File a party (gln) or product (gtin) once for both shores: the text stays with the home shore, its digest goes to the ledger. Filed again, it is a new version.',
    'file party.json --member qingdao-customs',
  )
    .argument('<file>', 'JSON: {gln, name {zh, ko, en}, country, …} or {gtin, name, hs6, nationalLines, labels, …} (docs/spec/api.md)')
    .action((file: string, options: MemberOptions) =>
      withMember(options, async (member) => {
        const filed = await fileSubject(member, readFiling(textOf(file)));
        const { id, version, digest, isNew } = filed;
        return { exit: EXIT.DONE, lines: [`${id}: version ${version}${isNew ? '' : ' (filed before)'}, ${digest}`], json: filed };
      }),
    );
}

function textOf(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new SdkError('FILE_MISSING', `there is no ${file}`, { advice: 'name the JSON file of a party or product' });
}
