import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import type { JsonObject } from '../../../protocol/json/jsonValue.ts';
import { KIND } from '../../../protocol/ledger/codes.ts';
import type { LedgerRecord } from '../../../protocol/ledger/words.ts';
import { documentWith } from './events.ts';
import { HEAD } from './fakeIndex.ts';
import { at, type LawIndex, lawIndex, lawMember } from './lawIndex.ts';
import { startTestNode, type TestNode, type TestNodeOptions } from './testNode.ts';

const ID = 'https://id.gs1.org';
export const LAVER = `${ID}/01/09521001001021/10/HB260914A`;
export const RAW = `${ID}/01/09521001000994/10/WANDO-0910`;
export const KIMCHI = `${ID}/01/09521003003023/10/LW261026K`;
export const PALLETS = ['095210010000001014', '095210010000001021'].map((sscc) => `${ID}/00/${sscc}`);
export const CONTAINER = `${ID}/00/095210010000009010`;
export const PARCELS = Array.from({ length: 40 }, (_, at) => `${ID}/01/09521001001021/21/P${String(at + 1).padStart(3, '0')}`);

const FREE = { heldAt: 0, heldBy: 0, reason: 0, recalledAt: 0, recallClass: 0 };
const CONTEXT = { gs1: 'https://ref.gs1.org/voc/', cbvmda: 'urn:epcglobal:cbv:mda' };
const DEMO = new URL('../../../deploy/demo/', import.meta.url);
const MEMBERS = JSON.parse(readFileSync(new URL('members.json', DEMO), 'utf8')) as { slug: string; profile: JsonObject }[];

/** A node that knows the demo's laver and kimchi with their whole way, by the members that recorded it: goods they were made of, pallets, a container, parcels. */
export interface TraceScene {
  node: TestNode;
  index: LawIndex;
  /** Recalls goods in China, as a regulator would. */
  recall(id: string): void;
}

/** Starts it. @param change of the events, before they are captured */
export async function startTraceScene(
  options: Pick<TestNodeOptions, 'config'> = {},
  change: (event: JsonObject) => JsonObject = (event) => event,
): Promise<TraceScene> {
  const index = lawIndex();
  const node = await startTestNode({ index, ...options });
  writeMembers(node, index);
  const files = [
    ...['laver/events-hanbada', 'laver/events-jiaowan', 'laver/events-qingdao-customs'].map(demoEvents),
    ...['kimchi/events-laowan', 'kimchi/events-haeun', 'kimchi/events-busan-customs'].map(demoEvents),
    ...moreEvents(),
  ];
  for (const [slug, events] of files) await capture(node, slug, events.map(change));
  const anchored = new Set<string>();
  for (const id of node.submitted.keys()) anchor(node, index, id.slice('batch-'.length) as Hex, anchored);
  const count = files.reduce((sum, [, events]) => sum + events.length, 0);
  const deadline = Date.now() + 10_000;
  while (node.node.catalogue.recordedEvents(0, 1_000).length < count && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 20));
  seal(node, index);
  return {
    node,
    index,
    recall(id) {
      const [subject] = node.node.catalogue.subjects(id);
      const cause = { cause: null, by: 1, reason: 0, position: 1, head: `0x${'00'.repeat(32)}` as const };
      const word = { CN: { ...FREE, recalledAt: HEAD.timestamp - 600, recallClass: 2 }, KR: FREE };
      index.law.lotChanges.push({ ...at(9), lot: subject?.key ?? '0x', ...cause, word });
    },
  };
}

function demoEvents(file: string): [slug: string, events: JsonObject[]] {
  const document = JSON.parse(readFileSync(new URL(`${file}.json`, DEMO), 'utf8')) as { epcisBody: { eventList: JsonObject[] } };
  return [file.replace(/^.*\/events-/, ''), document.epcisBody.eventList];
}

const PLANT = { id: `${ID}/414/9521001000017` };
const SHOP = { id: `${ID}/414/9521005000013` };
const on = (time: string, more: JsonObject): JsonObject => ({ eventTime: `2026-${time}:00+09:00`, eventTimeZoneOffset: '+09:00', ...more });

/** What the demo leaves to others: what the laver was made of, the container that its pallets were in, and parcels of it. */
function moreEvents(): [slug: string, events: JsonObject[]][] {
  const wrong = on('09-13T16:00', {
    ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'storing', readPoint: PLANT, bizLocation: PLANT },
    ...{ eventID: 'urn:uuid:0e6b7a52-31c6-4e3c-9f39-5ba0a3b7d001', quantityList: [{ epcClass: RAW, quantity: 900, uom: 'KGM' }] },
  });
  return [
    [
      'hanbada',
      [
        on('09-10T06:00', {
          ...{ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', readPoint: PLANT, bizLocation: PLANT },
          quantityList: [{ epcClass: RAW, quantity: 300, uom: 'KGM' }],
        }),
        wrong,
        on('09-14T09:00', {
          ...{ type: 'TransformationEvent', bizStep: 'commissioning', readPoint: PLANT, bizLocation: PLANT },
          inputQuantityList: [{ epcClass: RAW, quantity: 280, uom: 'KGM' }],
          outputQuantityList: [{ epcClass: LAVER, quantity: 4800 }],
        }),
        on('10-13T18:00', {
          type: 'AggregationEvent',
          action: 'ADD',
          bizStep: 'loading',
          parentID: CONTAINER,
          childEPCs: PALLETS,
          readPoint: { id: 'https://vocabulary.uncefact.org/unlocode#KRPUS' },
        }),
        on('10-14T08:00', {
          type: 'ObjectEvent',
          action: 'OBSERVE',
          bizStep: 'transporting',
          epcList: [CONTAINER],
          readPoint: { id: 'https://vocabulary.uncefact.org/unlocode#KRPUS' },
        }),
      ],
    ],
    ['hanbada', [{ ...wrong, errorDeclaration: { declarationTime: '2026-09-13T18:00:00+09:00', reason: 'did_not_occur' } }]],
    [
      'jiaowan',
      [
        on('10-15T12:00', {
          type: 'AggregationEvent',
          action: 'DELETE',
          bizStep: 'unloading',
          parentID: CONTAINER,
          childEPCs: PALLETS,
          readPoint: { id: 'https://vocabulary.uncefact.org/unlocode#CNQDG' },
        }),
        on('11-03T09:00', {
          ...{ type: 'TransformationEvent', bizStep: 'packing', readPoint: SHOP, bizLocation: SHOP },
          inputQuantityList: [{ epcClass: LAVER, quantity: 40 }],
          outputEPCList: PARCELS,
        }),
        on('11-03T15:00', {
          ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', epcList: PARCELS.slice(0, 3), readPoint: SHOP },
          sourceList: [{ type: 'possessing_party', source: `${ID}/417/9521005000006` }],
          destinationList: [{ type: 'possessing_party', destination: `${ID}/417/9521014000004` }],
        }),
      ],
    ],
  ];
}

async function capture(node: TestNode, slug: string, events: readonly JsonObject[]): Promise<void> {
  const document = { ...documentWith(...events), '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', CONTEXT] };
  const answer = await node.post('/epcis/v2/capture', document, { authorization: `Bearer ${tokenOf(slug)}` });
  if (answer.status !== 202) throw new Error(await answer.text());
}

function tokenOf(slug: string): string {
  return `a-token-for-tests-of-${slug}`;
}

function writeMembers(node: TestNode, index: LawIndex): void {
  mkdirSync(join(node.folder, 'profiles'), { recursive: true });
  const tokens = MEMBERS.map(({ slug, profile }, at) => {
    const text = JSON.stringify(profile);
    writeFileSync(join(node.folder, 'profiles', `${slug}.json`), text);
    const row = lawMember(at + 1, profile.country === 'CN' ? 'CN' : 'KR', 'OPERATOR');
    index.law.members.push({ ...row, profile: `0x${sha256(text)}` });
    return { slug, member: at + 1, sha256: sha256(tokenOf(slug)) };
  });
  writeFileSync(join(node.folder, 'tokens.json'), JSON.stringify({ tokens }));
}

function anchor(node: TestNode, index: LawIndex, root: Hex, anchored: Set<string>): void {
  const { catalogue } = node.node;
  const leaves = catalogue.leavesOf(root);
  const issuer = catalogue.document(leaves[0] ?? '0x')?.issuer ?? 1;
  const record = index.addRecord({
    leafOrRoot: root,
    issuer,
    anchored: { anchoredAt: HEAD.timestamp - 600 + anchored.size } as LedgerRecord,
  });
  for (const leaf of leaves)
    for (const { key } of catalogue.subjectsOf(leaf)) {
      if (anchored.has(leaf + key)) continue;
      anchored.add(leaf + key);
      index.addEntry({ subject: key, leaf, issuer, record: record.id });
    }
}

/** A laboratory report of the raw laver that stays with its laboratory. */
function seal(node: TestNode, index: LawIndex): void {
  const leaf: Hex = `0x${'5e'.repeat(32)}`;
  const record = index.addRecord({ leafOrRoot: leaf, issuer: 2, kind: KIND.LABORATORY_REPORT });
  index.addEntry({ subject: node.node.catalogue.subjects(RAW)[0]?.key ?? '0x', leaf, issuer: 2, record: record.id });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
