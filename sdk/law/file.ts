import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { toUint } from '../../protocol/encoding/uint.ts';
import { toUtf8 } from '../../protocol/encoding/utf8.ts';
import { sha256 } from '../../protocol/hash/sha256.ts';
import { FILING_KIND } from '../../protocol/law/codes.ts';
import type { FilingText } from '../../protocol/law/filing.ts';
import { filingVersionKey } from '../../protocol/law/ids.ts';
import { filingDigestSlot, filingSlot } from '../../protocol/law/slots.ts';
import { decodeFiling } from '../../protocol/law/words.ts';
import { subjectKey } from '../../protocol/ledger/ids.ts';
import { readWord } from '../chain/readState.ts';
import { SdkError } from '../errors.ts';
import type { OpenMember } from '../member/openMember.ts';
import { actAs } from './act.ts';
import { companionOf, lawCall } from './companions.ts';

/** A filing as it stands on the ledger. */
export interface Filed {
  /** Canonical Digital Link, and the salt of its subject key. */
  id: string;
  salt: Hex;
  subject: Hex;
  /** Number of its newest version, the first being 1. */
  version: number;
  /** SHA-256 of the exact text of that version. */
  digest: Hex;
  /** False where this very text was the newest already. */
  isNew: boolean;
}

/**
 * Files a party or product for the member's shore: the node keeps the text, the ledger its digest. Filed again with another text, it is a new version; asked
 * again after a crash, it goes on.
 *
 * @throws SdkError `NODE_ANSWER_MALFORMED` where the node names another subject or digest, `OTHER_SHORE`, `ROLE_MISSING`, and those of node and outbox
 *
 * @example
 * const { version } = await fileSubject(customs, readFiling(readFileSync('party.json', 'utf8')));
 */
export async function fileSubject(member: OpenMember, { id, kind, text }: FilingText): Promise<Filed> {
  const digest = toHex(sha256(toUtf8(text)));
  const { salt, subject } = await store(member, id, text, digest);
  const registry = await companionOf(member.ledger, 'REGISTRY');
  const newest = await newestOf(registry.at, subject);
  if (newest.digest === digest) return { id, salt, subject, ...newest, digest, isNew: false };
  const version = newest.version + 1;
  // The digest shows that it was done: another member of the shore may file a version meanwhile.
  const slot = filingDigestSlot(filingVersionKey(subject, version));
  const call = {
    ...lawCall(registry, 'file', [subject, FILING_KIND[kind], digest]),
    effect: { slot, word: digest, at: registry.at.contract },
  };
  await actAs(member, call, String(version));
  return { id, salt, subject, version, digest, isNew: true };
}

/** What goes to the ledger is computed here: the node is not trusted with it. */
async function store({ node }: OpenMember, id: string, text: string, digest: Hex): Promise<{ salt: Hex; subject: Hex }> {
  const { salt, subject, ...stored } = await node.storeFiling({ id, text });
  if (stored.id === id && stored.digest === digest && subject === subjectKey(id, salt)) return { salt, subject };
  throw new SdkError('NODE_ANSWER_MALFORMED', `the node at ${node.url} stored something else than it was given`);
}

async function newestOf(at: OpenMember['ledger'], subject: Hex): Promise<{ version: number; digest: Hex }> {
  const { version } = decodeFiling(await readWord(at, filingSlot(subject)));
  const digest = await readWord(at, filingDigestSlot(filingVersionKey(subject, version)));
  return { version, digest: toHex(toUint(digest, 32)) };
}
