import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { decodeHeader } from '../../../protocol/chain/header.ts';
import { signCheckpoint } from '../../../protocol/checkpoint/checkpoint.ts';
import { openCredential } from '../../../protocol/credentials/openCredential.ts';
import { publicPresentation } from '../../../protocol/credentials/present.ts';
import { type Hex, toHex } from '../../../protocol/encoding/hex.ts';
import { generateKeyPair, type PrivateJwk, publicJwk } from '../../../protocol/jose/jwk.ts';
import { COMPANION_KIND } from '../../../protocol/law/codes.ts';
import { pastRecordKey, recordId, subjectKey } from '../../../protocol/ledger/ids.ts';
import {
  keySlot,
  memberSlot,
  newestCompanionSlot,
  pastRecordSlot,
  profileSlot,
  recordSlot,
  subjectHeadSlot,
  successorSlot,
} from '../../../protocol/ledger/slots.ts';
import { buildTree } from '../../../protocol/merkle/tree.ts';
import type { Anchor, Bundle, BundleDocument } from '../../../protocol/verdict/bundle.ts';
import type { Trust } from '../../../protocol/verdict/verdict.ts';
import { collectProof } from '../../../sdk/chain/collectProof.ts';
import { type LedgerAt, readRecord } from '../../../sdk/chain/readState.ts';

/** Two nodes' worth of a ledger's answers, without index or database: enough to be a counterpart for the sdk. Both "nodes" share one store. */
export interface FakeNodes {
  trust: Trust & { witnesses: { url: string }[] };
  urls: [string, string];
  /** Exact text of every member's profile. */
  profiles: Map<number, string>;
  /** Builds the honest bundle of a document now. */
  bundleOf(leaf: Hex): Promise<Bundle>;
  /** Builds the honest bundle of a subject now, with the entries in the order in which they were stored. */
  subjectOf(id: string): Promise<Bundle>;
  /** Changes answers before they leave: what a lying node does. Undefined: honest. */
  lie: ((path: string, answer: string) => string | Promise<string>) | undefined;
  /** Seconds that the witnesses' clocks are off. */
  clockOffset: number;
  /** Number of requests for `POST /documents`. */
  stores: number;
  close(): Promise<void>;
}

interface Kept {
  sdJwt: string;
  member: number;
  kind: number;
  thumbprint: Hex;
  subjects: { id: string; salt: Hex; subject: Hex }[];
}

/** Starts two listeners on 127.0.0.1 over one store. Bearer tokens are `token-<member number>`. */
export async function startFakeNodes(ledger: LedgerAt): Promise<FakeNodes> {
  const kept = new Map<Hex, Kept>();
  const batches = new Map<Hex, Hex[]>();
  const salts = new Map<string, Hex>();
  const random = (length: number) => randomBytes(length);
  const keys: PrivateJwk[] = [generateKeyPair(random), generateKeyPair(random)];
  const names = ['qingdao', 'korea'] as const;
  const profiles = new Map<number, string>();

  const store = (member: number, documents: { sdJwt: string; subjects: { id: string }[] }[]) =>
    documents.map(({ sdJwt, subjects }) => {
      const { fingerprint, profile, thumbprint } = openCredential(sdJwt);
      const salted = subjects.map(({ id }) => {
        const salt = salts.get(id) ?? toHex(randomBytes(16));
        salts.set(id, salt);
        return { id, salt, subject: subjectKey(id, salt) };
      });
      kept.set(fingerprint.leaf, { sdJwt, member, kind: profile.kind, thumbprint, subjects: salted });
      return { leaf: fingerprint.leaf, cid: 'bafy', subjects: salted };
    });

  const anchorOf = async (leaf: Hex, member: number): Promise<Anchor | undefined> => {
    for (const [root, leaves] of batches) {
      const index = leaves.indexOf(leaf);
      if (index === -1 || (await readRecord(ledger, recordId(member, root)))?.size !== leaves.length) continue;
      return { leaf, inclusion: { root, size: leaves.length, index, path: buildTree(leaves).path(index) } };
    }
    return ((await readRecord(ledger, recordId(member, leaf)))?.anchoredAt ?? 0) === 0 ? undefined : { leaf };
  };

  const slotsOf = async (member: number, thumbprint: Hex, anchor: Anchor): Promise<Hex[]> => {
    const ids = [recordId(member, anchor.leaf), recordId(member, anchor.inclusion?.root ?? anchor.leaf)];
    const past = await Promise.all(
      ids.map(async (id) => {
        const changes = (await readRecord(ledger, id))?.changes ?? 0;
        return Array.from({ length: Math.max(0, changes - 1) }, (_, index) => pastRecordSlot(pastRecordKey(id, index + 2)));
      }),
    );
    return [
      ...ids.flatMap((id) => [recordSlot(id), successorSlot(id)]),
      ...past.flat(),
      memberSlot(member),
      profileSlot(member),
      keySlot(thumbprint),
      // That no contract of the law stands beside this ledger is proven too.
      newestCompanionSlot(COMPANION_KIND.CLEARANCE),
      newestCompanionSlot(COMPANION_KIND.LABORATORIES),
    ];
  };

  const cosign = (block: { chainId: number; contract: Hex; hash: Hex; height: number; timestamp: number }) =>
    keys.map((key, index) =>
      signCheckpoint(
        {
          ...block,
          iss: names[index] as string,
          iat: Math.floor(Date.now() / 1000) + nodes.clockOffset,
          sequence: block.height,
          indexDigest: `0x${'1d'.repeat(32)}`,
        },
        key,
      ),
    );

  const bundleOver = async (documents: BundleDocument[], slots: Hex[], subject?: Bundle['subject']): Promise<Bundle> => {
    const { chainId, contract, header, nodes: trieNodes, height, blockHash } = await collectProof(ledger.provider, ledger.contract, slots);
    const { timestamp } = decodeHeader(header);
    const members = Object.fromEntries(documents.map(({ issuer }) => [issuer, profiles.get(issuer) as string]));
    const block = {
      chainId,
      contract,
      header,
      nodes: trieNodes,
      cosignatures: cosign({ chainId, contract, hash: blockHash, height, timestamp }),
    };
    return { format: 'tidemark-bundle/1', documents, ...(subject === undefined ? {} : { subject }), members, block };
  };

  const documentOf = async (leaf: Hex): Promise<{ document: BundleDocument; slots: Hex[] } | number> => {
    const document = kept.get(leaf);
    if (document === undefined) return 404;
    const anchor = await anchorOf(leaf, document.member);
    if (anchor === undefined) return 409;
    const { member, sdJwt, thumbprint } = document;
    return {
      document: { type: 'credential', sdJwt: publicPresentation(sdJwt), issuer: member, anchor },
      slots: await slotsOf(member, thumbprint, anchor),
    };
  };

  const bundleOrStatus = async (leaf: Hex): Promise<Bundle | number> => {
    const found = await documentOf(leaf);
    return typeof found === 'number' ? found : bundleOver([found.document], found.slots);
  };

  const subjectOrStatus = async (id: string): Promise<Bundle | number> => {
    const salt = salts.get(id);
    if (salt === undefined) return 404;
    const found = (await Promise.all([...kept.keys()].map(documentOf))).filter((each) => typeof each !== 'number');
    const about = found.filter(({ document }) => kept.get(document.anchor.leaf)?.subjects.some((subject) => subject.id === id));
    const entries = about.map(({ document }) => recordId(document.issuer, document.anchor.leaf));
    const slots = [...about.flatMap((each) => each.slots), subjectHeadSlot(subjectKey(id, salt))];
    return bundleOver(
      about.map(({ document }) => document),
      slots,
      { id, salt, entries },
    );
  };

  const latest = async (index: number): Promise<string> => {
    const block = await collectProof(ledger.provider, ledger.contract, []);
    const { timestamp } = decodeHeader(block.header);
    const { chainId, contract, height, blockHash: hash } = block;
    return cosign({ chainId, contract, hash, height, timestamp })[index] as string;
  };

  const findByNumber = (number: string, kind: number) => {
    const leaf = [...kept].find(
      ([, document]) => document.kind === kind && document.sdJwt !== '' && numberOf(document.sdJwt) === number,
    )?.[0];
    return {
      match: leaf === undefined ? 'NOT_FOUND' : 'EXACT',
      hints: [],
      [kind === 1 ? 'certificate' : 'labReport']: leaf === undefined ? null : { leaf },
    };
  };

  const answer = async (index: number, request: IncomingMessage): Promise<{ status: number; text: string }> => {
    const url = new URL(request.url ?? '/', 'http://node');
    const body = request.method === 'POST' ? ((await readJson(request)) as Record<string, never>) : {};
    const member = Number(/^Bearer token-(\d+)$/.exec(request.headers.authorization ?? '')?.[1] ?? 0);
    const bundled = (found: Bundle | number) =>
      typeof found === 'number'
        ? problem(found, found === 404 ? 'UNKNOWN_DOCUMENT' : 'NOT_YET_ANCHORED')
        : { status: 200, text: JSON.stringify(found) };
    if (url.pathname === '/documents') {
      if (member === 0) return problem(401, 'NO_TOKEN');
      nodes.stores += 1;
      return { status: 201, text: JSON.stringify({ stored: store(member, body.documents as never) }) };
    }
    if (url.pathname === '/batches') {
      batches.set(buildTree(body.leaves as unknown as Hex[]).root, body.leaves as unknown as Hex[]);
      return { status: 201, text: '{}' };
    }
    if (url.pathname === '/bundles') {
      const found = await Promise.all((body.leaves as unknown as Hex[]).map(async (leaf) => bundled(await bundleOrStatus(leaf)).text));
      return { status: 200, text: found.map((line) => `${line}\n`).join('') };
    }
    if (url.pathname.startsWith('/bundles/')) return bundled(await bundleOrStatus(url.pathname.slice(9) as Hex));
    if (url.pathname === '/subjects') return bundled(await subjectOrStatus(url.searchParams.get('id') ?? ''));
    if (url.pathname === '/checkpoint') return { status: 200, text: await latest(index) };
    if (url.pathname === '/graphql') {
      const { number } = body.variables as unknown as { number: string };
      return { status: 200, text: JSON.stringify({ data: { certificate: findByNumber(number, 1), labReport: findByNumber(number, 2) } }) };
    }
    return problem(404, 'NOT_FOUND');
  };

  const listen = async (index: number) => {
    const server = createServer((request, response) => {
      answer(index, request)
        .then(async ({ status, text }) => {
          const said = nodes.lie === undefined ? text : await nodes.lie(request.url ?? '/', text);
          response.writeHead(status, { 'content-type': 'application/json' }).end(said);
        })
        .catch((error: unknown) => response.writeHead(500).end(JSON.stringify({ code: 'INTERNAL', detail: String(error) })));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  const servers = [await listen(0), await listen(1)] as const;
  const urls = servers.map((server) => `http://127.0.0.1:${(server.address() as { port: number }).port}`) as [string, string];
  const honest = async (found: Promise<Bundle | number>): Promise<Bundle> => {
    const bundle = await found;
    if (typeof bundle === 'number') throw new Error(`the fake node answers ${bundle}`);
    return bundle;
  };
  const nodes: FakeNodes = {
    trust: {
      chainId: ledger.chainId,
      contract: ledger.contract,
      witnesses: names.map((name, index) => ({
        name,
        shore: index === 0 ? ('CN' as const) : ('KR' as const),
        url: urls[index] as string,
        jwk: publicJwk(keys[index] as PrivateJwk),
      })),
      maxAge: 60,
    },
    urls,
    profiles,
    bundleOf: (leaf) => honest(bundleOrStatus(leaf)),
    subjectOf: (id) => honest(subjectOrStatus(id)),
    lie: undefined,
    clockOffset: 0,
    stores: 0,
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      }
    },
  };
  return nodes;
}

function numberOf(sdJwt: string): string {
  const { certificateNumber, reportNumber } = openCredential(sdJwt).claims.credentialSubject as Record<string, string>;
  return certificateNumber ?? reportNumber ?? '';
}

function problem(status: number, code: string) {
  return { status, text: JSON.stringify({ type: `urn:tidemark:problem:${code}`, title: code, status, code, detail: code }) };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
