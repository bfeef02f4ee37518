import { openCredential } from '../../protocol/credentials/openCredential.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { canonicalId } from '../../protocol/gs1/canonicalId.ts';
import type { CatalogueDocument, CatalogueSubject } from '../catalogue/catalogue.ts';
import { ApiError, type Problem } from '../errors.ts';
import { hashOf } from '../http/parameters.ts';
import { inParallel } from '../inParallel.ts';
import type { TokenHolder } from '../keys/tokens.ts';
import type { ApiNode } from '../node.ts';
import type { CredentialBody, Visibility } from './body.ts';
import { describeBody } from './describeBody.ts';
import { subjectsFor } from './subjectSalts.ts';
import { requireHome, visibilityOf } from './visibility.ts';

/** Most credentials in one request. */
export const MOST_DOCUMENTS = 500;
/** Most subjects of one credential. */
export const MOST_SUBJECTS = 100;
/** Greatest length of one credential: more than the other node would fetch. */
const MOST_CHARACTERS = 900_000;
const WRITES_AT_ONCE = 16;

/** What is answered for each stored credential. */
export interface StoredDocument {
  leaf: Hex;
  cid: string;
  subjects: { id: string; salt: Hex; subject: Hex }[];
}

/**
 * Stores sealed credentials of the caller's member, all or none: each is checked first, and durable when this resolves. One that is already stored is answered as
 * it is, and new subjects are added to it.
 *
 * @throws ApiError `DOCUMENT_INVALID` with every problem found, `TOO_MANY`, `BAD_REQUEST`; `VISIBILITY_FIXED`: it is stored with another; those of `requireHome`
 */
export async function storeDocuments(node: ApiNode, holder: TokenHolder, request: unknown): Promise<StoredDocument[]> {
  const asked = readRequest(request).map((item, index) => asReplaced(node, holder, item, `/documents/${index}/replaces`));
  const problems: Problem[] = [];
  const checked = asked.map((item, index) => check(holder, item, `/documents/${index}`, problems));
  const [first] = problems;
  if (first !== undefined) throw new ApiError('DOCUMENT_INVALID', first.detail, { pointer: first.pointer, problems });
  if (asked.some(({ visibility }) => visibility === 'DOMESTIC')) await requireHome(node, holder.member);
  const known = await subjectsFor(
    node,
    checked.flatMap(({ ids }) => ids),
  );
  const bodies = checked.map(({ sdJwt, ids, visibility }) => {
    const subjects = ids.flatMap((id) => known.get(id) ?? []);
    const body: CredentialBody = { type: 'credential', sdJwt, issuer: holder.member, subjects: subjects.map(plain), own: true, visibility };
    return { body, subjects };
  });
  for (const [index, { body }] of bodies.entries()) requireSameVisibility(node, body, `/documents/${index}/visibility`);
  const documents = await inParallel(WRITES_AT_ONCE, bodies, ({ body }) => keep(node, body));
  node.catalogue.add(documents, new Map(documents.map(({ leaf }, index) => [leaf, bodies[index]?.subjects ?? []])));
  return documents.map(({ leaf, cid }, index) => ({
    leaf,
    cid,
    subjects: (bodies[index]?.subjects ?? []).map(({ id, salt, key }) => ({ id, salt, subject: key })),
  }));
}

interface Item {
  sdJwt: string;
  subjects: { id: string }[];
  visibility: Visibility;
  /** Leaf of an earlier document of the member. */
  replaces?: Hex;
}

interface Checked extends Pick<Item, 'sdJwt' | 'visibility'> {
  /** Canonical. */
  ids: string[];
}

function readRequest(request: unknown): Item[] {
  const { documents } = (request ?? {}) as { documents?: unknown };
  if (!Array.isArray(documents) || documents.length === 0)
    throw new ApiError('BAD_REQUEST', 'expected a list of documents', { pointer: '/documents' });
  if (documents.length > MOST_DOCUMENTS)
    throw new ApiError('TOO_MANY', `at most ${MOST_DOCUMENTS} documents at once`, { pointer: '/documents' });
  return documents.map((item, index) => readItem(item, `/documents/${index}`));
}

function readItem(item: unknown, pointer: string): Item {
  const { sdJwt, subjects = [], visibility = 'PUBLIC', replaces } = (item ?? {}) as Record<string, unknown>;
  if (typeof sdJwt !== 'string') throw new ApiError('BAD_REQUEST', 'expected an SD-JWT', { pointer: `${pointer}/sdJwt` });
  if (sdJwt.length > MOST_CHARACTERS)
    throw new ApiError('BODY_TOO_LARGE', `a credential has at most ${MOST_CHARACTERS} characters`, { pointer: `${pointer}/sdJwt` });
  const isSubject = (value: unknown) => typeof (value as { id?: unknown } | null)?.id === 'string';
  if (!Array.isArray(subjects) || !subjects.every(isSubject))
    throw new ApiError('BAD_REQUEST', 'expected a list of {id}', { pointer: `${pointer}/subjects` });
  if (subjects.length > MOST_SUBJECTS)
    throw new ApiError('TOO_MANY', `at most ${MOST_SUBJECTS} subjects`, { pointer: `${pointer}/subjects` });
  return {
    sdJwt,
    subjects,
    visibility: visibilityOf(visibility, `${pointer}/visibility`),
    ...(replaces !== undefined && { replaces: hashOf(replaces, `${pointer}/replaces`) }),
  };
}

function check({ member }: TokenHolder, { sdJwt, subjects, visibility }: Item, pointer: string, problems: Problem[]): Checked {
  try {
    const { claims } = openCredential(sdJwt);
    const issuer = (claims.issuer as { member?: unknown } | undefined)?.member;
    if (issuer !== member)
      problems.push({
        code: 'FORBIDDEN',
        pointer: `${pointer}/sdJwt/issuer/member`,
        detail: 'the issuer is not the member that the token speaks for',
      });
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    problems.push({ code: error.code, pointer: `${pointer}/sdJwt${error.pointer ?? ''}`, detail: error.message });
  }
  const ids = subjects.map(({ id }, index) => {
    const canonical = canonicalId(id);
    if (canonical === undefined)
      problems.push({
        code: 'NOT_A_GS1_IDENTIFIER',
        pointer: `${pointer}/subjects/${index}/id`,
        detail: 'not a GS1 Digital Link or EPC URN',
      });
    return canonical ?? id;
  });
  return { sdJwt, ids: [...new Set(ids)], visibility };
}

/** What stays in its country has no public successor: the number, the goods, most of the text are the same. */
function asReplaced({ catalogue }: ApiNode, { member }: TokenHolder, item: Item, pointer: string): Item {
  if (item.replaces === undefined) return item;
  const replaced = catalogue.document(item.replaces);
  if (replaced?.issuer !== member)
    throw new ApiError('UNKNOWN_DOCUMENT', 'no document of the member with this leaf is kept here', { pointer });
  return replaced.visibility === 'DOMESTIC' ? { ...item, visibility: 'DOMESTIC' } : item;
}

/** Made public it would need a release; and what was public cannot be called back. */
function requireSameVisibility({ catalogue }: ApiNode, body: CredentialBody, pointer: string): void {
  const known = catalogue.document(describeBody(body).leaf);
  if (known !== undefined && known.visibility !== body.visibility)
    throw new ApiError('VISIBILITY_FIXED', `the document is stored as ${known.visibility}`, { pointer });
}

async function keep(node: ApiNode, body: CredentialBody): Promise<CatalogueDocument> {
  const description = describeBody(body);
  const known = node.catalogue.document(description.leaf);
  const named = new Set(node.catalogue.subjectsOf(description.leaf).map(({ id }) => id));
  const saysNoMore = body.subjects.every(({ id }) => named.has(id));
  // Written anew: what names more subjects, what the store lost, and what was here as a public presentation only.
  if (known?.own === true && saysNoMore && (await node.vault.get(known.cid).catch(() => undefined)) !== undefined) return known;
  return { ...description, cid: await node.vault.put(body) };
}

function plain({ id, salt }: CatalogueSubject): { id: string; salt: Hex } {
  return { id, salt };
}
