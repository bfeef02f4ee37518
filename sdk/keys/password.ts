import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBase64Url } from '../../protocol/encoding/base64url.ts';
import { SdkError } from '../errors.ts';
import { OWNER_ONLY, writeDurably } from '../files/writeDurably.ts';
import { SCRYPT_FOR_PEOPLE, SCRYPT_FOR_RANDOM } from './seal.ts';

/** A password and the work (scrypt N) that keys made under it need. */
export interface Password {
  text: string;
  work: number;
}

/**
 * The password of the keys in `folder`: `TIDEMARK_PASSWORD`, else the file `password` beside the keys.
 *
 * @throws SdkError `PASSWORD_MISSING`
 */
export function passwordOf(folder: string): Password {
  const given = process.env.TIDEMARK_PASSWORD;
  if (given !== undefined && given !== '') return { text: given, work: SCRYPT_FOR_PEOPLE };
  const path = join(folder, 'password');
  if (existsSync(path)) return { text: readFileSync(path, 'utf8').trim(), work: SCRYPT_FOR_RANDOM };
  throw new SdkError('PASSWORD_MISSING', `no password for the keys in ${folder}`, { advice: 'set TIDEMARK_PASSWORD' });
}

/**
 * The password for keys that are to be made in `folder`. Where none is set, 256 random bits are written to the file `password`: good for trying things out
 * on one machine; whoever can read the folder can then use the keys.
 */
export function passwordForNew(folder: string): Password {
  const path = join(folder, 'password');
  const given = process.env.TIDEMARK_PASSWORD;
  if ((given === undefined || given === '') && !existsSync(path)) writeDurably(path, `${toBase64Url(randomBytes(32))}\n`, OWNER_ONLY);
  return passwordOf(folder);
}
