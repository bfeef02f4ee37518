import type { EventBytes } from './eventBytes.ts';
import { sha256 } from './sha256.ts';

/** The index digest: docs/spec/index-digest.md. It depends on the ledger's address and the logs in their order, and on nothing else. */

const TITLE = Buffer.from('tidemark-index/2\n');
const FIXED = 32 + 8 + 4 + 20 + 1 + 4;
/** What is hashed; used again, as each log is. */
let hashed = Buffer.alloc(1_024);

/** The digest of an index without a log. @param contract address of the ledger, 20 bytes */
export function emptyDigest(contract: Buffer): Buffer {
  return sha256(Buffer.concat([TITLE, contract]));
}

/**
 * The digest after one more log:
 * `SHA-256(digest || uint64(block) || uint32(logIndex) || address || uint8(topics) || topics || uint32(data length) || data)`.
 */
export function extendDigest(digest: Buffer, { block, logIndex, address, topics, data }: EventBytes): Buffer {
  const length = FIXED + topics.length + data.length;
  if (length > hashed.length) hashed = Buffer.alloc(2 * length);
  hashed.set(digest);
  hashed.writeUInt32BE(Math.floor(block / 2 ** 32), 32);
  hashed.writeUInt32BE(block >>> 0, 36);
  hashed.writeUInt32BE(logIndex, 40);
  hashed.set(address, 44);
  hashed.writeUInt8(topics.length / 32, 64);
  hashed.set(topics, 65);
  hashed.writeUInt32BE(data.length, 65 + topics.length);
  hashed.set(data, FIXED + topics.length);
  return sha256(hashed.subarray(0, length));
}
