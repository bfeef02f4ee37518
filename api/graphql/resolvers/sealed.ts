import type { Hex } from '../../../protocol/encoding/hex.ts';
import { KIND, kindName } from '../../../protocol/ledger/codes.ts';
import { maySee } from '../../access/maySee.ts';
import type { SealedEntry as SealedParent } from '../../access/sealedEntries.ts';
import { findBody } from '../../bundles/bodies.ts';
import type { CatalogueDocument } from '../../catalogue/catalogue.ts';
import { leafOf } from '../../catalogue/fingerprint.ts';
import { ApiError } from '../../errors.ts';
import type { GraphqlContext } from '../context.ts';
import { standingOf } from './documents.ts';
import { memberOf } from './memberOf.ts';
import { verdictOf } from './verdict.ts';

type Context = GraphqlContext;

/** Fields of a sealed entry: what the ledger tells of it to everybody, and no more. */
export const SealedEntry = {
  kind: ({ kind }: SealedParent) => kindName(kind),
  issuer: ({ issuer }: SealedParent, _: unknown, context: Context) => memberOf(context, issuer),
  standing: (entry: SealedParent, _: unknown, context: Context) => standingOf(entry, context),
  verdict: async ({ leaf }: SealedParent, _: unknown, { node, bundles }: Context) => verdictOf(node, await bundles.load(leaf)),
  bundle: ({ leaf }: SealedParent, _: unknown, { bundles }: Context) => bundles.load(leaf),
};

/** What the ledger holds under a leaf, and the reader is not given; null where it is given, or the ledger has nothing. */
export async function sealedAt({ node, reader, locations }: Context, leaf: Hex): Promise<SealedParent | null> {
  const location = await locations.load(leaf);
  if (location === undefined) return null;
  const body = await findBody(node, leaf, location.record, reader);
  return typeof body === 'string' ? { leaf, issuer: location.issuer, kind: location.record.kind, reason: body } : null;
}

/** The document under a leaf as it is kept here, where the reader may see it. */
export async function documentFor({ node, reader }: Context, leaf: Hex): Promise<CatalogueDocument | null> {
  const document = node.catalogue.document(leaf);
  return document !== undefined && (await maySee(node, reader, document)) ? document : null;
}

/**
 * Whoever names a document by its fingerprint and may not see it is told so: what the ledger holds is never answered as if it were not there.
 *
 * @param kind code of the kind that is asked for; undefined: any credential
 * @throws ApiError `NOT_RELEASED`
 */
export async function refuseSealed(context: Context, fingerprint: Hex, kind?: number): Promise<void> {
  const sealed = await sealedAt(context, await leafOf(context.node, fingerprint));
  const isAsked = kind === undefined ? sealed?.kind !== KIND.EPCIS_EVENTS : sealed?.kind === kind;
  if (sealed?.reason === 'NOT_RELEASED' && isAsked)
    throw new ApiError('NOT_RELEASED', "the body stays in its issuer's country; sealed(fingerprint) tells what the ledger holds of it");
}
