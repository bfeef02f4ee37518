import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ShoreName } from '../../protocol/ledger/codes.ts';
import type { LedgerAt } from '../chain/readState.ts';
import { createAccount, openAccount } from '../keys/accountKey.ts';
import { passwordForNew, passwordOf } from '../keys/password.ts';
import type { Signer } from '../keys/signer.ts';
import { type Outbox, openOutbox } from '../outbox/outbox.ts';

/** Folder of a shore's enrolling authority. */
export function authorityFolder(home: string, shore: ShoreName): string {
  return join(home, 'authorities', shore);
}

/** Opens the account of a shore's authority, and makes it where there is none. */
export function prepareAuthority(home: string, shore: ShoreName): Signer {
  const folder = authorityFolder(home, shore);
  const path = join(folder, 'account.json');
  return existsSync(path) ? openAccount(path, passwordOf(folder)) : createAccount(path, passwordForNew(folder));
}

/** Opens the account of a shore's authority. @throws SdkError `KEY_MISSING`, `PASSWORD_MISSING`, `PASSWORD_WRONG` */
export function openAuthority(home: string, shore: ShoreName): Signer {
  const folder = authorityFolder(home, shore);
  return openAccount(join(folder, 'account.json'), passwordOf(folder));
}

/** Opens the outbox through which a shore's authority enrols: a crash while enrolling neither doubles nor loses a member. */
export function openAuthorityOutbox(home: string, shore: ShoreName, authority: Signer, ledger: LedgerAt): Promise<Outbox> {
  return openOutbox({ path: join(authorityFolder(home, shore), 'outbox.sqlite'), signer: authority, ...ledger });
}
