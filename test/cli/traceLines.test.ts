import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { LAVER_LOT } from '../../deploy/demo/recall/laverEvents.ts';
import { recallFiles } from '../../deploy/demo/recall/recallFiles.ts';
import { demoMembers } from '../../deploy/local/demo.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { accountableParties } from '../../protocol/lineage/accountableParties.ts';
import type { LineageGraph } from '../../protocol/lineage/graph/lineageGraph.ts';
import { recallScope } from '../../protocol/lineage/recallScope.ts';
import { traceDestination } from '../../protocol/lineage/trace.ts';
import { LANGUAGES, type Language } from '../../protocol/verdict/texts.ts';
import { widthOf } from '../../scripts/commands/support/columns.ts';
import { claimLines, partyLines, scopeLines } from '../../scripts/commands/support/traceLines.ts';
import { TraceWords } from '../../scripts/commands/support/traceWords.ts';
import type { NodeClient } from '../../sdk/node/client.ts';
import { type Names, readNames } from '../../sdk/trace/readNames.ts';
import { lineageOf } from '../deploy/support/lineageOf.ts';

const DEMO = join(import.meta.dirname, '../../deploy/demo');
const LAVER = 'https://id.gs1.org/01/09521001001021/10/HB260914A';
const KIMCHI = 'https://id.gs1.org/01/09521003003023/10/LW261026K';
const NOBODY: Names = { ofMember: new Map(), ofParty: new Map() };

/** A node that tells the demo's members, as many a page as are asked for. */
const node = {
  query: async () => ({
    members: {
      edges: demoMembers(DEMO).map(({ profile }, index) => ({ node: { id: index + 1, profile } })),
      pageInfo: { hasNextPage: false, endCursor: null },
    },
    filing: null,
  }),
} as unknown as NodeClient;

function story(folder: string): LineageGraph {
  const files = readdirSync(join(DEMO, folder)).filter((name) => name.startsWith('events-'));
  return lineageOf(files.map((name) => JSON.parse(readFileSync(join(DEMO, folder, name), 'utf8')) as JsonObject));
}

const STORIES = [
  { name: 'laver', lot: LAVER, graph: story('laver') },
  { name: 'kimchi', lot: KIMCHI, graph: story('kimchi') },
  { name: 'recall', lot: LAVER_LOT, graph: lineageOf(recallFiles().map(({ document }) => document)) },
];

/** Everything that the trace commands print of a lot. */
function printed(graph: LineageGraph, lot: string, words: TraceWords): string[] {
  const block = { height: 1, hash: '', time: '', indexDigest: '' };
  const claim = { ids: [lot], direction: 'destination' as const, block, asOf: '2026-11-21T00:00:00.000Z', histories: [] };
  return [
    ...claimLines({ ...traceDestination(graph, [lot]), ...claim }, words),
    ...scopeLines(recallScope(graph, [lot]), words),
    ...partyLines([{ id: lot, steps: accountableParties(graph, lot) }], words),
  ];
}

describe('trace lines', () => {
  let zone: string | undefined;
  before('stand in Seoul', () => {
    zone = process.env.TZ;
    process.env.TZ = 'Asia/Seoul';
  });
  after(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  const wordsIn = async (language: Language) => new TraceWords(language, await readNames([node], language, []));

  for (const { name, lot, graph } of STORIES) {
    for (const language of LANGUAGES) {
      it(`are readable of the ${name} in ${language}`, async () => {
        const lines = printed(graph, lot, await wordsIn(language));
        for (const line of lines) expect(widthOf(line), line).to.be.at.most(132);
        const text = lines.join('\n');
        expect(text).to.not.match(/\b(shipping|receiving|arriving|departing|owning_party|possessing_party|unlocode)\b|undefined|NaN/);
        if (language !== 'en') expect(text).to.match(/[\u3041-\ud7a3]/);
      });
    }
  }

  it('name parties and ports, with their numbers, and times with their offset', async () => {
    const { graph, lot } = STORIES[0] as (typeof STORIES)[number];
    const line = (language: Language) => wordsIn(language).then((words) => printed(graph, lot, words).join('\n'));
    expect(await line('en'))
      .to.include('Jiaowan')
      .and.to.include('(9521005000006)')
      .and.to.include('Qingdao port (CNQDG)');
    expect(await line('zh'))
      .to.include('2026年10月16日')
      .and.to.include('青岛港 (CNQDG)')
      .and.to.include('16:20 +09:00');
    expect(await line('ko'))
      .to.include('칭다오항 (CNQDG)')
      .and.to.include('수령');
  });

  it('add up the sums of a recall', async () => {
    const { graph, lot } = STORIES[2] as (typeof STORIES)[number];
    const lines = scopeLines(recallScope(graph, [lot]), new TraceWords('en', NOBODY));
    expect(lines).to.include.members(['  produced          2,400', '  open                 46', '  returned            264']);
    expect(lines).to.include('  produced 2,400 = open 46 + destroyed 2,354');
  });

  it('say as often as it is so what is not known, and name everybody', async () => {
    const { graph, lot } = STORIES[2] as (typeof STORIES)[number];
    const text = printed(graph, lot, new TraceWords('en', NOBODY)).join('\n');
    expect(text)
      .to.include('(NOT_RECEIVED) × 44')
      .and.to.match(/→ urn:uuid:/);
    expect(text).to.not.include("node's word");
  });

  it('say that nobody is known to answer for goods', async () => {
    const { graph, lot } = STORIES[0] as (typeof STORIES)[number];
    const steps = accountableParties(graph, lot, undefined, { asOf: 0 });
    const lines = LANGUAGES.map((language) => partyLines([{ id: lot, steps }], new TraceWords(language, NOBODY))[1]);
    expect(lines).to.deep.equal([
      '  … 没有记录任何责任方',
      '  … 책임자로 기록된 당사자가 없음',
      '  … nobody is recorded as answering for it',
    ]);
  });

  describe('readNames', () => {
    it('has none where no node answers', async () => {
      expect(await readNames([], 'ko', [])).to.deep.equal(NOBODY);
    });

    it('looks up who is no member by what was filed', async () => {
      const id = 'https://id.gs1.org/417/9521099000004';
      const asked: unknown[] = [];
      const filing = {
        query: async (query: string, variables: unknown) => {
          if (query.includes('members')) return node.query(query);
          asked.push(variables);
          return { filing: { content: { name: { ko: '부산상회' } } } };
        },
      } as unknown as NodeClient;
      const { ofParty } = await readNames([filing], 'zh', [id, 'https://id.gs1.org/417/9521005000006', 'urn:uuid:1']);
      expect(asked).to.deep.equal([{ id }]);
      expect(ofParty.get(id)).to.equal('부산상회');
      expect(ofParty.get('9521099000004')).to.equal('부산상회');
    });
  });
});
