import type { JudgementWords } from './words.ts';

/** The judgement in English. */
export const en: JudgementWords = {
  codes: {
    CONFORM: 'Meets the limits of the destination',
    NONCONFORM: 'Does not meet the limits of the destination',
    INCONCLUSIVE: 'Cannot be decided from this report',
    MISSING_ITEM: 'Lacks a test that the destination requires',
    NOT_JUDGED: 'Not judged',
  },
  reasons: {
    ABOVE_LIMIT: 'The value is above the limit.',
    ABOVE_PLAN_MAXIMUM: 'At least one sample is above the maximum M of the sampling plan.',
    TOO_MANY_ABOVE: 'More samples are above m than the sampling plan allows.',
    OUT_OF_RANGE: 'The value is outside the range.',
    DETECTED: 'It was detected, and must not be.',
    ITEM_MISSING: 'The destination requires this test, and the report does not have it. Ask the laboratory to add it.',
    TOO_FEW_SAMPLES: 'Fewer samples were tested than the sampling plan requires. Ask the laboratory to test the rest.',
    LOQ_ABOVE_LIMIT: 'The limit of quantification is above the limit. Ask for a more sensitive method.',
    LOD_ABOVE_LIMIT: 'The limit of detection is above the limit. Ask for a more sensitive method.',
    NO_BOUND: 'The report does not say how little could have been detected. Ask the laboratory for the limit of detection.',
    PRESENCE_OPEN: 'It was not quantified, but may be present, and must not be. Ask the laboratory whether it was detected.',
    OTHER_UNIT: 'The unit of the report cannot be converted into that of the limit. Ask the laboratory for the value in that unit.',
    OTHER_BASIS: 'The value refers to another basis than the limit, such as dry weight. Ask the laboratory for the value on that basis.',
    OTHER_PORTION: 'Another quantity of the sample was examined than the limit is about. Ask for a test on that quantity.',
    NO_FIGURE: 'The report has words where the limit needs a figure. Ask the laboratory for the value.',
    WITHIN_LIMIT: 'The value is within the limit.',
    WITHIN_PLAN: 'The samples keep to the sampling plan.',
    IN_RANGE: 'The value is within the range.',
    BELOW_LOQ: 'It is below the limit of quantification, which is within the limit.',
    NOT_DETECTED: 'It was not detected.',
    LIMIT_UNKNOWN: 'The destination limits it, but its figure is not known here. Ask the authority of the destination.',
    NOT_TESTED: 'It was not tested, and need not be.',
    NOT_IN_PROFILE: 'The destination has no limit for it here. For information.',
    NOT_IN_FORCE: 'These limits are not in force on that day. Choose the version for the day.',
  },
  confidence: {
    confirmed: 'The limit was read in its source.',
    unconfirmed: 'The limit is not confirmed from its source. Do not rely on it before it is.',
  },
};
