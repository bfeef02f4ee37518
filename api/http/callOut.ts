import { lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Whom a node may call on somebody's behalf. */
export interface CallOutRules {
  hosts: readonly string[];
  allowPrivate?: boolean;
}

/** The one way in which a node calls an address that a caller named. */
export interface CallOut {
  /** Whether the address may be called at all, as far as its text says. */
  allows(address: string): boolean;
  /** Posts a body, and resolves with the status of the answer. Redirects are not followed. @throws Error where there is no answer */
  post(address: string, body: string, headers: Readonly<Record<string, string>>): Promise<number>;
}

const TIMEOUT_MS = 5_000;
/** Greatest body that is sent, and greatest answer that is read. */
export const MOST_BYTES = 1_000_000;

/** Addresses that are not of the public internet (IANA special-purpose registries; RFC 6890). */
const NOT_PUBLIC_4 = subnets('ipv4', [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24'],
  ...['192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]);
/** All but 2000::/3 is reserved, IPv4 addresses written as IPv6 among it; of the rest, what is not of the public internet, or carries an IPv4 address. */
const NOT_PUBLIC_6 = subnets('ipv6', ['::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

/** Opens the way out by rules; without any, nobody is called. */
export function openCallOut(rules: CallOutRules = { hosts: [] }): CallOut {
  const allowPrivate = rules.allowPrivate === true;
  const targetOf = (address: string): URL | undefined => {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url === undefined || url.username !== '' || url.password !== '') return undefined;
    if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) return undefined;
    // With its port, where that is not the one of the scheme.
    return rules.hosts.includes(url.host) && (allowPrivate || isPublicLiteral(url.hostname)) ? url : undefined;
  };
  return {
    allows: (address) => targetOf(address) !== undefined,
    async post(address, body, headers) {
      const url = targetOf(address);
      if (url === undefined) throw new Error('not allowed');
      return send(url, body, headers, allowPrivate);
    },
  };
}

function send(url: URL, body: string, headers: Readonly<Record<string, string>>, allowPrivate: boolean): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const request = start(
    url,
    {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      agent: false,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(!allowPrivate && { lookup: publicLookup }),
    },
    (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) response.destroy(new Error('the answer is too long'));
      });
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', reject);
    },
  );
  request.on('error', reject);
  request.end(body);
  return promise;
}

/** Resolves a name, and refuses it where any of its addresses is not public: what is checked is what is called. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const refused = addresses?.some(({ address, family }) => !isPublic(address, family)) ?? false;
    const failure = error ?? (refused ? Object.assign(new Error('not a public address'), { code: 'ENOTPUBLIC' }) : null);
    const [first] = addresses ?? [];
    if (failure !== null || first === undefined) callback(failure ?? new Error('no address'), '', 4);
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/** An address that is written as a number is never looked up. */
function isPublicLiteral(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(address);
  return family === 0 || isPublic(address, family);
}

/** Whether an address is one of the public internet. */
export function isPublic(address: string, family: number): boolean {
  return family === 6 ? !NOT_PUBLIC_6.check(address, 'ipv6') : !NOT_PUBLIC_4.check(address, 'ipv4');
}

function subnets(family: 'ipv4' | 'ipv6', list: readonly string[]): BlockList {
  const blocked = new BlockList();
  for (const subnet of list) {
    const [address = '', bits = ''] = subnet.split('/');
    blocked.addSubnet(address, Number(bits), family);
  }
  return blocked;
}
