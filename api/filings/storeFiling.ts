import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { toUtf8 } from '../../protocol/encoding/utf8.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { sha256 } from '../../protocol/hash/sha256.ts';
import { FILING_KIND, type FilingKindName } from '../../protocol/law/codes.ts';
import { type FilingText, readFiling } from '../../protocol/law/filing.ts';
import { ROLE } from '../../protocol/ledger/codes.ts';
import type { FilingBody } from '../documents/body.ts';
import { subjectsFor } from '../documents/subjectSalts.ts';
import { ApiError } from '../errors.ts';
import type { TokenHolder } from '../keys/tokens.ts';
import type { ApiNode } from '../node.ts';
import { fileableId } from './fileable.ts';

/** What is answered for a stored filing: all that its member needs to file it on the ledger. */
export interface StoredFiling {
  id: string;
  kind: FilingKindName;
  subject: Hex;
  salt: Hex;
  /** SHA-256 of the exact text. */
  digest: Hex;
}

// contracts/Registry.sol: who may file.
const FILERS = ROLE.CUSTOMS | ROLE.REGULATOR | ROLE.CERTIFIER;

/**
 * Keeps the text of a party or product; durable when this resolves. The same text again is answered as it is.
 *
 * @throws ApiError `NOT_FILEABLE`, `FILING_INVALID` with the pointer of the field, `FORBIDDEN`, `INDEX_BEHIND`
 */
export async function storeFiling(node: ApiNode, holder: TokenHolder, request: unknown): Promise<StoredFiling> {
  await requireFiler(node, holder);
  const { id, kind, text } = readRequest(request);
  const digest = toHex(sha256(toUtf8(text)));
  const subject = (await subjectsFor(node, [id])).get(id);
  if (subject === undefined) throw new Error('a subject was made for each identifier');
  await keep(node, subject.key, digest, {
    ...{ type: 'filing', id, salt: subject.salt, kind: FILING_KIND[kind], text, member: holder.member, own: true },
  });
  return { id, kind, subject: subject.key, salt: subject.salt, digest };
}

function readRequest(request: unknown): FilingText {
  const { id, text } = (request ?? {}) as { id?: unknown; text?: unknown };
  if (typeof id !== 'string') throw new ApiError('BAD_REQUEST', 'expected a Digital Link', { pointer: '/id' });
  if (typeof text !== 'string')
    throw new ApiError('BAD_REQUEST', 'expected the exact JSON text of the filing, as a text', { pointer: '/text' });
  const canonical = fileableId(id);
  const read = readText(text);
  if (read.id !== canonical) throw new ApiError('FILING_INVALID', 'the text is about another party or product', { pointer: '/id' });
  return read;
}

function readText(text: string): FilingText {
  try {
    return readFiling(text);
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    const problem = { code: cause.code, pointer: `/text${cause.pointer ?? ''}`, detail: cause.message };
    throw new ApiError('FILING_INVALID', cause.message, { pointer: problem.pointer, problems: [problem], cause });
  }
}

/** Nobody else's filing could reach the ledger: it would lie here for nothing. */
async function requireFiler({ index }: ApiNode, { member }: TokenHolder): Promise<void> {
  const row = await index.member(member);
  if (row === undefined) throw new ApiError('INDEX_BEHIND', 'the member is not indexed yet');
  if ((row.standing.roles & FILERS) === 0) throw new ApiError('FORBIDDEN', 'customs, regulators and certifiers file');
}

async function keep({ catalogue, vault }: ApiNode, subject: Hex, digest: Hex, body: FilingBody): Promise<void> {
  const known = catalogue.filing(subject, digest);
  if (known !== undefined && (await vault.get(known).catch(() => undefined)) !== undefined) return;
  catalogue.keepFiling(subject, digest, await vault.put(body));
}
