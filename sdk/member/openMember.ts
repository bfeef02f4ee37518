import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FastProvider } from '../chain/provider.ts';
import type { LedgerAt } from '../chain/readState.ts';
import { SdkError } from '../errors.ts';
import { type MemberFile, memberFolder, readDeployment, readMember } from '../home/home.ts';
import { openAccount } from '../keys/accountKey.ts';
import { type CredentialKey, openCredentialKey } from '../keys/credentialKey.ts';
import { passwordOf } from '../keys/password.ts';
import { type NodeClient, nodeClient } from '../node/client.ts';
import { type Outbox, openOutbox } from '../outbox/outbox.ts';

/** A member at work: its file, its node, its ledger, and its keys where they are asked for. */
export interface OpenMember {
  /** Folder of everything that is kept on this machine. */
  home: string;
  file: MemberFile;
  folder: string;
  /** Exact text of the public profile. */
  profile: string;
  node: NodeClient;
  ledger: LedgerAt;
  /** Decrypts the credential key. */
  credentialKey(): CredentialKey;
  /** Decrypts the account key and opens the member's outbox. */
  outbox(): Promise<Outbox>;
  close(): void;
}

/**
 * Opens a member whose files are on this machine.
 *
 * @throws SdkError `FILE_MISSING`, `FILE_MALFORMED`, `SLUG_MALFORMED`
 */
export function openMember(home: string, slug: string): OpenMember {
  const file = readMember(home, slug);
  const folder = memberFolder(home, slug);
  const { chainId, rpcUrl, contract } = readDeployment(home);
  const provider = new FastProvider(rpcUrl, chainId);
  const ledger = { provider, chainId, contract };
  return {
    home,
    file,
    folder,
    profile: readText(join(home, 'profiles', `${slug}.json`)),
    node: nodeClient({ url: file.node, token: readText(join(folder, 'token')).trim() }),
    ledger,
    credentialKey: () => openCredentialKey(folder, passwordOf(folder)),
    outbox: () =>
      openOutbox({ path: join(folder, 'outbox.sqlite'), signer: openAccount(join(folder, 'account.json'), passwordOf(folder)), ...ledger }),
    close: () => provider.destroy(),
  };
}

function readText(path: string): string {
  if (existsSync(path)) return readFileSync(path, 'utf8');
  throw new SdkError('FILE_MISSING', `there is no ${path}`, { advice: 'restore it from a backup, or start the ledger again: npm start' });
}
