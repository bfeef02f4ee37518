import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import { verifyBundle } from '../../protocol/verdict/verifyBundle.ts';
import type { WebBuild } from '../../scripts/buildWeb.ts';
import { gatherAlong, type JudgedBundle } from '../../web/render/along/alongOf.ts';
import { chooseLanguage } from '../../web/render/chooseLanguage.ts';
import { contentSecurityPolicy } from '../../web/render/contentSecurityPolicy.ts';
import { productView } from '../../web/render/productView.ts';
import { renderProductPage } from '../../web/render/renderProductPage.ts';
import { renderUnknownProduct } from '../../web/render/renderUnknownProduct.ts';
import { SUBJECTS } from '../web/demoBundle.ts';
import type { FixtureLedger, Product } from './fixtureLedger.ts';

/** What a lying server changes of what it sends. Each may look at the honest answer and give another. */
export interface Lie {
  bundle?: (bundle: Bundle, product: Product) => unknown;
  /** Of a logistic unit; undefined withholds it. */
  beside?: (bundle: Bundle, id: string) => unknown;
  html?: (html: string) => string;
  trust?: (text: string) => string;
  checkpoint?: (jws: string) => string | undefined;
}

/** Two nodes over one fixture ledger, on free ports: `korea` serves the pages and may lie, `qingdao` is honest and may be away. */
export interface FixtureNodes {
  readonly korea: string;
  readonly qingdao: string;
  /** Address of a product's page. */
  page(product: Product, language?: string): string;
  lie(lie: Lie): void;
  /** Makes pages as if the other node's checkpoint had come too late for them. */
  setPageAlone(alone: boolean): void;
  /** Takes the other node away, or brings it back. */
  setAway(away: boolean): void;
  stop(): Promise<void>;
}

const PAGE = '/page';
const BUNDLE_TYPE = 'application/vnd.tidemark.bundle+json';

/** Starts both nodes. @param folder where the assets were built */
export async function startFixtureNodes(ledger: FixtureLedger, build: WebBuild, folder: string): Promise<FixtureNodes> {
  let lying: Lie = {};
  let away = false;
  let pageAlone = false;
  const honest: Lie = {};
  const servers = { korea: await listen(), qingdao: await listen() };
  const url = { korea: addressOf(servers.korea), qingdao: addressOf(servers.qingdao) };

  function serve(name: 'korea' | 'qingdao', lieOf: () => Lie): void {
    servers[name].on('request', (request: IncomingMessage, response: ServerResponse) => {
      answer(name, lieOf(), request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
  }

  async function answer(name: 'korea' | 'qingdao', lie: Lie, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url[name]);
    if (name === 'qingdao' && away) return void request.socket.destroy();
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('cache-control', 'no-store');
    if (pathname.startsWith('/checkpoint')) return sendCheckpoint(name, lie, pathname, response);
    if (pathname === '/assets/trust.json') return send(response, 'application/json', (lie.trust ?? same)(trustText()));
    if (pathname.startsWith('/assets/')) return sendAsset(pathname, response);
    if (pathname === '/subjects') return sendBeside(lie, searchParams.get('id') ?? '', response);
    const address = pathname.startsWith(PAGE) ? pathname.slice(PAGE.length) : undefined;
    const product = productOf(address ?? pathname);
    if (product !== undefined && address === undefined) {
      const query = searchParams.size === 0 ? '' : `?${searchParams}`;
      return void response.writeHead(307, { location: PAGE + pathname + query }).end();
    }
    if (product === undefined) {
      const page = { path: pathname, node: name, assets: { style: build.assets.style } };
      const html = renderUnknownProduct(
        `https://id.gs1.org${pathname}`,
        page,
        chooseLanguage(undefined, request.headers['accept-language']),
      );
      return send(response, 'text/html; charset=utf-8', html, 404);
    }
    const bundle = ((lie.bundle ?? same) as (bundle: Bundle, product: Product) => unknown)(await honestBundle(product), product);
    if (request.headers.accept === BUNDLE_TYPE) return send(response, BUNDLE_TYPE, JSON.stringify(bundle));
    const language = chooseLanguage(searchParams.get('lang') ?? undefined, request.headers['accept-language']);
    response.setHeader('content-security-policy', contentSecurityPolicy([url.korea, url.qingdao]));
    send(response, 'text/html; charset=utf-8', (lie.html ?? same)(await pageOf(name, product, language)));
  }

  async function pageOf(name: string, product: Product, language: 'zh' | 'ko' | 'en'): Promise<string> {
    const bundle = pageAlone ? withoutPeer(await ledger.bundle(product)) : await honestBundle(product);
    const verdict = verifyBundle(bundle, ledger.trust, { now: new Date(ledger.now()).toISOString() });
    const { style, scripts } = build.assets;
    const assets = { style, script: scripts[language] };
    const context = { path: PAGE + new URL(SUBJECTS[product]).pathname, node: name, assets };
    const along = await gatherAlong({ bundle, verdict }, SUBJECTS[product], besideOf);
    return renderProductPage(productView(bundle, verdict, SUBJECTS[product], along), context, language);
  }

  async function besideOf(id: string): Promise<JudgedBundle | undefined> {
    const known = await ledger.bundleOf(id);
    const bundle = known !== undefined && (pageAlone || away) ? withoutPeer(known) : known;
    return bundle && { bundle, verdict: verifyBundle(bundle, ledger.trust, { now: new Date(ledger.now()).toISOString() }) };
  }

  async function sendBeside(lie: Lie, id: string, response: ServerResponse): Promise<void> {
    const known = await ledger.bundleOf(id);
    const bundle = known && (away ? withoutPeer(known) : known);
    const sent = bundle && (lie.beside === undefined ? bundle : lie.beside(bundle, id));
    send(response, BUNDLE_TYPE, JSON.stringify(sent ?? null), sent === undefined ? 404 : 200);
  }

  async function honestBundle(product: Product): Promise<Bundle> {
    const bundle = await ledger.bundle(product);
    if (!away) return bundle;
    return withoutPeer(bundle);
  }

  async function sendCheckpoint(name: string, lie: Lie, pathname: string, response: ServerResponse): Promise<void> {
    const height = pathname.split('/')[2];
    const jws = (lie.checkpoint ?? same)(await ledger.checkpoint(name, height === undefined ? undefined : Number(height)));
    send(response, 'application/jose', jws ?? '', jws === undefined ? 404 : 200);
  }

  function sendAsset(pathname: string, response: ServerResponse): void {
    const type = pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
    send(response, type, readFileSync(join(folder, pathname.slice('/assets/'.length))));
  }

  function trustText(): string {
    const witnesses = ledger.trust.witnesses.map((witness) => ({ ...witness, url: url[witness.name as 'korea' | 'qingdao'] }));
    return JSON.stringify({ ...ledger.trust, witnesses });
  }

  serve('korea', () => lying);
  serve('qingdao', () => honest);
  return {
    ...url,
    page: (product, language) => `${url.korea}${new URL(SUBJECTS[product]).pathname}${language === undefined ? '' : `?lang=${language}`}`,
    lie: (lie) => {
      lying = lie;
    },
    setPageAlone: (value) => {
      pageAlone = value;
    },
    setAway: (value) => {
      away = value;
    },
    async stop() {
      for (const server of Object.values(servers)) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

function withoutPeer(bundle: Bundle): Bundle {
  return { ...bundle, block: { ...bundle.block, cosignatures: bundle.block.cosignatures.slice(1) } };
}

function same<Value>(value: Value): Value {
  return value;
}

function productOf(pathname: string): Product | undefined {
  return (Object.keys(SUBJECTS) as Product[]).find((product) => new URL(SUBJECTS[product]).pathname === pathname);
}

function send(response: ServerResponse, type: string, body: string | Buffer, status = 200): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}

async function listen(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
