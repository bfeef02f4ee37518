import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBase64Url } from '../../protocol/encoding/base64url.ts';
import type { RoleName, ShoreName } from '../../protocol/ledger/codes.ts';
import type { LedgerAt } from '../chain/readState.ts';
import { OWNER_ONLY, writeDurably } from '../files/writeDurably.ts';
import type { Council } from '../govern/council.ts';
import { type MemberFile, memberFolder } from '../home/home.ts';
import { createAccount, openAccount } from '../keys/accountKey.ts';
import { createCredentialKey, listCredentialKeys } from '../keys/credentialKey.ts';
import { passwordForNew, passwordOf } from '../keys/password.ts';
import type { Signer } from '../keys/signer.ts';
import { authoriseAccount, enrol, registerKey } from './enrol.ts';

/** A member that is to work from this machine. */
export interface MemberToPrepare {
  home: string;
  slug: string;
  /** Public profile: what readers are shown of the member. */
  profile: Readonly<Record<string, unknown>> & { name: { zh: string; ko: string; en: string } };
  shore: ShoreName;
  roles: readonly RoleName[];
  nodeUrl: string;
  /** Folder of the member's node, where that runs on this machine too: the node gets the token's digest and an account of its own for captured events. */
  nodeFolder?: string;
  /** The council of its shore. */
  council: Council;
  ledger: LedgerAt;
}

/**
 * Makes what a member needs, step by step, and skips what is there: keys, enrolment, authorised account, registered credential key, token, files. Run again
 * after a crash, it goes on where it stopped.
 *
 * @throws SdkError
 */
export async function prepareMember(wanted: MemberToPrepare): Promise<MemberFile> {
  const { home, slug, shore, roles, nodeUrl, nodeFolder, council, ledger } = wanted;
  const folder = memberFolder(home, slug);
  const account = prepareAccount(folder);
  const lane = nodeFolder === undefined ? undefined : prepareAccount(join(nodeFolder, 'lanes', slug));
  const thumbprint = listCredentialKeys(folder)[0]?.thumbprint ?? createCredentialKey(folder, passwordForNew(folder)).thumbprint;
  const profile = keepProfile(home, slug, wanted.profile);
  const sending = { outbox: council, ledger };
  const now = Math.floor(Date.now() / 1000);
  // A little earlier than now: the chain's clock may be behind this machine's.
  const validFrom = now - 300;
  const member = await enrol(sending, { roles, validFrom, validUntil: 0, profile });
  await Promise.all([
    authoriseAccount(sending, member, account.address),
    ...(lane === undefined ? [] : [authoriseAccount(sending, member, lane.address)]),
    registerKey(sending, member, thumbprint, validFrom),
  ]);
  const file: MemberFile = { slug, member, shore, name: wanted.profile.name, node: nodeUrl, roles: [...roles] };
  writeDurably(join(folder, 'member.json'), `${JSON.stringify(file, undefined, 2)}\n`);
  const token = prepareToken(folder);
  if (nodeFolder !== undefined) grantToken(nodeFolder, slug, member, token);
  return file;
}

/** Opens the account key in a folder, and makes it where there is none. */
function prepareAccount(folder: string): Signer {
  const path = join(folder, 'account.json');
  return existsSync(path) ? openAccount(path, passwordOf(folder)) : createAccount(path, passwordForNew(folder));
}

/** The text is written once and then only read: its exact bytes are what the ledger's digest is of. */
function keepProfile(home: string, slug: string, profile: object): string {
  const path = join(home, 'profiles', `${slug}.json`);
  if (!existsSync(path)) writeDurably(path, JSON.stringify(profile));
  return readFileSync(path, 'utf8');
}

function prepareToken(folder: string): string {
  const path = join(folder, 'token');
  if (!existsSync(path)) writeDurably(path, `${toBase64Url(randomBytes(32))}\n`, OWNER_ONLY);
  return readFileSync(path, 'utf8').trim();
}

/** Tells a node whose token this is; the node keeps its SHA-256 only. */
export function grantToken(nodeFolder: string, slug: string, member: number, token: string): void {
  const path = join(nodeFolder, 'tokens.json');
  const { tokens } = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { tokens: { slug: string }[] }) : { tokens: [] };
  const entry = { slug, member, sha256: createHash('sha256').update(token).digest('hex') };
  const all = [...tokens.filter((other) => other.slug !== slug), entry];
  writeDurably(path, `${JSON.stringify({ tokens: all }, undefined, 2)}\n`, OWNER_ONLY);
}
