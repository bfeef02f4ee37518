import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { contentDigest } from '../../../protocol/epcis/contentDigest.ts';
import { codeOf } from '../codeOf.ts';

describe('contentDigest', () => {
  it('is SHA-256 of the canonical form', () => {
    const canonical = '{"@context":["https://example.com/"],"eventID":"urn:uuid:1","type":"ObjectEvent"}';
    const event = { type: 'ObjectEvent', eventID: 'urn:uuid:1', '@context': ['https://example.com/'] };
    expect(contentDigest(event)).to.equal(`0x${createHash('sha256').update(canonical).digest('hex')}`);
  });

  it('covers what the event hash leaves out', () => {
    const event = { type: 'ObjectEvent', eventTime: '2026-11-20T00:30:00Z' };
    const variants = [{}, { eventID: 'a' }, { recordTime: 'a' }, { errorDeclaration: {} }, { '@context': 'a' }, { 'rdfs:comment': 'a' }];
    const respelled = { ...event, eventTime: '2026-11-20T00:30:00.000Z' };
    const digests = [...variants.map((more) => contentDigest({ ...event, ...more })), contentDigest(respelled)];
    expect(new Set(digests).size).to.equal(digests.length);
  });

  it('refuses what has no canonical form', () => {
    expect(codeOf(() => contentDigest({ eventID: '\ud800' }))).to.equal('LONE_SURROGATE');
  });
});
