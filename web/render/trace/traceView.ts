import type { KindName, ShoreName } from '../../../protocol/ledger/codes.ts';
import type { Finding } from '../../../protocol/lineage/findings.ts';
import type { TraceGap } from '../../../protocol/lineage/trace.ts';
import type { EdgeKind } from '../../../protocol/lineage/walk.ts';
import type { Names, Place } from '../view.ts';

/** What the page of a trace says, free of language and of layout: plain data. A node fills it from its index; nothing of it is proven to the reader. */
export interface TraceView {
  /** What was typed. */
  readonly asked: string;
  /** Canonical identifiers of the goods asked about. */
  readonly ids: readonly string[];
  readonly source: TraceSide;
  readonly destination: TraceSide;
  /** Events of either side in their order, those that were declared in error among them. */
  readonly events: readonly TracedEvent[];
  /** By number: those who recorded any of it. */
  readonly members: ReadonlyMap<number, TraceMember>;
  /** Address of the page, to be printed as a code. */
  readonly address: string;
  readonly time: TraceTime;
  readonly block: { readonly height: number; readonly time: string };
}

/** The two times of a trace, Unix seconds: what had happened by then, and what was known by then. */
export interface TraceTime {
  readonly at?: number;
  readonly asOf?: number;
  /** First and last event of the goods, whatever `at` says; absent where there is none. */
  readonly span?: { readonly first: number; readonly last: number };
}

/** One direction. */
export interface TraceSide {
  readonly goods: readonly GoodsFacts[];
  readonly steps: readonly StepFacts[];
  readonly gaps: readonly GapFacts[];
  readonly findings: readonly { readonly code: Finding['code']; readonly id: string }[];
  /** Identifiers that this side reaches over all pages; `more`: counting stopped there. */
  readonly reached: { readonly count: number; readonly more: boolean };
  /** Continues the side; absent on its last page. */
  readonly cursor?: string;
  /** Where this page of the side began. */
  readonly after?: string;
}

/** What the records leave open of goods, and the event that shows it. */
export interface GapFacts {
  readonly code: TraceGap['code'];
  readonly id: string;
  readonly event?: string;
}

/** Goods at one place, in one unit, or one thing. */
export interface GoodsFacts {
  readonly id: string;
  /** Of a class: the unit that it is in, or where it is; an empty place is not known. */
  readonly unit?: string;
  readonly where?: Place | 'UNKNOWN';
  readonly certain: boolean;
  readonly depth: number;
  readonly lastSeen?: {
    readonly time: number;
    readonly step?: string;
    readonly place?: Place;
    readonly holder?: PartyName;
    readonly member: number;
    readonly disposition?: string;
  };
  readonly entries: number;
  readonly sealed: readonly { readonly kind?: KindName; readonly member: number }[];
  readonly stops: readonly Stop[];
}

/** What stops a lot for one shore. */
export interface Stop {
  readonly kind: 'HOLD' | 'RECALL';
  readonly shore: ShoreName;
  readonly since: string;
  /** Of a recall. */
  readonly recallClass?: number;
}

/** A step, in the direction of the goods. An end that is no goods of the side is a transformation. */
export interface StepFacts {
  readonly from: string;
  readonly to: string;
  readonly event: string;
  readonly kind: EdgeKind;
  readonly certain: boolean;
  readonly quantity?: string;
  readonly unit?: string;
}

/** One event: what happened, when and where, who gave the goods to whom, and who recorded it. */
export interface TracedEvent {
  readonly key: string;
  readonly time: number;
  readonly step?: string;
  readonly place?: Place;
  readonly parties: readonly { readonly role: 'source' | 'destination'; readonly party: PartyName }[];
  readonly member: number;
  /** Goods of the trace that it names. */
  readonly goods: readonly string[];
  /** Declared in error: not followed. */
  readonly declared: boolean;
}

/** A party by its location number, with its names where a member's profile gives them. */
export interface PartyName {
  readonly id: string;
  readonly names?: Names;
}

/** A member by its public profile. */
export interface TraceMember {
  readonly names: Names;
  readonly country?: string;
}
