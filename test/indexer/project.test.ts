import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { decodeLogs } from '../../indexer/indexRange.ts';
import { emptyDigest, extendDigest } from '../../indexer/project/digest.ts';
import { Emitters } from '../../indexer/project/emitters.ts';
import { EMPTY_HEAD, extendHead, Heads } from '../../indexer/project/heads.ts';
import { type PlacedEvent, project } from '../../indexer/project/project.ts';
import { SubjectFilter } from '../../indexer/project/subjectFilter.ts';
import { toHex } from '../../protocol/encoding/hex.ts';
import { headCount, EMPTY_HEAD as PROTOCOL_EMPTY_HEAD, extendHead as protocolExtendHead, recordId } from '../../protocol/ledger/ids.ts';
import { Random } from './support/random.ts';
import { CONTRACT, SyntheticChain } from './support/syntheticChain.ts';

describe('projection', () => {
  const events = eventsOf(new Random(7), 300);

  describe('extendHead', () => {
    it('agrees with the protocol', () => {
      const random = new Random(1);
      let head = EMPTY_HEAD;
      let expected = PROTOCOL_EMPTY_HEAD;
      for (let index = 0; index < 50; index++) {
        const id = random.bytes(32);
        head = extendHead(head, id);
        expected = protocolExtendHead(expected, toHex(id));
        expect(toHex(head)).to.equal(expected);
      }
    });
  });

  describe('project', () => {
    it('gives the same rows on replay', () => {
      expect(project(events, new Heads())).to.deep.equal(project(events, new Heads()));
    });

    it('gives the same rows in any division', () => {
      const whole = project(events, new Heads());
      const heads = new Heads();
      const parts = [events.slice(0, 100), events.slice(100, 101), events.slice(101)].map((part) => project(part, heads));
      for (const name of Object.keys(whole) as (keyof typeof whole)[])
        expect(parts.flatMap((part) => part[name] as unknown[])).to.deep.equal(whole[name]);
    });

    it('numbers each history from one without a gap', () => {
      const positions = new Map<string, number>();
      for (const entry of project(events, new Heads()).subject_entry) {
        const subject = entry.subject.toString('hex');
        expect(entry.position).to.equal((positions.get(subject) ?? 0) + 1);
        expect(headCount(toHex(entry.head))).to.equal(entry.position);
        positions.set(subject, entry.position);
      }
      expect(positions.size).to.be.greaterThan(1);
    });

    it('names a document by its issuer and leaf', () => {
      const { record, subject_entry } = project(events, new Heads());
      for (const row of record) expect(toHex(row.id)).to.equal(recordId(row.issuer, toHex(row.leafOrRoot)));
      for (const row of subject_entry) expect(toHex(row.id)).to.equal(recordId(row.issuer, toHex(row.leaf)));
      expect(record.length).to.be.greaterThan(10);
    });
  });

  describe('SubjectFilter', () => {
    it('holds all that was added, and hardly anything else', () => {
      const random = new Random(3);
      const added = Array.from({ length: 2_000 }, () => random.bytes(32));
      const others = Array.from({ length: 2_000 }, () => random.bytes(32));
      const filter = new SubjectFilter();
      expect(added.filter((subject) => filter.add(subject))).to.deep.equal([]);
      expect(added.every((subject) => filter.add(subject))).to.equal(true);
      expect(others.filter((subject) => filter.add(subject))).to.deep.equal([]);
    });
  });

  describe('extendDigest', () => {
    it('gives the digests of its specification', () => {
      const text = readFileSync(new URL('../../docs/spec/index-digest.md', import.meta.url), 'utf8');
      const [first, second] = [...text.matchAll(/^digest\([01]\) = ([0-9a-f]{64})$/gm)].map(([, digest]) => digest);
      const bytes = (pattern: RegExp) => Buffer.from(pattern.exec(text)?.[1] as string, 'hex');
      const empty = emptyDigest(bytes(/contract `0x([0-9a-f]{40})`/));
      const address = bytes(/address `0x([0-9a-f]{40})`/);
      const topics = Buffer.concat([bytes(/`0x([0-9a-f]{64})`\)/), Buffer.alloc(32, 0x11)]);
      const data = Buffer.concat([word(3), word(2), word(1)]);
      expect(empty.toString('hex')).to.equal(first);
      expect(extendDigest(empty, { block: 3, logIndex: 0, address, topics, data }).toString('hex')).to.equal(second);
    });
  });
});

function word(value: number): Buffer {
  const bytes = Buffer.alloc(32);
  bytes[31] = value;
  return bytes;
}

/** The events of a random chain, as an index takes them. */
function eventsOf(random: Random, blocks: number): readonly PlacedEvent[] {
  const chain = new SyntheticChain(random);
  chain.grow(blocks);
  const logs = chain.blocks.flatMap(({ number, logs: ofBlock }) =>
    ofBlock.map(({ address, topics, data }, logIndex) => ({
      ...{ block: number, logIndex, address: bytesOf(address) },
      ...{ topics: Buffer.concat(topics.map(bytesOf)), data: bytesOf(data) },
    })),
  );
  return decodeLogs(logs, new Emitters(bytesOf(CONTRACT))).events;
}

function bytesOf(hex: string): Buffer {
  return Buffer.from(hex.slice(2), 'hex');
}
