import { setTimeout as sleep } from 'node:timers/promises';
import { type Checkpoint, readCheckpoint } from '../../protocol/checkpoint/checkpoint.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import type { Bundle, BundleDocument } from '../../protocol/verdict/bundle.ts';
import type { VerdictCode } from '../../protocol/verdict/codes.ts';
import type { Finding, Question, Trust, Verdict } from '../../protocol/verdict/verdict.ts';
import { verifyBundle, type When } from '../../protocol/verdict/verifyBundle.ts';
import { SdkError } from '../errors.ts';
import type { NodeClient } from '../node/client.ts';
import { withCosignatures } from './withCosignatures.ts';

/** A node's answer that was not used, and why. */
export interface RejectedAnswer {
  node: string;
  code: string;
}

/** A verdict on the newest state that could be found. */
export interface OnlineVerdict {
  verdict: Verdict;
  /** Address of the node whose proof was judged; undefined: only the file's own proof could be. */
  node: string | undefined;
  rejected: RejectedAnswer[];
}

/** What to judge, by whose words, and when. */
export interface OnlineOptions {
  /** The file, as parsed. */
  bundle: unknown;
  trust: Trust;
  nodes: readonly NodeClient[];
  /** The date asked about, RFC 3339; the present where it is missing. */
  at?: string;
  /** Gives the present, RFC 3339. */
  clock: () => string;
  /** Milliseconds to wait for nodes that are behind the newest checkpoint. */
  patienceMs?: number;
}

interface Candidate {
  node: string;
  verdict: Verdict;
}

const PATIENCE_MS = 8_000;
const PAUSE_MS = 250;
/** Questions whose INVALID can be the fault of an older proof, not of the document. */
const MAY_CHANGE: ReadonlySet<Question> = new Set(['status', 'superseded', 'free']);
/** Codes that the ledger's proven state alone decides; any other INVALID is the fault of whoever gave the answer. */
const DECIDED_BY_STATE: Readonly<Partial<Record<Question, 'any' | readonly string[]>>> = {
  anchored: ['NOT_ANCHORED', 'KIND_MISMATCH'],
  issuer: ['KEY_UNKNOWN', 'KEY_OF_ANOTHER'],
  accreditation: 'any',
  status: 'any',
  superseded: 'any',
  free: 'any',
};
/** Codes about what an answer tells of a registration, not about the registration. */
const TOLD_WRONG: ReadonlySet<string> = new Set<VerdictCode>(['LINES_WRONG', 'FACTS_WRONG', 'PANEL_WRONG']);

/**
 * Judges a bundle on the newest state of the ledger: asks every node for its checkpoint and for a fresh proof, and judges the document of the file under each
 * proof that holds.
 *
 * No node is believed. A proof must stand on a block that a witness of each shore signed within `trust.maxAge`, and be no older than the newest checkpoint that
 * any node showed; an answer that is altered, of something else or old is rejected. A proven INVALID of any node outweighs a VALID of another. Where no answer
 * holds, the status is CANNOT_CHECK.
 */
export async function verifyOnline({ bundle, trust, nodes, at, clock, patienceMs = PATIENCE_MS }: OnlineOptions): Promise<OnlineVerdict> {
  const when = () => ({ ...(at === undefined ? {} : { at }), now: clock() });
  const own = verifyBundle(bundle, trust, when());
  if (own.findings.some((finding) => finding.answer === 'INVALID' && !mayChange(finding)))
    return { verdict: own, node: undefined, rejected: [] };
  const file = bundle as Bundle;
  const rejected: RejectedAnswer[] = [];
  const reject = (node: string, error: unknown) => void rejected.push({ node, code: codeOf(error) });
  const checkpoints = await newestCheckpoints(nodes, trust, clock(), reject);
  const disagreement = disagreementOf(checkpoints);
  const height = Math.max(0, ...checkpoints.map((checkpoint) => checkpoint.height));
  const deadline = Date.now() + patienceMs;
  const judgeAt = (node: NodeClient) => judgeUntil(deadline, height, () => judgeAnswer(node, nodes, file, trust, when()));
  const candidates: Candidate[] = [];
  await Promise.all(
    nodes.map(async (node) => {
      try {
        const verdict = await judgeAt(node);
        const fault = faultOf(verdict);
        if (fault === undefined) candidates.push({ node: node.url, verdict: verdict.height < height ? stale(verdict) : verdict });
        else rejected.push({ node: node.url, code: fault });
      } catch (error) {
        reject(node.url, error);
      }
    }),
  );
  const chosen = choose(candidates, height) ?? { node: undefined, verdict: stale(own) };
  return { verdict: disagreement === undefined ? chosen.verdict : withFinding(chosen.verdict, disagreement), node: chosen.node, rejected };
}

/** A document can be registered after the file was made. */
function mayChange({ question, code }: Finding): boolean {
  return MAY_CHANGE.has(question) || code === 'NOT_REGISTERED';
}

async function newestCheckpoints(
  nodes: readonly NodeClient[],
  trust: Trust,
  now: string,
  reject: (node: string, error: unknown) => void,
): Promise<Checkpoint[]> {
  const read = await Promise.all(
    nodes.map(async (node) => {
      try {
        const checkpoint = readCheckpoint(await node.checkpoint(), trust.witnesses);
        const ours = checkpoint.chainId === trust.chainId && checkpoint.contract === trust.contract;
        if (!ours) throw new SdkError('ANOTHER_LEDGER', `${node.url} is a node of another ledger`);
        if (checkpoint.iat + trust.maxAge < Date.parse(now) / 1000) throw new SdkError('STALE', `${node.url} shows an old checkpoint`);
        return [checkpoint];
      } catch (error) {
        reject(node.url, error);
        return [];
      }
    }),
  );
  return read.flat();
}

/** Two witnesses that signed different blocks of one height: the ledger itself is in doubt. */
function disagreementOf(checkpoints: readonly Checkpoint[]): Finding | undefined {
  const split = checkpoints.some((one) => checkpoints.some((other) => one.height === other.height && one.hash !== other.hash));
  return split ? { question: 'block', answer: 'INVALID', code: 'WITNESSES_DISAGREE' } : undefined;
}

/** The shores' nodes are a moment apart: asks again until the answer is as new as the newest checkpoint, or the time is over. */
async function judgeUntil(deadline: number, height: number, judge: () => Promise<Verdict>): Promise<Verdict> {
  for (;;) {
    const verdict = await judge();
    if (verdict.height >= height || verdict.answer === 'INVALID' || Date.now() >= deadline) return verdict;
    await sleep(PAUSE_MS);
  }
}

async function judgeAnswer(node: NodeClient, nodes: readonly NodeClient[], file: Bundle, trust: Trust, when: When): Promise<Verdict> {
  const fresh = parseStrict(
    file.subject === undefined ? await node.bundle(onlyLeaf(file)) : await node.subject(file.subject.id),
  ) as unknown as Bundle;
  return verifyBundle(underProofOf(file, await withCosignatures(fresh, nodes, trust)), trust, when);
}

function onlyLeaf({ documents }: Bundle) {
  const [document] = documents;
  if (document === undefined || documents.length !== 1)
    throw new SdkError('MALFORMED', 'the bundle is neither of one document nor of a subject');
  return document.anchor.leaf;
}

/** The documents of the file, with the proof of the answer: nothing that the reader holds is taken from a node. */
function underProofOf(file: Bundle, fresh: Bundle): Bundle {
  const given = Array.isArray(fresh.documents) ? fresh.documents : [];
  const held = new Map<string, BundleDocument>(file.documents.map((document) => [document.anchor.leaf, document]));
  const leaves = new Map(given.map((document) => [document?.anchor?.leaf, document?.issuer]));
  const same = file.subject?.id === fresh.subject?.id && file.subject?.salt === fresh.subject?.salt;
  const complete = file.documents.every(({ anchor, issuer }) => leaves.get(anchor.leaf) === issuer);
  if (!same || !complete || (file.subject === undefined && given.length !== 1))
    throw new SdkError('ANSWER_OF_ANOTHER', 'the answer is about something else');
  return { ...fresh, documents: given.map((document) => heldOr(document, held.get(document.anchor.leaf))) };
}

/**
 * What the file withholds, the node may have: then its body is judged, by the same leaf. What was registered of a document goes with the proof, which decides
 * whether it is told rightly.
 */
function heldOr(given: BundleDocument, held: BundleDocument | undefined): BundleDocument {
  if (held === undefined || held.type === 'withheld') return given;
  return held.type === 'credential' && given.type === 'credential' && given.law !== undefined ? { ...held, law: given.law } : held;
}

/** Code of the first finding for which the answer is to blame, not the document: such an answer says nothing. */
function faultOf({ findings }: Verdict): string | undefined {
  const fault = findings.find(({ question, answer, code }) => {
    if (question === 'block') return answer !== 'VALID';
    const decided = DECIDED_BY_STATE[question];
    return answer === 'INVALID' && (TOLD_WRONG.has(code) || (decided !== 'any' && !decided?.includes(code)));
  });
  return fault?.code;
}

/** Of the answers that are as new as the newest checkpoint, the worst; else of the others. */
function choose(candidates: readonly Candidate[], height: number): Candidate | undefined {
  const current = candidates.filter(({ verdict }) => verdict.height >= height);
  const among = current.length > 0 ? current : candidates;
  const of = (answer: Verdict['answer']) => among.find(({ verdict }) => verdict.answer === answer);
  return of('INVALID') ?? of('VALID') ?? of('CANNOT_CHECK');
}

function stale(verdict: Verdict): Verdict {
  return withFinding(verdict, { question: 'status', answer: 'CANNOT_CHECK', code: 'STALE' });
}

/** The verdict with one more finding; in the place of a VALID one of its question. */
function withFinding(verdict: Verdict, finding: Finding): Verdict {
  const others = verdict.findings.filter(({ question, answer }) => question !== finding.question || answer !== 'VALID');
  const findings = [...others, finding];
  const has = (answer: Verdict['answer']) => findings.some((each) => each.answer === answer);
  return { ...verdict, findings, answer: has('INVALID') ? 'INVALID' : has('CANNOT_CHECK') ? 'CANNOT_CHECK' : 'VALID' };
}

function codeOf(error: unknown): string {
  return error instanceof SdkError || error instanceof ProtocolError ? error.code : 'ANSWER_MALFORMED';
}
