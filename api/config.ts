import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** One node, as a file: `deploy/nodes/*.json`. Paths are relative to the working directory. */
export interface NodeConfig {
  /** Name as in trust.json. */
  name: string;
  shore: 'CN' | 'KR';
  host: string;
  port: number;
  /** Where readers reach the node, for links. */
  publicUrl: string;
  /** PostgreSQL connection string; `TIDEMARK_DATABASE` wins, so that a password need not be in the file. */
  database: string;
  /** The node's own folder: documents, catalogue, outbox, keys, tokens. */
  data: string;
  /** deployment.json: where the ledger stands. */
  deployment: string;
  /** trust.json: what the node's own verifier pins, and what the pages' verifier gets. */
  trust: string;
  /** Folder with one folder a member whose account this node may use for captured events: `<slug>/account.json`. */
  lanes: string;
  /** Folder of members' public profiles; a profile is found by the digest that the ledger holds. */
  profiles: string;
  /** Folder of the pages' built script and style. */
  assets: string;
  documents: { kind: 'embedded' } | { kind: 'kubo'; url: string };
  /** GS1's list of company prefixes and their lengths, by which identifiers are written as EPC URNs; without it none is. */
  companyPrefixes?: string;
  /** Whom subscriptions may call: `example.com`, `example.com:8443`. Without it, nobody. */
  webhooks?: { hosts: string[] /** Also in private networks, and over http: for trying and tests. */; allowPrivate?: boolean };
  /** The other shore's node. */
  peer?: { name: string; url: string };
}

/** A configuration that cannot be used: one sentence for each wrong field, with its pointer. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super(`${file} is not a node's configuration:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

type Check = (value: unknown) => string | undefined;

const isText: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'must be a text');
const isName: Check = (value) =>
  typeof value === 'string' && /^[a-z][a-z0-9-]{0,31}$/.test(value) ? undefined : 'must be a lower-case name';
const isPort: Check = (value) =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 65_535 ? undefined : 'must be a port, 0 to 65535';
const isUrl: Check = (value) =>
  typeof value === 'string' && /^https?:\/\/[^/]/.test(value) && URL.canParse(value) ? undefined : 'must be an http or https address';
const isShore: Check = (value) => (value === 'CN' || value === 'KR' ? undefined : 'must be CN or KR');
const isDatabase: Check = (value) =>
  typeof value === 'string' && /^postgres(ql)?:\/\//.test(value) ? undefined : 'must begin with postgres://';

const FIELDS: Readonly<Record<string, Check>> = {
  name: isName,
  shore: isShore,
  host: isText,
  port: isPort,
  publicUrl: isUrl,
  database: isDatabase,
  data: isText,
  deployment: isText,
  trust: isText,
  lanes: isText,
  profiles: isText,
  assets: isText,
};
const PATHS = ['data', 'deployment', 'trust', 'lanes', 'profiles', 'assets'] as const;
const OPTIONAL_PATHS = ['companyPrefixes'] as const;

/**
 * Reads and checks a node's configuration.
 *
 * @throws ConfigError
 */
export function readConfig(file: string, environment: NodeJS.ProcessEnv = process.env): NodeConfig {
  const value = readJson(file);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ConfigError(file, ['(whole file): must be an object']);
  const given: Record<string, unknown> = { host: '127.0.0.1', ...value };
  if (environment.TIDEMARK_DATABASE !== undefined) given.database = environment.TIDEMARK_DATABASE;
  const problems = [...problemsOf(given)];
  if (problems.length > 0) throw new ConfigError(file, problems);
  const config = given as unknown as NodeConfig;
  const paths = [...PATHS, ...OPTIONAL_PATHS].flatMap((path) => {
    const given = config[path];
    return given === undefined ? [] : [[path, resolve(given)] as const];
  });
  return { ...config, ...Object.fromEntries(paths) };
}

function* problemsOf(given: Record<string, unknown>): Generator<string> {
  for (const [field, check] of Object.entries(FIELDS)) yield* say(`/${field}`, check(given[field]));
  const known = new Set([...Object.keys(FIELDS), ...OPTIONAL_PATHS, 'documents', 'peer', 'webhooks']);
  for (const field of Object.keys(given)) if (!known.has(field)) yield `/${field}: is not a field of the configuration`;
  yield* documentsProblems(given.documents);
  if (given.companyPrefixes !== undefined) yield* say('/companyPrefixes', isText(given.companyPrefixes));
  if (given.webhooks !== undefined) yield* webhooksProblems(asObject(given.webhooks));
  if (given.peer !== undefined) {
    const peer = asObject(given.peer);
    yield* say('/peer/name', isName(peer.name));
    yield* say('/peer/url', isUrl(peer.url));
  }
}

function* documentsProblems(value: unknown): Generator<string> {
  const { kind, url } = asObject(value);
  if (kind !== 'embedded' && kind !== 'kubo') yield '/documents/kind: must be embedded or kubo';
  if (kind === 'kubo') yield* say('/documents/url', isUrl(url));
}

function* webhooksProblems({ hosts, allowPrivate }: Record<string, unknown>): Generator<string> {
  const named = Array.isArray(hosts) && hosts.every((host) => typeof host === 'string' && /^[a-z0-9.[\]:-]+$/.test(host));
  if (!named) yield '/webhooks/hosts: must be a list of host names in lower case';
  if (allowPrivate !== undefined && typeof allowPrivate !== 'boolean') yield '/webhooks/allowPrivate: must be true or false';
}

function* say(pointer: string, problem: string | undefined): Generator<string> {
  if (problem !== undefined) yield `${pointer}: ${problem}`;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError(file, ['(whole file): cannot be read']);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConfigError(file, [`(whole file): ${(cause as Error).message}`]);
  }
}
