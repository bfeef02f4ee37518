import type { SubjectEntryRow } from '../../../indexer/store/rows.ts';
import { formatDigitalLink } from '../../../protocol/gs1/formatDigitalLink.ts';
import { gtin14 } from '../../../protocol/gs1/gtin14.ts';
import { KIND } from '../../../protocol/ledger/codes.ts';
import { subjectKey } from '../../../protocol/ledger/ids.ts';
import type { Bundle } from '../../../protocol/verdict/bundle.ts';
import { viewOf } from '../../access/reader.ts';
import { afterLeaf, seenLots } from '../../access/seenLots.ts';
import { seenPage } from '../../access/seenPage.ts';
import { subjectBundle } from '../../bundles/assemble.ts';
import type { CatalogueDocument } from '../../catalogue/catalogue.ts';
import { ApiError } from '../../errors.ts';
import { connectionOf, pageSize, readCursor } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import { lotLaw } from './law/safety.ts';
import { documentFor, sealedAt } from './sealed.ts';
import { verdictOf } from './verdict.ts';

/** A lot as resolvers pass it on: its bundle is assembled when a field needs it, once. */
export interface LotParent {
  id: string;
  gtin: string;
  lot: string;
  bundle: () => Promise<Bundle>;
}

/** A product as resolvers pass it on. */
export interface ProductParent {
  gtin: string;
}

/** A lot that something is recorded of, else null. @throws ProtocolError where GTIN or lot are malformed */
export async function findLot(context: GraphqlContext, asked: { gtin: string; lot: string }): Promise<LotParent | null> {
  const gtin = gtin14(asked.gtin);
  const lot = lotOf(
    context,
    formatDigitalLink([
      { ai: '01', value: gtin },
      { ai: '10', value: asked.lot },
    ]),
    gtin,
    asked.lot,
  );
  try {
    await lot.bundle();
    return lot;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'UNKNOWN_SUBJECT') return null;
    throw error;
  }
}

/** A product that any document names, else null. @throws ProtocolError where the GTIN is malformed */
export async function findProduct({ node, reader }: GraphqlContext, asked: string): Promise<ProductParent | null> {
  const gtin = gtin14(asked);
  const found = await seenPage(node, reader, 1, (first, last) =>
    node.catalogue.documentsOfProduct(gtin, { first, view: viewOf(reader), ...afterLeaf(last) }),
  );
  return found.length > 0 ? { gtin } : null;
}

/** Fields of a product. */
export const Product = {
  async lots({ gtin }: ProductParent, { first, after }: { first: number; after?: string }, context: GraphqlContext) {
    const size = pageSize(first);
    const from = after === undefined || after === null ? undefined : String(readCursor(after, ['string'])[0]);
    const rows = await seenLots(context.node, context.reader, gtin, size + 1, from);
    return connectionOf(
      rows.slice(0, size),
      rows.length > size,
      ({ lot }) => [lot],
      ({ id, lot }) => lotOf(context, id, gtin, lot),
    );
  },
  certificates: documentsOf(KIND.CERTIFICATE_OF_ORIGIN),
  labReports: documentsOf(KIND.LABORATORY_REPORT),
};

/** Fields of an entry of a history. */
export const Entry = {
  issuer: ({ issuer }: SubjectEntryRow, _: unknown, { members }: GraphqlContext) => members.load(issuer),
  document: ({ leaf }: SubjectEntryRow, _: unknown, context: GraphqlContext) => documentFor(context, leaf),
  sealed: ({ leaf }: SubjectEntryRow, _: unknown, context: GraphqlContext) => sealedAt(context, leaf),
};

/** Fields of a lot. */
export const Lot = {
  ...lotLaw,
  async entries({ bundle }: LotParent, { first, after }: { first: number; after?: string | null }, { node }: GraphqlContext) {
    const { subject } = await bundle();
    const [block, logIndex] = after === undefined || after === null ? [] : (readCursor(after, ['number', 'number']) as [number, number]);
    const place = block === undefined || logIndex === undefined ? {} : { after: { block, logIndex } };
    if (subject === undefined) throw new Error('the bundle of a lot tells its subject');
    const page = await node.index.subjectEntries(subjectKey(subject.id, subject.salt), { first: pageSize(first), ...place });
    const connection = connectionOf(
      page.rows,
      page.hasNext,
      (row) => [row.block, row.logIndex],
      (row) => row,
    );
    return { ...connection, totalCount: subject.entries.length };
  },
  withheld: async ({ bundle }: LotParent) => (await bundle()).documents.filter(({ type }) => type === 'withheld').length,
  certificates: listed(({ kind }) => kind === KIND.CERTIFICATE_OF_ORIGIN),
  labReports: listed(({ kind }) => kind === KIND.LABORATORY_REPORT),
  events: async (parent: LotParent, _: unknown, context: GraphqlContext) => {
    const events = await shown(parent, context, ({ type }) => type === 'event');
    return events.sort((a, b) => (a.eventTime ?? 0) - (b.eventTime ?? 0));
  },
  verdict: async ({ bundle }: LotParent, _: unknown, { node }: GraphqlContext) => verdictOf(node, await bundle()),
  bundle: ({ bundle }: LotParent) => bundle(),
};

/** A lot, of which nothing is read yet. */
export function lotOf({ node, reader }: GraphqlContext, id: string, gtin: string, lot: string): LotParent {
  let bundle: Promise<Bundle> | undefined;
  return {
    ...{ id, gtin, lot },
    bundle() {
      bundle ??= subjectBundle(node, id, reader);
      return bundle;
    },
  };
}

function listed(wanted: (document: CatalogueDocument) => boolean) {
  return (parent: LotParent, _: unknown, context: GraphqlContext) => shown(parent, context, wanted);
}

async function shown(
  { bundle }: LotParent,
  { node }: GraphqlContext,
  wanted: (document: CatalogueDocument) => boolean,
): Promise<CatalogueDocument[]> {
  const { documents } = await bundle();
  const given = documents.filter(({ type }) => type !== 'withheld');
  return given.flatMap(({ anchor }) => node.catalogue.document(anchor.leaf) ?? []).filter(wanted);
}

function documentsOf(kind: number) {
  return ({ gtin }: ProductParent, { first }: { first: number }, { node, reader }: GraphqlContext) =>
    seenPage(node, reader, pageSize(first), (count, last) =>
      node.catalogue.documentsOfProduct(gtin, { first: count, kind, view: viewOf(reader), ...afterLeaf(last) }),
    );
}
