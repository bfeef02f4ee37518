import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { ShoreName } from '../../protocol/ledger/codes.ts';
import type { Trust } from '../../protocol/verdict/verdict.ts';
import { SdkError } from '../errors.ts';

/** Where the ledger is deployed: `deployment.json`. */
export interface Deployment {
  chainId: number;
  rpcUrl: string;
  contract: Hex;
  /** Height of the block that deployed the contract. */
  deployedAt: number;
  codeHash: Hex;
}

/** A member whose keys are on this machine: `members/<slug>/member.json`. */
export interface MemberFile {
  slug: string;
  /** Number on the ledger. */
  member: number;
  shore: ShoreName;
  name: { zh: string; ko: string; en: string };
  /** Address of its shore's node. */
  node: string;
  roles: string[];
}

/** Folder of one member's keys, token, journal and outbox. */
export function memberFolder(home: string, slug: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(slug)) {
    throw new SdkError('SLUG_MALFORMED', `"${slug}" cannot name a member`, { advice: 'use lower-case letters, digits and hyphens' });
  }
  return join(home, 'members', slug);
}

/** Reads `deployment.json`. @throws SdkError `FILE_MISSING`, `FILE_MALFORMED` */
export function readDeployment(home: string): Deployment {
  return readJson<Deployment>(join(home, 'deployment.json'), 'start the ledger first: npm start');
}

/** Reads a trust file: `trust.json` of the home, or another. @throws SdkError `FILE_MISSING`, `FILE_MALFORMED` */
export function readTrust(path: string): Trust {
  return readJson<Trust>(path, 'name one with --trust FILE; every node serves its own at /assets/trust.json');
}

/** Reads a member's file. @throws SdkError `FILE_MISSING`, `FILE_MALFORMED`, `SLUG_MALFORMED` */
export function readMember(home: string, slug: string): MemberFile {
  const known = memberSlugs(home);
  const advice = known.length === 0 ? 'start the ledger first: npm start' : `choose one of: ${known.join(', ')}`;
  return readJson<MemberFile>(join(memberFolder(home, slug), 'member.json'), advice);
}

/** Slugs of the members whose files are on this machine. */
export function memberSlugs(home: string): string[] {
  const folder = join(home, 'members');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((slug) => existsSync(join(folder, slug, 'member.json')))
    .sort();
}

function readJson<Value>(path: string, advice: string): Value {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new SdkError('FILE_MISSING', `there is no ${path}`, { advice, cause });
  }
  try {
    return JSON.parse(text) as Value;
  } catch (cause) {
    throw new SdkError('FILE_MALFORMED', `${path} is not JSON`, {
      advice: 'restore it from a backup, or delete it and start again',
      cause,
    });
  }
}
