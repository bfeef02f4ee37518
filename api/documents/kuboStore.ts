import { create } from 'kubo-rpc-client';
import { CID } from 'multiformats/cid';
import { ApiError } from '../errors.ts';
import type { DocumentStore } from './documentStore.ts';
import { CHUNK_SIZE, MAX_LINKS } from './importSettings.ts';

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * A store in a Kubo node, reached by its RPC address. Kubo must belong to this shore alone (a private swarm, or none); everything is pinned, so that garbage
 * collection leaves it.
 */
export function openKuboStore(url: string): DocumentStore {
  const client = create({ url, timeout: TIMEOUT_MS });
  return {
    async put(bytes) {
      // `max-file-links` is not among the client's named options; unknown ones are passed on as they are.
      const settings = { cidVersion: 1, rawLeaves: true, chunker: `size-${CHUNK_SIZE}`, pin: true, 'max-file-links': MAX_LINKS } as const;
      const { cid } = await client.add(bytes, settings);
      return cid.toString();
    },
    async get(cid) {
      try {
        return await readCapped(client.cat(CID.parse(cid), { timeout: TIMEOUT_MS }));
      } catch (cause) {
        throw new ApiError('BODY_NOT_KEPT', 'the document store does not give the body', { cause });
      }
    },
    async *list() {
      for await (const { cid } of client.pin.ls({ type: 'recursive' })) yield cid.toString();
    },
    async close() {},
  };
}

async function readCapped(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > MAX_BYTES) throw new Error('the body is larger than any that was kept');
    chunks.push(piece);
  }
  return Buffer.concat(chunks);
}
