import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ShoreName } from '../../protocol/ledger/codes.ts';
import { createAccount, openAccount } from '../keys/accountKey.ts';
import { passwordForNew, passwordOf } from '../keys/password.ts';
import type { Signer } from '../keys/signer.ts';

/** Seats of a shore's council whose keys are on this machine. In production each official has one, on a machine of his own. */
const SEATS = 3;

/** Folder of a shore's council: the keys of its seats and their outbox. */
export function councilFolder(home: string, shore: ShoreName): string {
  return join(home, 'councils', shore);
}

/** Opens the keys of a shore's seats, and makes those that are not there. */
export function prepareSeats(home: string, shore: ShoreName): Signer[] {
  const folder = councilFolder(home, shore);
  return Array.from({ length: SEATS }, (_, index) => {
    const path = seatFile(folder, index + 1);
    return existsSync(path) ? openAccount(path, passwordOf(folder)) : createAccount(path, passwordForNew(folder));
  });
}

/** Opens the keys of a shore's seats that are on this machine. @throws SdkError `PASSWORD_MISSING`, `PASSWORD_WRONG` */
export function openSeats(home: string, shore: ShoreName): Signer[] {
  const folder = councilFolder(home, shore);
  return Array.from({ length: SEATS }, (_, index) => seatFile(folder, index + 1))
    .filter((path) => existsSync(path))
    .map((path) => openAccount(path, passwordOf(folder)));
}

function seatFile(folder: string, seat: number): string {
  return join(folder, `seat-${seat}.json`);
}
