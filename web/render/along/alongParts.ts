import { parseStrict } from '../../../protocol/json/parseStrict.ts';
import { KIND } from '../../../protocol/ledger/codes.ts';
import type { Companion, Travels } from '../../../protocol/lineage/travels.ts';
import type { BundleDocument } from '../../../protocol/verdict/bundle.ts';
import type { Finding } from '../../../protocol/verdict/verdict.ts';
import { readEvent } from '../readEvent.ts';
import { readMembers } from '../readMember.ts';
import { standingOf } from '../standing.ts';
import type { AlongFacts, Party, UnitStep } from '../view.ts';
import type { Along, JudgedBundle } from './alongOf.ts';

/** What the page shows of units and of what goods were made of. */
interface AlongParts {
  readonly meanwhile: UnitStep[];
  readonly along: AlongFacts[];
  /** Who recorded the steps of units, by number. */
  readonly members: ReadonlyMap<number, Party>;
}

/** Reads the steps of units from the units' own bundles, and how each history stands. */
export function alongParts(travels: Travels, shown: readonly Companion[], along: Along): AlongParts {
  const members = new Map<number, Party>();
  const meanwhile = travels.meanwhile.flatMap(({ event, unit, certain }): UnitStep[] => {
    const judged = along.get(unit);
    const step = judged === undefined ? undefined : stepOf(judged, event, members);
    return step === undefined ? [] : [{ ...step, unit, certain }];
  });
  return { meanwhile, members, along: shown.map((companion) => factsOf(companion, along.get(companion.id))) };
}

function stepOf({ bundle, verdict }: JudgedBundle, leaf: string, members: Map<number, Party>) {
  const index = bundle.documents.findIndex(({ anchor }) => anchor.leaf === leaf);
  const document = bundle.documents[index];
  if (document?.type !== 'event') return undefined;
  const issuer = readMembers(bundle).get(document.issuer);
  if (issuer !== undefined) members.set(document.issuer, issuer);
  return readEvent(
    parseStrict(document.event),
    standingOf(
      verdict.findings.filter((finding) => finding.document === index),
      index,
      document.issuer,
    ),
    issuer,
  );
}

/** What of a history must stand for its words to count: that it is on the ledger, that it is whole, and that nothing stops the goods. */
const ASKED: ReadonlySet<Finding['question']> = new Set(['block', 'complete', 'free']);
/** What of each of its documents must not be refuted. */
const OF_DOCUMENTS: ReadonlySet<Finding['question']> = new Set(['integrity', 'anchored', 'issuer']);

function factsOf(companion: Companion, judged: JudgedBundle | undefined): AlongFacts {
  const findings = judged?.verdict.findings ?? [];
  const asked = findings.filter(({ question }) => ASKED.has(question));
  const refuted = findings.filter(({ question, answer }) => OF_DOCUMENTS.has(question) && answer === 'INVALID');
  const answers = [...asked, ...refuted].map(({ answer }) => answer);
  const isSeen = judged !== undefined && asked.length > 0 && !judged.bundle.documents.some(isUnseenEvent);
  const answer = answers.includes('INVALID') ? 'INVALID' : !isSeen || answers.includes('CANNOT_CHECK') ? 'CANNOT_CHECK' : 'VALID';
  const stops = asked.filter((finding) => finding.question === 'free' && finding.answer === 'INVALID').map(({ code }) => code);
  return { ...companion, answer, stops, height: judged?.verdict.height ?? 0 };
}

/** An event that is counted and not shown may be the one that matters. */
function isUnseenEvent(document: BundleDocument): boolean {
  return document.type === 'withheld' && document.kind === KIND.EPCIS_EVENTS;
}
