import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { openCatalogue } from '../../api/catalogue/catalogue.ts';
import { openNodeKeys } from '../../api/keys/nodeKeys.ts';
import { acquireBody } from '../../api/peer/acquire.ts';
import { acquireRelease } from '../../api/peer/acquireRelease.ts';
import { signNodeRequest } from '../../protocol/access/nodeRequest.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { KIND } from '../../protocol/ledger/codes.ts';
import { demoClaims } from '../fixtures/demoClaims.ts';
import { inFolder } from './support/outcomes.ts';
import { startTestNode, type TestNode } from './support/testNode.ts';
import { asReader, MEMBER, type ReaderName, sealedBy, startTwoShores, type TwoShores } from './support/twoShores.ts';

const LOT = 'https://id.gs1.org/01/09521001001021/10/SEALEDLOT26';

describe('releases', () => {
  let world: TwoShores;
  beforeEach(async () => {
    world = await startTwoShores();
  });
  afterEach(() => world.close());

  const report = () => sealedBy(demoClaims('laver/lab-report-export'));
  /** Stores a report that stays in its country, on the ledger. */
  const sealedReport = async (visibility = 'DOMESTIC') => {
    const { sdJwt, leaf } = report();
    await world.store([{ sdJwt, subjects: [{ id: LOT }], visibility }]);
    return { sdJwt, leaf, record: world.anchor(leaf, KIND.LABORATORY_REPORT) };
  };
  const bodyAt = async (node: TestNode, leaf: Hex, reader: ReaderName) =>
    (await fetch(`${node.url}/bodies/${leaf}`, { headers: asReader(reader) })).status;
  const codeOf = async (answer: Response) => ((await answer.json()) as { code?: string; pointer?: string }).code;

  describe('storing', () => {
    it('keeps the visibility of a document for good', async () => {
      const { sdJwt } = await sealedReport();
      expect(await codeOf(await world.store([{ sdJwt }]))).to.equal('VISIBILITY_FIXED');
      expect((await world.store([{ sdJwt, visibility: 'domestic' }])).status).to.equal(201);
      const open = report();
      await world.store([{ sdJwt: open.sdJwt }]);
      expect(await codeOf(await world.store([{ sdJwt: open.sdJwt, visibility: 'DOMESTIC' }]))).to.equal('VISIBILITY_FIXED');
    });

    it('refuses a visibility that there is not, and stores nothing', async () => {
      const { sdJwt, leaf } = report();
      const problem = (await (await world.store([{ sdJwt, visibility: 'SECRET' }])).json()) as { pointer: string };
      expect(problem.pointer).to.equal('/documents/0/visibility');
      expect(world.home.node.catalogue.document(leaf)).to.equal(undefined);
    });

    it('gives a successor the visibility of what it replaces', async () => {
      const { leaf } = await sealedReport();
      const next = report();
      await world.store([{ sdJwt: next.sdJwt, replaces: leaf }]);
      expect(world.home.node.catalogue.document(next.leaf)?.visibility).to.equal('DOMESTIC');
      const foreign = await world.store([{ sdJwt: report().sdJwt, replaces: `0x${'99'.repeat(32)}` }]);
      expect(await codeOf(foreign)).to.equal('UNKNOWN_DOCUMENT');
    });

    it('is refused by the node of another shore', async () => {
      const answer = await world.abroad.post(
        '/documents',
        { documents: [{ sdJwt: report().sdJwt, visibility: 'DOMESTIC' }] },
        asReader('issuer'),
      );
      expect(await codeOf(answer)).to.equal('FORBIDDEN');
    });

    it('is the same in a catalogue made again', async () => {
      const { leaf } = await sealedReport();
      const { leaf: release } = await world.release({ documents: [leaf], to: MEMBER.foreignRegulator });
      const { folder, config } = world.home;
      await world.home.halt();
      for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `catalogue.sqlite${end}`), { force: true });
      const again = await startTestNode({ folder, index: world.index, config: { name: config.name, shore: config.shore } });
      world.home = again;
      expect(again.node.catalogue.document(leaf)?.visibility).to.equal('DOMESTIC');
      expect(again.node.catalogue.releasesOf(leaf).map(({ leaf: found, by, to }) => [found, by, to])).to.deep.equal([
        [release, MEMBER.homeRegulator, MEMBER.foreignRegulator],
      ]);
    });

    it('takes a catalogue of a former version as public', () =>
      inFolder(async (folder) => {
        const path = join(folder, 'catalogue.sqlite');
        openCatalogue(path).close();
        const former = new DatabaseSync(path);
        for (const trigger of ['recorded', 'named', 'document', 'visibility']) former.exec(`DROP TRIGGER count_${trigger}`);
        former.exec('DROP INDEX documents_at_home; ALTER TABLE documents DROP COLUMN visibility');
        former.exec(
          "INSERT INTO documents (leaf, cid, type, kind, issuer, own, sha256, sm3) VALUES ('0x11', 'c', 'event', 3, 1, 1, '0x', '0x')",
        );
        former.close();
        const catalogue = openCatalogue(path);
        expect(catalogue.document('0x11')?.visibility).to.equal('PUBLIC');
        catalogue.close();
      }));
  });

  describe('capture', () => {
    const event = (minute: number, bizStep = 'shipping'): JsonObject => ({
      ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep, eventTimeZoneOffset: '+08:00' },
      ...{ eventTime: `2026-10-01T00:${String(minute).padStart(2, '0')}:00Z`, epcList: [], quantityList: [{ epcClass: LOT, quantity: 1 }] },
    });

    it('keeps events at home by header or by query, and publishes them by default', async () => {
      const visibilityOf = async (leaves: Promise<Hex[]>) =>
        (await leaves).map((leaf) => world.home.node.catalogue.document(leaf)?.visibility);
      expect(await visibilityOf(world.capture([event(1)], {}))).to.deep.equal(['PUBLIC']);
      expect(await visibilityOf(world.capture([event(2)], { 'tidemark-visibility': 'Domestic' }))).to.deep.equal(['DOMESTIC']);
      const single = await world.home.post(
        '/epcis/v2/events?visibility=domestic',
        { '@context': [CONTEXT], ...event(3) },
        asReader('issuer'),
      );
      // Kept, and not recorded yet: nothing anchors it here.
      expect(single.status, await single.text()).to.equal(202);
      expect(await events('anonymous')).to.deep.include({ seen: 1, withheld: 2 });
    });

    it('refuses another visibility and captures nothing', async () => {
      const answer = await world.home.post(
        '/epcis/v2/events',
        { '@context': [CONTEXT], ...event(1) },
        { ...asReader('issuer'), 'tidemark-visibility': 'none' },
      );
      expect(await codeOf(answer)).to.equal('BAD_REQUEST');
      expect(world.home.submitted.size).to.equal(0);
    });

    it('counts what it withholds, whatever else is asked for', async () => {
      await world.capture([event(1, 'packing'), event(2), event(3)], { 'tidemark-visibility': 'domestic' });
      await world.capture([event(4)], {});
      for (const filter of ['', 'bizStep: "packing"', 'bizStep: "receiving"'])
        expect((await events('anonymous', filter)).withheld, filter).to.equal(3);
      for (const filter of ['', 'bizStep: "packing"'])
        expect((await events('anonymous', `${filter} subject: "${LOT}"`)).withheld, filter).to.equal(3);
      expect(await events('homeCustoms')).to.deep.equal({ seen: 4, withheld: 0 });
    });

    async function events(reader: ReaderName, filter = '') {
      const query = `{ events(first: 10 ${filter}) { edges { cursor } withheld } }`;
      const { data } = (await (await world.home.post('/graphql', { query }, asReader(reader))).json()) as {
        data: { events: { edges: unknown[]; withheld: number } };
      };
      return { seen: data.events.edges.length, withheld: data.events.withheld };
    }
  });

  describe('giving', () => {
    it('has no effect before the ledger has it, nor once it is withdrawn', async () => {
      const { leaf } = await sealedReport();
      const { leaf: release } = await world.release({ documents: [leaf], to: MEMBER.foreignRegulator });
      expect(await bodyAt(world.home, leaf, 'foreignRegulator')).to.equal(403);
      const record = world.approve(release);
      expect(await bodyAt(world.home, leaf, 'foreignRegulator')).to.equal(200);
      world.withdraw(record);
      expect(await bodyAt(world.home, leaf, 'foreignRegulator')).to.equal(403);
    });

    it("counts under the releaser's own record of its kind only", async () => {
      const { leaf } = await sealedReport();
      const { leaf: release } = await world.release({ documents: [leaf], to: MEMBER.foreignRegulator });
      world.approve(release, MEMBER.foreignRegulator);
      world.index.addRecord({ leafOrRoot: release, issuer: MEMBER.homeRegulator, kind: KIND.EPCIS_EVENTS });
      expect(await bodyAt(world.home, leaf, 'foreignRegulator')).to.equal(403);
    });

    it('is refused to whom the documents are not', async () => {
      const { leaf } = await sealedReport();
      for (const reader of ['homeOperator', 'foreignRegulator'] as const) {
        const { answer } = await world.release({ documents: [leaf], to: 'ALL', by: MEMBER[reader] });
        expect(await codeOf(answer), reader).to.equal('UNKNOWN_DOCUMENT');
      }
      world.approve((await world.release({ documents: [leaf], to: MEMBER.foreignRegulator })).leaf);
      const { answer } = await world.release({ documents: [leaf], to: 'ALL', by: MEMBER.foreignRegulator });
      expect(await codeOf(answer)).to.equal('FORBIDDEN');
    });

    it('is the issuer’s and the agencies’', async () => {
      const { leaf } = await sealedReport();
      for (const reader of ['issuer', 'homeRegulator', 'homeCustoms'] as const) {
        const { answer } = await world.release({ documents: [leaf], to: MEMBER.foreignOperator, by: MEMBER[reader] });
        expect(answer.status, reader).to.equal(201);
      }
    });

    it('is refused by a field that is wrong, with its pointer', async () => {
      const [{ leaf }, open] = [await sealedReport(), await sealedReport('PUBLIC')];
      const refused = async (more: Parameters<TwoShores['release']>[0]) => {
        const { answer } = await world.release(more);
        const { code, pointer } = (await answer.json()) as { code: string; pointer: string };
        return [code, pointer];
      };
      expect(await refused({ documents: [open.leaf], to: 'ALL' })).to.deep.equal(['NOT_DOMESTIC', '/text/documents/0']);
      expect(await refused({ documents: [leaf], to: 99 })).to.deep.equal(['UNKNOWN_MEMBER', '/text/to']);
      expect(await refused({ documents: [leaf, leaf], to: 'ALL' })).to.deep.equal(['RELEASE_INVALID', '/text/documents']);
      expect(await refused({ documents: [leaf], to: 'ALL', basis: '' })).to.deep.equal(['RELEASE_INVALID', '/text/basis']);
    });

    it('ends for a member, and for an agency, while it is suspended', async () => {
      const { leaf } = await sealedReport();
      world.approve((await world.release({ documents: [leaf], to: MEMBER.foreignRegulator })).leaf);
      const suspend = (member: number, isSuspended: boolean) => {
        const row = world.index.law.members.find((each) => each.member === member);
        if (row !== undefined) Object.assign(row, { standing: { ...row.standing, suspendedAt: isSuspended ? 2_000_000_000 : 0 } });
      };
      suspend(MEMBER.foreignRegulator, true);
      expect(await bodyAt(world.home, leaf, 'foreignRegulator')).to.equal(403);
      suspend(MEMBER.foreignRegulator, false);
      suspend(MEMBER.homeRegulator, true);
      expect(await bodyAt(world.home, leaf, 'foreignRegulator')).to.equal(403);
      expect(await bodyAt(world.home, leaf, 'homeRegulator')).to.equal(403);
      suspend(MEMBER.homeRegulator, false);
      expect(await bodyAt(world.home, leaf, 'foreignRegulator')).to.equal(200);
    });
  });

  describe('the other node', () => {
    const proof = (path: string, more: { aud?: string; iat?: number } = {}, at = world.abroad) => {
      const { signing } = openNodeKeys(join(at.folder, 'key.json'));
      const request = { iss: at.config.name, aud: 'qingdao', path, iat: Math.floor(Date.now() / 1000), ...more };
      return { 'tidemark-node': signNodeRequest(request, signing) };
    };
    const given = async (leaf: Hex, headers: Record<string, string>) => {
      const answer = await fetch(`${world.home.url}/bodies/${leaf}`, { headers });
      return { status: answer.status, body: (await answer.json()) as { code?: string; releases?: string[]; sdJwt?: string } };
    };

    it('is given a body only with its proof, and what was released to its shore', async () => {
      const { leaf, sdJwt } = await sealedReport();
      const path = `/bodies/${leaf}`;
      expect((await given(leaf, proof(path))).body.code).to.equal('NOT_RELEASED');
      const { leaf: release, text } = await world.release({ documents: [leaf], to: MEMBER.foreignRegulator });
      world.approve(release);
      expect((await given(leaf, proof(path))).body).to.deep.include({ sdJwt: `${sdJwt.split('~')[0]}~`, releases: [text] });
      expect((await given(leaf, {})).body.code).to.equal('NOT_RELEASED');
      for (const wrong of [
        proof(path, { aud: 'korea' }),
        proof(`/bodies/0x${'11'.repeat(32)}`),
        proof(path, { iat: Math.floor(Date.now() / 1000) - 61 }),
        proof(path, {}, world.home),
      ])
        expect((await given(leaf, wrong)).body.code).to.equal('NODE_UNPROVEN');
    });

    it('is given nothing that was released within the shore', async () => {
      const { leaf } = await sealedReport();
      world.approve((await world.release({ documents: [leaf], to: MEMBER.homeOperator })).leaf);
      expect(await bodyAt(world.home, leaf, 'homeOperator')).to.equal(200);
      expect((await given(leaf, proof(`/bodies/${leaf}`))).body.code).to.equal('NOT_RELEASED');
    });

    it('keeps it with for whom it was released, and shows it to no other', async () => {
      const { leaf, record } = await sealedReport();
      const approved = world.approve((await world.release({ documents: [leaf], to: MEMBER.foreignRegulator })).leaf);
      expect(await acquireBody(world.abroad.node, leaf, record)).to.equal('KEPT');
      expect(world.abroad.node.catalogue.document(leaf)).to.include({ visibility: 'DOMESTIC', own: false });
      const seen = async () =>
        Promise.all(
          (['foreignRegulator', 'otherForeignRegulator', 'anonymous'] as const).map((reader) => bodyAt(world.abroad, leaf, reader)),
        );
      expect(await seen()).to.deep.equal([200, 403, 403]);
      world.approve((await world.release({ documents: [leaf], to: MEMBER.otherForeignRegulator })).leaf);
      world.withdraw(approved);
      const second = (await world.index.issuerEntries(MEMBER.homeRegulator, { first: 10 })).rows.at(-1);
      expect(second !== undefined && (await acquireRelease(world.abroad.node, second))).to.equal(true);
      expect(await seen()).to.deep.equal([403, 200, 403]);
    });

    it('takes no release that the ledger has not', async () => {
      const { leaf, record } = await sealedReport();
      const { leaf: release } = await world.release({ documents: [leaf], to: MEMBER.foreignRegulator });
      world.approve(release);
      const { record: recordOf } = world.index;
      // The node abroad has not indexed it yet.
      world.abroad.node.index = {
        ...world.index,
        record: async (id) => ((await recordOf(id))?.kind === KIND.RELEASE ? undefined : recordOf(id)),
      };
      expect(await acquireBody(world.abroad.node, leaf, record)).to.equal('UNAVAILABLE');
      expect(world.abroad.node.catalogue.document(leaf)).to.equal(undefined);
      expect(world.abroad.node.catalogue.releasesOf(leaf)).to.deep.equal([]);
    });

    it('asks for no release that is for others', async () => {
      const { leaf } = await sealedReport();
      const approved = world.approve((await world.release({ documents: [leaf], to: MEMBER.homeOperator })).leaf);
      expect(await acquireRelease(world.abroad.node, approved)).to.equal(true);
      expect(world.abroad.node.catalogue.release(approved.leafOrRoot)).to.equal(undefined);
    });
  });

  describe('what is not on the ledger', () => {
    it('is as if it were not there', async () => {
      const { sdJwt, leaf } = report();
      await world.store([{ sdJwt, visibility: 'DOMESTIC' }]);
      const unknown: Hex = `0x${'77'.repeat(32)}`;
      for (const path of ['bodies', 'bundles']) {
        const [hidden, absent] = await Promise.all(
          [leaf, unknown].map(async (each) => (await fetch(`${world.home.url}/${path}/${each}`)).json()),
        );
        expect(hidden, path).to.deep.equal(absent);
      }
      expect(await codeOf(await fetch(`${world.home.url}/bundles/${leaf}`, { headers: asReader('issuer') }))).to.equal('NOT_YET_ANCHORED');
    });
  });

  describe('counting', () => {
    const count = async (reader: ReaderName, since = '') => {
      const answer = await fetch(`${world.home.url}/releases${since}`, { headers: asReader(reader) });
      return (await answer.json()) as {
        code?: string;
        documents: number;
        counts: Record<string, unknown>[];
        releases: { withdrawnAt: string | null }[];
      };
    };

    it('tells who released how many documents to whom', async () => {
      const [one, two] = [(await sealedReport()).leaf, (await sealedReport()).leaf];
      world.approve((await world.release({ documents: [one, two], to: MEMBER.foreignRegulator })).leaf);
      const withdrawn = world.approve((await world.release({ documents: [one], to: MEMBER.foreignRegulator })).leaf);
      world.approve((await world.release({ documents: [two], to: MEMBER.foreignOperator, by: MEMBER.issuer })).leaf, MEMBER.issuer);
      await world.release({ documents: [one], to: 'ALL' });
      world.withdraw(withdrawn);
      const told = await count('homeCustoms');
      expect(told.documents).to.equal(2);
      expect(told.counts.map(({ by, to, documents, releases }) => [by, to, documents, releases])).to.have.deep.members([
        [MEMBER.homeRegulator, MEMBER.foreignRegulator, 2, 2],
        [MEMBER.issuer, MEMBER.foreignOperator, 1, 1],
      ]);
      expect(told.releases.filter(({ withdrawnAt }) => withdrawnAt !== null)).to.have.lengthOf(1);
      expect((await count('homeCustoms', '?since=2026-12-31T00:00:00Z')).documents).to.equal(0);
    });

    it('tells a member of what it gave or was given', async () => {
      const { leaf } = await sealedReport();
      const { leaf: release } = await world.release({ documents: [leaf], to: MEMBER.foreignRegulator });
      world.approve(release);
      const told = await Promise.all(
        (['homeRegulator', 'foreignRegulator', 'otherForeignRegulator', 'homeOperator'] as const).map((reader) => count(reader)),
      );
      expect(told.map(({ documents }) => documents)).to.deep.equal([1, 1, 0, 0]);
      expect((await count('anonymous')).code).to.equal('NO_TOKEN');
      const read = (reader: ReaderName) => fetch(`${world.home.url}/releases/${release}`, { headers: asReader(reader) });
      const readers = ['issuer', 'homeCustoms', 'foreignRegulator', 'otherForeignRegulator', 'anonymous'] as const;
      expect((await Promise.all(readers.map(read))).map(({ status }) => status)).to.deep.equal([200, 200, 200, 404, 404]);
    });

    it('refuses what is no instant', async () => {
      expect((await count('homeCustoms', '?since=2026-01-01')).code).to.equal('BAD_REQUEST');
    });
  });
});

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
