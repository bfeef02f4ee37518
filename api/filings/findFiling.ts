import type { FilingRow } from '../../indexer/store/law/registry.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { FILING_KIND, type FilingKindName } from '../../protocol/law/codes.ts';
import { type ShoreName, shoreName } from '../../protocol/ledger/codes.ts';
import { ApiError } from '../errors.ts';
import type { ApiNode } from '../node.ts';
import { fileableId } from './fileable.ts';

/** A filing as the ledger has it, and under what. */
export interface FoundFiling {
  /** Canonical Digital Link. */
  id: string;
  salt: Hex;
  row: FilingRow;
}

/** The newest text of a filing. */
export interface FiledText {
  id: string;
  kind: FilingKindName;
  shore: ShoreName;
  subject: Hex;
  salt: Hex;
  version: number;
  digest: Hex;
  text: string;
}

/** A filing that the ledger has of an identifier; undefined where it has none. @throws ApiError `NOT_FILEABLE` */
export async function findFiling({ catalogue, index, peer }: ApiNode, asked: string): Promise<FoundFiling | undefined> {
  const id = fileableId(asked);
  if (catalogue.subjects(id).length === 0) {
    const salt = await peer?.salt(id);
    if (salt !== undefined) catalogue.keepSubjects([{ id, salt }]);
  }
  const subjects = catalogue.subjects(id);
  const rows = await index.registry.filings(subjects.map(({ key }) => key));
  const found = rows.flatMap((row, at) => (row === undefined ? [] : [{ id, salt: subjects[at]?.salt as Hex, row }]));
  // While the peer was away both shores may have made a salt: what was filed first counts.
  return found.sort((a, b) => a.row.word.filedAt - b.row.word.filedAt)[0];
}

/** The newest text as it is kept here; undefined where it is not. */
export async function textHere({ catalogue, vault, log }: ApiNode, { row }: FoundFiling): Promise<string | undefined> {
  const cid = catalogue.filing(row.subject, row.digest);
  if (cid === undefined) return undefined;
  try {
    const body = await vault.get(cid);
    return body.type === 'filing' ? body.text : undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    log('error', 'filing lost', { kind: row.word.kind });
    return undefined;
  }
}

/**
 * The newest text that was filed of an identifier, with what proves it on the ledger: its subject, version and digest.
 *
 * @throws ApiError `NOT_FILEABLE`; `UNKNOWN_FILING`; `NOT_YET_FILED`: a text is kept here, but the ledger has none; `NOT_RELEASED`: the other shore's;
 * `BODY_NOT_KEPT`
 */
export async function filedText(node: ApiNode, asked: string): Promise<FiledText> {
  const found = await findFiling(node, asked);
  if (found === undefined) throw notFound(node, fileableId(asked));
  const { id, salt, row } = found;
  const shore = shoreName(row.word.shore) as ShoreName;
  const text = await textHere(node, found);
  if (text === undefined)
    throw shore === node.config.shore
      ? new ApiError('BODY_NOT_KEPT', 'the text is missing from the store, or damaged')
      : new ApiError('NOT_RELEASED', `the text stays with its home shore, ${shore}`);
  const kind = row.word.kind === FILING_KIND.PARTY ? 'PARTY' : 'PRODUCT';
  return { id, kind, shore, subject: row.subject, salt, version: row.word.version, digest: row.digest, text };
}

function notFound({ catalogue }: ApiNode, id: string): ApiError {
  return catalogue.subjects(id).some(({ key }) => catalogue.hasFiling(key))
    ? new ApiError('NOT_YET_FILED', 'a text is kept here, but no filing of it is indexed yet')
    : new ApiError('UNKNOWN_FILING', 'neither shore filed this party or product');
}
