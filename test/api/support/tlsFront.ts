import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from './selfSigned.ts';

/** What stands before a node in production: it ends TLS and passes everything on as it is. */
export interface TlsFront {
  url: string;
  /** Certificate to trust. */
  cert: string;
  /** Sends requests on to a node. */
  lead(to: string): void;
  close(): void;
}

/** Starts a front on a free port. */
export async function startTlsFront(): Promise<TlsFront> {
  const { key, cert } = selfSigned();
  let node: URL | undefined;
  const server = createServer({ key, cert }, (incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const passed = request({ hostname: node?.hostname, port: node?.port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cert,
    lead: (to) => {
      node = new URL(to);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
