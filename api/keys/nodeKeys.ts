import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fromBase64Url, toBase64Url } from '../../protocol/encoding/base64url.ts';
import { generateKeyPair, type PrivateJwk, type PublicJwk, publicJwk } from '../../protocol/jose/jwk.ts';
import { OWNER_ONLY, writeDurably } from '../../sdk/files/writeDurably.ts';

/** The two keys of a node. */
export interface NodeKeys {
  /** Signs checkpoints. */
  signing: PrivateJwk;
  /** The public part: what readers pin in trust.json. */
  witness: PublicJwk;
  /** 32 bytes: bodies are encrypted under it. Without it the document store cannot be read. */
  dataKey: Uint8Array;
}

const FORMAT = 'tidemark-node-key/1';
const DATA_KEY_LENGTH = 32;

/** Opens the node's key file, which only its owner may read, and makes it where there is none. */
export function openNodeKeys(path: string): NodeKeys {
  if (!existsSync(path)) create(path);
  const file = JSON.parse(readFileSync(path, 'utf8')) as { format: string; signing: PrivateJwk; dataKey: string };
  const dataKey = fromBase64Url(file.dataKey);
  if (file.format !== FORMAT || dataKey.length !== DATA_KEY_LENGTH)
    throw new Error(`${path} is not a node's key file: restore it from a backup`);
  return { signing: file.signing, witness: publicJwk(file.signing), dataKey };
}

function create(path: string): void {
  const signing = generateKeyPair((length) => randomBytes(length));
  const file = { format: FORMAT, signing, dataKey: toBase64Url(randomBytes(DATA_KEY_LENGTH)) };
  writeDurably(path, `${JSON.stringify(file, undefined, 2)}\n`, OWNER_ONLY);
}
