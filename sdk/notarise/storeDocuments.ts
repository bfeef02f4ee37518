import type { Hex } from '../../protocol/encoding/hex.ts';
import { subjectKey } from '../../protocol/ledger/ids.ts';
import { SdkError } from '../errors.ts';
import type { DocumentToStore, StoredDocument as NodeAnswer, NodeClient } from '../node/client.ts';
import type { Journal, RunDocument } from './journal.ts';

/** Who may see what is stored. */
type Keeping = Pick<DocumentToStore, 'visibility' | 'replaces'>;

// A node reads at most 8 MB in one request.
const MOST_CHARACTERS = 6_000_000;

/**
 * Has the member's node keep documents durably, and notes the keys of their subjects.
 *
 * @throws SdkError `NODE_ANSWER_WRONG`, and those of the client
 */
export async function storeDocuments(
  node: NodeClient,
  journal: Journal,
  documents: readonly RunDocument[],
  keeping: Keeping = {},
): Promise<void> {
  const length = documents.reduce((sum, { sdJwt }) => sum + sdJwt.length, 0);
  if (length > MOST_CHARACTERS && documents.length > 1) {
    const half = Math.ceil(documents.length / 2);
    await storeDocuments(node, journal, documents.slice(0, half), keeping);
    return storeDocuments(node, journal, documents.slice(half), keeping);
  }
  const asked = documents.map(({ sdJwt, subjects }) => ({
    ...{ sdJwt, subjects: subjects.map((id) => ({ id })) },
    ...keeping,
  }));
  const answers = await node.storeDocuments(asked);
  journal.stored(documents.map((document, index) => ({ leaf: document.leaf, ...subjectsGiven(document, answers[index]) })));
}

/** The node chooses the salts; that each key is really made of its id and salt is checked here, before it goes to the ledger. */
function subjectsGiven(document: RunDocument, answer: NodeAnswer | undefined): { subjectKeys: Hex[]; subjectSalts: Hex[] } {
  const given = new Map(answer?.subjects.map((subject) => [subject.id, subject]));
  const right = document.subjects.flatMap((id) => {
    const entry = given.get(id);
    return entry !== undefined && subjectKey(id, entry.salt) === entry.subject ? [entry] : [];
  });
  if (answer?.leaf === document.leaf && right.length === document.subjects.length)
    return { subjectKeys: right.map(({ subject }) => subject), subjectSalts: right.map(({ salt }) => salt) };
  throw new SdkError('NODE_ANSWER_WRONG', `the node stored something else than ${document.name}`, {
    advice: 'tell the operator of the node',
  });
}
