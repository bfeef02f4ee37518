import { Command, Option } from 'commander';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { COMPANION_KIND, type CompanionKindName } from '../../protocol/law/codes.ts';
import type { ShoreName } from '../../protocol/ledger/codes.ts';
import { FastProvider } from '../../sdk/chain/provider.ts';
import type { LedgerAt } from '../../sdk/chain/readState.ts';
import { SdkError } from '../../sdk/errors.ts';
import { actingSeat, type CouncilName, execute, type KeptAct, readAct, speak, writeAct } from '../../sdk/govern/acts.ts';
import { type Carried, carry } from '../../sdk/govern/carry.ts';
import { openSeats } from '../../sdk/govern/seats.ts';
import { readDeployment } from '../../sdk/home/home.ts';
import type { Signer } from '../../sdk/keys/signer.ts';
import { type CommonOptions, describeCommand, EXIT, type Outcome, run } from './support/command.ts';
import { withProgress } from './support/progress.ts';

interface Options extends CommonOptions {
  shore: ShoreName;
  seat: string;
  both?: boolean;
}

/** `govern propose|approve|execute|carry`: what the councils of the shores do, one seat at a time. */
export function governCommand(): Command {
  return new Command('govern')
    .description('What the councils of the shores do, one seat at a time')
    .addCommand(proposeCommand())
    .addCommand(approveCommand())
    .addCommand(executeCommand())
    .addCommand(carryCommand());
}

function proposeCommand(): Command {
  return seatCommand(
    'propose',
    'Propose an act of a shore, or of both, and approve it. It is written to a file for the other officials.',
    "govern propose 'ledger.suspendMember(4, 6)' --shore KR --seat 1",
  )
    .argument('<call>', 'CONTRACT.FUNCTION(ARGUMENTS), the contract being ledger, clearance, laboratories or council')
    .option('--both', 'an act of both shores: this shore proposes it at the council of both')
    .action((call: string, options: Options) =>
      withSeat(options, async (ledger, seat) => {
        const council: CouncilName = options.both === true ? 'BOTH' : options.shore;
        const act = await writeAct(options.home, ledger, council, call, Math.floor(Date.now() / 1000));
        const own = await speak(options.home, ledger, { shore: options.shore, seat, word: 'propose' }, act);
        return told(act, own, 'is proposed');
      }),
    );
}

function approveCommand(): Command {
  return seatCommand(
    'approve',
    'Approve an act of your shore, or let your shore approve an act of both.',
    'govern approve 0x… --shore KR --seat 2',
  )
    .argument('<act>', 'id of the act, whose file is in the home folder')
    .option('--both', 'your shore has not proposed this act of both itself: it approves it')
    .action((id: string, options: Options) =>
      withSeat(options, async (ledger, seat) => {
        const act = readAct(options.home, id);
        const word = options.both === true ? 'approve' : 'propose';
        return told(act, await speak(options.home, ledger, { shore: options.shore, seat, word }, act), 'is approved by this seat');
      }),
    );
}

function executeCommand(): Command {
  return seatCommand('execute', 'Execute an act that has its quorum and whose delay is over.', 'govern execute 0x… --shore KR --seat 1')
    .argument('<act>', 'id of the act, whose file is in the home folder')
    .action((id: string, options: Options) =>
      withSeat(options, async (ledger, seat) => {
        const act = readAct(options.home, id);
        const { height } = await execute(options.home, ledger, options.shore, seat, act);
        return { exit: EXIT.DONE, lines: [`${act.call} is done, in block ${height} at the latest`], json: { ...act, height } };
      }),
    );
}

function carryCommand(): Command {
  const command = seatCommand(
    'carry',
    'Bring all that the newest contract of a kind holds into the one that is to follow it, and prove that nothing was lost: the roots of their storage are equal.',
    'govern carry laboratories 0x… --shore KR --seat 1',
  )
    .argument('<kind>', 'clearance, laboratories or registry')
    .argument('<successor>', 'address of the new contract, which both shores have not added yet')
    .option('--check', 'only compare; write nothing');
  return command.action((kind: string, successor: string, options: Options & { check?: boolean }) =>
    withSeat(options, async (ledger, seat) => {
      const act = options.check === true ? undefined : actingSeat(options.home, ledger, options.shore, seat);
      const wanted = { kind: kindOf(kind), successor: addressOf(successor), ...(act !== undefined && { act }) };
      const carried = await withProgress((onProgress) => carry(ledger, { ...wanted, onProgress }));
      return { exit: EXIT.DONE, lines: toldOfCarrying(carried), json: carried };
    }),
  );
}

function toldOfCarrying({ predecessor, successor, slots, missing, height, storageRoot }: Carried): string[] {
  return [
    `${successor} holds all that ${predecessor} holds: ${slots} words, ${missing} of them brought now`,
    `storage root of both at block ${height}: ${storageRoot}`,
    'next: both shores add it, tidemark govern propose --both',
  ];
}

function kindOf(text: string): CompanionKindName {
  const kind = text.toUpperCase() as CompanionKindName;
  if (Object.hasOwn(COMPANION_KIND, kind)) return kind;
  throw new SdkError('CHOICE_UNKNOWN', `there is no kind "${text}"`, { advice: 'use clearance, laboratories or registry' });
}

function addressOf(text: string): Hex {
  if (/^0x[0-9a-fA-F]{40}$/.test(text)) return text as Hex;
  throw new SdkError('ADDRESS_MALFORMED', `"${text}" is no address`, { advice: 'write 0x and 40 hexadecimal digits' });
}

function seatCommand(name: string, description: string, example: string): Command {
  return describeCommand(name, description, example)
    .addOption(new Option('--shore <shore>', 'whose council').choices(['CN', 'KR']).makeOptionMandatory())
    .option('--seat <number>', 'which of the seats on this machine', '1');
}

function withSeat(options: Options, work: (ledger: LedgerAt, seat: Signer) => Promise<Outcome>): Promise<void> {
  return run(options, async () => {
    const { chainId, rpcUrl, contract } = readDeployment(options.home);
    const provider = new FastProvider(rpcUrl, chainId);
    try {
      return await work({ provider, chainId, contract }, seatOf(options));
    } finally {
      provider.destroy();
    }
  });
}

function seatOf({ home, shore, seat }: Options): Signer {
  const found = openSeats(home, shore)[Number(seat) - 1];
  if (found !== undefined) return found;
  throw new SdkError('CHOICE_UNKNOWN', `there is no seat ${seat} of ${shore} on this machine`);
}

/** An act of both has, in each shore, an act of its own that speaks for it: officials approve and execute that one. */
function told(act: KeptAct, own: KeptAct, what: string): Outcome {
  const speech = own.proposal === act.proposal ? [] : [`at this shore, approve and execute ${own.proposal} for it`];
  return { exit: EXIT.DONE, lines: [`${act.proposal} ${what}: ${act.call}`, ...speech], json: { act, own } };
}
