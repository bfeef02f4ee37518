import { randomBytes } from 'node:crypto';
import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openNodeKeys } from '../../../api/keys/nodeKeys.ts';
import type { RecordRow } from '../../../indexer/store/rows.ts';
import { type Release, releaseFingerprint } from '../../../protocol/access/release.ts';
import { issuerOf, readMemberProfile } from '../../../protocol/credentials/issuer.ts';
import { type Sealed, seal } from '../../../protocol/credentials/seal.ts';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { generateKeyPair } from '../../../protocol/jose/jwk.ts';
import type { JsonObject } from '../../../protocol/json/jsonValue.ts';
import { KIND, STATUS } from '../../../protocol/ledger/codes.ts';
import { type LawIndex, lawIndex, lawMember } from './lawIndex.ts';
import { startTestNode, type TestNode, tokenOf } from './testNode.ts';

/** Members of the two shores, by what they are to a Chinese issuer's document. */
export const MEMBER = {
  issuer: 1,
  homeRegulator: 2,
  homeCustoms: 3,
  homeOperator: 4,
  foreignRegulator: 5,
  otherForeignRegulator: 6,
  foreignOperator: 7,
} as const;
/** Name of a reader: a member, or nobody. */
export type ReaderName = keyof typeof MEMBER | 'anonymous';
export const READERS: readonly ReaderName[] = ['anonymous', ...(Object.keys(MEMBER) as (keyof typeof MEMBER)[])];

const LAW = join(import.meta.dirname, '../../../law');
const PROFILE = '{"name":{"en":"Laiyang Analysis Institute (DEMO)"},"country":"CN","gln":"9521006000005"}';
const random = (length: number) => randomBytes(length);
const KEY = generateKeyPair(random);

/** Two nodes over one ledger, `qingdao` at home and `korea` abroad; each member has a token at both. */
export interface TwoShores {
  index: LawIndex;
  home: TestNode;
  abroad: TestNode;
  /** Lines that both nodes logged. */
  logs: string[];
  /** Stores credentials of the issuer at home. */
  store(documents: readonly Stored[]): Promise<Response>;
  /** Puts a stored document on the ledger, under its subjects. */
  anchor(leaf: Hex, kind: number): RecordRow;
  /** Captures events for the issuer at home and puts them on the ledger; resolves with their leaves. */
  capture(events: readonly JsonObject[], headers: Record<string, string>): Promise<Hex[]>;
  /** Stores a release at home; resolves with its leaf and what its node answers. */
  release(more: Partial<Release> & Pick<Release, 'documents' | 'to'>): Promise<{ leaf: Hex; answer: Response; text: string }>;
  /** Puts a release on the ledger. */
  approve(leaf: Hex, by?: number): RecordRow;
  /** Has a record revoked. */
  withdraw(record: RecordRow): void;
  close(): Promise<void>;
}

/** A credential to store. */
export interface Stored {
  sdJwt: string;
  subjects?: { id: string }[];
  visibility?: string;
  replaces?: Hex;
}

/** A credential of the issuer, sealed of these claims. */
export function sealedBy(claims: JsonObject, member: number = MEMBER.issuer): Sealed {
  return seal({ claims, issuer: issuerOf(member, readMemberProfile(PROFILE)), key: KEY, random });
}

/** The header by which a reader is known. */
export function asReader(reader: ReaderName): Record<string, string> {
  return reader === 'anonymous' ? {} : { authorization: `Bearer ${tokenOf(MEMBER[reader])}` };
}

export async function startTwoShores(): Promise<TwoShores> {
  const index = lawIndex();
  index.law.members.push(
    lawMember(MEMBER.issuer, 'CN', 'CERTIFIER', 'LABORATORY', 'OPERATOR'),
    lawMember(MEMBER.homeRegulator, 'CN', 'REGULATOR'),
    lawMember(MEMBER.homeCustoms, 'CN', 'CUSTOMS'),
    lawMember(MEMBER.homeOperator, 'CN', 'OPERATOR'),
    lawMember(MEMBER.foreignRegulator, 'KR', 'REGULATOR'),
    lawMember(MEMBER.otherForeignRegulator, 'KR', 'REGULATOR'),
    lawMember(MEMBER.foreignOperator, 'KR', 'OPERATOR'),
  );
  const logs: string[] = [];
  const common = { index, members: Object.values(MEMBER), log: (line: object) => void logs.push(JSON.stringify(line)) };
  const home = await startTestNode({ ...common, config: { name: 'qingdao', shore: 'CN' } });
  const abroad = await startTestNode({ ...common, peer: home.url });
  trustEachOther(home, abroad);
  for (const { node, folder } of [home, abroad]) {
    // What is shown is tested here, not what is proven.
    node.proofs = { prove: async () => ({ header: '0x', nodes: [] }) };
    for (const name of ['panels/laver.json', 'profiles/cn-laver.json']) cpSync(join(LAW, name), join(folder, 'profiles', basename(name)));
  }
  const addRecord = (row: Partial<RecordRow> & Pick<RecordRow, 'leafOrRoot' | 'issuer'>, size = 1) => {
    const record = index.addRecord(row);
    // Each a second after the one before: which of two records of an event is the later, their times tell.
    const anchoredAt = record.anchored.anchoredAt + record.logIndex;
    return Object.assign(record, { anchored: { ...record.anchored, size, anchoredAt }, current: { ...record.current, size, anchoredAt } });
  };
  const link = (leaf: Hex, record: Hex) => {
    for (const { key } of home.node.catalogue.subjectsOf(leaf)) index.addEntry({ subject: key, leaf, issuer: MEMBER.issuer, record });
  };
  const shores: TwoShores = {
    ...{ index, home, abroad, logs },
    store: (documents) => home.post('/documents', { documents }, asReader('issuer')),
    anchor(leaf, kind) {
      const record = addRecord({ leafOrRoot: leaf, issuer: MEMBER.issuer, kind });
      link(leaf, record.id);
      return record;
    },
    async capture(events, headers) {
      const before = new Set(home.node.catalogue.unsettled().map(({ root }) => root));
      const answer = await home.post('/epcis/v2/capture', captureOf(events), { ...asReader('issuer'), ...headers });
      if (answer.status !== 202) throw new Error(await answer.text());
      const [batch] = home.node.catalogue.unsettled().filter(({ root }) => !before.has(root));
      if (batch === undefined) return [];
      const leaves = home.node.catalogue.leavesOf(batch.root);
      const record = addRecord({ leafOrRoot: batch.root, issuer: MEMBER.issuer, kind: KIND.EPCIS_EVENTS }, leaves.length);
      for (const leaf of leaves) link(leaf, record.id);
      return leaves;
    },
    async release(more) {
      const by = more.by ?? MEMBER.homeRegulator;
      const salt: Hex = `0x${randomBytes(16).toString('hex')}`;
      const text = JSON.stringify({ format: 'tidemark-release/1', by, basis: 'Arrangement 3, article 5 (DEMO)', salt, ...more });
      const answer = await home.post('/releases', { text }, { authorization: `Bearer ${tokenOf(by)}` });
      return { leaf: releaseFingerprint(text).leaf, answer, text };
    },
    approve: (leaf, by = MEMBER.homeRegulator) => addRecord({ leafOrRoot: leaf, issuer: by, kind: KIND.RELEASE }),
    withdraw(record) {
      Object.assign(record, { current: { ...record.current, status: STATUS.REVOKED, changedAt: record.anchored.anchoredAt + 60 } });
    },
    async close() {
      // A test may have started one of them again.
      await shores.abroad.close();
      await shores.home.close();
    },
  };
  return shores;
}

/** Has nodes take each other's proofs. */
export function trustEachOther(...nodes: readonly TestNode[]): void {
  const witnesses = nodes.map(({ node, folder, url }) => {
    const { name, shore } = node.config;
    return { name, shore, url, jwk: openNodeKeys(join(folder, 'key.json')).witness };
  });
  for (const { node } of nodes) node.trust = { ...node.trust, witnesses };
}

function captureOf(events: readonly JsonObject[]): JsonObject {
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    ...{ type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-10-12T00:00:00Z' },
    epcisBody: { eventList: [...events] },
  };
}
