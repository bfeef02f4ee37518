import { type Command, Option } from 'commander';
import { DECISION, type DecisionName } from '../../protocol/law/codes.ts';
import { LANGUAGES, type Language } from '../../protocol/verdict/texts.ts';
import { SdkError } from '../../sdk/errors.ts';
import { acceptReport, decideOn, refuseReport, reportOfBundle } from '../../sdk/law/acceptance.ts';
import { readProfile } from '../../sdk/law/lawTexts.ts';
import { judgementLines } from './judge.ts';
import { EXIT } from './support/command.ts';
import { findLeaf } from './support/findLeaf.ts';
import { type MemberOptions, memberCommand, withMember } from './support/withMember.ts';

interface Options extends MemberOptions {
  arrangement: string;
  profile: string;
  refuse?: string;
  lang: Language;
}

/** `accept REPORT`: the destination's authority judges a report by its own limits, and accepts or refuses it under an arrangement. */
export function acceptCommand(): Command {
  return memberCommand(
    'accept',
    'Decide on a report of the other shore under an arrangement: it is judged by the limits of the destination, and accepted if it conforms.',
    'accept NAI-26-0888 --arrangement 1 --profile CN-COSMETICS --member qingdao-market',
  )
    .argument('<report>', 'bundle file, fingerprint, or number of the report')
    .requiredOption('--arrangement <number>', 'number of the arrangement')
    .requiredOption('--profile <name>', 'limit profile of the destination, such as CN-COSMETICS')
    .option('--refuse <decision>', 'refuse it, or take an acceptance back, for another reason: MISMATCH or DISCRETION')
    .addOption(new Option('--lang <language>', 'language of the answer').choices([...LANGUAGES]).default('en'))
    .action((target: string, options: Options) =>
      withMember(options, async (member) => {
        const shown = reportOfBundle(await member.node.bundle(await findLeaf(target, member.node)));
        const { profile, text } = readProfile(options.home, options.profile);
        const { judgement, digest, ...judged } = decideOn(shown, profile, text);
        const decision = options.refuse === undefined ? judged.decision : refusalOf(options.refuse);
        const arrangement = Number(options.arrangement);
        if (decision === 'ACCEPTED') await acceptReport(member, shown, factsOf(shown), arrangement, digest);
        else await refuseReport(member, shown, arrangement, decision, digest);
        return {
          exit: decision === 'ACCEPTED' ? EXIT.DONE : EXIT.REFUSED,
          lines: [`${shown.leaf}: ${decision}`, ...judgementLines(judgement, options.lang)],
          json: { leaf: shown.leaf, decision, arrangement, digest, judgement },
        };
      }),
    );
}

function factsOf({ facts }: ReturnType<typeof reportOfBundle>): NonNullable<typeof facts> {
  if (facts !== undefined) return facts;
  throw new SdkError('NOT_REGISTERED', 'the report was not registered within a scope of accreditation', {
    advice: 'only what its laboratory registered can be accepted: tidemark lab report',
  });
}

function refusalOf(text: string): Exclude<DecisionName, 'ACCEPTED'> {
  const name = text.toUpperCase() as DecisionName;
  if (name in DECISION && name !== 'ACCEPTED') return name;
  throw new SdkError('CHOICE_UNKNOWN', `there is no decision "${text}"`, {
    advice: `use one of: ${Object.keys(DECISION).slice(1).join(', ')}`,
  });
}
