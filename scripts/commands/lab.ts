import { Command } from 'commander';
import { periodKey } from '../../protocol/law/ids.ts';
import { scopeSlot } from '../../protocol/law/slots.ts';
import type { TestPanel } from '../../protocol/law/testPanel.ts';
import { readWord } from '../../sdk/chain/readState.ts';
import { SdkError } from '../../sdk/errors.ts';
import { readMember } from '../../sdk/home/home.ts';
import { accredit, declareCompromised, designate, endAccreditation } from '../../sdk/law/accreditation.ts';
import { commit } from '../../sdk/law/commitment.ts';
import { companionOf } from '../../sdk/law/companions.ts';
import { readPanels } from '../../sdk/law/lawTexts.ts';
import { readPeriods } from '../../sdk/law/registerReport.ts';
import type { OpenMember } from '../../sdk/member/openMember.ts';
import { notariseCommand } from './notarise.ts';
import { REASONS, reasonOf } from './support/choice.ts';
import { EXIT, type Outcome } from './support/command.ts';
import { secondsOf, timeOf } from './support/dates.ts';
import { type MemberOptions, memberCommand, withMember } from './support/withMember.ts';

interface Options extends MemberOptions {
  panel: string;
  tests?: string;
  from?: string;
  until?: string;
  certificate: string;
  reason: string;
  period: string;
  since: string;
}

/** `lab accredit|suspend|compromised|designate|scope|report`: what laboratories are accredited for, and their reports. */
export function labCommand(): Command {
  return new Command('lab')
    .description('What laboratories are accredited for, and their reports')
    .addCommand(
      notariseCommand(
        'report',
        'Register, store and anchor laboratory reports within the scope of accreditation; write a bundle for each.',
        'lab report report.json --member namhae',
      ),
    )
    .addCommand(scopeCommand())
    .addCommand(accreditCommand())
    .addCommand(endCommand())
    .addCommand(compromisedCommand())
    .addCommand(designateCommand());
}

function scopeCommand(): Command {
  return memberCommand('scope', "Show a laboratory's periods of accreditation, and their tests.", 'lab scope namhae --member namhae')
    .argument('<laboratory>', 'slug or number of the laboratory')
    .action((laboratory: string, options: Options) => withMember(options, (member) => scope(member, laboratoryOf(options, laboratory))));
}

function accreditCommand(): Command {
  return ofPanel(
    memberCommand(
      'accredit',
      'Begin a period of accreditation for a laboratory of your shore.',
      'lab accredit namhae --panel 1 --certificate accreditation.pdf --member korea-accreditation',
    ),
  )
    .option('--tests <numbers>', "numbers of the panel's entries in scope, such as 0,1,4; all where left out")
    .option('--from <date>', 'start; now where left out')
    .option('--until <date>', 'end; none where left out')
    .requiredOption('--certificate <text>', "reference of the accreditation's certificate; a salted commitment to it goes to the ledger")
    .action((laboratory: string, options: Options) =>
      withMember(options, async (member) => {
        const panel = panelOf(member, options.panel);
        const term = { laboratory: laboratoryOf(options, laboratory), panel: panel.code, ...termOf(options) };
        const certificate = commit(member.folder, 'evidence', options.certificate).commitment;
        await accredit(member, { ...term, tests: testsOf(panel, options.tests), certificate });
        return scope(member, term.laboratory);
      }),
    );
}

function endCommand(): Command {
  return ofPanel(
    memberCommand(
      'suspend',
      'End the newest period of accreditation now; what was done before stands. "lab accredit" begins another.',
      'lab suspend namhae --panel 1 --reason UNDER_INVESTIGATION --member korea-accreditation',
    ),
  )
    .option('--reason <reason>', `one of ${REASONS.join(', ')}`, 'UNDER_INVESTIGATION')
    .action((laboratory: string, options: Options) =>
      withMember(options, async (member) => {
        const number = laboratoryOf(options, laboratory);
        await endAccreditation(member, number, panelOf(member, options.panel).code, reasonOf(options.reason));
        return scope(member, number);
      }),
    );
}

function compromisedCommand(): Command {
  return ofPanel(
    memberCommand(
      'compromised',
      'Declare a period untrustworthy since a time: reports made since do not count any more.',
      'lab compromised namhae --panel 1 --period 1 --since 2026-11-01 --member korea-accreditation',
    ),
  )
    .requiredOption('--period <number>', 'number of the period, as "lab scope" shows it')
    .requiredOption('--since <date>', 'since when')
    .action((laboratory: string, options: Options) =>
      withMember(options, async (member) => {
        const number = laboratoryOf(options, laboratory);
        await declareCompromised(member, number, panelOf(member, options.panel).code, Number(options.period), secondsOf(options.since));
        return scope(member, number);
      }),
    );
}

function designateCommand(): Command {
  return ofPanel(
    memberCommand(
      'designate',
      'Designate a laboratory of either shore for your own shore.',
      'lab designate namhae --panel 1 --member qingdao-market',
    ),
  )
    .option('--from <date>', 'start; now where left out')
    .option('--until <date>', 'end; none where left out')
    .action((laboratory: string, options: Options) =>
      withMember(options, async (member) => {
        const term = { laboratory: laboratoryOf(options, laboratory), panel: panelOf(member, options.panel).code, ...termOf(options) };
        const { height } = await designate(member, term);
        return {
          exit: EXIT.DONE,
          lines: [`member ${term.laboratory} is designated for panel ${term.panel}, in block ${height} at the latest`],
          json: term,
        };
      }),
    );
}

function ofPanel(command: Command): Command {
  return command
    .argument('<laboratory>', 'slug or number of the laboratory')
    .requiredOption('--panel <code>', 'code of the panel of tests');
}

async function scope(member: OpenMember, laboratory: number): Promise<Outcome> {
  const { at } = await companionOf(member.ledger, 'LABORATORIES');
  const periods = await Promise.all(
    readPanels(member.home).map(async (panel) =>
      (await readPeriods(at, laboratory, panel.code)).map((term, index) => ({ panel, number: index + 1, term })),
    ),
  );
  const found = await Promise.all(
    periods.flat().map(async ({ panel, number, term }) => {
      const bits = await readWord(at, scopeSlot(periodKey(laboratory, panel.code, number)));
      const tests = panel.entries.filter(({ index }) => (bits >> BigInt(index)) & 1n).map(({ analyte, method }) => `${analyte}: ${method}`);
      return { panel: panel.code, title: panel.title.en, period: number, ...term, tests };
    }),
  );
  const lines = found.flatMap(({ panel, title, period, from, until, endedAt, compromisedSince, tests }) => [
    `panel ${panel} (${title}), period ${period}: ${timeOf(from)} to ${endOf(until, endedAt)}${compromisedSince === 0 ? '' : `, COMPROMISED since ${timeOf(compromisedSince)}`}`,
    ...tests.map((test) => `  ${test}`),
  ]);
  const none = `member ${laboratory} was never accredited`;
  return { exit: EXIT.DONE, lines: lines.length === 0 ? [none] : lines, json: { laboratory, periods: found } };
}

function endOf(until: number, endedAt: number): string {
  const ends = [until, endedAt].filter((end) => end !== 0);
  return ends.length === 0 ? 'now' : timeOf(Math.min(...ends));
}

/** A laboratory by its slug on this machine, or by its number. */
function laboratoryOf({ home }: { home: string }, text: string): number {
  return /^\d+$/.test(text) ? Number(text) : readMember(home, text).member;
}

function panelOf({ home }: OpenMember, code: string): TestPanel {
  const panels = readPanels(home);
  const found = panels.find((panel) => String(panel.code) === code);
  if (found !== undefined) return found;
  const known = panels.map((panel) => `${panel.code} (${panel.title.en})`).join(', ');
  throw new SdkError('CHOICE_UNKNOWN', `there is no panel ${code}`, { advice: `use one of: ${known}` });
}

function testsOf({ entries }: TestPanel, text: string | undefined): bigint {
  const numbers = text === undefined ? entries.map(({ index }) => index) : text.split(',').map(Number);
  const unknown = numbers.find((number) => !entries.some(({ index }) => index === number));
  if (unknown !== undefined) throw new SdkError('CHOICE_UNKNOWN', `the panel has no entry ${unknown}`);
  return numbers.reduce((bits, number) => bits | (1n << BigInt(number)), 0n);
}

function termOf({ from, until }: Options): { from: number; until: number } {
  return { from: from === undefined ? Math.floor(Date.now() / 1000) : secondsOf(from), until: until === undefined ? 0 : secondsOf(until) };
}
