import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FsBlockstore } from 'blockstore-fs';
import { NextToLast } from 'blockstore-fs/sharding';
import type { CID } from 'multiformats/cid';

const SHARDING = new NextToLast();

/**
 * blockstore-fs writes to a temporary file and renames it, but flushes neither: after a loss of power a block could be empty or gone. This one flushes the block,
 * its folder and the folder above (which may have got a new entry) before `put` resolves.
 */
export class DurableBlockstore extends FsBlockstore {
  constructor(location: string) {
    super(location, { shardingStrategy: SHARDING });
  }

  override async put(cid: CID, bytes: Uint8Array): Promise<CID> {
    await super.put(cid, bytes);
    const { dir, file } = SHARDING.encode(cid);
    const path = join(this.path, dir, file);
    // A name that outlives the crash with content that does not is told by its hash when it is read; `put` then writes it again.
    await flush(path);
    await flush(dirname(path));
    await flush(this.path);
    return cid;
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
