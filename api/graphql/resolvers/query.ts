import type { Hex } from '../../../protocol/encoding/hex.ts';
import { canonicalId } from '../../../protocol/gs1/canonicalId.ts';
import { KIND, SHORE, type ShoreName, STATUS } from '../../../protocol/ledger/codes.ts';
import { compareTyped } from '../../../protocol/text/compareTyped.ts';
import { seen } from '../../access/maySee.ts';
import { viewOf } from '../../access/reader.ts';
import { seenPage } from '../../access/seenPage.ts';
import { withheldEvents } from '../../access/withheldEvents.ts';
import { indexedBlock } from '../../bundles/assemble.ts';
import type { CatalogueDocument } from '../../catalogue/catalogue.ts';
import { hexOf, leafOf } from '../../catalogue/fingerprint.ts';
import { bareTerm } from '../../documents/describeBody.ts';
import { badInput, connectionOf, pageSize, readCursor } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import { findLot, findProduct } from './goods.ts';
import { lawQueries } from './law/lists.ts';
import { lineageQueries } from './lineage.ts';
import { instantOf } from './scalars.ts';
import { refuseSealed, sealedAt } from './sealed.ts';
import { verdictOf } from './verdict.ts';

interface Search {
  number?: string | null;
  fingerprint?: string | null;
  issuer?: number | null;
}
interface PageArguments {
  first: number;
  after?: string | null;
}

const MOST_FOUND = 20;

/** The ways into the ledger. */
export const Query = {
  ...lawQueries,
  ...lineageQueries,
  ledger: async (_: unknown, __: unknown, context: GraphqlContext) => ledgerOf(context),
  member: (_: unknown, { id }: { id: number }, { members }: GraphqlContext) => members.load(id),
  async members(_: unknown, { first, after, shore }: PageArguments & { shore?: ShoreName | null }, { node }: GraphqlContext) {
    const [block, logIndex] = given(after) ? (readCursor(after, ['number', 'number']) as [number, number]) : [];
    const place = block === undefined || logIndex === undefined ? {} : { after: { block, logIndex } };
    const page = await node.index.members({ first: pageSize(first), ...place }, given(shore) ? SHORE[shore] : undefined);
    return connectionOf(
      page.rows,
      page.hasNext,
      (row) => [row.block, row.logIndex],
      (row) => row,
    );
  },
  async certificate(_: unknown, search: Search, context: GraphqlContext) {
    const { match, hints, found } = await find(context, KIND.CERTIFICATE_OF_ORIGIN, search);
    return { match, hints, certificate: found[0] ?? null, certificates: found };
  },
  async labReport(_: unknown, search: Search, context: GraphqlContext) {
    const { match, hints, found } = await find(context, KIND.LABORATORY_REPORT, search);
    return { match, hints, labReport: found[0] ?? null, labReports: found };
  },
  async credential(_: unknown, { id, fingerprint }: { id?: string | null; fingerprint?: string | null }, context: GraphqlContext) {
    if (given(id) === given(fingerprint)) throw badInput('BAD_ARGUMENTS', 'give either id or fingerprint');
    const { node, reader } = context;
    const found = given(id)
      ? node.catalogue.byCredentialId(id, viewOf(reader))
      : node.catalogue.byFingerprint(hexOf(fingerprint as string));
    const [first] = (await seen(node, reader, found)).filter(({ type }) => type === 'credential');
    if (first === undefined && given(fingerprint)) await refuseSealed(context, hexOf(fingerprint));
    return first ?? null;
  },
  sealed: async (_: unknown, { fingerprint }: { fingerprint: string }, context: GraphqlContext) =>
    sealedAt(context, await leafOf(context.node, hexOf(fingerprint))),
  async verify(_: unknown, { fingerprint, at }: { fingerprint: string; at?: string | null }, { node, bundles }: GraphqlContext) {
    const leaf = await leafOf(node, hexOf(fingerprint));
    return verdictOf(node, await bundles.load(leaf), at ?? undefined);
  },
  product: (_: unknown, { gtin }: { gtin: string }, context: GraphqlContext) => findProduct(context, gtin),
  lot: (_: unknown, asked: { gtin: string; lot: string }, context: GraphqlContext) => findLot(context, asked),
  async event(_: unknown, { id, hash }: { id?: string | null; hash?: string | null }, { node, reader }: GraphqlContext) {
    if (given(id) === given(hash)) throw badInput('BAD_ARGUMENTS', 'give either id or hash');
    const found = node.catalogue.byEvent(given(id) ? { id } : { hash: hash as string }, viewOf(reader));
    return (await seen(node, reader, found))[0] ?? null;
  },
  async events(
    _: unknown,
    { first, after, subject, bizStep }: PageArguments & { subject?: string | null; bizStep?: string | null },
    { node, reader }: GraphqlContext,
  ) {
    const size = pageSize(first);
    const id = given(subject) ? (canonicalId(subject) ?? subject) : undefined;
    const keys = id === undefined ? undefined : node.catalogue.subjects(id).map(({ key }) => key);
    const [eventTime, leaf] = given(after) ? (readCursor(after, ['number', 'string']) as [number, Hex]) : [];
    const from = eventTime === undefined || leaf === undefined ? undefined : { eventTime, leaf };
    const rows = await seenPage(node, reader, size + 1, (count, last) => {
      const place = last === undefined ? from : { eventTime: last.eventTime ?? 0, leaf: last.leaf };
      return node.catalogue.events({
        ...{ first: count, view: viewOf(reader) },
        ...(place !== undefined && { after: place }),
        ...(keys !== undefined && { subjects: keys }),
        ...(given(bizStep) && { bizStep: bareTerm(bizStep) }),
      });
    });
    const connection = connectionOf(
      rows.slice(0, size),
      rows.length > size,
      (row) => [row.eventTime ?? 0, row.leaf],
      (row) => row,
    );
    return { ...connection, withheld: () => withheldEvents(node, reader, id === undefined ? undefined : [id]) };
  },
};

async function ledgerOf({ node, status }: GraphqlContext) {
  const [block, { lagBlocks, lagSeconds }] = await Promise.all([indexedBlock(node), status()]);
  const { height, hash: blockHash, timestamp, sequence, digest: indexDigest, complete } = block;
  return {
    ...{ node: node.config.name, chainId: node.deployment.chainId, contract: node.deployment.contract },
    ...{ height, blockHash, blockTime: instantOf(timestamp), finality: node.trust.validators === undefined ? 'UNSEALED' : 'SEALED' },
    ...{ sequence: String(sequence), indexDigest, lagBlocks, lagSeconds, complete },
    checkpoint: () => node.checkpoints.sign(height),
  };
}

async function find(context: GraphqlContext, kind: number, { number, fingerprint, issuer }: Search) {
  if (given(number) === given(fingerprint)) throw badInput('BAD_ARGUMENTS', 'give either number or fingerprint');
  const { node, reader } = context;
  const view = viewOf(reader);
  const all = given(number) ? node.catalogue.byNumber(kind, number, view) : node.catalogue.byFingerprint(hexOf(fingerprint as string));
  const found = (await seen(node, reader, all)).filter(
    (document) => document.kind === kind && (!given(issuer) || document.issuer === issuer),
  );
  const matches = found.map((document) => (given(number) ? compareTyped(number, document.number ?? '').match : ('EXACT' as const)));
  const match = matches.includes('EXACT') ? 'EXACT' : matches.includes('NORMALIZED_MATCH') ? 'NORMALIZED_MATCH' : 'NOT_FOUND';
  if (match === 'NOT_FOUND' && given(fingerprint)) await refuseSealed(context, hexOf(fingerprint), kind);
  const alike = match === 'NOT_FOUND' && given(number) ? await seen(node, reader, node.catalogue.lookalikes(kind, number, view)) : [];
  const best = found.filter((_, index) => matches[index] === match).slice(0, MOST_FOUND);
  return { match, hints: alike.length > 0 ? ['LOOKALIKE_CHARACTERS'] : [], found: await standingFirst(context, best) };
}

/** A document that was replaced keeps its number, so several may have it: those that stand come first, newer before older. */
async function standingFirst({ locations }: GraphqlContext, documents: readonly CatalogueDocument[]): Promise<CatalogueDocument[]> {
  const ranked = await Promise.all(
    documents.map(async (document) => {
      const record = (await locations.load(document.leaf))?.record;
      return { document, stands: record?.current.status === STATUS.ACTIVE, block: record?.block ?? 0 };
    }),
  );
  return ranked.sort((a, b) => Number(b.stands) - Number(a.stands) || b.block - a.block).map(({ document }) => document);
}

function given<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
