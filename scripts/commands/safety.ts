import { Command } from 'commander';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { ALERT_GRADE, type AlertGradeName, type AlertStageName } from '../../protocol/law/codes.ts';
import { SdkError } from '../../sdk/errors.ts';
import { readMember } from '../../sdk/home/home.ts';
import { lotKey } from '../../sdk/law/goodsOfBundle.ts';
import { advanceAlert, changeHold, closeRecall, openRecall, raiseAlert } from '../../sdk/law/safety.ts';
import type { OpenMember } from '../../sdk/member/openMember.ts';
import { REASONS, reasonOf } from './support/choice.ts';
import { EXIT, type Outcome } from './support/command.ts';
import { secondsOf } from './support/dates.ts';
import { type MemberOptions, memberCommand, withMember } from './support/withMember.ts';

interface Options extends MemberOptions {
  reason: string;
  occasion: string;
  reference: string;
  grade: string;
  owner: string;
  due: string;
  evidence: string;
  class: string;
  start: string;
  complete: string;
  lots?: string[];
}

/** Names of the commands that bring an alert to its next stage. */
const STAGES = { assess: 'ASSESSED', dispose: 'DISPOSED', review: 'REVIEWED', close: 'CLOSED' } as const satisfies Record<
  string,
  AlertStageName
>;

/** `hold LOT` and `lift LOT`: stop a lot or logistic unit for a shore, or let it go. */
export function holdCommand(change: 'hold' | 'lift'): Command {
  const words = {
    hold: [
      'Stop a lot or logistic unit for your shore: it is neither cleared, used for a preference nor written off.',
      'UNDER_INVESTIGATION',
    ],
    lift: ['Take off the hold of your shore.', 'INVESTIGATION_CLOSED'],
  } as const;
  const [description, reason] = words[change];
  return memberCommand(change, description, `${change} https://id.gs1.org/01/09521001001021/10/HB260921B --member qingdao-market`)
    .argument('<lot>', 'GS1 Digital Link of the lot or logistic unit')
    .option('--reason <reason>', `one of ${REASONS.join(', ')}`, reason)
    .option('--occasion <text>', 'where the same lot is held or lifted another time for the same reason', '')
    .action((lot: string, options: Options) =>
      withMember(options, async (member) => {
        const { key } = await lotKey(member.node, lot);
        const { height } = await changeHold(member, change, key, reasonOf(options.reason), options.occasion);
        return done(`${lot} is ${change === 'hold' ? 'on hold' : 'free of the hold of this shore'}, in block ${height} at the latest`, {
          lot,
          key,
          height,
        });
      }),
    );
}

/** `alert raise|assess|dispose|review|close`: a risk in its five stages. */
export function alertCommand(): Command {
  const command = new Command('alert')
    .description('A risk in its five stages: raised, assessed, disposed of, reviewed, closed')
    .addCommand(raiseCommand());
  for (const [name, stage] of Object.entries(STAGES)) command.addCommand(stageCommand(name, stage));
  return command;
}

/** `recall open|close`: recalls that an alert leads to. */
export function recallCommand(): Command {
  return new Command('recall').description('Recalls that an alert leads to').addCommand(openCommand()).addCommand(closeCommand());
}

function raiseCommand(): Command {
  return withNext(
    memberCommand(
      'raise',
      'Raise an alert about lots.',
      'alert raise https://id.gs1.org/01/09521001001021/10/HB260921B --grade III --owner jiaowan --due 2026-12-01 --reference 2026-17 --evidence "plate count above M" --member qingdao-market',
    ),
  )
    .argument('<lot...>', 'GS1 Digital Links of the lots and logistic units')
    .requiredOption('--grade <grade>', 'I, II, III or IV')
    .requiredOption('--reference <text>', 'your own reference: the same again is the same alert')
    .action((lots: string[], options: Options) =>
      withMember(options, async (member) => {
        const { reference, evidence } = options;
        const keys = await keysOf(member, lots);
        const alert = await raiseAlert(member, { reference, evidence, lots: keys, grade: gradeOf(options.grade), ...nextOf(options) });
        return done(`alert ${alert} is raised`, { alert, lots: keys });
      }),
    );
}

function stageCommand(name: string, stage: (typeof STAGES)[keyof typeof STAGES]): Command {
  const command = memberCommand(
    name,
    `Bring an alert to the stage ${stage}.`,
    `alert ${name} 0x… --owner jiaowan --due 2026-12-01 --evidence "…" --member qingdao-market`,
  );
  return withNext(command, stage === 'CLOSED')
    .argument('<alert>', 'id of the alert')
    .action((alert: Hex, options: Options) =>
      withMember(options, async (member) => {
        const { height } = await advanceAlert(member, { alert, stage, evidence: options.evidence, ...nextOf(options) });
        return done(`alert ${alert} is ${stage}, in block ${height} at the latest`, { alert, stage, height });
      }),
    );
}

function openCommand(): Command {
  return memberCommand(
    'open',
    'Open a recall of lots of an alert.',
    'recall open 0x… https://id.gs1.org/01/09521001001021/10/HB260921B --class 2 --owner hanbada --start 2026-11-30 --complete 2026-12-24 --reference 2026-17-R1 --evidence "order" --member qingdao-market',
  )
    .argument('<alert>', 'id of the alert')
    .argument('<lot...>', 'GS1 Digital Links of the lots')
    .requiredOption('--class <number>', '1, 2 or 3 in the law of your shore')
    .requiredOption('--owner <member>', 'slug or number of the member that must recall')
    .requiredOption('--start <date>', 'until when it must have begun')
    .requiredOption('--complete <date>', 'until when it must be done')
    .requiredOption('--reference <text>', 'your own reference: the same again is the same recall')
    .requiredOption('--evidence <text>', 'reference of the order; a salted commitment to it goes to the ledger')
    .action((alert: Hex, lots: string[], options: Options) =>
      withMember(options, async (member) => {
        const keys = await keysOf(member, lots);
        const recall = await openRecall(member, {
          ...{
            alert,
            reference: options.reference,
            recallClass: Number(options.class),
            owner: ownerOf(options),
            evidence: options.evidence,
          },
          ...{ startBy: secondsOf(options.start), completeBy: secondsOf(options.complete), lots: keys },
        });
        return done(`recall ${recall} is open`, { recall, alert, lots: keys });
      }),
    );
}

function closeCommand(): Command {
  return memberCommand(
    'close',
    'Close a recall. Its lots stay recalled, but for those that turned out to be right.',
    'recall close 0x… --reference 2026-17-R1 --evidence "264 of 310 returned" --member qingdao-market',
  )
    .argument('<alert>', 'id of the alert')
    .argument('[restored...]', 'GS1 Digital Links of lots that turned out to be right')
    .requiredOption('--reference <text>', 'the reference under which it was opened')
    .requiredOption('--evidence <text>', 'reference of the report; a salted commitment to it goes to the ledger')
    .action((alert: Hex, lots: string[], { reference, evidence, ...options }: Options) =>
      withMember(options, async (member) => {
        const restored = await keysOf(member, lots);
        const { height } = await closeRecall(member, { alert, reference, evidence, restored });
        return done(`the recall is closed, in block ${height} at the latest`, { alert, restored, height });
      }),
    );
}

function withNext(command: Command, isLast = false): Command {
  const owned = command
    .requiredOption('--owner <member>', 'slug or number of the member that must act next')
    .requiredOption('--evidence <text>', 'reference of the paper; a salted commitment to it goes to the ledger');
  return isLast ? owned : owned.requiredOption('--due <date>', 'until when the next stage is due');
}

function nextOf(options: Options): { owner: number; dueAt: number } {
  return { owner: ownerOf(options), dueAt: options.due === undefined ? 0 : secondsOf(options.due) };
}

function ownerOf({ home, owner }: Options): number {
  return /^\d+$/.test(owner) ? Number(owner) : readMember(home, owner).member;
}

function gradeOf(text: string): AlertGradeName {
  const name = text.toUpperCase() as AlertGradeName;
  if (name in ALERT_GRADE) return name;
  throw new SdkError('CHOICE_UNKNOWN', `there is no grade "${text}"`, { advice: `use one of: ${Object.keys(ALERT_GRADE).join(', ')}` });
}

async function keysOf({ node }: OpenMember, lots: readonly string[]): Promise<Hex[]> {
  return Promise.all(lots.map(async (lot) => (await lotKey(node, lot)).key));
}

function done(sentence: string, json: unknown): Outcome {
  return { exit: EXIT.DONE, lines: [sentence], json };
}
