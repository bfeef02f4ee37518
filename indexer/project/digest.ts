import type { EventBytes } from './eventBytes.ts';
import { sha256 } from './sha256.ts';

/** The index digest: docs/spec/index-digest.md. It depends on the ledger's address and the logs in their order, and on nothing else. */

const TITLE = Buffer.from('tidemark-index/2\n');
const FIXED = 32 + 8 + 4 + 20 + 1 + 4;

/** The digest of an index without a log. @param contract address of the ledger, 20 bytes */
export function emptyDigest(contract: Buffer): Buffer {
  return sha256(Buffer.concat([TITLE, contract]));
}

/**
 * The digest after one more log:
 * `SHA-256(digest || uint64(block) || uint32(logIndex) || address || uint8(topics) || topics || uint32(data length) || data)`.
 */
export function extendDigest(digest: Buffer, { block, logIndex, address, topics, data }: EventBytes): Buffer {
  const bytes = Buffer.allocUnsafe(FIXED + topics.length + data.length);
  let at = digest.copy(bytes);
  at = bytes.writeBigUInt64BE(BigInt(block), at);
  at = bytes.writeUInt32BE(logIndex, at);
  at += address.copy(bytes, at);
  at = bytes.writeUInt8(topics.length / 32, at);
  at += topics.copy(bytes, at);
  at = bytes.writeUInt32BE(data.length, at);
  data.copy(bytes, at);
  return sha256(bytes);
}
