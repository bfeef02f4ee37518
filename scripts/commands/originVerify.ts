import { existsSync, readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { readDeclared } from '../../protocol/law/readDeclared.ts';
import { refusalTexts } from '../../protocol/law/refusals.ts';
import { LANGUAGES, type Language } from '../../protocol/verdict/texts.ts';
import { examineCertificate } from '../../sdk/law/examineCertificate.ts';
import { readBundle } from '../../sdk/verify/readBundle.ts';
import { type CommonOptions, describeCommand, EXIT, run } from './support/command.ts';
import { collect, nodesOf, trustOf } from './support/trust.ts';
import { verdictLines } from './support/verdictLines.ts';

interface Options extends CommonOptions {
  trust?: string;
  node?: string[];
  lang: Language;
  fields?: string;
}

/** `origin verify NUMBER`: what customs ask before they use a certificate, with one code for each reason to refuse. */
export function originVerifyCommand(): Command {
  return describeCommand(
    'verify',
    'Examine a certificate as customs do: is it there, authorised, right, valid, unused; compare it with what was declared.',
    'origin verify DEMO-KR-26-000417 --fields declared.json --lang zh',
  )
    .argument('<target>', "number as on the paper, or the holder's bundle file")
    .option('--fields <file>', 'JSON of what was declared, in the form of the certificate (any of its fields)')
    .option('--trust <file>', 'what to trust; default trust.json of the home folder')
    .option('--node <url>', 'ask this node; may be repeated; default the nodes of the trust file', collect)
    .addOption(new Option('--lang <language>', 'language of the answer').choices([...LANGUAGES]).default('en'))
    .action((text: string, options: Options) =>
      run(options, async () => {
        const trust = trustOf(options);
        const declared = options.fields === undefined ? {} : readDeclared(readFileSync(options.fields, 'utf8'));
        const target = existsSync(text) ? { bundle: readBundle(text) } : { number: text };
        const examined = await examineCertificate({ target, declared, trust, nodes: nodesOf(trust, options.node), clock });
        const { code, box, verdict } = examined;
        const sentence = refusalTexts(options.lang)(code);
        const where = box === undefined ? '' : ` box ${box}`;
        const lines = [
          `${code}${where}: ${sentence}`,
          ...(examined.hint === undefined ? [] : ['  ! it differs only by characters that look alike, such as O and 0']),
          ...examined.notes.map((note) => `  ! ${note}`),
          ...(verdict === undefined ? [] : verdictLines(verdict, options.lang)),
        ];
        return { exit: EXITS[examined.answer], lines, json: { ...examined, text: sentence } };
      }),
    );
}

const EXITS = { ACCEPTABLE: EXIT.DONE, REFUSED: EXIT.REFUSED, CANNOT_CHECK: EXIT.CANNOT } as const;

function clock(): string {
  return new Date().toISOString();
}
