import type { Command } from 'commander';
import { openCredential } from '../../protocol/credentials/openCredential.ts';
import { present } from '../../protocol/credentials/present.ts';
import { SdkError } from '../../sdk/errors.ts';
import { writeDurably } from '../../sdk/files/writeDurably.ts';
import { type ReadBundle, readBundle } from '../../sdk/verify/readBundle.ts';
import { type CommonOptions, describeCommand, EXIT, run } from './support/command.ts';

interface Options extends CommonOptions {
  only?: string[];
  hide?: string[];
  none?: boolean;
  out: string;
}

/** `disclose BUNDLE --only FIELD...`: a holder's selective presentation. */
export function discloseCommand(): Command {
  return describeCommand(
    'disclose',
    'Write a bundle that shows only some of the fields that may be hidden. It verifies against the same anchor.',
    'disclose bundles/certificate-of-origin.bundle.json --only consignee.name --out shown.json',
  )
    .argument('<bundle>', 'bundle file with the full presentation')
    .option('--only <field...>', 'show these and nothing else that may be hidden: consignee.name, lineItem.*.grossMass, or a JSON pointer')
    .option('--hide <field...>', 'show all but these')
    .option('--none', 'show nothing that may be hidden')
    .option('--out <file>', 'where the new bundle goes', 'disclosed.bundle.json')
    .action((file: string, options: Options) =>
      run(options, async () => {
        const bundle = readBundle(file);
        const documents = bundle.documents.map((document) =>
          document.type === 'credential' ? { ...document, sdJwt: present(document.sdJwt, choiceOf(options)) } : document,
        );
        writeDurably(options.out, `${JSON.stringify({ ...bundle, documents })}\n`);
        const shown = shownIn({ ...bundle, documents } as ReadBundle);
        const lines = [
          options.out,
          ...(shown.length === 0 ? ['  shows none of the fields that may be hidden'] : shown.map((pointer) => `  shows ${pointer}`)),
        ];
        return { exit: EXIT.DONE, lines, json: { file: options.out, shown } };
      }),
    );
}

function choiceOf({ only, hide, none }: Options): Parameters<typeof present>[1] {
  const given = [only, hide, none].filter((option) => option !== undefined).length;
  if (given !== 1) throw new SdkError('CHOICE_UNKNOWN', 'what shall be shown?', { advice: 'give one of --only, --hide and --none' });
  return hide === undefined ? { only: (only ?? []).map(toPointer) } : { hide: hide.map(toPointer) };
}

/** People write `consignee.name` for `/credentialSubject/consignee/name`. */
function toPointer(field: string): string {
  return field.startsWith('/') ? field : `/credentialSubject/${field.replaceAll('.', '/')}`;
}

function shownIn({ documents }: ReadBundle): string[] {
  return documents.flatMap((document) =>
    document.type === 'credential' ? openCredential(document.sdJwt).disclosed.map(({ pointer }) => pointer) : [],
  );
}
