import type { Hex } from '../../protocol/encoding/hex.ts';
import { contentDigest } from '../../protocol/epcis/contentDigest.ts';
import { eventHash } from '../../protocol/epcis/eventHash.ts';
import { subjectsOf as goodsOfEvent } from '../../protocol/epcis/subjectsOf.ts';
import { canonicalId } from '../../protocol/gs1/canonicalId.ts';
import { type Fingerprint, fingerprint } from '../../protocol/hash/fingerprint.ts';
import { parseJws } from '../../protocol/jose/jws.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { eventDocument } from '../../protocol/ledger/ids.ts';
import type { ProvenHistory } from '../../protocol/lineage/provenHistory.ts';
import { compareTyped } from '../../protocol/text/compareTyped.ts';
import type { BundleDocument } from '../../protocol/verdict/bundle.ts';
import { subjectsOf as goodsOfClaims } from '../notarise/subjectsOf.ts';

/** A document as people name it, and the goods that it names. */
interface NamedDocument {
  leaf: Hex;
  fingerprint: Fingerprint;
  number?: string;
  goods: readonly string[];
}

/** How what a node takes a question to be about differs from what was asked. */
export interface AskedGoods {
  /** Goods that were asked about, by themselves or by a document that names them, and that the node left out. */
  missing: readonly string[];
  /** Goods that the node added: nobody asked about them. */
  added: readonly string[];
  /** Numbers and fingerprints of which no proven history holds the document. */
  unproven: readonly string[];
}

/** The canonical identifier that a text is; undefined: a number or fingerprint of a document, which a node has to look up. */
export function identifierIn(text: string): string | undefined {
  return /^[a-z][a-z\d+.-]*:/i.test(text) ? (canonicalId(text) ?? text) : undefined;
}

/**
 * Checks which goods a node took a question to be about. What a document names is read in the document itself, where a proven history holds it.
 *
 * @param asked texts as people wrote them
 * @param told identifiers, by the node
 */
export function checkAsked(asked: readonly string[], told: readonly string[], histories: ReadonlyMap<string, ProvenHistory>): AskedGoods {
  const identifiers = asked.flatMap((text) => identifierIn(text) ?? []);
  const names = asked.filter((text) => identifierIn(text) === undefined);
  const documents = names.length === 0 ? [] : [...histories.values()].flatMap((history) => history.documents.flatMap(nameDocument));
  const meant = names.map((text) => ({ text, documents: documentsNamed(text, documents) }));
  const leaves = meant.flatMap((each) => each.documents.map(({ leaf }) => leaf));
  const expected = new Set([...identifiers, ...meant.flatMap((each) => each.documents.flatMap(({ goods }) => goods))]);
  const isAsked = (id: string) => expected.has(id) || leaves.some((leaf) => histories.get(id)?.leaves.has(leaf) === true);
  const unproven = meant.flatMap((each) => (each.documents.length === 0 ? [each.text] : []));
  return {
    missing: [...expected].filter((id) => !told.includes(id)),
    added: unproven.length > 0 ? [] : told.filter((id) => !isAsked(id)),
    unproven,
  };
}

/** By fingerprint, else those with exactly this number, else those that differ by what a typist may have changed. */
function documentsNamed(text: string, documents: readonly NamedDocument[]): NamedDocument[] {
  const hex = text.toLowerCase().replace(/^(0x)?/, '0x');
  const byFingerprint = documents.filter((document) => Object.values(document.fingerprint).includes(hex as Hex));
  if (byFingerprint.length > 0) return byFingerprint;
  const matching = (match: string) => documents.filter(({ number }) => number !== undefined && compareTyped(text, number).match === match);
  const exact = matching('EXACT');
  return exact.length > 0 ? exact : matching('NORMALIZED_MATCH');
}

function nameDocument(document: BundleDocument): NamedDocument[] {
  const { leaf } = document.anchor;
  if (document.type === 'withheld') return [];
  if (document.type === 'event') {
    const event = parseStrict(document.event) as JsonObject;
    const print = fingerprint(eventDocument(eventHash(event), contentDigest(event), document.salt));
    return [{ leaf, fingerprint: print, goods: goodsOfEvent(event) }];
  }
  const { payload } = parseJws(document.sdJwt.split('~', 1)[0] ?? '');
  const claims = parseStrict(payload) as JsonObject;
  const { certificateNumber, reportNumber } = claims.credentialSubject as { certificateNumber?: string; reportNumber?: string };
  const number = certificateNumber ?? reportNumber;
  return [{ leaf, fingerprint: fingerprint(payload), ...(number !== undefined && { number }), goods: goodsOfClaims(claims) }];
}
