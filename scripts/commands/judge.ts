import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { judge } from '../../protocol/law/judge.ts';
import type { Judgement } from '../../protocol/law/judgement.ts';
import { judgementTexts } from '../../protocol/law/texts.ts';
import { LANGUAGES, type Language } from '../../protocol/verdict/texts.ts';
import { reportOfBundle } from '../../sdk/law/acceptance.ts';
import { readProfile } from '../../sdk/law/lawTexts.ts';
import { type CommonOptions, describeCommand, EXIT, run } from './support/command.ts';

interface Options extends CommonOptions {
  profile: string;
  lang: Language;
}

const EXITS: Readonly<Record<Judgement['code'], 0 | 1 | 2>> = {
  CONFORM: EXIT.DONE,
  NONCONFORM: EXIT.REFUSED,
  MISSING_ITEM: EXIT.REFUSED,
  INCONCLUSIVE: EXIT.CANNOT,
  NOT_JUDGED: EXIT.CANNOT,
};

/** `judge BUNDLE --profile CN-LAVER`: judges a report by the limits of a destination. No ledger is asked, and nothing is written. */
export function judgeCommand(): Command {
  return describeCommand(
    'judge',
    'Judge a laboratory report by the limits of a destination, line by line.',
    'judge bundles/lab-report-export.bundle.json --profile CN-LAVER --lang zh',
  )
    .argument('<bundle>', 'bundle file of the report')
    .requiredOption('--profile <name>', 'limit profile, such as CN-COSMETICS')
    .addOption(new Option('--lang <language>', 'language of the answer').choices([...LANGUAGES]).default('en'))
    .action((file: string, options: Options) =>
      run(options, async () => {
        const { claims } = reportOfBundle(readFileSync(file, 'utf8'));
        const { profile } = readProfile(options.home, options.profile);
        const judgement = judge(claims, profile);
        return {
          exit: EXITS[judgement.code],
          lines: judgementLines(judgement, options.lang),
          json: { profile: profile.name, version: profile.version, ...judgement },
        };
      }),
    );
}

/** A judgement as lines for people. */
export function judgementLines({ code, reason, confidence, lines }: Judgement, language: Language): string[] {
  const texts = judgementTexts(language);
  const each = lines.map((line) => {
    const value = line.value === undefined ? '' : ` ${line.value}${line.unit === undefined ? '' : ` ${line.unit}`}`;
    const limit = line.limit === undefined ? '' : ` (${line.limit}${line.limitUnit === undefined ? '' : ` ${line.limitUnit}`})`;
    const unsure = line.confidence === 'unconfirmed' ? ` ~ ${texts.confidence('unconfirmed')}` : '';
    return `  ${line.analyte}:${value}${limit} ${texts.code(line.code)}, ${texts.reason(line.reason)}${unsure}`;
  });
  const note = confidence === 'unconfirmed' ? [`  ~ ${texts.confidence('unconfirmed')}`] : [];
  return [`${texts.code(code)} (${code}): ${texts.reason(reason)}`, ...each, ...note];
}
