import type { JudgementWords } from './words.ts';

/** 中文判定用语。 */
export const zh: JudgementWords = {
  codes: {
    CONFORM: '符合目的地限量要求',
    NONCONFORM: '不符合目的地限量要求',
    INCONCLUSIVE: '凭此报告无法判定',
    MISSING_ITEM: '缺少目的地要求的检测项目',
    NOT_JUDGED: '未判定',
  },
  reasons: {
    ABOVE_LIMIT: '数值超过限量。',
    ABOVE_PLAN_MAXIMUM: '至少有一个样品超过采样方案的最高限量 M。',
    TOO_MANY_ABOVE: '超过 m 的样品数多于采样方案所允许的数量。',
    OUT_OF_RANGE: '数值超出规定范围。',
    DETECTED: '检出了不得检出的项目。',
    ITEM_MISSING: '目的地要求检测该项目，而报告中没有。请实验室补做。',
    TOO_FEW_SAMPLES: '检测的样品数少于采样方案的要求。请实验室补测其余样品。',
    LOQ_ABOVE_LIMIT: '定量限高于限量。请改用更灵敏的方法检测。',
    LOD_ABOVE_LIMIT: '检出限高于限量。请改用更灵敏的方法检测。',
    NO_BOUND: '报告未说明检出限。请向实验室索取检出限。',
    PRESENCE_OPEN: '未能定量，但可能存在，而该项目不得检出。请向实验室确认是否检出。',
    OTHER_UNIT: '报告的单位无法换算为限量的单位。请实验室按该单位给出数值。',
    OTHER_BASIS: '数值的计量基准（如干重）与限量不同。请实验室按限量的基准给出数值。',
    OTHER_PORTION: '检验的取样量与限量规定不同。请按规定的取样量检测。',
    NO_FIGURE: '限量需要数值，而报告只有文字。请向实验室索取数值。',
    WITHIN_LIMIT: '数值未超过限量。',
    WITHIN_PLAN: '样品符合采样方案。',
    IN_RANGE: '数值在规定范围内。',
    BELOW_LOQ: '低于定量限，而定量限未超过限量。',
    NOT_DETECTED: '未检出。',
    LIMIT_UNKNOWN: '目的地对该项目有限量，但此处不知其数值。请向目的地主管机关查询。',
    NOT_TESTED: '未检测，也不要求检测。',
    NOT_IN_PROFILE: '此处没有目的地对该项目的限量。仅供参考。',
    NOT_IN_FORCE: '该限量在该日未生效。请选用该日适用的版本。',
  },
  confidence: {
    confirmed: '该限量已与来源核对。',
    unconfirmed: '该限量尚未与来源核对。核对之前请勿依赖。',
  },
};
