import type { LineageWords } from './words.ts';

/** The words of a trace in English. */
export const en: LineageWords = {
  directions: { source: 'Where it came from', destination: 'Where it went' },
  certainties: { certain: 'certain', possible: 'possible' },
  steps: {
    aggregation: 'packed together',
    transformation: 'made into',
    transfer: 'moved to',
    membership: 'belongs to the lot',
    association: 'travels with',
  },
  gaps: {
    NOT_RECEIVED: 'Shipped, and nobody says that it arrived.',
    UNKNOWN_CONTENTS: 'Nobody says what is in this unit.',
    UNKNOWN_START: 'In a unit, and nobody says since when.',
    UNKNOWN_ORIGIN: 'Turned up here, and nobody says where it came from.',
    CORRECTIVE_MISSING: 'An event was declared in error, and the correction has not come.',
  },
  findings: {
    OUTPUT_EXCEEDS_INPUT: 'More left than came in.',
    REAPPEARED: 'It was destroyed or taken out of use, and turned up again.',
    FOREIGN_DECLARATION: 'Somebody else than who recorded the event declared it in error: it counts all the same.',
  },
  answers: {
    VALID: 'The answer is complete: every history in it was proven against the ledger.',
    INVALID: 'The answer is not to be trusted: something was left out or told wrongly.',
    CANNOT_CHECK: 'What is shown is proven; some documents are sealed, or some goods have no record.',
  },
  differences: {
    MISSING: 'The node left this out.',
    ADDED: 'Nothing proven says this.',
    CHANGED: 'The node says otherwise than what is proven.',
    HISTORY_OMITTED: 'A proven event names these goods, and the node gives no history with it.',
    HISTORY_UNPROVEN: 'The history that the node gives is not the one that the ledger counts.',
  },
  words: {
    goods: 'Goods',
    events: 'Events',
    entries: 'Records',
    sealed: 'sealed',
    gaps: 'What is not known',
    findings: 'What needs a look',
    lastSeen: 'last seen',
    heldBy: 'held by',
    at: 'at',
    unknownPlace: 'place unknown',
    more: 'more',
    asOf: 'As of',
    proven: 'histories proven',
  },
};
