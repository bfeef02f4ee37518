import { type Hex, isHex } from '../encoding/hex.ts';
import { toUtf8 } from '../encoding/utf8.ts';
import { ProtocolError } from '../errors.ts';
import { keyId, type PrivateJwk, type PublicJwk } from '../jose/jwk.ts';
import { parseJws, signJws, verifyJws } from '../jose/jws.ts';
import type { JsonObject } from '../json/jsonValue.ts';
import { parseStrict } from '../json/parseStrict.ts';

/** What one node sees at one block of the chain (docs/spec/bundle.md section 2). */
export interface Checkpoint {
  /** Name of the node. */
  iss: string;
  /** The node's clock when it signed, Unix seconds. */
  iat: number;
  chainId: number;
  /** Address of the ledger's contract. */
  contract: Hex;
  height: number;
  /** Hash of the block. */
  hash: Hex;
  /** Of the block, Unix seconds. */
  timestamp: number;
  /** The contract's count of state changes at `height`. */
  sequence: number;
  /** Digest of the node's index at `height`. */
  indexDigest: Hex;
}

/** The media type of a checkpoint, in the header's `typ`. */
export const CHECKPOINT_TYPE = 'tidemark-checkpoint+jwt';

const MAX_LENGTH = 4096;
type Check = (value: unknown) => boolean;
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isHash: Check = (value) => isHex(value, 32);
const FIELDS: Readonly<Record<keyof Checkpoint, Check>> = {
  iss: (value) => typeof value === 'string' && value.length > 0 && value.length <= 64,
  iat: isCount,
  chainId: isCount,
  contract: (value) => isHex(value, 20),
  height: isCount,
  hash: isHash,
  timestamp: isCount,
  sequence: isCount,
  indexDigest: isHash,
};

/**
 * Signs a checkpoint with the node's key: compact JWS, ES256.
 *
 * @throws ProtocolError `CHECKPOINT_MALFORMED` with the field's pointer, `KEY_MALFORMED`
 */
export function signCheckpoint(checkpoint: Checkpoint, key: PrivateJwk): string {
  const payload = checked({ ...checkpoint });
  return signJws({ typ: CHECKPOINT_TYPE, kid: keyId(key) }, toUtf8(JSON.stringify(payload)), key);
}

/**
 * Reads a checkpoint and tells which of the trusted witnesses signed it. The key decides, and the name must be that witness' own.
 *
 * @throws ProtocolError `WITNESS_UNKNOWN`, `SIGNATURE_WRONG`, `CHECKPOINT_MALFORMED`, and those of `parseJws`
 */
export function readCheckpoint<W extends { name: string; jwk: PublicJwk }>(
  jws: string,
  witnesses: readonly W[],
): Checkpoint & { witness: W } {
  if (jws.length > MAX_LENGTH) throw malformed('a checkpoint is short', '');
  const { header, payload } = parseJws(jws);
  if (header.typ !== CHECKPOINT_TYPE) throw malformed('this is no checkpoint', '/typ');
  const witness = witnesses.find(({ jwk }) => keyId(jwk) === header.kid);
  if (witness === undefined) throw new ProtocolError('WITNESS_UNKNOWN', 'no trusted witness has this key');
  verifyOnce(jws, witness.jwk);
  const checkpoint = checked(parseStrict(payload) as JsonObject);
  if (checkpoint.iss !== witness.name) throw new ProtocolError('WITNESS_UNKNOWN', 'the name is not that of the key', { pointer: '/iss' });
  return { ...checkpoint, witness };
}

const VERIFIED_KEPT = 256;
const verified = new WeakMap<PublicJwk, Set<string>>();

/** A walk over two thousand histories stands on one block: its signatures are verified once, not thousands of times. */
function verifyOnce(jws: string, jwk: PublicJwk): void {
  const known = verified.get(jwk) ?? new Set();
  if (known.has(jws)) return;
  verifyJws(jws, jwk);
  if (known.size >= VERIFIED_KEPT) known.clear();
  verified.set(jwk, known.add(jws));
}

function checked(payload: object): Checkpoint {
  const names = Object.keys(FIELDS) as (keyof Checkpoint)[];
  const wrong = names.find((name) => !FIELDS[name]((payload as Partial<Checkpoint>)[name]));
  if (wrong !== undefined) throw malformed('this field is missing or of the wrong kind', `/${wrong}`);
  return Object.fromEntries(names.map((name) => [name, (payload as Checkpoint)[name]])) as unknown as Checkpoint;
}

function malformed(message: string, pointer: string): ProtocolError {
  return new ProtocolError('CHECKPOINT_MALFORMED', message, { pointer });
}
