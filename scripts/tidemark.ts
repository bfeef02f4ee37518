/** The command line: `npm run -s tidemark -- COMMAND`. */
import { Command, CommanderError } from 'commander';
import { acceptCommand } from './commands/accept.ts';
import { captureCommand } from './commands/capture.ts';
import { changeStatusCommand } from './commands/changeStatus.ts';
import { codeCommand } from './commands/code.ts';
import { discloseCommand } from './commands/disclose.ts';
import { fileCommand } from './commands/file.ts';
import { governCommand } from './commands/govern.ts';
import { judgeCommand } from './commands/judge.ts';
import { keysCommand } from './commands/keys.ts';
import { labCommand } from './commands/lab.ts';
import { membersCommand } from './commands/members.ts';
import { notariseCommand } from './commands/notarise.ts';
import { originCommand } from './commands/origin.ts';
import { moveCommand } from './commands/release.ts';
import { releasesCommand } from './commands/releases.ts';
import { alertCommand, holdCommand, recallCommand } from './commands/safety.ts';
import { shareCommand } from './commands/share.ts';
import { showCommand } from './commands/show.ts';
import { supersedeCommand } from './commands/supersede.ts';
import { EXIT } from './commands/support/command.ts';
import { traceCommand } from './commands/trace.ts';
import { verifyCommand } from './commands/verify.ts';

const program = new Command('tidemark')
  .description('Notarise documents on the ledger of two shores, and check them.')
  .addHelpText(
    'after',
    '\nExit codes: 0 valid or done, 1 invalid or refused, 2 cannot check, 64 usage.\nKeys open with TIDEMARK_PASSWORD; TIDEMARK_HOME names another home folder.',
  )
  .addCommand(notariseCommand())
  .addCommand(verifyCommand())
  .addCommand(showCommand())
  .addCommand(traceCommand())
  .addCommand(changeStatusCommand('revoke'))
  .addCommand(changeStatusCommand('suspend'))
  .addCommand(changeStatusCommand('reinstate'))
  .addCommand(supersedeCommand())
  .addCommand(discloseCommand())
  .addCommand(originCommand())
  .addCommand(labCommand())
  .addCommand(judgeCommand())
  .addCommand(acceptCommand())
  .addCommand(holdCommand('hold'))
  .addCommand(holdCommand('lift'))
  .addCommand(alertCommand())
  .addCommand(recallCommand())
  .addCommand(moveCommand('release'))
  .addCommand(moveCommand('write-off'))
  .addCommand(captureCommand())
  .addCommand(fileCommand())
  .addCommand(codeCommand())
  .addCommand(shareCommand())
  .addCommand(releasesCommand())
  .addCommand(governCommand())
  .addCommand(keysCommand())
  .addCommand(membersCommand());

exitByOverride(program);
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and version are what was asked for; all else that commander throws is wrong usage.
  process.exitCode = error.exitCode === 0 ? EXIT.DONE : EXIT.USAGE;
}

function exitByOverride(command: Command): void {
  command.exitOverride().showHelpAfterError('(see --help)');
  for (const child of command.commands) exitByOverride(child);
}
