import type { Hex } from '../../protocol/encoding/hex.ts';
import { readCapped } from '../../sdk/http/readCapped.ts';
import { NODE_HEADER } from '../access/nodeReader.ts';
import type { BodySubject, Visibility } from '../documents/body.ts';

/** A body as the other node gives it: not yet checked. */
export interface PeerBody {
  type: 'credential' | 'event';
  sdJwt?: string;
  event?: string;
  salt?: Hex;
  subjects: BodySubject[];
  visibility: Visibility;
  /** Exact texts of the releases under which a DOMESTIC body is given. */
  releases: string[];
}

/** What the other shore's node is asked for. Nothing it says is taken without a check; it never answers with an error, only with undefined. */
export interface Peer {
  /** Signed checkpoint of a block; waits until the peer has indexed it, at most `patienceMs`. */
  checkpoint(height: number, patienceMs: number): Promise<string | undefined>;
  /** A body that is public or released to this shore; NOT_RELEASED where the peer keeps it to itself. */
  body(leaf: Hex): Promise<PeerBody | 'NOT_RELEASED' | undefined>;
  /** Exact text of a release; NOT_RELEASED where it is not for this shore. */
  release(leaf: Hex): Promise<string | 'NOT_RELEASED' | undefined>;
  /** Leaves of a batch, in order. */
  batch(root: Hex): Promise<Hex[] | undefined>;
  /** Exact text of a public profile. */
  profile(digest: Hex): Promise<string | undefined>;
  /** The salt under which the peer keeps a subject. */
  salt(id: string): Promise<Hex | undefined>;
}

interface Asking {
  maxBytes?: number;
  headers?: Record<string, string>;
}

const MAX_BODY_BYTES = 1_000_000;
// 100,000 leaves of 69 characters.
const MAX_BATCH_BYTES = 8_000_000;
const BODY_TIMEOUT_MS = 5_000;
const QUICK_TIMEOUT_MS = 1_000;
const POLL_MS = 25;
const AWAY_MS = 2_000;

/**
 * Reaches the node at the configured address, and no other: redirects are errors.
 *
 * @param prove value of the header `Tidemark-Node` for a path: shows the peer which node asks for what may not be public
 */
export function openPeer(url: string, prove: (path: string) => string): Peer {
  // Writers ask for salts many at a time: while the peer does not answer they must not each wait for it.
  let awayUntil = 0;
  const base = url.replace(/\/$/, '');
  const ask = async (path: string, timeoutMs: number, more: Asking = {}): Promise<{ status: number; text: string } | undefined> => {
    const { maxBytes = MAX_BODY_BYTES, headers = {} } = more;
    try {
      const response = await fetch(base + path, { redirect: 'error', headers, signal: AbortSignal.timeout(timeoutMs) });
      return { status: response.status, text: await readCapped(response, maxBytes) };
    } catch {
      // Away, too slow, too long: the caller goes on without.
      return undefined;
    }
  };
  const askProven = (path: string) => ask(path, BODY_TIMEOUT_MS, { headers: { [NODE_HEADER]: prove(path) } });
  const askObject = async (path: string, timeoutMs: number, maxBytes?: number): Promise<Record<string, unknown> | undefined> => {
    const answer = await ask(path, timeoutMs, maxBytes === undefined ? {} : { maxBytes });
    return answer?.status === 200 ? objectOf(answer.text) : undefined;
  };
  return {
    async checkpoint(height, patienceMs) {
      const deadline = Date.now() + patienceMs;
      for (;;) {
        const answer = await ask(`/checkpoint/${height}`, Math.max(1, deadline - Date.now()));
        if (answer?.status === 200) return answer.text.trim();
        if (answer?.status !== 404 || Date.now() + POLL_MS >= deadline) return undefined;
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
    async body(leaf) {
      const answer = await askProven(`/bodies/${leaf}`);
      if (answer?.status === 403) return 'NOT_RELEASED';
      const body = answer?.status === 200 ? objectOf(answer.text) : undefined;
      return body === undefined ? undefined : bodyOf(body);
    },
    async release(leaf) {
      const answer = await askProven(`/releases/${leaf}`);
      if (answer?.status === 404) return 'NOT_RELEASED';
      const text = answer?.status === 200 ? objectOf(answer.text)?.text : undefined;
      return typeof text === 'string' ? text : undefined;
    },
    async batch(root) {
      const leaves = (await askObject(`/batches/${root}`, BODY_TIMEOUT_MS, MAX_BATCH_BYTES))?.leaves;
      return Array.isArray(leaves) && leaves.every(isHash) ? (leaves as Hex[]) : undefined;
    },
    async profile(digest) {
      const answer = await ask(`/profiles/${digest}`, QUICK_TIMEOUT_MS);
      return answer?.status === 200 ? answer.text : undefined;
    },
    async salt(id) {
      if (Date.now() < awayUntil) return undefined;
      const answer = await ask(`/subjects/salt?id=${encodeURIComponent(id)}`, QUICK_TIMEOUT_MS);
      if (answer === undefined) awayUntil = Date.now() + AWAY_MS;
      const salt = answer?.status === 200 ? objectOf(answer.text)?.salt : undefined;
      return isSalt(salt) ? salt : undefined;
    },
  };
}

function bodyOf({ type, sdJwt, event, salt, subjects, ...kept }: Record<string, unknown>): PeerBody | undefined {
  const { visibility = 'PUBLIC', releases = [] } = kept;
  if (!Array.isArray(subjects) || !subjects.every(isSubject)) return undefined;
  if (visibility !== 'PUBLIC' && visibility !== 'DOMESTIC') return undefined;
  if (!Array.isArray(releases) || !releases.every((text) => typeof text === 'string')) return undefined;
  const common = { subjects, visibility, releases } as const;
  if (type === 'credential' && typeof sdJwt === 'string') return { type, sdJwt, ...common };
  if (type === 'event' && typeof event === 'string' && isSalt(salt)) return { type, event, salt, ...common };
  return undefined;
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isSubject(value: unknown): value is BodySubject {
  const { id, salt } = (value ?? {}) as { id?: unknown; salt?: unknown };
  return typeof id === 'string' && isSalt(salt);
}

function isHash(value: unknown): value is Hex {
  return typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value);
}

function isSalt(value: unknown): value is Hex {
  return typeof value === 'string' && /^0x[0-9a-f]{32}$/.test(value);
}
