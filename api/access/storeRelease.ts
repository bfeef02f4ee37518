import { EVERYBODY, type Release, readRelease, releaseFingerprint } from '../../protocol/access/release.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { ApiError } from '../errors.ts';
import type { TokenHolder } from '../keys/tokens.ts';
import type { ApiNode } from '../node.ts';
import { keepRelease } from './keepRelease.ts';
import { mayRelease, maySee } from './maySee.ts';
import type { Reader } from './reader.ts';

/**
 * Keeps the text of a release; durable when this resolves. It has no effect before its leaf is on the ledger, as a record of whoever gives it. The same text again
 * is answered as it is.
 *
 * @throws ApiError `RELEASE_INVALID` with the pointer of the field; `FORBIDDEN`: not the caller's to release; `UNKNOWN_DOCUMENT`: none that the caller may see;
 * `NOT_DOMESTIC`: everybody sees it already; `UNKNOWN_MEMBER`
 */
export async function storeRelease(node: ApiNode, holder: TokenHolder, reader: Reader, request: unknown): Promise<{ leaf: Hex }> {
  const { text } = (request ?? {}) as { text?: unknown };
  if (typeof text !== 'string')
    throw new ApiError('BAD_REQUEST', 'expected the exact JSON text of the release, as a text', { pointer: '/text' });
  const release = readText(text);
  await check(node, holder, reader, release);
  const { leaf } = releaseFingerprint(text);
  if (await isKept(node, leaf)) return { leaf };
  keepRelease(node.catalogue, text, await node.vault.put({ type: 'release', text, own: true }));
  const { by, to, documents } = release;
  node.log('info', 'release stored', { by, to, documents: documents.length });
  return { leaf };
}

function readText(text: string): Release {
  try {
    return readRelease(text);
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    const problem = { code: cause.code, pointer: `/text${cause.pointer ?? ''}`, detail: cause.message };
    throw new ApiError('RELEASE_INVALID', cause.message, { pointer: problem.pointer, problems: [problem], cause });
  }
}

async function check(node: ApiNode, { member }: TokenHolder, reader: Reader, { by, to, documents }: Release): Promise<void> {
  if (by !== member) throw new ApiError('FORBIDDEN', 'the token does not speak for who releases', { pointer: '/text/by' });
  if (reader.isLive !== true) throw new ApiError('FORBIDDEN', 'the member is not in good standing');
  if (to !== EVERYBODY && (await node.index.member(to)) === undefined)
    throw new ApiError('UNKNOWN_MEMBER', 'no member has this number', { pointer: '/text/to' });
  for (const [index, leaf] of documents.entries()) await checkDocument(node, reader, by, leaf, `/text/documents/${index}`);
  if (new Set(documents).size !== documents.length)
    throw new ApiError('RELEASE_INVALID', 'a document stands twice in the release', { pointer: '/text/documents' });
}

async function checkDocument(node: ApiNode, reader: Reader, by: number, leaf: Hex, pointer: string): Promise<void> {
  const document = node.catalogue.document(leaf);
  // What the caller may not see is answered as what is not here.
  if (document === undefined || !(await maySee(node, reader, document)))
    throw new ApiError('UNKNOWN_DOCUMENT', 'no document with this leaf is kept here for the member', { pointer });
  if (!document.own || !(await mayRelease(node, by, document.issuer)))
    throw new ApiError('FORBIDDEN', "a document is released at its issuer's node, by its issuer or an agency of its shore", { pointer });
  if (document.visibility === 'PUBLIC') throw new ApiError('NOT_DOMESTIC', 'everybody sees this document already', { pointer });
}

async function isKept({ catalogue, vault }: ApiNode, leaf: Hex): Promise<boolean> {
  const known = catalogue.release(leaf);
  return known !== undefined && (await vault.get(known.cid).catch(() => undefined)) !== undefined;
}
