import { Command } from 'commander';
import { type Hex, isHex } from '../../protocol/encoding/hex.ts';
import { SdkError } from '../../sdk/errors.ts';
import {
  generateKey,
  type KeyStanding,
  keyStandings,
  registerCurrentKey,
  revokeMemberKey,
  rotateKey,
} from '../../sdk/member/memberKeys.ts';
import type { OpenMember } from '../../sdk/member/openMember.ts';
import { momentOf } from './support/choice.ts';
import { EXIT, type Outcome } from './support/command.ts';
import { type MemberOptions, memberCommand, withMember } from './support/withMember.ts';

interface Options extends MemberOptions {
  compromisedSince?: string;
}

/** `keys list|generate|register|rotate|revoke`: a member's credential keys. */
export function keysCommand(): Command {
  const list = memberCommand('list', "List a member's credential keys and how the ledger knows them.", 'keys list --member namhae');
  const generate = memberCommand('generate', 'Make a new credential key, which signs from now on.', 'keys generate --member namhae');
  const register = memberCommand('register', "Register the current key with the shore's authority.", 'keys register --member namhae');
  const rotate = memberCommand('rotate', 'Make and register a new key, and revoke the old one from now on.', 'keys rotate --member namhae');
  const revoke = memberCommand(
    'revoke',
    'Revoke a key, or declare it compromised since a date.',
    'keys revoke 0x… --member namhae --compromised-since 2026-11-01',
  );
  return new Command('keys')
    .description("A member's credential keys")
    .addCommand(list.action((options: Options) => withMember(options, listKeys)))
    .addCommand(
      generate.action((options: Options) =>
        withMember(options, async (member) => made(generateKey(member), 'is made; register it next: keys register')),
      ),
    )
    .addCommand(
      register.action((options: Options) =>
        withMember(options, async (member) => made(await registerCurrentKey(options.home, member), 'is registered')),
      ),
    )
    .addCommand(rotate.action((options: Options) => withMember(options, (member) => rotated(options, member))))
    .addCommand(
      revoke
        .argument('<thumbprint>', 'RFC 7638 thumbprint of the key, as "keys list" shows it')
        .option('--compromised-since <date>', 'what was anchored from this moment on becomes INVALID')
        .action((thumbprint: string, options: Options) => withMember(options, (member) => revoked(options, member, thumbprint))),
    );
}

async function listKeys(member: OpenMember): Promise<Outcome> {
  const keys = await keyStandings(member);
  return { exit: EXIT.DONE, lines: keys.map(lineOf), json: keys };
}

function lineOf({ thumbprint, current, standing }: KeyStanding): string {
  return `${thumbprint}  ${current ? 'current' : 'former '}  ${describeStanding(standing)}`;
}

function describeStanding(standing: KeyStanding['standing']): string {
  if (standing === undefined) return 'not registered';
  if (standing.compromisedSince !== 0) return `compromised since ${timeOf(standing.compromisedSince)}`;
  if (standing.revokedAt !== 0) return `revoked ${timeOf(standing.revokedAt)}`;
  return `valid from ${timeOf(standing.validFrom)}${standing.validUntil === 0 ? '' : ` until ${timeOf(standing.validUntil)}`}`;
}

function made(thumbprint: Hex, text: string): Outcome {
  return { exit: EXIT.DONE, lines: [`${thumbprint} ${text}`], json: { thumbprint } };
}

async function rotated({ home }: Options, member: OpenMember): Promise<Outcome> {
  const { current, revoked: former } = await rotateKey(home, member);
  return {
    exit: EXIT.DONE,
    lines: [`${current} signs from now on`, ...former.map((each) => `${each} is revoked`)],
    json: { current, revoked: former },
  };
}

async function revoked({ home, compromisedSince }: Options, member: OpenMember, thumbprint: string): Promise<Outcome> {
  if (!isHex(thumbprint, 32))
    throw new SdkError('CHOICE_UNKNOWN', `"${thumbprint}" is no thumbprint`, { advice: 'copy it from "keys list"' });
  const since = compromisedSince === undefined ? 0 : Math.floor(Date.parse(momentOf(compromisedSince)) / 1000);
  await revokeMemberKey(home, member, thumbprint, since);
  return made(thumbprint, since === 0 ? 'is revoked' : `is compromised since ${timeOf(since)}`);
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
