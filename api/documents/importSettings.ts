import { fixedSize } from 'ipfs-unixfs-importer/chunker';
import { balanced } from 'ipfs-unixfs-importer/layout';

/** Bytes in one chunk. */
export const CHUNK_SIZE = 1_048_576;
/** Most links in one node. */
export const MAX_LINKS = 1_024;

/**
 * The profile `unixfs-v1-2025` (IPIP-499), spelled out: the defaults of the importer, of Helia and of Kubo all differ, and only equal settings give equal CIDs.
 */
export const IMPORT_SETTINGS = {
  cidVersion: 1,
  rawLeaves: true,
  reduceSingleLeafToSelf: true,
  chunker: fixedSize({ chunkSize: CHUNK_SIZE }),
  layout: balanced({ maxChildrenPerNode: MAX_LINKS }),
} as const;
