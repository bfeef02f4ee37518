import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { fromUtf8, toUtf8 } from '../../protocol/encoding/utf8.ts';
import { ApiError } from '../errors.ts';
import type { Body, EventBody } from './body.ts';
import type { DocumentStore } from './documentStore.ts';

/** Bodies, encrypted on their way into the store and out of it. */
export interface BodyVault {
  /** Keeps a body; resolves with its CID when it is durable. The same body put twice is kept twice: each time it is encrypted anew. */
  put(body: Body): Promise<string>;
  /** @throws ApiError `BODY_NOT_KEPT` */
  get(cid: string): Promise<Body>;
  /** An event that was put a short while ago, from memory: most are read once, soon after they came. Says nothing of what is on disk. */
  recent(cid: string): Body | undefined;
  /** Everything that opens under this node's key. */
  all(): AsyncIterable<{ cid: string; body: Body }>;
}

const MAGIC = Buffer.from('tidemark-body/1\n');
const IV_LENGTH = 12;
const TAG_LENGTH = 16;
/** Characters of the events that are kept in memory. */
const MOST_RECENT = 16_000_000;

/**
 * Encrypts bodies with AES-256-GCM under the node's data key: `magic || iv 12 || ciphertext || tag 16`, the magic being authenticated. Random 96-bit IVs are
 * good for 2^32 bodies under one key (NIST SP 800-38D section 8.3).
 */
export function openBodyVault(store: DocumentStore, dataKey: Uint8Array): BodyVault {
  const recent = new RecentEvents();
  return {
    async put(body) {
      const cid = await store.put(seal(toUtf8(JSON.stringify(body)), dataKey));
      if (body.type === 'event') recent.keep(cid, body);
      return cid;
    },
    recent: (cid) => recent.find(cid),
    get: async (cid) => read(await store.get(cid), dataKey),
    async *all() {
      for await (const cid of store.list()) {
        const body = await tryRead(store, cid, dataKey);
        if (body !== undefined) yield { cid, body };
      }
    },
  };
}

class RecentEvents {
  readonly #events = new Map<string, EventBody>();
  #characters = 0;

  keep(cid: string, body: EventBody): void {
    this.#events.set(cid, body);
    this.#characters += body.event.length;
    for (const [oldest, { event }] of this.#events) {
      if (this.#characters <= MOST_RECENT) return;
      this.#events.delete(oldest);
      this.#characters -= event.length;
    }
  }

  find(cid: string): Body | undefined {
    return this.#events.get(cid);
  }
}

function read(sealed: Uint8Array, dataKey: Uint8Array): Body {
  const text = unseal(sealed, dataKey);
  if (text === undefined) throw new ApiError('BODY_NOT_KEPT', 'the body does not open with the key of this node');
  return JSON.parse(fromUtf8(text)) as Body;
}

async function tryRead(store: DocumentStore, cid: string, dataKey: Uint8Array): Promise<Body | undefined> {
  try {
    return read(await store.get(cid), dataKey);
  } catch (error) {
    // A piece of a longer body, or a block that was never flushed: not a body.
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

function seal(text: Uint8Array, dataKey: Uint8Array): Uint8Array {
  const iv = randomBytes(IV_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', dataKey, iv).setAAD(MAGIC);
  return Buffer.concat([MAGIC, iv, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

function unseal(sealed: Uint8Array, dataKey: Uint8Array): Uint8Array | undefined {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
  const start = MAGIC.length + IV_LENGTH;
  if (bytes.length < start + TAG_LENGTH || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', dataKey, bytes.subarray(MAGIC.length, start)).setAAD(MAGIC);
  decipher.setAuthTag(bytes.subarray(-TAG_LENGTH));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(start, -TAG_LENGTH)), decipher.final()]);
  } catch {
    return undefined;
  }
}
