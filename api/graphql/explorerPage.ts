import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';
import { EXPLORE_HEADER, PREFLIGHT_HEADER } from './requestHeaders.ts';

const WELCOME = `# The schema is documented: open the docs on the left, or press Ctrl-Space in a query.
{
  ledger { node height finality complete indexDigest }
  members(first: 10) { edges { node { id shore roles profile } } }
}
`;

interface Page {
  gzipped: Buffer;
  policy: string;
}

/** The page to explore the schema (GraphiQL), whole in one file: it loads nothing from anywhere. It is large, and made when it is first asked for. */
export function explorerPage(): RequestHandler {
  let page: Promise<Page> | undefined;
  return async (_request, response) => {
    page ??= makePage();
    const { gzipped, policy } = await page;
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('Content-Encoding', 'gzip');
    response.type('text/html').send(gzipped);
  };
}

async function makePage(): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const additionalHeaders = { [EXPLORE_HEADER]: '1', [PREFLIGHT_HEADER]: '1' };
  const html = renderGraphiQL({ endpoint: '/graphql', title: 'Tidemark GraphQL', defaultQuery: WELCOME, additionalHeaders });
  return { gzipped: gzipSync(html), policy: policyOf(html) };
}

/** Only the page's own script may run, by its hash; the editor makes its styles and workers itself. */
function policyOf(html: string): string {
  const start = html.indexOf('<script>') + '<script>'.length;
  const script = html.slice(start, html.lastIndexOf('</script>'));
  const hash = createHash('sha256').update(script).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
