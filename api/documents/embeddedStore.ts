import { exporter } from 'ipfs-unixfs-exporter';
import { importBytes } from 'ipfs-unixfs-importer';
import { CID } from 'multiformats/cid';
import * as raw from 'multiformats/codecs/raw';
import { sha256 } from 'multiformats/hashes/sha2';
import { ApiError } from '../errors.ts';
import type { DocumentStore } from './documentStore.ts';
import { DurableBlockstore } from './durableBlockstore.ts';
import { IMPORT_SETTINGS } from './importSettings.ts';

const DAG_PB = 0x70;

/** A store on this machine's disk, in the folder `location`. */
export async function openEmbeddedStore(location: string): Promise<DocumentStore> {
  const blocks = new DurableBlockstore(location);
  await blocks.open();
  const verified = { get: (cid: CID) => verifiedBlock(blocks, cid) };
  return {
    async put(bytes) {
      const { cid } = await importBytes(bytes, blocks, IMPORT_SETTINGS);
      return cid.toString();
    },
    async get(cid) {
      try {
        return await read(CID.parse(cid), verified);
      } catch (cause) {
        throw new ApiError('BODY_NOT_KEPT', 'the body is missing from the store, or damaged', { cause });
      }
    },
    async *list() {
      // A block's file is named by its hash alone: whether it is raw bytes or a node with links is seen from its content.
      for await (const { cid, bytes } of blocks.getAll()) {
        const block = await joined(bytes);
        yield CID.createV1(isNode(block) ? DAG_PB : raw.code, cid.multihash).toString();
      }
    },
    close: () => blocks.close(),
  };
}

interface Reader {
  get(cid: CID): AsyncGenerator<Uint8Array>;
}

async function read(cid: CID, blocks: Reader): Promise<Uint8Array> {
  const entry = await exporter(cid, blocks);
  if (entry.type !== 'file' && entry.type !== 'raw') throw new Error(`not a file: ${entry.type}`);
  return joined(entry.content());
}

async function* verifiedBlock(blocks: DurableBlockstore, cid: CID): AsyncGenerator<Uint8Array> {
  const block = await joined(blocks.get(cid));
  const digest = await sha256.digest(block);
  if (!equal(digest.digest, cid.multihash.digest)) throw new Error(`block ${cid} is damaged`);
  yield block;
}

/** Bytes of a dag-pb node with links begin with field 2 (PBLink) or, without any, field 1 (data), length-delimited: 0x12 or 0x0a. */
function isNode(block: Uint8Array): boolean {
  return block[0] === 0x12 || block[0] === 0x0a;
}

async function joined(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const piece of pieces) chunks.push(piece);
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
