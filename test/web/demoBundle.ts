import { readFileSync } from 'node:fs';
import { toBase64Url } from '../../protocol/encoding/base64url.ts';
import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { toUtf8 } from '../../protocol/encoding/utf8.ts';
import { sha256 } from '../../protocol/hash/sha256.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import type { Bundle, BundleDocument } from '../../protocol/verdict/bundle.ts';
import type { Finding, Verdict } from '../../protocol/verdict/verdict.ts';

/** Bundles and verdicts for tests of the page alone: the demo ledger's documents in the bundle's shape, without signatures or proofs. */

type Json = Record<string, unknown>;
const HASH: Hex = `0x${'ab'.repeat(32)}`;
const MEMBERS = readJson('members.json') as unknown as { slug: string; profile: Json }[];

/** Digital Link URIs of the demo's products. */
export const SUBJECTS = {
  laver: 'https://id.gs1.org/01/09521001001021/10/HB260914A',
  kimchi: 'https://id.gs1.org/01/09521003003023/10/LW261026K',
} as const;

/** The documents of a demo product in the order in which they were anchored, each with its issuer's name in members.json. */
const HISTORIES = {
  laver: [
    ['hanbada', 'events-hanbada.json'],
    ['namhae', 'lab-report-export.json'],
    ['korea-chamber', 'certificate-of-origin.json'],
    ['qingdao-customs', 'events-qingdao-customs.json'],
    ['beihai', 'lab-report-import.json'],
    ['jiaowan', 'events-jiaowan.json'],
  ],
  kimchi: [
    ['laowan', 'events-laowan.json'],
    ['beihai', 'lab-report.json'],
    ['qingdao-customs', 'certificate-of-origin-v1.json'],
    ['qingdao-customs', 'certificate-of-origin-v2.json'],
    ['busan-customs', 'events-busan-customs.json'],
    ['haeun', 'events-haeun.json'],
  ],
} as const;

/** A document as the demo's file gives it, before it is sealed. */
export interface DemoDocument {
  slug: string;
  issuer: number;
  content: Json;
}

/** The documents of a demo product; `change` may alter each before it is used. */
export function demoDocuments(product: keyof typeof SUBJECTS, change: (content: Json) => Json = (content) => content): DemoDocument[] {
  return HISTORIES[product].flatMap(([slug, file]) => {
    const issuer = MEMBERS.findIndex((member) => member.slug === slug) + 1;
    return contentsOf(readJson(`${product}/${file}`)).map((content) => ({ slug, issuer, content: change(content) }));
  });
}

/** Public profile of a demo member, as text. */
export function demoProfile(issuer: number): string {
  return JSON.stringify(MEMBERS[issuer - 1]?.profile ?? {});
}

/** A subject's bundle of the demo's documents. */
export function demoBundle(product: keyof typeof SUBJECTS, change?: (content: Json) => Json): Bundle {
  const documents = demoDocuments(product, change);
  return {
    format: 'tidemark-bundle/1',
    documents: documents.map(unsigned),
    subject: { id: SUBJECTS[product], salt: `0x${'00'.repeat(16)}`, entries: [] },
    members: Object.fromEntries(documents.map(({ issuer }) => [issuer, demoProfile(issuer)])),
    block: { chainId: 31337, contract: `0x${'11'.repeat(20)}`, header: '0x', nodes: [], cosignatures: [] },
  };
}

/** A verdict that finds everything valid, but what `changes` say. */
export function demoVerdict(bundle: Bundle, changes: readonly Finding[] = []): Verdict {
  const questions = ['integrity', 'anchored', 'issuer', 'accreditation', 'status', 'superseded'] as const;
  const all: Finding[] = [
    finding('block', 'VALID'),
    ...bundle.documents.flatMap((_, document) => questions.map((question) => ({ ...finding(question, 'VALID'), document }))),
    finding('complete', 'VALID'),
  ];
  const findings = all.map((one) => changes.find((c) => c.question === one.question && c.document === one.document) ?? one);
  const answers = findings.map(({ answer }) => answer);
  return {
    answer: answers.includes('INVALID') ? 'INVALID' : answers.includes('CANNOT_CHECK') ? 'CANNOT_CHECK' : 'VALID',
    findings,
    asOf: '2026-11-23T13:00:05Z',
    at: '2026-11-23T13:00:06Z',
    finality: 'unsealed',
    height: 128,
    blockHash: HASH,
  };
}

/** One finding; codes of valid answers do not matter to the page. */
export function finding(question: Finding['question'], answer: Finding['answer'], code: string = 'OK', document?: number): Finding {
  return { question, answer, code: code as Finding['code'], ...(document !== undefined && { document }) };
}

/** The finding that one document was superseded by another of the bundle. */
export function superseded(bundle: Bundle, document: number, by: number): Finding {
  const successor = bundle.documents[by];
  const facts = successor === undefined ? {} : { successor: recordId(successor.issuer, successor.anchor.leaf) };
  return { ...finding('superseded', 'INVALID', 'SUPERSEDED', document), facts };
}

function unsigned({ issuer, content }: DemoDocument): BundleDocument {
  const anchor = { leaf: toHex(sha256(toUtf8(JSON.stringify(content)))) };
  if ('eventTime' in content) return { type: 'event', event: JSON.stringify(content), salt: `0x${'00'.repeat(16)}`, issuer, anchor };
  const payload = { ...content, type: [content.type, 'DigitalConformityCredential', 'VerifiableCredential'] };
  return { type: 'credential', sdJwt: `e30.${toBase64Url(toUtf8(JSON.stringify(payload)))}.c2ln~`, issuer, anchor };
}

function contentsOf(file: Json): Json[] {
  const body = file.epcisBody as { eventList: Json[] } | undefined;
  return body?.eventList ?? [file];
}

function readJson(name: string): Json {
  return JSON.parse(readFileSync(new URL(`../../deploy/demo/${name}`, import.meta.url), 'utf8')) as Json;
}
