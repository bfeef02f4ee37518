import { readFileSync } from 'node:fs';
import { type RequestOptions, request } from 'node:https';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { Linkset } from '../../../api/resolver/linkset.ts';

/** An answer as it came: redirects are not followed. */
export interface ResolverAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  httpVersion: string;
  body: string;
}

/** Asks one resolver about one Digital Link. */
export interface ResolverClient {
  /** The Digital Link under test, without a query. */
  link: string;
  /** GET of an address, or of the link with something behind it. */
  get(what: { behind?: string; address?: string; accept?: string; language?: string; method?: string }): Promise<ResolverAnswer>;
  linkset(): Promise<Linkset>;
  /** Whether a linkset satisfies GS1's schema. */
  isValid(linkset: unknown): boolean;
}

/** @param cert the certificate to trust */
export function openResolverClient(link: string, cert: string, corpora: string): ResolverClient {
  const isValid = linksetSchema(corpora, 'gs1-linkset-schema.json');
  const get: ResolverClient['get'] = ({ behind = '', address = link + behind, accept, language, method = 'GET' }) =>
    send(address, {
      ...{ ca: cert, method },
      headers: { ...(accept !== undefined && { accept }), ...(language !== undefined && { 'accept-language': language }) },
    });
  return {
    ...{ link, get, isValid },
    linkset: async () => JSON.parse((await get({ accept: 'application/linkset+json' })).body) as Linkset,
  };
}

/** Compiles a schema of the linksets' corpus as its authors' suite does: not strictly, since it has keywords of its own. */
export function linksetSchema(corpora: string, file: string): (value: unknown) => boolean {
  const schema = JSON.parse(readFileSync(join(corpora, 'gs1', 'gs1-linkset', file), 'utf8')) as object;
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  return (value) => validate(value) === true;
}

function send(address: string, options: RequestOptions): Promise<ResolverAnswer> {
  return new Promise((resolve, reject) => {
    request(address, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode = 0, headers, httpVersion } = response;
        resolve({ status: statusCode, headers, httpVersion, body: Buffer.concat(chunks).toString() });
      });
    })
      .on('error', reject)
      .end();
  });
}
