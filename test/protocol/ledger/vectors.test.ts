import { expect } from 'chai';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { fromUtf8, toUtf8 } from '../../../protocol/encoding/utf8.ts';
import { contentDigest } from '../../../protocol/epcis/contentDigest.ts';
import { eventHash } from '../../../protocol/epcis/eventHash.ts';
import { fingerprint } from '../../../protocol/hash/fingerprint.ts';
import { canonicalJson } from '../../../protocol/json/canonicalJson.ts';
import type { JsonObject } from '../../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../../protocol/json/parseStrict.ts';
import { eventDocument, extendHead, headCount, pastRecordKey, recordId, subjectKey } from '../../../protocol/ledger/ids.ts';
import { decodeRecord, encodeRecord } from '../../../protocol/ledger/words.ts';
import { buildTree } from '../../../protocol/merkle/tree.ts';
import vectors from '../../vectors/ledger.json' with { type: 'json' };

// The vectors were made with OpenSSL alone; any implementation of docs/spec/ledger.md can be held against them.
describe('ledger vectors', () => {
  it('hold for documents and their fingerprints', () => {
    for (const { text, ...digests } of vectors.documents) expect(fingerprint(toUtf8(text))).to.deep.equal(digests);
  });

  it('hold for events', () => {
    for (const { event: text, canonical, content, hash, salt, document } of vectors.events) {
      const event = parseStrict(text) as JsonObject;
      expect(canonicalJson(event)).to.equal(canonical);
      expect([eventHash(event), contentDigest(event)]).to.deep.equal([hash, content]);
      expect(fromUtf8(eventDocument(hash, content as Hex, salt as Hex))).to.equal(document);
    }
  });

  it('hold for trees', () => {
    for (const { leaves, root } of vectors.trees) expect(buildTree(leaves as Hex[]).root).to.equal(root);
  });

  it('hold for record ids, subjects and past records', () => {
    for (const { member, leafOrRoot, id } of vectors.records) expect(recordId(member, leafOrRoot as Hex)).to.equal(id);
    for (const { id, salt, subject } of vectors.subjects) expect(subjectKey(id, salt as Hex)).to.equal(subject);
    for (const { id, n, key } of vectors.pastRecords) expect(pastRecordKey(id as Hex, n)).to.equal(key);
  });

  it('hold for heads', () => {
    for (const { head, id, extended, count } of vectors.heads) {
      expect(extendHead(head as Hex, id as Hex)).to.equal(extended);
      expect(headCount(extended as Hex)).to.equal(count);
    }
  });

  it('hold for packed records', () => {
    for (const { record, word } of vectors.words) {
      expect(encodeRecord(record)).to.equal(BigInt(word));
      expect(decodeRecord(BigInt(word))).to.deep.equal(record);
    }
  });
});
