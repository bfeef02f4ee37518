import type { Party } from '../../epcis/members.ts';
import type { Finding } from '../findings.ts';
import type { Shipment, UnitScope } from '../recallScope.ts';
import type { TraceGap } from '../trace.ts';
import type { Certainty, Direction, EdgeKind } from '../walk.ts';

/** All words of a trace in one language. */
export interface LineageWords {
  directions: Readonly<Record<Direction, string>>;
  certainties: Readonly<Record<Certainty, string>>;
  /** Names of steps, in the direction of the goods. */
  steps: Readonly<Record<EdgeKind, string>>;
  gaps: Readonly<Record<TraceGap['code'], string>>;
  findings: Readonly<Record<Finding['code'], string>>;
  /** What a reader's own check came to. */
  answers: Readonly<Record<'VALID' | 'INVALID' | 'CANNOT_CHECK', string>>;
  differences: Readonly<Record<'MISSING' | 'ADDED' | 'CHANGED' | 'HISTORY_OMITTED' | 'HISTORY_UNPROVEN', string>>;
  /** What a check could not prove, beside the codes of verdicts. */
  doubts: Readonly<Record<'HISTORY_SPLIT' | 'START_UNPROVEN', string>>;
  /** Whence and whither a party stands. */
  roles: Readonly<Record<Party['role'], string>>;
  /** What a party is in it: CBV 2.0 section 7.4. */
  partyTypes: Readonly<Record<'location' | 'owning_party' | 'possessing_party', string>>;
  /** How a thing or a shipment stands in a recall. */
  states: Readonly<Record<UnitScope['state'] | Shipment['state'], string>>;
  /** Sums of a recall. */
  scope: Readonly<
    Record<
      'produced' | 'shipped' | 'shippedInUnits' | 'received' | 'returned' | 'open' | 'consumed' | 'destroyed' | 'held' | 'shipments',
      string
    >
  >;
  words: Readonly<
    Record<
      | 'capturedBy'
      | 'unrecorded'
      | 'nobody'
      | 'entries'
      | 'sealed'
      | 'gaps'
      | 'findings'
      | 'lastSeen'
      | 'heldBy'
      | 'at'
      | 'unknownPlace'
      | 'more'
      | 'asOf'
      | 'failedReport'
      | 'refusedReport'
      | 'proven'
      | 'unknownQuantities'
      | 'namesUnproven',
      string
    >
  >;
}
