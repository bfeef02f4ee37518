import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { ProtocolError } from '../../../protocol/errors.ts';
import { languageOf, ruleTexts } from '../../../protocol/law/ruleTexts.ts';
import { SdkError } from '../../../sdk/errors.ts';

/** 0 valid or done, 1 invalid or refused, 2 cannot check, 64 usage (sysexits.h). */
export const EXIT = { DONE: 0, REFUSED: 1, CANNOT: 2, USAGE: 64 } as const;
type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Options that every command has. */
export interface CommonOptions {
  home: string;
  json?: boolean;
}

/** What a command came to: lines for people, or one JSON value. */
export interface Outcome {
  exit: ExitCode;
  lines: readonly string[];
  json: unknown;
}

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** Codes that say that the command itself was wrong, and those that say that something did not answer. */
const USAGE_CODES = new Set([
  'FILE_MISSING',
  'SLUG_MALFORMED',
  'NO_INPUT',
  'DATE_MALFORMED',
  'CHOICE_UNKNOWN',
  'MEMBER_UNNAMED',
  'ADDRESS_MALFORMED',
  'CALL_MALFORMED',
]);
const CANNOT_CODES =
  /UNREACHABLE|NOT_YET|BUSY|MALFORMED_ANSWER|ANSWER|HTTP_5|TIMED_OUT|UNAVAILABLE|INDEX_BEHIND|PASSWORD_MISSING|UNEXPECTED/;

/** Begins a command with the options that all have, and an example in its help. */
export function describeCommand(name: string, description: string, example: string): Command {
  return new Command(name)
    .description(description)
    .option('--home <folder>', 'where keys, trust and deployment are kept', process.env.TIDEMARK_HOME ?? join(root, '.tidemark'))
    .option('--json', 'print one JSON value')
    .addHelpText('after', `\nExample:\n  npm run -s tidemark -- ${example}\n`);
}

/** Runs a command's work, prints what it came to, and sets the exit code. An error is one sentence, and one on what to do next. */
export async function run(options: CommonOptions, work: () => Promise<Outcome>): Promise<void> {
  try {
    const { exit, lines, json } = await work();
    process.stdout.write(options.json === true ? `${JSON.stringify(json, undefined, 2)}\n` : lines.map((line) => `${line}\n`).join(''));
    process.exitCode = exit;
  } catch (error) {
    report(options, error);
  }
}

function report(options: CommonOptions, error: unknown): void {
  const known = error instanceof SdkError || error instanceof ProtocolError;
  const code = known ? error.code : 'UNEXPECTED';
  const message = error instanceof Error ? error.message : String(error);
  const advice = error instanceof SdkError ? error.advice : undefined;
  const pointer = known ? error.pointer : undefined;
  const texts = ruleTexts(code);
  const refusal = error instanceof SdkError ? error.facts?.refusal : undefined;
  if (options.json === true) {
    process.stdout.write(
      `${JSON.stringify({ error: { code, message, ...(pointer !== undefined && { pointer }), ...(advice !== undefined && { advice }), ...(texts !== undefined && { texts }), ...(refusal !== undefined && { refusal }) } }, undefined, 2)}\n`,
    );
  } else {
    const at = pointer === undefined || message.includes(pointer) ? '' : ` (at "${pointer}")`;
    const sentence = texts === undefined ? message : texts[languageOf(process.env.TIDEMARK_LANG || process.env.LC_ALL || process.env.LANG)];
    const notes = [advice, refusal].flatMap((note) => (note === undefined ? [] : [`  ${note}\n`]));
    process.stderr.write(`${code}: ${sentence}${at}\n${notes.join('')}`);
  }
  process.exitCode = exitOf(code);
}

function exitOf(code: string): ExitCode {
  if (USAGE_CODES.has(code)) return EXIT.USAGE;
  return CANNOT_CODES.test(code) ? EXIT.CANNOT : EXIT.REFUSED;
}
