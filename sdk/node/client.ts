import { setTimeout as sleep } from 'node:timers/promises';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { SdkError } from '../errors.ts';
import { readCapped } from '../http/readCapped.ts';

/** How to reach one node. */
export interface NodeClientOptions {
  url: string;
  /** The member's token: for writes, and for what is not shown to everybody. */
  token?: string;
  /** Milliseconds until an unanswered request fails. */
  timeoutMs?: number;
  /** How often a request is tried again while the node is down or busy; every request here may be repeated without harm. */
  retries?: number;
  /** Greatest answer in bytes. */
  maxBytes?: number;
}

/** A credential for `storeDocuments`. */
export interface DocumentToStore {
  sdJwt: string;
  subjects: { id: string }[];
  /** DOMESTIC: its body stays in the issuer's country until it is released. Absent: everybody may see its public presentation. */
  visibility?: 'DOMESTIC';
  /** Leaf of an earlier document of the member that this one corrects or copies: what stays in its country has no public successor. */
  replaces?: Hex;
}

/** What the node says of a credential that it has stored durably. */
export interface StoredDocument {
  leaf: Hex;
  cid: string;
  subjects: { id: string; salt: Hex; subject: Hex }[];
}

/** What the node says of a filing's text that it has stored durably. */
export interface StoredFiling {
  /** Canonical Digital Link. */
  id: string;
  salt: Hex;
  subject: Hex;
  /** SHA-256 of the exact text. */
  digest: Hex;
}

/** What is wrong with an event of a capture; the pointer (RFC 6901) is into the document that was sent. */
export interface CaptureFault {
  code: string;
  pointer: string;
  detail: string;
}

/** State of a capture, as the node tells it (docs/spec/api.md). */
export interface CaptureJob {
  running: boolean;
  /** Events that are new, and events that this member had captured before: both are told once the job has ended. */
  captured: number;
  known: number;
  faults: CaptureFault[];
}

/** What is done with a document of which some events cannot be captured: none is captured, or the others are. */
export type CaptureErrorBehaviour = 'rollback' | 'proceed';

/** How a document is captured. */
export interface CaptureChoices {
  onError: CaptureErrorBehaviour;
  /** DOMESTIC: the events' bodies stay in the member's country until they are released. Absent: everybody may see them. */
  visibility?: 'DOMESTIC';
}

/** Who released how many documents to whom since when, as far as the member may know. */
export interface ReleasesSince {
  since: string;
  counts: { by: number; to: number | 'ALL'; releases: number; documents: number; first: string; last: string }[];
  /** Different documents in all of them. */
  documents: number;
  /** The newest 1,000, newest first. */
  releases: { leaf: Hex; by: number; to: number | 'ALL'; documents: number; recordedAt: string; withdrawnAt: string | null }[];
}

/** One node's HTTP face (docs/spec/api.md). Every method throws SdkError: `NODE_UNREACHABLE`, `ANSWER_TOO_LARGE`, or the code of the node's problem. */
export interface NodeClient {
  readonly url: string;
  /** Stores up to 500 credentials; idempotent by leaf. */
  storeDocuments(documents: readonly DocumentToStore[]): Promise<StoredDocument[]>;
  /** Stores the leaves of a root, in order; idempotent. */
  storeBatch(leaves: readonly Hex[]): Promise<void>;
  /** Stores the exact text of a party (417) or product (01); idempotent. */
  storeFiling(filing: { id: string; text: string }): Promise<StoredFiling>;
  /** Hands in the exact text of an EPCIS document and returns the job's id; handed in again, its events are known. */
  capture(document: string, choices: CaptureChoices): Promise<string>;
  captureJob(id: string): Promise<CaptureJob>;
  /** Stores the exact text of a release; idempotent. */
  storeRelease(text: string): Promise<{ leaf: Hex }>;
  /** Releases since an instant (RFC 3339), else since the beginning of the year at the node's shore. */
  releases(since?: string): Promise<ReleasesSince>;
  /** Exact text of one document's bundle; `waitMs` (at most 10,000) until it is indexed. */
  bundle(leaf: Hex, waitMs?: number): Promise<string>;
  /** Exact texts of up to 500 bundles, in the order asked. */
  bundles(leaves: readonly Hex[]): Promise<string[]>;
  /** Exact text of the bundle of a subject with all its entries. */
  subject(id: string): Promise<string>;
  /** A trace of goods as the node tells it, a page of it; `of` is `source` or `destination`, or another address under `/trace/`. Nothing in it is checked. */
  trace<Answer>(of: string, parameters: URLSearchParams): Promise<Answer>;
  /** The node's signed checkpoint, compact JWS: of its newest block, or of a height. */
  checkpoint(height?: number): Promise<string>;
  /** Runs a GraphQL query and returns its data. */
  query<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
}

const TIMEOUT_MS = 30_000;
const RETRIES = 5;
const MAX_BYTES = 64 * 1024 * 1024;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;
const WORTH_RETRYING = new Set([429, 502, 503, 504]);

const CAPTURE = '/epcis/v2/capture';

interface Request {
  method: 'GET' | 'POST';
  path: string;
  /** Sent as JSON; a text that must stay as it is goes under `text`. */
  body?: unknown;
  text?: string;
  accept?: string;
  headers?: Record<string, string>;
  /** The token is sent with every POST; of the reads only where the answer depends on who asks. */
  asMember?: boolean;
}

interface Answer {
  text: string;
  location: string | null;
}

/** Makes a client of the node at `url`. */
export function nodeClient(options: NodeClientOptions): NodeClient {
  const url = options.url.replace(/\/$/, '');
  const ask = async (request: Request) => (await askPatiently({ ...options, url }, request)).text;
  return {
    url,
    async storeDocuments(documents) {
      const text = await ask({ method: 'POST', path: '/documents', body: { documents } });
      return parse<{ stored: StoredDocument[] }>(text, url).stored;
    },
    async storeBatch(leaves) {
      await ask({ method: 'POST', path: '/batches', body: { leaves } });
    },
    async storeFiling({ id, text }) {
      return parse<StoredFiling>(await ask({ method: 'POST', path: '/filings', body: { id, text } }), url);
    },
    async storeRelease(text) {
      return parse<{ leaf: Hex }>(await ask({ method: 'POST', path: '/releases', body: { text } }), url);
    },
    async releases(since) {
      const path = since === undefined ? '/releases' : `/releases?since=${encodeURIComponent(since)}`;
      return parse<ReleasesSince>(await ask({ method: 'GET', path, asMember: true }), url);
    },
    async capture(document, { onError, visibility }) {
      const headers = {
        'gs1-capture-error-behaviour': onError,
        ...(visibility !== undefined && { 'tidemark-visibility': visibility.toLowerCase() }),
      };
      const { location } = await askPatiently({ ...options, url }, { method: 'POST', path: CAPTURE, text: document, headers });
      // Only the id is taken: the token must not travel to an address that an answer names.
      const [, id] = /\/capture\/([\w-]+)$/.exec(location ?? '') ?? [];
      if (id === undefined) throw malformedAnswer(url);
      return id;
    },
    async captureJob(id) {
      const text = await ask({ method: 'GET', path: `${CAPTURE}/${id}`, asMember: true });
      return jobOf(parse(text, url), url);
    },
    bundle: (leaf, waitMs) =>
      ask({ method: 'GET', path: `/bundles/${leaf}${waitMs === undefined ? '' : `?wait=${waitMs}`}`, asMember: true }),
    async bundles(leaves) {
      const text = await ask({ method: 'POST', path: '/bundles', body: { leaves }, accept: 'application/x-ndjson' });
      const lines = text.split('\n').filter((line) => line !== '');
      if (lines.length !== leaves.length) throw malformedAnswer(url);
      return lines;
    },
    subject: (id) => ask({ method: 'GET', path: `/subjects?id=${encodeURIComponent(id)}`, asMember: true }),
    trace: async <Answer>(of: string, parameters: URLSearchParams) =>
      parse<Answer>(await ask({ method: 'GET', path: `/trace/${of}?${parameters}`, asMember: true }), url),
    async checkpoint(height) {
      const text = (await ask({ method: 'GET', path: height === undefined ? '/checkpoint' : `/checkpoint/${height}` })).trim();
      return text.startsWith('{') ? parse<{ checkpoint: string }>(text, url).checkpoint : text;
    },
    async query<Data>(query: string, variables: Record<string, unknown> = {}) {
      const text = await ask({ method: 'POST', path: '/graphql', body: { query, variables }, accept: 'application/graphql-response+json' });
      const { data, errors } = parse<{ data?: Data | null; errors?: { message: string; extensions?: { code?: string } }[] }>(text, url);
      const first = errors?.[0];
      if (first !== undefined) throw new SdkError(first.extensions?.code ?? 'QUERY_REFUSED', `${url} refuses the query: ${first.message}`);
      if (data === undefined || data === null) throw malformedAnswer(url);
      return data;
    },
  };
}

async function askPatiently(options: NodeClientOptions, request: Request): Promise<Answer> {
  const retries = options.retries ?? RETRIES;
  for (let attempt = 0; ; attempt++) {
    const answer = await askOnce(options, request);
    if ('text' in answer) return answer;
    if (!answer.retry || attempt >= retries) throw answer.error;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
    await sleep(pause * (0.5 + Math.random() / 2));
  }
}

async function askOnce(
  options: NodeClientOptions,
  {
    method,
    path,
    body,
    text = body === undefined ? undefined : JSON.stringify(body),
    accept,
    asMember = method === 'POST',
    ...request
  }: Request,
): Promise<Answer | { error: SdkError; retry: boolean }> {
  const headers: Record<string, string> = { accept: accept ?? 'application/json', ...request.headers };
  if (text !== undefined) headers['content-type'] = 'application/json';
  if (options.token !== undefined && asMember) headers.authorization = `Bearer ${options.token}`;
  try {
    const response = await fetch(options.url + path, {
      method,
      headers,
      ...(text === undefined ? {} : { body: text }),
      // A node has no reason to send a client elsewhere, and the token must not travel there.
      redirect: 'error',
      signal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS),
    });
    const answer = await readCapped(response, options.maxBytes ?? MAX_BYTES);
    if (response.ok) return { text: answer, location: response.headers.get('location') };
    return { error: problemOf(options.url, response.status, answer), retry: WORTH_RETRYING.has(response.status) };
  } catch (cause) {
    if (cause instanceof SdkError) throw cause;
    const error = new SdkError('NODE_UNREACHABLE', `the node at ${options.url} does not answer`, {
      advice: 'start it (npm start), or name another with --node URL',
      cause,
    });
    return { error, retry: true };
  }
}

interface EpcisJob {
  running?: unknown;
  'tidemark:captured'?: unknown;
  'tidemark:known'?: unknown;
  errors?: Partial<Record<keyof CaptureFault, string>>[];
}

function jobOf({ running, errors = [], ...counts }: EpcisJob, url: string): CaptureJob {
  const [captured, known] = [counts['tidemark:captured'], counts['tidemark:known']];
  const faults = errors.map(({ code = '', pointer = '', detail = '' }) => ({ code, pointer, detail }));
  if (running === true) return { running, captured: 0, known: 0, faults };
  if (running !== false || typeof captured !== 'number' || typeof known !== 'number') throw malformedAnswer(url);
  return { running, captured, known, faults };
}

interface Problem {
  code?: unknown;
  title?: unknown;
  detail?: unknown;
  pointer?: unknown;
  errors?: { message?: string; extensions?: { code?: string } }[];
}

/** RFC 9457: the node's own words on what is wrong; or those of a refused GraphQL request. */
function problemOf(url: string, status: number, text: string): SdkError {
  const answer = parseOr<Problem | null>(text, {}) ?? {};
  const [refused] = answer.errors ?? [];
  const problem: Problem = refused === undefined ? answer : { code: refused.extensions?.code, detail: refused.message };
  const said = [problem.title, problem.detail].filter((part) => typeof part === 'string').join(': ');
  const code = typeof problem.code === 'string' ? problem.code : `HTTP_${status}`;
  return new SdkError(code, `${url} answers ${status}${said === '' ? '' : `: ${said}`}`, {
    ...(typeof problem.pointer === 'string' ? { pointer: problem.pointer } : {}),
    ...(status === 401 || status === 403 ? { advice: "check the member's token file" } : {}),
    facts: { status },
  });
}

function parse<Value>(text: string, url: string): Value {
  const value = parseOr<Value | undefined>(text, undefined);
  if (value === undefined || value === null || typeof value !== 'object') throw malformedAnswer(url);
  return value;
}

function parseOr<Value>(text: string, otherwise: Value): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return otherwise;
  }
}

/** A node that answers in another form than promised. */
export function malformedAnswer(url: string): SdkError {
  return new SdkError('NODE_ANSWER_MALFORMED', `the node at ${url} gives an answer that does not have the promised form`);
}
