import { randomBytes } from 'node:crypto';
import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { type ContextualEvent, standaloneEvent } from '../../protocol/epcis/eventsOf.ts';
import { subjectsOf } from '../../protocol/epcis/subjectsOf.ts';
import { MOST_LINKS } from '../../sdk/chain/calls.ts';
import type { CatalogueDocument, CatalogueSubject } from '../catalogue/catalogue.ts';
import type { EventBody, Visibility } from '../documents/body.ts';
import { describeBody, identityOf } from '../documents/describeBody.ts';
import { subjectsFor } from '../documents/subjectSalts.ts';
import { requireHome } from '../documents/visibility.ts';
import type { Problem } from '../errors.ts';
import { inParallel } from '../inParallel.ts';
import type { TokenHolder } from '../keys/tokens.ts';
import type { ApiNode } from '../node.ts';
import { anchorBatch, type KeptEvent } from './anchorBatch.ts';
import { exclusively } from './exclusively.ts';

/** What became of the events of a document. */
export interface Captured {
  /** Leaves of the events that are new, in order. */
  leaves: Hex[];
  /** Batches in which the document's events are: the new ones, and those that were known. */
  roots: Hex[];
  /** Events that were captured before, by anybody: with the same event hash, error declaration and eventID. No error. */
  known: number;
  problems: Problem[];
}

/** What who captures may choose. */
export interface CaptureChoices {
  /** `rollback`: one problem and nothing is captured; `proceed`: what is without problem is. */
  onError: 'rollback' | 'proceed';
  /** Of every event that is new. */
  visibility: Visibility;
}

/** What is to be done with the events of a document. */
interface Plan {
  planned: Planned[];
  /** Leaves of events that the member captured before. */
  known: Hex[];
  /** Events that stand in the document a second time. */
  repeated: number;
  problems: Problem[];
}

/** An event with what makes it the same as another. */
type IdentifiedEvent = ContextualEvent & ReturnType<typeof identityOf>;

/** An event that is to be captured. */
interface Planned {
  found: ContextualEvent;
  subjects: string[];
}

const WRITES_AT_ONCE = 16;
const SALT_LENGTH = 16;

/**
 * Captures valid events: keeps their bodies and has them anchored in as few batches as their subjects allow. When it resolves, bodies and signed transactions are
 * on disk.
 *
 * @throws ApiError of `requireHome`, where they are to stay in their country
 */
export async function captureEvents(
  node: ApiNode,
  holder: TokenHolder,
  events: readonly ContextualEvent[],
  choices: CaptureChoices,
): Promise<Captured> {
  const identified = events.map((found) => ({ ...found, ...identityOf(found) }));
  const identities = identified.map((event) => `${holder.member} ${nameOf(event)}`);
  // The same event in two requests at once: the second finds it known.
  return exclusively(node, identities, () => capture(node, holder, identified, choices));
}

async function capture(
  node: ApiNode,
  holder: TokenHolder,
  events: readonly IdentifiedEvent[],
  { onError, visibility }: CaptureChoices,
): Promise<Captured> {
  const { planned, known, repeated, problems } = plan(node, holder, events);
  const before = { known: known.length + repeated, problems };
  const knownRoots = known.flatMap((leaf) => node.catalogue.placesOf(leaf).slice(0, 1)).map(({ root }) => root);
  if (problems.length > 0 && onError === 'rollback') return { leaves: [], roots: [], ...before };
  if (planned.length === 0) return { leaves: [], roots: [...new Set(knownRoots)], ...before };
  if (visibility === 'DOMESTIC') await requireHome(node, holder.member);
  // Without an account nothing can be anchored: found out before anything is kept.
  await node.lanes.outboxOf(holder.slug);
  const named = await subjectsFor(
    node,
    planned.flatMap(({ subjects }) => subjects),
  );
  const kept = await inParallel(WRITES_AT_ONCE, planned, (event) => keep(node, holder, { ...event, visibility }, named));
  const roots = new Set(knownRoots);
  for (const batch of batches(kept)) roots.add(await anchorBatch(node, holder, batch));
  return { leaves: kept.map(({ document }) => document.leaf), roots: [...roots], ...before };
}

function nameOf({ hash, declaration }: IdentifiedEvent): string {
  return `${hash} ${declaration ?? '-'}`;
}

function plan(node: ApiNode, { member }: TokenHolder, events: readonly IdentifiedEvent[]): Plan {
  const planned: Planned[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const known: Hex[] = [];
  let repeated = 0;
  for (const found of events) {
    const identity = nameOf(found);
    if (seen.has(identity)) {
      repeated += 1;
      continue;
    }
    seen.add(identity);
    const before = knownEvent(node, member, found);
    if (before !== undefined) {
      known.push(before);
      continue;
    }
    const subjects = subjectsOf(found.event, found.context);
    const problem = problemOf(found, subjects);
    if (problem === undefined) planned.push({ found, subjects });
    else problems.push(problem);
  }
  return { planned, known, repeated, problems };
}

/** Only what the same member captured counts: else another could say it first, in words that hash alike, and the true event would never be told. */
function knownEvent(node: ApiNode, member: number, { event, hash, declaration }: IdentifiedEvent): Hex | undefined {
  const known = node.catalogue.byEvent({ hash }, { member }).find((other) => {
    const sameId = event.eventID === undefined || event.eventID === other.eventId;
    return sameId && other.issuer === member && other.declaration === declaration;
  });
  return known?.leaf;
}

/** An eventID is no ground to refuse: it is the capturing system's own label, and whoever used it first would else keep the event of another from being told. */
function problemOf({ pointer }: ContextualEvent, subjects: readonly string[]): Problem | undefined {
  return subjects.length > MOST_LINKS
    ? { code: 'TOO_MANY_SUBJECTS', pointer, detail: `an event names at most ${MOST_LINKS} different goods` }
    : undefined;
}

async function keep(
  node: ApiNode,
  { member }: TokenHolder,
  { found, subjects: ids, visibility }: Planned & Pick<CaptureChoices, 'visibility'>,
  named: ReadonlyMap<string, CatalogueSubject>,
): Promise<KeptEvent> {
  const subjects = ids.flatMap((id) => named.get(id) ?? []);
  const body: EventBody = {
    type: 'event',
    event: JSON.stringify(standaloneEvent(found)),
    salt: toHex(randomBytes(SALT_LENGTH)),
    issuer: member,
    subjects: subjects.map(({ id, salt }) => ({ id, salt })),
    own: true,
    visibility,
  };
  const document: CatalogueDocument = { ...describeBody(body), cid: await node.vault.put(body) };
  return { document, subjects };
}

/** Parts of the list that each fit one root: the ledger takes at most so many links with it. */
function batches(events: readonly KeptEvent[]): KeptEvent[][] {
  const parts: KeptEvent[][] = [[]];
  let links = 0;
  for (const event of events) {
    links += event.subjects.length;
    if (links > MOST_LINKS) {
      parts.push([]);
      links = event.subjects.length;
    }
    parts.at(-1)?.push(event);
  }
  return parts.filter((part) => part.length > 0);
}
