import { openCredential } from '../../../protocol/credentials/openCredential.ts';
import { publicPresentation } from '../../../protocol/credentials/present.ts';
import type { JsonObject, JsonValue } from '../../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../../protocol/json/parseStrict.ts';
import { kindName, reasonName, STATUS, statusName } from '../../../protocol/ledger/codes.ts';
import { recordId } from '../../../protocol/ledger/ids.ts';
import type { LedgerRecord } from '../../../protocol/ledger/words.ts';
import { maySee } from '../../access/maySee.ts';
import type { CatalogueDocument } from '../../catalogue/catalogue.ts';
import type { Body } from '../../documents/body.ts';
import { ApiError } from '../../errors.ts';
import type { GraphqlContext } from '../context.ts';
import { reportLaw } from './law/laboratories.ts';
import { certificateLaw } from './law/origin.ts';
import { memberOf } from './memberOf.ts';
import { instantOf } from './scalars.ts';
import { verdictOf } from './verdict.ts';

type Context = GraphqlContext;
type Document = CatalogueDocument;

/** Fields that every document has. */
const documentFields = {
  kind: ({ kind }: Document) => kindName(kind),
  issuer: ({ issuer }: Document, _: unknown, context: Context) => memberOf(context, issuer),
  standing: (document: Document, _: unknown, context: Context) => standingOf(document, context),
  subjects: ({ leaf }: Document, _: unknown, { node }: Context) => [...new Set(node.catalogue.subjectsOf(leaf).map(({ id }) => id))],
  verdict: async ({ leaf }: Document, _: unknown, { node, bundles }: Context) => verdictOf(node, await bundles.load(leaf)),
  bundle: ({ leaf }: Document, _: unknown, { bundles }: Context) => bundles.load(leaf),
};

const credentialFields = {
  ...documentFields,
  id: ({ credentialId }: Document) => credentialId,
  number: ({ number }: Document) => number,
  validFrom: claim('validFrom'),
  validUntil: claim('validUntil'),
  claims: (document: Document, _: unknown, context: Context) => claimsOf(document, context),
};

/** Fields of a certificate of origin. */
export const Certificate = {
  ...credentialFields,
  ...certificateLaw,
  regime: claim('credentialSubject', 'regime'),
  issuingCountry: claim('credentialSubject', 'issuingCountry'),
  issuedOn: claim('credentialSubject', 'issuedOn'),
  exporterName: claim('credentialSubject', 'exporter', 'name'),
  lineItems: claim('credentialSubject', 'lineItem'),
};

/** Fields of a laboratory report. */
export const LabReport = {
  ...credentialFields,
  ...reportLaw,
  issuedOn: claim('credentialSubject', 'issuedOn'),
  overall: claim('credentialSubject', 'overall'),
  lot: claim('credentialSubject', 'lot'),
  gtin: claim('credentialSubject', 'product', 'gtin'),
  results: claim('credentialSubject', 'result'),
};

/** Fields of an event. */
export const EpcisEvent = {
  ...documentFields,
  hash: ({ eventHash }: Document) => eventHash,
  eventTime: ({ eventTime }: Document) => new Date(eventTime ?? 0).toISOString(),
  event: async (document: Document, _: unknown, context: Context) => {
    const body = await bodyOf(document, context);
    return body.type === 'event' ? parseStrict(body.event) : null;
  },
};

function claim(...path: readonly string[]) {
  return async (document: Document, _: unknown, context: Context): Promise<JsonValue> => {
    let value: JsonValue | undefined = await claimsOf(document, context);
    for (const name of path) value = typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined;
    return value ?? null;
  };
}

const claimsKept = new WeakMap<Context, Map<string, Promise<JsonObject>>>();

/** Public claims of a credential, opened once for each request. */
function claimsOf(document: Document, context: Context): Promise<JsonObject> {
  const kept = claimsKept.get(context) ?? new Map<string, Promise<JsonObject>>();
  claimsKept.set(context, kept);
  const claims = kept.get(document.cid) ?? openClaims(document, context);
  kept.set(document.cid, claims);
  return claims;
}

async function openClaims(document: Document, context: Context): Promise<JsonObject> {
  const body = await bodyOf(document, context);
  return body.type === 'credential' ? openCredential(publicPresentation(body.sdJwt)).claims : {};
}

/** Asked once more: whatever way led to the document, its body is given only to whom it is for. @throws ApiError `NOT_RELEASED` */
async function bodyOf(document: Document, { node, reader, bodies }: Context): Promise<Body> {
  if (!(await maySee(node, reader, document))) throw new ApiError('NOT_RELEASED', "the body stays in its issuer's country");
  return bodies.load(document.cid);
}

/** The standing by the record of the document and that of its batch: the worse one counts (docs/spec/ledger.md section 2). */
export async function standingOf({ leaf, issuer }: Pick<Document, 'leaf' | 'issuer'>, { node, locations }: Context) {
  const location = await locations.load(leaf);
  if (location === undefined) return null;
  const batch = location.record.current;
  const own = recordId(issuer, leaf);
  const changes = location.record.id === own ? [] : await node.index.statusChanges(own);
  const word: LedgerRecord | undefined = changes.at(-1)?.record;
  const current = word === undefined || worse(batch.status, word.status) ? batch : word;
  return {
    status: statusName(current.status),
    reason: reasonName(current.reason) ?? 'NONE',
    anchoredAt: instantOf(batch.anchoredAt),
    changedAt: instantOf(current.changedAt),
    expiresAt: instantOf(batch.expiresAt),
    changes: current.changes,
    successor: (await node.index.successor(own)) ?? (await node.index.successor(location.record.id)) ?? null,
  };
}

const SEVERITY: readonly number[] = [STATUS.ACTIVE, STATUS.SUPERSEDED, STATUS.SUSPENDED, STATUS.REVOKED];

function worse(one: number, other: number): boolean {
  return SEVERITY.indexOf(one) > SEVERITY.indexOf(other);
}
