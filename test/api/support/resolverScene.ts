import { createHash } from 'node:crypto';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { FILING_KIND } from '../../../protocol/law/codes.ts';
import type { LotWord } from '../../../protocol/law/words.ts';
import { KIND, SHORE } from '../../../protocol/ledger/codes.ts';
import { at, type LawIndex, lawIndex, lawMember } from './lawIndex.ts';
import { sealedCertificate, sealedReport } from './sealed.ts';
import { AUTHORIZED, startTestNode, type TestNode } from './testNode.ts';

export const PRODUCT = '/01/09521001001021';
export const LOT = `${PRODUCT}/10/HB260914A`;
export const ITEM = `${PRODUCT}/21/S1`;
export const UNIT = '/00/095210010000000017';
export const PLACE = '/414/9521001000000';

const ID = 'https://id.gs1.org';
const FREE = { heldAt: 0, heldBy: 0, reason: 0, recalledAt: 0, recallClass: 0 };

/** A node that knows a product and its lot, an item, a logistic unit and a place, with documents of both shores. */
export interface ResolverScene {
  node: TestNode;
  index: LawIndex;
  /** Stops the lot, as a regulator would. */
  stop(word: Partial<LotWord>): void;
}

/** Starts it. @param publicUrl where its readers reach it */
export async function startResolverScene(publicUrl?: string): Promise<ResolverScene> {
  const index = lawIndex();
  index.law.members.push(lawMember(1, 'KR', 'OPERATOR', 'CUSTOMS'), lawMember(2, 'CN', 'LABORATORY'));
  const node = await startTestNode({ index, ...(publicUrl !== undefined && { config: { publicUrl } }) });
  const salt = await storeDocuments(node, index);
  await fileProduct(node, index);
  node.node.catalogue.keepSubjects([ITEM, UNIT, PLACE].map((path) => ({ id: ID + path, salt })));
  for (const path of [LOT, ITEM, UNIT, PLACE]) addEntry(node, index, path, KIND.EPCIS_EVENTS, 1);
  addEntry(node, index, LOT, KIND.LABORATORY_REPORT, 2);
  return {
    node,
    index,
    stop(word) {
      const lot = keyOf(node, LOT);
      const cause = { cause: null, by: 1, reason: 0, position: 1, head: hash('head') };
      index.law.lotChanges.push({ ...at(9), lot, ...cause, word: { CN: FREE, KR: FREE, ...word } });
    },
  };
}

async function storeDocuments(node: TestNode, index: LawIndex): Promise<Hex> {
  const certificate = { ...sealedCertificate(), kind: KIND.CERTIFICATE_OF_ORIGIN };
  const report = { ...sealedReport(), kind: KIND.LABORATORY_REPORT };
  const documents = [certificate, report].map(({ sdJwt }) => ({ sdJwt, subjects: [{ id: ID + LOT }] }));
  const answer = await node.post('/documents', { documents }, AUTHORIZED);
  const { stored } = (await answer.json()) as { stored: { subjects: { salt: Hex }[] }[] };
  for (const { leaf, kind } of [certificate, report]) anchor(index, keyOf(node, LOT), leaf, kind, 1);
  return stored[0]?.subjects[0]?.salt as Hex;
}

async function fileProduct(node: TestNode, index: LawIndex): Promise<void> {
  const name = { zh: '调味海苔 (DEMO)', ko: '조미김 (DEMO)', en: 'Roasted seasoned laver (DEMO)' };
  const text = JSON.stringify({ gtin: PRODUCT.slice(4), name, hs6: '200899' });
  const answer = await node.post('/filings', { id: ID + PRODUCT, text }, AUTHORIZED);
  const { subject, digest } = (await answer.json()) as { subject: Hex; digest: Hex };
  const word = { kind: FILING_KIND.PRODUCT, shore: SHORE.KR, version: 1, member: 1, filedAt: 10, updatedAt: 11 };
  index.law.filings.push({ ...at(8), subject, digest, word });
}

function addEntry(node: TestNode, index: LawIndex, path: string, kind: number, issuer: number): void {
  anchor(index, keyOf(node, path), hash(`${path} ${kind} ${issuer}`), kind, issuer);
}

function anchor(index: LawIndex, subject: Hex, leaf: Hex, kind: number, issuer: number): void {
  const record = index.addRecord({ leafOrRoot: leaf, issuer, kind, subject });
  index.addEntry({ subject, leaf, issuer, record: record.id });
}

function keyOf(node: TestNode, path: string): Hex {
  return node.node.catalogue.subjects(ID + path)[0]?.key as Hex;
}

function hash(text: string): Hex {
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}
